package stay

import (
	"context"
	"strconv"
	"time"

	"shuke/models/db"
)

// Kept is what is kept of one preparation for a stay: a tick at a wish of the
// guest, or something added by hand.
type Kept struct {
	StayID     int64
	Key        string // w and the number of a wish, h and a number for one by hand
	Department string
	Wording    string
	Due        int // minutes after midnight, -1 as the department's work is due
	DoneAt     time.Time
	DoneBy     string // name of the member of staff
	Dropped    bool
}

// WishKey is the key of the preparation that a wish of the guest asks for.
func WishKey(n int64) string { return "w" + strconv.FormatInt(n, 10) }

const keptSQL = `SELECT p.stay_id, p.k, p.department, p.wording, p.due, p.done_at, p.dropped_at, COALESCE(n.name, '')
FROM preparations p LEFT JOIN staff n ON n.id = p.done_by WHERE p.stay_id IN ?`

// Kept reads what is kept of the preparations of stays, by stay.
func (s *Store) Kept(ctx context.Context, stays []int64) (map[int64][]Kept, error) {
	out := map[int64][]Kept{}
	if len(stays) == 0 {
		return out, nil
	}
	rows, err := s.db.Read(ctx).Raw(keptSQL, db.Padded(stays)).Rows()
	if err != nil {
		return nil, err
	}
	err = db.Each(rows, func() error {
		var k Kept
		var done, dropped int64
		err := rows.Scan(&k.StayID, &k.Key, &k.Department, &k.Wording, &k.Due, &done, &dropped, &k.DoneBy)
		k.DoneAt, k.Dropped = db.Time(done), dropped != 0
		out[k.StayID] = append(out[k.StayID], k)
		return err
	})
	return out, err
}

const latestSQL = " FROM stays s LEFT JOIN stay_totals t ON t.customer_id = s.customer_id WHERE s.customer_id = ? ORDER BY s.arrive_on DESC, s.id DESC LIMIT ?"

// Latest returns the latest stays of a customer, newest first, with what all of
// them come to.
func (s *Store) Latest(ctx context.Context, customerID int64, most int) ([]Stay, Totals, error) {
	t := Totals{CustomerID: customerID}
	rows, err := s.db.Read(ctx).Raw("SELECT "+Columns("s")+", "+TotalsColumns+latestSQL, customerID, most).Rows()
	if err != nil {
		return nil, t, err
	}
	var out []Stay
	err = db.Each(rows, func() error {
		one, err := Scan(rows, t.Into()...)
		out = append(out, one)
		return err
	})
	return out, t, err
}
