package customer

import (
	"context"
	"slices"

	"shuke/models/db"
)

// Holder is a customer who has a value that was asked for.
type Holder struct {
	ID       int64
	PublicID string
	Kind     Kind
	Name     string
}

// Holders finds, at most so many, the customers whose email, member number,
// telephone, plate or document is exactly the value. It is for imports, which
// join rows to customers; nothing of it is shown.
func (s *Service) Holders(ctx context.Context, field, value string, most int) ([]Holder, error) {
	k, ok, err := s.wholeKey(field, value)
	if err != nil || !ok {
		return nil, err
	}
	rows, err := s.db.Read(ctx).Raw(`SELECT c.id, c.public_id, c.kind, c.name, c.phones, c.plates FROM customer_keys k JOIN customers c ON c.id = k.customer_id
 WHERE k.kind = ? AND k.k = ? ORDER BY k.customer_id LIMIT ?`, k.kind, k.k, most).Rows()
	if err != nil {
		return nil, err
	}
	var out []Holder
	err = db.Each(rows, func() error {
		var h Holder
		has, err := h.scan(rows)
		if has(field, value) {
			out = append(out, h)
		}
		return err
	})
	return out, err
}

// scan reads a holder, and returns what tells whether it has exactly the value:
// the keys of telephones and plates are also the ends of longer ones, and a
// telephone's leave the country out.
func (h *Holder) scan(row scanner, before ...any) (has func(field, value string) bool, err error) {
	var phones, plates string
	err = row.Scan(append(before, &h.ID, &h.PublicID, &h.Kind, &h.Name, &phones, &plates)...)
	return func(field, value string) bool {
		switch field {
		case "phone":
			return slices.Contains(lines(phones), dialled(value))
		case "plate":
			return slices.Contains(lines(plates), value)
		}
		return true
	}, err
}

// holdersRead bounds what one statement reads of the holders of heldAtOnce
// values; where more share them each value is asked for alone.
const holdersRead = 2000

// HoldersOf is Holders for many values, in few statements: by what SameKey makes
// of each, those who have it, most of them.
func (s *Service) HoldersOf(ctx context.Context, field string, values []string) (map[string][]Holder, error) {
	type wanted struct{ same, value string }
	byKey := map[string][]wanted{}
	kind := keyKind(0)
	var keys []string
	for _, value := range values {
		k, ok, err := s.wholeKey(field, value)
		if err != nil {
			return nil, err
		}
		same, err := s.SameKey(field, value)
		if err != nil {
			return nil, err
		}
		if !ok || slices.Contains(byKey[k.k], wanted{same, value}) {
			continue
		}
		if kind = k.kind; len(byKey[k.k]) == 0 {
			keys = append(keys, k.k)
		}
		byKey[k.k] = append(byKey[k.k], wanted{same, value})
	}
	out := map[string][]Holder{}
	add := func(same string, h Holder) {
		if !slices.Contains(out[same], h) {
			out[same] = append(out[same], h)
		}
	}
	for chunk := range slices.Chunk(keys, heldAtOnce) {
		rows, err := s.db.Read(ctx).Raw(`SELECT k.k, c.id, c.public_id, c.kind, c.name, c.phones, c.plates FROM customer_keys k JOIN customers c ON c.id = k.customer_id
 WHERE k.kind = ? AND k.k IN ? ORDER BY k.k, k.customer_id LIMIT ?`, kind, filled(chunk), holdersRead).Rows()
		if err != nil {
			return nil, err
		}
		read := 0
		err = db.Each(rows, func() error {
			var k string
			var h Holder
			has, err := h.scan(rows, &k)
			for _, w := range byKey[k] {
				if has(field, w.value) {
					add(w.same, h)
				}
			}
			read++
			return err
		})
		if err != nil {
			return nil, err
		}
		if read < holdersRead {
			continue
		}
		for _, k := range chunk {
			for _, w := range byKey[k] {
				few, err := s.Holders(ctx, field, w.value, sharingRead)
				if err != nil {
					return nil, err
				}
				for _, h := range few {
					add(w.same, h)
				}
			}
		}
	}
	return out, nil
}

// filled repeats the first of keys until there are heldAtOnce: one form of
// statement, prepared once.
func filled(keys []string) []string {
	out := slices.Clone(keys)
	for len(out) < heldAtOnce {
		out = append(out, keys[0])
	}
	return out
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
		var found []string
		err := s.db.Read(ctx).Raw("SELECT DISTINCT k FROM customer_keys WHERE kind = ? AND k IN ?", k.kind, filled(chunk)).Scan(&found).Error
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
