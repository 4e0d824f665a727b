package relation

import (
	"context"
	"slices"

	"shuke/models/audit"
	"shuke/models/customer"
	"shuke/models/disclosure"
	"shuke/models/fault"
	"shuke/models/vault"
	"shuke/policies"
)

// Reveal returns the sealed name of one relation, under the rules of a reveal of
// a fact: the reason, the person and what it was are durable in the record before
// the name is even decrypted.
func (s *Service) Reveal(ctx context.Context, a policies.Actor, cat *customer.Catalogue, publicID, ref, reason string) (Kind, string, error) {
	if err := s.guard.Require(a, policies.CustomerReveal); err != nil {
		return 0, "", err
	}
	if err := s.guard.Require(a, policies.RelationRead); err != nil {
		return 0, "", err
	}
	if !slices.Contains(customer.RevealReasons, reason) {
		return 0, "", fault.Fields{"reason": {Key: "reveal.reason_needed"}}.Err()
	}
	c, states, err := s.customers.Admit(ctx, a, publicID)
	if err != nil {
		return 0, "", err
	}
	if !validRef(ref) {
		return 0, "", errNotFound
	}
	l, err := s.link(ctx, c.ID, ref)
	if err != nil {
		return 0, "", err
	}
	if withdrawn(states, l) {
		return 0, "", errNotFound
	}
	if !l.Sealed || l.Seen(cat, a.Role).Denied {
		return 0, "", fault.New(fault.Denied, "error.field_denied")
	}
	e := event(a, "relation.revealed", c.ID, audit.Detail{Name: "relation", Value: l.Kind.String()})
	e.Reason = reason
	if err := s.gate.Show(ctx, a, e, disclosure.Reveal, 1, c.ID); err != nil {
		return 0, "", err
	}
	var sealed []byte
	if err := s.db.Read(ctx).Raw("SELECT sealed_name FROM relations WHERE customer_id = ? AND state = 0 AND kind = ? AND ref = ?", c.ID, l.Kind, ref).Row().Scan(&sealed); err != nil {
		return 0, "", err
	}
	key, err := s.vault.Key(ctx, vault.Customer(c.ID))
	if err != nil {
		return 0, "", err
	}
	name, err := key.Open(sealed, sealedRow(c.ID, ref, "name"))
	return l.Kind, name, err
}
