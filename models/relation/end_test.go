package relation_test

import (
	"testing"
	"time"

	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/models/fault"
	"shuke/models/relation"
	"shuke/policies"
)

func TestARelationEndsOnBothCardsAndStaysReadable(t *testing.T) {
	h := newHouse(t)
	ref := h.link(h.wang, h.li, relation.Spouse)
	h.Clock.Advance(time.Hour)
	clerk := h.Clerk()
	if err := h.Relations.End(ctx, clerk, relation.Ending{PublicID: h.li, Ref: ref, Why: "because"}); at(err, "why") == "" {
		t.Errorf("no reason: %v", err)
	}
	if err := h.Relations.End(ctx, clerk, relation.Ending{PublicID: h.li, Ref: ref, Why: "over"}); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{h.wang, h.li} {
		if got := h.names(id); got != nil {
			t.Errorf("still named: %v", got)
		}
		_, past, more, err := h.Relations.History(ctx, h.Actor(policies.Manager), h.Catalogue(), id, time.Time{}, "")
		if err != nil || len(past) != 1 || more {
			t.Fatalf("%+v, %v", past, err)
		}
		p := past[0]
		if p.Why != "over" || !p.EndedAt.Equal(h.Clock.Now()) || p.EndedBy != clerk.Name || p.Staff != h.Actor(policies.Manager).Name || p.Other == nil || p.At.Equal(p.EndedAt) || p.BranchZH == "" {
			t.Errorf("%+v", p)
		}
	}
}

func TestASecondEndIsStaleAndTheSameFormEndsOnce(t *testing.T) {
	h := newHouse(t)
	ref := h.link(h.wang, h.li, relation.Friend)
	in := relation.Ending{PublicID: h.wang, Ref: ref, Why: "over", Once: "k"}
	for range 2 {
		if err := h.Relations.End(ctx, h.Clerk(), in); err != nil {
			t.Fatal(err)
		}
	}
	in.Once = "other"
	if err := h.Relations.End(ctx, h.Clerk(), in); !fault.Is(err, fault.Conflict) {
		t.Errorf("ended twice: %v", err)
	}
	if err := h.Relations.Hide(ctx, h.Clerk(), relation.Wish{PublicID: h.wang, Ref: ref, Here: true, Reason: "asked"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("hidden after its end: %v", err)
	}
	if err := h.Relations.Join(ctx, h.Clerk(), relation.Move{PublicID: h.wang, Ref: ref}); !fault.Is(err, fault.Conflict) {
		t.Errorf("a household of what has ended: %v", err)
	}
	if n := h.Count("SELECT COUNT(*) FROM relations WHERE state = 1"); n != 2 {
		t.Errorf("%d rows have ended", n)
	}
	again := h.link(h.wang, h.li, relation.Friend)
	if again == ref {
		t.Error("an ended relation came back to life")
	}
}

func TestThePastIsReadPageByPage(t *testing.T) {
	h := newHouse(t)
	for range relation.Most + 3 {
		ref := h.link(h.wang, h.li, relation.Friend)
		if err := h.Relations.End(ctx, h.Clerk(), relation.Ending{PublicID: h.wang, Ref: ref, Why: "mistake"}); err != nil {
			t.Fatal(err)
		}
	}
	seen := map[string]bool{}
	before, ref := time.Time{}, ""
	for more, pages := true, 0; more && pages < 3; pages++ {
		var past []relation.Past
		var err error
		if _, past, more, err = h.Relations.History(ctx, h.Clerk(), h.Catalogue(), h.wang, before, ref); err != nil {
			t.Fatal(err)
		}
		for _, p := range past {
			seen[p.Ref] = true
			before, ref = p.EndedAt, p.Ref
		}
	}
	if len(seen) != relation.Most+3 {
		t.Errorf("%d of %d are read", len(seen), relation.Most+3)
	}
}

func TestWhoIsNamedIsCounted(t *testing.T) {
	h := newHouse(t)
	third := h.AddGuest("周明远")
	h.link(h.wang, h.li, relation.Spouse)
	h.link(h.wang, h.li, relation.TravelsWith)
	h.link(h.wang, third, relation.Friend)
	a := h.Actor(policies.Manager)
	for name, open := range map[string]func() error{
		"card": func() error { _, err := h.Cards.Open(ctx, a, h.Catalogue(), h.wang); return err },
		"list": func() error { _, err := h.Relations.List(ctx, a, h.Catalogue(), h.wang); return err },
		"form": func() error { _, err := h.Relations.Open(ctx, a, h.Catalogue(), h.wang, "", h.li); return err },
	} {
		h.Run("DELETE FROM disclosures")
		if err := open(); err != nil {
			t.Fatal(err)
		}
		want := int64(2)
		if name == "form" {
			want = 1
		}
		if n := h.Count("SELECT COUNT(*) FROM disclosures WHERE surface = ? AND times = 1 AND staff_id = ?", disclosure.Named, a.StaffID); n != want {
			t.Errorf("%s: %d others are counted, once each", name, n)
		}
		if n := h.Count("SELECT COUNT(*) FROM disclosures WHERE surface = ? AND customer_id = ?", disclosure.Card, h.inner(h.wang)); n != 1 {
			t.Errorf("%s: the customer is counted %d times", name, n)
		}
		h.Run("ALTER TABLE audit_events RENAME TO audit_events_away")
		if err := open(); !fault.Is(err, fault.Unavailable) {
			t.Errorf("%s is shown unrecorded: %v", name, err)
		}
		h.Run("ALTER TABLE audit_events_away RENAME TO audit_events")
	}
}

func TestWhoIsErasedDisappearsEverywhere(t *testing.T) {
	h := newHouse(t)
	third := h.AddGuest("周明远")
	for _, d := range []relation.Draft{
		{PublicID: h.wang, With: h.li, Kind: relation.Spouse, Household: true}, {PublicID: third, With: h.li, Kind: relation.Colleague}, {PublicID: third, With: h.wang, Kind: relation.Friend},
		{PublicID: h.li, Name: "李小满", Kind: relation.Child, Born: "2022"},
	} {
		if err := h.add(d); err != nil {
			t.Fatal(err)
		}
	}
	ended := h.link(h.li, third, relation.Neighbour)
	if err := h.Relations.End(ctx, h.Clerk(), relation.Ending{PublicID: h.li, Ref: ended, Why: "over"}); err != nil {
		t.Fatal(err)
	}
	h.hide(third, h.li)
	h.hide(h.li, h.wang)
	if _, err := h.Relations.Due(ctx, day("2030-01-01")); err != nil {
		t.Fatal(err)
	}
	id := h.inner(h.li)
	if err := h.Main.InTx(ctx, func(tx *db.Tx) error { return relation.Forget(tx, id) }); err != nil {
		t.Fatal(err)
	}
	for table, where := range map[string]string{
		"relations": "customer_id = ? OR other_id = ?", "relation_hides": "customer_id = ? OR other_id = ?", "household_members": "customer_id = ? OR customer_id = ?",
		"stages": "customer_id = ? OR customer_id = ?", "life_events": "customer_id = ? OR customer_id = ?",
	} {
		if n := h.Count("SELECT COUNT(*) FROM "+table+" WHERE "+where, id, id); n != 0 {
			t.Errorf("%d rows are left in %s", n, table)
		}
	}
	if got := h.names(third); len(got) != 1 || got[0] != "friend 王小明" {
		t.Errorf("of the others is left: %v", got)
	}
	if n := h.Count("SELECT COUNT(*) FROM household_members WHERE state = 0"); n != 0 {
		t.Error("somebody is a household by themselves")
	}
}
