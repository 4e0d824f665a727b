package demo_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shuke/models/audit"
	"shuke/models/clock"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/demo"
	"shuke/models/demodata"
	"shuke/models/disclosure"
	"shuke/models/fault"
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
	}, d}
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

func TestAFilledHouseHasEverybodyAndOneRecordOfIt(t *testing.T) {
	h := build(t)
	var steps []int
	_, err := demo.Fill(t.Context(), h.Deps, demo.Options{Customers: few, Seed: 1, Now: now, By: policies.Actor{Via: policies.Command, OSUser: "root"},
		Progress: func(done, total int) { steps = append(steps, done, total) }})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(steps, []int{few, few}) {
		t.Errorf("progress %v", steps)
	}
	for table, want := range map[string]string{"branches": "6", "staff": "40", "employment_changes": "40", "customers": "300", "audit_events": "1"} {
		if got := h.count(t, table); got != want {
			t.Errorf("%s: %s rows, want %s", table, got, want)
		}
	}
	facts, g := 0, demodata.New(1)
	for i := range few {
		facts += len(g.Customer(i).Facts)
	}
	if got := h.count(t, "facts"); got != fmt.Sprint(facts) {
		t.Errorf("%s facts, want %d", got, facts)
	}
	if got := h.count(t, "staff WHERE employment_confirmed = 0"); got != "0" {
		t.Errorf("the employment of %s is not confirmed", got)
	}
	if got := h.count(t, "employment_changes WHERE entered_by IN (0, confirmed_by, staff_id) OR confirmed_by IN (0, staff_id)"); got != "0" {
		t.Errorf("%s facts of employment are confirmed against the rule", got)
	}
	if got := h.count(t, fmt.Sprintf("facts WHERE recorded_at > %d OR recorded_at = 0 OR trust = 0", db.Millis(now))); got != "0" {
		t.Errorf("%s facts without trust or from the future", got)
	}
	if house, err := demo.Look(t.Context(), h.DB); house != demo.Filled || err != nil {
		t.Errorf("the house is %v, %v", house, err)
	}
}

func TestTheMedianCustomerHasAboutTwentyFiveFacts(t *testing.T) {
	h := build(t)
	h.fill(t, 1)
	var counts []int
	if err := h.DB.Read(t.Context()).Raw("SELECT facts FROM customers ORDER BY facts").Scan(&counts).Error; err != nil {
		t.Fatal(err)
	}
	if m := counts[len(counts)/2]; m < 21 || m > 29 {
		t.Errorf("median %d", m)
	}
}

func TestTheFirstOfEachRoleSignsInAndNobodyElse(t *testing.T) {
	h := build(t)
	signIns := h.fill(t, 1)
	if len(signIns) != len(policies.Roles) {
		t.Fatalf("%d sign-ins", len(signIns))
	}
	if got := h.count(t, "staff WHERE password_hash <> ''"); got != fmt.Sprint(len(signIns)) {
		t.Errorf("%s accounts have a password", got)
	}
	hasher := staff.NewHasher()
	for _, s := range signIns {
		var hash string
		if err := h.DB.Read(t.Context()).Raw("SELECT password_hash FROM staff WHERE login = ? AND role = ?", s.Login, s.Role).Scan(&hash).Error; err != nil {
			t.Fatal(err)
		}
		if ok, err := hasher.Check(t.Context(), s.Password, hash); !ok || err != nil {
			t.Errorf("%s: %v, %v", s.Login, ok, err)
		}
	}
	again, err := demo.SignIns(t.Context(), h.Deps)
	if err != nil || !slices.Equal(again, signIns) {
		t.Errorf("asked again: %v, %v", again, err)
	}
}

func TestPasswordsDifferFromHouseToHouse(t *testing.T) {
	a, b := build(t).fill(t, 1), build(t).fill(t, 1)
	for i := range a {
		if a[i].Password == b[i].Password {
			t.Errorf("%s has a password that the source gives away", a[i].Login)
		}
	}
}

// Ids, salts and keys are drawn at random; everything else follows from the seed.
func TestSameSeedGivesTheSameData(t *testing.T) {
	const facts = `SELECT customer_id, n, state, field, item, none, CASE WHEN sealed IS NULL THEN value ELSE 'sealed' END, band, channel, trust,
 staff_id, branch_id, recorded_at FROM facts ORDER BY customer_id, n`
	const customers = "SELECT id, kind, name, reading, phones, member_no, branch_id, facts, created_at, created_by, updated_at FROM customers ORDER BY id"
	const keys = "SELECT kind, k, customer_id FROM customer_keys WHERE kind <> 7 ORDER BY kind, k, customer_id"
	const recents = "SELECT branch_id, customer_id, at FROM recents ORDER BY branch_id, customer_id"
	a, b, other := build(t), build(t), build(t)
	a.fill(t, 7)
	b.fill(t, 7)
	other.fill(t, 8)
	for _, query := range []string{facts, customers, keys, recents} {
		want := a.lines(t, query)
		if diff := cmp.Diff(want, b.lines(t, query)); diff != "" {
			t.Errorf("the same seed: %s", diff)
		}
		if cmp.Equal(want, other.lines(t, query)) {
			t.Errorf("another seed gives the same: %s", query)
		}
	}
}

func TestKeysAreThoseThatASingleWriteMakes(t *testing.T) {
	h := build(t)
	h.fill(t, 1)
	cat, err := h.Customers.CurrentCatalogue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	before := h.lines(t, "SELECT kind, k FROM customer_keys WHERE customer_id = 1 ORDER BY kind, k")
	a := h.actor(t, "qiantai")
	id := h.lines(t, "SELECT public_id FROM customers WHERE id = 1")[0][:12]
	err = h.Customers.Edit(t.Context(), a, cat, customer.Edit{PublicID: id, Version: 1, Channel: "service", Values: []customer.Value{{Field: "hobby", Item: 5, Text: "下棋"}}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, h.lines(t, "SELECT kind, k FROM customer_keys WHERE customer_id = 1 ORDER BY kind, k")); diff != "" || len(before) < 15 {
		t.Errorf("%d keys, and an edit of something else changes them: %s", len(before), diff)
	}
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

func TestTheFrontDeskFindsTheGuestOfTheExampleFirst(t *testing.T) {
	h := build(t)
	h.fill(t, 1)
	got, err := h.Customers.LookUp(t.Context(), h.actor(t, "qiantai"), "zmy 1234")
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Hits) == 0 || text(got.Hits[0].Name) != "张慕言" {
		t.Fatalf("%+v", got)
	}
	got, err = h.Customers.LookUp(t.Context(), h.actor(t, "qiantai"), "510104197403121230")
	if err != nil || len(got.Hits) != 1 || text(got.Hits[0].Name) != "张慕言" {
		t.Errorf("by the whole document number: %+v, %v", got, err)
	}
}

func TestGuestsOfLateAreAtTheirBranches(t *testing.T) {
	h := build(t)
	h.fill(t, 1)
	since := db.Millis(now.Add(-customer.RecentFor))
	if got := h.count(t, fmt.Sprintf("recents WHERE at < %d OR at > %d", since, db.Millis(now))); got != "0" {
		t.Errorf("%s are not of late", got)
	}
	if got := h.lines(t, "SELECT COUNT(DISTINCT branch_id) FROM recents")[0]; got != "6|" {
		t.Errorf("at %s branches", got)
	}
	if got := h.count(t, "recents r JOIN branches b ON b.id = r.branch_id WHERE b.code = 'xh' AND r.customer_id <= 9"); got != "9" {
		t.Errorf("%s of the nine whom everybody looks for were at the West Lake", got)
	}
}

func TestDocumentNumbersLieNowhereInTheClear(t *testing.T) {
	h := build(t)
	h.fill(t, 1)
	var secrets []string
	g := demodata.New(1)
	for i := range few {
		for _, f := range g.Customer(i).Facts {
			if f.Field == "document_no" {
				secrets = append(secrets, f.Value)
			}
		}
	}
	if len(secrets) < 50 {
		t.Fatalf("only %d documents to look for", len(secrets))
	}
	var everything []byte
	if h.DB.Dialect() == db.SQLite {
		path := strings.TrimPrefix(h.databases.MainAddress, "sqlite:")
		for _, name := range []string{path, path + "-wal"} {
			b, err := os.ReadFile(name)
			if err != nil && !errors.Is(err, os.ErrNotExist) {
				t.Fatal(err)
			}
			everything = append(everything, b...)
		}
	}
	for _, query := range []string{"SELECT * FROM customers", "SELECT * FROM facts", "SELECT * FROM customer_keys", "SELECT * FROM audit_events"} {
		everything = append(everything, strings.Join(h.lines(t, query), "\n")...)
	}
	if !bytes.Contains(everything, []byte("张慕言")) {
		t.Fatal("not even the name is there: the search proves nothing")
	}
	for _, s := range secrets {
		if bytes.Contains(everything, []byte(s)) {
			t.Errorf("a document number of %d characters lies in the clear", len(s))
		}
	}
}

func refused(t *testing.T, h house, key string) {
	t.Helper()
	_, err := demo.Fill(t.Context(), h.Deps, demo.Options{Customers: few, Seed: 1, Now: now})
	var f *fault.Error
	if !errors.As(err, &f) || f.Text.Key != key || f.Kind != fault.Conflict {
		t.Errorf("got %v, want %s", err, key)
	}
}

func TestAHouseWithAnybodyInItIsRefused(t *testing.T) {
	h := build(t)
	h.fill(t, 1)
	before := h.count(t, "customers")
	refused(t, h, "demo.house_not_empty")
	if after := h.count(t, "customers"); after != before {
		t.Errorf("%s customers became %s", before, after)
	}
	for _, insert := range []string{
		"INSERT INTO branches (id, code, name_zh, name_en, time_zone, region, created_at) VALUES (1, 'a', 'a', 'a', 'UTC', 'CN', 1)",
		"INSERT INTO customers (id, public_id, kind, name, branch_id, created_at, created_by, updated_at) VALUES (1, 'K-0000000000', 1, 'a', 1, 1, 1, 1)",
	} {
		h := build(t)
		if _, err := h.DB.Pool().ExecContext(t.Context(), insert); err != nil {
			t.Fatal(err)
		}
		refused(t, h, "demo.house_not_empty")
	}
}

func TestAFillThatWasCutShortIsRecognisedAndRefused(t *testing.T) {
	h := build(t)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := demo.Fill(ctx, h.Deps, demo.Options{Customers: 5000, Seed: 1, Now: now, Progress: func(int, int) { cancel() }})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("cut short: %v", err)
	}
	if house, err := demo.Look(t.Context(), h.DB); house != demo.HalfFilled || err != nil {
		t.Fatalf("the house is %v, %v", house, err)
	}
	if _, err := demo.SignIns(t.Context(), h.Deps); !fault.Is(err, fault.NotFound) {
		t.Errorf("sign-ins of half a house: %v", err)
	}
	refused(t, h, "demo.half_filled")
}
