package membership

import (
	"context"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/stay"
	"shuke/policies"
)

// Moved says what Merge did, so that it can be undone.
type Moved struct {
	Members  []int64 // memberships that are the other's now
	Doubled  []int64 // those that ended, since both were members
	Attended []int64 // events that the other came to by it
}

// Merge gives the memberships of a customer who turned out to be another to that
// other, within the transaction of whoever merges the two, who locks both in the
// order of their ids and has moved the stays. Of two memberships of one club the
// other's lasts and ours ends where it is: number, history and level by hand stay
// readable, and nothing is lost. It returns what is to be recorded.
func (s *Service) Merge(ctx context.Context, tx *db.Tx, a policies.Actor, from, into int64) (Moved, []audit.Event, error) {
	var out Moved
	ours, err := membersOf(tx, from)
	if err != nil {
		return out, nil, err
	}
	w, err := s.open(ctx, tx, a, into)
	if err != nil {
		return out, nil, err
	}
	for _, m := range ours {
		theirs := w.member(m.ClubID)
		switch {
		case theirs == nil:
			if _, err := tx.Run("UPDATE members SET customer_id = ?, version = version + 1 WHERE id = ?", into, m.ID); err != nil {
				return out, nil, err
			}
			m.CustomerID = into
			m.Version++
			w.members = append(w.members, m)
			out.Members = append(out.Members, m.ID)
		case !m.Left:
			m.Left, m.LeftOn, m.LeftWhy, m.CheckOn, m.HoldsTo = true, s.today(), merged, "", ""
			m.Version++
			if err := s.updateMember(tx, m); err != nil {
				return out, nil, err
			}
			if err := s.happened(tx, m.ID, Happening{Kind: Ended, FromTier: m.TierID, Reason: merged, staffID: a.StaffID, branchID: a.BranchID}); err != nil {
				return out, nil, err
			}
			out.Doubled = append(out.Doubled, m.ID)
		}
	}
	if err := tx.Raw("SELECT event_id FROM attendances WHERE customer_id = ? AND event_id NOT IN (SELECT event_id FROM attendances WHERE customer_id = ?)", from, into).Scan(&out.Attended).Error; err != nil {
		return out, nil, err
	}
	for _, event := range out.Attended {
		if _, err := tx.Run("UPDATE attendances SET customer_id = ? WHERE customer_id = ? AND event_id = ?", into, from, event); err != nil {
			return out, nil, err
		}
	}
	if w.dealings, err = stay.Dealings(tx, into); err != nil {
		return out, nil, err
	}
	w.changed = len(out.Members) > 0
	for i := range w.members {
		if err := w.judge(&w.members[i]); err != nil {
			return out, nil, err
		}
	}
	events, err := w.close()
	return out, events, err
}

// merged is why a membership ended that its customer had twice.
const merged = "merged"
