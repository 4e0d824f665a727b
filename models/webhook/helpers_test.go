package webhook_test

import (
	"context"
	"testing"

	"shuke/models/db"
	"shuke/models/modelstest"
	"shuke/models/webhook"
	"shuke/policies"
)

var ctx = context.Background()

const address = "https://hooks.example.com/shuke"

// add makes an endpoint that hears of the kinds, of all when none are named.
func add(t *testing.T, h *modelstest.House, kinds ...string) webhook.Endpoint {
	t.Helper()
	if len(kinds) == 0 {
		kinds = webhook.Kinds
	}
	id, _, err := h.Webhooks.Add(ctx, h.Actor(policies.Admin), webhook.Draft{Address: address, Kinds: kinds})
	if err != nil {
		t.Fatal(err)
	}
	return find(t, h, id)
}

func find(t *testing.T, h *modelstest.House, id string) webhook.Endpoint {
	t.Helper()
	e, err := h.Webhooks.Find(ctx, h.Actor(policies.Admin), id)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func draftOf(e webhook.Endpoint) webhook.Draft {
	return webhook.Draft{ID: e.ID, Address: e.Address, Kinds: e.Kinds, On: e.On, Version: e.Version}
}

// emit tells of events, one transaction for all.
func emit(t *testing.T, h *modelstest.House, kind string, ids ...string) {
	t.Helper()
	if err := h.Main.InTx(ctx, func(tx *db.Tx) error { return webhook.EmitAll(tx, kind, ids, h.Clock.Now()) }); err != nil {
		t.Fatal(err)
	}
}

// claim takes what may be sent to the endpoint as it stands now.
func claim(t *testing.T, h *modelstest.House, id string, n int) webhook.Claim {
	t.Helper()
	c, err := h.Webhooks.Claim(ctx, find(t, h, id), n)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func settle(t *testing.T, h *modelstest.House, c webhook.Claim, d webhook.Delivery, r webhook.Result) {
	t.Helper()
	if err := h.Webhooks.Settle(ctx, c, d, r); err != nil {
		t.Fatal(err)
	}
}

func history(t *testing.T, h *modelstest.House, id string) webhook.History {
	t.Helper()
	out, err := h.Webhooks.History(ctx, h.Actor(policies.Admin), id)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var (
	delivered = webhook.Result{Status: 204}
	refused   = webhook.Result{Reason: webhook.ReasonStatus, Status: 500}
)
