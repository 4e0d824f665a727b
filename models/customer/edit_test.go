package customer_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/policies"
)

func past(t *testing.T, h *modelstest.House, a policies.Actor, id, field string, item int) []customer.Past {
	t.Helper()
	_, list, err := h.Customers.History(ctx, a, h.Catalogue(), id, field, item, 0)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestStaleFormChangesNothing(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明", "post", "经理")
	version := h.Customer(id).Version
	if err := h.Change(h.Clerk(), id, modelstest.Facts("post", "总监")...); err != nil {
		t.Fatal(err)
	}
	untouched(t, h, "stale edit", func() {
		err := h.Customers.Edit(ctx, h.Clerk(), h.Catalogue(), customer.Edit{PublicID: id, Values: modelstest.Facts("post", "顾问"), Channel: "service", Version: version})
		var stale *customer.Stale
		if !errors.As(err, &stale) || !fault.Is(err, fault.Conflict) {
			t.Fatalf("%v", err)
		}
		if stale.Now.Version != version+1 || len(stale.Facts) == 0 {
			t.Errorf("the difference is not told: %+v", stale)
		}
		for _, f := range stale.Facts {
			if f.Field == "post" && f.Value != "总监" {
				t.Errorf("says %s", f.Value)
			}
		}
	})
}

func TestUnchangedValuesChangeNothing(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明", "phone", "13812345678", "document_no", "E12345678")
	untouched(t, h, "the same again", func() {
		if err := h.Change(h.Clerk(), id, modelstest.Facts("name", " 王小明", "phone", "138 1234 5678", "document_no", "e1234 5678", "post", "")...); err != nil {
			t.Error(err)
		}
	})
}

func TestHistoryKeepsWhoWhenWhereChannelAndReplacedValue(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuestBy(h.Clerk(), "王小明", "post", "经理")
	away := h.AddPerson("away", policies.FrontDesk, modelstest.Hangzhou)
	h.Clock.Advance(90 * time.Minute)
	err := h.Customers.Edit(ctx, away, h.Catalogue(), customer.Edit{PublicID: id, Values: modelstest.Facts("post", "总监"), Channel: "call_in", Version: 1, Once: "edit-1"})
	if err != nil {
		t.Fatal(err)
	}
	list := past(t, h, h.Clerk(), id, "post", 0)
	if len(list) != 2 {
		t.Fatalf("%d versions", len(list))
	}
	now, was := list[0], list[1]
	if now.Value != "总监" || now.State != customer.InForce || now.StaffID != away.StaffID || now.StaffName != "员工 away" || now.BranchZH != "杭州西湖店" ||
		now.Channel != "call_in" || now.Trust != 3 || !now.RecordedAt.Equal(h.Clock.Now()) {
		t.Errorf("in force: %+v", now)
	}
	if was.Value != "经理" || was.State != customer.Superseded || was.StaffID != h.Clerk().StaffID || was.BranchEN != "Shanghai Bund" || was.Channel != "service" ||
		!was.EndedAt.Equal(h.Clock.Now()) || was.EndedBy != now.N || !was.RecordedAt.Equal(modelstest.Opening) {
		t.Errorf("replaced: %+v", was)
	}
	if e := h.LastEvent(); e.Action != "fact.history_read" || e.Object != "post.0" {
		t.Errorf("reading the history is not recorded: %+v", e)
	}
	untouched(t, h, "the same call again", func() {
		err := h.Customers.Edit(ctx, away, h.Catalogue(), customer.Edit{PublicID: id, Values: modelstest.Facts("post", "总监"), Channel: "call_in", Version: 1, Once: "edit-1"})
		if err != nil {
			t.Errorf("%v", err)
		}
	})
}

func TestNoneIsNotUnknown(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明", "email", "-", "children", "-")
	for _, slot := range []string{"email.0", "children.0"} {
		if f, ok := h.Fact(id, slot); !ok || !f.None || f.Value != "" {
			t.Errorf("%s: %+v", slot, f)
		}
	}
	if _, ok := h.Fact(id, "plate.0"); ok {
		t.Error("unknown is a fact")
	}
	if err := h.Change(h.Clerk(), id, customer.Value{Field: "email", Remove: true}); err != nil {
		t.Fatal(err)
	}
	if _, ok := h.Fact(id, "email.0"); ok {
		t.Error("removed, yet in force")
	}
	if list := past(t, h, h.Clerk(), id, "email", 0); len(list) != 1 || !list[0].None || list[0].State != customer.Superseded {
		t.Errorf("%+v", list)
	}
	manager := h.Actor(policies.Manager)
	if err := h.Change(manager, id, modelstest.Facts("children", "2")...); err != nil {
		t.Fatal(err)
	}
	if err := h.Change(manager, id, modelstest.Facts("children", "-")...); err != nil {
		t.Fatal(err)
	}
	if list := past(t, h, manager, id, "children", 0); len(list) != 3 || list[1].Value != "2" || list[1].None || !list[0].None {
		t.Errorf("%+v", list)
	}
}

func TestEditIsHeldToTheFormsOfAdding(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明", "phone", "13812345678")
	for slot, v := range map[string]customer.Value{
		"phone.0":     {Field: "phone", Text: "123"},
		"name.0":      {Field: "name", Remove: true},
		"religion.0":  {Field: "religion", Text: "buddhism"},
		"child_sex.0": {Field: "child_sex", Text: "male"},
		"email.0":     {Field: "email", Text: "x"},
	} {
		untouched(t, h, slot, func() {
			if err := h.Change(h.Clerk(), id, v); !fault.Is(err, fault.Invalid) || slots(err)[slot] == "" {
				t.Errorf("%s: %v", slot, err)
			}
		})
	}
	for _, role := range []policies.Role{policies.Floor, policies.Marketing, policies.Admin, policies.Auditor} {
		untouched(t, h, string(role), func() {
			wantKind(t, string(role), h.Change(h.Actor(role), id, modelstest.Facts("post", "x")...), fault.Denied)
		})
	}
	for _, wrong := range []string{"", "K-0000000000", "1", "K-' OR 1=1-", strings.ToLower(id)} {
		untouched(t, h, wrong, func() {
			err := h.Customers.Edit(ctx, h.Clerk(), h.Catalogue(), customer.Edit{PublicID: wrong, Values: modelstest.Facts("post", "x"), Channel: "service", Version: 1})
			wantKind(t, wrong, err, fault.NotFound)
		})
	}
}

func TestOfTwoEditsAtOnceOneWinsAndTheOtherIsStale(t *testing.T) {
	h := modelstest.NewHouse(t)
	second := h.Again()
	a, cat := h.Clerk(), h.Catalogue()
	id := h.AddGuest("王小明", "post", "经理")
	for round := range 10 {
		version := h.Customer(id).Version
		errs := make([]error, 4)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Add(1)
			go func() {
				defer wg.Done()
				s := h
				if i%2 == 1 {
					s = second
				}
				errs[i] = s.Customers.Edit(ctx, a, cat, customer.Edit{PublicID: id, Channel: "service", Version: version, Values: modelstest.Facts("post", fmt.Sprintf("职务%d-%d", round, i))})
			}()
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			var stale *customer.Stale
			switch {
			case err == nil:
				won++
			case !errors.As(err, &stale):
				t.Errorf("the loser gets %v", err)
			}
		}
		if won != 1 || h.Customer(id).Version != version+1 {
			t.Fatalf("%d won, version %d to %d", won, version, h.Customer(id).Version)
		}
	}
	if n := len(past(t, h, a, id, "post", 0)); n != 11 {
		t.Errorf("%d versions after ten edits", n)
	}
}

func TestEditThatCannotBeRecordedChangesNothing(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明", "post", "经理")
	h.Run("DROP TABLE audit_events")
	if err := h.Change(h.Clerk(), id, modelstest.Facts("post", "总监", "name", "王大明")...); err == nil {
		t.Error("saved without a record")
	}
	if f, _ := h.Fact(id, "post.0"); f.Value != "经理" || h.Customer(id).Version != 1 || h.Customer(id).Name != "王小明" {
		t.Errorf("%+v", f)
	}
}

func TestSwitchedOffFactsAreKeptAndShownToNobody(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明", "post", "经理", "phone", "13812345678")
	h.SwitchField("post", false)
	h.SwitchField("phone", false)
	_, _, err := h.Customers.History(ctx, h.Actor(policies.Owner), h.Catalogue(), id, "post", 0, 0)
	wantKind(t, "history", err, fault.Denied)
	f, ok := h.Fact(id, "phone.0")
	if !ok {
		t.Fatal("the fact is gone")
	}
	_, _, err = h.Customers.Reveal(ctx, h.Actor(policies.Owner), h.Catalogue(), id, f.N, "check_in")
	wantKind(t, "reveal", err, fault.Denied)
	card, err := h.Cards.Open(ctx, h.Actor(policies.Owner), h.Catalogue(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range card.Groups {
		for _, e := range g.Entries {
			if e.Fact.Field == "post" || e.Fact.Field == "phone" {
				t.Errorf("the card shows %s", e.Fact.Field)
			}
		}
	}
}

func TestImportsDoNotDisplaceBetterTrustedFacts(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuestBy(h.Clerk(), "王小明", "post", "经理", "phone", "13812345678")
	join := func(channel customer.Channel, facts ...string) {
		t.Helper()
		b := h.Customers.NewBatch(h.Catalogue(), "CN", today)
		checked, problems := b.Check(customer.Individual, modelstest.Facts(facts...), false)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		b.JoinKnown(h.Customer(id).ID, checked, customer.Provenance{Channel: channel, Source: "file", StaffID: 1, BranchID: 1, At: h.Clock.Now()})
		if err := b.Write(ctx, nothing); err != nil {
			t.Fatal(err)
		}
	}
	h.Clock.Advance(time.Hour)
	join("list", "post", "董事长", "tier", "金卡", "phone", "+86 138 1234 5678")
	if f, _ := h.Fact(id, "post.0"); f.Value != "经理" {
		t.Errorf("a bought list displaced what the guest said: %s", f.Value)
	}
	if f, _ := h.Fact(id, "tier.0"); f.Value != "金卡" || f.Trust != 1 || f.Source != "file" {
		t.Errorf("what was unknown did not come in: %+v", f)
	}
	if list := past(t, h, h.Clerk(), id, "post", 0); len(list) != 2 || list[0].State != customer.Outranked || list[0].Value != "董事长" {
		t.Errorf("the outranked value is not kept: %+v", list)
	}
	if phones := h.Customer(id).Phones; len(phones) != 1 {
		t.Errorf("a known number came again: %v", phones)
	}
	join("list", "phone", "13987654321")
	if phones := h.Customer(id).Phones; len(phones) != 2 {
		t.Errorf("a new number took the place of the known one: %v", phones)
	}
	join("service", "post", "顾问")
	if f, _ := h.Fact(id, "post.0"); f.Value != "顾问" {
		t.Errorf("an equal source does not renew: %s", f.Value)
	}
	h.Clock.Advance(731 * 24 * time.Hour)
	join("list", "post", "退休")
	if f, _ := h.Fact(id, "post.0"); f.Value != "退休" {
		t.Errorf("a stale fact holds against a fresh one: %s", f.Value)
	}
}

func TestJoinsFindTheirCustomerByTheWholeKeyOnly(t *testing.T) {
	h := modelstest.NewHouse(t)
	long := h.AddGuest("王小明", "phone", "13891234567", "email", "ming@example.com", "member_no", "VIP-0042", "plate", "沪A12345", "document_kind", "other", "document_no", "7654321")
	want := h.Customer(long).ID
	for field, value := range map[string]string{"phone": "+8613891234567", "email": "Ming@Example.com", "member_no": "vip0042", "plate": "沪A12345", "document_no": "7654321"} {
		if got, err := h.Customers.ByKey(ctx, field, value); err != nil || got != want {
			t.Errorf("%s %s: %d, %v", field, value, got, err)
		}
	}
	for field, value := range map[string]string{"phone": "+85291234567", "email": "ming@example.co", "member_no": "vip004", "plate": "A12345", "document_no": "765432"} {
		if got, err := h.Customers.ByKey(ctx, field, value); err != nil || got != 0 {
			t.Errorf("%s %s is only part of a key, yet joins %d (%v)", field, value, got, err)
		}
	}
	h.AddGuest("李四", "phone", "+852 9123 4567")
	if got, err := h.Customers.ByKey(ctx, "phone", "+85291234567"); err != nil || got == want || got == 0 {
		t.Errorf("the number of another is the end of this one's: %d, %v", got, err)
	}
}
