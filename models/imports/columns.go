package imports

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/tabular"
)

// use is how cells of a column are read.
type use int

const (
	asValue     use = iota // by the type of the field
	asName                 // a whole name
	asFamily               // half of one
	asGiven                // the other half
	asBirth                // a day, solar or lunar
	asLunarFlag            // whether the birth date is a lunar one
	asSex
	asAddress // one of several parts of an address
	asDocument
	asDocumentKind
	asItself // what the target has besides facts
)

// column is a column that is imported.
type column struct {
	at      int // index of its cell
	heading string
	field   customer.Field
	use     use
	kind    string // of a document or a birth date, "" when the heading tells none
}

// columns are the imported columns in the order in which they are put together.
type columns struct {
	kind     customer.Kind
	list     []column
	nameKey  string // field that holds the name
	unmapped []string
	taken    []taken // of every column
	headings []string
	sheet    bool // cells may be numbers, of which a format was lost
	date1904 bool // how bare numbers of days count
}

// chosen is what a mapping means in terms of the catalogue.
type chosen struct {
	field string
	use   use
}

// meanings are the fields of tabular that are called otherwise here or need
// more than their type to be read.
var meanings = map[string]chosen{
	tabular.FieldName:         {"name", asName},
	tabular.FieldFamilyName:   {"name", asFamily},
	tabular.FieldGivenName:    {"name", asGiven},
	tabular.FieldCompanyName:  {"company_name", asName},
	tabular.FieldBirthDate:    {"birth", asBirth},
	"birth":                   {"birth", asBirth},
	tabular.FieldBirthLunar:   {"birth", asLunarFlag},
	tabular.FieldSex:          {"sex", asSex},
	tabular.FieldHomeAddress:  {"home_address", asAddress},
	tabular.FieldDocumentNo:   {"document_no", asDocument},
	tabular.FieldDocumentKind: {"document_kind", asDocumentKind},
}

// ofCompany are the fields of a person in a list of companies.
var ofCompany = map[string]chosen{
	tabular.FieldName:        {"contact_name", asName},
	tabular.FieldFamilyName:  {"contact_name", asFamily},
	tabular.FieldGivenName:   {"contact_name", asGiven},
	tabular.FieldHomeAddress: {"company_address", asAddress},
	tabular.FieldHomePhone:   {"phone", asValue},
	tabular.FieldWorkPhone:   {"phone", asValue},
	tabular.FieldFormerName:  {"company_former_name", asValue},
}

// taken is what a column was taken for, and why.
type taken struct{ field, kind, why string }

// ByValues is the Why of a column of which nothing but its values told what it
// holds.
const ByValues = "values"

// Why a column was taken for a field otherwise.
const (
	byMap     = "map"
	byMemory  = "remembered"
	byHeading = "heading"
)

// hints are what tells of columns besides their headings and what a person says.
type hints struct {
	remembered []string      // what a person said of the last file with these headings
	cells      map[int]guess // by their values, of columns whose heading does not say it
	width      int           // columns of the file
	words      *vocabulary   // of the target, nil for all fields of customers
	enough     func(*columns) error
}

// columnsOf fits a file's headings to the catalogue. A column that says nothing
// we keep is listed as unmapped; one that a person mapped to what does not
// exist is an error.
func columnsOf(cat *customer.Catalogue, format tabular.Format, o Options, h hints) (*columns, error) {
	headings, names := format.Headings, knownNames(cat, h.words)
	said, err := tabular.ParseMapsWith(names, o.Maps, headings, o.NoHeader)
	if err != nil {
		return nil, refuseFile(err)
	}
	guessed := tabular.GuessWith(names, headings)
	maps, why := h.fill(names, said, o, headings)
	for i := range maps {
		if i < len(guessed) && maps[i].Kind == "" && meaningOf(maps[i].Field) == meaningOf(guessed[i].Field) {
			maps[i].Kind = guessed[i].Kind // whoever says birth of a column of lunar ones says lunar
		}
	}
	c := &columns{kind: customer.Individual, nameKey: "name", headings: headings, sheet: format.Kind == tabular.XLSX, date1904: format.Date1904, taken: make([]taken, len(maps))}
	if f, _ := cat.Field(o.Key); h.words != nil && f.Kind == catalogue.Enterprise ||
		h.words == nil && slices.ContainsFunc(maps, func(m tabular.Mapping) bool { return m.Field == tabular.FieldCompanyName }) {
		c.kind, c.nameKey = customer.Enterprise, "company_name"
	}
	order := make([]int, len(maps))
	for i := range maps {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(maps[a].Part, maps[b].Part) })
	for _, i := range order {
		m := maps[i]
		if m.Field != "" && c.take(cat, i, m, h.words, o.Key) {
			c.taken[i] = taken{m.Field, m.Kind, why[i]}
			continue
		}
		differs := i >= len(guessed) || guessed[i].Field != m.Field || guessed[i].Kind != m.Kind
		if m.Field != "" && why[i] == byMap && differs {
			return nil, fault.Fields{"map": {Key: "import.option.map_field", Args: map[string]any{"Column": c.label(i), "Field": m.Field}}}.Err()
		}
	}
	for i := range maps {
		if c.taken[i].field == "" {
			c.unmapped = append(c.unmapped, c.label(i))
		}
	}
	return c, cmp.Or(mayJoinBy(cat, o.Key), h.enough(c))
}

// fill completes what a person said: by what was said of such a file before, and
// by the values of columns whose heading does not say it.
func (h hints) fill(names tabular.Names, said []tabular.Mapping, o Options, headings []string) (maps []tabular.Mapping, why map[int]string) {
	why = map[int]string{}
	for _, arg := range o.Maps {
		why[tabular.ColumnOf(arg, headings, o.NoHeader)] = byMap
	}
	maps, args := said, slices.Clone(o.Maps)
	for _, arg := range h.remembered {
		at := tabular.ColumnOf(arg, headings, o.NoHeader)
		if at < 0 || why[at] != "" {
			continue
		}
		if all, err := tabular.ParseMapsWith(names, append(args, arg), headings, o.NoHeader); err == nil {
			maps, args, why[at] = all, append(args, arg), byMemory
		}
	}
	for len(maps) < h.width {
		maps = append(maps, tabular.Mapping{})
	}
	for i := range maps {
		if why[i] == "" && maps[i].Field != "" {
			why[i] = byHeading
		}
	}
	h.byValues(maps, why)
	return maps, why
}

// byValues takes columns for what their values look like, those first whose
// heading says nothing at all. A field that a column holds already gets no
// second one by guessing.
func (h hints) byValues(maps []tabular.Mapping, why map[int]string) {
	for _, weak := range []bool{false, true} {
		for i := range maps {
			g, is := h.cells[i]
			held := func(m tabular.Mapping) bool { return meaningOf(m.Field) == meaningOf(g.field) }
			if is && g.weak == weak && why[i] == "" && !slices.ContainsFunc(maps, held) {
				maps[i].Field, maps[i].Kind, maps[i].Part, why[i] = g.field, g.kind, 1, ByValues
			}
		}
	}
}

// meaningOf is the field of the catalogue that a mapping is about.
func meaningOf(field string) string {
	if m, special := meanings[field]; special {
		return m.field
	}
	return field
}

// take takes a column in for what the target has, or for a field of customers.
func (c *columns) take(cat *customer.Catalogue, at int, m tabular.Mapping, words *vocabulary, key string) bool {
	if words == nil {
		return c.add(cat, at, m)
	}
	if words.has(m.Field) {
		if m.Kind != "" || c.holding(m.Field) >= 0 {
			return false
		}
		c.list = append(c.list, column{at: at, heading: c.label(at), field: customer.Field{Field: catalogue.Field{Key: m.Field}}, use: asItself})
		return true
	}
	field := meaningOf(m.Field)
	return (field == key || key == "document_no" && field == "document_kind") && c.add(cat, at, m)
}

// add takes a column in unless the catalogue has no room for it.
func (c *columns) add(cat *customer.Catalogue, at int, m tabular.Mapping) bool {
	want, special := meanings[m.Field]
	if c.kind == customer.Enterprise {
		if of, ok := ofCompany[m.Field]; ok {
			want, special = of, true
		}
	}
	if !special {
		want.field = m.Field
	}
	f, known := cat.Field(want.field)
	if !known || !f.On || !f.For(c.kind.String()) {
		return false
	}
	if f.Type == catalogue.Address {
		want.use = asAddress
	}
	if m.Kind != "" && want.use != asBirth && want.use != asDocument {
		return false
	}
	oneOnly := !f.Repeats() && want.use == asValue || want.use == asSex || want.use == asLunarFlag
	if oneOnly && c.has(want.field, want.use) {
		return false
	}
	c.list = append(c.list, column{at: at, heading: c.label(at), field: f, use: want.use, kind: m.Kind})
	return true
}

func (c *columns) has(field string, u use) bool {
	return slices.ContainsFunc(c.list, func(x column) bool { return x.field.Key == field && x.use == u })
}

// enough refuses a file in which nobody could be named, and a key that no
// column holds.
func (c *columns) enough(o Options) error {
	named := slices.ContainsFunc(c.list, func(x column) bool { return x.field.Key == c.nameKey })
	switch {
	case o.Key != "" && !slices.ContainsFunc(c.list, func(x column) bool { return x.field.Key == o.Key }):
		return fault.Fields{"key": {Key: "import.option.key_column", Args: map[string]any{"Field": o.Key}}}.Err()
	case !named && (o.Key == "" || o.Create):
		return fault.Fields{"map": {Key: "import.option.no_name"}}.Err()
	}
	return nil
}

// label names a column for a report: its heading, or its number.
func (c *columns) label(at int) string {
	if at < 0 {
		return ""
	}
	if at < len(c.headings) && strings.TrimSpace(c.headings[at]) != "" {
		return c.headings[at]
	}
	return strconv.Itoa(at + 1)
}

// holding is the first column of a field, -1 when there is none.
func (c *columns) holding(field string) int {
	for _, x := range c.list {
		if x.field.Key == field {
			return x.at
		}
	}
	return -1
}
