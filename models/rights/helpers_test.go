package rights_test

import (
	"context"
	"testing"
	"time"

	"shuke/models/consent"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/models/rights"
	"shuke/policies"
)

var ctx = context.Background()

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wrong returns the text at a field of a refused form, "" when there is none.
func wrong(err error, field string) string {
	f, ok := err.(*fault.Error)
	if !ok {
		return ""
	}
	return f.Fields[field].Key
}

func yes(id string, p consent.Purpose, channels ...consent.Channel) rights.Decision {
	return rights.Decision{PublicID: id, Purpose: p, Channels: channels, Given: true, Who: consent.Self, How: consent.Spoken, Wording: consent.Text{Of: string(p), Version: 1}}
}

func no(id string, p consent.Purpose, channels ...consent.Channel) rights.Decision {
	d := yes(id, p, channels...)
	d.Given, d.Wording = false, consent.Text{}
	return d
}

func states(t *testing.T, h *modelstest.House, id string) consent.States {
	t.Helper()
	s, err := consent.Of(ctx, h.Main, h.Customer(id).ID)
	must(t, err)
	return s
}

// leave is a guest who asks in writing to be forgotten.
func leave(id string) rights.Leave {
	return rights.Leave{PublicID: id, Who: consent.Self, How: consent.Written, Proof: "申请书在 3 号柜"}
}

// askedAndConfirmed lets a guest ask, a second person confirm, and the grace pass. It
// does not sweep.
func askedAndConfirmed(t *testing.T, h *modelstest.House, id string) {
	t.Helper()
	must(t, h.Rights.AskErasure(ctx, h.Actor(policies.Custodian), leave(id)))
	must(t, h.Rights.ConfirmErasure(ctx, h.Actor(policies.Owner), id, 1))
	h.Clock.Advance(consent.GraceOfErasure + time.Minute)
}
