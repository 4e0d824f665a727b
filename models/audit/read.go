package audit

import (
	"context"
	"time"

	"shuke/models/db"
)

// Shown is an event as those who read the record see it: with names for the
// ids, and customers by their public id alone.
type Shown struct {
	Decoded
	At         time.Time
	Broken     bool   // the body cannot be read; only Seq is known
	ActorName  string // "" when nobody had signed in
	ActorLogin string
	Customer   string // public id, "" when the event is about none
}

// Reader reads the record back.
type Reader struct{ db *db.DB }

// NewReader returns a reader of a migrated database.
func NewReader(d *db.DB) *Reader { return &Reader{db: d} }

// scanned is how many events a page looks through for those of one subject:
// there is no index by action, so that writing stays cheap, and no page may
// walk the whole record.
const scanned = 50_000

// The statement walks the primary key downwards and stops at the limit. Who and
// which customer are taken from the body: the columns beside it prove nothing.
const (
	shownSQL    = "SELECT seq, body FROM audit_events WHERE seq < ? AND seq >= ? "
	ofSubject   = "AND action >= ? AND action < ? "
	newestFirst = "ORDER BY seq DESC LIMIT ?"
)

// Page returns at most limit events before the given number (0: the newest),
// newest first, and the number the next page goes on before, 0 at the end of
// the record. With a subject ("staff") it returns events whose action begins
// with it; such a page may hold few events or none and still not be the last.
func (r *Reader) Page(ctx context.Context, before int64, subject string, limit int) (events []Shown, next int64, err error) {
	if before <= 0 {
		if err := r.db.Read(ctx).Raw("SELECT size + 1 FROM audit_head WHERE id = 1").Row().Scan(&before); err != nil {
			return nil, 0, err
		}
	}
	floor, query := int64(1), shownSQL
	args := []any{before, floor}
	if subject != "" {
		floor = max(before-scanned, 1)
		query, args = query+ofSubject, []any{before, floor, subject, behind(subject)}
	}
	if events, err = r.read(ctx, query+newestFirst, append(args, limit)...); err != nil {
		return nil, 0, err
	}
	next = floor
	if len(events) == limit {
		next = events[limit-1].Seq
	}
	if next <= 1 {
		next = 0
	}
	return events, next, r.name(ctx, events)
}

// behind is the first text after all that begin with the subject, byte by byte.
func behind(subject string) string {
	last := len(subject) - 1
	return subject[:last] + string(rune(subject[last]+1))
}

func (r *Reader) read(ctx context.Context, query string, args ...any) ([]Shown, error) {
	rows, err := r.db.Read(ctx).Raw(query, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Shown
	for rows.Next() {
		var seq int64
		var body []byte
		if err := rows.Scan(&seq, &body); err != nil {
			return nil, err
		}
		// One body that was tampered with must not hide the others.
		decoded, err := Decode(body)
		s := Shown{Decoded: decoded, Broken: err != nil || decoded.Seq != seq, At: db.Time(decoded.At)}
		if s.Broken {
			s = Shown{Decoded: Decoded{Seq: seq}, Broken: true}
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// name puts names and public ids to the ids of a page, in two statements.
func (r *Reader) name(ctx context.Context, events []Shown) error {
	if len(events) == 0 {
		return nil
	}
	var actors, customers []int64
	for _, e := range events {
		actors, customers = append(actors, e.ActorID), append(customers, e.CustomerID)
	}
	staff, err := r.pairs(ctx, "SELECT id, login, name FROM staff WHERE id IN ?", actors)
	if err != nil {
		return err
	}
	public, err := r.pairs(ctx, "SELECT id, public_id, '' FROM customers WHERE id IN ?", customers)
	if err != nil {
		return err
	}
	for i := range events {
		e := &events[i]
		e.ActorLogin, e.ActorName, e.Customer = staff[e.ActorID][0], staff[e.ActorID][1], public[e.CustomerID][0]
	}
	return nil
}

func (r *Reader) pairs(ctx context.Context, query string, ids []int64) (map[int64][2]string, error) {
	rows, err := r.db.Read(ctx).Raw(query, ids).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64][2]string{}
	for rows.Next() {
		var id int64
		var pair [2]string
		if err := rows.Scan(&id, &pair[0], &pair[1]); err != nil {
			return nil, err
		}
		out[id] = pair
	}
	return out, rows.Err()
}
