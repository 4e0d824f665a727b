// Package arrival prepares visits: who arrives at a branch, what each department
// makes ready for them, who ticked it, and the way in and out of the house. It
// joins stays, customers and their wishes, and owns the transactions. It knows
// no page and no language.
package arrival

import (
	"context"
	"time"

	"shuke/models/audit"
	"shuke/models/clock"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/models/fault"
	"shuke/models/live"
	"shuke/models/membership"
	"shuke/models/stay"
	"shuke/policies"
)

// Service is everything one can do with arrivals.
type Service struct {
	db        *db.DB
	customers *customer.Service
	stays     *stay.Store
	members   *membership.Service
	log       *audit.Log
	gate      *disclosure.Gate
	guard     *policies.Guard
	hub       *live.Hub
	clock     clock.Clock
}

// NewService returns the service on migrated databases.
func NewService(d *db.DB, customers *customer.Service, members *membership.Service, log *audit.Log, gate *disclosure.Gate, guard *policies.Guard, hub *live.Hub, c clock.Clock) *Service {
	return &Service{db: d, customers: customers, stays: stay.NewStore(d, c), members: members, log: log, gate: gate, guard: guard, hub: hub, clock: c}
}

// Stays is the store of stays, for cards.
func (s *Service) Stays() *stay.Store { return s.stays }

// The days around today that a sheet may show: it is a list of work, not a
// directory of guests.
const (
	daysBack  = 1
	daysAhead = 2
)

// RowLimit is the most guests one sheet shows.
const RowLimit = 400

// UsualETA is when a guest is expected who gave no time, in minutes after midnight.
const UsualETA = 14 * 60

// Day checks the day of a sheet; "" is today.
func Day(a policies.Actor, text string) (string, error) {
	today, err := time.Parse(time.DateOnly, a.Today())
	if err != nil {
		return "", err
	}
	if text == "" {
		return a.Today(), nil
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil || day.Before(today.AddDate(0, 0, -daysBack)) || day.After(today.AddDate(0, 0, daysAhead)) {
		return "", fault.New(fault.NotFound, "arrival.day_outside")
	}
	return text, nil
}

// Days are the days whose sheets can be opened.
func Days(a policies.Actor) []string {
	today, err := time.Parse(time.DateOnly, a.Today())
	if err != nil {
		return nil
	}
	var out []string
	for n := -daysBack; n <= daysAhead; n++ {
		out = append(out, today.AddDate(0, 0, n).Format(time.DateOnly))
	}
	return out
}

// mine refuses a stay of another branch or of another time than the sheets show:
// what a sheet does not show cannot be reached by its id either.
func mine(a policies.Actor, in stay.Stay) error {
	if in.BranchID != a.BranchID {
		return errElsewhere
	}
	if in.Status == stay.InHouse {
		return nil
	}
	if _, err := Day(a, in.ArriveOn); err != nil {
		return errElsewhere
	}
	return nil
}

var errElsewhere = fault.New(fault.NotFound, "stay.not_found")

func (s *Service) tell(ctx context.Context, work func(tx *db.Tx) error) error {
	err := s.db.InTx(ctx, work)
	if err == nil {
		s.hub.Wake()
	}
	return err
}
