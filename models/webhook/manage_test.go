package webhook_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/models/vault"
	"shuke/models/webhook"
	"shuke/policies"
)

// unchanged runs an act that must be refused and leaves everything as it was.
func unchanged(t *testing.T, h *modelstest.House, what string, kind fault.Kind, act func() error) {
	t.Helper()
	state := func() [4]int64 {
		return [4]int64{int64(len(h.Events())), h.Count("SELECT COUNT(*) FROM webhooks"), h.Count("SELECT COALESCE(SUM(version), 0) FROM webhooks"),
			h.Count("SELECT COUNT(*) FROM webhook_subscriptions") + 1000*h.Count("SELECT COUNT(*) FROM webhook_deliveries")}
	}
	before := state()
	if err := act(); !fault.Is(err, kind) {
		t.Errorf("%s: %v", what, err)
	}
	if after := state(); after != before {
		t.Errorf("%s: refused, yet %v became %v", what, before, after)
	}
}

func TestOnlyAdministratorAndOwnerManageEndpointsAndNeverByToken(t *testing.T) {
	h := modelstest.NewHouse(t)
	e := add(t, h)
	refusals := func(a policies.Actor, who string) {
		t.Helper()
		d := draftOf(e)
		for what, act := range map[string]func() error{
			"add":    func() error { _, _, err := h.Webhooks.Add(ctx, a, d); return err },
			"edit":   func() error { return h.Webhooks.Edit(ctx, a, d) },
			"renew":  func() error { _, err := h.Webhooks.Renew(ctx, a, e.ID); return err },
			"remove": func() error { return h.Webhooks.Remove(ctx, a, e.ID) },
			"test":   func() error { _, err := h.Webhooks.NewTest(ctx, a, e.ID); return err },
		} {
			unchanged(t, h, what+" by "+who, fault.Denied, act)
		}
	}
	for _, role := range policies.Roles {
		a := h.Actor(role)
		_, err := h.Webhooks.All(ctx, a)
		if may := role == policies.Admin || role == policies.Owner; (err == nil) != may {
			t.Errorf("%s reads: %v", role, err)
		} else if !may {
			refusals(a, string(role))
			continue
		}
		unconfirmed := a
		unconfirmed.EmploymentConfirmed = false
		refusals(unconfirmed, string(role)+", unconfirmed")
		a.Via, a.Scopes = policies.Token, policies.EveryScope
		refusals(a, string(role)+" by token")
		if _, err := h.Webhooks.All(ctx, a); !fault.Is(err, fault.Denied) {
			t.Errorf("%s by token reads: %v", role, err)
		}
	}
	refusals(modelstest.Shell(), "the command line")
}

func TestBadEndpointFormsNameTheirField(t *testing.T) {
	h := modelstest.NewHouse(t)
	for _, kinds := range [][]string{nil, {""}, {"customer.created", "everything"}, {webhook.Test}} {
		unchanged(t, h, strings.Join(kinds, " "), fault.Invalid, func() error {
			_, _, err := h.Webhooks.Add(ctx, h.Actor(policies.Owner), webhook.Draft{Address: address, Kinds: kinds})
			if at(err, "kinds") == "" {
				t.Errorf("%v: nothing said at the kinds: %v", kinds, err)
			}
			return err
		})
	}
}

func TestSecretIsSealedAndDiesWithItsEndpoint(t *testing.T) {
	h := modelstest.NewHouse(t)
	owner := h.Actor(policies.Owner)
	id, secret, err := h.Webhooks.Add(ctx, owner, webhook.Draft{Address: address, Kinds: webhook.Kinds})
	if err != nil || !strings.HasPrefix(secret, "shukehook_") || len(secret) < 50 {
		t.Fatalf("%q, %v", secret, err)
	}
	var sealed []byte
	if err := h.Main.Read(ctx).Raw("SELECT secret FROM webhooks WHERE id = ?", id).Row().Scan(&sealed); err != nil || bytes.Contains(sealed, []byte(secret[12:24])) {
		t.Errorf("lies open: %v", err)
	}
	for _, address := range []string{h.MainAddress, h.KeysAddress} {
		path, onDisk := strings.CutPrefix(address, "sqlite:")
		for _, suffix := range []string{"", "-wal"} {
			if content, err := os.ReadFile(path + suffix); onDisk && err == nil && bytes.Contains(content, []byte(secret)) {
				t.Errorf("%s%s holds the secret", path, suffix)
			}
		}
	}
	if got, err := h.Again().Webhooks.Secret(ctx, id); err != nil || got != secret {
		t.Errorf("opens as %q, %v", got, err)
	}
	renewed, err := h.Webhooks.Renew(ctx, owner, id)
	if got, _ := h.Webhooks.Secret(ctx, id); err != nil || renewed == secret || got != renewed {
		t.Errorf("renewed as %q, opens as %q, %v", renewed, got, err)
	}
	for _, e := range h.Events() {
		for _, d := range e.Details {
			if strings.Contains(d.Value, "shukehook_") || strings.Contains(d.Value, "/shuke") {
				t.Errorf("the record holds %q", d.Value)
			}
		}
	}
	other := add(t, h)
	h.Run("UPDATE webhooks SET secret = ? WHERE id = ?", sealed, other.ID)
	if _, err := h.Webhooks.Secret(ctx, other.ID); err == nil {
		t.Error("a sealed secret opens at another endpoint")
	}
	if err := h.Webhooks.Remove(ctx, owner, id); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Vault.Key(ctx, vault.Webhook(id)); !fault.Is(err, fault.Gone) {
		t.Errorf("the key outlives its endpoint: %v", err)
	}
}

func TestSameFormMakesOneEndpointAndShowsItsSecretOnce(t *testing.T) {
	h := modelstest.NewHouse(t)
	d := webhook.Draft{Address: address, Kinds: webhook.Kinds, Once: "form-1"}
	if _, _, err := h.Webhooks.Add(ctx, h.Actor(policies.Owner), d); err != nil {
		t.Fatal(err)
	}
	unchanged(t, h, "again", fault.Conflict, func() error { _, _, err := h.Again().Webhooks.Add(ctx, h.Actor(policies.Owner), d); return err })
	var keys int64
	if err := h.Keys.Read(ctx).Raw("SELECT COUNT(*) FROM data_keys WHERE owner LIKE 'webhook:%'").Row().Scan(&keys); err != nil || keys != 1 {
		t.Errorf("%d keys, %v", keys, err)
	}
}

func TestEndpointsAreFew(t *testing.T) {
	h := modelstest.NewHouse(t)
	for range webhook.EndpointsMost {
		add(t, h)
	}
	unchanged(t, h, "one more", fault.Conflict, func() error {
		_, _, err := h.Webhooks.Add(ctx, h.Actor(policies.Owner), webhook.Draft{Address: address, Kinds: webhook.Kinds})
		return err
	})
}

func TestStaleEndpointFormChangesNothing(t *testing.T) {
	h := modelstest.NewHouse(t)
	d := draftOf(add(t, h))
	first, second := d, d
	first.Kinds, second.Kinds = webhook.Kinds[:1], webhook.Kinds[1:2]
	if err := h.Webhooks.Edit(ctx, h.Actor(policies.Owner), first); err != nil {
		t.Fatal(err)
	}
	unchanged(t, h, "the later form", fault.Conflict, func() error { return h.Webhooks.Edit(ctx, h.Actor(policies.Admin), second) })
}

func TestEndpointThatIsOffHearsNothingAndWhatWaitedIsDropped(t *testing.T) {
	h := modelstest.NewHouse(t)
	e := add(t, h)
	emit(t, h, webhook.CustomerChanged, "K-0000000001")
	d := draftOf(e)
	d.On = false
	if err := h.Webhooks.Edit(ctx, h.Actor(policies.Owner), d); err != nil {
		t.Fatal(err)
	}
	emit(t, h, webhook.CustomerChanged, "K-0000000002")
	all := history(t, h, e.ID)
	if len(all.Waiting) != 0 || len(all.Ended) != 1 || all.Ended[0].Outcome != webhook.GivenUp || all.Ended[0].Reason != webhook.ReasonOff {
		t.Errorf("%+v", all)
	}
	if ready, err := h.Webhooks.Ready(ctx); err != nil || len(ready) != 0 {
		t.Errorf("%v, %v", ready, err)
	}
	d.On, d.Version, d.Kinds = true, find(t, h, e.ID).Version, []string{webhook.ArrivalChanged}
	if err := h.Webhooks.Edit(ctx, h.Actor(policies.Owner), d); err != nil {
		t.Fatal(err)
	}
	emit(t, h, webhook.CustomerChanged, "K-0000000003")
	emit(t, h, webhook.ArrivalChanged, "K-0000000004")
	if all := history(t, h, e.ID); len(all.Waiting) != 1 || all.Waiting[0].Customer != "K-0000000004" {
		t.Errorf("%+v", all.Waiting)
	}
}

func TestRemovedEndpointLeavesNothing(t *testing.T) {
	h := modelstest.NewHouse(t)
	e, stays := add(t, h), add(t, h)
	emit(t, h, webhook.CustomerChanged, "K-0000000001")
	c := claim(t, h, e.ID, 10)
	if err := h.Webhooks.Remove(ctx, h.Actor(policies.Owner), e.ID); err != nil {
		t.Fatal(err)
	}
	settle(t, h, c, c.Deliveries[0], refused) // the sender comes back from an address that is gone
	for _, table := range []string{"webhook_deliveries", "webhook_subscriptions"} {
		if n := h.Count("SELECT COUNT(*) FROM " + table + " WHERE webhook_id = '" + e.ID + "'"); n != 0 {
			t.Errorf("%d rows left in %s", n, table)
		}
	}
	if all := history(t, h, stays.ID); len(all.Waiting) != 1 {
		t.Errorf("another endpoint lost its own: %+v", all)
	}
	unchanged(t, h, "twice", fault.NotFound, func() error { return h.Webhooks.Remove(ctx, h.Actor(policies.Owner), e.ID) })
}
