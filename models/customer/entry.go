package customer

import (
	"fmt"
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
}

// check turns values into entries; what is wrong is reported at its slot.
// Empty texts are left out: an empty box says nothing.
func check(cat *Catalogue, kind Kind, values []Value, region string, today calendar.Date) ([]entry, fault.Fields) {
	problems := fault.Fields{}
	kinds := documentKinds(values)
	var out []entry
	for _, v := range values {
		f, known := cat.Field(v.Field)
		if !known || !f.On || !f.For(kind.String()) || v.Item < 0 || v.Item > maxItem || (v.Item > 0 && !f.Repeats()) {
			problems.Add(v.Slot(), "error.unknown_field", nil)
			continue
		}
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
		stored, m := canonical(f, v.Text, surroundings{region: region, today: today, documentKind: kinds[v.Item]})
		if m.Key != "" {
			problems.Add(v.Slot(), m.Key, m.Args)
			continue
		}
		if len(stored) > 1 && f.Repeat != "value" {
			problems.Add(v.Slot(), "value.one_only", nil)
			continue
		}
		for i, text := range stored {
			e := entry{field: f, item: v.Item, value: text}
			if i > 0 {
				e.item = -1 // a further number in the same box takes the next free place
			}
			out = append(out, e)
		}
	}
	checkTogether(out, problems)
	return numbered(out), problems
}

// maxItem bounds how many values one field can have.
const maxItem = 199

// documentKinds finds the kind that stands beside each document number.
func documentKinds(values []Value) map[int]document.Kind {
	kinds := map[int]document.Kind{}
	for _, v := range values {
		if v.Field == "document_kind" && v.Text != "" {
			kinds[v.Item] = document.Kind(v.Text)
		}
	}
	for _, v := range values {
		if v.Field == "licence_no" {
			kinds[v.Item] = "licence"
		} else if v.Field == "document_no" && kinds[v.Item] == "" {
			if kind, ok := document.Guess(tidy(v.Text)); ok {
				kinds[v.Item] = kind
			} else {
				kinds[v.Item] = "other"
			}
		}
	}
	return kinds
}

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

// numbered gives entries without a place the next free item of their field.
func numbered(entries []entry) []entry {
	for i := range entries {
		if entries[i].item >= 0 {
			continue
		}
		next := 0
		for _, e := range entries {
			if e.field.Key == entries[i].field.Key {
				next = max(next, e.item+1)
			}
		}
		entries[i].item = next
	}
	return slices.Clip(entries)
}
