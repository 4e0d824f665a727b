package card_test

import (
	"fmt"
	"strings"
	"testing"

	"shuke/models/consent"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/policies"
)

// decide records what a guest says of a purpose.
func decide(t *testing.T, h *modelstest.House, id string, p consent.Purpose, given bool) {
	t.Helper()
	err := h.Main.InTx(ctx, func(tx *db.Tx) error {
		return consent.Append(tx, consent.Event{CustomerID: h.Customer(id).ID, Purpose: p, Given: given, Who: consent.Self, How: consent.Spoken,
			Wording: consent.Text{Of: string(p), Version: 1}, By: 1, Branch: 1, Via: policies.Browser, At: h.Clock.Now()})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWithdrawingThePreferencesBitesAtTheNextRead(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明", "phone", "13812345678", "taboo", "不提前任", "care_instruction", "枕头加高", "diet", "少盐", "hobby", "围棋", "city", "杭州")
	if c := open(t, h, h.Clerk(), id); len(c.Do) != 2 || len(c.Withdrawn) != 0 {
		t.Fatalf("before: %+v", c.Do)
	}
	decide(t, h, id, consent.Service, false)
	c := open(t, h, h.Clerk(), id)
	if shown := fmt.Sprintf("%+v", c); strings.Contains(shown, "枕头加高") || strings.Contains(shown, "少盐") || strings.Contains(shown, "围棋") {
		t.Error("a preference is still on the card")
	}
	if len(c.Do) != 0 || c.Withdrawn[consent.Service] != 3 {
		t.Errorf("do: %+v, withdrawn: %v", c.Do, c.Withdrawn)
	}
	// What serving the guest needs in any case stays.
	for _, field := range []string{"phone", "city", "name"} {
		if _, ok := entry(c, field); !ok {
			t.Errorf("%s is gone", field)
		}
	}
	if len(c.Never) != 1 || len(c.Wishes) != 1 {
		t.Errorf("the taboo is gone: %+v", c.Wishes)
	}
	decide(t, h, id, consent.Service, true)
	if c := open(t, h, h.Clerk(), id); len(c.Do) != 2 || len(c.Withdrawn) != 0 {
		t.Error("agreed again, and nothing is back")
	}
}

func TestWithdrawnSafetyIsPassedOnToNobodyAndOpenedOnlyInDanger(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明", "allergy_instruction", "SENTINEL 不放花生")
	decide(t, h, id, consent.Safety, false)
	c := open(t, h, h.Clerk(), id)
	e, ok := entry(c, "allergy_instruction")
	if !ok || !e.Masked || !e.Reveal || len(c.Never) != 0 || c.Withdrawn[consent.Safety] != 1 || strings.Contains(fmt.Sprintf("%+v", c), "SENTINEL") {
		t.Fatalf("%+v, never %+v", e, c.Never)
	}
	cat := h.Catalogue()
	for _, reason := range []string{"check_in", "guest_request", "complaint", "correction"} {
		if _, value, err := h.Customers.Reveal(ctx, h.Clerk(), cat, id, e.N, reason); !fault.Is(err, fault.Invalid) || value != "" {
			t.Errorf("%s: %q, %v", reason, value, err)
		}
	}
	if _, value, err := h.Customers.Reveal(ctx, h.Clerk(), cat, id, e.N, "safety"); err != nil || value != "SENTINEL 不放花生" {
		t.Errorf("in danger: %q, %v", value, err)
	}
	if e := h.LastEvent(); e.Action != "fact.revealed" || e.Reason != "safety" {
		t.Errorf("recorded as %+v", e.Event)
	}
}

func TestAWithdrawnPreferenceIsOpenedByNoReason(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明", "child_name", "小宝贝儿", "diet", "少盐")
	child, _ := h.Fact(id, "child_name.0")
	diet, _ := h.Fact(id, "diet.0")
	decide(t, h, id, consent.Child, false)
	decide(t, h, id, consent.Service, false)
	if c := open(t, h, h.Actor(policies.Manager), id); c.Withdrawn[consent.Child] != 1 {
		t.Errorf("%v", c.Withdrawn)
	} else if _, ok := entry(c, "child_name"); ok {
		t.Error("the child is still on the card")
	}
	for _, n := range []int64{child.N, diet.N} {
		if _, value, err := h.Customers.Reveal(ctx, h.Actor(policies.Manager), h.Catalogue(), id, n, "safety"); err == nil || value != "" {
			t.Errorf("%d opens: %q", n, value)
		}
	}
	if _, past, err := h.Customers.History(ctx, h.Actor(policies.Manager), h.Catalogue(), id, "diet", 0, 0); !fault.Is(err, fault.Denied) || past != nil {
		t.Errorf("its history: %v", err)
	}
	opened, err := h.Cards.OpenForEdit(ctx, h.Actor(policies.Manager), h.Catalogue(), id, "life")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range opened.Facts {
		if f.Field == "diet" || f.Field == "child_name" {
			t.Errorf("the form holds %s", f.Field)
		}
	}
}

func TestACardTakesNoStatementMoreForWhatWasSaid(t *testing.T) {
	h := modelstest.NewHouse(t)
	silent, spoken := h.AddGuest("王小明"), h.AddGuest("李四")
	for _, p := range []consent.Purpose{consent.Service, consent.Safety, consent.Child, consent.Photo, consent.Partners} {
		decide(t, h, spoken, p, false)
	}
	open(t, h, h.Clerk(), silent) // clubs are read once a change
	var counts []int
	for _, id := range []string{silent, spoken} {
		with, trace := db.WithTrace(ctx)
		if _, err := h.Cards.Open(with, h.Clerk(), h.Catalogue(), id); err != nil {
			t.Fatal(err)
		}
		counts = append(counts, len(trace.Statements()))
	}
	if counts[0] != counts[1] {
		t.Errorf("%v statements", counts)
	}
}

// notAt records that a guest does not want to be known at a branch.
func notAt(t *testing.T, h *modelstest.House, id string, branch int64) {
	t.Helper()
	err := h.Main.InTx(ctx, func(tx *db.Tx) error {
		_, err := consent.Restrict(tx, h.Customer(id).ID, consent.Restriction{Kind: consent.NotBranch, NotAt: branch, How: consent.Spoken, At: h.Clock.Now()})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAtABranchThatTheGuestAvoidsOnlyAManagerOpensTheCard(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明", "taboo", "不提前任", "phone", "13812345678")
	phone, _ := h.Fact(id, "phone.0")
	notAt(t, h, id, h.Clerk().BranchID)
	cat := h.Catalogue()
	before := len(h.Events())
	for what, do := range map[string]func() error{
		"card": func() error { c, err := h.Cards.Open(ctx, h.Clerk(), cat, id); return held(c.Name, err) },
		"form": func() error {
			e, err := h.Cards.OpenForEdit(ctx, h.Clerk(), cat, id, "basic")
			return held(e.Name, err)
		},
		"history": func() error {
			c, _, err := h.Customers.History(ctx, h.Clerk(), cat, id, "phone", 0, 0)
			return held(c.Name, err)
		},
		"reveal": func() error {
			_, v, err := h.Customers.Reveal(ctx, h.Clerk(), cat, id, phone.N, "check_in")
			return held(v, err)
		},
		"change": func() error { return h.Change(h.Clerk(), id, modelstest.Facts("city", "杭州")...) },
	} {
		if err := do(); !fault.Is(err, fault.Denied) {
			t.Errorf("%s: %v", what, err)
		}
		e := h.LastEvent()
		if e.Action != "customer.withheld" || e.CustomerID != h.Customer(id).ID || e.Reason != "withheld_branch" {
			t.Errorf("%s is recorded as %+v", what, e.Event)
		}
	}
	if n := len(h.Events()) - before; n != 5 {
		t.Errorf("%d events", n)
	}
	if n := h.Count("SELECT times FROM disclosures WHERE surface = ? AND customer_id = ?", disclosure.Withheld, h.Customer(id).ID); n != 5 {
		t.Errorf("counted %d times", n)
	}
	if n := h.Count("SELECT COUNT(*) FROM disclosures WHERE surface = ?", disclosure.Card); n != 0 {
		t.Error("a refused attempt counts as a showing")
	}
	for _, a := range []policies.Actor{h.Actor(policies.Manager), h.Actor(policies.Custodian), h.AddPerson("elsewhere", policies.FrontDesk, modelstest.Hangzhou)} {
		if c := open(t, h, a, id); c.Name != "王小明" || len(c.Consents.Restrictions) != 1 {
			t.Errorf("%s: %+v", a.Login, c.Consents)
		}
	}
	token := h.Actor(policies.Manager)
	token.Via = policies.Token
	if _, err := h.Cards.Open(ctx, token, cat, id); !fault.Is(err, fault.Denied) {
		t.Error("a token opens it")
	}
}

// held turns a value that came out in spite of a refusal into no refusal at all.
func held(value string, err error) error {
	if value != "" {
		return nil
	}
	return err
}

func TestWhatIsShownOfAFirmIsUntouchedByPurposesOfPeople(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddCompany("越临精密仪器（上海）有限公司", "features", "规矩严", "principal_name", "陈立")
	decide(t, h, id, consent.Service, false)
	c := open(t, h, h.Actor(policies.Manager), id)
	if _, ok := entry(c, "features"); !ok || len(c.Withdrawn) != 0 {
		t.Errorf("%v", c.Withdrawn)
	}
}
