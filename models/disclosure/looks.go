package disclosure

import (
	"context"

	"shuke/models/db"
)

// Look counts, for one role, who looked at a customer. It names nobody.
type Look struct {
	Role   string
	People int
	Times  int
}

// looksSQL walks disclosures_by_customer from a day on. A line of a look-up and
// an attempt that was refused are no looks at the customer's data.
const looksSQL = `SELECT p.role, COUNT(DISTINCT d.staff_id), SUM(d.times)
FROM disclosures d JOIN staff p ON p.id = d.staff_id
WHERE d.customer_id = ? AND d.day >= ? AND d.surface NOT IN (?, ?) GROUP BY p.role ORDER BY p.role`

// Looks returns how many people of which role looked at a customer since a day
// (20251122), by the role they have now.
func Looks(ctx context.Context, d *db.DB, customerID, since int64) ([]Look, error) {
	rows, err := d.Read(ctx).Raw(looksSQL, customerID, since, LookUp, Withheld).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Look
	for rows.Next() {
		var l Look
		if err := rows.Scan(&l.Role, &l.People, &l.Times); err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, rows.Err()
}
