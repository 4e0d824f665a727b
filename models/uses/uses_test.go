package uses_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"shuke/models/clock"
	"shuke/models/modelstest"
	"shuke/models/uses"
)

var ctx = context.Background()

func times(h *modelstest.House, field string, use uses.Use) int64 {
	h.T.Helper()
	return h.Count("SELECT COALESCE(SUM(times), 0) FROM field_uses WHERE field = ? AND used_as = ?", field, string(use))
}

func flush(t *testing.T, counters ...*uses.Counter) {
	t.Helper()
	for _, c := range counters {
		if err := c.Flush(ctx); err != nil {
			t.Fatal(err)
		}
	}
}

func TestUsesAreWrittenOnlyWhenTold(t *testing.T) {
	h := modelstest.NewHouse(t)
	c := uses.NewCounter(h.Main, clock.Of(h.Clock))
	for range 1000 {
		c.Used("diet", uses.Head)
	}
	c.Add("phone", uses.ImportKey, 42)
	c.Add("phone", uses.ImportKey, 0)
	if n := h.Count("SELECT COUNT(*) FROM field_uses"); n != 0 {
		t.Fatalf("%d rows before anybody wrote", n)
	}
	flush(t, c, c) // the second has nothing to add
	if n := times(h, "diet", uses.Head); n != 1000 {
		t.Errorf("diet used %d times", n)
	}
	if n := times(h, "phone", uses.ImportKey); n != 42 {
		t.Errorf("phone used %d times", n)
	}
	if n := h.Count("SELECT COUNT(*) FROM field_uses"); n != 2 {
		t.Errorf("%d rows for two fields on a day", n)
	}
}

func TestUsesOfAllInstancesAndGoroutinesAddUp(t *testing.T) {
	h := modelstest.NewHouse(t)
	one, other := uses.NewCounter(h.Main, clock.Of(h.Clock)), uses.NewCounter(h.Again().Main, clock.Of(h.Clock))
	var all sync.WaitGroup
	for range 4 {
		for _, c := range []*uses.Counter{one, other} {
			all.Go(func() {
				for range 250 {
					c.Used("diet", uses.Head)
					c.Used("taboo", uses.Head)
				}
				if err := c.Flush(ctx); err != nil {
					t.Error(err)
				}
			})
		}
	}
	all.Wait()
	if n := times(h, "diet", uses.Head); n != 2000 {
		t.Errorf("%d times", n)
	}
}

func TestUsesAreKeptByDay(t *testing.T) {
	h := modelstest.NewHouse(t)
	c := uses.NewCounter(h.Main, clock.Of(h.Clock))
	c.Used("diet", uses.Head)
	h.Clock.Advance(24 * time.Hour)
	c.Used("diet", uses.Head)
	c.Used("diet", uses.Reveal)
	flush(t, c)
	for day, want := range map[int64]int64{20261122: 1, 20261123: 2} {
		if n := h.Count("SELECT COALESCE(SUM(times), 0) FROM field_uses WHERE day = ?", day); n != want {
			t.Errorf("day %d: %d uses, not %d", day, n, want)
		}
	}
	if d := uses.DayTime(20261123); uses.Day(d) != 20261123 || !uses.DayTime(0).IsZero() {
		t.Errorf("day came back as %v", d)
	}
}

func TestWhatCannotBeWrittenCountsTheNextTime(t *testing.T) {
	h := modelstest.NewHouse(t)
	c := uses.NewCounter(h.Main, clock.Of(h.Clock))
	c.Used("diet", uses.Head)
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if err := c.Flush(gone); err == nil {
		t.Fatal("written without a database")
	}
	c.Used("diet", uses.Head)
	flush(t, c)
	if n := times(h, "diet", uses.Head); n != 2 {
		t.Errorf("%d times", n)
	}
}

func TestNoCounterCountsNothing(t *testing.T) {
	var none *uses.Counter
	none.Used("diet", uses.Head) // must not panic
}

func BenchmarkUsed(b *testing.B) {
	c := uses.NewCounter(nil, clock.Real())
	for b.Loop() {
		c.Used("diet", uses.Head)
	}
}
