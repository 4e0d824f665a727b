package membership

import (
	"context"
	"slices"

	"shuke/models/audit"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/stay"
	"shuke/policies"
)

// channel is how number and level come to be known: the house gave them.
const channel customer.Channel = "service"

// AfterStays brings the memberships of customers in step with their stays, in the
// transaction that changed these, and makes those members whose first stay takes
// place under a club that asks nobody. It returns what is to be recorded, which
// its caller does last.
func (s *Service) AfterStays(ctx context.Context, tx *db.Tx, a policies.Actor, branchID int64, customers ...int64) ([]audit.Event, error) {
	slices.Sort(customers)
	var out []audit.Event
	for _, id := range slices.Compact(customers) {
		if id == 0 {
			continue
		}
		events, err := s.settle(ctx, tx, a, branchID, id, true)
		if err != nil {
			return nil, err
		}
		out = append(out, events...)
	}
	return out, nil
}

// settle looks at all memberships of one customer. Most customers have none, which
// one statement tells.
func (s *Service) settle(ctx context.Context, tx *db.Tx, a policies.Actor, branchID, customerID int64, joining bool) ([]audit.Event, error) {
	var concerned []int64
	err := tx.Raw("SELECT id FROM members WHERE customer_id = ? AND state = 0 UNION ALL SELECT id FROM clubs WHERE joining = 'auto' AND is_on = 1", customerID).Scan(&concerned).Error
	if err != nil || len(concerned) == 0 {
		return nil, err
	}
	w, err := s.open(ctx, tx, a, customerID)
	if err != nil {
		return nil, err
	}
	for i := range w.members {
		if err := w.judge(&w.members[i]); err != nil {
			return nil, err
		}
	}
	if joining {
		if err := w.enrol(branchID); err != nil {
			return nil, err
		}
	}
	return w.close()
}

// work is what one transaction does with the memberships of one customer.
type work struct {
	s        *Service
	ctx      context.Context
	tx       *db.Tx
	by       policies.Actor
	customer customer.Customer
	clubs    *Clubs
	members  []Member
	dealings []stay.Dealing
	events   []audit.Event
	changed  bool // number or level of a membership, so that the facts follow
}

// today is the day at the branch of whoever works, and of nobody's branch when it
// is the program itself.
func (w *work) today() string {
	if w.by.StaffID == 0 || w.by.Now.IsZero() {
		return w.s.today()
	}
	return w.by.Today()
}

// open locks a customer, then the memberships: always in this order.
func (s *Service) open(ctx context.Context, tx *db.Tx, a policies.Actor, customerID int64) (*work, error) {
	w := &work{s: s, ctx: ctx, tx: tx, by: a}
	var err error
	if w.customer, err = customer.Lock(tx, customerID); err != nil {
		return nil, err
	}
	if w.members, err = membersOf(tx, customerID); err != nil {
		return nil, err
	}
	if w.clubs, err = clubsIn(tx); err != nil {
		return nil, err
	}
	w.dealings, err = stay.Dealings(tx, customerID)
	return w, err
}

// member returns the membership of a club, one that ended too.
func (w *work) member(clubID int64) *Member {
	for i := range w.members {
		if w.members[i].ClubID == clubID {
			return &w.members[i]
		}
	}
	return nil
}

// judge brings one membership in step and keeps what changed.
func (w *work) judge(m *Member) error {
	club, known := w.clubs.Club(m.ClubID)
	if !known || m.Left {
		return nil
	}
	now := m.settled(club, w.dealings, w.today())
	if now == *m {
		return nil
	}
	was := *m
	*m = now
	w.changed = w.changed || now.Judged != was.Judged // the rules or names are others: the facts follow
	if now.TierID == was.TierID {
		return w.s.updateMember(w.tx, now)
	}
	return w.levelled(m, was.TierID, Happening{Kind: LevelSet, SetBy: ByRule}, "")
}

// levelled writes a level that is another now: the row, the line of its history,
// the event.
func (w *work) levelled(m *Member, was int64, h Happening, reason string) error {
	club, _ := w.clubs.Club(m.ClubID)
	is, _ := club.Tier(m.TierID)
	h.FromTier, h.TierID = was, m.TierID
	if h.SetBy == ByRule {
		h.Months, h.Figures = is.Months, m.Figures
	}
	m.Version++
	w.changed = true
	if err := w.s.updateMember(w.tx, *m); err != nil {
		return err
	}
	if err := w.s.happened(w.tx, m.ID, h); err != nil {
		return err
	}
	from, _ := club.Tier(was)
	w.record("member.tier_changed", club, reason, audit.Detail{Name: "tier", Value: from.NameZH + " → " + is.NameZH}, audit.Detail{Name: "set_by", Value: h.SetBy})
	return nil
}

func (w *work) record(action string, club Club, reason string, details ...audit.Detail) {
	e := audit.By(w.by, action)
	e.CustomerID = w.customer.ID
	e.Details = append([]audit.Detail{{Name: "club", Value: club.NameZH}}, details...)
	if reason != "" {
		e.Commitments = []audit.Commitment{{Name: "why", Value: reason}}
	}
	w.events = append(w.events, e)
}

// close lets the facts of the customer follow and returns what is to be recorded.
func (w *work) close() ([]audit.Event, error) {
	if !w.changed {
		return w.events, nil
	}
	from := customer.Provenance{Channel: channel, StaffID: w.by.StaffID, BranchID: w.by.BranchID}
	if _, err := w.s.customers.Assign(w.ctx, w.tx, &w.customer, w.facts(), from); err != nil {
		return nil, err
	}
	return w.events, nil
}

// facts are what the memberships say of the customer: every number, and of the
// first club in the house's order level and day of joining. The place of a club
// among the numbers is its own for ever.
func (w *work) facts() []customer.Value {
	var out []customer.Value
	first := true
	for _, club := range w.clubs.List {
		at := int(club.ID - 1) // lasts, whatever order the house puts its clubs in
		m := w.member(club.ID)
		if m == nil || m.Left {
			if at > 0 || m != nil { // a number of before there were clubs stays
				out = append(out, customer.Value{Field: numberField, Item: at, Remove: true})
			}
			continue
		}
		out = append(out, customer.Value{Field: numberField, Item: at, Text: m.Number})
		if first {
			tier, _ := club.Tier(m.TierID)
			out = append(out, customer.Value{Field: tierField, Text: tier.NameZH}, customer.Value{Field: joinedField, Text: m.JoinedOn})
			first = false
		}
	}
	if first {
		out = append(out, customer.Value{Field: tierField, Remove: true}, customer.Value{Field: joinedField, Remove: true})
	}
	return out
}
