package webhook_test

import (
	"slices"
	"testing"
	"time"

	"shuke/models/arrival"
	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/modelstest"
	"shuke/models/rights"
	"shuke/models/stay"
	"shuke/models/webhook"
	"shuke/policies"
)

// Whatever changes a customer, a wish or an arrival tells those who asked to be
// told, in its transaction, and by the customer's public id alone.
func TestEveryChangeThatProgramsFollowIsEmitted(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	add(t, h, webhook.Kinds...)
	cat, clerk, manager := h.Catalogue(), h.Clerk(), h.Actor(policies.Manager)
	var wish customer.Noted
	var stayID string
	var err error
	steps := []struct {
		name string
		do   func() error
		want []string
	}{
		{"noted", func() error {
			wish, err = h.Customers.TakeNote(ctx, clerk, cat, customer.Note{PublicID: id, Words: "枕头要高", Area: "bed_pillow", Act: "do", Channel: "service"})
			return err
		}, []string{webhook.PreferenceChanged}},
		{"confirmed", func() error { return h.Customers.ConfirmNote(ctx, clerk, cat, id, wish.N) }, []string{webhook.PreferenceChanged}},
		{"booked", func() error {
			stayID, err = h.Arrivals.Book(ctx, manager, arrival.Booking{Customer: id, Status: stay.Reserved, ArriveOn: manager.Today(), DepartOn: manager.Today(), ETA: -1, Adults: 1})
			return err
		}, []string{webhook.ArrivalChanged}},
		{"ticked", func() error {
			_, err := h.Arrivals.Tick(ctx, manager, cat, stayID, stay.WishKey(wish.N), true)
			return err
		}, []string{webhook.ArrivalChanged}},
		{"retired", func() error { return h.Customers.RetireNote(ctx, clerk, cat, id, wish.N, "changed", "") }, []string{webhook.PreferenceChanged}},
		{"consented", func() error {
			return h.Rights.Record(ctx, clerk, rights.Decision{PublicID: id, Purpose: consent.Service, Who: consent.Self, How: consent.Spoken})
		}, []string{webhook.CustomerChanged}},
		{"restricted", func() error {
			return h.Rights.Restrict(ctx, clerk, rights.Restricting{PublicID: id, Restriction: consent.Restriction{Kind: consent.NoPhoto, How: consent.Spoken}})
		}, []string{webhook.CustomerChanged}},
		{"lifted", func() error { return h.Rights.LiftRestriction(ctx, clerk, id, 1) }, []string{webhook.CustomerChanged}},
		{"asked to be forgotten", func() error {
			return h.Rights.AskErasure(ctx, h.Actor(policies.Custodian), rights.Leave{PublicID: id, Who: consent.Self, How: consent.Written, Proof: "3 号柜"})
		}, []string{webhook.CustomerChanged}},
		{"forgotten", func() error {
			if err := h.Rights.ConfirmErasure(ctx, h.Actor(policies.Owner), id, 1); err != nil {
				return err
			}
			h.Clock.Advance(31 * 24 * time.Hour)
			_, err := h.Rights.Sweep(ctx)
			return err
		}, []string{webhook.CustomerErased}},
	}
	for _, s := range steps {
		h.Run("DELETE FROM webhook_deliveries")
		if err := s.do(); err != nil {
			t.Fatalf("%s: %v", s.name, err)
		}
		var kinds []string
		if err := h.Main.Read(ctx).Raw("SELECT kind FROM webhook_deliveries WHERE customer = ? ORDER BY kind", id).Scan(&kinds).Error; err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(kinds, s.want) || h.Count("SELECT COUNT(*) FROM webhook_deliveries") != int64(len(s.want)) {
			t.Errorf("%s: %v, want %v", s.name, kinds, s.want)
		}
	}
}
