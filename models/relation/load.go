package relation

import (
	"time"

	"shuke/models/customer"
	"shuke/models/db"
)

// Loaded is a relation of two customers as sample data have it, by inner ids.
type Loaded struct {
	Of, Other int64
	Kind      Kind
	Who, Note string
	Channel   customer.Channel
	StaffID   int64
	BranchID  int64
	At        time.Time
}

// Load writes relations of customers that a load has written, both directions of
// each, and has the next Due look through everybody for children. It asks no
// permission and records nothing; its caller does.
func Load(tx *db.Tx, links []Loaded) error {
	var rows []row
	for _, l := range links {
		first := row{customerID: l.Of, kind: l.Kind, ref: newRef(), otherID: l.Other, note: l.Note, who: l.Who, channel: l.Channel, staffID: l.StaffID, branchID: l.BranchID, recordedAt: db.Millis(l.At)}
		rows = append(rows, first, first.reversed())
	}
	if err := insertRows(tx, rows...); err != nil {
		return err
	}
	return WalkAgain(tx)
}
