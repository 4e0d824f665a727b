package relation

import (
	"context"
	"slices"
	"strconv"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// HouseholdMost is how many customers a household can have: a work list, never a
// way to list customers.
const HouseholdMost = 12

// home is a household while it is locked.
type home struct {
	id      string
	version int64
	members []int64
}

// homeOf reads and locks the household of a customer; its id is "" when there is
// none.
func homeOf(tx *db.Tx, customerID int64) (home, error) {
	var ids []string
	var h home
	if err := tx.Raw("SELECT household_id FROM household_members WHERE customer_id = ? AND state = 0", customerID).Scan(&ids).Error; err != nil || len(ids) == 0 {
		return h, err
	}
	h.id = ids[0]
	if err := tx.Raw("SELECT version FROM households WHERE id = ?"+tx.Dialect.ForUpdate(), h.id).Row().Scan(&h.version); err != nil {
		return h, err
	}
	err := tx.Raw("SELECT customer_id FROM household_members WHERE household_id = ? AND state = 0 ORDER BY customer_id", h.id).Scan(&h.members).Error
	if err == nil && !slices.Contains(h.members, customerID) { // left while the lock was waited for
		h = home{}
	}
	return h, err
}

// join brings two customers, locked by the caller, under one roof: into the
// household one of them has, or a new one.
func (s *Service) join(tx *db.Tx, a policies.Actor, customerID, otherID int64) ([]audit.Event, error) {
	mine, err := homeOf(tx, customerID)
	if err != nil {
		return nil, err
	}
	theirs, err := homeOf(tx, otherID)
	if err != nil {
		return nil, err
	}
	var coming []int64
	switch {
	case mine.id != "" && mine.id == theirs.id:
		return nil, nil
	case mine.id != "" && theirs.id != "":
		return nil, fault.Fields{"household": {Key: "people.two_households"}}.Err()
	case mine.id != "":
		coming = []int64{otherID}
	case theirs.id != "":
		mine, coming = theirs, []int64{customerID}
	default:
		mine.id, coming = newRef(), []int64{customerID, otherID}
		if _, err := tx.Run("INSERT INTO households (id, version, made_by, branch_id, made_at) VALUES (?,0,?,?,?)", mine.id, a.StaffID, a.BranchID, db.Millis(s.clock.Now())); err != nil {
			return nil, err
		}
	}
	if len(mine.members)+len(coming) > HouseholdMost {
		return nil, fault.Fields{"household": {Key: "people.household_full", Args: map[string]any{"Max": HouseholdMost}}}.Err()
	}
	var events []audit.Event
	for _, id := range coming {
		_, err := tx.Run("INSERT INTO household_members (household_id, state, customer_id, ref, staff_id, branch_id, joined_at) VALUES (?,0,?,?,?,?,?)",
			mine.id, id, newRef(), a.StaffID, a.BranchID, db.Millis(s.clock.Now()))
		if err != nil {
			return nil, err
		}
		events = append(events, event(a, "household.joined", id))
	}
	return events, touch(tx, mine.id)
}

// touch gives a household a new version.
func touch(tx *db.Tx, id string) error {
	_, err := tx.Run("UPDATE households SET version = version + 1 WHERE id = ?", id)
	return err
}

// leaveTogether takes the other out of the household both are in, if they are.
func (s *Service) leaveTogether(tx *db.Tx, a policies.Actor, customerID, otherID int64, why string) ([]audit.Event, error) {
	h, err := homeOf(tx, customerID)
	if err != nil || !slices.Contains(h.members, otherID) {
		return nil, err
	}
	return s.leave(tx, a, h, otherID, why)
}

// leave takes a member out. One who would be left alone leaves too: nobody is a
// household by themselves.
func (s *Service) leave(tx *db.Tx, a policies.Actor, h home, customerID int64, why string) ([]audit.Event, error) {
	going := []int64{customerID}
	if rest := slices.DeleteFunc(slices.Clone(h.members), func(id int64) bool { return id == customerID }); len(rest) == 1 {
		going = append(going, rest[0])
	}
	var events []audit.Event
	for _, id := range going {
		n, err := tx.Run("UPDATE household_members SET state = 1, ended_at = ?, ended_by = ?, ended_why = ? WHERE household_id = ? AND state = 0 AND customer_id = ?",
			db.Millis(s.clock.Now()), a.StaffID, why, h.id, id)
		if err != nil {
			return nil, err
		}
		if n != 1 {
			return nil, errStale
		}
		e := event(a, "household.left", id)
		e.Reason = why
		events = append(events, e)
	}
	return events, touch(tx, h.id)
}

// Move is a change of who lives with a customer.
type Move struct {
	PublicID string
	Ref      string // who joins: the name of a relation
	Member   string // who leaves: the public id of a member
	Why      string // of leaving
	Version  int64  // of the household when the form was made, 0: there was none
	Once     string
}

// Join brings somebody linked to the customer into the household.
func (s *Service) Join(ctx context.Context, a policies.Actor, m Move) error {
	return s.move(ctx, a, m, "join", func(tx *db.Tx, customerID int64) ([]audit.Event, error) {
		r, err := s.mine(tx, a, customerID, m.Ref)
		if err == nil && r.otherID == 0 {
			err = errNotFound
		}
		if err != nil {
			return nil, err
		}
		if _, err := m.home(tx, customerID); err != nil {
			return nil, err
		}
		return s.join(tx, a, customerID, r.otherID)
	})
}

// Leave takes a member, perhaps the customer, out of the household.
func (s *Service) Leave(ctx context.Context, a policies.Actor, m Move) error {
	if !slices.Contains(EndReasons, m.Why) {
		return fault.Fields{"why": {Key: "error.choose"}}.Err()
	}
	member, _, err := s.customers.Admit(ctx, a, m.Member)
	if err != nil {
		return err
	}
	return s.move(ctx, a, m, "leave", func(tx *db.Tx, customerID int64) ([]audit.Event, error) {
		hidden, err := isHidden(tx, customerID, member.ID)
		if err != nil {
			return nil, err
		}
		h, err := m.home(tx, customerID)
		if err == nil && (hidden || !slices.Contains(h.members, member.ID)) {
			err = errNotFound
		}
		if err != nil {
			return nil, err
		}
		return s.leave(tx, a, h, member.ID, m.Why)
	})
}

// home is the household the move is about, unless somebody changed it after the
// form was made.
func (m Move) home(tx *db.Tx, customerID int64) (home, error) {
	h, err := homeOf(tx, customerID)
	if err == nil && h.version != m.Version {
		err = errStale
	}
	return h, err
}

func (s *Service) move(ctx context.Context, a policies.Actor, m Move, name string, do func(tx *db.Tx, customerID int64) ([]audit.Event, error)) error {
	if err := s.guard.Require(a, policies.RelationEdit); err != nil {
		return err
	}
	c, _, err := s.customers.Admit(ctx, a, m.PublicID)
	if err != nil {
		return err
	}
	o := db.Once{StaffID: a.StaffID, Key: m.Once, Request: []string{"household." + name, m.PublicID, m.Ref, m.Member, m.Why, strconv.FormatInt(m.Version, 10)}}
	_, err = s.once(ctx, o, func(tx *db.Tx) (string, []audit.Event, error) {
		events, err := do(tx, c.ID)
		return m.PublicID, events, err
	})
	return err
}
