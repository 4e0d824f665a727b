package customer

import (
	"slices"
	"strings"

	"shuke/models/document"
	"shuke/models/vault"
)

// ownKey is the key by which an import finds the customer who has a value of an
// own field. It is a blind index behind the field's key: nobody reads a value
// from it, and no look-up scans its kind.
func ownKey(v *vault.Vault, field, value string) (key, error) {
	index, err := v.BlindIndex("own|"+field, strings.ToLower(document.Normalize(value)))
	return key{keyOwn, ownKeyPrefix(field) + index}, err
}

func ownKeyPrefix(field string) string { return field + ":" }

// ownKeysEnd is behind every key of the field.
func ownKeysEnd(field string) string { return field + ";" }

// ownKeys adds the import keys of own fields to keys that came and went. Such a
// field has one value a customer, so what ended held nowhere else.
func (s *Service) ownKeys(p plan, came, gone []key) (_, _ []key, err error) {
	index := func(f Fact, value string, to *[]key) error {
		if field := p.fields[f.Field]; !field.Own() || !field.ImportKey || f.None || value == "" {
			return nil
		}
		k, err := ownKey(s.vault, f.Field, value)
		*to = append(*to, k)
		return err
	}
	for _, f := range p.added {
		if f.State == InForce {
			if err := index(f, p.plain[f.N], &came); err != nil {
				return nil, nil, err
			}
		}
	}
	for _, e := range p.ended {
		if err := index(e.fact, p.previous[e.fact.N], &gone); err != nil {
			return nil, nil, err
		}
	}
	gone = slices.DeleteFunc(gone, func(k key) bool { return k.kind == keyOwn && slices.Contains(came, k) })
	return came, gone, nil
}
