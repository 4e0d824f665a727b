package card

import (
	"context"

	"shuke/models/audit"
	"shuke/models/calendar"
	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/disclosure"
	"shuke/models/relation"
	"shuke/policies"
)

// Member is one line of a household: who, how to address them, what they are to
// the one whose card it is, and the nearest occasion. No other fact crosses.
type Member struct {
	relation.Member
	Self     bool
	Occasion *Occasion
}

// Household is a work list of those who live together.
type Household struct {
	Of      customer.Customer
	Version int64
	Members []Member // none: the customer lives with nobody who is a customer
	MayEdit bool
}

// Household returns who lives with a customer. Each member is counted before it
// returns. It takes a fixed number of statements, however many they are.
func (r *Reader) Household(ctx context.Context, a policies.Actor, cat *customer.Catalogue, publicID string) (Household, error) {
	if err := r.guard.Require(a, policies.RelationRead); err != nil {
		return Household{}, err
	}
	c, _, err := r.customers.Admit(ctx, a, publicID)
	if err != nil {
		return Household{}, err
	}
	out := Household{Of: c, MayEdit: r.guard.Can(a, policies.RelationEdit)}
	home, err := relation.HomeOf(ctx, r.db, r.guard, a, c.ID)
	if err != nil {
		return Household{}, err
	}
	shown := []int64{c.ID} // named in the head of the page, alone or not
	if home != nil {
		out.Version, shown = home.Version, home.IDs()
		if out.Members, err = r.members(ctx, a, cat, c.ID, home); err != nil {
			return Household{}, err
		}
	}
	e := audit.By(a, "household.opened")
	e.CustomerID = c.ID
	return out, r.gate.Show(ctx, a, e, disclosure.Named, relation.HouseholdMost, shown...)
}

func (r *Reader) members(ctx context.Context, a policies.Actor, cat *customer.Catalogue, self int64, home *relation.Home) ([]Member, error) {
	near := occasions(cat, a.Role)
	keys := make([]string, len(near))
	for i, f := range near {
		keys[i] = f.Key
	}
	facts, err := r.customers.FactsOf(ctx, home.IDs(), keys...)
	if err != nil {
		return nil, err
	}
	today := calendar.Today(a.Now, a.Zone)
	out := make([]Member, len(home.Members))
	for i, m := range home.Members {
		m.Brief = *relation.Link{Other: &m.Brief}.Seen(cat, a.Role).Other
		out[i] = Member{Member: m, Self: m.ID == self, Occasion: nearest(cat, facts[m.ID], today)}
	}
	return out, nil
}

// occasions are the fields of persons whose days are kept, that the role sees
// without a reveal.
func occasions(cat *customer.Catalogue, role policies.Role) []customer.Field {
	var out []customer.Field
	for _, f := range cat.For(customer.Individual, false) {
		if f.Glance == catalogue.GlanceOccasion && f.MaySee(role) && !f.Masked() {
			out = append(out, f)
		}
	}
	return out
}

func nearest(cat *customer.Catalogue, facts []customer.Fact, today calendar.Date) *Occasion {
	var out *Occasion
	for _, fact := range facts {
		f, _ := cat.Field(fact.Field)
		if o, ok := near(f, fact.Value, today); ok && !fact.None && (out == nil || o.Days < out.Days) {
			out = &o
		}
	}
	return out
}
