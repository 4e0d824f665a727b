package consent

import (
	"context"
	"time"

	"gorm.io/gorm"

	"shuke/models/db"
)

// Decision is what a customer last said about a purpose.
type Decision struct {
	Purpose Purpose
	Channel Channel
	Given   bool
	How     How
	N       int64 // number of the event
	At      time.Time
	ClearAt time.Time // when what was kept for it is deleted; zero when nothing is
}

// States is what holds for one customer now.
type States struct {
	Decisions    []Decision // of what was decided, in the order in which it was said
	Restrictions []Restriction
	Erasing      *Erasing // the customer asked to be forgotten
}

// Erasing says that a customer asked to be forgotten, and until when they may
// think better of it.
type Erasing struct {
	N         int64
	Confirmed bool // a second person has confirmed it
	DueAt     time.Time
}

// Decision returns what was said about a purpose and channel, and whether
// anything was.
func (s States) Decision(p Purpose, c Channel) (Decision, bool) {
	for _, d := range s.Decisions {
		if d.Purpose == p && d.Channel == c {
			return d, true
		}
	}
	return Decision{}, false
}

// Allows reports whether data may be used for a purpose now. What stands under
// no purpose ("") is always allowed; nothing else is for a customer who asked to
// be forgotten.
func (s States) Allows(p Purpose, c Channel) bool {
	switch {
	case p == "":
		return true
	case s.Erasing != nil || !p.fits(c) || (p == Photo && s.has(NoPhoto)):
		return false
	}
	if d, asked := s.Decision(p, c); asked {
		return d.Given
	}
	return p.allowedUnasked()
}

// statesSQL reads three ranges of primary keys. The columns are: customer,
// which of the three, then words, then numbers; each part uses those it needs.
const statesSQL = `SELECT customer_id, 1 AS part, purpose AS w1, channel AS w2, how AS w3, '' AS w4, '' AS w5, n, given AS x, 0 AS y, 0 AS z, at, clear_at AS until FROM consents WHERE customer_id IN ?
 UNION ALL SELECT customer_id, 2, kind, person, relation, note, how, n, not_at, from_minute, to_minute, recorded_at, branch_id FROM restrictions WHERE customer_id IN ? AND ended_at = 0
 UNION ALL SELECT customer_id, 3, '', '', '', '', '', n, state, 0, 0, asked_at, due_at FROM erasures WHERE customer_id IN ? AND state IN (1, 2, 4)
 ORDER BY customer_id, part, n`

// Of returns what holds for a customer, in one statement.
func Of(ctx context.Context, d *db.DB, customerID int64) (States, error) {
	all, err := read(d.Read(ctx), []int64{customerID})
	return all[customerID], err
}

// Within is Of inside a transaction.
func Within(tx *db.Tx, customerID int64) (States, error) {
	all, err := read(tx.DB, []int64{customerID})
	return all[customerID], err
}

// OfMany is Of for many customers; those who said nothing are left out.
func OfMany(ctx context.Context, d *db.DB, customerIDs []int64) (map[int64]States, error) {
	if len(customerIDs) == 0 {
		return nil, nil
	}
	return read(d.Read(ctx), db.Padded(customerIDs))
}

// Among is OfMany on a connection or in a transaction of the caller.
func Among(q *gorm.DB, customerIDs []int64) (map[int64]States, error) {
	if len(customerIDs) == 0 {
		return nil, nil
	}
	return read(q, db.Padded(customerIDs))
}

func read(from *gorm.DB, ids []int64) (map[int64]States, error) {
	rows, err := from.Raw(statesSQL, ids, ids, ids).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64]States{}
	for rows.Next() {
		var id, n, x, y, z, at, until int64
		var part int
		var w [5]string
		if err := rows.Scan(&id, &part, &w[0], &w[1], &w[2], &w[3], &w[4], &n, &x, &y, &z, &at, &until); err != nil {
			return nil, err
		}
		s := out[id]
		switch part {
		case 1:
			s.Decisions = append(s.Decisions, Decision{Purpose: Purpose(w[0]), Channel: Channel(w[1]), How: How(w[2]), N: n, Given: x == 1, At: db.Time(at), ClearAt: db.Time(until)})
		case 2:
			s.Restrictions = append(s.Restrictions, Restriction{N: n, Kind: Kind(w[0]), Person: w[1], Relation: w[2], Note: w[3], How: How(w[4]), NotAt: x, From: int(y), To: int(z), At: db.Time(at), Branch: until})
		case 3:
			s.Erasing = &Erasing{N: n, Confirmed: x != erasureAsked, DueAt: db.Time(until)}
		}
		out[id] = s
	}
	return out, rows.Err()
}

// withheldSQL finds among customers those whom a branch may not find: their own
// wish, or they asked to be forgotten.
const withheldSQL = `SELECT customer_id FROM restrictions WHERE customer_id IN ? AND kind = 'branch' AND not_at = ? AND ended_at = 0
 UNION SELECT customer_id FROM erasures WHERE customer_id IN ? AND state IN (1, 2, 4)`

// Withheld returns which of the customers are not to be found at a branch. With
// branch 0 it returns those whom nobody may find.
func Withheld(ctx context.Context, d *db.DB, customerIDs []int64, branchID int64) (map[int64]bool, error) {
	if len(customerIDs) == 0 {
		return nil, nil
	}
	ids := db.Padded(customerIDs)
	if branchID == 0 {
		branchID = -1
	}
	var found []int64
	if err := d.Read(ctx).Raw(withheldSQL, ids, branchID, ids).Scan(&found).Error; err != nil {
		return nil, err
	}
	out := make(map[int64]bool, len(found))
	for _, id := range found {
		out[id] = true
	}
	return out, nil
}
