package arrival_test

import (
	"fmt"
	"strings"
	"testing"

	"shuke/models/arrival"
	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/models/rights"
	"shuke/models/stay"
	"shuke/policies"
)

// withdraws records that a guest no longer agrees to a purpose.
func withdraws(t *testing.T, h *modelstest.House, id string, p consent.Purpose) {
	t.Helper()
	if err := h.Rights.Record(ctx, h.Clerk(), rights.Decision{PublicID: id, Purpose: p, Who: consent.Self, How: consent.Spoken}); err != nil {
		t.Fatal(err)
	}
}

func TestAWithdrawalTakesWishesOffTheSheet(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	note(t, h, id, "bed_pillow", "枕头要高", "do")
	note(t, h, id, "allergy_safety", "花生过敏", "never")
	book(t, h, func(b *arrival.Booking) { b.Customer = id })
	if row := only(t, open(t, h, h.Clerk())); len(row.Preparations) != 1 || len(row.Never) != 1 {
		t.Fatalf("before: %+v", row)
	}
	withdraws(t, h, id, consent.Service)
	if row := only(t, open(t, h, h.Clerk())); len(row.Preparations) != 0 || len(row.Never) != 1 {
		t.Errorf("service withdrawn: %+v", row)
	}
	withdraws(t, h, id, consent.Safety)
	row := only(t, open(t, h, h.Clerk()))
	if len(row.Never) != 0 || strings.Contains(fmt.Sprintf("%+v", row), "花生") {
		t.Errorf("safety withdrawn: %+v", row)
	}
	note(t, h, id, "allergy_safety", "虾过敏", "never") // says so anew, and agrees with it
	if row := only(t, open(t, h, h.Clerk())); len(row.Never) != 2 {
		t.Errorf("agreed again: %+v", row)
	}
}

func TestWhoAvoidsABranchIsAReservationThereAndNoMore(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明", "address_as", "王老师")
	note(t, h, id, "bed_pillow", "枕头要高", "do")
	stayID := book(t, h, func(b *arrival.Booking) { b.Customer = id; b.Room = "1206" })
	err := h.Rights.Restrict(ctx, h.Actor(policies.Manager), rights.Restricting{PublicID: id, Restriction: consent.Restriction{Kind: consent.NotBranch, NotAt: h.Clerk().BranchID, How: consent.Spoken}})
	if err != nil {
		t.Fatal(err)
	}
	row := only(t, open(t, h, h.Clerk()))
	if shown := fmt.Sprintf("%+v", row); !row.Withheld || row.Room != "1206" || row.Guest.Name != "" || row.Guest.PublicID != "" || strings.Contains(shown, "王") || strings.Contains(shown, "枕头") {
		t.Errorf("%s", shown)
	}
	if _, err := h.Arrivals.Note(ctx, h.Clerk(), h.Catalogue(), stayID, customer.Note{Words: "要一杯水", Channel: "service"}); !fault.Is(err, fault.Denied) {
		t.Errorf("a note: %v", err)
	}
	if row := only(t, open(t, h, h.Actor(policies.Manager))); row.Withheld || row.Guest.PublicID != id || len(row.Preparations) != 1 {
		t.Errorf("the manager sees %+v", row)
	}
}

func TestWhoAskedToBeForgottenIsOnNobodysSheet(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	note(t, h, id, "bed_pillow", "枕头要高", "do")
	book(t, h, func(b *arrival.Booking) { b.Customer = id })
	if err := h.Rights.AskErasure(ctx, h.Actor(policies.Custodian), rights.Leave{PublicID: id, Who: consent.Self, How: consent.Written, Proof: "3 号柜"}); err != nil {
		t.Fatal(err)
	}
	for _, role := range []policies.Role{policies.FrontDesk, policies.Manager} {
		if row := only(t, open(t, h, h.Actor(role))); !row.Withheld || row.Guest.Name != "" || len(row.Preparations) != 0 {
			t.Errorf("%s sees %+v", role, row)
		}
	}
}

// What a house does with a room goes on whoever sleeps in it, and tells nobody who
// that is.
func TestTheStayOfAGuestWhoIsWithheldIsChangedWithoutTheirName(t *testing.T) {
	for name, hide := range map[string]func(*modelstest.House, string) error{
		"not here": func(h *modelstest.House, id string) error {
			return h.Rights.Restrict(ctx, h.Actor(policies.Manager), rights.Restricting{PublicID: id, Restriction: consent.Restriction{Kind: consent.NotBranch, NotAt: h.Clerk().BranchID, How: consent.Spoken}})
		},
		"forgotten": func(h *modelstest.House, id string) error {
			return h.Rights.AskErasure(ctx, h.Actor(policies.Custodian), rights.Leave{PublicID: id, Who: consent.Self, How: consent.Written, Proof: "3 号柜"})
		},
		"a tombstone": func(h *modelstest.House, id string) error {
			return h.Main.InTx(ctx, func(tx *db.Tx) error { return customer.Forget(tx, h.Customer(id).ID) })
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := modelstest.NewHouse(t)
			guest := h.AddGuest("王小明")
			whose := h.Customer(guest).ID
			id := book(t, h, func(b *arrival.Booking) { b.Customer = guest })
			if err := hide(h, guest); err != nil {
				t.Fatal(err)
			}
			a := h.Clerk()
			row := only(t, open(t, h, a))
			if !row.Withheld || row.Forgotten != (name != "not here") || !customer.IsWithheld(row.Refused()) {
				t.Errorf("%+v", row)
			}
			b := arrival.Booking{StayID: id, Version: 1, Status: stay.InHouse, ArriveOn: a.Today(), DepartOn: "2026-11-25", ETA: -1, Room: "808", Adults: 2, Once: "x"}
			if err := h.Arrivals.Change(ctx, a, b); err != nil {
				t.Fatal(err)
			}
			in, err := h.Arrivals.Stays().Find(ctx, id)
			if err != nil || in.Room != "808" || in.Status != stay.InHouse || in.Nights != 3 || in.CustomerID != whose || in.GuestName != "" {
				t.Errorf("%+v %v", in, err)
			}
		})
	}
}

// Whose a stay is says its claim, which asks of both; a form does not.
func TestAChangeOfAStayDoesNotSayWhoseItIs(t *testing.T) {
	h := modelstest.NewHouse(t)
	guest, other := h.AddGuest("王小明"), h.AddGuest("李想")
	id := book(t, h, func(b *arrival.Booking) { b.Customer = guest })
	a := h.Clerk()
	if err := h.Arrivals.Change(ctx, a, arrival.Booking{StayID: id, Version: 1, Customer: other, Status: stay.Reserved, ArriveOn: a.Today(), DepartOn: a.Today(), ETA: -1}); err != nil {
		t.Fatal(err)
	}
	if who := owner(t, h, id); who != "王小明" {
		t.Errorf("now it is %q's", who)
	}
}
