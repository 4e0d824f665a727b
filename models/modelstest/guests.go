package modelstest

import (
	"context"
	"runtime"
	"strings"

	"shuke/models/audit"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/policies"
)

// Catalogue is the field catalogue in force.
func (h *House) Catalogue() *customer.Catalogue {
	h.T.Helper()
	cat, err := h.Customers.CurrentCatalogue(context.Background())
	h.must(err)
	return cat
}

// Facts turns "field", "value" pairs into values; field may carry an item
// ("phone.1") and the value "-" says none.
func Facts(pairs ...string) []customer.Value {
	var out []customer.Value
	for i := 0; i+1 < len(pairs); i += 2 {
		field, item, _ := strings.Cut(pairs[i], ".")
		v := customer.Value{Field: field, Text: pairs[i+1]}
		for _, digit := range item {
			v.Item = 10*v.Item + int(digit-'0')
		}
		if v.Text == "-" {
			v.Text, v.None = "", true
		}
		out = append(out, v)
	}
	return out
}

// AddGuest adds an individual as the manager of Shanghai enters it at the
// counter: the name, then Facts. It returns the public id.
func (h *House) AddGuest(name string, facts ...string) string {
	h.T.Helper()
	return h.AddGuestBy(h.Actor(policies.Manager), name, facts...)
}

// AddGuestBy is AddGuest by somebody else.
func (h *House) AddGuestBy(a policies.Actor, name string, facts ...string) string {
	h.T.Helper()
	id, err := h.Customers.Create(context.Background(), a, h.Catalogue(), customer.Draft{
		Kind: customer.Individual, Channel: "service", Values: append(Facts("name", name), Facts(facts...)...)})
	h.must(err)
	return id
}

// AddCompany adds an enterprise.
func (h *House) AddCompany(name string, facts ...string) string {
	h.T.Helper()
	id, err := h.Customers.Create(context.Background(), h.Actor(policies.Manager), h.Catalogue(), customer.Draft{
		Kind: customer.Enterprise, Channel: "service", Values: append(Facts("company_name", name), Facts(facts...)...)})
	h.must(err)
	return id
}

// Change edits a customer at its present version.
func (h *House) Change(a policies.Actor, id string, values ...customer.Value) error {
	h.T.Helper()
	return h.Customers.Edit(context.Background(), a, h.Catalogue(), customer.Edit{
		PublicID: id, Values: values, Channel: "service", Version: h.Customer(id).Version})
}

// Customer is the identity row of a public id.
func (h *House) Customer(id string) customer.Customer {
	h.T.Helper()
	c, err := h.Customers.Find(context.Background(), id)
	h.must(err)
	return c
}

// Fact is the fact in force at a slot such as phone.0, and whether there is one.
func (h *House) Fact(id, slot string) (customer.Fact, bool) {
	h.T.Helper()
	facts, err := h.Customers.FactsInForce(context.Background(), h.Customer(id).ID)
	h.must(err)
	for _, f := range facts {
		if (customer.Value{Field: f.Field, Item: f.Item}).Slot() == slot {
			return f, true
		}
	}
	return customer.Fact{}, false
}

// SwitchField switches a field on or off as the owner does.
func (h *House) SwitchField(key string, on bool) {
	h.T.Helper()
	f, known := h.Catalogue().Field(key)
	if !known {
		h.T.Fatalf("no field %s", key)
	}
	h.must(h.Customers.SwitchField(context.Background(), h.Actor(policies.Owner), customer.Switch{
		Key: key, On: on, Purposes: []string{"tailor"}, Reason: "decided in a test", Edition: f.Edition}))
}

// Events are the recorded events, oldest first.
func (h *House) Events() []audit.Decoded {
	h.T.Helper()
	rows, err := h.Main.Read(context.Background()).Raw("SELECT body FROM audit_events ORDER BY seq").Rows()
	h.must(err)
	defer rows.Close()
	var out []audit.Decoded
	for rows.Next() {
		var body []byte
		h.must(rows.Scan(&body))
		event, err := audit.Decode(body)
		h.must(err)
		out = append(out, event)
	}
	h.must(rows.Err())
	return out
}

// LastEvent is the latest recorded event.
func (h *House) LastEvent() audit.Decoded {
	h.T.Helper()
	all := h.Events()
	if len(all) == 0 {
		h.T.Fatal("nothing is recorded")
	}
	return all[len(all)-1]
}

// Count runs a statement that gives one number.
func (h *House) Count(query string, args ...any) int64 {
	h.T.Helper()
	var n int64
	h.must(h.Main.Read(context.Background()).Raw(query, args...).Row().Scan(&n))
	return n
}

// AwaitCount waits for the count of purposes that goes on in the background.
func (h *House) AwaitCount() {
	h.T.Helper()
	for h.Count("SELECT COUNT(*) FROM purpose_counts WHERE finished_at = 0") > 0 && !h.T.Failed() {
		runtime.Gosched()
	}
}

// Run changes the main database behind the program's back.
func (h *House) Run(query string, args ...any) {
	h.T.Helper()
	h.must(h.Main.InTx(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Run(query, args...)
		return err
	}))
}
