package customer_test

import (
	"context"
	"errors"
	"testing"

	"shuke/models/audit"
	"shuke/models/calendar"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/policies"
)

var ctx = context.Background()

func wantKind(t *testing.T, what string, err error, kind fault.Kind) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("%s: %v, want %v", what, err, kind)
	}
}

// slots are the messages of an error by slot.
func slots(err error) map[string]string {
	out := map[string]string{}
	var e *fault.Error
	if errors.As(err, &e) {
		for name, m := range e.Fields {
			out[name] = m.Key
		}
	}
	return out
}

func draft(facts ...string) customer.Draft {
	return customer.Draft{Kind: customer.Individual, Channel: "service", Values: modelstest.Facts(facts...)}
}

func create(h *modelstest.House, a policies.Actor, d customer.Draft) (string, error) {
	return h.Customers.Create(ctx, a, h.Catalogue(), d)
}

// untouched runs an act that must leave every table of customers and the record
// as they are.
func untouched(t *testing.T, h *modelstest.House, what string, act func()) {
	t.Helper()
	state := func() (out [7]int64) {
		for i, q := range []string{"SELECT COUNT(*) FROM customers", "SELECT COALESCE(SUM(version), 0) FROM customers", "SELECT COUNT(*) FROM facts", "SELECT COALESCE(SUM(state), 0) FROM facts",
			"SELECT COUNT(*) FROM customer_keys", "SELECT COUNT(*) FROM audit_events", "SELECT COUNT(*) FROM idempotency"} {
			out[i] = h.Count(q)
		}
		return out
	}
	before := state()
	act()
	if after := state(); after != before {
		t.Errorf("%s: %v became %v", what, before, after)
	}
}

// lookUp is a query of the actor; each hit by its name.
func lookUp(t *testing.T, h *modelstest.House, a policies.Actor, query string) (customer.Results, []string) {
	t.Helper()
	r, err := h.Customers.LookUp(ctx, a, h.Catalogue(), query)
	if err != nil {
		t.Fatalf("%q: %v", query, err)
	}
	names := make([]string, len(r.Hits))
	for i, hit := range r.Hits {
		names[i] = text(hit.Name)
	}
	return r, names
}

func text(parts []customer.Part) (s string) {
	for _, p := range parts {
		s += p.Text
	}
	return s
}

func marked(parts []customer.Part) (s string) {
	for _, p := range parts {
		if p.Mark {
			s += p.Text
		}
	}
	return s
}

var today = calendar.Date{Year: 2026, Month: 11, Day: 22}

// nothing is what a batch does besides, for tests that want nothing of it.
func nothing(*db.Tx, []int64) error { return nil }

type eventOf = audit.Decoded

// detail is a detail of an event, "" when it has none of that name.
func detail(e eventOf, name string) string {
	for _, d := range e.Details {
		if d.Name == name {
			return d.Value
		}
	}
	return ""
}
