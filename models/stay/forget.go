package stay

import "shuke/models/db"

// Forget takes a customer out of their stays, which stay for the figures of the
// house: that a room was let, for how many nights and at which rate. What says
// whose it was goes with what was made ready for them.
func Forget(tx *db.Tx, customerID int64) error {
	var stays []int64
	if err := tx.Raw("SELECT id FROM stays WHERE customer_id = ?", customerID).Scan(&stays).Error; err != nil {
		return err
	}
	if len(stays) > 0 { // named by id: a sub-query in a write reads the whole table on MariaDB
		if _, err := tx.Run("DELETE FROM preparations WHERE stay_id IN ?", db.Padded(stays)); err != nil {
			return err
		}
	}
	for _, query := range []string{
		"UPDATE stays SET guest_name = '', party = '', note = '', language = '', version = version + 1 WHERE customer_id = ?",
		"DELETE FROM stay_totals WHERE customer_id = ?",
	} {
		if _, err := tx.Run(query, customerID); err != nil {
			return err
		}
	}
	return nil
}
