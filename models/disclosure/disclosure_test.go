package disclosure_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/policies"
)

var ctx = context.Background()

func TestMoreCustomersThanTheSurfaceMayShowIsAnError(t *testing.T) {
	h := modelstest.NewHouse(t)
	a := h.Clerk()
	e := audit.By(a, "customer.looked_up")
	before := len(h.Events())
	if err := h.Gate.Show(ctx, a, e, disclosure.LookUp, 2, 1, 2, 3); !fault.Is(err, fault.Internal) {
		t.Errorf("three of at most two: %v", err)
	}
	if err := h.Gate.Show(ctx, a, e, disclosure.Card, 0, 1); !fault.Is(err, fault.Internal) {
		t.Errorf("one where none may be shown: %v", err)
	}
	if len(h.Events()) != before || h.Count("SELECT COUNT(*) FROM disclosures") != 0 {
		t.Error("a refused showing was counted")
	}
	if err := h.Gate.Show(ctx, a, e, disclosure.LookUp, 2, 1, 2); err != nil {
		t.Error(err)
	}
}

func TestLedgerCountsDistinctCustomersByDayAndSurface(t *testing.T) {
	h := modelstest.NewHouse(t)
	for _, name := range []string{"张一", "张二", "张三", "张四"} {
		h.AddGuest(name)
	}
	a := h.Clerk()
	show := func(s disclosure.Surface, ids ...int64) {
		t.Helper()
		if err := h.Gate.Show(ctx, a, audit.By(a, "customer.opened"), s, 8, ids...); err != nil {
			t.Fatal(err)
		}
	}
	show(disclosure.LookUp, 1, 2, 3)
	show(disclosure.LookUp, 2, 3, 4)
	show(disclosure.Card, 2)
	h.Clock.Advance(15 * time.Hour) // 00:42 of the next day in Shanghai, the same in UTC
	a = h.Clerk()
	show(disclosure.Card, 2)
	if n := h.Count("SELECT COUNT(DISTINCT customer_id) FROM disclosures WHERE staff_id = ?", a.StaffID); n != 4 {
		t.Errorf("%d customers", n)
	}
	if n := h.Count("SELECT times FROM disclosures WHERE customer_id = 3 AND surface = ?", disclosure.LookUp); n != 2 {
		t.Errorf("shown %d times", n)
	}
	if n := h.Count("SELECT COUNT(*) FROM disclosures WHERE surface = ? AND day IN (20261122, 20261123)", disclosure.Card); n != 2 {
		t.Errorf("%d days", n)
	}
	if n := h.Count("SELECT COUNT(*) FROM recents WHERE at = ?", db.Millis(h.Clock.Now())); n != 1 {
		t.Errorf("%d customers count as lately here, though one card was opened", n)
	}
}

func TestShowingsAtOnceAreAllCountedAndRecorded(t *testing.T) {
	h := modelstest.NewHouse(t)
	second := h.Again()
	actors := []policies.Actor{h.Clerk(), h.Actor(policies.Sales)}
	before := len(h.Events())
	var wg sync.WaitGroup
	for i := range 60 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			gate, a := h.Gate, actors[i%2]
			if i%3 == 0 {
				gate = second.Gate
			}
			if err := gate.Show(ctx, a, audit.By(a, "customer.opened"), disclosure.Card, 1, int64(i%5)+1); err != nil {
				t.Error(err)
			}
		}()
	}
	wg.Wait()
	if n := h.Count("SELECT SUM(times) FROM disclosures"); n != 60 {
		t.Errorf("%d of 60 are counted", n)
	}
	events := h.Events()
	if n := len(events) - before; n != 60 {
		t.Errorf("%d of 60 are recorded", n)
	}
	for i, e := range events {
		if e.Seq != int64(i)+1 {
			t.Fatalf("event %d has number %d", i, e.Seq)
		}
	}
}

func TestViewersNewestDayFirstAndLimited(t *testing.T) {
	h := modelstest.NewHouse(t)
	for day := range 5 {
		for _, role := range []policies.Role{policies.FrontDesk, policies.Sales} {
			a := h.Actor(role)
			if err := h.Gate.Show(ctx, a, audit.By(a, "customer.opened"), disclosure.Card, 1, 7); err != nil {
				t.Fatal(day, err)
			}
		}
		h.Clock.Advance(24 * time.Hour)
	}
	list, err := disclosure.Viewers(ctx, h.Main, 7, 4)
	if err != nil || len(list) != 4 {
		t.Fatalf("%d, %v", len(list), err)
	}
	for i := range list[1:] {
		if list[i+1].LastAt.After(list[i].LastAt) {
			t.Errorf("not in order: %s", fmt.Sprint(list))
		}
	}
	if none, err := disclosure.Viewers(ctx, h.Main, 8, 4); err != nil || len(none) != 0 {
		t.Errorf("%v, %v", none, err)
	}
}
