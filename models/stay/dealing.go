package stay

import "shuke/models/db"

// Dealing is what one stay that took place adds to what a customer comes to.
type Dealing struct {
	On     string // day of arrival
	Nights int
	Amount int64 // minor units
}

// Dealings reads the stays of a customer that took place, in the order of their
// arrival, within a transaction.
func Dealings(tx *db.Tx, customerID int64) ([]Dealing, error) {
	rows, err := tx.Raw("SELECT arrive_on, nights, nights * rate FROM stays WHERE customer_id = ? AND status IN ('in_house', 'departed') ORDER BY arrive_on", customerID).Rows()
	if err != nil {
		return nil, err
	}
	var out []Dealing
	err = db.Each(rows, func() error {
		var d Dealing
		err := rows.Scan(&d.On, &d.Nights, &d.Amount)
		out = append(out, d)
		return err
	})
	return out, err
}
