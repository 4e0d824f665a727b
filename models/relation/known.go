package relation

import (
	"slices"
	"strconv"
	"strings"

	"shuke/models/customer"
	"shuke/policies"
)

// Known is somebody of whom the facts of a customer tell.
type Known struct {
	Who  string // place of the facts: child.0
	Kind Kind
	Name *customer.Fact // nil when only something else is known
}

// telling is a fact in which somebody stands: fields of a record belong
// together, and one of them is the name of the person.
type telling struct {
	record, name string
	kind         Kind
}

// told are those facts, in the order of the card.
var told = []telling{
	{"spouse", "spouse_name", Spouse}, {"child", childField, Child}, {"relative", "relative_name", Relative}, {"companion", "companion", TravelsWith},
	{"friend", "friend_name", Friend}, {"neighbour", "neighbour_name", Neighbour}, {"employer", "employer", Employer}, {"principal", "principal_name", Principal},
	{"referred_by", "referred_by", IntroducedBy},
}

// KnownOf finds the people in the facts in force of a customer of the kind. A
// child of whom something is known is somebody even without a name.
func KnownOf(cat *customer.Catalogue, kind customer.Kind, facts []customer.Fact) []Known {
	var out []Known
	for _, t := range told {
		if !t.kind.Fits(kind, 0) {
			continue
		}
		at := map[int]int{}
		for i, f := range facts {
			field, known := cat.Field(f.Field)
			if !known || !field.On || f.None || f.Field != t.name && (t.kind != Child || field.Record() != t.record) {
				continue
			}
			n, seen := at[f.Item]
			if !seen {
				n = len(out)
				at[f.Item] = n
				out = append(out, Known{Who: place(t.record, f.Item), Kind: t.kind})
			}
			if f.Field == t.name {
				out[n].Name = &facts[i]
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Known) int { return compareWho(a, b) })
	return out
}

func compareWho(a, b Known) int {
	if a.Kind != b.Kind {
		return int(a.Kind - b.Kind)
	}
	_, x, _ := parsePlace(a.Who)
	_, y, _ := parsePlace(b.Who)
	return x - y
}

func place(record string, item int) string { return record + "." + strconv.Itoa(item) }

func parsePlace(who string) (record string, item int, ok bool) {
	record, number, found := strings.Cut(who, ".")
	item, err := strconv.Atoi(number)
	return record, item, found && err == nil && item >= 0 && who == place(record, item)
}

// ValidWho reports whether text has the form of a place of facts or of a
// relation's name.
func ValidWho(text string) bool {
	if record, _, ok := parsePlace(text); ok {
		return slices.ContainsFunc(told, func(t telling) bool { return t.record == record })
	}
	return validRef(text)
}

func validRef(text string) bool {
	return len(text) == 20 && strings.Trim(text, "0123456789abcdef") == ""
}

// carried are the facts told of somebody that a card of their own begins with,
// by record, and what they are called there. Birthdays, of which pages show the
// month alone, are not among them.
var carried = map[string][][2]string{
	"spouse": {{"spouse_name", "name"}}, "child": {{childField, "name"}}, "relative": {{"relative_name", "name"}}, "companion": {{"companion", "name"}}, "friend": {{"friend_name", "name"}},
	"neighbour": {{"neighbour_name", "name"}}, "referred_by": {{"referred_by", "name"}}, "employer": {{"employer", "company_name"}},
	"principal": {{"principal_name", "name"}, {"principal_address_as", "address_as"}},
}

// Carried returns what a card of their own can begin with of somebody the facts
// tell of, as far as the role may see it without a reveal.
func Carried(cat *customer.Catalogue, role policies.Role, who string, facts []customer.Fact) []customer.Value {
	record, item, _ := parsePlace(who)
	var out []customer.Value
	for _, pair := range carried[record] {
		from, known := cat.Field(pair[0])
		if !known || !from.On || !from.MaySee(role) || from.Masked() {
			continue
		}
		for _, f := range facts {
			if f.Field == pair[0] && f.Item == item && !f.None {
				out = append(out, customer.Value{Field: pair[1], Text: f.Value})
			}
		}
	}
	return out
}
