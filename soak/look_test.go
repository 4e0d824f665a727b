//go:build soak

package soak

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"

	"shuke/models/audit"
	"shuke/models/customer"
	"shuke/models/vault"
)

// record is how far the record has been read.
type record struct{ seq int64 }

// read reads on in the record: no number may be missing and every body must be
// an event with that number.
func (r *record) read(t *testing.T, d *domain, wrong *said) {
	t.Helper()
	rows, err := d.main.Pool().Query("SELECT seq, body FROM audit_events WHERE seq > ? ORDER BY seq", r.seq)
	must(t, err)
	defer rows.Close()
	for rows.Next() {
		var seq int64
		var body []byte
		must(t, rows.Scan(&seq, &body))
		if seq != r.seq+1 {
			wrong.add("the record goes from %d to %d", r.seq, seq)
		}
		if e, err := audit.Decode(body); err != nil || e.Seq != seq {
			wrong.add("event %d: %v, says %d", seq, err, e.Seq)
		}
		r.seq = seq
	}
	must(t, rows.Err())
	if head := d.count(t, "SELECT size FROM audit_head WHERE id = 1"); head != r.seq {
		wrong.add("the head says %d, the record ends at %d", head, r.seq)
	}
}

// sound looks at what must hold after whatever happened. Customers from the
// given id on are looked through.
func sound(t *testing.T, h *house, d *domain, r *record, from int64) {
	t.Helper()
	var wrong said
	r.read(t, d, &wrong)
	if n := d.count(t, "SELECT COUNT(*) FROM idempotency i LEFT JOIN customers c ON c.public_id = i.answer WHERE c.id IS NULL"); n > 0 {
		wrong.add("%d answers without their customer", n)
	}
	if n := d.count(t, "SELECT COUNT(*) FROM import_rows r LEFT JOIN customers c ON c.id = r.customer_id WHERE r.customer_id > 0 AND r.customer_id >= ? AND c.id IS NULL", from); n > 0 {
		wrong.add("%d rows of imports without their customer", n)
	}
	for from > 0 {
		flaws, next, err := d.customers.CheckKeys(context.Background(), from, 500)
		must(t, err)
		for _, f := range flaws {
			wrong.add("customer %d: %s", f.CustomerID, f.What)
		}
		from = next
	}
	if h.maria == nil {
		for name, pool := range map[string]*sql.DB{"main": d.main.Pool(), "keys": d.keys.Pool()} {
			var verdict string
			must(t, pool.QueryRow("PRAGMA integrity_check").Scan(&verdict))
			if verdict != "ok" {
				wrong.add("%s database: %s", name, verdict)
			}
		}
	}
	wrong.fail(t, "the databases are not sound")
}

// known compares what a clerk was told is saved with what is there.
func known(t *testing.T, d *domain, guests []*guest) {
	t.Helper()
	var wrong said
	for _, g := range guests {
		c, err := d.customers.Find(context.Background(), g.id)
		if err != nil {
			wrong.add("%s is lost: %v", g.id, err)
			continue
		}
		if c.Version != g.version || c.Name != g.name {
			wrong.add("%s: version %d of %q, want %d of %q", g.id, c.Version, c.Name, g.version, g.name)
		}
		facts := values(t, d, c)
		for slot, want := range g.values {
			if facts[slot] != want {
				wrong.add("%s: %s is %q, want %q", g.id, slot, facts[slot], want)
			}
		}
		if len(facts) != len(g.values) {
			wrong.add("%s: %d facts in force, want %d", g.id, len(facts), len(g.values))
		}
	}
	wrong.fail(t, "what was saved is not there")
}

// values are the facts in force of a customer, opened, by slot.
func values(t *testing.T, d *domain, c customer.Customer) map[string]string {
	t.Helper()
	facts, err := d.customers.FactsInForce(context.Background(), c.ID)
	must(t, err)
	key, err := d.vault.Key(context.Background(), vault.Customer(c.ID))
	if err != nil && !errors.Is(err, vault.ErrDestroyed) {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range facts {
		value := f.Value
		if f.Sealed != nil {
			value, err = key.Open(f.Sealed, sealedAt(c.ID, f.N, f.Field, f.Item))
			must(t, err)
		}
		out[customer.Value{Field: f.Field, Item: f.Item}.Slot()] = value
	}
	return out
}

// shown asks the server for the cards of guests and looks for what they say.
func shown(t *testing.T, c *clerk, guests []*guest) {
	t.Helper()
	for _, g := range guests {
		status, page, err := c.get("/customers/" + g.id)
		if err != nil || status != 200 || !strings.Contains(page, g.values["hobby.0"]) {
			t.Fatalf("the card of %s: %d, %v; says %q: %v", g.id, status, err, g.values["hobby.0"], strings.Contains(page, g.values["hobby.0"]))
		}
		if strings.Contains(page, g.values["document_no.0"]) {
			t.Fatalf("the card of %s says the number of the document", g.id)
		}
	}
}

// effects checks that a form that was sent again had one effect.
func effects(t *testing.T, d *domain, word string) {
	t.Helper()
	if n := d.count(t, "SELECT COUNT(*) FROM facts WHERE field = 'hobby' AND value = ?", word); n != 1 {
		t.Fatalf("%s was written %d times", word, n)
	}
}

// sealedAt is what a sealed fact is bound to.
func sealedAt(customerID, n int64, field string, item int) string {
	return fmt.Sprintf("facts|%d|%d|%s|%d", customerID, n, field, item)
}
