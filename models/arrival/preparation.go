package arrival

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/db"
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

// stored is a row of the table of preparations.
type stored struct {
	stayID     int64
	k          string
	department string
	wording    string
	due        int
	doneAt     time.Time
	doneBy     string
	dropped    bool
}

const storedSQL = `SELECT p.stay_id, p.k, p.department, p.wording, p.due, p.done_at, p.dropped_at, COALESCE(n.name, '')
FROM preparations p LEFT JOIN staff n ON n.id = p.done_by WHERE p.stay_id IN ?`

func (s *Service) stored(ctx context.Context, stays []int64) (map[int64][]stored, error) {
	rows, err := s.db.Read(ctx).Raw(storedSQL, db.Padded(stays)).Rows()
	if err != nil {
		return nil, err
	}
	out := map[int64][]stored{}
	err = db.Each(rows, func() error {
		var p stored
		var done, dropped int64
		err := rows.Scan(&p.stayID, &p.k, &p.department, &p.wording, &p.due, &done, &dropped, &p.doneBy)
		p.doneAt, p.dropped = db.Time(done), dropped != 0
		out[p.stayID] = append(out[p.stayID], p)
		return err
	})
	return out, err
}

// fill reads what is made ready for the rows, two statements whatever their
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
	wishes, err := s.customers.Wishes(ctx, slices.Compact(customers))
	if err != nil {
		return err
	}
	kept, err := s.stored(ctx, stays)
	if err != nil {
		return err
	}
	for i := range rows {
		rows[i].prepare(a, cat, wishes[rows[i].CustomerID], kept[rows[i].ID])
	}
	return nil
}

// prepare works out what is made ready for a row: what the guest wants here on
// that day, and what somebody added.
func (r *Row) prepare(a policies.Actor, cat *customer.Catalogue, wishes []customer.Fact, kept []stored) {
	byKey := map[string]stored{}
	for _, k := range kept {
		byKey[k.k] = k
	}
	arrives := r.arrival(zoneOf(a))
	for _, f := range wishes {
		field, known := cat.Field(f.Field)
		if !known || !field.On || !field.MaySee(a.Role) || !f.Preference.HoldsAt(r.BranchID, r.ArriveOn) {
			continue
		}
		area := cat.Area(f.Preference.Area)
		if !prepared(area, *f.Preference) {
			continue
		}
		p := Preparation{Key: wishKey(f.N), Wording: f.Value, Area: area.Key, Department: area.Department, Never: f.Preference.Act == catalogue.ActNever, Safety: area.Safety}
		p.Due = arrives.Add(-time.Duration(cat.Department(area.Department).LeadMinutes) * time.Minute)
		r.add(p, byKey[p.Key], a.Now)
	}
	for _, k := range kept {
		if strings.HasPrefix(k.k, "h") && !k.dropped {
			due := arrives.Add(-time.Duration(cat.Department(k.department).LeadMinutes) * time.Minute)
			if k.due >= 0 {
				due = r.arrival(zoneOf(a)).Add(time.Duration(k.due-r.expected()) * time.Minute)
			}
			r.add(Preparation{Key: k.k, Wording: k.wording, Department: k.department, Due: due, ByHand: true}, k, a.Now)
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

func (r *Row) add(p Preparation, k stored, now time.Time) {
	p.DoneAt, p.DoneBy = k.doneAt, k.doneBy
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

// prepared reports whether a wish belongs on the sheet: what must not be always
// does.
func prepared(area customer.Area, p customer.Preference) bool {
	if p.Act == catalogue.ActNever {
		return true
	}
	switch area.Prepares {
	case customer.PreparesLikes:
		return true
	case customer.PreparesWants:
		return p.Strength > 1
	}
	return false
}

func wishKey(n int64) string { return "w" + strconv.FormatInt(n, 10) }

func zoneOf(a policies.Actor) *time.Location {
	if a.Zone == nil {
		return time.UTC
	}
	return a.Zone
}
