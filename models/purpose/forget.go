package purpose

import "shuke/models/db"

// Forget deletes what a customer was asked.
func Forget(tx *db.Tx, customerID int64) error {
	_, err := tx.Run("DELETE FROM asked WHERE customer_id = ?", customerID)
	return err
}
