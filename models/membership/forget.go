package membership

import (
	"shuke/models/db"
	"shuke/models/standing"
)

// Forget drops the memberships of an erased customer, with what was written of
// them, and what they were to the house. Their numbers are never given again, and
// how many came to an event stays right, without saying who. It runs in the
// caller's transaction; the caller records the erasure.
func Forget(tx *db.Tx, customerID int64) error {
	var members []int64
	if err := tx.Raw("SELECT id FROM members WHERE customer_id = ?", customerID).Scan(&members).Error; err != nil {
		return err
	}
	if len(members) > 0 { // named by id: a sub-query in a write reads the whole table on MariaDB
		for _, statement := range []string{
			"UPDATE member_numbers SET ended_why = '' WHERE member_id IN ?",
			"DELETE FROM member_events WHERE member_id IN ?",
		} {
			if _, err := tx.Run(statement, db.Padded(members)); err != nil {
				return err
			}
		}
	}
	for _, statement := range []string{
		"DELETE FROM members WHERE customer_id = ?",
		"UPDATE attendances SET customer_id = -customer_id WHERE customer_id = ?",
	} {
		if _, err := tx.Run(statement, customerID); err != nil {
			return err
		}
	}
	return standing.Forget(tx, customerID)
}
