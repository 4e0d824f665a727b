package rights_test

import (
	"strings"
	"testing"

	"shuke/models/consent"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/models/rights"
	"shuke/policies"
)

func TestWhoEditsCustomersRecordsWhatTheySay(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	for _, role := range policies.Roles {
		err := h.Rights.Record(ctx, h.Actor(role), yes(id, consent.Service))
		if may := h.Guard.Can(h.Actor(role), policies.CustomerEdit); (err == nil) != may || (err != nil && !fault.Is(err, fault.Denied)) {
			t.Errorf("%s: %v", role, err)
		}
		_, err = h.Rights.Open(ctx, h.Actor(role), id)
		if may := h.Guard.Can(h.Actor(role), policies.CustomerRead); (err == nil) != may {
			t.Errorf("%s reads: %v", role, err)
		}
	}
}

func TestAConsentIsOneEventAChannelAndOnTheRecordWithoutAWord(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	d := yes(id, consent.Marketing, consent.WeChat, consent.SMS, consent.SMS)
	d.How, d.Proof = consent.Written, "SENTINEL 登记表"
	must(t, h.Rights.Record(ctx, h.Clerk(), d))
	s := states(t, h, id)
	if len(s.Decisions) != 2 || !s.Allows(consent.Marketing, consent.SMS) || !s.Allows(consent.Marketing, consent.WeChat) || s.Allows(consent.Marketing, consent.Phone) {
		t.Errorf("%+v", s.Decisions)
	}
	e := h.LastEvent()
	if e.Action != "consent.given" || e.Object != "marketing" || e.CustomerID != h.Customer(id).ID || len(e.Commitments) != 1 || len(e.Details) != 5 {
		t.Errorf("recorded as %+v", e.Event)
	}
	for _, detail := range e.Details {
		if strings.Contains(detail.Value, "SENTINEL") {
			t.Error("the record holds the words of the proof")
		}
	}
	_, said, err := h.Rights.History(ctx, h.Clerk(), id, 0)
	if err != nil || len(said) != 2 || said[0].Proof != d.Proof || said[1].Proof != d.Proof {
		t.Errorf("%+v, %v", said, err)
	}
}

func TestTheSameFormSentTwiceSaysItOnce(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	d := yes(id, consent.Photo)
	d.Once = "form-1"
	must(t, h.Rights.Record(ctx, h.Clerk(), d))
	must(t, h.Rights.Record(ctx, h.Clerk(), d))
	if n := h.Count("SELECT COUNT(*) FROM consent_events"); n != 1 {
		t.Errorf("%d events", n)
	}
	d.Given = false
	if err := h.Rights.Record(ctx, h.Clerk(), d); !fault.Is(err, fault.Conflict) {
		t.Errorf("another form under the same key: %v", err)
	}
}

func TestAFirmIsAskedOnlyWhatConcernsFirms(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddCompany("望江软件")
	if err := h.Rights.Record(ctx, h.Clerk(), yes(id, consent.Child)); wrong(err, "purpose") == "" {
		t.Errorf("%v", err)
	}
	must(t, h.Rights.Record(ctx, h.Clerk(), yes(id, consent.Marketing, consent.Email)))
}

func TestRefusedDecisionsChangeNothing(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	before := len(h.Events())
	bad := yes(id, consent.Marketing, consent.SMS, "pigeon")
	if err := h.Rights.Record(ctx, h.Clerk(), bad); wrong(err, "channel") == "" {
		t.Errorf("%v", err)
	}
	if err := h.Rights.Record(ctx, h.Clerk(), yes("K-0000000000", consent.Service)); !fault.Is(err, fault.NotFound) {
		t.Errorf("%v", err)
	}
	if len(h.Events()) != before || h.Count("SELECT COUNT(*) FROM consent_events") != 0 {
		t.Error("something was written")
	}
}

func TestAWishHoldsAtOnceAndEndsOnRecord(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	w := rights.Restricting{PublicID: id, Restriction: consent.Restriction{Kind: consent.NotPerson, Person: "SENTINEL 李雷", Relation: "前夫", How: consent.Spoken}, Once: "w1"}
	must(t, h.Rights.Restrict(ctx, h.Clerk(), w))
	must(t, h.Rights.Restrict(ctx, h.Clerk(), w))
	s := states(t, h, id)
	if len(s.Restrictions) != 1 || !s.HidesFrom("SENTINEL 李雷") || s.Restrictions[0].Branch != h.Clerk().BranchID {
		t.Fatalf("%+v", s.Restrictions)
	}
	e := h.LastEvent()
	if e.Action != "restriction.recorded" || len(e.Commitments) != 1 {
		t.Errorf("%+v", e.Event)
	}
	for _, d := range e.Details {
		if strings.Contains(d.Value, "SENTINEL") {
			t.Error("the record names the person")
		}
	}
	must(t, h.Rights.LiftRestriction(ctx, h.Clerk(), id, 1))
	if e := h.LastEvent(); e.Action != "restriction.ended" || len(states(t, h, id).Restrictions) != 0 {
		t.Errorf("%+v", e.Event)
	}
	if err := h.Rights.LiftRestriction(ctx, h.Clerk(), id, 1); !fault.Is(err, fault.Conflict) {
		t.Errorf("ended twice: %v", err)
	}
	if err := h.Rights.Restrict(ctx, h.Actor(policies.Marketing), w); !fault.Is(err, fault.Denied) {
		t.Errorf("%v", err)
	}
}

func TestOpeningThePageIsRecordedBeforeItShows(t *testing.T) {
	h := modelstest.NewHouse(t)
	id := h.AddGuest("王小明")
	if _, err := h.Rights.Open(ctx, h.Clerk(), id); err != nil || h.LastEvent().Action != "consent.opened" || h.LastEvent().CustomerID != h.Customer(id).ID {
		t.Errorf("%+v, %v", h.LastEvent().Event, err)
	}
	if _, _, err := h.Rights.History(ctx, h.Clerk(), id, 0); err != nil || h.LastEvent().Action != "consent.history_read" {
		t.Errorf("%+v, %v", h.LastEvent().Event, err)
	}
	h.Run("DROP TABLE disclosures")
	if _, said, err := h.Rights.History(ctx, h.Clerk(), id, 0); !fault.Is(err, fault.Unavailable) || said != nil {
		t.Errorf("%v", err)
	}
	if _, err := h.Rights.Open(ctx, h.Clerk(), id); !fault.Is(err, fault.Unavailable) {
		t.Errorf("%v", err)
	}
}
