package purpose

import (
	"context"
	"time"

	"shuke/models/db"
)

// pace is how a count goes through the base: in pages small enough to be read
// while others work, written in parts large enough that the sums of all branches
// are not written anew for every page. Both are numbers of customers.
type pace struct{ page, part int }

var usualPace = pace{page: 2_000, part: 50_000}

// abandoned is when a count that did not get to its end is begun anew: what it
// counted at its beginning is too old to stand beside the rest.
const abandoned = 12 * time.Hour

// count is one way through the base.
type count struct {
	id        int64
	startedAt time.Time
	lastID    int64 // customers up to here are counted
	endID     int64 // the last there was when it began
}

// goThrough counts what is known, of how many and how fresh, for every field and
// branch, and what was used. A count that was cut short is taken up where it
// was; of two at once each counts a part, and none is counted twice.
func (s *Service) goThrough(ctx context.Context, c count) error {
	if err := s.uses.Flush(ctx); err != nil {
		return err
	}
	cat, err := s.customers.CurrentCatalogue(ctx)
	if err != nil {
		return err
	}
	for {
		p, err := s.read(ctx, cat, c)
		if err != nil {
			return err
		}
		var now progress
		if err := s.db.InTx(ctx, func(tx *db.Tx) (err error) {
			now, err = s.add(tx, cat, c, p)
			return err
		}); err != nil || now.over {
			return err
		}
		c.lastID = now.lastID
	}
}

// begin takes up the unfinished count or begins one.
func (s *Service) begin(ctx context.Context) (count, error) {
	var c count
	begin := func(tx *db.Tx) error {
		now := s.clock.Now()
		var started int64
		err := tx.Raw("SELECT id, started_at, last_id, end_id FROM purpose_counts WHERE finished_at = 0 ORDER BY id DESC LIMIT 1"+tx.Dialect.ForUpdate()).
			Row().Scan(&c.id, &started, &c.lastID, &c.endID)
		if err != nil && !db.NoRow(err) {
			return err
		}
		if c.startedAt = db.Time(started); err == nil && now.Sub(c.startedAt) < abandoned {
			return nil
		}
		c = count{startedAt: now}
		err = tx.Raw("SELECT COALESCE((SELECT MAX(id) FROM purpose_counts), 0) + 1, COALESCE((SELECT MAX(id) FROM customers), 0)").Row().Scan(&c.id, &c.endID)
		if err != nil {
			return err
		}
		_, err = tx.Run("INSERT INTO purpose_counts (id, started_at, beat_at, end_id) VALUES (?,?,?,?)", c.id, db.Millis(now), db.Millis(now), c.endID)
		return err
	}
	err := s.db.InTx(ctx, begin)
	if db.Duplicate(err) { // two began at once: the other's is there now
		err = s.db.InTx(ctx, begin)
	}
	return c, err
}
