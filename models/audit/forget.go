package audit

import "shuke/models/db"

// Forget destroys the salts of the commitments about a customer: the events stay
// as they are and say no more than that something was done.
func Forget(tx *db.Tx, customerID int64) error {
	_, err := tx.Run("DELETE FROM audit_salts WHERE customer_id = ?", customerID)
	return err
}
