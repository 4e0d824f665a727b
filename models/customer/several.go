package customer

import (
	"context"

	"shuke/models/db"
	"shuke/models/vault"
)

// FactsOf returns the facts in force of the fields for several customers, in one
// statement. Like FactsInForce it asks no permission and shows nobody.
func (s *Service) FactsOf(ctx context.Context, customerIDs []int64, fields ...string) (map[int64][]Fact, error) {
	out := map[int64][]Fact{}
	if len(customerIDs) == 0 || len(fields) == 0 {
		return out, nil
	}
	rows, err := s.db.Read(ctx).Raw("SELECT customer_id, n, field, item, none, value, sealed, channel, trust, recorded_at FROM facts WHERE customer_id IN ? AND state = 0 AND field IN ? ORDER BY customer_id, n",
		db.Padded(customerIDs), fields).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id, recorded int64
		var value *string
		var f Fact
		if err := rows.Scan(&id, &f.N, &f.Field, &f.Item, &f.None, &value, &f.Sealed, &f.Channel, &f.Trust, &recorded); err != nil {
			return nil, err
		}
		if value != nil {
			f.Value = *value
		}
		f.RecordedAt = db.Time(recorded)
		out[id] = append(out[id], f)
	}
	return out, rows.Err()
}

// OpenFact returns the value of a fact in the clear. It is for what the domain
// works out of a value; showing one is Reveal.
func (s *Service) OpenFact(ctx context.Context, customerID int64, f Fact) (string, error) {
	if f.Sealed == nil {
		return f.Value, nil
	}
	key, err := s.vault.Key(ctx, vault.Customer(customerID))
	if err != nil {
		return "", err
	}
	return key.Open(f.Sealed, f.row(customerID))
}
