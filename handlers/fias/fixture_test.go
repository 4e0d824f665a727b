package fias_test

import (
	"bytes"
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jonboulle/clockwork"

	"shuke/handlers/fias"
	"shuke/handlers/fias/fiastest"
	"shuke/models/clock"
)

var opening = time.Date(2026, 11, 22, 1, 42, 0, 0, time.UTC)

// branch is the one at which the property system of a desk stands.
const branch = 7

// desk is a link between a property system and a sheet. Its clock stands still
// unless it is moved.
type desk struct {
	t      *testing.T
	clock  *clockwork.FakeClock
	system *fiastest.System
	sheet  *fiastest.Sheet
	link   *fias.Link
	logs   *logs
	tried  chan struct{} // has one for each attempt to connect
	closed bool          // the branch is
	last   time.Time     // when it was down last
	stop   context.CancelFunc
	ended  chan error
}

// logs is what was logged, for all goroutines.
type logs struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logs) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// newDesk has everything in place, and no line yet.
func newDesk(t *testing.T, script fiastest.Script, charset string) *desk {
	t.Helper()
	d := &desk{t: t, clock: clockwork.NewFakeClockAt(opening), system: fiastest.Start(t, script), sheet: fiastest.NewSheet(t), logs: &logs{},
		tried: make(chan struct{}, 1000), ended: make(chan error, 1)}
	find := func(context.Context, string) (fias.Branch, bool, error) {
		d.tried <- struct{}{}
		return fias.Branch{ID: branch, Zone: time.UTC}, !d.closed, nil
	}
	var err error
	d.link, err = fias.NewLink(fias.Settings{Branch: "shanghai", Address: d.system.Address(), Charset: charset, Interface: "MS"}, find, d.sheet,
		clock.Of(d.clock), slog.New(slog.NewJSONHandler(d.logs, nil)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// open starts the link.
func (d *desk) open() {
	ctx, stop := context.WithCancel(context.Background())
	d.stop = stop
	go func() { d.ended <- d.link.Alone(ctx) }()
	d.t.Cleanup(func() {
		stop()
		<-d.ended
	})
}

// connected is a desk whose line is up and which knows who is in house.
func connected(t *testing.T, script fiastest.Script) *desk {
	t.Helper()
	d := newDesk(t, script, "utf-8")
	d.open()
	d.sheet.Lists(1)
	return d
}

// until waits for the state or the problem of the link.
func (d *desk) until(what string, is func(fias.Status) bool) fias.Status {
	d.t.Helper()
	limit := time.After(30 * time.Second)
	for {
		if s := d.link.Now(); is(s) {
			return s
		}
		select {
		case <-d.link.Changed():
		case <-limit:
			d.t.Fatalf("never %s: %+v\n%s", what, d.link.Now(), d.logs)
		}
	}
}

// down waits until the line is gone for this reason and the link waits to
// connect again.
func (d *desk) down(why fias.Problem) {
	d.t.Helper()
	s := d.until(string(why), func(s fias.Status) bool {
		return s.State == fias.Connecting && s.Problem == why && s.ProblemAt.After(d.last)
	})
	d.last = s.ProblemAt
	d.waits()
}

// waits until the link waits for its clock.
func (d *desk) waits() {
	d.t.Helper()
	if err := d.clock.BlockUntilContext(d.t.Context(), 1); err != nil {
		d.t.Fatal(err)
	}
}

// pass lets time pass, once the link waits for it.
func (d *desk) pass(by time.Duration) {
	d.t.Helper()
	d.waits()
	d.clock.Advance(by)
}

// back lets the link connect again, after down, and waits for the whole list.
func (d *desk) back() {
	d.t.Helper()
	n := d.sheet.Ended()
	d.clock.Advance(fias.LongestWait)
	d.sheet.Lists(n + 1)
}

// same compares who is in which room, once all that was told is taken.
func (d *desk) same(step string) {
	d.t.Helper()
	d.sheet.Marked(d.system.Mark())
	d.equal(step, d.system.Rooms())
}

func (d *desk) equal(step string, want map[string][]string) {
	d.t.Helper()
	// Compared without cmp first: it is done thousands of times.
	if got := d.sheet.Rooms(branch); !maps.EqualFunc(want, got, slices.Equal) {
		d.t.Fatalf("%s: the property system (-) and the sheet (+) differ:\n%s", step, cmp.Diff(want, got))
	}
}

func guest(reservation, room, name string) fiastest.Stay {
	return fiastest.Stay{Reservation: reservation, Room: room, LastName: name}
}

func clockOf(t time.Time) clock.Clock { return clock.Of(clockwork.NewFakeClockAt(t)) }
