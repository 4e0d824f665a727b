package card_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"shuke/models/card"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/policies"
)

var ctx = context.Background()

func open(t *testing.T, h *modelstest.House, a policies.Actor, id string) card.Card {
	t.Helper()
	c, err := h.Cards.Open(ctx, a, h.Catalogue(), id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func entry(c card.Card, field string) (card.Entry, bool) {
	for _, g := range c.Groups {
		for _, e := range g.Entries {
			if e.Fact.Field == field {
				return e, true
			}
		}
	}
	return card.Entry{}, false
}

func TestCardTakesTheSameFewStatementsWhateverTheHistory(t *testing.T) {
	h := modelstest.NewHouse(t)
	short := h.AddGuest("王小明", "phone", "13812345678", "post", "经理", "taboo", "不提前任", "birth", "1990-11-25")
	long := h.AddGuest("李四", "phone", "13912345678", "post", "经理", "taboo", "不提前任", "birth", "1990-11-25")
	inner := h.Customer(long).ID
	if err := h.Main.InTx(ctx, func(tx *db.Tx) error {
		for n := 0; n < 3000; n += 100 {
			var args []any
			for i := range 100 {
				args = append(args, inner, 1, 1000+n+i, "post", 0, 0, fmt.Sprint("职务", n+i), "service", 3, 1, 1, 1, 2, 5)
			}
			if _, err := tx.Run("INSERT INTO facts (customer_id, state, n, field, item, none, value, channel, trust, staff_id, branch_id, recorded_at, ended_at, ended_by) VALUES "+db.Rows(100, 14), args...); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Members.Clubs(ctx, h.Catalogue().Version); err != nil { // kept between requests, as the catalogue is
		t.Fatal(err)
	}
	for _, role := range []policies.Role{policies.FrontDesk, policies.Owner} {
		a, cat := h.Actor(role), h.Catalogue()
		var counts []int
		for _, id := range []string{short, long} {
			with, trace := db.WithTrace(ctx)
			if _, err := h.Cards.Open(with, a, cat, id); err != nil {
				t.Fatal(err)
			}
			counts = append(counts, len(trace.Statements()))
		}
		// One more is the session with its person, and one what is made ready for
		// the present stay.
		if counts[0] != counts[1] || counts[0] > 12 {
			t.Errorf("%s: %v statements", role, counts)
		}
	}
}

func TestMaskedAndDeniedEntriesCarryNoValue(t *testing.T) {
	h := modelstest.NewHouse(t)
	h.SwitchField("health", true)
	h.SwitchField("symptom", true)
	id := h.AddGuest("王小明", "phone", "13812345678", "email", "xiaoming@example.com", "document_kind", "other", "document_no", "SENTINEL77", "child_name", "小宝贝儿", "child_birth", "2019-05-06", "health", "sentinel-health", "symptom", "asthma", "home_address", "上海市某路一号", "job_post", "哨兵职务")
	for _, role := range []policies.Role{policies.FrontDesk, policies.Sales, policies.Service, policies.Manager, policies.Custodian, policies.Owner} {
		a := h.Actor(role)
		c := open(t, h, a, id)
		for _, g := range c.Groups {
			for _, e := range g.Entries {
				sees, masked := e.Field.MaySee(role), e.Field.Masked()
				if e.Denied == sees || e.Masked != (sees && masked) || e.Reveal != e.Masked {
					t.Errorf("%s, %s: denied %v, masked %v, reveal %v", role, e.Fact.Field, e.Denied, e.Masked, e.Reveal)
				}
				if (e.Denied || e.Masked) && (e.Fact.Value != "" || e.Fact.Sealed != nil || e.Fact.Band != "") {
					t.Errorf("%s, %s carries %+v", role, e.Fact.Field, e.Fact)
				}
				if e.Denied && e.Hint != "" || e.Field.Sealed() && e.Hint != "" {
					t.Errorf("%s, %s hints at %s", role, e.Fact.Field, e.Hint)
				}
			}
		}
		shown := fmt.Sprintf("%+v", c)
		for _, secret := range []string{"12345678", "xiaoming@", "SENTINEL77", "小宝贝儿", "2019", "sentinel-health"} {
			if strings.Contains(shown, secret) {
				t.Errorf("%s: the card holds %s", role, secret)
			}
		}
		for field, secret := range map[string]string{"home_address": "某路一号", "job_post": "哨兵职务"} {
			e, _ := entry(c, field)
			if strings.Contains(shown, secret) != e.Field.MaySee(role) {
				t.Errorf("%s: %s shown is %v", role, field, strings.Contains(shown, secret))
			}
		}
		if e, _ := entry(c, "phone"); e.Hint != "138****5678" {
			t.Errorf("%s: the telephone shows as %q", role, e.Hint)
		}
	}
	for _, role := range []policies.Role{policies.Floor, policies.Marketing, policies.Admin, policies.Auditor} {
		c, err := h.Cards.Open(ctx, h.Actor(role), h.Catalogue(), id)
		if !fault.Is(err, fault.Denied) || c.PublicID != "" {
			t.Errorf("%s opens a card: %v", role, err)
		}
	}
}

func TestNothingIsShownThatCannotBeRecorded(t *testing.T) {
	for _, table := range []string{"audit_events", "disclosures"} {
		h := modelstest.NewHouse(t)
		id := h.AddGuest("王小明", "taboo", "不提前任")
		cat := h.Catalogue()
		h.Run("DROP TABLE " + table)
		// A role that does not read the ledger for the card itself.
		c, err := h.Cards.Open(ctx, h.Clerk(), cat, id)
		if !fault.Is(err, fault.Unavailable) || c.PublicID != "" || c.Name != "" || len(c.Groups)+len(c.Never)+len(c.Occasions) != 0 {
			t.Errorf("without %s: %v, %+v", table, err, c)
		}
	}
}

func TestOpeningIsRecordedAndCountsTheCustomerOnce(t *testing.T) {
	h := modelstest.NewHouse(t)
	id, other := h.AddGuest("王小明"), h.AddGuest("李四")
	for range 3 {
		open(t, h, h.Clerk(), id)
		h.Clock.Advance(time.Minute)
	}
	open(t, h, h.Clerk(), other)
	e := h.LastEvent()
	if e.Action != "customer.opened" || e.CustomerID != h.Customer(other).ID || e.ActorID != h.Clerk().StaffID {
		t.Errorf("%+v", e)
	}
	if n := h.Count("SELECT COUNT(*) FROM disclosures WHERE staff_id = ? AND surface = ?", h.Clerk().StaffID, disclosure.Card); n != 2 {
		t.Errorf("%d customers counted", n)
	}
	if n := h.Count("SELECT times FROM disclosures WHERE customer_id = ?", h.Customer(id).ID); n != 3 {
		t.Errorf("opened %d times", n)
	}
	if n := h.Count("SELECT COUNT(*) FROM disclosures WHERE day <> 20261122"); n != 0 {
		t.Error("counted on another day than the branch's")
	}
	h.Clock.Advance(24 * time.Hour)
	open(t, h, h.Clerk(), id)
	if n := h.Count("SELECT COUNT(*) FROM disclosures"); n != 3 {
		t.Errorf("%d rows after the next day", n)
	}
}

func TestViewersAreForThoseWhoMayKnow(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	open(t, h, h.Clerk(), id)
	h.Clock.Advance(time.Minute)
	open(t, h, h.Actor(policies.Sales), id)
	for _, role := range []policies.Role{policies.FrontDesk, policies.Sales, policies.Service, policies.Manager, policies.Custodian, policies.Owner} {
		c := open(t, h, h.Actor(role), id)
		may := role == policies.Manager || role == policies.Custodian || role == policies.Owner
		if c.Shows != may || (len(c.Viewers) > 0) != may {
			t.Errorf("%s: shows %v, %d viewers", role, c.Shows, len(c.Viewers))
		}
	}
	c := open(t, h, h.Actor(policies.Owner), id)
	if !slices.ContainsFunc(c.Viewers, func(v disclosure.Viewer) bool {
		return v.Login == "front_desk" && v.Times == 2 && v.Surface == disclosure.Card
	}) {
		t.Errorf("%+v", c.Viewers)
	}
	token := h.Actor(policies.Owner)
	token.Via, token.Scopes = policies.Token, policies.EveryScope
	if c := open(t, h, token, id); c.Shows || len(c.Viewers) != 0 {
		t.Error("a token learns who looked")
	}
}

func TestHeadNamesWhatNeverToDoWithSafetyFirst(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明", "taboo", "不提前任", "allergy_instruction", "不可有花生，告知厨房", "contact_wish", "勿致电家中", "care_instruction", "枕头加高", "mobility_help", "-", "taboo.1", "不送钟")
	c := open(t, h, h.Clerk(), id)
	if len(c.Never) != 4 || c.Never[0].Text != "不可有花生，告知厨房" || !c.Never[0].Safety || c.Never[1].Safety {
		t.Errorf("never: %+v", c.Never)
	}
	if len(c.Do) != 1 || c.Do[0].Text != "枕头加高" {
		t.Errorf("do: %+v", c.Do)
	}
}

func TestOccasionsNearBySolarAndLunar(t *testing.T) {
	for _, c := range []struct {
		field, value, now string
		on                string // "" when none is near
		days, years       int
	}{
		{"birth", "1990-11-22", "2026-11-22", "2026-11-22", 0, 36},
		{"birth", "1990-12-06", "2026-11-22", "2026-12-06", 14, 36},
		{"birth", "1990-12-07", "2026-11-22", "", 0, 0},
		{"birth", "1990-11-21", "2026-11-22", "", 0, 0},
		{"birth", "1990-01-02", "2026-12-25", "2027-01-02", 8, 37},
		{"wedding_anniversary", "2016-11-25", "2026-11-22", "2026-11-25", 3, 10},
		{"birth", "农历1990年十月十五", "2026-11-22", "2026-11-23", 1, 36},
		{"birth", "2000-02-29", "2027-02-20", "2027-02-28", 8, 27},
		{"birth", "2000-02-29", "2028-02-20", "2028-02-29", 9, 28},
		{"birth", "1990", "2026-11-22", "", 0, 0},
		{"birth", "1990-11", "2026-11-22", "", 0, 0},
	} {
		t.Run(c.field+" "+c.value+" on "+c.now, func(t *testing.T) {
			h := modelstest.NewHouse(t)
			now, err := time.Parse(time.DateOnly, c.now)
			if err != nil {
				t.Fatal(err)
			}
			h.Clock.Advance(now.Add(2 * time.Hour).Sub(h.Clock.Now()))
			id := h.AddGuest("王小明", c.field, c.value)
			got := open(t, h, h.Clerk(), id).Occasions
			if c.on == "" {
				if len(got) != 0 {
					t.Errorf("%+v", got)
				}
				return
			}
			if len(got) != 1 || got[0].On.String() != c.on || got[0].Days != c.days || got[0].Years != c.years || got[0].Field.Key != c.field {
				t.Errorf("%+v, want %s in %d days, the %d.", got, c.on, c.days, c.years)
			}
		})
	}
}

func TestSoonestOccasionFirst(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明", "birth", "1990-12-01", "wedding_anniversary", "2016-11-25")
	got := open(t, h, h.Clerk(), id).Occasions
	if len(got) != 2 || got[0].Field.Key != "wedding_anniversary" {
		t.Errorf("%+v", got)
	}
}

func TestGroupsStandInTheOrderOfTheCatalogueAndRecordsTogether(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明", "school_name.1", "复旦大学", "school_level", "secondary", "school_name", "上海中学", "school_level.1", "university", "hobby", "围棋")
	c := open(t, h, h.Actor(policies.Manager), id)
	var groups []string
	for _, g := range c.Groups {
		groups = append(groups, g.Key)
		if g.Key == "education" {
			var items []string
			for _, e := range g.Entries {
				items = append(items, fmt.Sprintf("%s.%d", e.Fact.Field, e.Item))
			}
			if fmt.Sprint(items) != "[school_level.0 school_name.0 school_level.1 school_name.1]" {
				t.Errorf("schools: %v", items)
			}
		}
	}
	if fmt.Sprint(groups) != "[basic education career family life personality social]" {
		t.Errorf("%v", groups)
	}
	company := open(t, h, h.Actor(policies.Manager), h.AddCompany("越临精密仪器（上海）有限公司", "principal_name", "陈立", "principal_name.1", "赵明"))
	groups = nil
	for _, g := range company.Groups {
		groups = append(groups, g.Key)
	}
	slices.Sort(groups)
	if fmt.Sprint(groups) != "[company_basic company_business company_character company_dealing company_principals]" {
		t.Errorf("%v", groups)
	}
}

func TestOldFactsAreMarkedStale(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明", "post", "经理", "sex", "male")
	h.Clock.Advance(730*24*time.Hour + time.Minute)
	c := open(t, h, h.Clerk(), id)
	if e, _ := entry(c, "post"); !e.Stale {
		t.Error("a post of two years ago is fresh")
	}
	if e, _ := entry(c, "sex"); e.Stale {
		t.Error("what does not age is stale")
	}
}

func TestCardOfNobody(t *testing.T) {
	h := modelstest.NewHouse(t)
	for _, id := range []string{"", "1", "K-0000000000", "K-' OR '1'=1", strings.Repeat("K", 5000)} {
		before := len(h.Events())
		if _, err := h.Cards.Open(ctx, h.Clerk(), h.Catalogue(), id); !fault.Is(err, fault.NotFound) || len(h.Events()) != before {
			t.Errorf("%q: %v", id, err)
		}
	}
}
