package relation_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shuke/models/card"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/models/fault"
	"shuke/models/relation"
	"shuke/policies"
)

func (h house) home(id string) card.Household {
	h.T.Helper()
	out, err := h.Cards.Household(ctx, h.Actor(policies.Manager), h.Catalogue(), id)
	if err != nil {
		h.T.Fatal(err)
	}
	return out
}

func (h house) members(id string) []string {
	h.T.Helper()
	var out []string
	for _, m := range h.home(id).Members {
		out = append(out, m.Name+" "+m.Kind.String())
	}
	return out
}

func TestWhoLivesTogetherIsOneHousehold(t *testing.T) {
	h := newHouse(t)
	child := h.AddGuest("王知微")
	if got := h.members(h.wang); got != nil {
		t.Errorf("alone with %v", got)
	}
	for _, d := range []relation.Draft{
		{PublicID: h.wang, With: h.li, Kind: relation.Spouse, Household: true},
		{PublicID: h.li, With: child, Kind: relation.Child, Household: true},
		{PublicID: child, With: h.AddGuest("周阿姨"), Kind: relation.Household},
	} {
		h.Clock.Advance(1e9)
		if err := h.add(d); err != nil {
			t.Fatal(err)
		}
	}
	if d := cmp.Diff([]string{"王小明 ", "李梅 spouse", "王知微 ", "周阿姨 "}, h.members(h.wang)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"王小明 spouse", "李梅 ", "王知微 child", "周阿姨 "}, h.members(h.li)); d != "" {
		t.Error(d)
	}
	for _, m := range h.home(h.li).Members {
		if m.Self != (m.Name == "李梅") || (m.AddressAs != "") != (m.Name == "李梅" || m.Name == "王小明") {
			t.Errorf("%+v", m)
		}
	}
	if !h.around(child).Household {
		t.Error("the card does not lead to the household")
	}
}

func TestAHouseholdHasAtMostTwelve(t *testing.T) {
	h := newHouse(t)
	for i := range relation.HouseholdMost {
		err := h.add(relation.Draft{PublicID: h.wang, With: h.AddGuest(fmt.Sprintf("亲戚 %c", 'A'+i)), Kind: relation.Relative, Household: true})
		if full := i == relation.HouseholdMost-1; (at(err, "household") == "people.household_full") != full {
			t.Errorf("number %d: %v", i+2, err)
		}
	}
	h.Run("DELETE FROM disclosures")
	if n := len(h.members(h.wang)); n != relation.HouseholdMost {
		t.Errorf("%d are shown", n)
	}
	if n := h.Count("SELECT COUNT(*) FROM disclosures WHERE surface = ? AND staff_id = ?", disclosure.Named, h.Actor(policies.Manager).StaffID); n != relation.HouseholdMost {
		t.Errorf("%d members are counted", n)
	}
}

func TestTwoHouseholdsDoNotRunTogether(t *testing.T) {
	h := newHouse(t)
	a, b := h.AddGuest("周明远"), h.AddGuest("周太太")
	for _, pair := range [][2]string{{h.wang, h.li}, {a, b}} {
		if err := h.add(relation.Draft{PublicID: pair[0], With: pair[1], Kind: relation.Spouse, Household: true}); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.add(relation.Draft{PublicID: a, With: h.wang, Kind: relation.Sibling, Household: true}); at(err, "household") != "people.two_households" {
		t.Error(err)
	}
	if got := h.names(a); len(got) != 1 {
		t.Errorf("the relation was kept without the household: %v", got)
	}
}

func TestWhoLeavesIsGoneAndNobodyIsAHouseholdAlone(t *testing.T) {
	h := newHouse(t)
	child := h.AddGuest("王知微")
	for _, d := range []relation.Draft{{PublicID: h.wang, With: h.li, Kind: relation.Spouse, Household: true}, {PublicID: h.wang, With: child, Kind: relation.Child, Household: true}} {
		if err := h.add(d); err != nil {
			t.Fatal(err)
		}
	}
	version := h.home(h.wang).Version
	move := relation.Move{PublicID: h.wang, Member: child, Why: "over", Version: version, Once: "k"}
	for range 2 {
		if err := h.Relations.Leave(ctx, h.Clerk(), move); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(h.members(h.wang)); n != 2 {
		t.Errorf("%d live together", n)
	}
	move.Member, move.Once = h.li, ""
	if err := h.Relations.Leave(ctx, h.Clerk(), move); !fault.Is(err, fault.Conflict) {
		t.Errorf("a form from before: %v", err)
	}
	move.Version = h.home(h.wang).Version
	if err := h.Relations.Leave(ctx, h.Clerk(), move); err != nil {
		t.Fatal(err)
	}
	if h.members(h.wang) != nil || h.members(h.li) != nil || h.around(h.wang).Household {
		t.Error("somebody is a household by themselves")
	}
	if n := h.Count("SELECT COUNT(*) FROM household_members WHERE state = 1 AND ended_by = ? AND ended_why = 'over'", h.Clerk().StaffID); n != 3 {
		t.Errorf("%d of 3 leavings are kept", n)
	}
	ref := h.around(h.wang).Links[0].Ref
	if err := h.Relations.Join(ctx, h.Clerk(), relation.Move{PublicID: h.wang, Ref: ref}); err != nil {
		t.Fatal(err)
	}
	if n := len(h.members(h.wang)); n != 2 {
		t.Errorf("%d live together again", n)
	}
}

func TestWhoNoLongerLivesWithThemLeavesTheHousehold(t *testing.T) {
	h := newHouse(t)
	ref := h.link(h.wang, h.li, relation.Household)
	if n := len(h.members(h.wang)); n != 2 {
		t.Fatalf("%d live together", n)
	}
	if err := h.Relations.End(ctx, h.Clerk(), relation.Ending{PublicID: h.wang, Ref: ref, Why: "over"}); err != nil {
		t.Fatal(err)
	}
	if got := h.members(h.wang); got != nil {
		t.Errorf("still %v", got)
	}
}

func TestAHouseholdTellsTheOccasionThatTheRoleMaySeeAndNoOtherFact(t *testing.T) {
	h := newHouse(t)
	wife := h.AddGuest("周太太", "birth", "1985-11-25", "wedding_anniversary", "2010-11-30", "phone", "13700001111", "document_no", "E77554433")
	if err := h.add(relation.Draft{PublicID: h.wang, With: wife, Kind: relation.Spouse, Household: true}); err != nil {
		t.Fatal(err)
	}
	m := h.home(h.wang).Members
	if m[0].Occasion != nil || m[1].Occasion == nil || m[1].Occasion.Field.Key != "birth" || m[1].Occasion.Days != 3 {
		t.Errorf("%+v", m)
	}
	with, trace := db.WithTrace(ctx)
	if _, err := h.Cards.Household(with, h.Clerk(), h.Catalogue(), h.wang); err != nil {
		t.Fatal(err)
	}
	few := len(trace.Statements())
	for i := range 8 {
		if err := h.add(relation.Draft{PublicID: h.wang, With: h.AddGuest(fmt.Sprintf("亲戚 %c", 'A'+i), "birth", "1990-11-24"), Kind: relation.Relative, Household: true}); err != nil {
			t.Fatal(err)
		}
	}
	with, trace = db.WithTrace(ctx)
	if _, err := h.Cards.Household(with, h.Clerk(), h.Catalogue(), h.wang); err != nil {
		t.Fatal(err)
	}
	if many := len(trace.Statements()); many != few {
		t.Errorf("%d statements for two, %d for ten", few, many)
	}
}

func TestManyWhoJoinAtOnceStayWithinTheLimit(t *testing.T) {
	h := newHouse(t)
	var guests []string
	for i := range 16 {
		guests = append(guests, h.AddGuest(fmt.Sprintf("亲戚 %c", 'A'+i)))
	}
	other := h.Again()
	var all sync.WaitGroup
	var joined atomic.Int64
	for i, id := range guests {
		service := h.Relations
		if i%2 == 1 {
			service = other.Relations
		}
		all.Go(func() {
			_, err := service.Add(ctx, h.Clerk(), h.Catalogue(), relation.Draft{PublicID: id, With: h.wang, Kind: relation.Relative, Household: true, Channel: "service"})
			switch {
			case err == nil:
				joined.Add(1)
			case at(err, "household") != "people.household_full":
				t.Error(err)
			}
		})
	}
	all.Wait()
	members := h.Count("SELECT COUNT(*) FROM household_members WHERE state = 0")
	if joined.Load() != relation.HouseholdMost-1 || members != relation.HouseholdMost || h.Count("SELECT COUNT(*) FROM households") != 1 {
		t.Errorf("%d joined, %d members", joined.Load(), members)
	}
	if n := h.Count("SELECT COUNT(*) FROM relations"); n != 2*(relation.HouseholdMost-1) {
		t.Errorf("%d rows of relations: a refused form left something", n)
	}
}
