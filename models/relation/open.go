package relation

import (
	"context"

	"shuke/models/customer"
	"shuke/models/disclosure"
	"shuke/models/fault"
	"shuke/policies"
)

// Opening is what the form of a relation shows: the customer, and perhaps whom
// it is to be linked with or of whom a customer is to be made.
type Opening struct {
	Of       customer.Customer
	With     *Brief
	Somebody *Somebody
	Values   []customer.Value // what a card of their own can begin with
}

// Open returns what the form of a relation shows. Opening it is recorded, of the
// customer like a card, and of the other like a name on one.
func (s *Service) Open(ctx context.Context, a policies.Actor, cat *customer.Catalogue, publicID, who, with string) (Opening, error) {
	if err := s.guard.Require(a, policies.RelationEdit); err != nil {
		return Opening{}, err
	}
	of, _, err := s.customers.Admit(ctx, a, publicID)
	if err != nil {
		return Opening{}, err
	}
	out := Opening{Of: of}
	if who != "" {
		_, somebody, err := s.somebody(ctx, a, cat, publicID, who)
		if err != nil {
			return Opening{}, err
		}
		out.Somebody = &somebody
		out.Values = somebody.begins(cat, a.Role)
	}
	var named []int64
	if with != "" {
		other, _, err := s.customers.Admit(ctx, a, with)
		if err == nil && other.ID == of.ID {
			err = fault.New(fault.Invalid, "people.self")
		}
		if err != nil {
			return Opening{}, err
		}
		brief := Link{Other: &Brief{ID: other.ID, PublicID: other.PublicID, Kind: other.Kind, Name: other.Name, AddressAs: other.AddressAs}}
		out.With, named = brief.Seen(cat, a.Role).Other, []int64{other.ID}
	}
	return out, s.gate.ShowNaming(ctx, a, event(a, "relation.form_opened", of.ID), disclosure.Card, of.ID, Most, named...)
}

// begins is what a card of their own can begin with, as far as the role sees it.
func (who Somebody) begins(cat *customer.Catalogue, role policies.Role) []customer.Value {
	if who.Named == nil {
		return Carried(cat, role, who.Who, who.Facts)
	}
	name := who.Named.Seen(cat, role).Name
	if name == "" {
		return nil
	}
	field := "name"
	if who.Kind.Other() == customer.Enterprise {
		field = "company_name"
	}
	return []customer.Value{{Field: field, Text: name}}
}
