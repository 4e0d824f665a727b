package stay

import (
	"context"

	"shuke/models/db"
	"shuke/models/standing"
)

// Totals are what a customer's stays come to.
type Totals struct {
	CustomerID   int64
	Stays        int // that took place
	Nights       int
	Spend        int64 // minor units
	FirstOn      string
	LastOn       string // arrival of the last one that took place
	LastBranchID int64
	LastRoom     string
	LastNights   int
	NextOn       string // arrival of the next one reserved
	NextBranchID int64
}

// TotalsColumns are the columns that Into has places for, for statements that read
// totals beside other things; a customer without stays has none.
const TotalsColumns = `COALESCE(t.stays, 0), COALESCE(t.nights, 0), COALESCE(t.spend, 0), COALESCE(t.first_on, ''), COALESCE(t.last_on, ''), COALESCE(t.last_branch_id, 0),
 COALESCE(t.last_room, ''), COALESCE(t.last_nights, 0), COALESCE(t.next_on, ''), COALESCE(t.next_branch_id, 0)`

// Into are the places for TotalsColumns.
func (t *Totals) Into() []any {
	return []any{&t.Stays, &t.Nights, &t.Spend, &t.FirstOn, &t.LastOn, &t.LastBranchID, &t.LastRoom, &t.LastNights, &t.NextOn, &t.NextBranchID}
}

// Totals reads what a customer's stays come to.
func (s *Store) Totals(ctx context.Context, customerID int64) (Totals, error) {
	out := Totals{CustomerID: customerID}
	err := s.db.Read(ctx).Raw("SELECT "+TotalsColumns+" FROM stay_totals t WHERE t.customer_id = ?", customerID).Row().Scan(out.Into()...)
	if db.NoRow(err) {
		return out, nil
	}
	return out, err
}

// refresh reckons the totals of a customer anew from the stays themselves, so
// that no order of changes can leave them wrong, and what the customer is to the
// house with them. A customer's stays lie together in their index and are few.
func (s *Store) refresh(tx *db.Tx, customerID int64) error {
	if customerID == 0 {
		return nil
	}
	// The row is taken first: whoever changes another stay of the customer at the
	// same time waits here, and then reads both.
	_, err := tx.Run("INSERT INTO stay_totals (customer_id, stays, nights, spend) VALUES (?,0,0,0)"+tx.Dialect.Upsert("customer_id", "stays = stay_totals.stays"), customerID)
	if err != nil {
		return err
	}
	rows, err := tx.Raw("SELECT status, arrive_on, branch_id, room, nights, rate FROM stays WHERE customer_id = ? ORDER BY arrive_on, id", customerID).Rows()
	if err != nil {
		return err
	}
	t := Totals{CustomerID: customerID}
	err = db.Each(rows, func() error {
		var one Stay
		if err := rows.Scan(&one.Status, &one.ArriveOn, &one.BranchID, &one.Room, &one.Nights, &one.Rate); err != nil {
			return err
		}
		t.add(one)
		return nil
	})
	if err != nil {
		return err
	}
	_, err = tx.Run(`UPDATE stay_totals SET stays = ?, nights = ?, spend = ?, first_on = ?, last_on = ?, last_branch_id = ?, last_room = ?, last_nights = ?, next_on = ?, next_branch_id = ?
 WHERE customer_id = ?`, t.Stays, t.Nights, t.Spend, t.FirstOn, t.LastOn, t.LastBranchID, t.LastRoom, t.LastNights, t.NextOn, t.NextBranchID, t.CustomerID)
	if err != nil {
		return err
	}
	return standing.Refresh(tx, s.clock.Now(), customerID)
}

// add takes in one stay more; stays come in the order of their arrival.
func (t *Totals) add(s Stay) {
	switch {
	case s.Status.TookPlace():
		t.Stays++
		t.Nights += s.Nights
		t.Spend += s.Amount()
		if t.FirstOn == "" {
			t.FirstOn = s.ArriveOn
		}
		t.LastOn, t.LastBranchID, t.LastRoom, t.LastNights = s.ArriveOn, s.BranchID, s.Room, s.Nights
	case s.Status == Reserved && t.NextOn == "":
		t.NextOn, t.NextBranchID = s.ArriveOn, s.BranchID
	}
}
