package imports

import (
	"encoding/json"

	"shuke/models/customer"
	"shuke/models/db"
)

// What import_before remembers.
const (
	beforeCustomer   = 1
	beforeStay       = 2
	beforePreference = 3
)

const beforeWidth = 6

// noteBefore remembers how things were. What an earlier chunk of the same import
// remembered is older, and stays; only the mark goes on.
func noteBefore(tx *db.Tx, args []any) error {
	for len(args) > 0 {
		n := min(len(args)/beforeWidth, tx.Dialect.RowsPerInsert(beforeWidth))
		_, err := tx.Run("INSERT INTO import_before (import_id, kind, object_id, n, mark, body) VALUES "+db.Rows(n, beforeWidth)+
			tx.Dialect.Upsert("import_id, kind, object_id, n", "mark = new.mark"), args[:n*beforeWidth]...)
		if err != nil {
			return err
		}
		args = args[n*beforeWidth:]
	}
	return nil
}

// customerBefore is what facts do not remember of a customer: when it was last
// changed.
type customerBefore struct {
	UpdatedAt int64 `json:"updated_at"`
}

// preferenceBefore is how a preference was confirmed; Kept says that it had a row
// of its own.
type preferenceBefore struct {
	Kept   bool  `json:"kept"`
	At     int64 `json:"at"`
	By     int64 `json:"by"`
	Branch int64 `json:"branch"`
}

// before remembers what a batch changed of customers who exist.
func before(tx *db.Tx, importID int64, b *customer.Batch) error {
	var args []any
	for _, t := range b.Touched() {
		body, err := json.Marshal(customerBefore{db.Millis(t.UpdatedAt)})
		if err != nil {
			return err
		}
		args = append(args, importID, beforeCustomer, t.ID, 0, 0, body)
	}
	for _, c := range b.Confirmed() {
		body, err := json.Marshal(preferenceBefore{c.Kept, db.Millis(c.Before.ConfirmedAt), c.Before.ConfirmedBy, c.Before.ConfirmedBranch})
		if err != nil {
			return err
		}
		args = append(args, importID, beforePreference, c.CustomerID, c.N, db.Millis(c.At), body)
	}
	return noteBefore(tx, args)
}
