package relation_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/relation"
	"shuke/policies"
)

func (h house) hide(from, who string) bool {
	h.T.Helper()
	var done bool
	err := h.Main.InTx(ctx, func(tx *db.Tx) (err error) {
		done, err = relation.Hide(tx, relation.Hiding{From: h.inner(from), Who: h.inner(who), Reason: "asked", StaffID: 1, BranchID: 1, At: h.Clock.Now()})
		return err
	})
	if err != nil {
		h.T.Fatal(err)
	}
	return done
}

// "Not to my wife": his name stands on no card of hers, hers still on his.
func TestNotToMyWife(t *testing.T) {
	h := newHouse(t)
	h.link(h.wang, h.li, relation.Spouse)
	if !h.hide(h.li, h.wang) || h.hide(h.li, h.wang) {
		t.Error("hidden not once")
	}
	if got := h.names(h.li); got != nil {
		t.Errorf("her card names %v", got)
	}
	if l := h.around(h.wang).Links; len(l) != 1 || !l[0].Away {
		t.Errorf("his card has %+v", l)
	}
	h.link(h.wang, h.li, relation.TravelsWith) // what comes later is hidden too
	if got := h.names(h.li); got != nil {
		t.Errorf("her card names %v", got)
	}
	page, err := h.Relations.List(ctx, h.Actor(policies.Manager), h.Catalogue(), h.li)
	if err != nil || len(page.Links) != 0 {
		t.Errorf("her page names %+v, %v", page.Links, err)
	}
}

func TestAHiddenLinkDoesNotTellItselfByAnswers(t *testing.T) {
	h := newHouse(t)
	ref := h.link(h.wang, h.li, relation.Spouse)
	h.hide(h.li, h.wang)
	if again := h.link(h.li, h.wang, relation.Spouse); again != ref {
		t.Error("a second row came to be")
	}
	clerk := h.Clerk()
	for name, err := range map[string]error{
		"end":    h.Relations.End(ctx, clerk, relation.Ending{PublicID: h.li, Ref: ref, Why: "over"}),
		"hide":   h.Relations.Hide(ctx, clerk, relation.Wish{PublicID: h.li, Ref: ref, There: true, Reason: "asked"}),
		"join":   h.Relations.Join(ctx, clerk, relation.Move{PublicID: h.li, Ref: ref}),
		"unreal": h.Relations.End(ctx, clerk, relation.Ending{PublicID: h.li, Ref: "0123456789abcdef0123", Why: "over"}),
	} {
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := h.Relations.End(ctx, h.Clerk(), relation.Ending{PublicID: h.wang, Ref: ref, Why: "over"}); err != nil {
		t.Fatal(err)
	}
	_, past, _, err := h.Relations.History(ctx, h.Actor(policies.Manager), h.Catalogue(), h.li, time.Time{}, "")
	if err != nil || len(past) != 0 {
		t.Errorf("the past tells: %+v, %v", past, err)
	}
}

func TestAHiddenMemberIsNotNamedThroughTheHousehold(t *testing.T) {
	h := newHouse(t)
	if err := h.add(relation.Draft{PublicID: h.wang, With: h.li, Kind: relation.Spouse, Household: true}); err != nil {
		t.Fatal(err)
	}
	h.hide(h.li, h.wang)
	hers, err := h.Cards.Household(ctx, h.Actor(policies.Manager), h.Catalogue(), h.li)
	if err != nil || len(hers.Members) != 1 || hers.Members[0].Name != "李梅" {
		t.Errorf("%+v, %v", hers.Members, err)
	}
	if err := h.Relations.Leave(ctx, h.Clerk(), relation.Move{PublicID: h.li, Member: h.wang, Why: "over", Version: hers.Version}); !fault.Is(err, fault.NotFound) {
		t.Errorf("taking him out: %v", err)
	}
	his, err := h.Cards.Household(ctx, h.Actor(policies.Manager), h.Catalogue(), h.wang)
	if err != nil || len(his.Members) != 2 {
		t.Errorf("%+v, %v", his.Members, err)
	}
}

func TestEitherSideIsHiddenByTheForm(t *testing.T) {
	h := newHouse(t)
	ref := h.link(h.wang, h.li, relation.Friend)
	hide := func(w relation.Wish) error {
		w.PublicID, w.Ref = h.wang, ref
		return h.Relations.Hide(ctx, h.Clerk(), w)
	}
	if err := hide(relation.Wish{Reason: "asked"}); at(err, "where") == "" {
		t.Errorf("nowhere: %v", err)
	}
	if err := hide(relation.Wish{Here: true, Reason: "gossip"}); at(err, "reason") == "" {
		t.Errorf("no reason: %v", err)
	}
	if err := hide(relation.Wish{Here: true, There: true, Reason: "protection"}); err != nil {
		t.Fatal(err)
	}
	if a, b := h.names(h.wang), h.names(h.li); a != nil || b != nil {
		t.Errorf("%v, %v", a, b)
	}
	if n := h.Count("SELECT COUNT(*) FROM relation_hides WHERE reason = 'protection' AND staff_id = ?", h.Clerk().StaffID); n != 2 {
		t.Errorf("%d wishes are kept", n)
	}
}

func TestOnlyTheCustodianSeesAndLiftsAWish(t *testing.T) {
	h := newHouse(t)
	ref := h.link(h.wang, h.li, relation.Friend)
	h.hide(h.wang, h.li)
	lift := relation.Wish{PublicID: h.wang, Ref: ref, Here: true}
	for _, role := range policies.Roles {
		page, err := h.Relations.List(ctx, h.Actor(role), h.Catalogue(), h.wang)
		if role == policies.Custodian {
			if err != nil || len(page.Links) != 1 || !page.Links[0].Hidden {
				t.Errorf("the custodian sees %+v, %v", page.Links, err)
			}
			continue
		}
		if len(page.Links) != 0 {
			t.Errorf("%s sees %+v", role, page.Links)
		}
		if err := h.Relations.Lift(ctx, h.Actor(role), lift); !fault.Is(err, fault.Denied) {
			t.Errorf("%s lifts: %v", role, err)
		}
	}
	token := h.Actor(policies.Custodian)
	token.Via = policies.Token
	if err := h.Relations.Lift(ctx, token, lift); !fault.Is(err, fault.Denied) {
		t.Errorf("by token: %v", err)
	}
	if err := h.Relations.Lift(ctx, h.Actor(policies.Custodian), lift); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"friend 李梅"}, h.names(h.wang)); d != "" {
		t.Error(d)
	}
	if e := h.LastEvent(); e.Action != "relation.shown_again" || h.Count("SELECT COUNT(*) FROM relation_hides WHERE state = 1 AND lifted_at > 0") != 1 {
		t.Errorf("what was lifted is not kept: %s", e.Action)
	}
	h.hide(h.wang, h.li)
	if got := h.names(h.wang); got != nil {
		t.Errorf("hidden anew, and named: %v", got)
	}
}
