package demo_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"shuke/models/audit"
	"shuke/models/clock"
	"shuke/models/customer"
	"shuke/models/demo"
	"shuke/models/disclosure"
	"shuke/models/modelstest"
	"shuke/models/staff"
	"shuke/models/vault"
	"shuke/policies"
)

const few = 300

var now = time.Date(2026, 5, 20, 2, 30, 0, 0, time.UTC)

type house struct {
	demo.Deps
	databases modelstest.Databases
	signIns   []demo.SignIn
}

func build(t *testing.T) house {
	t.Helper()
	d := modelstest.Open(t)
	dir := t.TempDir()
	if err := vault.CreateKeyset(dir); err != nil {
		t.Fatal(err)
	}
	c := clock.Real()
	v, err := vault.Open(dir, d.Keys, c)
	if err != nil {
		t.Fatal(err)
	}
	guard, err := policies.NewGuard()
	if err != nil {
		t.Fatal(err)
	}
	log := audit.NewLog(c)
	gate := disclosure.NewGate(d.Main, log, c)
	t.Cleanup(gate.Stop)
	return house{demo.Deps{
		DB: d.Main, Vault: v, Log: log, Clock: c,
		Staff: staff.NewService(d.Main, log, guard, c), Customers: customer.NewService(d.Main, v, log, gate, guard, c),
	}, d, nil}
}

func (h house) fill(t *testing.T, seed uint64) []demo.SignIn {
	t.Helper()
	signIns, err := demo.Fill(t.Context(), h.Deps, demo.Options{Customers: few, Seed: seed, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	return signIns
}

// lines runs a query and returns each row as text.
func (h house) lines(t *testing.T, query string) []string {
	t.Helper()
	rows, err := h.DB.Pool().QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, _ := rows.Columns()
	var out []string
	for rows.Next() {
		row := make([]any, len(columns))
		for i := range row {
			row[i] = new(any)
		}
		if err := rows.Scan(row...); err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, v := range row {
			switch v := (*v.(*any)).(type) {
			case []byte:
				b.Write(v)
			default:
				fmt.Fprint(&b, v)
			}
			b.WriteByte('|')
		}
		out = append(out, b.String())
	}
	if rows.Err() != nil {
		t.Fatal(rows.Err())
	}
	return out
}

func (h house) count(t *testing.T, table string) string {
	return strings.Trim(h.lines(t, "SELECT COUNT(*) FROM "+table)[0], "|")
}

func (h house) actor(t *testing.T, login string) policies.Actor {
	t.Helper()
	a, found, err := h.Staff.ActorByLogin(t.Context(), login)
	if err != nil || !found {
		t.Fatalf("%s: %v, %v", login, found, err)
	}
	a.Via, a.Now = policies.Browser, now
	return a
}

func text(parts []customer.Part) (whole string) {
	for _, p := range parts {
		whole += p.Text
	}
	return whole
}
