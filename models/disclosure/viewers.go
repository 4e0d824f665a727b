package disclosure

import (
	"context"
	"time"

	"shuke/models/db"
)

// Viewer is one member of staff who saw a customer on one day.
type Viewer struct {
	StaffID int64
	Name    string
	Login   string
	Role    string
	Surface Surface
	Times   int
	LastAt  time.Time
}

// viewersSQL walks disclosures_by_customer from the newest day and stops.
const viewersSQL = `SELECT d.staff_id, p.name, p.login, p.role, d.surface, d.times, d.last_at
FROM disclosures d JOIN staff p ON p.id = d.staff_id
WHERE d.customer_id = ? ORDER BY d.day DESC LIMIT ?`

// Viewers returns who saw the customer, the latest days first, at most limit.
func Viewers(ctx context.Context, d *db.DB, customerID int64, limit int) ([]Viewer, error) {
	rows, err := d.Read(ctx).Raw(viewersSQL, customerID, limit).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Viewer
	for rows.Next() {
		var v Viewer
		var at int64
		if err := rows.Scan(&v.StaffID, &v.Name, &v.Login, &v.Role, &v.Surface, &v.Times, &at); err != nil {
			return nil, err
		}
		v.LastAt = db.Time(at)
		out = append(out, v)
	}
	return out, rows.Err()
}
