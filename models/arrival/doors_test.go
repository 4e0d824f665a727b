package arrival_test

import (
	"fmt"
	"slices"
	"testing"

	"shuke/models/arrival"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/models/stay"
	"shuke/policies"
)

// A form says of every line how it was and how it is; only what its reader turned
// is turned.
func TestTicksOfAFormLeaveWhatOthersTicked(t *testing.T) {
	h := modelstest.NewHouse(t)
	guest := h.AddGuest("王小明")
	for _, words := range []string{"枕头要高", "被子要薄", "窗帘要遮光"} {
		note(t, h, guest, "bed_pillow", words, "do")
	}
	id := book(t, h, func(b *arrival.Booking) { b.Customer = guest })
	var keys []string
	for _, p := range only(t, open(t, h, h.Clerk())).Preparations {
		keys = append(keys, p.Key)
	}
	manager, cat := h.Actor(policies.Manager), h.Catalogue()
	for _, key := range keys[1:] { // while the clerk's page stood open
		if _, err := h.Arrivals.Tick(ctx, manager, cat, id, key, true); err != nil {
			t.Fatal(err)
		}
	}
	row, err := h.Arrivals.TickAll(ctx, h.Clerk(), cat, id, []string{keys[0], keys[1], "w999"}, []string{keys[2]})
	if err != nil {
		t.Fatal(err)
	}
	var done []string
	for _, p := range row.Preparations {
		done = append(done, fmt.Sprint(p.Done(), p.DoneBy == manager.Name))
	}
	if want := []string{"true false", "true true", "false false"}; !slices.Equal(done, want) {
		t.Errorf("%v", done)
	}
	if n := h.Count("SELECT COUNT(*) FROM audit_events WHERE action LIKE 'preparation.%done'"); n != 4 {
		t.Errorf("%d events", n)
	}
	if _, err := h.Arrivals.TickAll(ctx, h.Clerk(), cat, id, []string{"w999"}, nil); !fault.Is(err, fault.Conflict) {
		t.Errorf("what is gone: %v", err)
	}
}

// What a sheet does not show is not changed from a page either, by nobody who
// remembers its number; a program that booked it brings its past in order.
func TestAStayOfAnotherTimeIsChangedByNoPage(t *testing.T) {
	h := modelstest.NewHouse(t)
	guest, other := h.AddGuest("王小明"), h.AddGuest("李想")
	manager := h.Actor(policies.Manager)
	id := book(t, h, func(b *arrival.Booking) {
		b.Customer, b.Status, b.ArriveOn, b.DepartOn = guest, stay.Departed, "2026-01-10", "2026-01-12"
	})
	before := h.Count("SELECT version FROM stays WHERE public_id = ?", id)
	for what, err := range map[string]error{
		"changed": h.Arrivals.Change(ctx, manager, arrival.Booking{StayID: id, Version: before, Status: stay.Reserved, ArriveOn: manager.Today(), DepartOn: manager.Today(), ETA: -1, Customer: guest}),
		"turned":  h.Arrivals.Turn(ctx, manager, id, before, stay.InHouse),
		"claimed": h.Arrivals.Claim(ctx, manager, id, before, other),
	} {
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if now := h.Count("SELECT version FROM stays WHERE public_id = ?", id); now != before {
		t.Errorf("version %d, was %d", now, before)
	}
}

// A tick answers with the guest, so it is counted like reading the sheet: also the
// one that changes nothing.
func TestATickIsCountedLikeARowThatIsRead(t *testing.T) {
	h := modelstest.NewHouse(t)
	guest := h.AddGuest("王小明")
	note(t, h, guest, "bed_pillow", "枕头要高", "do")
	id := book(t, h, func(b *arrival.Booking) { b.Customer = guest })
	key := only(t, open(t, h, h.Clerk())).Preparations[0].Key
	floor := h.Actor(policies.Floor)
	seen := func() int64 {
		return h.Count("SELECT COUNT(*) FROM audit_events WHERE action = 'arrival.row_opened' AND actor_id = ?", floor.StaffID)
	}
	for want, done := range []bool{true, true, false, false} {
		if _, err := h.Arrivals.Tick(ctx, floor, h.Catalogue(), id, key, done); err != nil {
			t.Fatal(err)
		}
		if got := seen(); got != int64(want+1) {
			t.Errorf("tick %d: %d rows on record", want+1, got)
		}
	}
	if n := h.Count("SELECT COUNT(*) FROM disclosures WHERE staff_id = ? AND customer_id = ?", floor.StaffID, h.Customer(guest).ID); n != 1 {
		t.Errorf("%d in the ledger", n)
	}
}

// The same reservation sent again by a program does not undo what the house did.
func TestAReservationSentAgainDoesNotUndoTheCheckIn(t *testing.T) {
	h := modelstest.NewHouse(t)
	program := h.Actor(policies.Manager)
	program.Via, program.Scopes = policies.Token, policies.EveryScope
	b := arrival.Booking{Ref: "R-7", Status: stay.Reserved, ArriveOn: program.Today(), DepartOn: program.Today(), ETA: -1, GuestName: "客人", Language: "fr"}
	id, err := h.Arrivals.Book(ctx, program, b)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Arrivals.Turn(ctx, h.Clerk(), id, 1, stay.InHouse); err != nil {
		t.Fatal(err)
	}
	b.Note, b.Language = "加一张床", ""
	if _, err := h.Arrivals.Book(ctx, program, b); err != nil {
		t.Fatal(err)
	}
	in, err := h.Arrivals.Stays().Find(ctx, id)
	if err != nil || in.Status != stay.InHouse || in.ArrivedAt.IsZero() || in.Note != "加一张床" || in.Language != "fr" {
		t.Errorf("%+v %v", in, err)
	}
}
