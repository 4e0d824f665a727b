package imports

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"shuke/models/clock"
	"shuke/models/modelstest"
	"shuke/policies"
)

// house builds a business with staff and branches around an import service.
func newHouse(t *testing.T) (*modelstest.House, *shop) {
	t.Helper()
	h := modelstest.NewHouse(t)
	return h, &shop{Databases: h.Databases, vault: h.Vault, customers: h.Customers,
		imports: New(h.Main, h.Vault, h.Log, h.Customers, clock.Of(h.Clock))}
}

// at are options of the command line at the first branch of a house.
func at(h *modelstest.House, target Target, key, path string) Options {
	o := options(path)
	o.Actor.BranchID = h.Actor(policies.Manager).BranchID
	o.Target, o.Key = target, key
	return o
}

// customerTables are all that pages, look-ups and sheets are made of. The numbers
// that only ever go up are left out: those of forms and those of facts, which
// the record speaks of.
var customerTables = []string{
	"SELECT id, public_id, kind, name, reading, other_names, address_as, phones, emails, plates, member_no, tier, sex, language, city, employer, branch_id, created_at, created_by, updated_at, signature_latin, signature_other FROM customers ORDER BY id",
	"SELECT * FROM facts ORDER BY customer_id, state, n",
	"SELECT * FROM preferences ORDER BY customer_id, n",
	"SELECT * FROM customer_keys ORDER BY kind, k, customer_id",
	"SELECT * FROM recents ORDER BY branch_id, customer_id",
	"SELECT id, public_id, branch_id, customer_id, status, source, ref, arrive_on, depart_on, eta, arrived_at, departed_at, room, room_type, facing, floor, nights, rate, currency, adults, children, party, guest_name, language, note, import_id, created_at, created_by, updated_at FROM stays ORDER BY id",
	"SELECT * FROM stay_totals ORDER BY customer_id",
	"SELECT * FROM preparations ORDER BY stay_id, k",
	"SELECT * FROM relations ORDER BY customer_id, state, kind, ref",
	"SELECT * FROM relation_hides ORDER BY customer_id, state, other_id, ref",
	"SELECT * FROM household_members ORDER BY household_id, state, customer_id, ref",
	"SELECT * FROM stages ORDER BY customer_id, who, stage",
	"SELECT * FROM life_events ORDER BY customer_id, happened_on, kind, who",
}

// content is every row of the customers' tables, and the keys of those who are in
// none.
func (s *shop) content(t *testing.T) []string {
	t.Helper()
	var out []string
	read := func(query string) {
		rows, err := s.Main.Read(context.Background()).Raw(query).Rows()
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		_, table, _ := strings.Cut(query, " FROM ")
		table, _, _ = strings.Cut(table, " ")
		for rows.Next() {
			into, values := make([]any, len(columns)), make([]any, len(columns))
			for i := range into {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			line := table
			for i, v := range values {
				if b, is := v.([]byte); is {
					v = fmt.Sprintf("%x", b)
				}
				line += fmt.Sprintf(" %s=%v", columns[i], v)
			}
			out = append(out, line)
		}
	}
	for _, q := range customerTables {
		read(q)
	}
	var owners []string
	if err := s.Keys.Read(context.Background()).Raw("SELECT owner FROM data_keys WHERE owner LIKE 'customer:%' ORDER BY owner").Scan(&owners).Error; err != nil {
		t.Fatal(err)
	}
	for _, owner := range owners {
		if s.count(t, "SELECT COUNT(*) FROM customers WHERE id = ?", strings.TrimPrefix(owner, "customer:")) == 0 {
			out = append(out, "key of nobody: "+owner)
		}
	}
	return out
}

// same demands that nothing differs.
func same(t *testing.T, before, after []string) {
	t.Helper()
	for _, line := range before {
		if !slices.Contains(after, line) {
			t.Errorf("gone: %s", line)
		}
	}
	for _, line := range after {
		if !slices.Contains(before, line) {
			t.Errorf("new:  %s", line)
		}
	}
}

func (s *shop) undo(t *testing.T, id int64) Undone {
	t.Helper()
	u, err := s.imports.Undo(context.Background(), modelstest.Shell(), id, "the wrong list")
	if err != nil {
		in, _ := s.imports.Undoable(context.Background(), id)
		t.Fatal(err, in)
	}
	return u
}

func obstaclesOf(t *testing.T, s *shop, id int64) string {
	t.Helper()
	in, err := s.imports.Undoable(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, o := range in {
		out = append(out, fmt.Sprintf("%s %d", o.Reason, o.Count))
	}
	return strings.Join(out, ", ")
}
