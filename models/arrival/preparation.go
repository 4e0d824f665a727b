package arrival

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"shuke/models/catalogue"
	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/stay"
	"shuke/policies"
)

// Preparation is one thing that a department makes ready for one stay, or that
// it keeps away.
type Preparation struct {
	Key        string // w and the number of a wish, h and a number for one by hand
	Wording    string
	Area       string
	Department string
	Never      bool
	Safety     bool      // kitchen and housekeeping confirm that they know
	Due        time.Time // zero for what must not be
	Late       bool
	DoneAt     time.Time
	DoneBy     string // name of the member of staff
	ByHand     bool
}

// Done reports whether it is ready.
func (p Preparation) Done() bool { return !p.DoneAt.IsZero() }

// Tickable reports whether somebody says when it is done: what must not be is
// kept in mind, but that the kitchen knows of an allergy is confirmed.
func (p Preparation) Tickable() bool { return !p.Never || p.Safety }

// fill reads what is made ready for the rows, three statements whatever their
// number.
func (s *Service) fill(ctx context.Context, a policies.Actor, cat *customer.Catalogue, rows []Row) error {
	if len(rows) == 0 {
		return nil
	}
	var stays, customers []int64
	for _, r := range rows {
		stays = append(stays, r.ID)
		if r.CustomerID != 0 {
			customers = append(customers, r.CustomerID)
		}
	}
	slices.Sort(customers)
	customers = slices.Compact(customers)
	wishes, err := s.customers.Wishes(ctx, customers)
	if err != nil {
		return err
	}
	said, err := consent.OfMany(ctx, s.db, customers)
	if err != nil {
		return err
	}
	kept, err := s.stays.Kept(ctx, stays)
	if err != nil {
		return err
	}
	sees := s.guard.Can(a, policies.CustomerRestricted)
	for i := range rows {
		states := said[rows[i].CustomerID]
		rows[i].withhold(a, sees, states)
		if !rows[i].Withheld {
			rows[i].Restrictions = states.Serving(a.BranchID)
			said, asked := states.Decision(consent.Safety, "")
			rows[i].AskSafety = asked && !said.Given
		}
		rows[i].prepare(a, cat, states, wishes[rows[i].CustomerID], kept[rows[i].ID])
	}
	return nil
}

// withhold leaves of somebody who does not want to be known at this branch, or
// asked to be forgotten or was, what the reservation itself says.
func (r *Row) withhold(a policies.Actor, sees bool, states consent.States) {
	if (customer.Customer{PublicID: r.Guest.PublicID}).Erased() {
		states.Erasing = &consent.Erasing{}
	}
	r.refusal = customer.Refusal(states, a.BranchID, sees)
	r.Withheld, r.Forgotten = r.refusal != nil, customer.IsErasing(r.refusal)
	if r.Withheld {
		r.Guest, r.Totals = Guest{Name: r.GuestName}, stay.Totals{CustomerID: r.CustomerID}
	}
}

// Refused is why the guest is shown to nobody who opens this row, nil when they are.
func (r Row) Refused() error { return r.refusal }

// prepare works out what is made ready for a row: what the guest wants here on
// that day, and what somebody added.
func (r *Row) prepare(a policies.Actor, cat *customer.Catalogue, states consent.States, wishes []customer.Fact, kept []stay.Kept) {
	byKey := make(map[string]stay.Kept, len(kept))
	for _, k := range kept {
		byKey[k.Key] = k
	}
	r.Preparations, r.wished = make([]Preparation, 0, len(wishes)+len(kept)), make([]string, 0, len(wishes))
	arrives := r.arrival(zoneOf(a))
	for _, f := range wishes {
		field, known := cat.Field(f.Field)
		if !known || !field.On || !field.MaySee(a.Role) || r.Withheld || !states.Allows(field.Consent(), "") || !f.Preference.HoldsAt(r.BranchID, r.ArriveOn) {
			continue
		}
		area := cat.Area(f.Preference.Area)
		if !area.Prepared(*f.Preference) {
			continue
		}
		p := Preparation{Key: stay.WishKey(f.N), Wording: f.Value, Area: area.Key, Department: area.Department, Never: f.Preference.Act == catalogue.ActNever, Safety: area.Safety}
		p.Due = arrives.Add(-time.Duration(cat.Department(area.Department).LeadMinutes) * time.Minute)
		r.add(p, byKey[p.Key], a.Now)
		r.wished = append(r.wished, f.Field)
	}
	for _, k := range kept {
		if strings.HasPrefix(k.Key, "h") && !k.Dropped {
			due := arrives.Add(-time.Duration(cat.Department(k.Department).LeadMinutes) * time.Minute)
			if k.Due >= 0 {
				due = r.arrival(zoneOf(a)).Add(time.Duration(k.Due-r.expected()) * time.Minute)
			}
			r.add(Preparation{Key: k.Key, Wording: k.Wording, Department: k.Department, Due: due, ByHand: true}, k, a.Now)
		}
	}
	byDue := func(a, b Preparation) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Department, b.Department), cmp.Compare(a.Key, b.Key))
	}
	slices.SortStableFunc(r.Preparations, byDue)
	slices.SortStableFunc(r.Never, func(a, b Preparation) int {
		if a.Safety != b.Safety {
			if a.Safety {
				return -1
			}
			return 1
		}
		return byDue(a, b)
	})
}

func (r *Row) add(p Preparation, k stay.Kept, now time.Time) {
	p.DoneAt, p.DoneBy = k.DoneAt, k.DoneBy
	if !p.Tickable() {
		p.Due = time.Time{}
	}
	p.Late = p.Tickable() && !p.Done() && now.After(p.Due) && r.Status == stay.Reserved
	if p.Never {
		r.Never = append(r.Never, p)
		return
	}
	r.Preparations = append(r.Preparations, p)
}

func zoneOf(a policies.Actor) *time.Location {
	if a.Zone == nil {
		return time.UTC
	}
	return a.Zone
}
