package handlers

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/views/customerview"
	"shuke/views/text"
	"shuke/views/ui"
)

// customerForm builds the boxes of a form from the catalogue, what is known,
// and what was typed.
type customerForm struct {
	in     *inquiry
	groups map[string]catalogue.Group
	typed  *form                      // nil when the form is shown first
	facts  map[string][]customer.Fact // in force, by field
	wrong  problems
	watch  bool
}

func byField(facts []customer.Fact) map[string][]customer.Fact {
	out := map[string][]customer.Fact{}
	for _, f := range facts {
		out[f.Field] = append(out[f.Field], f)
	}
	return out
}

// section makes the boxes of a run of fields: single ones first, then what can
// stand several times.
func (b *customerForm) section(id, title string, fields []customer.Field) customerview.Section {
	s := customerview.Section{ID: id, Title: title}
	done := map[string]bool{}
	for _, f := range fields {
		switch record := f.Record(); {
		case !f.Repeats():
			s.Inputs = append(s.Inputs, b.input(f, 0))
		case record == "":
			s.Repeats = append(s.Repeats, b.repeat(f.Label(b.lang()), []customer.Field{f}))
		case !done[record]:
			done[record] = true
			of := slices.DeleteFunc(slices.Clone(fields), func(o customer.Field) bool { return o.Record() != record })
			s.Repeats = append(s.Repeats, b.repeat(b.groups[f.Group].Records[record].In(b.lang()), of))
		}
	}
	return s
}

func (b *customerForm) lang() string { return string(b.in.print.Language()) }

func (b *customerForm) repeat(label string, fields []customer.Field) customerview.Repeat {
	items := map[int]bool{}
	for _, f := range fields {
		for _, fact := range b.facts[f.Key] {
			items[fact.Item] = true
		}
		for _, item := range b.typedItems(f.Key) {
			items[item] = true
		}
	}
	r := customerview.Repeat{Label: label, Add: b.in.print.T("form.add")}
	for item := range items {
		r.Next = max(r.Next, item+1)
	}
	if b.typed == nil || len(items) == 0 {
		items[r.Next] = true // one empty row, for those without script
		r.Next++
	}
	order := make([]int, 0, len(items))
	for item := range items {
		order = append(order, item)
	}
	slices.Sort(order)
	for _, item := range order {
		r.Items = append(r.Items, b.item(fields, item))
	}
	r.Blank = b.item(fields, -1)
	return r
}

func (b *customerForm) typedItems(key string) []int {
	if b.typed == nil {
		return nil
	}
	var out []int
	for _, name := range b.typed.names() {
		if rest, ok := strings.CutPrefix(name, key+"."); ok && b.typed.trimmed(name) != "" {
			if item, err := strconv.Atoi(rest); err == nil {
				out = append(out, item)
			}
		}
	}
	return out
}

func (b *customerForm) item(fields []customer.Field, item int) customerview.Item {
	var it customerview.Item
	for _, f := range fields {
		it.Inputs = append(it.Inputs, b.input(f, item))
	}
	return it
}

// slotName is a box's name; the row that script multiplies has a placeholder.
func slotName(key string, item int) string {
	if item < 0 {
		return key + ".__i__"
	}
	return fmt.Sprintf("%s.%d", key, item)
}

// keptFromForms reports whether a form says of a value only that it is known and
// leaves it alone when nothing is typed: what is masked, and birthdays, of which
// every page tells the month alone.
func keptFromForms(f customer.Field) bool { return f.Masked() || f.Birthday() }

func (b *customerForm) input(f customer.Field, item int) customerview.Input {
	name := slotName(f.Key, item)
	i := customerview.Input{Name: name, Label: labelWithUnit(b.in.print, f), Kind: inputKind(f.Type), Error: b.wrong.at(name), Hint: f.Help[b.lang()], MaxLength: f.MaxLength,
		Required: f.Key == "name" || f.Key == "company_name", Watch: b.watch && watched(f.Key)}
	if f.NoneAllowed {
		i.None = "none." + name
	}
	fact, known := b.fact(f.Key, item)
	if known && keptFromForms(f) && !fact.None {
		i.Known, i.Remove = true, "remove."+name
	}
	switch {
	case b.typed != nil && item >= 0:
		i.Value, i.NoneSet, i.RemoveSet = b.typed.text(name), b.typed.has("none."+name), b.typed.has("remove."+name)
	case known && fact.None:
		i.NoneSet = true
	case known && !keptFromForms(f):
		i.Value = editable(b.in.print, f, fact.Value)
	}
	i.Options = b.options(f, i.Value)
	return i
}

// labelWithUnit says in what a number is counted.
func labelWithUnit(p *text.Printer, f customer.Field) string {
	lang := string(p.Language())
	unit := f.Unit.In(lang)
	if unit == "" {
		return f.Label(lang)
	}
	return p.T("own.in_unit", map[string]any{"Field": f.Label(lang), "Unit": unit})
}

func (b *customerForm) fact(key string, item int) (customer.Fact, bool) {
	for _, f := range b.facts[key] {
		if f.Item == item {
			return f, true
		}
	}
	return customer.Fact{}, false
}

// watched fields may point to somebody who is here already. Documents are not
// among them: a warning would confirm a guessed number.
func watched(key string) bool {
	return key == "name" || key == "company_name" || key == "phone" || key == "email"
}

func inputKind(t catalogue.Type) string {
	switch t {
	case catalogue.Choice, catalogue.Language:
		return "select"
	case catalogue.LongText:
		return "long"
	case catalogue.Phone:
		return "phone"
	case catalogue.Email:
		return "email"
	}
	return "text"
}

// editable is a stored value as one would type it.
func editable(p *text.Printer, f customer.Field, value string) string {
	switch f.Type {
	case catalogue.Money:
		if minor, err := strconv.ParseInt(value, 10, 64); err == nil {
			return fmt.Sprintf("%d.%02d", minor/100, minor%100)
		}
	case catalogue.Date:
		if strings.HasPrefix(value, "lunar:") {
			return dateText(p, value)
		}
	}
	return value
}

func (b *customerForm) options(f customer.Field, chosen string) []ui.Option {
	var out []ui.Option
	found := false
	for _, o := range f.Options {
		found = found || o.Value == chosen
		if o.Retired && o.Value != chosen {
			continue
		}
		out = append(out, ui.Option{Value: o.Value, Label: o.Labels.In(b.lang()), Selected: o.Value == chosen})
	}
	// A tag that an import brought stays what it is, however it is written.
	if f.Type == catalogue.Language && chosen != "" && !found {
		out = append(out, ui.Option{Value: chosen, Label: joined("·", languageLabel(b.in.print, f, chosen), chosen), Selected: true})
	}
	return out
}

// values reads the boxes back. In an edit, an emptied box takes its value away;
// an empty one over a hidden value leaves it.
func (f form) customerValues(cat *customer.Catalogue, edit bool) []customer.Value {
	var out []customer.Value
	for _, name := range f.names() {
		key, item, ok := slotOf(name)
		if !ok {
			continue
		}
		field, known := cat.Field(key)
		if !known {
			continue
		}
		v := customer.Value{Field: key, Item: item, Text: f.text(name), None: f.has("none." + name), Remove: f.has("remove." + name)}
		switch {
		case v.None:
			v.Text, v.Remove = "", false
		case strings.TrimSpace(v.Text) != "":
			v.Remove = false
		case edit && !keptFromForms(field):
			v.Remove = true
		}
		if v.None || v.Remove || strings.TrimSpace(v.Text) != "" {
			out = append(out, v)
		}
	}
	return append(out, f.dropped()...)
}

// dropped are values whose whole row was taken out of the form.
func (f form) dropped() []customer.Value {
	var out []customer.Value
	for _, name := range f.all("had") {
		if key, item, ok := slotOf(name); ok && !f.has(name) {
			out = append(out, customer.Value{Field: key, Item: item, Remove: true})
		}
	}
	return out
}

func slotOf(name string) (key string, item int, ok bool) {
	key, number, found := strings.Cut(name, ".")
	if !found || key == "none" || key == "remove" {
		return "", 0, false
	}
	item, err := strconv.Atoi(number)
	return key, item, err == nil && item >= 0
}

func channelOptions(p *text.Printer, chosen string) []ui.Option {
	var out []ui.Option
	for _, c := range customer.HandChannels {
		out = append(out, ui.Option{Value: string(c), Label: p.T("channel." + string(c)), Selected: string(c) == chosen})
	}
	return out
}
