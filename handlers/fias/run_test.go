package fias_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"shuke/handlers/fias"
	"shuke/handlers/fias/fiastest"
	"shuke/models/clock"
	"shuke/models/lease"
	"shuke/models/modelstest"
)

// instance is one of several instances of the program on one database.
type instance struct {
	clock  *clockwork.FakeClock
	leases *lease.Service
	links  fias.Links
	stop   func()
}

// newInstance runs a link to the property system, as the program does.
func newInstance(t *testing.T, d modelstest.Databases, system *fiastest.System, sheet *fiastest.Sheet) *instance {
	t.Helper()
	i := &instance{clock: clockwork.NewFakeClockAt(opening)}
	settings := []fias.Settings{{Branch: "shanghai", Address: system.Address(), Charset: "utf-8", Interface: "MS"}}
	quiet := slog.New(slog.DiscardHandler)
	i.leases = lease.NewService(d.Main, clock.Of(i.clock), quiet)
	i.links = fias.NewLinks(i.leases, settings)
	find := func(context.Context, string) (fias.Branch, bool, error) {
		return fias.Branch{ID: branch, Zone: time.UTC}, true, nil
	}
	link, err := fias.NewLink(settings[0], find, sheet, clock.Of(i.clock), quiet)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		fias.Run(ctx, i.leases, []*fias.Link{link})
	}()
	i.stop = func() { cancel(); <-ended }
	t.Cleanup(i.stop)
	return i
}

// until reads how the link stands, as a page does, until it stands so.
func (i *instance) until(t *testing.T, what string, is func(fias.Status) bool) fias.Shown {
	t.Helper()
	limit := time.After(30 * time.Second)
	for {
		all, err := i.links.List(t.Context())
		if err != nil || len(all) != 1 {
			t.Fatal(all, err)
		}
		if is(all[0].Status) {
			return all[0]
		}
		select {
		case <-limit:
			t.Fatalf("never %s: %+v", what, all[0])
		default:
		}
	}
}

func is(s fias.State) func(fias.Status) bool {
	return func(st fias.Status) bool { return st.State == s }
}

func TestOfSeveralInstancesOneHasTheLinkAndAllCanTellHowItStands(t *testing.T) {
	d := modelstest.Open(t)
	system, sheet := fiastest.Start(t, fiastest.Script{}), fiastest.NewSheet(t)
	system.CheckIn(guest("1", "101", "Sentinel"))
	one := newInstance(t, d, system, sheet)
	sheet.Lists(1)
	other := newInstance(t, d, system, sheet)
	if err := other.clock.BlockUntilContext(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	got := other.until(t, "connected", func(s fias.Status) bool { return s.State == fias.Connected && !s.LastResync.IsZero() })
	if got.Branch != "shanghai" || got.InHouse != 1 || !got.LastResync.Equal(opening) || got.Connections != 1 {
		t.Errorf("the other instance tells %+v", got)
	}
	if note := notes(t, d); strings.Contains(note, "Sentinel") || strings.Contains(note, "101") || !json.Valid([]byte(note)) {
		t.Errorf("published: %s", note)
	}

	one.stop()
	system.Got("LE", 1)
	other.until(t, "off", is(fias.Off))
	if n := system.Count("connection"); n != 1 {
		t.Errorf("%d lines at a time", n)
	}
	other.clock.Advance(lease.Renewal)
	sheet.Lists(2)
	other.until(t, "connected again", is(fias.Connected))
}

func TestLinkOfAnInstanceThatIsGoneIsOff(t *testing.T) {
	d := modelstest.Open(t)
	system, sheet := fiastest.Start(t, fiastest.Script{}), fiastest.NewSheet(t)
	one := newInstance(t, d, system, sheet)
	one.until(t, "connected", is(fias.Connected))
	later := clockwork.NewFakeClockAt(opening.Add(lease.Life + lease.Renewal))
	watcher := &instance{links: fias.NewLinks(lease.NewService(d.Main, clock.Of(later), slog.New(slog.DiscardHandler)), []fias.Settings{{Branch: "shanghai"}})}
	if s := watcher.until(t, "off", is(fias.Off)); !s.Since.Equal(opening.Add(lease.Life)) || s.LastRecord.IsZero() {
		t.Errorf("%+v", s)
	}
	nobody := fias.NewLinks(lease.NewService(d.Main, clock.Of(later), slog.New(slog.DiscardHandler)), []fias.Settings{{Branch: "never"}})
	if all, err := nobody.List(t.Context()); err != nil || len(all) != 1 || all[0].State != fias.Off {
		t.Errorf("of a link nobody ever ran: %+v, %v", all, err)
	}
	if all, err := (fias.Links{}).List(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("of no links: %+v, %v", all, err)
	}
}

// Counts are published now and then, a change of state at once.
func TestCountsArePublishedWithinTheirTime(t *testing.T) {
	d := modelstest.Open(t)
	system, sheet := fiastest.Start(t, fiastest.Script{}), fiastest.NewSheet(t)
	one := newInstance(t, d, system, sheet)
	sheet.Lists(1)
	one.until(t, "listed", func(s fias.Status) bool { return !s.LastResync.IsZero() })
	system.CheckIn(guest("1", "101", "Wang"))
	system.Send(system.Record("GI", "RN102"))
	sheet.Marked(system.Mark())
	// The lease, the line and the publisher wait.
	if err := one.clock.BlockUntilContext(t.Context(), 3); err != nil {
		t.Fatal(err)
	}
	one.clock.Advance(fias.Publish)
	got := one.until(t, "counted", func(s fias.Status) bool { return s.Records == 2 })
	if got.Skipped() != 1 || got.Wrong[fias.NoReservation] != 1 {
		t.Errorf("%+v", got)
	}
}

func notes(t *testing.T, d modelstest.Databases) (out string) {
	t.Helper()
	if err := d.Main.Read(t.Context()).Raw("SELECT note FROM leases").Row().Scan(&out); err != nil {
		t.Fatal(err)
	}
	return out
}
