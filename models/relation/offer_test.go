package relation_test

import (
	"slices"
	"testing"

	"shuke/models/customer"
	"shuke/models/modelstest"
	"shuke/models/relation"
	"shuke/policies"
)

// The form asks what the catalogue keeps and the role enters, for each kind.
func TestTheFormOffersWhatTheCatalogueKeepsAndTheRoleEnters(t *testing.T) {
	h := modelstest.NewHouse(t)
	offer := func(r policies.Role) relation.Offer { return relation.Offered(h.Catalogue(), r, customer.Individual) }
	clerk, manager := offer(policies.FrontDesk), offer(policies.Manager)
	for kind, named := range map[relation.Kind][2]bool{relation.Colleague: {true, true}, relation.Employer: {true, true}, relation.Child: {false, true}, relation.Friend: {false, false}} {
		for i, o := range []relation.Offer{clerk, manager} {
			if slices.Contains(o.Named, kind) != named[i] || slices.Contains(o.Linked, kind) == named[i] {
				t.Errorf("%s by name: %v, linked %v", kind, o.Named, o.Linked)
			}
		}
	}
	for _, k := range clerk.Named {
		if clerk.AsksBorn(k) || clerk.AsksMinor(k) {
			t.Errorf("the clerk is asked of a child: %s", k)
		}
	}
	if !manager.AsksBorn(relation.Child) || !manager.AsksMinor(relation.Child) || manager.AsksBorn(relation.Colleague) || !manager.AsksMinor(relation.Colleague) || manager.AsksMinor(relation.Employer) {
		t.Error("the manager is asked of the wrong kinds")
	}
	h.SwitchField("child_birth", false)
	h.SwitchField("friend_name", true)
	if o := offer(policies.Manager); o.AsksBorn(relation.Child) || !slices.Contains(o.Named, relation.Friend) {
		t.Error("the form does not follow the catalogue")
	}
	h.SwitchField("child_name", false)
	if o := offer(policies.Manager); o.AsksMinor(relation.Colleague) || slices.Contains(o.Named, relation.Child) {
		t.Error("the name of a child is asked though it is not kept")
	}
}
