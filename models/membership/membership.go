// Package membership keeps the clubs of the house: their levels and what these
// promise, who is a member and under which number, who or what set a level, and
// who came to which event. Levels follow from stays by rules, in the transaction
// that changes a stay, and once a day with the passing of time. Number and level
// stand among the facts of the customer, where look-up and card have them. It
// knows no page and no language.
package membership

import (
	"gorm.io/gorm"

	"context"
	"sync"
	"time"

	"shuke/models/audit"
	"shuke/models/clock"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// Service is everything one does with clubs and their members.
type Service struct {
	db        *db.DB
	customers *customer.Service
	log       *audit.Log
	guard     *policies.Guard
	clock     clock.Clock
	members   *db.Sequence

	lock  sync.Mutex
	clubs *Clubs
}

// The facts that a membership keeps.
const (
	numberField = "member_no"
	tierField   = "tier"
	joinedField = "joined_on"
)

// NewService returns the service and has it keep number, level and day of joining
// of members.
func NewService(d *db.DB, customers *customer.Service, log *audit.Log, guard *policies.Guard, c clock.Clock) *Service {
	s := &Service{db: d, customers: customers, log: log, guard: guard, clock: c, members: db.NewSequence(d, "member", 32)}
	customers.KeepBy(s, "member.kept_by_club", numberField, tierField, joinedField)
	return s
}

// Keeps reports whether a customer is a member of any club.
func (s *Service) Keeps(q *gorm.DB, customerIDs ...int64) (map[int64]bool, error) {
	var found []int64
	if err := q.Raw("SELECT customer_id FROM members WHERE customer_id IN ? AND state = 0", db.Padded(customerIDs)).Scan(&found).Error; err != nil {
		return nil, err
	}
	out := make(map[int64]bool, len(found))
	for _, id := range found {
		out[id] = true
	}
	return out, nil
}

// Member is one membership.
type Member struct {
	ID         int64
	ClubID     int64
	CustomerID int64
	Number     string
	Left       bool
	JoinedOn   string
	BranchID   int64
	TierID     int64
	TierOn     string // first day of the present level
	RuleTierID int64
	Figures           // that met the rule of RuleTierID
	HoldsTo    string // day on which that level ends, when its rule is no longer met
	HandTierID int64  // given by a person, 0 for none
	HandBy     int64
	HandOn     string
	HandUntil  string // last day, "" without end
	HandReason string
	CheckOn    string
	Judged     int64
	LeftOn     string
	LeftWhy    string
	Version    int64
	HandByName string // of a card, not stored
}

// today is the day as memberships count days, the same for every branch.
func (s *Service) today() string { return s.clock.Now().UTC().Format(time.DateOnly) }

func dayAfter(day string) string {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return d.AddDate(0, 0, 1).Format(time.DateOnly)
}

var (
	errNotFound = fault.New(fault.NotFound, "error.not_found")
	errStale    = fault.New(fault.Conflict, "error.stale")
)

// once runs a write that has its effect once however often it is sent.
func (s *Service) once(ctx context.Context, o db.Once, write func(tx *db.Tx) (answer string, events []audit.Event, err error)) (string, error) {
	return s.log.Once(ctx, s.db, o, write)
}
