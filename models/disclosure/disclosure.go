// Package disclosure is the one gate for what leaves: it records which member
// of staff saw which customers, durably, before anything is shown. It knows no
// page and no fact, only ids, persons and days.
package disclosure

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"shuke/models/audit"
	"shuke/models/clock"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// Surface is the kind of showing, as the ledger counts it.
type Surface uint8

// The surfaces of the ledger.
const (
	LookUp Surface = iota + 1
	Card
	Reveal
	History
	Arrivals
	CheckIn
	Named    // by name alone, among the people around somebody else
	Imported // among the rows of a file that is or was imported
)

// Further surfaces. Their numbers are stored and stay what they are.
const (
	// BadRows are rows of a file that leave the house.
	BadRows Surface = 19
	// Sheet is the customer's own copy of what is held.
	Sheet Surface = 20
	// Withheld is an attempt to open somebody who does not want to be known:
	// counted, and nothing was shown.
	Withheld Surface = 21
)

// shown is what one request showed.
type shown struct {
	staffID, branchID, day, at int64
	surface                    Surface
	customers                  []int64
	named                      []int64
	token                      string // first part of its hash, when a program asked
}

// Gate records showings.
type Gate struct {
	db       *db.DB
	log      *audit.Log
	recorder *audit.Recorder
	clock    clock.Clock
}

// NewGate starts the recorder of this process; Stop ends it.
func NewGate(d *db.DB, log *audit.Log, c clock.Clock) *Gate {
	return &Gate{db: d, log: log, recorder: audit.NewRecorder(d, log, writeLedger), clock: c}
}

// Stop writes what is queued and ends.
func (g *Gate) Stop() { g.recorder.Stop() }

// Record makes an event durable that shows no customer: a sign-in, a refusal.
func (g *Gate) Record(ctx context.Context, e audit.Event) error {
	return unavailable(g.recorder.Record(ctx, e, nil))
}

var errTooMany = errors.New("disclosure: more customers than the surface may show")

// Show records that the actor is about to see the customers. Only when it
// returns nil may they be shown. Limit is what the route may show at most.
func (g *Gate) Show(ctx context.Context, a policies.Actor, e audit.Event, s Surface, limit int, customers ...int64) error {
	if len(customers) > limit {
		return fault.Wrap(errTooMany, fault.Internal, "error.internal")
	}
	if len(customers) == 0 {
		return g.Record(ctx, e)
	}
	return g.record(ctx, a, e, shown{surface: s, customers: customers})
}

// ShowNaming is Show for one customer beside whom others are named, at most
// limit. They are counted too, each once, as what they are: names.
func (g *Gate) ShowNaming(ctx context.Context, a policies.Actor, e audit.Event, s Surface, customer int64, limit int, named ...int64) error {
	named = slices.Compact(slices.Sorted(slices.Values(named)))
	if len(named) > limit {
		return fault.Wrap(errTooMany, fault.Internal, "error.internal")
	}
	return g.record(ctx, a, e, shown{surface: s, customers: []int64{customer}, named: named})
}

func (g *Gate) record(ctx context.Context, a policies.Actor, e audit.Event, s shown) error {
	today, err := day(a)
	if err != nil {
		return err
	}
	s.staffID, s.branchID, s.day, s.at = a.StaffID, a.BranchID, today, db.Millis(g.clock.Now())
	if a.Via == policies.Token {
		s.token = a.Session
	}
	return unavailable(g.recorder.Record(ctx, e, s))
}

// day is the actor's day as the ledger writes it: 20261122.
func day(a policies.Actor) (int64, error) {
	return strconv.ParseInt(strings.ReplaceAll(a.Today(), "-", ""), 10, 64)
}

// unavailable turns a failure to record into the answer people get: nothing,
// for now, and why.
func unavailable(err error) error {
	if err == nil {
		return nil
	}
	return fault.Wrap(err, fault.Unavailable, "error.not_recorded")
}

type ledgerRow struct {
	staffID, day, customerID int64
	surface                  Surface
}

type recentRow struct{ branchID, customerID int64 }

// writeLedger adds up what the requests of one commit showed. Rows go in sorted
// so that two instances never wait for each other in a ring.
func writeLedger(tx *db.Tx, attached []any) error {
	ledger, recents, reads := map[ledgerRow][3]int64{}, map[recentRow]int64{}, map[readRow]int64{}
	for _, item := range attached {
		s, ok := item.(shown)
		if !ok {
			return errors.New("disclosure: something else was attached")
		}
		if s.token != "" {
			reads[readRow{s.token, s.at / hour}] += int64(len(s.customers) + len(s.named))
		}
		count := func(id int64, surface Surface) {
			row := ledgerRow{s.staffID, s.day, id, surface}
			sum, seen := ledger[row]
			if !seen {
				sum[1] = s.at
			}
			sum[0], sum[2] = sum[0]+1, max(sum[2], s.at)
			ledger[row] = sum
		}
		for _, id := range s.customers {
			count(id, s.surface)
			if s.surface == Card {
				recents[recentRow{s.branchID, id}] = s.at
			}
		}
		for _, id := range s.named {
			count(id, Named)
		}
	}
	if err := writeRows(tx, ledger); err != nil {
		return err
	}
	if err := writeReads(tx, reads); err != nil {
		return err
	}
	return writeRecents(tx, recents)
}

// rowsPerInsert keeps statements short and their number of shapes small.
const rowsPerInsert = 128

func writeRows(tx *db.Tx, ledger map[ledgerRow][3]int64) error {
	rows := make([]ledgerRow, 0, len(ledger))
	for row := range ledger {
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b ledgerRow) int {
		return cmp.Or(cmp.Compare(a.staffID, b.staffID), cmp.Compare(a.day, b.day), cmp.Compare(a.customerID, b.customerID), cmp.Compare(a.surface, b.surface))
	})
	for chunk := range slices.Chunk(rows, rowsPerInsert) {
		args := make([]any, 0, 7*len(chunk))
		for _, r := range chunk {
			sum := ledger[r]
			args = append(args, r.staffID, r.day, r.customerID, r.surface, sum[0], sum[1], sum[2])
		}
		_, err := tx.Run("INSERT INTO disclosures (staff_id, day, customer_id, surface, times, first_at, last_at) VALUES "+db.Rows(len(chunk), 7)+
			tx.Dialect.Upsert("staff_id, day, customer_id, surface", "times = disclosures.times + new.times", "last_at = new.last_at"), args...)
		if err != nil {
			return err
		}
	}
	return nil
}

// writeRecents takes over the signatures of the customers, so that the latest
// can be looked through without reading each.
func writeRecents(tx *db.Tx, recents map[recentRow]int64) error {
	rows := make([]recentRow, 0, len(recents))
	for row := range recents {
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b recentRow) int {
		return cmp.Or(cmp.Compare(a.branchID, b.branchID), cmp.Compare(a.customerID, b.customerID))
	})
	for chunk := range slices.Chunk(rows, rowsPerInsert) {
		args := make([]any, 0, 3*len(chunk))
		for _, r := range chunk {
			args = append(args, r.branchID, r.customerID, recents[r])
		}
		_, err := tx.Run("INSERT INTO recents (branch_id, customer_id, at, signature_latin, signature_other) SELECT n.branch_id, c.id, n.at, c.signature_latin, c.signature_other FROM (SELECT ? AS branch_id, ? AS customer_id, ? AS at"+
			strings.Repeat(" UNION ALL SELECT ?, ?, ?", len(chunk)-1)+") AS n JOIN customers c ON c.id = n.customer_id WHERE 1 = 1"+
			tx.Dialect.Upsert("branch_id, customer_id", "at = new.at", "signature_latin = new.signature_latin", "signature_other = new.signature_other"), args...)
		if err != nil {
			return err
		}
	}
	return nil
}

// MarkRecent notes within a transaction that the branch has dealt with the
// customer, as adding one does.
func MarkRecent(tx *db.Tx, branchID, customerID, at int64) error {
	return writeRecents(tx, map[recentRow]int64{{branchID, customerID}: at})
}

// Recent says that a branch dealt with a customer at a moment, in milliseconds.
type Recent struct{ BranchID, CustomerID, At int64 }

// MarkRecents is MarkRecent for many.
func MarkRecents(tx *db.Tx, recents []Recent) error {
	rows := make(map[recentRow]int64, len(recents))
	for _, r := range recents {
		rows[recentRow{r.BranchID, r.CustomerID}] = r.At
	}
	return writeRecents(tx, rows)
}
