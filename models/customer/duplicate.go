package customer

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"shuke/models/audit"
	"shuke/models/calendar"
	"shuke/models/disclosure"
	"shuke/models/email"
	"shuke/models/phone"
	"shuke/policies"
)

// Likely finds one customer whom a draft probably describes: the same
// telephone, the same email, else the same name. Document numbers are never
// compared, or the warning would confirm them to whoever guesses. Nil when
// there is nobody. What it shows is recorded like a look-up.
func (s *Service) Likely(ctx context.Context, a policies.Actor, cat *Catalogue, d Draft) (*Hit, error) {
	if err := s.guard.Require(a, policies.CustomerLookUp); err != nil {
		return nil, err
	}
	entries, _ := check(cat, d.Kind, d.Values, a.Region, calendar.Today(a.Now, a.Zone))
	for _, t := range likelyTerms(entries, d.Kind) {
		hits, _, err := s.match(ctx, a, sightOf(cat, a.Role), []term{t}, LookUpLimit)
		if err != nil {
			return nil, err
		}
		if hits, _, err = s.findable(ctx, a, hits); err != nil {
			return nil, err
		}
		i := slices.IndexFunc(hits, func(h Hit) bool { return whole(h, t) })
		if i < 0 {
			continue
		}
		e := audit.By(a, "customer.likely_shown")
		e.CustomerID = hits[i].id
		if err := s.gate.Show(ctx, a, e, disclosure.LookUp, 1, hits[i].id); err != nil {
			return nil, err
		}
		return &hits[i], nil
	}
	return nil, nil
}

func likelyTerms(entries []entry, kind Kind) []term {
	var phones, emails, names []term
	for _, e := range entries {
		switch e.field.Key {
		case "phone":
			if digits := phone.National(dialled(e.value)); len(digits) >= 7 {
				phones = append(phones, term{typed: digits, digits: digits, number: dialled(e.value), alone: true, ranges: []keyRange{{keyPhone, digits, true}}})
			}
		case "email":
			k := email.Key(e.value)
			emails = append(emails, term{typed: k, email: k, alone: true, ranges: []keyRange{{keyEmail, k, true}}})
		case nameField(kind):
			if t, err := parseWord(e.value, nil); err == nil && t.namePrefix != "" && t.document == "" {
				t.ranges = slices.DeleteFunc(t.ranges, func(r keyRange) bool { return r.kind == keyOrgAlpha || r.kind == keyOrgChars })
				names = append(names, t)
			}
		}
	}
	return slices.Concat(phones, emails, names)
}

// whole reports whether the hit's name is all marked, or the match was not by
// name: half a name is no duplicate.
func whole(h Hit, t term) bool {
	if t.namePrefix == "" {
		return true
	}
	return allMarked(h.Name) || allMarked(h.Reading)
}

// allMarked reports whether nothing but blanks and the like is left unmarked.
func allMarked(parts []Part) bool {
	return len(parts) > 0 && !slices.ContainsFunc(parts, func(p Part) bool {
		return !p.Mark && strings.ContainsFunc(p.Text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
	})
}
