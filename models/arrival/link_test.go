package arrival_test

import (
	"testing"

	"shuke/models/arrival"
	"shuke/models/modelstest"
	"shuke/models/stay"
)

// A full list of a property system ends what it named and names no more, and
// nothing else: not the guest of a booking programme whose numbers it never heard,
// nor one entered by hand.
func TestAFullListOfAPropertySystemEndsOnlyWhatItOnceNamed(t *testing.T) {
	h := modelstest.NewHouse(t)
	clerk := h.Clerk()
	tell := func(event arrival.LinkEvent, ref, room, name string) {
		t.Helper()
		err := h.Arrivals.TakeFromLink(ctx, clerk.BranchID, clerk.Zone, arrival.FromLink{Event: event, Reservation: ref, Room: room, Name: name, ArriveOn: clerk.Today(), DepartOn: clerk.Now.AddDate(0, 0, 2).Format("2006-01-02")})
		if err != nil {
			t.Fatal(err)
		}
	}
	status := func(id string) stay.Status {
		t.Helper()
		s, err := h.Arrivals.Stays().Find(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		return s.Status
	}
	web := book(t, h, func(b *arrival.Booking) {
		b.GuestName, b.Ref, b.Room, b.Status = "网订客人", "WEB-77", "601", stay.InHouse
	})
	hand := book(t, h, func(b *arrival.Booking) { b.GuestName, b.Room, b.Status = "散客", "602", stay.InHouse })
	known := book(t, h, func(b *arrival.Booking) {
		b.GuestName, b.Ref, b.Room, b.Status = "SMITH JOHN", "4711", "603", stay.InHouse
	})
	tell(arrival.LinkCheckedIn, "4711", "603", "SMITH JOHN")
	tell(arrival.LinkCheckedIn, "4712", "604", "LI LEI")
	if err := h.Arrivals.ResyncedFromLink(ctx, clerk.BranchID, clerk.Zone, []string{"4712"}); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]stay.Status{web: stay.InHouse, hand: stay.InHouse, known: stay.Departed} {
		if got := status(id); got != want {
			t.Errorf("%s is %s, not %s", id, got, want)
		}
	}
	if n := h.Count("SELECT COUNT(*) FROM stays WHERE ref = '4712' AND status = 'in_house'"); n != 1 {
		t.Error("one that is named was ended")
	}
	// A room that is checked out without a number is empty, whoever entered the guest.
	tell(arrival.LinkCheckedOut, "", "601", "")
	if got := status(web); got != stay.Departed {
		t.Errorf("the room is empty and its guest %s", got)
	}
}
