package membership_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"shuke/models/db"
	"shuke/policies"
)

// plans are the lines of the plans of what an act reads, without those of tables
// that a house has a handful of rows in.
func (c club) plans(act func(context.Context) error) []string {
	c.T.Helper()
	with, trace := db.WithTrace(ctx)
	if err := act(with); err != nil {
		c.T.Fatal(err)
	}
	var out []string
	for _, s := range trace.Statements() {
		if strings.HasPrefix(s.SQL, "SELECT") && !strings.Contains(s.SQL, "FOR UPDATE") {
			out = append(out, c.plan(s)...)
		}
	}
	if len(out) == 0 {
		c.T.Error("nothing was read")
	}
	return out
}

func (c club) plan(s db.Statement) (out []string) {
	explain := "EXPLAIN "
	if c.Main.Dialect() == db.SQLite {
		explain = "EXPLAIN QUERY PLAN "
	}
	rows, err := c.Main.Read(ctx).Raw(explain+s.SQL, s.Args...).Rows()
	if err != nil {
		c.T.Fatalf("%v: %s", err, s.SQL)
	}
	defer rows.Close()
	columns, _ := rows.Columns()
	for rows.Next() {
		values, into := make([]*string, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			c.T.Fatal(err)
		}
		line := ""
		for i, name := range columns {
			if values[i] != nil && (name == "detail" || name == "table" || name == "type" || name == "key") {
				line += *values[i] + " "
			}
		}
		out = append(out, line)
	}
	return out
}

// whole are the lines of plans that read a table of ours from end to end.
func whole(lines []string) (bad []string) {
	for _, line := range lines {
		for _, table := range []string{"members", "m", "standings", "stays", "customers", "c", "facts", "f", "attendances", "t", "e", "member_events", "member_numbers"} {
			if strings.HasPrefix(line, "SCAN "+table+" ") || strings.HasPrefix(line, table+" ALL ") || strings.HasPrefix(line, table+" index ") {
				bad = append(bad, line)
			}
		}
	}
	return bad
}

func TestCardSweepsAndJoiningReadByKeysAlone(t *testing.T) {
	c := newClub(t, nil)
	id := c.AddGuest("王小明")
	c.join(id)
	c.stayed(id, "2026-06-01", 1)
	inner := c.Customer(id).ID
	// Enough of everything that a planner has a choice.
	for i := range 300 {
		n := 10_000 + i
		c.Run("INSERT INTO members (id, club_id, customer_id, number, joined_on, branch_id, tier_id, tier_on, rule_tier_id, check_on, judged, updated_at) VALUES (?, 1, ?, ?, '2026-01-01', 1, 1, '2026-01-01', 1, '2027-01-01', 99, 0)", n, n, fmt.Sprint("X", n))
		c.Run("INSERT INTO standings (customer_id, standing, since_on, turns_on) VALUES (?, 2, '2026-01-01', '2028-01-01')", n)
		c.Run("INSERT INTO stays (id, public_id, branch_id, customer_id, status, source, ref, arrive_on, depart_on, created_at, created_by, updated_at) VALUES (?, ?, 1, ?, 'departed', 'hand', ?, '2026-01-01', '2026-01-02', 1, 1, 1)", n, fmt.Sprintf("S-%010d", n), n, fmt.Sprint(n))
		c.Run("INSERT INTO attendances (customer_id, event_id, staff_id, at) VALUES (?, 1, 1, 1)", n)
		c.Run("INSERT INTO customers (id, public_id, kind, name, branch_id, created_at, created_by, updated_at) VALUES (?, ?, 1, '客', 1, 1, 1, 1)", n, fmt.Sprintf("K-%010d", n))
		for f := range 4 {
			c.Run("INSERT INTO facts (customer_id, state, n, field, item, none, value, band, channel, trust, staff_id, branch_id, recorded_at) VALUES (?, 0, ?, 'hobby', ?, 0, '客', '', 'list', 1, 1, 1, 86400000)", n, f+1, f)
		}
	}
	if _, err := c.Standing.Sweep(ctx); err != nil { // walks through all of them, as it should
		t.Fatal(err)
	}
	c.Run("UPDATE standings SET standing = 2, turns_on = '2026-11-01' WHERE customer_id = 10007")
	if c.Main.Dialect() == db.MySQL {
		c.Run("ANALYZE TABLE members, standings, stays, attendances, customers, facts")
	} else {
		c.Run("ANALYZE")
	}
	for name, act := range map[string]func(context.Context) error{
		"the card": func(with context.Context) error {
			_, err := c.Cards.Open(with, c.Clerk(), c.Catalogue(), id)
			return err
		},
		"levels due":   func(with context.Context) error { _, err := c.Members.Sweep(with); return err },
		"standing due": func(with context.Context) error { _, err := c.Standing.Sweep(with); return err },
		"a stay": func(with context.Context) error {
			_, err := c.Arrivals.Book(with, c.Actor(policies.Manager), bookingOf(id))
			return err
		},
	} {
		for _, line := range whole(c.plans(act)) {
			t.Errorf("%s (customer %d) reads %s", name, inner, line)
		}
	}
}
