package consent

import (
	"context"
	"fmt"
	"strings"
	"time"

	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/vault"
)

// The states of an erasure.
const (
	erasureAsked     = 1
	erasureConfirmed = 2
	erasureWithdrawn = 3
	erasureForgotten = 4 // everything here; the key may still lie in its own database
	erasureDone      = 5
)

// Erasure is a customer's wish to be forgotten.
type Erasure struct {
	CustomerID  int64
	N           int64
	State       int
	Who         Speaker
	How         How
	Proof       string
	Key         *vault.Key
	By          int64 // who took it down
	Branch      int64
	AskedAt     time.Time
	DueAt       time.Time
	ConfirmedBy int64
	ConfirmedAt time.Time
}

// Confirmed reports whether a second person has confirmed it.
func (e Erasure) Confirmed() bool { return e.State == erasureConfirmed }

// Begun reports whether it has begun, after which there is no way back.
func (e Erasure) Begun() bool { return e.State == erasureForgotten || e.State == erasureDone }

// GraceOfErasure is how long a customer may think better of it.
const GraceOfErasure = 30 * 24 * time.Hour

// CheckErasure finds what is wrong with a wish to be forgotten.
func CheckErasure(e Erasure) error {
	f := fault.Fields{}
	checkSaid(f, e.Who, e.How, e.Proof)
	if strings.TrimSpace(e.Proof) == "" {
		f.Add("proof", "erasure.proof_needed", nil)
	}
	return f.Err()
}

const (
	erasureColumns   = "customer_id, n, state, said_by, how, staff_id, branch_id, asked_at, due_at, confirmed_by, confirmed_at"
	openErasureSQL   = "SELECT n FROM erasures WHERE customer_id = ? AND state IN (1, 2, 4)"
	nextErasureSQL   = "SELECT COALESCE(MAX(n), 0) + 1 FROM erasures WHERE customer_id = ?"
	insertErasureSQL = "INSERT INTO erasures (customer_id, n, state, said_by, how, proof, staff_id, branch_id, asked_at, due_at) VALUES (?,?,1,?,?,?,?,?,?,?)"
	confirmSQL       = "UPDATE erasures SET state = 2, confirmed_by = ?, confirmed_at = ? WHERE customer_id = ? AND n = ? AND state = 1"
	withdrawSQL      = "UPDATE erasures SET state = 3, ended_by = ?, ended_at = ? WHERE customer_id = ? AND n = ? AND state IN (1, 2)"
	forgottenSQL     = "UPDATE erasures SET state = 4, proof = NULL WHERE customer_id = ? AND n = ? AND state = 2 AND due_at <= ?"
	doneSQL          = "UPDATE erasures SET state = 5, ended_at = ? WHERE customer_id = ? AND n = ? AND state = 4"
)

// AskErasure records that a customer wants to be forgotten. From that moment the
// customer is shown to nobody.
func AskErasure(tx *db.Tx, e Erasure) (n int64, err error) {
	if err := CheckErasure(e); err != nil {
		return 0, err
	}
	if err := Lock(tx, e.CustomerID); err != nil {
		return 0, err
	}
	var open []int64
	if err := tx.Raw(openErasureSQL, e.CustomerID).Scan(&open).Error; err != nil {
		return 0, err
	}
	if len(open) > 0 {
		return 0, fault.New(fault.Conflict, "erasure.asked_already")
	}
	if err := tx.Raw(nextErasureSQL, e.CustomerID).Row().Scan(&n); err != nil {
		return 0, err
	}
	proof, err := sealed(e.Key, strings.TrimSpace(e.Proof), erasureRow(e.CustomerID, n))
	if err != nil {
		return 0, err
	}
	if _, err := tx.Run(insertErasureSQL, e.CustomerID, n, e.Who, e.How, proof, e.By, e.Branch, db.Millis(e.AskedAt), db.Millis(e.AskedAt.Add(GraceOfErasure))); err != nil {
		return 0, err
	}
	return n, countWithheld(tx, e.CustomerID)
}

func erasureRow(customerID, n int64) string { return fmt.Sprintf("erasures|%d|%d", customerID, n) }

var errOvertaken = fault.New(fault.Conflict, "error.stale")

// move changes the state of an erasure, or says that somebody was faster.
func move(tx *db.Tx, query string, args ...any) error {
	met, err := tx.Run(query, args...)
	if err == nil && met != 1 {
		return errOvertaken
	}
	return err
}

// ConfirmErasure records the second person's word. Whether they may, and that
// they are another, is the caller's to know.
func ConfirmErasure(tx *db.Tx, customerID, n, by int64, at time.Time) error {
	if err := Lock(tx, customerID); err != nil {
		return err
	}
	return move(tx, confirmSQL, by, db.Millis(at), customerID, n)
}

// WithdrawErasure records that the customer stays. Once it has begun it cannot.
func WithdrawErasure(tx *db.Tx, customerID, n, by int64, at time.Time) error {
	if err := Lock(tx, customerID); err != nil {
		return err
	}
	if err := move(tx, withdrawSQL, by, db.Millis(at), customerID, n); err != nil {
		return err
	}
	return countWithheld(tx, customerID)
}

// MarkForgotten turns a confirmed erasure whose grace is over into one that has
// begun. It is an error when it is not confirmed, not due, or begun already.
func MarkForgotten(tx *db.Tx, customerID, n int64, now time.Time) error {
	if err := Lock(tx, customerID); err != nil {
		return err
	}
	return move(tx, forgottenSQL, customerID, n, db.Millis(now))
}

// MarkErased ends an erasure whose key is destroyed.
func MarkErased(tx *db.Tx, customerID, n int64, now time.Time) error {
	return move(tx, doneSQL, db.Millis(now), customerID, n)
}

// OpenErasure returns the erasure of a customer that was not withdrawn, if there
// is one. Its proof stays sealed.
func OpenErasure(ctx context.Context, d *db.DB, customerID int64) (Erasure, bool, error) {
	list, err := erasures(ctx, d, "SELECT "+erasureColumns+" FROM erasures WHERE customer_id = ? AND state IN (1, 2, 4)", customerID)
	if err != nil || len(list) == 0 {
		return Erasure{}, false, err
	}
	return list[0], true, nil
}

// OpenErasures lists what was asked and not yet done, the soonest first.
func OpenErasures(ctx context.Context, d *db.DB, most int) ([]Erasure, error) {
	return erasures(ctx, d, "SELECT "+erasureColumns+" FROM erasures WHERE state IN (1, 2, 4) ORDER BY due_at, customer_id LIMIT ?", most)
}

// DueErasures lists those to be carried out: confirmed, their grace over, or begun
// and cut short.
func DueErasures(ctx context.Context, d *db.DB, now time.Time, most int) ([]Erasure, error) {
	return erasures(ctx, d, "SELECT "+erasureColumns+" FROM erasures WHERE (state = 2 AND due_at <= ?) OR state = 4 ORDER BY due_at, customer_id LIMIT ?", db.Millis(now), most)
}

func erasures(ctx context.Context, d *db.DB, query string, args ...any) ([]Erasure, error) {
	rows, err := d.Read(ctx).Raw(query, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Erasure
	for rows.Next() {
		var e Erasure
		var asked, due, confirmed int64
		if err := rows.Scan(&e.CustomerID, &e.N, &e.State, &e.Who, &e.How, &e.By, &e.Branch, &asked, &due, &e.ConfirmedBy, &confirmed); err != nil {
			return nil, err
		}
		e.AskedAt, e.DueAt, e.ConfirmedAt = db.Time(asked), db.Time(due), db.Time(confirmed)
		out = append(out, e)
	}
	return out, rows.Err()
}

// ProofOfErasure opens what proves that the customer asked.
func ProofOfErasure(ctx context.Context, d *db.DB, customerID, n int64, key *vault.Key) (string, error) {
	var proof []byte
	if err := d.Read(ctx).Raw("SELECT proof FROM erasures WHERE customer_id = ? AND n = ?", customerID, n).Row().Scan(&proof); err != nil || proof == nil {
		return "", err
	}
	return key.Open(proof, erasureRow(customerID, n))
}
