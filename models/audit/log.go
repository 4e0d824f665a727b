package audit

import (
	"errors"

	"shuke/models/clock"
	"shuke/models/db"
)

// Log appends events.
type Log struct{ clock clock.Clock }

// NewLog returns a log that dates events by the clock.
func NewLog(c clock.Clock) *Log { return &Log{clock: c} }

var errNoHead = errors.New("audit: head row is missing")

// Append adds events within a transaction, so that an act and its record are
// kept or lost together. It locks the head until the transaction ends: call it
// last. Sequence numbers have no gaps, since a rolled back head never moved.
func (l *Log) Append(tx *db.Tx, events ...Event) error {
	if len(events) == 0 {
		return nil
	}
	var size []int64
	if err := tx.Raw("SELECT size FROM audit_head WHERE id = 1" + tx.Dialect.ForUpdate()).Scan(&size).Error; err != nil {
		return err
	}
	if len(size) != 1 {
		return errNoHead
	}
	if err := l.insert(tx, size[0], events); err != nil {
		return err
	}
	n, err := tx.Run("UPDATE audit_head SET size = ? WHERE id = 1", size[0]+int64(len(events)))
	if err == nil && n != 1 {
		return errNoHead
	}
	return err
}

func (l *Log) insert(tx *db.Tx, size int64, events []Event) error {
	now := db.Millis(l.clock.Now())
	args := make([]any, 0, 6*len(events))
	var salts []any
	for i, e := range events {
		if err := e.check(); err != nil {
			return err
		}
		seq := size + int64(i) + 1
		e.At = now
		commitments := e.commit()
		args = append(args, seq, e.At, e.ActorID, e.Action, e.CustomerID, e.encode(seq, commitments))
		for _, c := range commitments {
			salts = append(salts, seq, c.name, e.CustomerID, c.salt)
		}
	}
	const insert = "INSERT INTO audit_events (seq, at, actor_id, action, customer_id, body) VALUES "
	if err := insertRows(tx, insert, 6, args); err != nil {
		return err
	}
	return insertRows(tx, "INSERT INTO audit_salts (seq, name, customer_id, salt) VALUES ", 4, salts)
}

// rowsPerInsert keeps a statement below the argument limits of both databases.
const rowsPerInsert = 200

func insertRows(tx *db.Tx, insert string, columns int, args []any) error {
	for len(args) > 0 {
		n := min(len(args)/columns, rowsPerInsert)
		if _, err := tx.Run(insert+db.Rows(n, columns), args[:n*columns]...); err != nil {
			return err
		}
		args = args[n*columns:]
	}
	return nil
}
