package relation_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shuke/models/calendar"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/relation"
	"shuke/models/vault"
	"shuke/policies"
)

func day(text string) calendar.Date {
	d, err := calendar.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// stages are the stages ahead of a customer's child, with their days.
func (h house) stages(id, who string) map[string]string {
	h.T.Helper()
	rows, err := h.Main.Read(ctx).Raw("SELECT stage, due_on FROM stages WHERE customer_id = ? AND who = ?", h.inner(id), who).Rows()
	if err != nil {
		h.T.Fatal(err)
	}
	defer rows.Close()
	out := map[string]string{}
	for rows.Next() {
		var stage, on string
		if err := rows.Scan(&stage, &on); err != nil {
			h.T.Fatal(err)
		}
		out[stage] = on
	}
	return out
}

// due runs the daily job and returns what became an event.
func (h house) due(on string) []string {
	h.T.Helper()
	raised, err := h.Relations.Due(ctx, day(on))
	if err != nil {
		h.T.Fatal(err)
	}
	out := []string{}
	for _, e := range raised {
		out = append(out, e.On.String()+" "+e.Kind)
	}
	return out
}

func (h house) change(id, slot, text string) {
	h.T.Helper()
	v := value(slot, text)
	v.Remove = text == ""
	if err := h.Change(h.Actor(policies.Manager), id, v); err != nil {
		h.T.Fatal(err)
	}
}

// Born in May 2019, six in May 2025: told from the third quarter on. It is
// November 2026, so what lies behind is no event.
func TestABirthGivesTheNextStagesOnTheFirstOfAQuarter(t *testing.T) {
	h := newHouse(t)
	for born, want := range map[string]map[string]string{
		"2019-05-06":  {"middle_school": "2031-07-01", "high_school": "2034-07-01", "grown_up": "2037-07-01"},
		"2019-04-01":  {"middle_school": "2031-07-01", "high_school": "2034-07-01", "grown_up": "2037-07-01"},
		"2019-12-31":  {"middle_school": "2032-01-01", "high_school": "2035-01-01", "grown_up": "2038-01-01"},
		"2020-02-29":  {"school": "2026-04-01", "middle_school": "2032-04-01", "high_school": "2035-04-01", "grown_up": "2038-04-01"},
		"2019-05":     {"middle_school": "2031-07-01", "high_school": "2034-07-01", "grown_up": "2037-07-01"},
		"2019":        {"middle_school": "2032-01-01", "high_school": "2035-01-01", "grown_up": "2038-01-01"},
		"农历2019年腊月二十": {"middle_school": "2032-04-01", "high_school": "2035-04-01", "grown_up": "2038-04-01"},
		"2026-11-01":  {"toddler": "2028-01-01", "kindergarten": "2030-01-01", "school": "2033-01-01", "middle_school": "2039-01-01", "high_school": "2042-01-01", "grown_up": "2045-01-01"},
		"1990-01-01":  {},
	} {
		id := h.AddGuest("王大明", "child_birth", born)
		for stage, on := range want {
			if on <= "2026-11-22" {
				delete(want, stage)
			}
		}
		if d := cmp.Diff(want, h.stages(id, "child.0")); d != "" {
			t.Errorf("%s: %s", born, d)
		}
	}
}

func TestStagesFollowTheFact(t *testing.T) {
	h := newHouse(t)
	id := h.AddGuest("王大明", "child_birth", "2019-05-06", "child_birth.1", "2021-05-06")
	h.change(id, "child_birth", "2015-05-06")
	if d := cmp.Diff(map[string]string{"middle_school": "2027-07-01", "high_school": "2030-07-01", "grown_up": "2033-07-01"}, h.stages(id, "child.0")); d != "" {
		t.Error("changed", d)
	}
	h.change(id, "child_birth", "")
	if d := cmp.Diff(map[string]string{}, h.stages(id, "child.0")); d != "" {
		t.Error("removed", d)
	}
	if len(h.stages(id, "child.1")) == 0 {
		t.Error("the second child's went too")
	}
}

func TestStagesComeWithARelationAndGoWithIt(t *testing.T) {
	h := newHouse(t)
	if err := h.add(relation.Draft{PublicID: h.wang, Name: "王知微", Kind: relation.Child, Born: "2021-05-06"}); err != nil {
		t.Fatal(err)
	}
	ref := h.around(h.wang).Links[0].Ref
	if got := h.stages(h.wang, ref)["school"]; got != "2027-07-01" {
		t.Errorf("school in %s", got)
	}
	if err := h.Relations.End(ctx, h.Clerk(), relation.Ending{PublicID: h.wang, Ref: ref, Why: "mistake"}); err != nil {
		t.Fatal(err)
	}
	if got := h.stages(h.wang, ref); len(got) != 0 {
		t.Errorf("left are %v", got)
	}
}

func TestAnImportBringsStagesAlong(t *testing.T) {
	h := newHouse(t)
	p := customer.Provenance{Channel: "partner", StaffID: 1, BranchID: 1, At: h.Clock.Now()}
	b := h.Customers.NewBatch(h.Catalogue(), "CN", day("2026-11-22"))
	rows := [][]customer.Value{{value("name", "新客人"), value("child_birth", "2021-05-06")}, {value("child_birth", "2022-05-06")}}
	for i, row := range rows {
		checked, problems := b.Check(customer.Individual, row, false)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		if i == 0 {
			b.Add(customer.Individual, checked, p)
		} else {
			b.JoinKnown(h.inner(h.wang), checked, p)
		}
	}
	if err := b.Write(ctx, func(*db.Tx, []int64) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if got := h.stages(h.wang, "child.0")["school"]; got != "2028-07-01" {
		t.Errorf("joined: school in %q", got)
	}
	if n := h.Count("SELECT COUNT(*) FROM stages s JOIN customers c ON c.id = s.customer_id WHERE c.name = '新客人' AND s.stage = 'school' AND s.due_on = '2027-07-01'"); n != 1 {
		t.Error("a new customer has no stages")
	}
}

func TestAStageIsAnEventOnceHoweverOftenAndByWhomTheJobRuns(t *testing.T) {
	h := newHouse(t)
	other := house{h.Again(), h.wang, h.li}
	h.AddGuest("王大明", "child_birth", "2021-05-06")
	if got := h.due("2027-06-30"); len(got) != 0 {
		t.Errorf("the day before: %v", got)
	}
	if d := cmp.Diff([]string{"2027-07-01 child.school"}, h.due("2027-07-01")); d != "" {
		t.Error(d)
	}
	if e := h.LastEvent(); e.Action != "life.raised" || e.CustomerID != 0 {
		t.Errorf("recorded as %+v", e.Event)
	}
	for _, again := range []house{h, other} {
		if got := again.due("2027-07-02"); len(got) != 0 {
			t.Errorf("again: %v", got)
		}
	}
	if d := cmp.Diff([]string{"2033-07-01 child.middle_school", "2036-07-01 child.high_school"}, h.due("2037-01-01")); d != "" {
		t.Error(d)
	}
}

func TestMoreThanOneRoundIsRaised(t *testing.T) {
	h := newHouse(t)
	id := h.inner(h.wang)
	if err := h.Main.InTx(ctx, func(tx *db.Tx) error {
		var args []any
		for i := range 450 {
			args = append(args, id, "child."+string(rune('a'+i%26))+string(rune('a'+i/26)), "school", "2026-10-01")
		}
		return tx.InsertAll("INSERT INTO stages (customer_id, who, stage, due_on) VALUES ", 4, args)
	}); err != nil {
		t.Fatal(err)
	}
	if n := len(h.due("2026-11-22")); n != 450 {
		t.Errorf("%d of 450", n)
	}
	seen := map[string]bool{}
	var after relation.LifeEvent
	for {
		page, err := relation.LifeEvents(ctx, h.Main, day("2026-01-01"), day("2026-12-31"), after, 100)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		for _, e := range page {
			seen[e.Who] = true
		}
		after = page[len(page)-1]
	}
	if len(seen) != 450 {
		t.Errorf("%d of 450 are read page by page", len(seen))
	}
}

func TestWhatTurnsOutWrongIsWithdrawnAndWhatStillHoldsStays(t *testing.T) {
	h := newHouse(t)
	id := h.AddGuest("王大明", "child_birth", "2021-05-06")
	h.due("2027-07-01")
	h.Clock.Advance(time.Duration(365) * 24 * time.Hour) // November 2027
	events := func() []relation.LifeEvent {
		out, err := relation.LifeEvents(ctx, h.Main, day("2020-01-01"), day("2040-01-01"), relation.LifeEvent{}, 10)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	if len(events()) != 1 {
		t.Fatal("no event")
	}
	h.change(id, "child_birth", "2021-03-06") // older: at school all the same
	if len(events()) != 1 || h.stages(id, "child.0")["school"] != "2027-07-01" {
		t.Error("what still holds was withdrawn")
	}
	if got := h.due("2027-11-22"); len(got) != 0 {
		t.Errorf("told twice: %v", got)
	}
	h.change(id, "child_birth", "2024-03-06") // younger: not at school
	if got := events(); len(got) != 0 {
		t.Errorf("still told: %v", got)
	}
	if got := h.stages(id, "child.0")["school"]; got != "2030-04-01" {
		t.Errorf("school in %q", got)
	}
	h.change(id, "child_birth", "2021-05-06")
	if got := h.stages(id, "child.0")["school"]; got != "" {
		t.Errorf("what lies behind is ahead: %q", got)
	}
	if n := h.Count("SELECT COUNT(*) FROM life_events WHERE withdrawn_at > 0"); n != 1 {
		t.Error("what was told is not kept")
	}
}

func TestWhileTheFieldIsOffNothingIsRaised(t *testing.T) {
	h := newHouse(t)
	h.AddGuest("王大明", "child_birth", "2021-05-06")
	h.SwitchField("child_birth", false)
	if got := h.due("2027-07-01"); len(got) != 0 {
		t.Errorf("raised: %v", got)
	}
	h.SwitchField("child_birth", true)
	if got := h.due("2027-07-01"); len(got) != 1 {
		t.Errorf("afterwards: %v", got)
	}
}

func TestChildrenKnownBeforeAreLookedThroughOnce(t *testing.T) {
	h := newHouse(t)
	first := h.AddGuest("王大明", "child_birth", "2021-05-06", "child_birth.1", "2022")
	erased := h.AddGuest("李大梅", "child_birth", "2021-05-06")
	h.Run("DELETE FROM stages")
	if err := h.Vault.Destroy(ctx, vault.Customer(h.inner(erased))); err != nil {
		t.Fatal(err)
	}
	h.due("2026-11-22")
	if h.stages(first, "child.0")["school"] != "2027-07-01" || h.stages(first, "child.1")["school"] != "2029-01-01" {
		t.Error("the children have no stages")
	}
	if got := h.stages(erased, "child.0"); len(got) != 0 {
		t.Errorf("of somebody erased is known %v", got)
	}
	h.Run("DELETE FROM stages")
	h.due("2026-11-22")
	if h.Count("SELECT COUNT(*) FROM stages") != 0 {
		t.Error("looked through twice")
	}
	if err := h.Main.InTx(ctx, relation.WalkAgain); err != nil {
		t.Fatal(err)
	}
	h.due("2026-11-22")
	if h.Count("SELECT COUNT(*) FROM stages") == 0 {
		t.Error("not looked through again")
	}
}
