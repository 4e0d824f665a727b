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

	"github.com/google/go-cmp/cmp"

	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/demo"
	"shuke/models/demodata"
	"shuke/models/fault"
	"shuke/models/staff"
	"shuke/policies"
)

// One filled house serves all that only look at it.
func TestAFilledHouse(t *testing.T) {
	h := build(t)
	var steps []int
	var err error
	h.signIns, err = demo.Fill(t.Context(), h.Deps, demo.Options{Customers: few, Seed: 1, Now: now, By: policies.Actor{Via: policies.Command, OSUser: "root"},
		Progress: func(done, total int) { steps = append(steps, done, total) }})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(steps, []int{few, few}) {
		t.Errorf("progress %v", steps)
	}
	for _, c := range []struct {
		name string
		test func(*testing.T, house)
	}{
		{"everybody is there, and one record of it", everybodyIsThere},
		{"the median customer has about 25 facts", medianIsAboutTwentyFiveFacts},
		{"the first of each role signs in and nobody else", firstOfEachRoleSignsIn},
		{"document numbers lie nowhere in the clear", documentsAreSealed},
		{"guests of late are at their branches", guestsOfLate},
		{"the front desk finds the guest of the example first", frontDeskFindsTheGuest},
		{"the guest of the example said what they want", theGuestOfTheExampleSpoke},
		{"keys are those that a single write makes", keysAreThoseOfASingleWrite},
		{"the fixed guests know each other", theFixedGuestsKnowEachOther},
		{"members have the levels of their stays", membersAreThoseOfTheirStays},
		{"it is not filled twice", notFilledTwice},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, h) })
	}
}

func everybodyIsThere(t *testing.T, h house) {
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

func theGuestOfTheExampleSpoke(t *testing.T, h house) {
	var id int64
	if err := h.DB.Read(t.Context()).Raw("SELECT id FROM customers WHERE name = '张慕言' ORDER BY id LIMIT 1").Scan(&id).Error; err != nil {
		t.Fatal(err)
	}
	s, err := consent.Of(t.Context(), h.DB, id)
	if err != nil || len(s.Decisions) != 5 || len(s.Restrictions) != 1 || !s.Allows(consent.Service, "") || s.Allows(consent.Marketing, consent.SMS) {
		t.Errorf("%+v, %v", s, err)
	}
	if got := h.count(t, fmt.Sprintf("consent_events WHERE at > %d", db.Millis(now))); got != "0" {
		t.Errorf("%s words from the future", got)
	}
}

func medianIsAboutTwentyFiveFacts(t *testing.T, h house) {
	var counts []int
	if err := h.DB.Read(t.Context()).Raw("SELECT facts FROM customers ORDER BY facts").Scan(&counts).Error; err != nil {
		t.Fatal(err)
	}
	if m := counts[len(counts)/2]; m < 21 || m > 29 {
		t.Errorf("median %d", m)
	}
}

func firstOfEachRoleSignsIn(t *testing.T, h house) {
	signIns := h.signIns
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

// Ids, salts, keys and passwords are the house's own; everything else follows
// from the seed.
func TestSameSeedGivesTheSameData(t *testing.T) {
	const facts = `SELECT customer_id, n, state, field, item, none, CASE WHEN sealed IS NULL THEN value ELSE 'sealed' END, band, channel, trust,
 staff_id, branch_id, recorded_at FROM facts ORDER BY customer_id, n`
	const customers = "SELECT id, kind, name, reading, phones, member_no, branch_id, facts, created_at, created_by, updated_at FROM customers ORDER BY id"
	const keys = "SELECT kind, k, customer_id FROM customer_keys WHERE kind <> 7 ORDER BY kind, k, customer_id"
	const recents = "SELECT branch_id, customer_id, at FROM recents ORDER BY branch_id, customer_id"
	a, b, other := build(t), build(t), build(t)
	first, second := a.fill(t, 7), b.fill(t, 7)
	for i := range first {
		if first[i].Password == second[i].Password {
			t.Errorf("%s has a password that the source gives away", first[i].Login)
		}
	}
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

func keysAreThoseOfASingleWrite(t *testing.T, h house) {
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

func frontDeskFindsTheGuest(t *testing.T, h house) {
	cat, err := h.Customers.CurrentCatalogue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got, err := h.Customers.LookUp(t.Context(), h.actor(t, "qiantai"), cat, "zmy 1234")
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Hits) == 0 || text(got.Hits[0].Name) != "张慕言" {
		t.Fatalf("%+v", got)
	}
	got, err = h.Customers.LookUp(t.Context(), h.actor(t, "qiantai"), cat, "510104197403121230")
	if err != nil || len(got.Hits) != 1 || text(got.Hits[0].Name) != "张慕言" {
		t.Errorf("by the whole document number: %+v, %v", got, err)
	}
}

func guestsOfLate(t *testing.T, h house) {
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

func documentsAreSealed(t *testing.T, h house) {
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

func notFilledTwice(t *testing.T, h house) {
	before := h.count(t, "customers")
	refused(t, h, "demo.house_not_empty")
	if after := h.count(t, "customers"); after != before {
		t.Errorf("%s customers became %s", before, after)
	}
}

func TestAHouseWithAnybodyInItIsRefused(t *testing.T) {
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
