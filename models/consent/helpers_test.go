package consent_test

import (
	"context"
	"testing"

	"shuke/models/consent"
	"shuke/models/db"
	"shuke/models/modelstest"
)

var ctx = context.Background()

// said is what a customer says in a test, spoken at the counter.
func said(h *modelstest.House, id int64, p consent.Purpose, c consent.Channel, given bool) consent.Event {
	return consent.Event{CustomerID: id, Purpose: p, Channel: c, Given: given, Who: consent.Self, How: consent.Spoken, Wording: consent.Text{Of: string(p), Version: 1},
		By: 1, Branch: 1, Via: "browser", At: h.Clock.Now()}
}

func appendAll(t *testing.T, h *modelstest.House, events ...consent.Event) {
	t.Helper()
	for _, e := range events {
		if err := h.Main.InTx(ctx, func(tx *db.Tx) error { return consent.Append(tx, e) }); err != nil {
			t.Fatal(err)
		}
	}
}

func of(t *testing.T, h *modelstest.House, id int64) consent.States {
	t.Helper()
	s, err := consent.Of(ctx, h.Main, id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func restrict(t *testing.T, h *modelstest.House, id int64, r consent.Restriction) int64 {
	t.Helper()
	r.How, r.At = consent.Spoken, h.Clock.Now()
	var n int64
	if err := h.Main.InTx(ctx, func(tx *db.Tx) (err error) { n, err = consent.Restrict(tx, id, r); return err }); err != nil {
		t.Fatal(err)
	}
	return n
}
