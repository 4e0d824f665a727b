// Package relation knows the people around a customer: who is what to whom, who
// lives together, who must not be named to whom, and when a child comes into a
// new stage of life. Of the other customer it knows name, form of address and
// public id and never a fact: nothing sensitive crosses a link. It knows no page.
package relation

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"time"

	"shuke/models/audit"
	"shuke/models/clock"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/models/fault"
	"shuke/models/vault"
	"shuke/policies"
)

// Most is how many people of one customer are shown at once. More would make a
// firm's card a list of customers.
const Most = 12

// Service is everything one does with the people around a customer.
type Service struct {
	db        *db.DB
	vault     *vault.Vault
	log       *audit.Log
	gate      *disclosure.Gate
	guard     *policies.Guard
	clock     clock.Clock
	customers *customer.Service
}

// NewService returns the service and has it follow what is written of children,
// so that their stages of life are kept with it.
func NewService(d *db.DB, v *vault.Vault, log *audit.Log, gate *disclosure.Gate, guard *policies.Guard, c clock.Clock, customers *customer.Service) *Service {
	s := &Service{db: d, vault: v, log: log, gate: gate, guard: guard, clock: c, customers: customers}
	customers.Follow(s, birthField)
	return s
}

// Brief is all that a link tells of the customer at its other end.
type Brief struct {
	ID        int64
	PublicID  string
	Kind      customer.Kind
	Name      string
	AddressAs string
}

// Link is one person around a customer, as one direction of a relation has it.
type Link struct {
	Ref     string // random; names the relation outside
	Kind    Kind   // what the other is to the customer
	Other   *Brief // nil for somebody who is no customer
	Name    string // of somebody who is no customer; "" when it is sealed
	Sealed  bool   // there is a name, of a child: it is revealed or not seen
	Denied  bool   // this role never sees the name; set by Seen
	Note    string
	Who     string // the fact that told of the person: child.0; or ""
	Away    bool   // the customer asked not to be named on the other's card
	Hidden  bool   // the other must not be named here; few see such a link at all
	Consent bool   // a parent agreed that the child became a customer
	Channel customer.Channel
	At      time.Time
}

// The states of rows that only end and are never changed.
const (
	inForce = 0
	ended   = 1
)

// newRef is a name for a row that says nothing: 80 random bits in 20 letters.
func newRef() string {
	raw := make([]byte, 10)
	rand.Read(raw)
	return hex.EncodeToString(raw)
}

// sealedRow names a sealed part of a relation, so that it opens nowhere else.
func sealedRow(customerID int64, ref, part string) string {
	return fmt.Sprintf("relations|%d|%s|%s", customerID, ref, part)
}

var (
	errNotFound = fault.New(fault.NotFound, "error.not_found")
	errStale    = fault.New(fault.Conflict, "error.stale")
)

// lock holds customers until the transaction ends, in the order of their ids, so
// that two who link the same pair wait for one another and never in a ring.
func lock(tx *db.Tx, ids ...int64) error {
	var there []int64
	err := tx.Raw("SELECT id FROM customers WHERE id IN ? ORDER BY id"+tx.Dialect.ForUpdate(), ids).Scan(&there).Error
	if err == nil && len(there) < len(ids) {
		err = errNotFound
	}
	return err
}

// once runs a write that has its effect once however often it is sent.
func (s *Service) once(ctx context.Context, o db.Once, write func(tx *db.Tx) (answer string, events []audit.Event, err error)) (string, error) {
	return s.log.Once(ctx, s.db, o, write)
}

// event starts an event of the customer.
func event(a policies.Actor, action string, customerID int64, details ...audit.Detail) audit.Event {
	e := audit.By(a, action)
	e.CustomerID, e.Details = customerID, details
	return e
}
