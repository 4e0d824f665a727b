package lease_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"shuke/models/clock"
	"shuke/models/db"
	"shuke/models/lease"
	"shuke/models/modelstest"
)

// instance is one of several instances of the program: its own clock and
// connections, the same database.
type instance struct {
	*lease.Service
	t     *testing.T
	clock *clockwork.FakeClock
	db    *db.DB
	began chan context.Context // each time it gets the lease
	ended chan error
	stop  context.CancelFunc
	live  context.Context
}

func newInstance(t *testing.T, d modelstest.Databases, ahead time.Duration) *instance {
	t.Helper()
	own, err := db.Open(t.Context(), d.MainAddress)
	if err != nil {
		t.Fatal(err)
	}
	i := &instance{t: t, clock: clockwork.NewFakeClockAt(modelstest.Opening.Add(ahead)), db: own, began: make(chan context.Context), ended: make(chan error, 1)}
	i.Service = lease.NewService(own, clock.Of(i.clock), slog.New(slog.DiscardHandler))
	i.live, i.stop = context.WithCancel(context.Background())
	t.Cleanup(func() { i.stop(); own.Close() })
	return i
}

// hold wants the job, tells each time it gets it, and works until it is lost.
func (i *instance) hold() {
	go func() {
		i.ended <- i.Hold(i.live, "job", func(ctx context.Context, _ *lease.Lease) error {
			select {
			case i.began <- ctx:
			case <-i.live.Done():
			}
			<-ctx.Done()
			return ctx.Err()
		})
	}()
}

// gets waits until it has the job.
func (i *instance) gets() context.Context {
	i.t.Helper()
	select {
	case ctx := <-i.began:
		return ctx
	case <-i.t.Context().Done():
		i.t.Fatal("never got the lease")
	}
	return nil
}

// waits until it waits for its clock alone: to renew, or to try again.
func (i *instance) waits() {
	i.t.Helper()
	if err := i.clock.BlockUntilContext(i.t.Context(), 1); err != nil {
		i.t.Fatal(err)
	}
}

// pass lets time pass for all, in steps in which each does what is due.
func pass(d time.Duration, all ...*instance) {
	const step = 5 * time.Second
	for ; d > 0; d -= step {
		for _, i := range all {
			i.waits()
			i.clock.Advance(step)
			i.waits()
		}
	}
}

func (i *instance) idle() bool {
	select {
	case <-i.began:
		return false
	default:
		return true
	}
}

func holds(ctx context.Context) bool { return ctx.Err() == nil }

func TestOfSeveralInstancesOneHasTheLeaseUntilItLeaves(t *testing.T) {
	d := modelstest.Open(t)
	a, b := newInstance(t, d, 0), newInstance(t, d, 0)
	a.hold()
	mine := a.gets()
	b.hold()
	pass(5*lease.Life, a, b)
	if !holds(mine) || !b.idle() {
		t.Fatalf("after five lives a holds: %v, b idle: %v", holds(mine), b.idle())
	}
	a.stop()
	if err := <-a.ended; !errors.Is(err, context.Canceled) {
		t.Errorf("Hold returned %v", err)
	}
	b.waits()
	b.clock.Advance(lease.Renewal)
	b.gets()
}

func TestLeaseOfACrashedInstanceRunsOut(t *testing.T) {
	d := modelstest.Open(t)
	a, b := newInstance(t, d, 0), newInstance(t, d, 0)
	a.hold()
	a.gets()
	a.waits() // and never again: its clock stands still
	b.hold()
	pass(lease.Life-lease.Renewal, b)
	if !b.idle() {
		t.Fatal("taken over before it ran out")
	}
	b.waits()
	b.clock.Advance(lease.Renewal)
	b.gets()
}

// The worst case: the holder cannot reach the database, and the clock of the
// other is ahead by as much as clocks may be.
func TestHolderThatCannotRenewStopsBeforeAnotherTakesOver(t *testing.T) {
	d := modelstest.Open(t)
	a, b := newInstance(t, d, 0), newInstance(t, d, lease.Skew)
	a.hold()
	mine := a.gets()
	a.waits()
	b.hold()
	b.waits()
	a.db.Close()
	for range 100 {
		pass(5*time.Second, b)
		if !b.idle() {
			t.Fatal("both have it")
		}
		pass(5*time.Second, a)
		if !holds(mine) {
			pass(lease.Life, b)
			b.gets()
			return
		}
	}
	t.Fatal("the holder never stopped")
}

func TestHolderWhoseLeaseIsTakenStopsAtItsNextRenewal(t *testing.T) {
	d := modelstest.Open(t)
	a := newInstance(t, d, 0)
	a.hold()
	mine := a.gets()
	a.waits()
	until := db.Millis(a.clock.Now().Add(lease.Life))
	run(t, d.Main, "UPDATE leases SET holder = 'other', term = term + 1, until_at = ? WHERE name = 'job'", until)
	a.clock.Advance(lease.Renewal)
	<-mine.Done()
	if !errors.Is(context.Cause(mine), lease.ErrLost) {
		t.Errorf("ended by %v", context.Cause(mine))
	}
	pass(lease.Renewal, a)
	if got := read(t, d.Main, "SELECT holder FROM leases"); got != "other" {
		t.Errorf("who lost the lease wrote into the row: holder %s", got)
	}
}

func TestWorkThatEndsByItselfLeavesTheLease(t *testing.T) {
	d := modelstest.Open(t)
	a, b := newInstance(t, d, 0), newInstance(t, d, -lease.Skew)
	failed := errors.New("done")
	err := a.Hold(t.Context(), "job", func(context.Context, *lease.Lease) error { return failed })
	if !errors.Is(err, failed) {
		t.Errorf("Hold returned %v", err)
	}
	// At once, even by a clock that is behind.
	b.hold()
	b.gets()
}

// Every instance starts the job of the night when its own clock says so.
func TestJobOfTheNightIsDoneOnceWhateverTheClocks(t *testing.T) {
	d := modelstest.Open(t)
	done := 0
	for n := range 3 {
		// However far apart they come, it is the same moment by the clock of each,
		// but for the delay of a timer.
		i := newInstance(t, d, time.Duration(n)*100*time.Millisecond)
		ran, err := i.Once(t.Context(), "night", func(context.Context, *lease.Lease) error { done++; return nil })
		if err != nil || ran != (n == 0) {
			t.Errorf("instance %d: ran %v, %v", n, ran, err)
		}
	}
	if done != 1 {
		t.Errorf("done %d times", done)
	}
	next := newInstance(t, d, 24*time.Hour)
	if ran, err := next.Once(t.Context(), "night", func(context.Context, *lease.Lease) error { return nil }); !ran || err != nil {
		t.Errorf("the next night: ran %v, %v", ran, err)
	}
}

func TestJobThatFailedMayBeTriedByAnother(t *testing.T) {
	d := modelstest.Open(t)
	failed := errors.New("no")
	if ran, err := newInstance(t, d, 0).Once(t.Context(), "night", func(context.Context, *lease.Lease) error { return failed }); !ran || !errors.Is(err, failed) {
		t.Errorf("ran %v, %v", ran, err)
	}
	if ran, err := newInstance(t, d, 0).Once(t.Context(), "night", func(context.Context, *lease.Lease) error { return nil }); !ran || err != nil {
		t.Errorf("another: ran %v, %v", ran, err)
	}
}

func TestNoteOfTheHolderIsReadByAllAndOnlyItsOwn(t *testing.T) {
	d := modelstest.Open(t)
	a, b := newInstance(t, d, 0), newInstance(t, d, 0)
	err := a.Hold(t.Context(), "job", func(ctx context.Context, l *lease.Lease) error {
		if err := l.Note(ctx, "going well 好"); err != nil {
			t.Error(err)
		}
		all, err := b.Reports(ctx, []string{"job", "never done"})
		r := all["job"]
		if err != nil || len(all) != 1 || !r.Held || r.Note != "going well 好" || !r.NotedAt.Equal(modelstest.Opening) || !r.TakenAt.Equal(modelstest.Opening) {
			t.Errorf("read %+v, %v", all, err)
		}
		if err := l.Note(ctx, strings.Repeat("x", 8001)); err == nil {
			t.Error("an endless note was taken")
		}
		run(t, d.Main, "UPDATE leases SET term = term + 1")
		if err := l.Note(ctx, "of the past"); !errors.Is(err, lease.ErrLost) {
			t.Errorf("noted by who lost it: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	b.clock.Advance(lease.Life)
	all, err := b.Reports(t.Context(), []string{"job"})
	if r := all["job"]; err != nil || r.Held || r.Note != "going well 好" {
		t.Errorf("afterwards %+v, %v", r, err)
	}
	if all, err := b.Reports(t.Context(), nil); err != nil || len(all) != 0 {
		t.Errorf("of no names: %v, %v", all, err)
	}
}

func run(t *testing.T, d *db.DB, query string, args ...any) {
	t.Helper()
	if err := d.InTx(t.Context(), func(tx *db.Tx) error { _, err := tx.Run(query, args...); return err }); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, d *db.DB, query string) (out string) {
	t.Helper()
	if err := d.Read(t.Context()).Raw(query).Row().Scan(&out); err != nil {
		t.Fatal(err)
	}
	return out
}
