package rights

import (
	"context"
	"strconv"

	"shuke/models/audit"
	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/policies"
)

// Restricting is a restriction that a customer asks for.
type Restricting struct {
	PublicID string
	consent.Restriction
	Once string
}

func (w Restricting) texts() []string {
	return []string{"restriction", w.PublicID, string(w.Kind), w.Person, w.Relation, w.Note, strconv.FormatInt(w.NotAt, 10), strconv.Itoa(w.From), strconv.Itoa(w.To), string(w.How)}
}

// Restrict records a restriction; it holds at once.
func (s *Service) Restrict(ctx context.Context, a policies.Actor, w Restricting) error {
	c, err := s.recorded(ctx, a, w.PublicID)
	if err != nil {
		return err
	}
	if err := w.Check(); err != nil {
		return err
	}
	w.By, w.Branch, w.At = a.StaffID, a.BranchID, s.Clock.Now()
	return s.once(ctx, db.Once{StaffID: a.StaffID, Key: w.Once, Request: w.texts()}, func(tx *db.Tx) (audit.Event, error) {
		n, err := consent.Restrict(tx, c.ID, w.Restriction)
		if err == nil {
			err = s.tell(tx, c)
		}
		e := restrictionEvent(a, "restriction.recorded", c.ID, n)
		e.Details = append(e.Details, audit.Detail{Name: "restriction", Value: string(w.Kind)}, audit.Detail{Name: "how", Value: string(w.How)})
		for _, said := range []audit.Commitment{{Name: "person", Value: w.Person}, {Name: "note", Value: w.Note}} {
			if said.Value != "" {
				e.Commitments = append(e.Commitments, said)
			}
		}
		return e, err
	})
}

// LiftRestriction ends one that no longer holds.
func (s *Service) LiftRestriction(ctx context.Context, a policies.Actor, publicID string, n int64) error {
	c, err := s.recorded(ctx, a, publicID)
	if err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := consent.Lift(tx, c.ID, n, a.StaffID, s.Clock.Now()); err != nil {
			return err
		}
		if err := s.tell(tx, c); err != nil {
			return err
		}
		return s.Log.Append(tx, restrictionEvent(a, "restriction.ended", c.ID, n))
	})
}

// recorded is the customer of whom somebody records something.
func (s *Service) recorded(ctx context.Context, a policies.Actor, publicID string) (customer.Customer, error) {
	if err := s.Guard.Require(a, policies.ConsentRecord); err != nil {
		return customer.Customer{}, err
	}
	c, _, err := s.Customers.Admit(ctx, a, publicID)
	return c, err
}

func restrictionEvent(a policies.Actor, action string, customerID, n int64) audit.Event {
	e := audit.By(a, action)
	e.CustomerID = customerID
	e.Details = []audit.Detail{{Name: "number", Value: strconv.FormatInt(n, 10)}}
	return e
}
