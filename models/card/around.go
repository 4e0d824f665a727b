package card

import (
	"slices"

	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/relation"
	"shuke/policies"
)

// Person is somebody around the customer: linked as a customer, named in a
// relation, or told of by facts; one who is both linked and told of is one person.
type Person struct {
	Kind relation.Kind
	Link *relation.Link // nil: facts alone tell of them
	Who  string         // place of the facts, else name of the relation
	Name *Entry         // what facts tell of the name, as this person may see it
}

// People are those around a customer.
type People struct {
	List      []Person
	More      bool // there are more links than are shown
	Household bool
	MayEdit   bool
}

// people puts links and facts together: who is linked stands once, and whom the
// customer does not want to be named not at all.
func people(a policies.Actor, cat *customer.Catalogue, c customer.Customer, states consent.States, facts []customer.Fact, around relation.Around, reveal bool) []Person {
	var out []Person
	linked := map[string]bool{}
	for _, l := range relation.Usable(states, around.Links) {
		seen := l.Seen(cat, a.Role)
		p := Person{Kind: l.Kind, Link: &seen, Who: l.Ref}
		if l.Who != "" {
			linked[l.Who] = true
		}
		out = append(out, p)
	}
	for _, k := range relation.KnownOf(cat, c.Kind, facts) {
		if linked[k.Who] || states.HidesHousehold() && k.Kind <= relation.Household || k.Name != nil && states.HidesFrom(k.Name.Value) {
			continue
		}
		p := Person{Kind: k.Kind, Who: k.Who}
		if k.Name != nil {
			f, _ := cat.Field(k.Name.Field)
			e := See(a, f, *k.Name, reveal)
			p.Name = &e
		}
		out = append(out, p)
	}
	slices.SortStableFunc(out, func(a, b Person) int { return int(a.Kind - b.Kind) })
	return out
}

// life keeps of the changes in a customer's life what the role may know: those
// about children are for who may see children's births.
func life(cat *customer.Catalogue, role policies.Role, events []relation.LifeEvent) []relation.LifeEvent {
	return slices.DeleteFunc(events, func(e relation.LifeEvent) bool {
		f, known := cat.Field(e.Field())
		return !known || !f.On || !f.MaySee(role)
	})
}
