// Package rights is what a customer may ask of the house about their own data: to
// agree and withdraw, to be known to some and not to others, to see what is held,
// to have it corrected, and to be forgotten. Each act asks for its permission
// again and owns its transaction. It knows no page and no language.
package rights

import (
	"context"

	"shuke/models/audit"
	"shuke/models/clock"
	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/models/fault"
	"shuke/models/membership"
	"shuke/models/vault"
	"shuke/models/webhook"
	"shuke/policies"
)

// Deps are what the acts work with.
type Deps struct {
	DB        *db.DB
	Vault     *vault.Vault
	Log       *audit.Log
	Gate      *disclosure.Gate
	Guard     *policies.Guard
	Clock     clock.Clock
	Customers *customer.Service
	Library   *consent.Library
	Members   *membership.Service
	// Receivers tell who outside the house received a customer's data; every
	// package that passes data on adds one.
	Receivers []Receivers
}

// Service does what customers ask.
type Service struct{ Deps }

// NewService returns the service on migrated databases.
func NewService(d Deps) *Service { return &Service{d} }

// Consents are what a customer said of their data, for the page about it.
type Consents struct {
	customer.Customer
	consent.States
	Wordings map[string]consent.Wording // in force, by name
}

// Open returns what holds for a customer. That this person looks is durable in
// the record and the ledger before it returns.
func (s *Service) Open(ctx context.Context, a policies.Actor, publicID string) (Consents, error) {
	return s.open(ctx, a, policies.ConsentRead, publicID, "consent.opened")
}

// OpenToRecord is Open for a form that records something, named for the record.
func (s *Service) OpenToRecord(ctx context.Context, a policies.Actor, publicID, action string) (Consents, error) {
	return s.open(ctx, a, policies.ConsentRecord, publicID, action)
}

func (s *Service) open(ctx context.Context, a policies.Actor, p policies.Permission, publicID, action string) (Consents, error) {
	if err := s.Guard.Require(a, p); err != nil {
		return Consents{}, err
	}
	c, states, err := s.Customers.Admit(ctx, a, publicID)
	if err != nil {
		return Consents{}, err
	}
	wordings, err := s.Library.Latest(ctx)
	if err != nil {
		return Consents{}, err
	}
	return Consents{c, states, wordings}, s.show(ctx, a, action, c.ID)
}

// show records that somebody looks at a customer's rights.
func (s *Service) show(ctx context.Context, a policies.Actor, action string, customerID int64) error {
	e := audit.By(a, action)
	e.CustomerID = customerID
	return s.Gate.Show(ctx, a, e, disclosure.Card, 1, customerID)
}

// History returns what a customer said, the latest first, with the words about
// each proof.
func (s *Service) History(ctx context.Context, a policies.Actor, publicID string, before int64) (customer.Customer, []consent.Said, error) {
	if err := s.Guard.Require(a, policies.ConsentRead); err != nil {
		return customer.Customer{}, nil, err
	}
	c, _, err := s.Customers.Admit(ctx, a, publicID)
	if err != nil {
		return customer.Customer{}, nil, err
	}
	if err := s.show(ctx, a, "consent.history_read", c.ID); err != nil {
		return customer.Customer{}, nil, err
	}
	said, err := consent.History(ctx, s.DB, c.ID, before)
	if err != nil {
		return customer.Customer{}, nil, err
	}
	return c, said, s.openProofs(ctx, c.ID, said)
}

func (s *Service) openProofs(ctx context.Context, customerID int64, said []consent.Said) error {
	var key *vault.Key
	for i := range said {
		if !said[i].Sealed {
			continue
		}
		if key == nil {
			k, err := s.Vault.Key(ctx, vault.Customer(customerID))
			if err != nil {
				return err
			}
			key = &k
		}
		if err := said[i].Open(*key); err != nil {
			return err
		}
	}
	return nil
}

// key returns the customer's data key when there are words to be sealed, making
// it if need be; it is durable then, before anything is sealed under it.
func (s *Service) key(ctx context.Context, customerID int64, words string) (*vault.Key, error) {
	if words == "" {
		return nil, nil
	}
	owner := vault.Customer(customerID)
	keys, err := s.Vault.Keys(ctx, owner)
	if err != nil {
		return nil, err
	}
	k := keys[owner]
	return &k, nil
}

// once runs an act that has one effect however often its form is sent.
func (s *Service) once(ctx context.Context, once db.Once, act func(tx *db.Tx) (audit.Event, error)) error {
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		if _, done, err := once.Before(tx); err != nil || done {
			return err
		}
		e, err := act(tx)
		if err != nil {
			return err
		}
		if err := once.After(tx, "", s.Clock.Now()); err != nil {
			return err
		}
		return s.Log.Append(tx, e)
	})
	if db.Duplicate(err) { // somebody said something at the same moment, or this very form came twice
		return s.DB.InTx(ctx, func(tx *db.Tx) error {
			if _, done, err := once.Before(tx); err != nil || done {
				return err
			}
			return fault.New(fault.Conflict, "error.stale")
		})
	}
	return err
}

// tell tells programs that what they may know or do of a customer has changed.
func (s *Service) tell(tx *db.Tx, c customer.Customer) error {
	return webhook.Emit(tx, webhook.CustomerChanged, c.PublicID, s.Clock.Now())
}
