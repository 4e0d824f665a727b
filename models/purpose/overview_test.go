package purpose_test

import (
	"slices"
	"testing"
	"time"

	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/models/purpose"
	"shuke/models/uses"
	"shuke/policies"
)

func overview(t *testing.T, h *modelstest.House, role policies.Role, of string) purpose.Overview {
	t.Helper()
	o, err := h.Purposes.Overview(ctx, h.Actor(role), h.Catalogue(), customer.Individual, of)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func field(t *testing.T, o purpose.Overview, key string) purpose.FieldLine {
	t.Helper()
	for _, l := range o.Fields {
		if l.Field.Key == key {
			return l
		}
	}
	t.Fatalf("no field %s", key)
	return purpose.FieldLine{}
}

func TestOverviewIsForManagersCustodiansAndOwners(t *testing.T) {
	h := modelstest.NewHouse(t)
	for _, role := range policies.Roles {
		_, err := h.Purposes.Overview(ctx, h.Actor(role), h.Catalogue(), customer.Individual, "keep")
		if may := slices.Contains([]policies.Role{policies.Manager, policies.Custodian, policies.Owner}, role); fault.Is(err, fault.Denied) == may {
			t.Errorf("%s: %v", role, err)
		}
	}
}

func TestOverviewBeforeTheFirstCountSaysSo(t *testing.T) {
	o := overview(t, modelstest.NewHouse(t), policies.Manager, "keep")
	if !o.CountedAt.IsZero() || o.Counting || len(o.Purposes)+len(o.Fields)+len(o.Unused) > 0 || o.Weighing.Version != 1 {
		t.Errorf("%+v", o)
	}
}

func TestFewerThanTenAreNotToldAndTotalsAreRounded(t *testing.T) {
	h := modelstest.NewHouse(t)
	people(h)
	refresh(t, h)
	for role, exact := range map[policies.Role]bool{policies.Manager: false, policies.Owner: false, policies.Custodian: true} {
		o := overview(t, h, role, "tailor")
		if want := (purpose.Amount{N: map[bool]int64{true: 17, false: 20}[exact], About: !exact}); o.Customers != want {
			t.Errorf("%s: %+v customers", role, o.Customers)
		}
		city := field(t, o, "city") // of twelve in seventeen
		if want := (purpose.Amount{N: map[bool]int64{true: 12, false: 10}[exact], About: !exact}); city.Customers != want || city.Known != (purpose.Share{Percent: 71, Told: true}) {
			t.Errorf("%s: city of %+v, %+v", role, city.Customers, city.Known)
		}
		diet := field(t, o, "diet") // of four
		if diet.Customers != (purpose.Amount{Few: true}) || diet.Known.Told || diet.Fresh.Told {
			t.Errorf("%s: diet of %+v, %+v, %+v", role, diet.Customers, diet.Known, diet.Fresh)
		}
		if nobody := field(t, o, "hobby"); nobody.Customers != (purpose.Amount{Few: true}) {
			t.Errorf("%s: hobby of %+v", role, nobody.Customers)
		}
		if len(o.Branches) != 2 {
			t.Fatalf("%s: %d branches", role, len(o.Branches))
		}
		for _, b := range o.Branches {
			if few := b.NameZH == "杭州西湖店"; b.Customers.Few != few || b.Known.Told == few || b.Fresh.Told == few {
				t.Errorf("%s: %+v", role, b)
			}
		}
	}
	o, err := h.Purposes.Overview(ctx, h.Actor(policies.Manager), h.Catalogue(), customer.Enterprise, "tailor")
	if err != nil || !o.Customers.Few {
		t.Errorf("one firm: %+v, %v", o.Customers, err)
	}
	for _, l := range o.Purposes {
		if l.Known.Told || l.Fresh.Told {
			t.Errorf("one firm, %s: %+v", l.Purpose, l)
		}
	}
}

func TestAPurposeNeedsWhatTheCatalogueSaysAndIsOn(t *testing.T) {
	h := modelstest.NewHouse(t)
	people(h)
	needs := func() int {
		refresh(t, h)
		o := overview(t, h, policies.Manager, "sell_more")
		i := slices.IndexFunc(o.Purposes, func(l purpose.Line) bool { return l.Purpose == "sell_more" })
		if l := o.Purposes[i]; l.Needs != len(o.Fields) || len(o.Purposes) != len(customer.Purposes) {
			t.Errorf("needs %d, lists %d", l.Needs, len(o.Fields))
		}
		return o.Purposes[i].Needs
	}
	before := needs()
	h.SwitchField("hobby", false)
	if after := needs(); after != before-1 {
		t.Errorf("%d, then %d", before, after)
	}
}

// A purpose's line is the average over its fields, a count by hand.
func TestAPurposesLineIsTheAverageOfItsFields(t *testing.T) {
	h := modelstest.NewHouse(t)
	for i := range 20 {
		facts := []string{"nationality", "CN"} // for market, as work_kind and nine others
		if i < 10 {
			facts = append(facts, "work_kind", "manager")
		}
		h.AddGuest("客人"+string(rune('甲'+i)), facts...)
	}
	h.Clock.Advance(1200 * day) // what one does ages, where one is from does not
	refresh(t, h)
	o := overview(t, h, policies.Manager, "market")
	l := o.Purposes[slices.IndexFunc(o.Purposes, func(l purpose.Line) bool { return l.Purpose == "market" })]
	whole := 20 * l.Needs
	if known, fresh := (30*100+whole/2)/whole, (20*100+whole/2)/whole; l.Known.Percent != known || l.Fresh.Percent != fresh {
		t.Errorf("%d needed: %+v, not %d and %d", l.Needs, l, known, fresh)
	}
	if b := o.Branches[0]; b.Known != l.Known || b.Fresh != l.Fresh {
		t.Errorf("the only branch: %+v", b)
	}
}

func TestWhatIsKeptAndNeverUsedIsNamed(t *testing.T) {
	h := modelstest.NewHouse(t)
	for i := range 11 {
		facts := []string{"hobby", "围棋", "sport", "游泳", "city", "上海"}
		if i < 10 {
			facts = append(facts, "motto", "知足")
		}
		h.AddGuest("客人"+string(rune('甲'+i)), facts...)
	}
	h.Purposes.Used("city", uses.LookUp)
	h.Run("INSERT INTO field_uses (day, field, used_as, times) VALUES (?, 'sport', 'head', 40), (?, 'hobby', 'head', 40)",
		uses.Day(h.Clock.Now().AddDate(0, 0, -60)), uses.Day(h.Clock.Now().AddDate(0, 0, -120)))
	refresh(t, h)
	o := overview(t, h, policies.Manager, "tailor")
	var unused []string
	for _, l := range o.Unused {
		unused = append(unused, l.Field.Key)
	}
	// Used only before ninety days: hobby. Of ten customers: motto is not named.
	// Without its name nobody is a customer, so it is none to switch off.
	if !slices.Equal(unused, []string{"hobby"}) {
		t.Errorf("never used: %v", unused)
	}
	if o.Young() {
		t.Error("uses of four months are too young to tell")
	}
	if got := field(t, o, "sport").Uses; !slices.Equal(got, []purpose.UseLine{{Use: uses.Head, Times: purpose.Amount{N: 40, About: true}}}) {
		t.Errorf("sport: %+v", got)
	}
	if got := field(t, o, "city").Uses; !slices.Equal(got, []purpose.UseLine{{Use: uses.LookUp, Times: purpose.Amount{Few: true}}}) {
		t.Errorf("city: %+v", got)
	}
	if got := overview(t, h, policies.Custodian, "tailor"); field(t, got, "sport").Uses[0].Times != (purpose.Amount{N: 40}) {
		t.Errorf("for a custodian: %+v", field(t, got, "sport").Uses)
	}
}

func TestUsesThatAreCountedSinceLatelyProveNothing(t *testing.T) {
	h := modelstest.NewHouse(t)
	refresh(t, h)
	if o := overview(t, h, policies.Manager, "keep"); !o.Young() || !o.UsesSince.IsZero() {
		t.Errorf("since %v", o.UsesSince)
	}
	h.Purposes.Used("city", uses.LookUp)
	refresh(t, h)
	if o := overview(t, h, policies.Manager, "keep"); !o.Young() || o.UsesSince.Format(time.DateOnly) != "2026-11-22" {
		t.Errorf("since %v", o.UsesSince)
	}
}

func TestACountByHandGoesOnInTheBackground(t *testing.T) {
	h := modelstest.NewHouse(t)
	people(h)
	failed := func(err error) { t.Error(err) }
	if err := h.Purposes.CountNow(ctx, h.Clerk(), failed); !fault.Is(err, fault.Denied) {
		t.Errorf("by a clerk: %v", err)
	}
	if err := h.Purposes.CountNow(ctx, h.Actor(policies.Manager), failed); err != nil {
		t.Fatal(err)
	}
	if e := h.LastEvent(); e.Action != "house.facts_counted" {
		t.Errorf("recorded as %s", e.Action)
	}
	h.Purposes.Settle()
	if o := overview(t, h, policies.Manager, "tailor"); !o.CountedAt.Equal(h.Clock.Now()) || o.Counting || field(t, o, "city").Customers.N != 10 {
		t.Errorf("%+v", o)
	}
}

func TestACountUnderWayIsSeen(t *testing.T) {
	h := modelstest.NewHouse(t)
	people(h)
	h.Purposes.Slowly(2, 4)
	c, err := h.Purposes.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Purposes.Step(ctx, &c); err != nil {
		t.Fatal(err)
	}
	o := overview(t, h, policies.Manager, "keep")
	if !o.Counting || o.Done <= 0 || o.Done >= 100 || !o.CountedAt.IsZero() {
		t.Errorf("counting %v, %d %%", o.Counting, o.Done)
	}
	h.Clock.Advance(6 * time.Minute) // nobody is at it any more
	if o := overview(t, h, policies.Manager, "keep"); o.Counting {
		t.Error("a count that stands still is under way")
	}
}
