package imports

import (
	"encoding/json"
	"slices"
	"time"

	"gorm.io/gorm"

	"shuke/models/customer"
	"shuke/models/db"
)

// befores are what import_before remembers of some customers.
type befores struct {
	importID  int64
	ids       []int64
	updated   map[int64]time.Time
	confirmed []confirmedBefore
}

type confirmedBefore struct {
	customerID, n, mark int64
	preferenceBefore
}

func readBefore(q *gorm.DB, importID int64, ids []int64) (befores, error) {
	out := befores{importID: importID, ids: ids, updated: map[int64]time.Time{}}
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := q.Raw("SELECT kind, object_id, n, mark, body FROM import_before WHERE import_id = ? AND kind IN ? AND object_id IN ?", importID, []int{beforeCustomer, beforePreference}, db.Padded(ids)).Rows()
	if err != nil {
		return out, err
	}
	return out, db.Each(rows, func() error {
		var kind int
		var id, n, mark int64
		var body []byte
		if err := rows.Scan(&kind, &id, &n, &mark, &body); err != nil {
			return err
		}
		if kind == beforeCustomer {
			var c customerBefore
			err := json.Unmarshal(body, &c)
			out.updated[id] = db.Time(c.UpdatedAt)
			return err
		}
		c := confirmedBefore{customerID: id, n: n, mark: mark}
		err := json.Unmarshal(body, &c.preferenceBefore)
		out.confirmed = append(out.confirmed, c)
		return err
	})
}

// mark is the moment at which the import confirmed a preference, 0 if it did not.
func (b befores) mark(customerID, n int64) int64 {
	i := slices.IndexFunc(b.confirmed, func(c confirmedBefore) bool { return c.customerID == customerID && c.n == n })
	if i < 0 {
		return 0
	}
	return b.confirmed[i].mark
}

// restore makes preferences as confirmed as they were, and forgets what was
// remembered.
func (b befores) restore(tx *db.Tx, gone []int64) error {
	for _, c := range b.confirmed {
		if slices.Contains(gone, c.customerID) {
			continue
		}
		if err := customer.PutConfirmation(tx, c.customerID, c.n, c.Kept, db.Time(c.At), c.By, c.Branch); err != nil {
			return err
		}
	}
	if len(b.ids) == 0 {
		return nil
	}
	_, err := tx.Run("DELETE FROM import_before WHERE import_id = ? AND kind IN ? AND object_id IN ?", b.importID, []int{beforeCustomer, beforePreference}, db.Padded(b.ids))
	return err
}
