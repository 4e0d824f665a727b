package rights

import (
	"context"
	"strconv"

	"shuke/models/audit"
	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/models/fault"
	"shuke/models/vault"
	"shuke/policies"
)

// mayErase is the gate of what cannot be undone. Beyond the policy it holds a
// floor that no policy can loosen: custodian or owner, a regular employee as a
// second person confirmed, not about to leave, in a browser.
func (s *Service) mayErase(a policies.Actor) error {
	if err := s.Guard.Require(a, policies.CustomerErase); err != nil {
		return err
	}
	if (a.Role != policies.Custodian && a.Role != policies.Owner) || a.Employment != policies.Regular || !a.EmploymentConfirmed || a.OnNotice() || a.Via != policies.Browser {
		return fault.New(fault.Denied, "erasure.not_you")
	}
	return nil
}

// Erasing is an erasure with its customer, for the page about it.
type Erasing struct {
	customer.Customer
	consent.Erasure
	Open  bool // somebody asked
	Proof string
	Mine  bool // the reader took it down, so another must confirm
}

// Erasure returns how far a customer's erasure is; the reader may see the
// customer's name here even while nobody else may.
func (s *Service) Erasure(ctx context.Context, a policies.Actor, publicID string) (Erasing, error) {
	c, err := s.leaving(ctx, a, publicID)
	if err != nil {
		return Erasing{}, err
	}
	e := audit.By(a, "erasure.opened")
	e.CustomerID = c.ID
	if err := s.Gate.Show(ctx, a, e, disclosure.Card, 1, c.ID); err != nil {
		return Erasing{}, err
	}
	out := Erasing{Customer: c}
	if out.Erasure, out.Open, err = consent.OpenErasure(ctx, s.DB, c.ID); err != nil || !out.Open {
		return out, err
	}
	out.Mine = out.Erasure.By == a.StaffID
	key, err := s.Vault.Key(ctx, vault.Customer(c.ID))
	if err != nil {
		return Erasing{}, err
	}
	out.Proof, err = consent.ProofOfErasure(ctx, s.DB, c.ID, out.Erasure.N, &key)
	return out, err
}

// leaving finds a customer for somebody who may erase, whatever the customer's
// wishes are.
func (s *Service) leaving(ctx context.Context, a policies.Actor, publicID string) (customer.Customer, error) {
	if err := s.mayErase(a); err != nil {
		return customer.Customer{}, err
	}
	return s.Customers.Find(ctx, publicID)
}

// Leave is a customer's wish to be forgotten as it is taken down.
type Leave struct {
	PublicID string
	Who      consent.Speaker
	How      consent.How
	Proof    string
	Once     string
}

const closeEraseSQL = "UPDATE customer_requests SET outcome = 'done', done_by = ?, done_at = ? WHERE customer_id = ? AND kind = 'erasure' AND outcome = ''"

// AskErasure records that a customer wants to be forgotten. At once nobody is
// shown the customer any more; the grace begins.
func (s *Service) AskErasure(ctx context.Context, a policies.Actor, l Leave) error {
	c, err := s.leaving(ctx, a, l.PublicID)
	if err != nil {
		return err
	}
	e := consent.Erasure{CustomerID: c.ID, Who: l.Who, How: l.How, Proof: l.Proof, By: a.StaffID, Branch: a.BranchID, AskedAt: s.Clock.Now()}
	if err := consent.CheckErasure(e); err != nil {
		return err
	}
	if e.Key, err = s.key(ctx, c.ID, l.Proof); err != nil {
		return err
	}
	texts := []string{"erasure", l.PublicID, string(l.Who), string(l.How), l.Proof}
	return s.once(ctx, db.Once{StaffID: a.StaffID, Key: l.Once, Request: texts}, func(tx *db.Tx) (audit.Event, error) {
		n, err := consent.AskErasure(tx, e)
		if err != nil {
			return audit.Event{}, err
		}
		if _, err := tx.Run(closeEraseSQL, a.StaffID, db.Millis(e.AskedAt), c.ID); err != nil {
			return audit.Event{}, err
		}
		event := erasureEvent(a, "erasure.asked", c.ID, n)
		event.Details = append(event.Details, audit.Detail{Name: "how", Value: string(l.How)}, audit.Detail{Name: "said_by", Value: string(l.Who)})
		event.Commitments = []audit.Commitment{{Name: "proof", Value: l.Proof}}
		return event, s.tell(tx, c)
	})
}

// ConfirmErasure is the second person's word, without which nothing is erased.
func (s *Service) ConfirmErasure(ctx context.Context, a policies.Actor, publicID string, n int64) error {
	c, open, err := s.asked(ctx, a, publicID, n)
	if err != nil {
		return err
	}
	if open.By == a.StaffID {
		return fault.New(fault.Denied, "erasure.another")
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := consent.ConfirmErasure(tx, c.ID, n, a.StaffID, s.Clock.Now()); err != nil {
			return err
		}
		return s.Log.Append(tx, erasureEvent(a, "erasure.confirmed", c.ID, n))
	})
}

// WithdrawErasure records that the customer thought better of it. Everything is
// as it was.
func (s *Service) WithdrawErasure(ctx context.Context, a policies.Actor, publicID string, n int64) error {
	c, _, err := s.asked(ctx, a, publicID, n)
	if err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := consent.WithdrawErasure(tx, c.ID, n, a.StaffID, s.Clock.Now()); err != nil {
			return err
		}
		if err := s.tell(tx, c); err != nil {
			return err
		}
		return s.Log.Append(tx, erasureEvent(a, "erasure.withdrawn", c.ID, n))
	})
}

func (s *Service) asked(ctx context.Context, a policies.Actor, publicID string, n int64) (customer.Customer, consent.Erasure, error) {
	c, err := s.leaving(ctx, a, publicID)
	if err != nil {
		return c, consent.Erasure{}, err
	}
	e, open, err := consent.OpenErasure(ctx, s.DB, c.ID)
	if err == nil && (!open || e.N != n || e.Begun()) {
		err = fault.New(fault.Conflict, "error.stale")
	}
	return c, e, err
}

// Listed is one erasure in the list of all.
type Listed struct {
	PublicID string
	consent.Erasure
}

// Erasures lists what was asked and is not yet done, without a name.
func (s *Service) Erasures(ctx context.Context, a policies.Actor) ([]Listed, error) {
	if err := s.mayErase(a); err != nil {
		return nil, err
	}
	open, err := consent.OpenErasures(ctx, s.DB, openListed)
	if err != nil || len(open) == 0 {
		return nil, err
	}
	ids := make([]int64, len(open))
	for i, e := range open {
		ids[i] = e.CustomerID
	}
	public, err := s.Customers.PublicIDs(ctx, ids)
	out := make([]Listed, len(open))
	for i, e := range open {
		out[i] = Listed{public[e.CustomerID], e}
	}
	return out, err
}

func erasureEvent(a policies.Actor, action string, customerID, n int64) audit.Event {
	e := audit.By(a, action)
	e.CustomerID = customerID
	e.Details = []audit.Detail{{Name: "number", Value: strconv.FormatInt(n, 10)}}
	return e
}
