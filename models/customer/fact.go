package customer

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"shuke/models/db"
	"shuke/models/vault"
)

// State tells whether a fact is in force.
type State int

// The states of a fact.
const (
	InForce    State = 0
	Superseded State = 1
	Outranked  State = 2 // came later from a source less trusted than what stands
)

// Fact is one value of one field of one customer, with where it came from.
type Fact struct {
	N          int64 // number within the customer, in order of recording
	State      State
	Field      string
	Item       int  // which of several: second phone, first child
	None       bool // "none" is an answer, apart from unknown
	Value      string
	Sealed     []byte // in place of Value for sensitive fields
	Band       string // coded band for statistics
	Channel    Channel
	Trust      int
	Source     string
	StaffID    int64
	BranchID   int64
	ImportID   int64
	RecordedAt time.Time
	EndedAt    time.Time
	EndedBy    int64 // number of the fact that replaced it
	// Preference is set on what the customer wants done or never done.
	Preference *Preference
}

// row names the fact for sealing: a sealed value opens nowhere else.
func (f Fact) row(customerID int64) string {
	return fmt.Sprintf("facts|%d|%d|%s|%d", customerID, f.N, f.Field, f.Item)
}

// Open puts a sealed value into the clear, for a copy that the customer gets.
func (f *Fact) Open(customerID int64, key vault.Key) (err error) {
	if f.Sealed == nil {
		return nil
	}
	f.Value, err = key.Open(f.Sealed, f.row(customerID))
	f.Sealed = nil
	return err
}

// slot is where a value stands: at most one fact is in force there.
type slot struct {
	field string
	item  int
}

func (f Fact) slot() slot { return slot{f.Field, f.Item} }

const factColumns = `n, state, field, item, none, value, sealed, band, channel, trust, source, staff_id, branch_id, import_id, recorded_at, ended_at, ended_by`

// factWidth is how many columns a fact has, the customer's id included.
const factWidth = 18

func scanFacts(rows *sql.Rows) ([]Fact, error) {
	defer rows.Close()
	var out []Fact
	for rows.Next() {
		f, err := scanFact(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, rows.Err()
}

// scanFact reads a fact and, before its columns, what else the statement returns.
func scanFact(row scanner, before ...any) (Fact, error) {
	var f Fact
	var value sql.NullString
	var recorded, ended int64
	err := row.Scan(append(before, &f.N, &f.State, &f.Field, &f.Item, &f.None, &value, &f.Sealed, &f.Band, &f.Channel, &f.Trust, &f.Source,
		&f.StaffID, &f.BranchID, &f.ImportID, &recorded, &ended, &f.EndedBy)...)
	f.Value, f.RecordedAt, f.EndedAt = value.String, db.Time(recorded), db.Time(ended)
	return f, err
}

// FactsInForce returns what is known of a customer now. They lie together in
// the table: one range is read whatever the history.
func (s *Service) FactsInForce(ctx context.Context, customerID int64) ([]Fact, error) {
	rows, err := s.db.Read(ctx).Raw("SELECT "+factColumns+" FROM facts WHERE customer_id = ? AND state = 0 ORDER BY n", customerID).Rows()
	if err != nil {
		return nil, err
	}
	return scanFacts(rows)
}

func factsInForce(tx *db.Tx, customerID int64) ([]Fact, error) {
	rows, err := tx.Raw("SELECT "+factColumns+" FROM facts WHERE customer_id = ? AND state = 0 ORDER BY n", customerID).Rows()
	if err != nil {
		return nil, err
	}
	return scanFacts(rows)
}

func insertFacts(tx *db.Tx, customerID int64, facts []Fact) error {
	all := facts
	for len(facts) > 0 {
		n := min(len(facts), 50)
		args := make([]any, 0, n*factWidth)
		for _, f := range facts[:n] {
			args = append(args, factArgs(customerID, f)...)
		}
		if _, err := tx.Run("INSERT INTO facts (customer_id, "+factColumns+") VALUES "+db.Rows(n, factWidth), args...); err != nil {
			return err
		}
		facts = facts[n:]
	}
	return insertPreferences(tx, customerID, all)
}

func factArgs(customerID int64, f Fact) []any {
	var value, sealed any
	if f.Sealed != nil {
		sealed = f.Sealed
	} else if !f.None {
		value = f.Value
	}
	return []any{customerID, f.N, f.State, f.Field, f.Item, f.None, value, sealed, f.Band, f.Channel, f.Trust, f.Source,
		f.StaffID, f.BranchID, f.ImportID, db.Millis(f.RecordedAt), db.Millis(f.EndedAt), f.EndedBy}
}
