package membership

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// atOnce is how many memberships a sweep takes at a time: few enough that nobody
// at a desk notices the transaction that judges them.
const atOnce = 100

const (
	dueSQL    = "SELECT id, customer_id FROM members WHERE state = 0 AND check_on > '' AND check_on <= ? ORDER BY check_on, id LIMIT ?"
	judgedSQL = "SELECT id, customer_id FROM members WHERE club_id = ? AND state = 0 AND judged < ? ORDER BY judged, id LIMIT ?"
)

// Sweep judges those memberships anew whose day has come, and all of a club whose
// rules have changed. It goes by ranges of keys; what is done leaves them, so that
// a sweep that was cut short goes on, and two at once meet without harm. It
// returns how many it judged.
func (s *Service) Sweep(ctx context.Context) (int, error) {
	clubs, err := readClubs(func(query string, args ...any) (*sql.Rows, error) { return s.db.Read(ctx).Raw(query, args...).Rows() })
	if err != nil {
		return 0, err
	}
	judged := 0
	for _, c := range clubs {
		n, err := s.sweep(ctx, judgedSQL, c.ID, c.Rules, atOnce)
		if judged += n; err != nil {
			return judged, err
		}
	}
	n, err := s.sweep(ctx, dueSQL, s.today(), atOnce)
	return judged + n, err
}

// DueNow has the next sweep judge the memberships of customers whose stays a
// chunk of an import changed.
func DueNow(tx *db.Tx, now time.Time, customers []int64) error {
	if len(customers) == 0 {
		return nil
	}
	_, err := tx.Run("UPDATE members SET check_on = ? WHERE state = 0 AND customer_id IN ?", now.UTC().Format(time.DateOnly), db.Padded(customers))
	return err
}

// due is one membership to look at.
type due struct{ id, customerID int64 }

// sweep judges what a statement finds, until it finds nothing more.
func (s *Service) sweep(ctx context.Context, query string, args ...any) (int, error) {
	judged := 0
	for {
		list, err := s.dues(ctx, query, args...)
		if err != nil || len(list) == 0 {
			return judged, err
		}
		if err := s.judgeDues(ctx, list); err != nil {
			return judged, err
		}
		judged += len(list)
	}
}

func (s *Service) dues(ctx context.Context, query string, args ...any) ([]due, error) {
	rows, err := s.db.Read(ctx).Raw(query, args...).Rows()
	if err != nil {
		return nil, err
	}
	var out []due
	err = db.Each(rows, func() error {
		var d due
		err := rows.Scan(&d.id, &d.customerID)
		out = append(out, d)
		return err
	})
	return out, err
}

// judgeDues judges the customers of a list: together those for whom no level
// changes, then each other in a transaction of its own.
func (s *Service) judgeDues(ctx context.Context, list []due) error {
	customers := make([]int64, len(list))
	for i, d := range list {
		customers[i] = d.customerID
	}
	others, err := s.judgeMany(ctx, customers)
	if err != nil {
		return err
	}
	for _, d := range list {
		if !slices.Contains(others, d.customerID) {
			continue
		}
		if err := s.judgeDue(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

// judgeDue judges the memberships of one customer. One whose customer is no more
// is not looked at again.
func (s *Service) judgeDue(ctx context.Context, d due) error {
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		events, err := s.settle(ctx, tx, policies.Actor{Via: policies.System, Now: s.clock.Now()}, 0, d.customerID, false)
		if err != nil || len(events) == 0 {
			return err
		}
		return s.log.Append(tx, events...)
	})
	if !fault.Is(err, fault.NotFound) {
		return err
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Run("UPDATE members SET state = 1, check_on = '', left_on = ?, left_why = 'erased' WHERE id = ?", s.today(), d.id)
		return err
	})
}
