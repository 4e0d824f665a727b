package membership

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// Change is what somebody does to one membership. Version is that of the page it
// was done on.
type Change struct {
	PublicID string
	ClubID   int64
	Version  int64
	Reason   string
	TierID   int64  // of SetTier; 0 lets the rules decide again
	UntilOn  string // of SetTier: last day, "" without end
	Number   string // of ChangeNumber: of the new card, "" for the next
	Once     string
}

// reasonLimit bounds a reason, in characters.
const reasonLimit = 120

func (c Change) request(act string) []string {
	return []string{act, c.PublicID, strconv.FormatInt(c.ClubID, 10), strconv.FormatInt(c.Version, 10), c.Reason, strconv.FormatInt(c.TierID, 10), c.UntilOn, c.Number}
}

// reasoned tidies the reason and says what is wrong with it.
func (c *Change) reasoned(f fault.Fields) {
	c.Reason = strings.TrimSpace(c.Reason)
	switch n := len([]rune(c.Reason)); {
	case n < 2:
		f.Add("reason", "member.reason_needed", nil)
	case n > reasonLimit:
		f.Add("reason", "error.too_long", map[string]any{"Max": reasonLimit})
	case strings.ContainsFunc(c.Reason, func(r rune) bool { return unicode.IsControl(r) || r == '\u202e' }):
		f.Add("reason", "error.control_character", nil)
	}
}

// change runs an act on a membership that lasts.
func (s *Service) change(ctx context.Context, a policies.Actor, c Change, act string, do func(w *work, club Club, m *Member) error) error {
	found, _, err := s.customers.Admit(ctx, a, c.PublicID)
	if err != nil {
		return err
	}
	_, err = s.once(ctx, db.Once{StaffID: a.StaffID, Key: c.Once, Request: c.request(act)}, func(tx *db.Tx) (string, []audit.Event, error) {
		w, err := s.open(ctx, tx, a, found.ID)
		if err != nil {
			return "", nil, err
		}
		club, known := w.clubs.Club(c.ClubID)
		m := w.member(c.ClubID)
		if !known || m == nil || m.Left {
			return "", nil, errNotFound
		}
		if m.Version != c.Version {
			return "", nil, errStale
		}
		if err := do(w, club, m); err != nil {
			return "", nil, err
		}
		events, err := w.close()
		return "", events, err
	})
	return err
}

// SetTier gives a member a level by hand, for as long as it says: rules raise it
// and never lower it before. It cannot be lower than the rules have it. Without a
// level the rules decide again.
func (s *Service) SetTier(ctx context.Context, a policies.Actor, c Change) error {
	if err := s.guard.Require(a, policies.MembershipTier); err != nil {
		return err
	}
	f := fault.Fields{}
	c.reasoned(f)
	if c.UntilOn != "" {
		if _, err := time.Parse(time.DateOnly, c.UntilOn); err != nil {
			f.Add("until", "value.date_invalid", nil)
		} else if c.UntilOn < a.Today() {
			f.Add("until", "note.until_past", nil)
		}
	}
	if err := f.Err(); err != nil {
		return err
	}
	return s.change(ctx, a, c, "tier", func(w *work, club Club, m *Member) error {
		was := m.TierID
		*m = m.settled(club, w.dealings, w.today()) // what the rules say today
		rule, _ := club.Tier(m.RuleTierID)
		given, known := club.Tier(c.TierID)
		switch {
		case c.TierID != 0 && !known:
			return fault.Fields{"tier": {Key: "error.choose"}}.Err()
		case c.TierID != 0 && given.Rank < rule.Rank:
			return fault.Fields{"tier": {Key: "member.not_below_rule"}}.Err()
		case c.TierID == 0 && m.HandTierID == 0:
			return fault.Fields{"tier": {Key: "member.rules_decide"}}.Err()
		}
		m.HandTierID, m.HandBy, m.HandOn, m.HandUntil, m.HandReason = c.TierID, a.StaffID, w.today(), c.UntilOn, c.Reason
		if c.TierID == 0 {
			m.HandBy, m.HandOn, m.HandUntil, m.HandReason = 0, "", "", ""
		}
		*m = m.settled(club, w.dealings, w.today())
		return w.levelled(m, was, Happening{Kind: LevelSet, SetBy: ByPerson, Reason: c.Reason, UntilOn: c.UntilOn, staffID: a.StaffID, branchID: a.BranchID}, c.Reason)
	})
}

// Leave ends a membership; what happened in it stays.
func (s *Service) Leave(ctx context.Context, a policies.Actor, c Change) error {
	if err := s.guard.Require(a, policies.MembershipJoin); err != nil {
		return err
	}
	f := fault.Fields{}
	c.reasoned(f)
	if err := f.Err(); err != nil {
		return err
	}
	return s.change(ctx, a, c, "leave", func(w *work, club Club, m *Member) error {
		m.Left, m.LeftOn, m.LeftWhy, m.CheckOn, m.HoldsTo = true, w.today(), c.Reason, "", ""
		m.HandTierID, m.HandBy, m.HandOn, m.HandUntil, m.HandReason = 0, 0, "", "", ""
		m.Version++
		w.changed = true
		if err := s.updateMember(w.tx, *m); err != nil {
			return err
		}
		w.record("member.left", club, c.Reason)
		return s.happened(w.tx, m.ID, Happening{Kind: Ended, FromTier: m.TierID, Reason: c.Reason, staffID: a.StaffID, branchID: a.BranchID})
	})
}

// ChangeNumber gives a member another number, as when a card is lost. The old one
// is never given again.
func (s *Service) ChangeNumber(ctx context.Context, a policies.Actor, c Change) error {
	if err := s.guard.Require(a, policies.MembershipJoin); err != nil {
		return err
	}
	f := fault.Fields{}
	c.reasoned(f)
	if err := f.Err(); err != nil {
		return err
	}
	c.Number = normal(c.Number)
	return s.change(ctx, a, c, "number", func(w *work, club Club, m *Member) error {
		if c.Number != "" {
			if wrong := club.check(c.Number); wrong.Key != "" {
				return fault.Fields{"number": wrong}.Err()
			}
		}
		if err := s.endNumber(w.tx, *m, c.Reason); err != nil {
			return err
		}
		number, err := s.give(w.tx, club, m.ID, c.Number)
		if err != nil {
			return err
		}
		m.Number = number
		m.Version++
		w.changed = true
		if err := s.updateMember(w.tx, *m); err != nil {
			return err
		}
		w.record("member.number_changed", club, c.Reason)
		return s.happened(w.tx, m.ID, Happening{Kind: NumberLost, TierID: m.TierID, Reason: c.Reason, staffID: a.StaffID, branchID: a.BranchID})
	})
}

// Attendance says which events of clubs a customer came to; it replaces nothing,
// so that two who tick at once both count.
type Attendance struct {
	PublicID string
	EventID  int64
	Came     bool
}

// Attend notes that a customer came to an event, or takes the note back.
func (s *Service) Attend(ctx context.Context, a policies.Actor, in Attendance) error {
	if err := s.guard.Require(a, policies.MembershipJoin); err != nil {
		return err
	}
	found, _, err := s.customers.Admit(ctx, a, in.PublicID)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		w, err := s.open(ctx, tx, a, found.ID)
		if err != nil {
			return err
		}
		var clubID int64
		var held string
		err = tx.Raw("SELECT club_id, held_on FROM club_events WHERE id = ?", in.EventID).Row().Scan(&clubID, &held)
		if db.NoRow(err) {
			return fault.Fields{"event": {Key: "error.choose"}}.Err()
		}
		if err != nil {
			return err
		}
		club, known := w.clubs.Club(clubID)
		if !known || in.Came && !slices.ContainsFunc(w.members, func(m Member) bool { return m.ClubID == clubID && !m.Left }) {
			return fault.Fields{"event": {Key: "member.no_member"}}.Err()
		}
		if in.Came && held > a.Today() {
			return fault.Fields{"event": {Key: "member.event_ahead"}}.Err()
		}
		query, args, action := "DELETE FROM attendances WHERE customer_id = ? AND event_id = ?", []any{found.ID, in.EventID}, "member.attendance_withdrawn"
		if in.Came {
			query, action = tx.Dialect.InsertIgnore()+"attendances (customer_id, event_id, staff_id, at) VALUES (?,?,?,?)", "member.attended"
			args = append(args, a.StaffID, db.Millis(s.clock.Now()))
		}
		n, err := tx.Run(query, args...)
		if err != nil || n == 0 {
			return err
		}
		w.record(action, club, "", audit.Detail{Name: "event", Value: strconv.FormatInt(in.EventID, 10)})
		return s.log.Append(tx, w.events...)
	})
}
