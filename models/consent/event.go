package consent

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/vault"
	"shuke/policies"
)

// Event is one thing a customer said about one purpose.
type Event struct {
	CustomerID int64
	N          int64 // number within the customer, given by Append
	Purpose    Purpose
	Channel    Channel
	Given      bool
	Who        Speaker
	How        How
	Wording    Text   // what was read out; needed to agree
	Proof      string // where it can be seen again: which folder, which message
	Key        *vault.Key
	By         int64 // member of staff
	Branch     int64
	Via        policies.Via
	At         time.Time
}

// Grace is how long what was kept for a withdrawn purpose still lies there,
// shown to nobody, before it is deleted: a withdrawal by mistake loses nothing.
const Grace = 30 * 24 * time.Hour

// longestProof bounds the words about a proof, in characters.
const longestProof = 500

// Check finds what is wrong with an event before anything is written.
func (e Event) Check() error {
	f := fault.Fields{}
	if !e.Purpose.Known() {
		f.Add("purpose", "error.choose", nil)
	} else if !e.Purpose.fits(e.Channel) {
		f.Add("channel", "error.choose", nil)
	}
	checkSaid(f, e.Who, e.How, e.Proof)
	if e.Given && e.Wording.Of != string(e.Purpose) {
		f.Add("wording", "consent.wording_needed", nil)
	}
	return f.Err()
}

// checkSaid checks who said something and how.
func checkSaid(f fault.Fields, who Speaker, how How, proof string) {
	if !slices.Contains(Speakers, who) {
		f.Add("who", "error.choose", nil)
	}
	if !slices.Contains(Hows, how) {
		f.Add("how", "error.choose", nil)
	}
	proof = strings.TrimSpace(proof)
	if how == Written && proof == "" {
		f.Add("proof", "consent.proof_needed", nil)
	}
	if len([]rune(proof)) > longestProof {
		f.Add("proof", "error.too_long", map[string]any{"Max": longestProof})
	}
	if HasControls(proof) {
		f.Add("proof", "error.control_character", nil)
	}
}

const (
	nextEventSQL   = "SELECT COALESCE(MAX(n), 0) + 1 FROM consent_events WHERE customer_id = ?"
	insertEventSQL = `INSERT INTO consent_events (customer_id, n, purpose, channel, given, said_by, how, wording, proof, staff_id, branch_id, via, at)
 VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)`
	insertStateSQL = "INSERT INTO consents (customer_id, purpose, channel, given, how, n, at, clear_at) VALUES (?,?,?,?,?,?,?,?)"
)

// Append records what a customer said and brings the present state in step, in
// the caller's transaction. Nothing that was said before is changed.
func Append(tx *db.Tx, e Event) error {
	if err := e.Check(); err != nil {
		return err
	}
	if err := Lock(tx, e.CustomerID); err != nil {
		return err
	}
	if e.Wording.Of != "" {
		if known, err := e.Wording.known(tx); err != nil {
			return err
		} else if !known {
			return fault.Fields{"wording": {Key: "consent.wording_needed"}}.Err()
		}
	}
	if err := tx.Raw(nextEventSQL, e.CustomerID).Row().Scan(&e.N); err != nil {
		return err
	}
	proof, err := sealed(e.Key, strings.TrimSpace(e.Proof), proofRow(e.CustomerID, e.N))
	if err != nil {
		return err
	}
	at := db.Millis(e.At)
	if _, err := tx.Run(insertEventSQL, e.CustomerID, e.N, e.Purpose, e.Channel, e.Given, e.Who, e.How, e.Wording.String(), proof, e.By, e.Branch, e.Via, at); err != nil {
		return err
	}
	clear := int64(0)
	if !e.Given && e.Purpose.Keeps() {
		clear = db.Millis(e.At.Add(Grace))
	}
	_, err = tx.Run(insertStateSQL+tx.Dialect.Upsert("customer_id, purpose, channel", "given = new.given", "how = new.how", "n = new.n", "at = new.at", "clear_at = new.clear_at"),
		e.CustomerID, e.Purpose, e.Channel, e.Given, e.How, e.N, at, clear)
	return err
}

// proofRow names an event for sealing: its proof opens nowhere else.
func proofRow(customerID, n int64) string { return fmt.Sprintf("consent_events|%d|%d", customerID, n) }

// sealed seals words that may hold anything; none stay none.
func sealed(key *vault.Key, words, belongsTo string) (any, error) {
	if words == "" {
		return nil, nil
	}
	if key == nil {
		return nil, errNoKey
	}
	return key.Seal(words, belongsTo)
}

var errNoKey = fmt.Errorf("consent: words of a customer without a key to seal them")

var errNobody = fault.New(fault.NotFound, "error.customer_not_found")

// Lock holds the customer's row until the transaction ends, so that what is said
// of one customer is written one after the other. Who is not there any more, or
// was forgotten, is not found.
func Lock(tx *db.Tx, customerID int64) error {
	var publicID string
	err := tx.Raw("SELECT public_id FROM customers WHERE id = ?"+tx.Dialect.ForUpdate(), customerID).Row().Scan(&publicID)
	if db.NoRow(err) || (err == nil && !strings.HasPrefix(publicID, "K-")) {
		return errNobody
	}
	return err
}
