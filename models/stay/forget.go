package stay

import "shuke/models/db"

// Forget takes a customer out of their stays, which stay for the figures of the
// house: that a room was let, for how many nights and at which rate. What says
// whose it was goes with what was made ready for them.
func Forget(tx *db.Tx, customerID int64) error {
	for _, query := range []string{
		"DELETE FROM preparations WHERE stay_id IN (SELECT id FROM stays WHERE customer_id = ?)",
		"UPDATE stays SET guest_name = '', party = '', note = '', language = '', version = version + 1 WHERE customer_id = ?",
		"DELETE FROM stay_totals WHERE customer_id = ?",
	} {
		if _, err := tx.Run(query, customerID); err != nil {
			return err
		}
	}
	return nil
}
