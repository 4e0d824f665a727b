package relation

import (
	"shuke/models/db"
)

// Forget takes an erased customer out of everybody's people, households and
// wishes, with the past of it, and drops the stages and events of their children:
// nothing is left by which they could be told. It runs in the caller's
// transaction; the caller records the erasure.
func Forget(tx *db.Tx, customerID int64) error {
	var around []int64
	if err := tx.Raw("SELECT DISTINCT other_id FROM relations WHERE customer_id = ? AND other_id <> 0", customerID).Scan(&around).Error; err != nil {
		return err
	}
	for _, other := range around { // one range each: the table is ordered by whose people they are
		if _, err := tx.Run("DELETE FROM relations WHERE customer_id = ? AND other_id = ?", other, customerID); err != nil {
			return err
		}
	}
	if err := forgetHome(tx, customerID); err != nil {
		return err
	}
	for _, statement := range []string{
		"DELETE FROM relations WHERE customer_id = ?", "DELETE FROM relation_hides WHERE customer_id = ?", "DELETE FROM relation_hides WHERE other_id = ?",
		"DELETE FROM stages WHERE customer_id = ?", "DELETE FROM life_events WHERE customer_id = ?",
	} {
		if _, err := tx.Run(statement, customerID); err != nil {
			return err
		}
	}
	return nil
}

// forgetHome takes the customer out of households, past ones too. Nobody stays
// behind as a household by themselves.
func forgetHome(tx *db.Tx, customerID int64) error {
	h, err := homeOf(tx, customerID)
	if err != nil {
		return err
	}
	if _, err := tx.Run("DELETE FROM household_members WHERE customer_id = ?", customerID); err != nil || h.id == "" {
		return err
	}
	if len(h.members) == 2 {
		if _, err := tx.Run("DELETE FROM household_members WHERE household_id = ?", h.id); err != nil {
			return err
		}
	}
	return touch(tx, h.id)
}
