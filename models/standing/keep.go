package standing

import (
	"slices"
	"time"

	"shuke/models/db"
)

const rulesSQL = "SELECT months, channels, reservations, version FROM standing_rules WHERE id = 1"

// New is a customer who is just being added.
type New struct {
	CustomerID int64
	Channels   []string // of the facts that come with them
}

// Added gives new customers their standing, in the transaction that adds them.
func Added(tx *db.Tx, now time.Time, list ...New) error {
	if len(list) == 0 {
		return nil
	}
	rules, err := rulesIn(tx)
	if err != nil {
		return err
	}
	today := Day(now)
	args := make([]any, 0, rowWidth*len(list))
	for _, n := range list {
		e := Evidence{CustomerID: n.CustomerID, AddedOn: today, Heard: map[string]string{}}
		for _, c := range n.Channels {
			e.Heard[c] = today
		}
		args = append(args, rules.Of(e, today).args()...)
	}
	return tx.InsertAll("INSERT INTO standings ("+rowColumns+") VALUES ", rowWidth, args)
}

// Heard says that something was heard of a customer: who was
// on a list only is in touch now.
func Heard(tx *db.Tx, now time.Time, customerID int64) error {
	var reached string
	err := tx.Raw("SELECT reached_on FROM standings WHERE customer_id = ?", customerID).Row().Scan(&reached)
	if err != nil && !db.NoRow(err) {
		return err
	}
	if reached != "" { // once in touch, always
		return nil
	}
	return Refresh(tx, now, customerID)
}

// Refresh brings the standing of customers in step with their facts and stays.
func Refresh(tx *db.Tx, now time.Time, customers ...int64) error {
	rules, err := rulesIn(tx)
	if err != nil {
		return err
	}
	customers = slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(customers))), func(id int64) bool { return id == 0 })
	if len(customers) == 0 {
		return nil
	}
	return refresh(tx, rules, Day(now), ofThese, db.Padded(customers))
}

// Which customers are worked out: a range of inner ids, or these.
const (
	fromTo  = " BETWEEN ? AND ?"
	ofThese = " IN ?"
)

func rulesIn(tx *db.Tx) (Rules, error) { return scanRules(tx.Raw(rulesSQL).Row()) }

// refresh works out those of the condition. Their rows are taken first: whoever
// changes what they follow from waits, and reckons after us.
func refresh(tx *db.Tx, rules Rules, today, which string, args ...any) error {
	var taken []int64
	if err := tx.Raw("SELECT customer_id FROM standings WHERE customer_id"+which+tx.Dialect.ForUpdate(), args...).Scan(&taken).Error; err != nil {
		return err
	}
	found, err := evidence(tx, which, args...)
	if err != nil {
		return err
	}
	args = nil
	for _, e := range found {
		args = append(args, rules.Of(*e, today).args()...)
	}
	most := tx.Dialect.RowsPerInsert(rowWidth)
	for len(args) > 0 {
		n := min(len(args)/rowWidth, most)
		_, err := tx.Run("INSERT INTO standings ("+rowColumns+") VALUES "+db.Rows(n, rowWidth)+tx.Dialect.Upsert("customer_id", "standing = new.standing", "since_on = new.since_on",
			"reached_on = new.reached_on", "reached_by = new.reached_by", "last_on = new.last_on", "turns_on = new.turns_on"), args[:n*rowWidth]...)
		if err != nil {
			return err
		}
		args = args[n*rowWidth:]
	}
	return nil
}

// evidence reads what standings follow from, of many customers at a time.
func evidence(tx *db.Tx, which string, args ...any) ([]*Evidence, error) {
	var out []*Evidence
	byID := map[int64]*Evidence{}
	rows, err := tx.Raw(`SELECT c.id, c.created_at, f.channel, MIN(f.recorded_at) FROM customers c JOIN facts f ON f.customer_id = c.id
 WHERE c.id`+which+` GROUP BY c.id, c.created_at, f.channel ORDER BY c.id`, args...).Rows()
	if err != nil {
		return nil, err
	}
	err = db.Each(rows, func() error {
		var id, created, first int64
		var channel string
		if err := rows.Scan(&id, &created, &channel, &first); err != nil {
			return err
		}
		e := byID[id]
		if e == nil {
			e = &Evidence{CustomerID: id, AddedOn: Day(db.Time(created)), Heard: map[string]string{}}
			byID[id], out = e, append(out, e)
		}
		e.Heard[channel] = Day(db.Time(first))
		return nil
	})
	if err != nil {
		return nil, err
	}
	rows, err = tx.Raw("SELECT customer_id, status, arrive_on, depart_on, created_at FROM stays WHERE customer_id"+which+" ORDER BY customer_id, arrive_on", args...).Rows()
	if err != nil {
		return nil, err
	}
	return out, db.Each(rows, func() error {
		var id, created int64
		var status string
		var v Visit
		if err := rows.Scan(&id, &status, &v.From, &v.To, &created); err != nil {
			return err
		}
		e := byID[id]
		if e == nil {
			return nil
		}
		if entered := Day(db.Time(created)); e.ReservedOn == "" || entered < e.ReservedOn {
			e.ReservedOn = entered
		}
		if status == "in_house" || status == "departed" {
			e.Visits = append(e.Visits, v)
		}
		return nil
	})
}
