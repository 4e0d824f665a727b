package relation_test

import (
	"slices"
	"strings"
	"testing"

	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/relation"
	"shuke/models/rights"
	"shuke/policies"
)

func (h house) restrict(id string, r consent.Restriction) {
	h.T.Helper()
	r.How = consent.Spoken
	if err := h.Rights.Restrict(ctx, h.Actor(policies.Manager), rights.Restricting{PublicID: id, Restriction: r}); err != nil {
		h.T.Fatal(err)
	}
}

// seen are the names that somebody finds on a card, in the list and in the
// household.
func (h house) seen(a policies.Actor, id string) (card, list, home []string) {
	h.T.Helper()
	around, err := relation.Of(ctx, h.Main, h.Guard, a, h.inner(id))
	if err != nil {
		h.T.Fatal(err)
	}
	for _, l := range around.Links {
		card = append(card, l.Other.Name)
	}
	people, err := h.Relations.List(ctx, a, h.Catalogue(), id)
	if err != nil {
		h.T.Fatal(err)
	}
	for _, l := range people.Links {
		list = append(list, l.Other.Name)
	}
	if people.Home != nil {
		for _, m := range people.Home.Members {
			home = append(home, m.Name)
		}
	}
	return card, list, home
}

func TestRestrictionsOfEitherKeepOneOffTheCardOfTheOther(t *testing.T) {
	for name, c := range map[string]struct {
		of   string // whose restriction it is
		r    consent.Restriction
		left []string // on the card of 王小明
	}{
		"none":                              {"", consent.Restriction{}, []string{"李梅", "周明远"}},
		"own family":                        {"王小明", consent.Restriction{Kind: consent.NoHousehold}, []string{"周明远"}},
		"the other's family":                {"李梅", consent.Restriction{Kind: consent.NoHousehold}, []string{"周明远"}},
		"nothing is to be told to them":     {"王小明", consent.Restriction{Kind: consent.NotPerson, Person: "周明远"}, []string{"李梅"}},
		"they want nothing to be told here": {"周明远", consent.Restriction{Kind: consent.NotPerson, Person: "王小明"}, []string{"李梅"}},
		"nothing is to be told to family":   {"王小明", consent.Restriction{Kind: consent.NotPerson, Person: "李梅"}, []string{"周明远"}},
		"family that wants nothing told":    {"李梅", consent.Restriction{Kind: consent.NotPerson, Person: "王小明"}, []string{"周明远"}},
		"they avoid this branch":            {"李梅", consent.Restriction{Kind: consent.NotBranch, NotAt: 1}, []string{"周明远"}},
		"they avoid another":                {"李梅", consent.Restriction{Kind: consent.NotBranch, NotAt: 77}, []string{"李梅", "周明远"}},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			third := h.AddGuest("周明远")
			ids := map[string]string{"王小明": h.wang, "李梅": h.li, "周明远": third}
			if err := h.add(relation.Draft{PublicID: h.wang, With: h.li, Kind: relation.Spouse, Household: true}); err != nil {
				t.Fatal(err)
			}
			h.link(h.wang, third, relation.Friend)
			if c.of != "" {
				if c.r.NotAt == 77 {
					c.r.NotAt = h.AddPerson("away", policies.FrontDesk, "hangzhou").BranchID
				}
				h.restrict(ids[c.of], c.r)
			}
			card, list, home := h.seen(h.Clerk(), h.wang)
			if !slices.Equal(card, c.left) || !slices.Equal(list, c.left) {
				t.Errorf("card %v, list %v", card, list)
			}
			if slices.Contains(home, "李梅") != slices.Contains(c.left, "李梅") {
				t.Errorf("household %v", home)
			}
		})
	}
}

func TestWhoAskedToBeForgottenIsNamedToNobody(t *testing.T) {
	h := newHouse(t)
	if err := h.add(relation.Draft{PublicID: h.wang, With: h.li, Kind: relation.Spouse, Household: true}); err != nil {
		t.Fatal(err)
	}
	if err := h.Rights.AskErasure(ctx, h.Actor(policies.Custodian), rights.Leave{PublicID: h.li, Who: consent.Self, How: consent.Written, Proof: "3 号柜"}); err != nil {
		t.Fatal(err)
	}
	for _, role := range []policies.Role{policies.FrontDesk, policies.Manager, policies.Custodian} {
		card, list, home := h.seen(h.Actor(role), h.wang)
		if all := strings.Join(slices.Concat(card, list, home), " "); strings.Contains(all, "李梅") {
			t.Errorf("%s: %s", role, all)
		}
	}
}

func TestAChildsNameIsRevealedToNobodyOnceTheParentWithdrew(t *testing.T) {
	h := newHouse(t)
	if err := h.add(relation.Draft{PublicID: h.wang, Name: "王小满", Kind: relation.Child, Born: "2022"}); err != nil {
		t.Fatal(err)
	}
	manager := h.Actor(policies.Manager)
	listed, err := h.Relations.List(ctx, manager, h.Catalogue(), h.wang)
	if err != nil || len(listed.Links) != 1 {
		t.Fatalf("%+v, %v", listed.Links, err)
	}
	ref := listed.Links[0].Ref
	if _, name, err := h.Relations.Reveal(ctx, manager, h.Catalogue(), h.wang, ref, customer.RevealReasons[0]); err != nil || name != "王小满" {
		t.Fatalf("%q, %v", name, err)
	}
	if err := h.Rights.Record(ctx, manager, rights.Decision{PublicID: h.wang, Purpose: consent.Child, Who: consent.Self, How: consent.Spoken}); err != nil {
		t.Fatal(err)
	}
	if _, name, err := h.Relations.Reveal(ctx, manager, h.Catalogue(), h.wang, ref, customer.RevealReasons[0]); !fault.Is(err, fault.NotFound) || name != "" {
		t.Errorf("%q, %v", name, err)
	}
	if listed, err = h.Relations.List(ctx, manager, h.Catalogue(), h.wang); err != nil || len(listed.Links) != 0 {
		t.Errorf("%+v, %v", listed.Links, err)
	}
	if c, err := h.Cards.Open(ctx, manager, h.Catalogue(), h.wang); err != nil || len(c.People.List) != 0 {
		t.Errorf("the card has %+v, %v", c.People.List, err)
	}
}
