package audit

import (
	"context"

	"shuke/models/db"
)

// Once runs a write that has its effect once however often its form or call is
// sent, and records its events in the same transaction. The answer is that of the
// first time. A write that met the same of somebody else's is run once more: it
// then finds it and says so.
func (l *Log) Once(ctx context.Context, d *db.DB, o db.Once, write func(tx *db.Tx) (answer string, events []Event, err error)) (answer string, err error) {
	work := func(tx *db.Tx) error {
		before, done, err := o.Before(tx)
		if err != nil || done {
			answer = before
			return err
		}
		var events []Event
		if answer, events, err = write(tx); err != nil {
			return err
		}
		if err := o.After(tx, answer, l.clock.Now()); err != nil {
			return err
		}
		return l.Append(tx, events...)
	}
	err = d.InTx(ctx, work)
	if err == nil {
		return answer, nil
	}
	if o.Key != "" { // the same form may have been quicker, while this one waited: its answer counts
		before, done := "", false
		if again := d.InTx(ctx, func(tx *db.Tx) (failed error) { before, done, failed = o.Before(tx); return failed }); again == nil && done {
			return before, nil
		}
	}
	if db.Duplicate(err) {
		err = d.InTx(ctx, work)
	}
	return answer, err
}
