package disclosure

import (
	"context"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// MostLeaving is how many rows of files one person may take out of the house on
// one day.
const MostLeaving = 20000

// Leave records that rows of a file are about to leave with the actor, and counts
// them in the ledger of departures: such a row is a text that came from outside,
// and need be no customer. Only when it returns nil may they go. Beyond what may
// leave on one day it returns TooMany, and nothing goes. Of two that ask at once
// the second counts the first.
func (g *Gate) Leave(ctx context.Context, a policies.Actor, e audit.Event, s Surface, rows int64) error {
	today, err := day(a)
	if err != nil {
		return err
	}
	err = g.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Run("INSERT INTO departures (staff_id, day, surface, times, line_count, last_at) VALUES (?,?,?,1,?,?)"+
			tx.Dialect.Upsert("staff_id, day, surface", "times = departures.times + 1", "line_count = departures.line_count + new.line_count", "last_at = new.last_at"),
			a.StaffID, today, s, rows, db.Millis(g.clock.Now()))
		if err != nil {
			return err
		}
		var sum int64
		if err := tx.Raw("SELECT SUM(line_count) FROM departures WHERE staff_id = ? AND day = ?", a.StaffID, today).Row().Scan(&sum); err != nil {
			return err
		}
		if sum > MostLeaving {
			return fault.Newf(fault.TooMany, "import.leaving_most", map[string]any{"Max": MostLeaving})
		}
		return g.log.Append(tx, e)
	})
	if fault.Is(err, fault.TooMany) {
		return err
	}
	return unavailable(err)
}
