package customer

import (
	"fmt"
	"slices"

	"shuke/models/consent"
	"shuke/models/db"
)

// Forget deletes facts, look-up keys and the place among those lately dealt with,
// and empties the identity to a tombstone: kind, branch and day stay for totals,
// under a public id that nothing leads to. It may run again after it was cut short.
func Forget(tx *db.Tx, customerID int64) error {
	for _, query := range []string{
		"DELETE FROM preferences WHERE customer_id = ?",
		"DELETE FROM facts WHERE customer_id = ?",
		"DELETE FROM customer_keys WHERE customer_id = ?",
		"DELETE FROM recents WHERE customer_id = ?",
	} {
		if _, err := tx.Run(query, customerID); err != nil {
			return err
		}
	}
	args := append(identityArgs(Customer{}), erasedID(), customerID)
	_, err := tx.Run("UPDATE customers SET "+identitySet+`, public_id = ?, facts = 0, version = version + 1, created_by = 0, updated_at = created_at, signature_latin = 0, signature_other = 0
 WHERE id = ? AND public_id LIKE 'K-%'`, args...)
	return err
}

// erasedID is X- and ten random letters: the record still tells one forgotten
// customer from another, and no address leads to either.
func erasedID() string { return "X" + publicID()[1:] }

// Erased reports whether the customer is a tombstone.
func (c Customer) Erased() bool { return len(c.PublicID) > 0 && c.PublicID[0] == 'X' }

// ForgetFor deletes the facts that stand under a purpose the customer withdrew,
// whatever their state, and makes the record's commitments to them say nothing.
// It returns how many facts there were.
func ForgetFor(tx *db.Tx, cat *Catalogue, customerID int64, p consent.Purpose) (int64, error) {
	var fields []string
	for _, f := range cat.All() {
		if f.Consent() == p {
			fields = append(fields, f.Key)
		}
	}
	if len(fields) == 0 {
		return 0, nil
	}
	var numbers []int64
	if err := tx.Raw("SELECT n FROM facts WHERE customer_id = ? AND state IN (0, 1, 2) AND field IN ?", customerID, fields).Scan(&numbers).Error; err != nil || len(numbers) == 0 {
		return 0, err
	}
	names := make([]string, 0, 2*len(numbers))
	for _, n := range numbers {
		names = append(names, fmt.Sprintf("new.%d", n), fmt.Sprintf("old.%d", n))
	}
	for chunk := range slices.Chunk(names, 500) {
		if _, err := tx.Run("DELETE FROM audit_salts WHERE customer_id = ? AND name IN ?", customerID, chunk); err != nil {
			return 0, err
		}
	}
	if _, err := tx.Run("UPDATE customers SET version = version + 1 WHERE id = ?", customerID); err != nil {
		return 0, err
	}
	if _, err := tx.Run("DELETE FROM preferences WHERE customer_id = ? AND n IN ?", customerID, numbers); err != nil {
		return 0, err
	}
	return tx.Run("DELETE FROM facts WHERE customer_id = ? AND state IN (0, 1, 2) AND field IN ?", customerID, fields)
}
