package disclosure

import (
	"context"

	"shuke/policies"
)

// Seen is what one member of staff has looked at on one day.
type Seen struct {
	Cards   int // customers whose card was opened
	Reveals int // values looked at with a reason
}

// mineSQL reads one stretch of the primary key: the person's day.
const mineSQL = `SELECT surface, COUNT(*), SUM(times) FROM disclosures WHERE staff_id = ? AND day = ? GROUP BY surface`

// Mine counts what the actor has looked at today, by the day of their branch.
func (g *Gate) Mine(ctx context.Context, a policies.Actor) (Seen, error) {
	today, err := day(a)
	if err != nil {
		return Seen{}, err
	}
	rows, err := g.db.Read(ctx).Raw(mineSQL, a.StaffID, today).Rows()
	if err != nil {
		return Seen{}, err
	}
	defer rows.Close()
	var out Seen
	for rows.Next() {
		var s Surface
		var customers, times int
		if err := rows.Scan(&s, &customers, &times); err != nil {
			return Seen{}, err
		}
		switch s {
		case Card:
			out.Cards = customers
		case Reveal:
			out.Reveals = times
		}
	}
	return out, rows.Err()
}
