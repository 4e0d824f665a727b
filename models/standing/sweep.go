package standing

import (
	"context"
	"fmt"

	"shuke/models/db"
)

// atOnce is how many customers one transaction of a sweep looks at.
const atOnce = 300

// Sweep brings in step what changes with time alone: those whose day has come,
// and, after a change of the rules, all customers. It goes by ranges of keys,
// each in a transaction of its own, goes on where it was cut short, and returns
// how many it looked at. Several instances may sweep at once.
func (s *Service) Sweep(ctx context.Context) (int, error) {
	looked, err := s.walk(ctx)
	if err != nil {
		return looked, err
	}
	due, err := s.due(ctx)
	return looked + due, err
}

// due looks at those who lapse, in the order of the index that finds them. Each
// that is done leaves the range, so that the next begins with the rest.
func (s *Service) due(ctx context.Context) (int, error) {
	looked, first := 0, int64(0)
	for {
		now := s.clock.Now()
		var ids []int64
		if err := s.db.Read(ctx).Raw(dueSQL, Day(now), atOnce).Scan(&ids).Error; err != nil || len(ids) == 0 {
			return looked, err
		}
		if ids[0] == first { // it did not leave the range, and never will
			return looked, fmt.Errorf("standing: customer %d stays due", first)
		}
		first = ids[0]
		if err := s.db.InTx(ctx, func(tx *db.Tx) error { return Refresh(tx, now, ids...) }); err != nil {
			return looked, err
		}
		looked += len(ids)
	}
}

const dueSQL = "SELECT customer_id FROM standings WHERE turns_on > '' AND turns_on <= ? ORDER BY turns_on, customer_id LIMIT ?"

// walk looks through all customers by inner id when the rules have changed, and
// once those from before there were standings.
func (s *Service) walk(ctx context.Context) (int, error) {
	looked := 0
	for {
		n, done, err := s.stride(ctx)
		looked += n
		if err != nil || done {
			return looked, err
		}
	}
}

// stride takes the next range. Its place is locked while it is worked on, so that
// two instances take different ones.
func (s *Service) stride(ctx context.Context) (looked int, done bool, err error) {
	var walked int64 // most of the time there is nothing to walk, and looking does not lock
	if err := s.db.Read(ctx).Raw("SELECT walked_at FROM standing_rules WHERE id = 1").Row().Scan(&walked); err != nil || walked > 0 {
		return 0, true, err
	}
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		looked, done = 0, false
		now := s.clock.Now()
		var next int64
		if err := tx.Raw("SELECT walk_next, walked_at FROM standing_rules WHERE id = 1"+tx.Dialect.ForUpdate()).Row().Scan(&next, &walked); err != nil {
			return err
		}
		var ids []int64
		if walked == 0 {
			if err := tx.Raw("SELECT id FROM customers WHERE id >= ? ORDER BY id LIMIT ?", next, atOnce).Scan(&ids).Error; err != nil {
				return err
			}
		}
		if looked = len(ids); looked == 0 {
			done = true
			_, err := tx.Run("UPDATE standing_rules SET walked_at = ? WHERE id = 1 AND walked_at = 0", db.Millis(now))
			return err
		}
		rules, err := rulesIn(tx)
		if err != nil {
			return err
		}
		last := ids[looked-1]
		if err := refresh(tx, rules, Day(now), fromTo, ids[0], last); err != nil {
			return err
		}
		_, err = tx.Run("UPDATE standing_rules SET walk_next = ? WHERE id = 1", last+1)
		return err
	})
	return looked, done, err
}
