package customer_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"shuke/models/db"
	"shuke/models/modelstest"
)

// worst are queries of every shape: what they scan and what narrows them.
var worst = []string{"wang", "王", "zhang 88", "wang li", "王 丽", "5678", "wang 5678", "沪A12345", "vip0042", "ming@example.com", "E12345678", "110101199003070038", "wang xiao ming", "88 99 wang", "王8800"}

// crowded is a House with enough of everything that a planner has a choice.
func crowded(t *testing.T) *modelstest.House {
	t.Helper()
	h := modelstest.NewHouse(t)
	given := []rune("安白丹冬恩方刚海吉凯丽乐美明南平琴仁山天伟希晓雅泽")
	for part := range 4 {
		crowd(t, h, 400, func(i int) []string {
			i += 400 * part
			return []string{"name", fmt.Sprintf("%c%c%c", []rune("王王张李")[i%4], given[i/4%len(given)], given[i/100%len(given)]), "phone", fmt.Sprintf("138%08d", i*31337), "email", fmt.Sprintf("ming%d@example.com", i),
				"plate", fmt.Sprintf("沪A%05d", i), "member_no", fmt.Sprintf("VIP%05d", i), "document_kind", "other", "document_no", fmt.Sprintf("DOC%07d", i)}
		})
	}
	h.Run("INSERT INTO recents (branch_id, customer_id, at) SELECT 1, id, ? FROM customers WHERE id % 5 = 0", db.Millis(h.Clock.Now()))
	if h.Main.Dialect() == db.MySQL {
		h.Run("ANALYZE TABLE customer_keys, customers, recents, facts, disclosures")
	} else {
		h.Run("ANALYZE")
	}
	return h
}

func traced(t *testing.T, h *modelstest.House, act func(context.Context) error) []db.Statement {
	t.Helper()
	with, trace := db.WithTrace(ctx)
	if err := act(with); err != nil {
		t.Fatal(err)
	}
	return trace.Statements()
}

// scans are the lines of a statement's plan that read a table of ours from end
// to end, or the look-up keys by anything but their two indexes.
func scans(t *testing.T, h *modelstest.House, s db.Statement) (bad []string) {
	t.Helper()
	if h.Main.Dialect() == db.SQLite {
		rows, err := h.Main.Read(ctx).Raw("EXPLAIN QUERY PLAN "+s.SQL, s.Args...).Rows()
		if err != nil {
			t.Fatalf("%v: %s", err, s.SQL)
		}
		defer rows.Close()
		for rows.Next() {
			var id, parent, unused int
			var detail string
			if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
				t.Fatal(err)
			}
			for _, table := range []string{"customer_keys", "customers", "facts", "recents", "r", "disclosures", "staff"} {
				if strings.HasPrefix(detail, "SCAN "+table+" ") || detail == "SCAN "+table {
					bad = append(bad, detail)
				}
			}
			if strings.HasPrefix(detail, "SEARCH customer_keys") && !strings.Contains(detail, "(kind=? AND k>? AND k<?)") && !strings.Contains(detail, "(kind=? AND k=?)") {
				bad = append(bad, detail)
			}
		}
		return bad
	}
	rows, err := h.Main.Pool().QueryContext(ctx, "EXPLAIN "+s.SQL, s.Args...)
	if err != nil {
		t.Fatalf("%v: %s", err, s.SQL)
	}
	defer rows.Close()
	columns, _ := rows.Columns()
	for rows.Next() {
		values, refs := make([]*string, len(columns)), make([]any, len(columns))
		for i := range values {
			refs[i] = &values[i]
		}
		if err := rows.Scan(refs...); err != nil {
			t.Fatal(err)
		}
		at := map[string]string{}
		for i, c := range columns {
			if values[i] != nil {
				at[c] = *values[i]
			}
		}
		line := fmt.Sprintf("%s %s %s rows %s %s", at["table"], at["type"], at["key"], at["rows"], at["Extra"])
		switch table := at["table"]; {
		case table == "" || strings.HasPrefix(table, "<"):
		case at["type"] == "ALL" || at["type"] == "index":
			bad = append(bad, line)
		case table == "customer_keys" && at["key"] != "PRIMARY":
			bad = append(bad, line)
		case table == "customer_keys" && strings.Contains(at["Extra"], "filesort"):
			bad = append(bad, line)
		}
	}
	return bad
}

// TestLookUpOnACrowdedBase shares one base, which is slow to fill.
func TestLookUpOnACrowdedBase(t *testing.T) {
	h := crowded(t)
	t.Run("reads indexes only", func(t *testing.T) { readsIndexesOnly(t, h) })
	t.Run("sends few statements", func(t *testing.T) { sendsFewStatements(t, h) })
	t.Run("reads at most 2000 keys a term", func(t *testing.T) { readsFewKeys(t, h) })
}

func readsIndexesOnly(t *testing.T, h *modelstest.House) {
	clerk := h.Clerk()
	for _, query := range worst {
		for _, s := range traced(t, h, func(with context.Context) error {
			_, err := h.Customers.LookUp(with, clerk, h.Catalogue(), query)
			return err
		}) {
			if !strings.HasPrefix(strings.TrimLeft(s.SQL, "("), "SELECT") || strings.Contains(s.SQL, "audit_head") {
				continue
			}
			for _, line := range scans(t, h, s) {
				t.Errorf("%q: %s\n\t%s", query, line, s.SQL)
			}
		}
	}
}

// sendsFewStatements holds their number down. Two words that seldom go together
// are read on about once, with what passes then to be looked at.
func sendsFewStatements(t *testing.T, h *modelstest.House) {
	clerk := h.Clerk()
	for query, most := range map[string]int{"wang": 7, "王": 7, "5678": 7, "wang 5678": 7, "ming@example.com": 7, "vip0042": 7, "zhang 88": 10, "wang li": 8, "王 丽": 8, "138": 0, "": 0} {
		n := traced(t, h, func(with context.Context) error {
			_, err := h.Customers.LookUp(with, clerk, h.Catalogue(), query)
			return err
		})
		if len(n) > most {
			t.Errorf("%q sends %d statements, want at most %d:\n%s", query, len(n), most, n)
		}
	}
}

func readsFewKeys(t *testing.T, h *modelstest.House) {
	clerk := h.Clerk()
	for _, query := range worst {
		asked, driven := map[string]int{}, 0
		for _, s := range traced(t, h, func(with context.Context) error {
			_, err := h.Customers.LookUp(with, clerk, h.Catalogue(), query)
			return err
		}) {
			limits := limitsOf(s)
			if limits == 0 {
				continue
			}
			driven++
			asked[fmt.Sprint(rangesOf(s))] += limits
			if h.Main.Dialect() == db.MySQL {
				if read := keysRead(t, h, s); read > 2000 {
					t.Errorf("%q walked %d entries of indexes", query, read)
				}
			}
		}
		for term, n := range asked {
			if n > 2000 {
				t.Errorf("%q may read %d keys of %s", query, n, term)
			}
		}
		if driven == 0 {
			t.Errorf("%q scans nothing", query)
		}
	}
}

// scanned visits the arguments of a statement's scans of the look-up keys: the
// kind and ends of each range, and its limit.
func scanned(s db.Statement, visit func(args []any)) {
	at := 0
	for i, r := range s.SQL {
		if r != '?' {
			continue
		}
		if strings.HasSuffix(s.SQL[:i], "ORDER BY k, customer_id LIMIT ") {
			visit(s.Args[at-3 : at+1])
		}
		at++
	}
}

// limitsOf adds up what the scans of a statement may read.
func limitsOf(s db.Statement) (sum int) {
	scanned(s, func(args []any) { sum += args[3].(int) })
	return sum
}

// rangesOf tells which ranges a statement scans, and so of which term.
func rangesOf(s db.Statement) (ranges []any) {
	scanned(s, func(args []any) { ranges = append(ranges, args[:2]...) })
	return ranges
}

// keysRead runs a statement and returns how many index entries were walked.
func keysRead(t *testing.T, h *modelstest.House, s db.Statement) (n int64) {
	t.Helper()
	conn, err := h.Main.Pool().Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "FLUSH LOCAL STATUS"); err != nil {
		t.Fatal(err)
	}
	rows, err := conn.QueryContext(ctx, s.SQL, s.Args...)
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
	}
	rows.Close()
	status, err := conn.QueryContext(ctx, "SHOW SESSION STATUS WHERE Variable_name IN ('Handler_read_next', 'Handler_read_prev', 'Handler_read_first', 'Handler_read_last')")
	if err != nil {
		t.Fatal(err)
	}
	defer status.Close()
	for status.Next() {
		var name string
		var value int64
		if err := status.Scan(&name, &value); err != nil {
			t.Fatal(err)
		}
		n += value
	}
	return n
}
