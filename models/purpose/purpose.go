// Package purpose knows what facts are collected for: what each purpose needs,
// what of it is known, for how many customers and how fresh, which facts are
// used and which never, and which question is worth asking somebody now. It
// counts in the background and shows counts, never a customer.
package purpose

import (
	"context"
	"sync"
	"sync/atomic"

	"shuke/models/audit"
	"shuke/models/catalogue"
	"shuke/models/clock"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/uses"
	"shuke/policies"
)

// Service is everything one can do with purposes.
type Service struct {
	db        *db.DB
	log       *audit.Log
	guard     *policies.Guard
	clock     clock.Clock
	customers *customer.Service
	uses      *uses.Counter
	asks      map[string]catalogue.Ask
	pace      pace

	ctx      context.Context // of counts started by hand
	stop     context.CancelFunc
	running  sync.WaitGroup
	counting atomic.Bool
}

// NewService returns the service on migrated databases. It fails when the
// questions of the catalogue break a rule.
func NewService(d *db.DB, log *audit.Log, guard *policies.Guard, c clock.Clock, customers *customer.Service, counter *uses.Counter) (*Service, error) {
	asks, err := catalogue.ShippedAsks()
	if err != nil {
		return nil, err
	}
	s := &Service{db: d, log: log, guard: guard, clock: c, customers: customers, uses: counter, asks: asks, pace: usualPace}
	s.ctx, s.stop = context.WithCancel(context.Background())
	return s, nil
}

// Stop ends counts that were started by hand; the next one goes on where they
// were.
func (s *Service) Stop() {
	s.stop()
	s.running.Wait()
}

// Used counts that a value of the field was acted upon.
func (s *Service) Used(field string, use uses.Use) { s.uses.Used(field, use) }

// Ask returns how a field is asked about, and whether it is at all.
func (s *Service) Ask(field string) (catalogue.Ask, bool) {
	a, ok := s.asks[field]
	return a, ok && a.Tact < catalogue.Volunteer
}
