package customer

import (
	"context"
	"slices"
)

// Holder is a customer who has a value that was asked for.
type Holder struct {
	ID   int64
	Name string
}

// Holders finds, at most so many, the customers whose email, member number,
// telephone, plate or document is exactly the value. It is for imports, which
// join rows to customers; nothing of it is shown.
func (s *Service) Holders(ctx context.Context, field, value string, most int) ([]Holder, error) {
	k, ok, err := s.wholeKey(field, value)
	if err != nil || !ok {
		return nil, err
	}
	rows, err := s.db.Read(ctx).Raw(`SELECT c.id, c.name, c.phones, c.plates FROM customer_keys k JOIN customers c ON c.id = k.customer_id
 WHERE k.kind = ? AND k.k = ? ORDER BY k.customer_id LIMIT ?`, k.kind, k.k, most).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Holder
	for rows.Next() {
		var h Holder
		var phones, plates string
		if err := rows.Scan(&h.ID, &h.Name, &phones, &plates); err != nil {
			return nil, err
		}
		// The keys of telephones and plates are also the ends of longer ones, and
		// a telephone's leave the country out.
		switch {
		case field == "phone" && !slices.Contains(lines(phones), dialled(value)):
		case field == "plate" && !slices.Contains(lines(plates), value):
		default:
			out = append(out, h)
		}
	}
	return out, rows.Err()
}

// sharingRead bounds how many customers whose numbers end alike are compared.
const sharingRead = 50

// ByKey finds the customer who alone holds the value: zero when nobody or more
// than one does.
func (s *Service) ByKey(ctx context.Context, field, value string) (int64, error) {
	holders, err := s.Holders(ctx, field, value, sharingRead)
	if err != nil || len(holders) != 1 {
		return 0, err
	}
	return holders[0].ID, nil
}

// SameKey returns a form of the value that is equal exactly for values by which
// the same customers would be found; "" for a field that is no key. Documents
// come back as their blind index.
func (s *Service) SameKey(field, value string) (string, error) {
	if field == "phone" {
		return dialled(value), nil
	}
	k, ok, err := s.wholeKey(field, value)
	if err != nil || !ok {
		return "", err
	}
	return k.k, nil
}

// Held reports which of the values, given as SameKey makes them, some customer
// holds. It takes emails, member numbers and documents.
func (s *Service) Held(ctx context.Context, field string, keys []string) (map[string]bool, error) {
	k, ok, err := s.wholeKey(field, "")
	if err != nil || !ok {
		return nil, err
	}
	held := map[string]bool{}
	for chunk := range slices.Chunk(keys, heldAtOnce) {
		asked := slices.Clone(chunk)
		for len(asked) < heldAtOnce { // one form of statement, prepared once
			asked = append(asked, chunk[0])
		}
		var found []string
		err := s.db.Read(ctx).Raw("SELECT DISTINCT k FROM customer_keys WHERE kind = ? AND k IN ?", k.kind, asked).Scan(&found).Error
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			held[f] = true
		}
	}
	return held, nil
}

const heldAtOnce = 100
