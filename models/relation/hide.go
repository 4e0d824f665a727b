package relation

import (
	"context"
	"slices"
	"strconv"
	"time"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// HideReasons are the reasons for which somebody is not to be named: the one whose
// card it is asked, the other asked, or one of the two is to be protected.
var HideReasons = []string{"asked", "other_asked", "protection"}

// Hiding says that one customer must not be named on the card of another.
type Hiding struct {
	From     int64 // on whose card
	Who      int64 // who is not named there
	Reason   string
	StaffID  int64
	BranchID int64
	At       time.Time
}

// Hide keeps a customer from being named on another's card, whatever links the
// two have now or later, in the caller's transaction. It reports whether that is
// new; the caller records the event. "Not to my wife" is From the wife, Who the
// husband.
func Hide(tx *db.Tx, h Hiding) (bool, error) {
	if !slices.Contains(HideReasons, h.Reason) {
		return false, fault.Fields{"reason": {Key: "error.choose"}}.Err()
	}
	if h.From == h.Who {
		return false, fault.New(fault.Invalid, "people.self")
	}
	if err := lock(tx, h.From, h.Who); err != nil {
		return false, err
	}
	hidden, err := isHidden(tx, h.From, h.Who)
	if err != nil || hidden {
		return false, err
	}
	_, err = tx.Run("INSERT INTO relation_hides (customer_id, state, other_id, ref, reason, staff_id, branch_id, recorded_at) VALUES (?,0,?,?,?,?,?,?)",
		h.From, h.Who, newRef(), h.Reason, h.StaffID, h.BranchID, db.Millis(h.At))
	return err == nil, err
}

// Unhide lifts what Hide did, in the caller's transaction, and reports whether
// there was anything to lift. The row stays, with who lifted it.
func Unhide(tx *db.Tx, h Hiding) (bool, error) {
	n, err := tx.Run("UPDATE relation_hides SET state = 1, lifted_at = ?, lifted_by = ? WHERE customer_id = ? AND state = 0 AND other_id = ?",
		db.Millis(h.At), h.StaffID, h.From, h.Who)
	return n > 0, err
}

func isHidden(tx *db.Tx, from, who int64) (bool, error) {
	var n int
	err := tx.Raw("SELECT COUNT(*) FROM relation_hides WHERE customer_id = ? AND state = 0 AND other_id = ?", from, who).Scan(&n).Error
	return n > 0, err
}

// Wish is what a form says of a link that is to be hidden or shown again.
type Wish struct {
	PublicID string
	Ref      string
	Here     bool // the other is not named on this customer's card
	There    bool // this customer is not named on the other's
	Reason   string
	Once     string
}

// Hide hides a link on either card or both.
func (s *Service) Hide(ctx context.Context, a policies.Actor, w Wish) error {
	if err := s.guard.Require(a, policies.RelationEdit); err != nil {
		return err
	}
	problems := fault.Fields{}
	if !w.Here && !w.There {
		problems.Add("where", "error.choose", nil)
	}
	if !slices.Contains(HideReasons, w.Reason) {
		problems.Add("reason", "error.choose", nil)
	}
	if err := problems.Err(); err != nil {
		return err
	}
	return s.wish(ctx, a, w, "hide", "relation.hidden", func(tx *db.Tx, from, who int64) (bool, error) {
		return Hide(tx, Hiding{From: from, Who: who, Reason: w.Reason, StaffID: a.StaffID, BranchID: a.BranchID, At: s.clock.Now()})
	})
}

// Lift shows a link again. Only those may who see what is hidden: it undoes
// somebody's wish.
func (s *Service) Lift(ctx context.Context, a policies.Actor, w Wish) error {
	if err := s.guard.Require(a, policies.RelationHidden); err != nil {
		return err
	}
	if !w.Here && !w.There {
		return fault.Fields{"where": {Key: "error.choose"}}.Err()
	}
	return s.wish(ctx, a, w, "lift", "relation.shown_again", func(tx *db.Tx, from, who int64) (bool, error) {
		return Unhide(tx, Hiding{From: from, Who: who, StaffID: a.StaffID, At: s.clock.Now()})
	})
}

// wish does the same to one card or both, with an event for each.
func (s *Service) wish(ctx context.Context, a policies.Actor, w Wish, name, action string, do func(tx *db.Tx, from, who int64) (bool, error)) error {
	c, _, err := s.customers.Admit(ctx, a, w.PublicID)
	if err != nil {
		return err
	}
	o := db.Once{StaffID: a.StaffID, Key: w.Once, Request: []string{"relation." + name, w.PublicID, w.Ref, strconv.FormatBool(w.Here), strconv.FormatBool(w.There), w.Reason}}
	_, err = s.once(ctx, o, func(tx *db.Tx) (string, []audit.Event, error) {
		row, err := s.mine(tx, a, c.ID, w.Ref)
		if err != nil {
			return "", nil, err
		}
		if row.otherID == 0 { // a name without a customer is ended, not hidden
			return "", nil, errNotFound
		}
		var events []audit.Event
		for _, side := range []struct {
			chosen    bool
			from, who int64
		}{{w.Here, c.ID, row.otherID}, {w.There, row.otherID, c.ID}} {
			if !side.chosen {
				continue
			}
			done, err := do(tx, side.from, side.who)
			if err != nil {
				return "", nil, err
			}
			if done {
				e := event(a, action, side.from)
				e.Reason = w.Reason
				events = append(events, e)
			}
		}
		return w.Ref, events, nil
	})
	return err
}
