package membership

import (
	"context"
	"time"

	"shuke/models/db"
)

// What can happen to a membership.
const (
	Joined     = "joined"
	LevelSet   = "tier"
	NumberLost = "number"
	Ended      = "left"
)

// Who or what set a level.
const (
	ByRule   = "rule"
	ByPerson = "person"
)

// Happening is one line of the history of a membership.
type Happening struct {
	Kind     string
	FromTier int64
	TierID   int64
	SetBy    string // of a level
	Who      string // name of the member of staff, "" when it was the rules alone
	Reason   string
	UntilOn  string
	Months   int // window that the figures are of
	Figures      // that met the rule
	At       time.Time
	staffID  int64
	branchID int64
}

// happened keeps a line. The membership is locked, so that numbers do not meet.
func (s *Service) happened(tx *db.Tx, memberID int64, h Happening) error {
	var n int64
	if err := tx.Raw("SELECT COALESCE(MAX(n), 0) + 1 FROM member_events WHERE member_id = ?", memberID).Row().Scan(&n); err != nil {
		return err
	}
	_, err := tx.Run(`INSERT INTO member_events (member_id, n, kind, from_tier, tier_id, set_by, staff_id, branch_id, reason, until_on, months, nights, stays, spend, at)
 VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`, memberID, n, h.Kind, h.FromTier, h.TierID, h.SetBy, h.staffID, h.branchID, h.Reason, h.UntilOn, h.Months, h.Nights, h.Stays, h.Spend, db.Millis(s.clock.Now()))
	return err
}

// historyShown is how many lines of a membership's history its page has.
const historyShown = 30

const historySQL = `SELECT m.club_id, e.kind, e.from_tier, e.tier_id, e.set_by, COALESCE(p.name, ''), e.reason, e.until_on, e.months, e.nights, e.stays, e.spend, e.at
FROM members m JOIN member_events e ON e.member_id = m.id LEFT JOIN staff p ON p.id = e.staff_id WHERE m.customer_id = ? ORDER BY e.at DESC, e.n DESC LIMIT ?`

// history reads what happened to the memberships of a customer, newest first.
func (s *Service) history(ctx context.Context, customerID int64) (map[int64][]Happening, error) {
	rows, err := s.db.Read(ctx).Raw(historySQL, customerID, historyShown).Rows()
	if err != nil {
		return nil, err
	}
	out := map[int64][]Happening{}
	err = db.Each(rows, func() error {
		var h Happening
		var club, at int64
		err := rows.Scan(&club, &h.Kind, &h.FromTier, &h.TierID, &h.SetBy, &h.Who, &h.Reason, &h.UntilOn, &h.Months, &h.Nights, &h.Stays, &h.Spend, &at)
		h.At = db.Time(at)
		out[club] = append(out[club], h)
		return err
	})
	return out, err
}
