package customer_test

import (
	"testing"

	"shuke/models/calendar"
	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/policies"
)

func inTx(t *testing.T, h *modelstest.House, do func(tx *db.Tx) error) {
	t.Helper()
	if err := h.Main.InTx(ctx, do); err != nil {
		t.Fatal(err)
	}
}

func withdraw(t *testing.T, h *modelstest.House, id string, p consent.Purpose) {
	t.Helper()
	inTx(t, h, func(tx *db.Tx) error {
		return consent.Append(tx, consent.Event{CustomerID: h.Customer(id).ID, Purpose: p, Who: consent.Self, How: consent.Spoken, By: 1, Branch: 1, Via: policies.Browser, At: h.Clock.Now()})
	})
}

func avoid(t *testing.T, h *modelstest.House, id string, branch int64) {
	t.Helper()
	inTx(t, h, func(tx *db.Tx) error {
		_, err := consent.Restrict(tx, h.Customer(id).ID, consent.Restriction{Kind: consent.NotBranch, NotAt: branch, How: consent.Spoken, At: h.Clock.Now()})
		return err
	})
}

func TestEveryFieldStandsUnderThePurposeItWasNamedFor(t *testing.T) {
	cat := modelstest.NewHouse(t).Catalogue()
	for key, want := range map[string]consent.Purpose{
		"name": "", "phone": "", "taboo": "", "city": "", "document_no": "", "invoice_title": "", "company_name": "", "features": "",
		"allergy_instruction": consent.Safety, "allergy_diagnosis": consent.Safety, "mobility_help": consent.Safety,
		"diet": consent.Service, "care_instruction": consent.Service, "hobby": consent.Service, "health": consent.Service,
		"child_name": consent.Child, "child_birth": consent.Child,
		"income": consent.Profiling, "trade": consent.Profiling, "eat_places": consent.Profiling,
	} {
		if f, known := cat.Field(key); !known || f.Consent() != want {
			t.Errorf("%s stands under %q", key, f.Consent())
		}
	}
	for _, f := range cat.All() {
		if p := f.Consent(); p != "" && !p.Keeps() {
			t.Errorf("%s stands under %s, for which nothing is kept", f.Key, p)
		}
	}
}

func TestALookUpLeavesOutWhomTheBranchMayNotFindAndSaysHowMany(t *testing.T) {
	h := modelstest.NewHouse(t)
	shy := h.AddGuest("方不同", "phone", "13812349999")
	h.AddGuest("方不平", "phone", "13812348888")
	avoid(t, h, shy, h.Clerk().BranchID)
	cat := h.Catalogue()
	for _, c := range []struct {
		who            policies.Actor
		shown, withold int
	}{{h.Clerk(), 1, 1}, {h.Actor(policies.Manager), 2, 0}, {h.AddPerson("elsewhere", policies.FrontDesk, modelstest.Hangzhou), 2, 0}} {
		r, err := h.Customers.LookUp(ctx, c.who, cat, "方不")
		if err != nil || len(r.Hits) != c.shown || r.Withheld != c.withold {
			t.Errorf("%s: %d shown, %d withheld, %v", c.who.Login, len(r.Hits), r.Withheld, err)
		}
	}
	before := h.Count("SELECT COUNT(*) FROM disclosures WHERE customer_id = ? AND staff_id = ?", h.Customer(shy).ID, h.Clerk().StaffID)
	if before != 0 {
		t.Error("who was left out counts as shown")
	}
	hit, err := h.Customers.Likely(ctx, h.Clerk(), cat, customer.Draft{Kind: customer.Individual, Values: modelstest.Facts("name", "方不同", "phone", "13812349999")})
	if err != nil || hit != nil {
		t.Errorf("the warning of a duplicate shows %+v, %v", hit, err)
	}
}

func TestWhatIsWithdrawnIsNotWrittenDownAgain(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明", "diet", "少盐")
	withdraw(t, h, id, consent.Service)
	err := h.Change(h.Actor(policies.Manager), id, modelstest.Facts("hobby", "围棋")...)
	if f, ok := err.(*fault.Error); !ok || f.Fields["hobby.0"].Key != "consent.not_kept" {
		t.Errorf("%v", err)
	}
	if err := h.Change(h.Actor(policies.Manager), id, customer.Value{Field: "diet", Remove: true}); err != nil {
		t.Errorf("taking it away: %v", err)
	}
	if err := h.Change(h.Actor(policies.Manager), id, modelstest.Facts("phone", "13812345678")...); err != nil {
		t.Errorf("what serving needs: %v", err)
	}
}

func TestAFileAddsNothingThatWasWithdrawn(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明", "phone", "13812345678")
	withdraw(t, h, id, consent.Service)
	b := h.Customers.NewBatch(h.Catalogue(), "CN", calendar.Date{Year: 2026, Month: 11, Day: 22})
	c, problems := b.Check(customer.Individual, modelstest.Facts("name", "王小明", "hobby", "围棋", "employer", "浙江大学", "diet", "少盐", "plate", "浙A12345"), true)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	b.JoinKnown(h.Customer(id).ID, c, customer.Provenance{Channel: "partner", StaffID: 1, BranchID: 1, At: h.Clock.Now()})
	if err := b.Write(ctx, func(*db.Tx, []int64) error { return nil }); err != nil {
		t.Fatal(err)
	}
	for slot, want := range map[string]bool{"hobby.0": false, "diet.0": false, "employer.0": true, "plate.0": true} {
		if _, known := h.Fact(id, slot); known != want {
			t.Errorf("%s is known: %v", slot, known)
		}
	}
}
