package disclosure_test

import (
	"context"
	"testing"
	"time"

	"shuke/models/disclosure"
	"shuke/models/modelstest"
	"shuke/policies"
)

func TestMineCountsCustomersOnceAndRevealsEachTimeAndOnlyToday(t *testing.T) {
	h := modelstest.NewHouse(t)
	ctx := context.Background()
	var ids []string
	for _, name := range []string{"王小明", "李梅"} {
		ids = append(ids, h.AddGuest(name, "phone", "13812345678"))
	}
	fact, _ := h.Fact(ids[0], "phone.0")
	for range 2 {
		for _, id := range ids {
			if _, err := h.Cards.Open(ctx, h.Clerk(), h.Catalogue(), id); err != nil {
				t.Fatal(err)
			}
		}
		if _, _, err := h.Customers.Reveal(ctx, h.Clerk(), h.Catalogue(), ids[0], fact.N, "check_in"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := h.Cards.Open(ctx, h.Actor(policies.Manager), h.Catalogue(), ids[0]); err != nil {
		t.Fatal(err)
	}
	mine := func() disclosure.Seen {
		t.Helper()
		seen, err := h.Gate.Mine(ctx, h.Clerk())
		if err != nil {
			t.Fatal(err)
		}
		return seen
	}
	if got := mine(); got != (disclosure.Seen{Cards: 2, Reveals: 2}) {
		t.Errorf("today is %+v", got)
	}
	h.Clock.Advance(24 * time.Hour)
	if got := mine(); got != (disclosure.Seen{}) {
		t.Errorf("the next day is %+v", got)
	}
}
