package customer_test

import (
	"testing"

	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/models/rights"
)

func saysNo(t *testing.T, h *modelstest.House, id string, p consent.Purpose) {
	t.Helper()
	if err := h.Rights.Record(ctx, h.Clerk(), rights.Decision{PublicID: id, Purpose: p, Who: consent.Self, How: consent.Spoken}); err != nil {
		t.Fatal(err)
	}
}

func TestANoteAboutSafetyRecordsTheConsentItBrings(t *testing.T) {
	h := modelstest.NewHouse(t)
	for way, how := range map[string]consent.How{"spoken": consent.Spoken, "written": consent.Written, "message": consent.ByChat} {
		id := h.AddGuest("王小明")
		saysNo(t, h, id, consent.Safety)
		take := func(words string) {
			n := customer.Note{PublicID: id, Words: words, Channel: "service", Consent: way}
			if _, err := h.Customers.TakeNote(ctx, h.Clerk(), h.Catalogue(), n); err != nil {
				t.Fatal(err)
			}
		}
		take("花生过敏")
		states, err := consent.Of(ctx, h.Main, h.Customer(id).ID)
		if err != nil {
			t.Fatal(err)
		}
		if d, _ := states.Decision(consent.Safety, ""); !d.Given || d.How != how {
			t.Errorf("%s: %+v", way, d)
		}
		if e := h.LastEvent(); e.Action != "consent.given" || e.Object != string(consent.Safety) {
			t.Errorf("%s is recorded as %+v", way, e.Event)
		}
		take("虾过敏") // agreed already: nothing to record again
		if n := h.Count("SELECT COUNT(*) FROM consent_events WHERE customer_id = ?", h.Customer(id).ID); n != 2 {
			t.Errorf("%s: %d events", way, n)
		}
	}
}

func TestANoteThatTheGuestDoesNotLetUsKeepIsRefusedAtItsWords(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	saysNo(t, h, id, consent.Service)
	_, err := h.Customers.TakeNote(ctx, h.Clerk(), h.Catalogue(), customer.Note{PublicID: id, Words: "枕头要高", Channel: "service"})
	if f, ok := err.(*fault.Error); !ok || f.Fields["words"].Key != "consent.not_kept" {
		t.Errorf("%v", err)
	}
	if n := h.Count("SELECT COUNT(*) FROM preferences"); n != 0 {
		t.Errorf("%d are kept", n)
	}
}
