package customer

import (
	"context"
	"fmt"
	"slices"

	"shuke/models/fault"
	"shuke/models/vault"
)

// Flaw says where what is stored of a customer does not agree with itself. It
// names columns, fields and kinds of keys, never a value.
type Flaw struct {
	CustomerID int64
	PublicID   string
	What       string
}

// CheckKeys looks through at most n customers by inner id, beginning with from,
// and returns where the identity row is not what the facts say, two facts hold
// one place, or the look-up keys are not those of the identity. next is the id
// to go on with, 0 behind the last customer. It asks no permission and locks
// nothing: a customer who is changed while it looks is left out. Documents whose
// data key was destroyed must have no look-up key left.
func (s *Service) CheckKeys(ctx context.Context, from int64, n int) (flaws []Flaw, next int64, err error) {
	list, err := s.identities(ctx, from, n)
	if err != nil || len(list) == 0 {
		return nil, 0, err
	}
	last := list[len(list)-1].ID
	if len(list) == n {
		next = last + 1
	}
	facts, err := s.factsBetween(ctx, from, last)
	if err != nil {
		return nil, 0, err
	}
	keys, err := s.keysBetween(ctx, from, last)
	if err != nil {
		return nil, 0, err
	}
	after, err := s.identities(ctx, from, n) // who changed meanwhile has another version
	if err != nil {
		return nil, 0, err
	}
	versions := make(map[int64]int64, len(after))
	for _, c := range after {
		versions[c.ID] = c.Version
	}
	for _, c := range list {
		if versions[c.ID] != c.Version {
			continue
		}
		found, err := s.verify(ctx, c, facts[c.ID], keys[c.ID])
		if err != nil {
			return nil, 0, err
		}
		for _, what := range found {
			flaws = append(flaws, Flaw{c.ID, c.PublicID, what})
		}
	}
	return flaws, next, nil
}

// verify compares one identity with its facts in force and its stored keys.
func (s *Service) verify(ctx context.Context, c Customer, inForce []Fact, stored storedKeysOf) ([]string, error) {
	var out []string
	taken := map[slot]bool{}
	for _, f := range inForce {
		if taken[f.slot()] {
			out = append(out, fmt.Sprintf("two facts at %s.%d", f.Field, f.Item))
		}
		taken[f.slot()] = true
		if f.N > c.Facts {
			out = append(out, fmt.Sprintf("fact %d is numbered beyond %d", f.N, c.Facts))
		}
	}
	want := Customer{Kind: c.Kind}
	identify(&want, inForce)
	is, ought := identityArgs(c), identityArgs(want)
	for i, column := range identityNames {
		if is[i] != ought[i] {
			out = append(out, "identity: "+column)
		}
	}
	documents, err := s.documentsOf(ctx, c.ID, inForce)
	if err != nil {
		return nil, err
	}
	made := sortedKeys(append(keysOf(want), documents...))
	has := sortedKeys(stored.keys)
	for _, k := range without(made, has) {
		out = append(out, fmt.Sprintf("a look-up key of kind %d is missing", k.kind))
	}
	for _, k := range without(has, made) {
		out = append(out, fmt.Sprintf("a look-up key of kind %d is too much", k.kind))
	}
	needed := signatureOf(made)
	if slices.ContainsFunc(stored.signed, func(s signature) bool { return !s.covers(needed) }) {
		out = append(out, "a signature excludes a look-up key")
	}
	return out, nil
}

// identityNames are the columns of identityArgs.
var identityNames = [...]string{"name", "reading", "other_names", "address_as", "phones", "emails", "plates", "member_no", "tier", "sex", "language", "city", "employer"}

// without returns what a has and b has not.
func without(a, b []key) []key {
	return slices.DeleteFunc(slices.Clone(a), func(k key) bool { return slices.Contains(b, k) })
}

// documentsOf makes the blind indexes of the documents in force; none when the
// customer's data key is gone.
func (s *Service) documentsOf(ctx context.Context, id int64, inForce []Fact) ([]key, error) {
	var out []key
	for _, f := range inForce {
		if f.None || !indexed(f.Field) {
			continue
		}
		number := f.Value
		if f.Sealed != nil {
			own, err := s.vault.Key(ctx, vault.Customer(id))
			if fault.Is(err, fault.Gone) {
				continue
			}
			if err != nil {
				return nil, err
			}
			if number, err = own.Open(f.Sealed, f.row(id)); err != nil {
				return nil, err
			}
		}
		k, err := documentKey(s.vault, number)
		if err != nil {
			return nil, err
		}
		out = append(out, k)
	}
	return out, nil
}

func (s *Service) identities(ctx context.Context, from int64, n int) ([]Customer, error) {
	rows, err := s.db.Read(ctx).Raw("SELECT "+identityColumns+" FROM customers WHERE id >= ? ORDER BY id LIMIT ?", from, n).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Customer
	for rows.Next() {
		c, err := scanCustomer(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

func (s *Service) factsBetween(ctx context.Context, from, to int64) (map[int64][]Fact, error) {
	rows, err := s.db.Read(ctx).Raw("SELECT customer_id, n, field, item, none, value, sealed FROM facts WHERE customer_id BETWEEN ? AND ? AND state = 0 ORDER BY customer_id, n",
		from, to).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64][]Fact{}
	for rows.Next() {
		var id int64
		var f Fact
		var value *string
		if err := rows.Scan(&id, &f.N, &f.Field, &f.Item, &f.None, &value, &f.Sealed); err != nil {
			return nil, err
		}
		if value != nil {
			f.Value = *value
		}
		out[id] = append(out[id], f)
	}
	return out, rows.Err()
}

// storedKeysOf are the look-up keys of one customer as they are stored, and the
// signatures that lie beside them, in the identity and in the latest.
type storedKeysOf struct {
	keys   []key
	signed []signature
}

func (s *Service) keysBetween(ctx context.Context, from, to int64) (map[int64]storedKeysOf, error) {
	rows, err := s.db.Read(ctx).Raw(`SELECT customer_id, kind, k, signature_latin, signature_other FROM customer_keys WHERE customer_id BETWEEN ? AND ?
 UNION ALL SELECT id, 0, '', signature_latin, signature_other FROM customers WHERE id BETWEEN ? AND ?
 UNION ALL SELECT r.customer_id, 0, '', r.signature_latin, r.signature_other FROM branches b JOIN recents r ON r.branch_id = b.id WHERE r.customer_id BETWEEN ? AND ?`,
		from, to, from, to, from, to).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64]storedKeysOf{}
	for rows.Next() {
		var id int64
		var k key
		var signed signature
		if err := rows.Scan(&id, &k.kind, &k.k, &signed.latin, &signed.other); err != nil {
			return nil, err
		}
		of := out[id]
		if k.kind != 0 {
			of.keys = append(of.keys, k)
		}
		of.signed = append(of.signed, signed)
		out[id] = of
	}
	return out, rows.Err()
}
