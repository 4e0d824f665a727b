package relation

import (
	"context"

	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/fault"
)

// walkStep is how many customers are looked through at a time.
const walkStep = 500

// WalkAgain has the next Due look through all customers for children, as after a
// load that wrote facts in bulk.
func WalkAgain(tx *db.Tx) error {
	_, err := tx.Run("UPDATE stage_walk SET next = 0, finished_at = 0 WHERE id = 1")
	return err
}

// walk gives stages to children who were known before there were stages. It goes
// on where it was cut short, and when it has seen everybody it is over for good:
// whatever is written of a child brings its stages along.
func (s *Service) walk(ctx context.Context) error {
	for {
		var next, finished, last int64
		err := s.db.Read(ctx).Raw("SELECT next, finished_at, (SELECT COALESCE(MAX(id), 0) FROM customers) FROM stage_walk WHERE id = 1").Row().Scan(&next, &finished, &last)
		if err != nil || finished > 0 {
			return err
		}
		if next > last {
			return s.db.InTx(ctx, func(tx *db.Tx) error {
				_, err := tx.Run("UPDATE stage_walk SET finished_at = ? WHERE id = 1 AND next = ?", db.Millis(s.clock.Now()), next)
				return err
			})
		}
		if err := s.db.InTx(ctx, func(tx *db.Tx) error { return s.walkStep(ctx, tx, next, next+walkStep) }); err != nil {
			return err
		}
	}
}

// birth is a child's birth as the facts have it.
type birth struct {
	customerID int64
	fact       customer.Fact
}

// walkStep does the customers from one id to before another. Those with children
// are locked before their facts are read, so that nobody changes them meanwhile.
func (s *Service) walkStep(ctx context.Context, tx *db.Tx, from, to int64) error {
	var parents []int64
	err := tx.Raw("SELECT DISTINCT c.id FROM facts f JOIN customers c ON c.id = f.customer_id WHERE f.customer_id >= ? AND f.customer_id < ? AND f.state = 0 AND f.field = ? ORDER BY c.id",
		from, to, birthField).Scan(&parents).Error
	if err == nil && len(parents) > 0 {
		err = lock(tx, parents...)
	}
	if err != nil {
		return err
	}
	births, err := birthsOf(tx, parents)
	if err != nil {
		return err
	}
	for _, b := range births {
		born, err := s.customers.OpenFact(ctx, b.customerID, b.fact)
		if fault.Is(err, fault.Gone) {
			continue // erased: nothing is to be known
		}
		if err != nil {
			return err
		}
		if err := s.restage(tx, b.customerID, place("child", b.fact.Item), born); err != nil {
			return err
		}
	}
	_, err = tx.Run("UPDATE stage_walk SET next = ? WHERE id = 1 AND next = ?", to, from)
	return err
}

func birthsOf(tx *db.Tx, parents []int64) ([]birth, error) {
	if len(parents) == 0 {
		return nil, nil
	}
	rows, err := tx.Raw("SELECT customer_id, n, field, item, sealed, value FROM facts WHERE customer_id IN ? AND state = 0 AND field = ? AND none = 0", parents, birthField).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []birth
	for rows.Next() {
		var b birth
		var value *string
		if err := rows.Scan(&b.customerID, &b.fact.N, &b.fact.Field, &b.fact.Item, &b.fact.Sealed, &value); err != nil {
			return nil, err
		}
		if value != nil {
			b.fact.Value = *value
		}
		out = append(out, b)
	}
	return out, rows.Err()
}
