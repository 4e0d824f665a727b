package arrival_test

import (
	"testing"

	"shuke/models/arrival"
	"shuke/models/modelstest"
	"shuke/models/uses"
	"shuke/policies"
)

func TestWishesOnASheetAreUsed(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	note(t, h, id, "bed_pillow", "枕头要高", "do")
	book(t, h, func(b *arrival.Booking) { b.Customer = id })
	if row := only(t, open(t, h, h.Actor(policies.Manager))); len(row.Preparations) != 1 {
		t.Fatalf("%d preparations", len(row.Preparations))
	}
	if err := h.Uses.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	if n := h.Count("SELECT COALESCE(SUM(times), 0) FROM field_uses WHERE field = 'care_instruction' AND used_as = ?", string(uses.Arrival)); n != 1 {
		t.Errorf("used %d times", n)
	}
}
