package webhook_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"shuke/models/calendar"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/modelstest"
	"shuke/models/webhook"
	"shuke/policies"
)

func TestWhereNobodyListensAnEventIsOneReadAndNoRow(t *testing.T) {
	h := modelstest.NewHouse(t)
	add(t, h, webhook.ArrivalChanged)
	traced, trace := db.WithTrace(ctx)
	var ids []string
	for i := range 1000 {
		ids = append(ids, fmt.Sprintf("K-%010d", i))
	}
	err := h.Main.InTx(traced, func(tx *db.Tx) error {
		before := len(trace.Statements())
		if err := webhook.EmitAll(tx, webhook.CustomerChanged, ids, h.Clock.Now()); err != nil {
			return err
		}
		if n := len(trace.Statements()) - before; n != 1 {
			t.Errorf("%d statements", n)
		}
		return nil
	})
	if err != nil || h.Count("SELECT COUNT(*) FROM webhook_deliveries") != 0 {
		t.Error("written", err)
	}
}

func TestEventAndActAreKeptOrLostTogether(t *testing.T) {
	h := modelstest.NewHouse(t)
	add(t, h)
	undone := errors.New("undone")
	err := h.Main.InTx(ctx, func(tx *db.Tx) error {
		if err := webhook.Emit(tx, webhook.CustomerErased, "K-0000000001", h.Clock.Now()); err != nil {
			return err
		}
		return undone
	})
	if !errors.Is(err, undone) || h.Count("SELECT COUNT(*) FROM webhook_deliveries") != 0 {
		t.Errorf("an act that was undone is told of: %v", err)
	}
}

func TestUnknownKindOfEventIsAMistake(t *testing.T) {
	h := modelstest.NewHouse(t)
	for _, kind := range []string{"", "customer.looked_at", webhook.Test, "customer.changed "} {
		if err := h.Main.InTx(ctx, func(tx *db.Tx) error { return webhook.Emit(tx, kind, "K-0000000001", h.Clock.Now()) }); err == nil {
			t.Errorf("%q was taken", kind)
		}
	}
}

func TestEachEndpointHearsOfWhatItAskedFor(t *testing.T) {
	h := modelstest.NewHouse(t)
	one, both := add(t, h, webhook.CustomerCreated), add(t, h, webhook.CustomerCreated, webhook.PreferenceChanged)
	emit(t, h, webhook.CustomerCreated, "K-0000000001")
	emit(t, h, webhook.PreferenceChanged, "K-0000000001")
	emit(t, h, webhook.ArrivalChanged, "K-0000000001")
	kinds := func(e webhook.Endpoint) string {
		var out []string
		for _, d := range history(t, h, e.ID).Waiting {
			out = append(out, d.Kind)
		}
		slices.Sort(out)
		return strings.Join(out, " ")
	}
	if kinds(one) != "customer.created" || kinds(both) != "customer.created preference.changed" {
		t.Errorf("%q and %q", kinds(one), kinds(both))
	}
}

// told lists what is waiting as kind and customer, and forgets it.
func told(t *testing.T, h *modelstest.House, e webhook.Endpoint) []string {
	t.Helper()
	var out []string
	for _, d := range claim(t, h, e.ID, 1000).Deliveries {
		if !d.At.Equal(h.Clock.Now()) {
			t.Errorf("dated %v", d.At)
		}
		out = append(out, d.Kind+" "+d.Customer)
	}
	h.Run("DELETE FROM webhook_deliveries")
	slices.Sort(out)
	return out
}

func TestEveryWayOfChangingACustomerIsToldOf(t *testing.T) {
	h := modelstest.NewHouse(t)
	e := add(t, h)
	id := h.AddGuest("张三", "city", "杭州")
	if got := told(t, h, e); !slices.Equal(got, []string{"customer.created " + id}) {
		t.Errorf("created: %v", got)
	}
	h.Clock.Advance(time.Hour)
	if err := h.Change(h.Actor(policies.Manager), id, modelstest.Facts("city", "上海")...); err != nil {
		t.Fatal(err)
	}
	if got := told(t, h, e); !slices.Equal(got, []string{"customer.changed " + id}) {
		t.Errorf("changed: %v", got)
	}
	h.Clock.Advance(time.Hour)
	if err := h.Change(h.Actor(policies.Manager), id, modelstest.Facts("city", "上海")...); err != nil {
		t.Fatal(err)
	}
	if got := told(t, h, e); len(got) != 0 {
		t.Errorf("a form that changes nothing: %v", got)
	}
	fresh := importing(t, h, id)
	if got, want := told(t, h, e), []string{"customer.changed " + id, "customer.created " + fresh}; !slices.Equal(got, want) {
		t.Errorf("imported: %v, not %v", got, want)
	}
	importing(t, h, id, id)
	if got := told(t, h, e); slices.Contains(got, "customer.changed "+id) {
		t.Errorf("an import that brings nothing new: %v", got)
	}
}

// importing writes a batch: something of a customer that exists, and a new one,
// whose public id it returns.
func importing(t *testing.T, h *modelstest.House, known ...string) string {
	t.Helper()
	at := h.Clock.Now()
	b := h.Customers.NewBatch(h.Catalogue(), "CN", calendar.Date{Year: 2026, Month: 11, Day: 22})
	from := customer.Provenance{Channel: "pos", StaffID: 1, BranchID: 1, At: at}
	said, problems := b.Check(customer.Individual, modelstest.Facts("city", "苏州"), false)
	name, more := b.Check(customer.Individual, modelstest.Facts("name", "李四"), true)
	if len(problems)+len(more) > 0 {
		t.Fatal(problems, more)
	}
	for _, id := range known {
		b.JoinKnown(h.Customer(id).ID, said, from)
	}
	fresh := b.Add(customer.Individual, name, from)
	var id int64
	if err := b.Write(ctx, func(_ *db.Tx, ids []int64) error { id = ids[fresh]; return nil }); err != nil {
		t.Fatal(err)
	}
	var out string
	if err := h.Main.Read(ctx).Raw("SELECT public_id FROM customers WHERE id = ?", id).Row().Scan(&out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestQueueHoldsNothingOfACustomerButThePublicID(t *testing.T) {
	h := modelstest.NewHouse(t)
	add(t, h)
	id := h.AddGuest("欧阳娜", "phone", "13877776666")
	var customers []string
	if err := h.Main.Read(ctx).Raw("SELECT customer FROM webhook_deliveries").Scan(&customers).Error; err != nil || len(customers) != 1 || customers[0] != id {
		t.Errorf("%v, %v", customers, err)
	}
	if n := h.Count("SELECT COUNT(*) FROM webhook_deliveries WHERE kind NOT IN ? OR customer NOT LIKE 'K-%'", webhook.Kinds); n != 0 {
		t.Errorf("%d rows hold something else", n)
	}
}
