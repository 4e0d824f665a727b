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

// DealingsOf reads the same of several customers, in one statement.
func DealingsOf(tx *db.Tx, customers []int64) (map[int64][]Dealing, error) {
	out := map[int64][]Dealing{}
	if len(customers) == 0 {
		return out, nil
	}
	rows, err := tx.Raw("SELECT customer_id, arrive_on, nights, nights * rate FROM stays WHERE customer_id IN ? AND status IN ('in_house', 'departed') ORDER BY customer_id, arrive_on", db.Padded(customers)).Rows()
	if err != nil {
		return nil, err
	}
	err = db.Each(rows, func() error {
		var id int64
		var d Dealing
		err := rows.Scan(&id, &d.On, &d.Nights, &d.Amount)
		out[id] = append(out[id], d)
		return err
	})
	return out, err
}
