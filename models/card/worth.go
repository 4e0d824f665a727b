package card

import (
	"context"

	"shuke/models/catalogue"
	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/purpose"
	"shuke/models/uses"
	"shuke/policies"
)

// worth asks for the questions of the moment: one statement, whatever is known.
func (r *Reader) worth(ctx context.Context, a policies.Actor, cat *customer.Catalogue, c customer.Customer, states consent.States, facts []customer.Fact) ([]purpose.Question, error) {
	return r.purposes.Worth(ctx, a, cat, c.ID, purpose.Moment{Kind: c.Kind, Facts: facts, Said: states, Channel: channelOf(a.Role)})
}

// channelOf is where people of a role meet customers. At a counter others stand
// in the queue, so it is what everybody has of whom nothing better is known.
func channelOf(r policies.Role) catalogue.Channel {
	switch r {
	case policies.Sales:
		return catalogue.Visit
	case policies.Service:
		return catalogue.Call
	}
	return catalogue.Counter
}

// countHead counts the fields that the head of a card was made of.
func (r *Reader) countHead(cat *customer.Catalogue, c Card) {
	used := map[string]bool{}
	for _, l := range c.Never {
		used[l.Field] = true
	}
	for _, l := range c.Do {
		used[l.Field] = true
	}
	for _, o := range c.Occasions {
		used[o.Field.Key] = true
	}
	address, name := "address_as", "name"
	if c.Kind == customer.Enterprise {
		address, name = "principal_address_as", "company_name"
	}
	for field, shown := range map[string]bool{
		name: true, address: c.AddressAs != "", "reading": c.Reading != "", "phone": len(c.Phones) > 0, "tier": c.Tier != "", "language": c.Language != "", "sex": c.Sex != "", "birth": c.AgeBand != "",
	} {
		used[field] = used[field] || shown
	}
	for field, shown := range used {
		if _, known := cat.Field(field); shown && known {
			r.purposes.Used(field, uses.Head)
		}
	}
}
