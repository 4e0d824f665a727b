package rights_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"shuke/models/consent"
	"shuke/models/disclosure"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/models/rights"
	"shuke/policies"
)

func line(s rights.Sheet, field string) (rights.SheetLine, bool) {
	for _, g := range s.Groups {
		for _, l := range g.Lines {
			if l.Fact.Field == field {
				return l, true
			}
		}
	}
	return rights.SheetLine{}, false
}

func sheetGuest(h *modelstest.House) string {
	return h.AddGuest("王小明", "phone", "13812345678", "document_kind", "other", "document_no", "SENTINEL77", "diet", "少盐", "home_address", "上海市某路一号",
		"job_post", "哨兵职务", "child_name", "小宝贝儿", "birth", "1990-11-25")
}

var full = rights.Copy{Full: true, Reason: "access", Identity: "document", Lang: "zh-CN"}

func TestTheSheetNamesEverythingThatIsHeldAndKeepsTheMasks(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := sheetGuest(h)
	s, err := h.Rights.Sheet(ctx, h.Clerk(), h.Catalogue(), id, rights.Copy{Lang: "zh-CN"})
	must(t, err)
	if shown := fmt.Sprintf("%+v", s.Groups); strings.Contains(shown, "12345678") || strings.Contains(shown, "SENTINEL77") || strings.Contains(shown, "小宝贝儿") || strings.Contains(shown, "哨兵职务") {
		t.Errorf("a masked value is on the sheet")
	}
	facts, _ := h.Customers.FactsInForce(ctx, h.Customer(id).ID)
	for _, f := range facts {
		l, ok := line(s, f.Field)
		if !ok || l.Whole {
			t.Errorf("%s: on the sheet %v, whole %v", f.Field, ok, l.Whole)
		}
	}
	if l, _ := line(s, "phone"); l.Hint != "138****5678" {
		t.Errorf("%+v", l)
	}
	e := h.LastEvent()
	if e.Action != "customer.sheet_shown" || e.CustomerID != h.Customer(id).ID || e.Reason != "" {
		t.Errorf("recorded as %+v", e.Event)
	}
	if n := h.Count("SELECT times FROM disclosures WHERE surface = ?", disclosure.Sheet); n != 1 {
		t.Errorf("counted %d times", n)
	}
}

func TestAFullCopyNeedsAReasonAndAPersonWhoWasChecked(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := sheetGuest(h)
	cat := h.Catalogue()
	for field, c := range map[string]rights.Copy{"reason": {Full: true, Reason: "curiosity", Identity: "document"}, "identity": {Full: true, Reason: "access"}} {
		if s, err := h.Rights.Sheet(ctx, h.Clerk(), cat, id, c); wrong(err, field) == "" || s.Name != "" {
			t.Errorf("%s: %v", field, err)
		}
	}
	s, err := h.Rights.Sheet(ctx, h.Clerk(), cat, id, full)
	must(t, err)
	for field, want := range map[string]string{"phone": "+8613812345678", "document_no": "SENTINEL77", "birth": "1990-11-25", "diet": "少盐"} {
		if l, _ := line(s, field); !l.Whole || l.Fact.Value != want {
			t.Errorf("%s: %+v", field, l.Fact)
		}
	}
	e := h.LastEvent()
	if e.Reason != "copy_access" || fmt.Sprint(e.Details) != "[{full true} {identity document} {language zh-CN}]" {
		t.Errorf("recorded as %+v", e.Event)
	}
}

// What a role never sees it does not print either: a manager does.
func TestAFullCopyDoesNotOpenWhatTheRoleMayNotSee(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := sheetGuest(h)
	for _, role := range []policies.Role{policies.FrontDesk, policies.Service, policies.Manager, policies.Custodian} {
		s, err := h.Rights.Sheet(ctx, h.Actor(role), h.Catalogue(), id, full)
		must(t, err)
		for _, g := range s.Groups {
			for _, l := range g.Lines {
				if sees := l.Field.MaySee(role); l.Denied == sees || l.Whole != sees || (l.Denied && (l.Fact.Value != "" || l.Fact.Sealed != nil)) {
					t.Errorf("%s, %s: denied %v, whole %v", role, l.Field.Key, l.Denied, l.Whole)
				}
			}
		}
		if l, _ := line(s, "job_post"); l.Denied != (role == policies.FrontDesk || role == policies.Service) {
			t.Errorf("%s: the post then is denied: %v", role, l.Denied)
		}
	}
	for _, role := range []policies.Role{policies.Sales, policies.Marketing, policies.Owner, policies.Admin, policies.Auditor, policies.Floor} {
		if _, err := h.Rights.Sheet(ctx, h.Actor(role), h.Catalogue(), id, rights.Copy{}); !fault.Is(err, fault.Denied) {
			t.Errorf("%s: %v", role, err)
		}
	}
	token := h.Actor(policies.Manager)
	token.Via = policies.Token
	if _, err := h.Rights.Sheet(ctx, token, h.Catalogue(), id, rights.Copy{}); !fault.Is(err, fault.Denied) {
		t.Errorf("by token: %v", err)
	}
}

func TestTheSheetIsRecordedBeforeAnythingIsOpened(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := sheetGuest(h)
	cat := h.Catalogue()
	h.Run("DROP TABLE disclosures")
	if s, err := h.Rights.Sheet(ctx, h.Clerk(), cat, id, full); !fault.Is(err, fault.Unavailable) || s.Name != "" || len(s.Groups) != 0 {
		t.Errorf("%v, %+v", err, s.Groups)
	}
}

func TestTheSheetTellsHowManyLookedByRoleAndNamesNobody(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := sheetGuest(h)
	cat := h.Catalogue()
	open := func(a policies.Actor) {
		t.Helper()
		_, err := h.Cards.Open(ctx, a, cat, id)
		must(t, err)
	}
	open(h.Actor(policies.Sales)) // more than a year ago by the time of the sheet
	h.Clock.Advance(366 * 24 * time.Hour)
	second := h.AddPerson("second", policies.FrontDesk, modelstest.Shanghai)
	open(h.Clerk())
	open(h.Clerk())
	open(second)
	if _, err := h.Customers.LookUp(ctx, h.Actor(policies.Service), cat, "王小明"); err != nil {
		t.Fatal(err)
	}
	s, err := h.Rights.Sheet(ctx, h.Actor(policies.Manager), cat, id, rights.Copy{})
	must(t, err)
	if got := fmt.Sprint(s.Looks); got != "[{front_desk 2 3} {manager 1 1}]" {
		t.Errorf("%s", got)
	}
	if strings.Contains(fmt.Sprintf("%+v", s), "员工 ") {
		t.Error("the sheet names a member of staff")
	}
}

func TestTheSheetTellsWhoReceivedFromWhoeverPassesOn(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := sheetGuest(h)
	s, err := h.Rights.Sheet(ctx, h.Clerk(), h.Catalogue(), id, rights.Copy{})
	if err != nil || len(s.Received) != 0 {
		t.Errorf("%+v, %v", s.Received, err)
	}
	h.Rights.Receivers = append(h.Rights.Receivers, func(_ context.Context, customerID int64) ([]rights.Recipient, error) {
		if customerID != h.Customer(id).ID {
			t.Errorf("asked about %d", customerID)
		}
		return []rights.Recipient{{Name: "税务", At: h.Clock.Now()}, {Name: "旅行社", At: h.Clock.Now().Add(time.Hour)}}, nil
	})
	s, err = h.Rights.Sheet(ctx, h.Clerk(), h.Catalogue(), id, rights.Copy{})
	if err != nil || len(s.Received) != 2 || s.Received[0].Name != "旅行社" {
		t.Errorf("%+v, %v", s.Received, err)
	}
}

func TestWhatWasWithdrawnStandsOnTheSheetWithItsLastDay(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := sheetGuest(h)
	must(t, h.Rights.Record(ctx, h.Clerk(), no(id, consent.Service)))
	s, err := h.Rights.Sheet(ctx, h.Clerk(), h.Catalogue(), id, rights.Copy{})
	must(t, err)
	l, ok := line(s, "diet")
	if !ok || !l.Withdrawn || l.Fact.Value != "" || !l.DeletedOn.Equal(h.Clock.Now().Add(consent.Grace)) {
		t.Errorf("%+v", l)
	}
	if s, err = h.Rights.Sheet(ctx, h.Clerk(), h.Catalogue(), id, full); err != nil {
		t.Fatal(err)
	}
	if l, _ := line(s, "diet"); l.Fact.Value != "少盐" || !l.Withdrawn {
		t.Errorf("the customer's own copy: %+v", l)
	}
}
