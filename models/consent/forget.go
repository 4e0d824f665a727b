package consent

import (
	"context"
	"time"

	"shuke/models/db"
)

// Forget deletes a customer's words, restrictions and present decisions. That somebody
// agreed or withdrew, to which text and when, stays as a row of numbers: it is
// what the house answers with when asked whether it was allowed.
func Forget(tx *db.Tx, customerID int64) error {
	for _, query := range []string{
		"UPDATE consent_events SET proof = NULL WHERE customer_id = ? AND proof IS NOT NULL",
		"DELETE FROM consents WHERE customer_id = ?",
		"DELETE FROM restrictions WHERE customer_id = ?",
		"UPDATE erasures SET proof = NULL WHERE customer_id = ? AND proof IS NOT NULL",
	} {
		if _, err := tx.Run(query, customerID); err != nil {
			return err
		}
	}
	return nil
}

// Lapsed is a purpose that a customer withdrew so long ago that what was kept for
// it is to be deleted.
type Lapsed struct {
	CustomerID int64
	Purpose    Purpose
	N          int64 // number of the withdrawal
}

// DueLapses lists them, the oldest first.
func DueLapses(ctx context.Context, d *db.DB, now time.Time, most int) ([]Lapsed, error) {
	rows, err := d.Read(ctx).Raw("SELECT customer_id, purpose, n FROM consents WHERE clear_at > 0 AND clear_at <= ? ORDER BY clear_at, customer_id LIMIT ?", db.Millis(now), most).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Lapsed
	for rows.Next() {
		var l Lapsed
		if err := rows.Scan(&l.CustomerID, &l.Purpose, &l.N); err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, rows.Err()
}

// MarkCleared notes that what was kept is deleted. It reports false when the
// customer has agreed anew since: then nothing may be deleted.
func MarkCleared(tx *db.Tx, l Lapsed) (bool, error) {
	if err := Lock(tx, l.CustomerID); err != nil {
		return false, err
	}
	met, err := tx.Run("UPDATE consents SET clear_at = 0 WHERE customer_id = ? AND purpose = ? AND channel = '' AND n = ? AND clear_at > 0", l.CustomerID, l.Purpose, l.N)
	return met == 1, err
}
