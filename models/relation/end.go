package relation

import (
	"context"
	"slices"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// EndReasons are the reasons for which a relation ends: it is so no longer, it
// was a mistake, the customer asked.
var EndReasons = []string{"over", "mistake", "asked"}

// becameCustomer is why a name ended for which a customer now stands.
const becameCustomer = "became_customer"

// Ending ends a relation.
type Ending struct {
	PublicID string
	Ref      string
	Why      string
	Once     string
}

// End ends a relation in both directions. The rows stay, with who ended it, when
// and why. Whoever was said to live with the customer leaves the household.
func (s *Service) End(ctx context.Context, a policies.Actor, in Ending) error {
	if err := s.guard.Require(a, policies.RelationEdit); err != nil {
		return err
	}
	if !slices.Contains(EndReasons, in.Why) {
		return fault.Fields{"why": {Key: "error.choose"}}.Err()
	}
	c, _, err := s.customers.Admit(ctx, a, in.PublicID)
	if err != nil {
		return err
	}
	o := db.Once{StaffID: a.StaffID, Key: in.Once, Request: []string{"relation.end", in.PublicID, in.Ref, in.Why}}
	_, err = s.once(ctx, o, func(tx *db.Tx) (string, []audit.Event, error) {
		r, err := s.mine(tx, a, c.ID, in.Ref)
		if err != nil {
			return "", nil, err
		}
		sides := []row{r}
		if r.otherID != 0 {
			sides = append(sides, r.reversed())
		}
		var events []audit.Event
		for _, side := range sides {
			e, err := s.end(tx, a, side, in.Why)
			if err != nil {
				return "", nil, err
			}
			events = append(events, e)
		}
		if r.kind == Household && r.otherID != 0 {
			left, err := s.leaveTogether(tx, a, c.ID, r.otherID, in.Why)
			if err != nil {
				return "", nil, err
			}
			events = append(events, left...)
		}
		return in.Ref, events, nil
	})
	return err
}

// end ends one direction.
func (s *Service) end(tx *db.Tx, a policies.Actor, r row, why string) (audit.Event, error) {
	n, err := tx.Run("UPDATE relations SET state = 1, ended_at = ?, ended_by = ?, ended_why = ? WHERE customer_id = ? AND state = 0 AND kind = ? AND ref = ?",
		db.Millis(s.clock.Now()), a.StaffID, why, r.customerID, r.kind, r.ref)
	if err != nil {
		return audit.Event{}, err
	}
	if n != 1 {
		return audit.Event{}, errStale
	}
	if r.otherID == 0 {
		if err := s.restage(tx, r.customerID, r.ref, ""); err != nil {
			return audit.Event{}, err
		}
	}
	e := event(a, "relation.ended", r.customerID, audit.Detail{Name: "relation", Value: r.kind.String()})
	e.Reason = why
	return e, nil
}
