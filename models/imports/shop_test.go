package imports

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"shuke/models/audit"
	"shuke/models/clock"
	"shuke/models/customer"
	"shuke/models/disclosure"
	"shuke/models/modelstest"
	"shuke/models/vault"
	"shuke/policies"
)

// shop is a migrated pair of databases with everything an import needs.
type shop struct {
	modelstest.Databases
	vault     *vault.Vault
	customers *customer.Service
	imports   *Service
	clock     *clockwork.FakeClock
}

func openShop(t testing.TB) *shop {
	t.Helper()
	s := &shop{Databases: modelstest.Open(t), clock: clockwork.NewFakeClockAt(time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC))}
	now := clock.Of(s.clock)
	dir := t.TempDir()
	if err := vault.CreateKeyset(dir); err != nil {
		t.Fatal(err)
	}
	var err error
	if s.vault, err = vault.Open(dir, s.Keys, now); err != nil {
		t.Fatal(err)
	}
	guard, err := policies.NewGuard()
	if err != nil {
		t.Fatal(err)
	}
	log := audit.NewLog(now)
	gate := disclosure.NewGate(s.Main, log, now)
	t.Cleanup(gate.Stop)
	s.customers = customer.NewService(s.Main, s.vault, log, gate, guard, now)
	if err := s.customers.InstallCatalogue(context.Background()); err != nil {
		t.Fatal(err)
	}
	s.imports = New(s.Main, s.vault, log, s.customers, now)
	return s
}

func options(path string) Options {
	return Options{Path: path, Channel: "list", Source: "test list", OSUser: "tester",
		Actor: policies.Actor{Via: policies.Command, BranchID: 1, Region: "CN", Zone: time.FixedZone("", 8*3600)}}
}

func (s *shop) run(t testing.TB, o Options) Report {
	t.Helper()
	r, err := s.imports.Run(context.Background(), o)
	if err != nil {
		t.Fatalf("%s: %v", filepath.Base(o.Path), err)
	}
	return r
}

// file writes a file for the test and returns its path.
func file(t testing.TB, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func (s *shop) count(t testing.TB, query string, args ...any) int {
	t.Helper()
	var n int
	if err := s.Main.Read(context.Background()).Raw(query, args...).Row().Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func (s *shop) strings(t testing.TB, query string, args ...any) []string {
	t.Helper()
	var out []string
	if err := s.Main.Read(context.Background()).Raw(query, args...).Scan(&out).Error; err != nil {
		t.Fatal(err)
	}
	return out
}

// known is what is in force of a customer, sealed values opened, by field.
func (s *shop) known(t testing.TB, id int64) map[string][]string {
	t.Helper()
	ctx := context.Background()
	facts, err := s.customers.FactsInForce(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for _, f := range facts {
		value := f.Value
		if f.Sealed != nil {
			key, err := s.vault.Key(ctx, vault.Customer(id))
			if err != nil {
				t.Fatal(err)
			}
			if value, err = key.Open(f.Sealed, fmt.Sprintf("facts|%d|%d|%s|%d", id, f.N, f.Field, f.Item)); err != nil {
				t.Fatal(err)
			}
		}
		out[f.Field] = append(out[f.Field], value)
	}
	return out
}

// byLine finds the customer that a line of an import made or joined.
func (s *shop) byLine(t testing.TB, importID int64, line int) int64 {
	t.Helper()
	var id []int64
	err := s.Main.Read(context.Background()).Raw("SELECT customer_id FROM import_rows WHERE import_id = ? AND line = ?", importID, line).Scan(&id).Error
	if err != nil || len(id) != 1 {
		t.Fatalf("line %d: %d rows, %v", line, len(id), err)
	}
	return id[0]
}

// dump lists all that an import wrote, without ids, times and what is random,
// in the order of the file.
func (s *shop) dump(t testing.TB) []string {
	t.Helper()
	var out []string
	for _, row := range s.strings(t, "SELECT CONCAT(n, ' ', line, ' ', outcome, ' ', problems) FROM import_rows ORDER BY import_id, n") {
		out = append(out, "row "+row)
	}
	var ids []int64
	if err := s.Main.Read(context.Background()).Raw("SELECT id FROM customers ORDER BY id").Scan(&ids).Error; err != nil {
		t.Fatal(err)
	}
	for i, id := range ids {
		for _, c := range s.strings(t, "SELECT CONCAT(kind, '|', name, '|', reading, '|', phones, '|', emails, '|', city, '|', version, '|', facts) FROM customers WHERE id = ?", id) {
			out = append(out, fmt.Sprintf("customer %d %s", i, c))
		}
		for _, f := range s.strings(t, "SELECT CONCAT(state, '|', n, '|', field, '|', item, '|', COALESCE(value, 'sealed'), '|', channel, '|', ended_by) FROM facts WHERE customer_id = ? ORDER BY state, n", id) {
			out = append(out, fmt.Sprintf("fact %d %s", i, f))
		}
		for _, k := range s.strings(t, "SELECT CONCAT(kind, '|', k) FROM customer_keys WHERE customer_id = ? AND kind <> 7 ORDER BY kind, k", id) {
			out = append(out, fmt.Sprintf("key %d %s", i, k))
		}
		opened := s.known(t, id)
		out = append(out, fmt.Sprintf("opened %d %v", i, opened["document_no"]))
	}
	return out
}

// events reads the record back and demands that it has no gaps.
func (s *shop) events(t testing.TB) []audit.Decoded {
	t.Helper()
	rows, err := s.Main.Read(context.Background()).Raw("SELECT body FROM audit_events ORDER BY seq").Rows()
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []audit.Decoded
	for rows.Next() {
		var body []byte
		if err := rows.Scan(&body); err != nil {
			t.Fatal(err)
		}
		e, err := audit.Decode(body)
		if err != nil || e.Seq != int64(len(out)+1) {
			t.Fatalf("event %d has number %d, %v", len(out)+1, e.Seq, err)
		}
		out = append(out, e)
	}
	return out
}

func detail(e audit.Decoded, name string) string {
	i := slices.IndexFunc(e.Details, func(d audit.Detail) bool { return d.Name == name })
	if i < 0 {
		return ""
	}
	return e.Details[i].Value
}

func reasons(r Report) string {
	var out []string
	for _, p := range r.Problems {
		out = append(out, fmt.Sprintf("%d %s %s %v", p.Line, p.Field, p.Reason, p.Refused))
	}
	return strings.Join(out, "\n")
}

// realData returns the path of a file of the real data, or skips.
func realData(t testing.TB, path string) string {
	t.Helper()
	if dir := os.Getenv("SHUKE_REALDATA"); dir != "" {
		return filepath.Join(dir, path)
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		found := filepath.Join(filepath.Dir(dir), "shared", "data", path)
		if _, err := os.Stat(found); err == nil {
			return found
		}
	}
	t.Skip("no real data: set SHUKE_REALDATA")
	return ""
}
