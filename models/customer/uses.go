package customer

import (
	"slices"

	"shuke/models/uses"
)

// CountUses makes the service count which fields are acted upon. Without it
// nothing is counted.
func (s *Service) CountUses(c *uses.Counter) { s.uses = c }

// Used counts that values of a field were acted upon, for acts that go through
// other packages: imports, arrivals.
func (s *Service) Used(field string, use uses.Use, times int) { s.uses.Add(field, use, times) }

// countFound counts the fields by which a look-up found those it shows, each
// once however many it found.
func (s *Service) countFound(hits []Hit) {
	found := map[string]bool{}
	for _, h := range hits {
		for _, field := range h.foundBy() {
			found[field] = true
		}
	}
	for field := range found {
		s.uses.Used(field, uses.LookUp)
	}
}

// becauseFields are the fields of what Because names.
var becauseFields = map[string]string{"email": "email", "member": "member_no", "plate": "plate", "document": "document_no"}

// foundBy lists the fields that explain a hit. What nothing marks was found by
// digits in the middle of a telephone, which the mask hides.
func (h Hit) foundBy() []string {
	marked := func(parts []Part) bool { return slices.ContainsFunc(parts, func(p Part) bool { return p.Mark }) }
	var out []string
	for _, by := range []struct {
		found bool
		field string
	}{
		{marked(h.Name), nameField(h.Kind)}, {marked(h.Reading), "reading"}, {marked(h.Other), "former_name"}, {marked(h.Other), "alias"}, {marked(h.Employer), "employer"}, {marked(h.Phone), "phone"},
	} {
		if by.found {
			out = append(out, by.field)
		}
	}
	for _, kind := range h.Because {
		if kind == "document" && h.Kind == Enterprise {
			out = append(out, "licence_no")
		} else if field, known := becauseFields[kind]; known {
			out = append(out, field)
		}
	}
	if len(out) == 0 {
		return []string{"phone"}
	}
	return out
}

// countChanged counts fields of which a known value was replaced. Learning
// something for the first time is keeping it, not using it.
func (s *Service) countChanged(p plan) {
	for _, e := range p.ended {
		if e.by != 0 {
			s.uses.Used(e.fact.Field, uses.Change)
		}
	}
}
