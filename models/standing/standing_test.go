package standing_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"shuke/models/arrival"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/modelstest"
	"shuke/models/standing"
	"shuke/models/stay"
	"shuke/policies"
)

var ctx = context.Background()

func rules() standing.Rules {
	return standing.Rules{Months: 24, Channels: []string{"service", "website"}, Reservations: true}
}

func TestEachRuleOfTheHouseMakesItsStanding(t *testing.T) {
	const added, today = "2026-01-05", "2026-11-22"
	visits := func(days ...string) (out []standing.Visit) {
		for i := 0; i+1 < len(days); i += 2 {
			out = append(out, standing.Visit{From: days[i], To: days[i+1]})
		}
		return out
	}
	for _, c := range []struct {
		name string
		e    standing.Evidence
		want string // standing, since, first contact, by, turns
	}{
		{"on a list only is a target", standing.Evidence{Heard: map[string]string{"list": added, "research": added}}, "target 2026-01-05 - - -"},
		{"heard directly is a prospect", standing.Evidence{Heard: map[string]string{"list": added, "service": "2026-03-01"}}, "prospect 2026-03-01 2026-03-01 service -"},
		{"the first contact counts", standing.Evidence{Heard: map[string]string{"website": "2026-02-01", "service": "2026-03-01"}}, "prospect 2026-02-01 2026-02-01 website -"},
		{"a reservation is a contact", standing.Evidence{Heard: map[string]string{"list": added}, ReservedOn: "2026-04-01"}, "prospect 2026-04-01 2026-04-01 reservation -"},
		{"a stay makes a customer", standing.Evidence{ReservedOn: "2026-04-01", Visits: visits("2026-05-01", "2026-05-03")}, "customer 2026-05-01 2026-04-01 reservation 2028-05-03"},
		{"who stays again and again is one since the first stay", standing.Evidence{Visits: visits("2023-05-01", "2023-05-03", "2025-01-01", "2025-01-04")}, "customer 2023-05-01 - - 2027-01-04"},
		{"without a stay for the months they are lapsed", standing.Evidence{Visits: visits("2024-11-20", "2024-11-22")}, "lapsed 2026-11-22 - - -"},
		{"until the day itself they are not", standing.Evidence{Visits: visits("2024-11-20", "2024-11-23")}, "customer 2024-11-20 - - 2026-11-23"},
		{"who comes back is a customer since the return", standing.Evidence{Visits: visits("2020-01-01", "2020-01-02", "2026-10-01", "2026-10-02")}, "customer 2026-10-01 - - 2028-10-02"},
	} {
		c.e.AddedOn = added
		dash := func(s string) string {
			if s == "" {
				return "-"
			}
			return s
		}
		r := rules().Of(c.e, today)
		if got := fmt.Sprint(r.Standing, " ", r.SinceOn, " ", dash(r.ReachedOn), " ", dash(r.ReachedBy), " ", dash(r.TurnsOn)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	silent := rules()
	silent.Reservations = false
	if r := silent.Of(standing.Evidence{AddedOn: added, ReservedOn: "2026-04-01"}, today); r.Standing != standing.Target {
		t.Errorf("a reservation that does not count made a %s", r.Standing)
	}
}

func TestMonthsEndOnTheLastDayOfAShorterOne(t *testing.T) {
	for day, want := range map[string]string{"2026-01-31": "2026-02-28", "2024-01-31": "2024-02-29", "2026-03-15": "2026-04-15", "2026-12-31": "2027-01-31", "no day": ""} {
		if got := standing.AfterMonths(day, 1); got != want {
			t.Errorf("a month after %s is %s, want %s", day, got, want)
		}
	}
}

func of(t *testing.T, h *modelstest.House, id string) standing.Row {
	t.Helper()
	r, found, err := standing.Find(ctx, h.Main, h.Customer(id).ID)
	if err != nil || !found {
		t.Fatalf("%v, %v", found, err)
	}
	return r
}

func from(t *testing.T, h *modelstest.House, name string, channel customer.Channel) string {
	t.Helper()
	id, err := h.Customers.Create(ctx, h.Actor(policies.Manager), h.Catalogue(), customer.Draft{Kind: customer.Individual, Channel: channel, Values: modelstest.Facts("name", name)})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func book(t *testing.T, h *modelstest.House, guest string, status stay.Status, arrive, depart string) string {
	t.Helper()
	id, err := h.Arrivals.Book(ctx, h.Actor(policies.Manager), arrival.Booking{Customer: guest, Status: status, ArriveOn: arrive, DepartOn: depart, ETA: -1, Rate: 50000, Adults: 1})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestStandingIsKeptByWhatChangesIt(t *testing.T) {
	h := modelstest.NewHouse(t)
	check := func(id string, want standing.Standing, since string) {
		t.Helper()
		if r := of(t, h, id); r.Standing != want || r.SinceOn != since {
			t.Errorf("%s since %s, want %s since %s", r.Standing, r.SinceOn, want, since)
		}
	}
	listed, noted, reserved := from(t, h, "名单一", "list"), from(t, h, "名单二", "list"), from(t, h, "名单三", "list")
	check(listed, standing.Target, "2026-11-22")
	check(from(t, h, "王小明", "service"), standing.Prospect, "2026-11-22")
	h.Clock.Advance(48 * time.Hour)
	if _, err := h.Customers.TakeNote(ctx, h.Clerk(), h.Catalogue(), customer.Note{PublicID: noted, Words: "枕头要高", Channel: "service"}); err != nil {
		t.Fatal(err)
	}
	check(noted, standing.Prospect, "2026-11-24")
	if err := h.Change(h.Clerk(), listed, customer.Value{Field: "city", Text: "杭州"}); err != nil {
		t.Fatal(err)
	}
	check(listed, standing.Prospect, "2026-11-24")
	id := book(t, h, reserved, stay.Reserved, "2026-11-24", "2026-11-26")
	check(reserved, standing.Prospect, "2026-11-24")
	s, err := h.Arrivals.Stays().Find(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Arrivals.Turn(ctx, h.Actor(policies.Manager), id, s.Version, stay.InHouse); err != nil {
		t.Fatal(err)
	}
	check(reserved, standing.Customer, "2026-11-24")
	if r := of(t, h, reserved); r.LastOn != "2026-11-26" || r.TurnsOn != "2028-11-26" || r.ReachedBy != standing.ByReservation {
		t.Errorf("%+v", r)
	}
	// A slip of the finger taken back leaves nothing behind.
	if err := h.Arrivals.Turn(ctx, h.Actor(policies.Manager), id, s.Version+1, stay.Reserved); err != nil {
		t.Fatal(err)
	}
	check(reserved, standing.Prospect, "2026-11-24")
	// A stay claimed for somebody else makes the first what they were.
	other := from(t, h, "名单四", "list")
	if err := h.Arrivals.Claim(ctx, h.Actor(policies.Manager), id, s.Version+2, other); err != nil {
		t.Fatal(err)
	}
	check(reserved, standing.Target, "2026-11-22")
	check(other, standing.Prospect, "2026-11-24")
}

func TestSweepLapsesThoseWhoseDayHasComeInRanges(t *testing.T) {
	h := modelstest.NewHouse(t)
	gone, stays := h.AddGuest("王小明"), h.AddGuest("李梅")
	book(t, h, gone, stay.Departed, "2024-11-20", "2024-11-24")
	book(t, h, stays, stay.Departed, "2026-11-01", "2026-11-03")
	// So many that one range does not hold them.
	for i := range 700 {
		h.Run("INSERT INTO standings (customer_id, standing, since_on, last_on, turns_on) VALUES (?, 2, '2020-01-01', '2020-01-01', '2026-11-23')", 1_000_000+i)
		h.Run("INSERT INTO customers (id, public_id, kind, name, branch_id, created_at, created_by, updated_at) VALUES (?, ?, 1, '客', 1, 1, 1, 1)", 1_000_000+i, fmt.Sprintf("K-%010d", i))
		h.Run("INSERT INTO facts (customer_id, state, n, field, item, none, value, band, channel, trust, staff_id, branch_id, recorded_at) VALUES (?, 0, 1, 'name', 0, 0, '客', '', 'list', 1, 1, 1, 86400000)", 1_000_000+i)
	}
	if n, err := h.Standing.Sweep(ctx); err != nil || n == 0 {
		t.Fatalf("the first walk: %d, %v", n, err)
	}
	if n, err := h.Standing.Sweep(ctx); n != 0 || err != nil {
		t.Errorf("with nothing due it looked at %d, %v", n, err)
	}
	if r := of(t, h, gone); r.Standing != standing.Customer {
		t.Fatalf("%+v", r)
	}
	h.Clock.Advance(48 * time.Hour)
	h.Run("UPDATE standings SET standing = 2, turns_on = '2026-11-23' WHERE customer_id >= 1000000")
	with, trace := db.WithTrace(ctx)
	if n, err := h.Standing.Sweep(with); err != nil || n != 701 {
		t.Fatalf("it looked at %d, %v", n, err)
	}
	if len(trace.Statements()) > 701*7 {
		t.Errorf("%d statements", len(trace.Statements()))
	}
	if r := of(t, h, gone); r.Standing != standing.Lapsed || r.SinceOn != "2026-11-24" {
		t.Errorf("%+v", r)
	}
	if r := of(t, h, stays); r.Standing != standing.Customer {
		t.Errorf("%+v", r)
	}
}

func TestNewRulesReachEverybodyWhereTwoInstancesSweep(t *testing.T) {
	h := modelstest.NewHouse(t)
	guest := h.AddGuest("王小明")
	book(t, h, guest, stay.Departed, "2025-10-01", "2025-10-03")
	h.Run("DELETE FROM standings") // as before there were any
	other := h.Again()
	errs := make(chan error)
	for _, s := range []*standing.Service{h.Standing, other.Standing} {
		go func() { _, err := s.Sweep(ctx); errs <- err }()
	}
	for range 2 {
		if err := <-errs; err != nil {
			t.Fatal(err)
		}
	}
	if r := of(t, h, guest); r.Standing != standing.Customer {
		t.Fatalf("%+v", r)
	}
	a := h.Actor(policies.Manager)
	in, err := h.Standing.Rules(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	known := []string{"service", "website", "pos"}
	in.Months = 12
	if err := h.Standing.SaveRules(ctx, a, in, known); err != nil {
		t.Fatal(err)
	}
	if err := h.Standing.SaveRules(ctx, a, in, known); err == nil {
		t.Error("a stale form changed the rules")
	}
	if _, err := h.Standing.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	if r := of(t, h, guest); r.Standing != standing.Lapsed || r.SinceOn != "2026-10-03" {
		t.Errorf("%+v", r)
	}
	for _, bad := range []standing.Rules{{Months: 0, Channels: known}, {Months: 121, Channels: known}, {Months: 12, Channels: []string{"nonsense"}}} {
		if err := h.Standing.SaveRules(ctx, a, bad, known); err == nil {
			t.Errorf("%+v passed", bad)
		}
	}
	if err := h.Standing.SaveRules(ctx, h.Clerk(), in, known); err == nil {
		t.Error("a clerk changed the rules")
	}
}
