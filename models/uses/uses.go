// Package uses counts how often the product acts upon what it knows: shown in
// the head of a card, revealed, looked up by. It knows fields by their keys and
// no customer, so that a house learns what it keeps in vain and nobody else
// learns anything.
package uses

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"shuke/models/clock"
	"shuke/models/db"
)

// Use is a way in which a value is acted upon.
type Use string

// The uses.
const (
	Head      Use = "head"    // shown in the head of a card
	Reveal    Use = "reveal"  // looked at behind its mask
	LookUp    Use = "look_up" // somebody was found by it
	Change    Use = "change"  // a known value was changed or confirmed
	Arrival   Use = "arrival" // put on an arrivals sheet
	ImportKey Use = "import"  // rows of a file were joined by it
	Ask       Use = "ask"     // somebody was asked for it
)

// All lists every use, in the order of pages.
var All = []Use{Head, LookUp, Reveal, Change, Arrival, ImportKey, Ask}

type row struct {
	day   int64
	field string
	use   Use
}

// Counter counts in memory and writes when told to, so that no request waits
// for a row that all requests share. One runs a process; what a process that is
// killed had not written yet, a minute's worth, is lost, and these are no accounts.
type Counter struct {
	db    *db.DB
	clock clock.Clock

	mu    sync.Mutex
	times map[row]int64
}

// NewCounter returns a counter at nought.
func NewCounter(d *db.DB, c clock.Clock) *Counter {
	return &Counter{db: d, clock: c, times: map[row]int64{}}
}

// Used counts that a value of the field was acted upon. A nil Counter counts
// nothing.
func (c *Counter) Used(field string, use Use) { c.Add(field, use, 1) }

// Add is Used for many values.
func (c *Counter) Add(field string, use Use, times int) {
	if c == nil || times <= 0 {
		return
	}
	at := row{Day(c.clock.Now()), field, use}
	c.mu.Lock()
	c.times[at] += int64(times)
	c.mu.Unlock()
}

// Day is the day of a moment as the table has it: 20261122, in UTC.
func Day(t time.Time) int64 {
	year, month, day := t.UTC().Date()
	return int64(year)*10000 + int64(month)*100 + int64(day)
}

// DayTime is the inverse of Day: the beginning of the day.
func DayTime(day int64) time.Time {
	if day == 0 {
		return time.Time{}
	}
	return time.Date(int(day/10000), time.Month(day/100%100), int(day%100), 0, 0, 0, 0, time.UTC)
}

// Flush adds what was counted to the table. What cannot be written is counted
// on for the next time.
func (c *Counter) Flush(ctx context.Context) error {
	c.mu.Lock()
	counted := c.times
	c.times = map[row]int64{}
	c.mu.Unlock()
	if len(counted) == 0 {
		return nil
	}
	err := c.db.InTx(ctx, func(tx *db.Tx) error { return write(tx, counted) })
	if err == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for at, n := range counted {
		c.times[at] += n
	}
	return err
}

// rowsPerInsert keeps statements short and their number of shapes small.
const rowsPerInsert = 128

// write adds up the rows, sorted so that two instances never wait for each other
// in a ring.
func write(tx *db.Tx, counted map[row]int64) error {
	rows := make([]row, 0, len(counted))
	for at := range counted {
		rows = append(rows, at)
	}
	slices.SortFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.field, b.field), cmp.Compare(a.use, b.use))
	})
	for chunk := range slices.Chunk(rows, rowsPerInsert) {
		args := make([]any, 0, 4*len(chunk))
		for _, r := range chunk {
			args = append(args, r.day, r.field, string(r.use), counted[r])
		}
		_, err := tx.Run("INSERT INTO field_uses (day, field, used_as, times) VALUES "+db.Rows(len(chunk), 4)+
			tx.Dialect.Upsert("day, field, used_as", "times = field_uses.times + new.times"), args...)
		if err != nil {
			return err
		}
	}
	return nil
}
