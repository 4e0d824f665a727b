package customer

import (
	"fmt"
	"regexp"
	"slices"

	"shuke/models/calendar"
	"shuke/models/document"
	"shuke/models/fault"
)

// Value is what a form, the API or an import says of one field.
type Value struct {
	Field  string
	Item   int
	Text   string
	None   bool // the answer is "none"
	Remove bool // the value no longer holds, and no other is known
}

// Slot names the place of a value as forms and error messages do: phone.0.
func (v Value) Slot() string { return fmt.Sprintf("%s.%d", v.Field, v.Item) }

// entry is a checked value, ready to become a fact.
type entry struct {
	field  Field
	item   int
	value  string
	none   bool
	remove bool
	// further marks a second number typed into one box: it takes a free place.
	further bool
	// preference is set for what is to be done or never done.
	preference *Preference
	// note marks what a customer said: the same said again is confirmed. Of one
	// that is secret the customer's own words are sealed.
	note, secret bool
}

// check turns values into entries; what is wrong is reported at its slot.
// Empty texts are left out: an empty box says nothing.
func check(cat *Catalogue, kind Kind, values []Value, region string, today calendar.Date) ([]entry, fault.Fields) {
	problems := fault.Fields{}
	kinds := documentKinds(cat, values)
	taken := map[string]bool{}
	var out []entry
	for _, v := range values {
		f, known := cat.Field(v.Field)
		if !known || !f.On || !f.For(kind.String()) || v.Item < 0 || v.Item > maxItem || (v.Item > 0 && !f.Repeats()) {
			problems.Add(v.Slot(), "error.unknown_field", nil)
			continue
		}
		if tidy(v.Text) == "" && !v.None && !v.Remove {
			continue
		}
		if taken[v.Slot()] { // one place holds one value
			problems.Add(v.Slot(), "value.one_only", nil)
			continue
		}
		taken[v.Slot()] = true
		if v.Remove {
			out = append(out, entry{field: f, item: v.Item, remove: true})
			continue
		}
		if v.None {
			if !f.NoneAllowed {
				problems.Add(v.Slot(), "value.none_not_allowed", nil)
				continue
			}
			out = append(out, entry{field: f, item: v.Item, none: true})
			continue
		}
		kind := kinds[v.Item]
		if f.Own() { // the kinds beside are those of shipped numbers
			kind = likelyKind(tidy(v.Text))
		}
		stored, m := canonical(f, v.Text, surroundings{region: region, today: today, documentKind: kind})
		if m.Key != "" {
			problems.Add(v.Slot(), m.Key, m.Args)
			continue
		}
		if len(stored) > 1 && f.Repeat != "value" {
			problems.Add(v.Slot(), "value.one_only", nil)
			continue
		}
		for i, text := range stored {
			e := entry{field: f, item: v.Item, value: text, further: i > 0}
			if f.Preference() {
				p := cat.ReadPreference(f, text)
				e.preference = &p
			}
			out = append(out, e)
		}
	}
	checkTogether(out, problems)
	return numbered(out, nil), problems
}

// maxItem bounds how many values one field can have.
const maxItem = 199

// documentKinds finds the kind that stands beside each document number.
func documentKinds(cat *Catalogue, values []Value) map[int]document.Kind {
	kinds := map[int]document.Kind{}
	field, _ := cat.Field("document_kind")
	for _, v := range values {
		if v.Field == "document_kind" && v.Text != "" {
			if kind, m := choice(field, tidy(v.Text)); m.Key == "" {
				kinds[v.Item] = document.Kind(kind[0])
			}
		}
	}
	for _, v := range values {
		if v.Field == "licence_no" {
			kinds[v.Item] = document.Licence
		} else if v.Field == "document_no" && kinds[v.Item] == "" {
			kinds[v.Item] = likelyKind(tidy(v.Text))
		}
	}
	return kinds
}

// likelyKind is the kind of a number that comes without one. What has the shape
// of an identity card's number is taken for one, so that a slip of the finger
// does not pass as a number of some other kind.
func likelyKind(text string) document.Kind {
	kind, ok := document.Guess(text)
	if ok && kind != document.Other {
		return kind
	}
	if cardShape.MatchString(document.Normalize(text)) {
		return document.IDCard
	}
	return document.Other
}

var cardShape = regexp.MustCompile(`^[1-9]\d{16}[0-9X]$`)

// checkTogether compares values of one form: a birth date against the one
// inside an identity card's number.
func checkTogether(entries []entry, problems fault.Fields) {
	var born, inCard string
	for _, e := range entries {
		switch {
		case e.field.Key == "birth":
			born = e.value
		case e.field.Key == "document_no" && inCard == "":
			inCard, _, _ = document.BirthAndSex(e.value)
		}
	}
	if born == "" || inCard == "" {
		return
	}
	d, err := calendar.ParseDate(born)
	if err != nil || d.Day == 0 || d.Year == 0 {
		return
	}
	if d.Lunar {
		if d, err = d.Solar(); err != nil {
			return
		}
	}
	if d.String() != inCard {
		problems.Add("birth.0", "value.birth_differs", nil)
	}
}

// numbered gives further entries the next free places of their fields, behind
// those that are typed and those that are in force.
func numbered(entries []entry, inForce []Fact) []entry {
	next := map[string]int{}
	for _, f := range inForce {
		next[f.Field] = max(next[f.Field], f.Item+1)
	}
	for _, e := range entries {
		if !e.further {
			next[e.field.Key] = max(next[e.field.Key], e.item+1)
		}
	}
	out := slices.Clone(entries)
	for i, e := range out {
		if e.further {
			out[i].item = next[e.field.Key]
			next[e.field.Key]++
		}
	}
	return out
}
