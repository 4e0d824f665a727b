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

// columnsOf fits a file's headings to the catalogue. A column that says nothing
// we keep is listed as unmapped; one that a person mapped to what does not
// exist is an error.
func columnsOf(cat *customer.Catalogue, format tabular.Format, o Options) (*columns, error) {
	headings, names := format.Headings, ownNames(cat)
	maps, err := tabular.ParseMapsWith(names, o.Maps, headings, o.NoHeader)
	if err != nil {
		return nil, refuseFile(err)
	}
	guessed := tabular.GuessWith(names, headings)
	c := &columns{kind: customer.Individual, nameKey: "name", headings: headings, sheet: format.Kind == tabular.XLSX, date1904: format.Date1904}
	if slices.ContainsFunc(maps, func(m tabular.Mapping) bool { return m.Field == tabular.FieldCompanyName }) {
		c.kind, c.nameKey = customer.Enterprise, "company_name"
	}
	order := make([]int, len(maps))
	for i := range maps {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(maps[a].Part, maps[b].Part) })
	left := map[int]bool{}
	for _, i := range order {
		m := maps[i]
		said := i >= len(guessed) || guessed[i].Field != m.Field || guessed[i].Kind != m.Kind
		if m.Field == "" || !c.add(cat, i, m) {
			if m.Field != "" && said {
				return nil, fault.Fields{"map": {Key: "import.option.map_field", Args: map[string]any{"Column": c.label(i), "Field": m.Field}}}.Err()
			}
			left[i] = true
		}
	}
	for i := range maps {
		if left[i] {
			c.unmapped = append(c.unmapped, c.label(i))
		}
	}
	return c, cmp.Or(mayJoinBy(cat, o.Key), c.enough(o))
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
