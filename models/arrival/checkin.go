package arrival

import (
	"context"
	"time"

	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/stay"
	"shuke/policies"
)

// Unready says that something is not ready for a guest who is about to come in.
type Unready struct{ Open []Preparation }

// Error makes an Unready a conflict like any other.
func (*Unready) Error() string { return "conflict: arrival.unready" }

// Unwrap gives the fault that handlers know.
func (*Unready) Unwrap() error { return fault.New(fault.Conflict, "arrival.unready") }

// OpenPreparations are those that should be ready when the guest comes in.
func (r Row) OpenPreparations() []Preparation {
	var out []Preparation
	for _, list := range [][]Preparation{r.Never, r.Preparations} {
		for _, p := range list {
			if p.Tickable() && !p.Done() {
				out = append(out, p)
			}
		}
	}
	return out
}

// CheckIn brings a guest in house. What is not ready is told first, and the
// guest comes in only when that was seen.
func (s *Service) CheckIn(ctx context.Context, a policies.Actor, cat *customer.Catalogue, publicID string, version int64, seen bool) error {
	if err := s.guard.Require(a, policies.StayEdit); err != nil {
		return err
	}
	row, err := s.row(ctx, a, cat, publicID)
	if err != nil {
		return err
	}
	if open := row.OpenPreparations(); len(open) > 0 && !seen && row.Status == stay.Reserved {
		return &Unready{Open: open}
	}
	return s.Turn(ctx, a, publicID, version, stay.InHouse)
}

// steps are the states that a person can bring a stay into from each state; a
// slip of the finger can be taken back.
var steps = map[stay.Status][]stay.Status{
	stay.Reserved:  {stay.InHouse, stay.NoShow, stay.Cancelled},
	stay.InHouse:   {stay.Departed, stay.Reserved},
	stay.Departed:  {stay.InHouse},
	stay.NoShow:    {stay.Reserved, stay.InHouse},
	stay.Cancelled: {stay.Reserved},
}

// Steps are the states a stay can be brought into.
func Steps(from stay.Status) []stay.Status { return steps[from] }

// Turn brings a stay into another state.
func (s *Service) Turn(ctx context.Context, a policies.Actor, publicID string, version int64, to stay.Status) error {
	if err := s.guard.Require(a, policies.StayEdit); err != nil {
		return err
	}
	return s.change(ctx, a, publicID, "stay."+string(to), db.Once{}, func(_ *db.Tx, in *stay.Stay, now time.Time) error {
		if in.Status == to { // the same button twice, or two people at once
			return nil
		}
		if in.Version != version {
			return fault.New(fault.Conflict, "error.stale")
		}
		for _, allowed := range steps[in.Status] {
			if allowed == to {
				in.Turn(to, now)
				return nil
			}
		}
		return fault.New(fault.Conflict, "stay.no_such_step")
	})
}

// Expected finds the stay with which a customer arrives at the actor's branch
// today, or in which they are in house: "" when there is none. Either tells whether
// they are here, and is recorded like a row of the sheet.
func (s *Service) Expected(ctx context.Context, a policies.Actor, customerPublicID string) (string, error) {
	if err := s.guard.Require(a, policies.StayEdit); err != nil {
		return "", err
	}
	c, _, err := s.customers.Admit(ctx, a, customerPublicID)
	if err != nil {
		return "", err
	}
	list, err := s.stays.Of(ctx, c.ID, latestLooked)
	if err != nil {
		return "", err
	}
	id := ""
	for _, in := range list {
		if in.BranchID == a.BranchID && (in.Status == stay.InHouse || in.Status == stay.Reserved && in.ArriveOn == a.Today()) {
			id = in.PublicID
			break
		}
	}
	return id, s.show(ctx, a, "arrival.row_opened", id, []Row{{Stay: stay.Stay{CustomerID: c.ID}}})
}

// latestLooked is among how many of the latest stays the present one is looked for.
const latestLooked = 20

// Note writes down what a guest of the sheet said; it is how those who see no
// cards do it. The guest is in house or about to be, at the actor's branch.
func (s *Service) Note(ctx context.Context, a policies.Actor, cat *customer.Catalogue, publicID string, n customer.Note) (customer.Noted, error) {
	if err := s.guard.Require(a, policies.PreferenceNote); err != nil {
		return customer.Noted{}, err
	}
	row, err := s.row(ctx, a, cat, publicID)
	if err != nil {
		return customer.Noted{}, err
	}
	if row.CustomerID == 0 {
		return customer.Noted{}, fault.New(fault.Conflict, "arrival.nobody_known")
	}
	if row.Withheld {
		return customer.Noted{}, row.Refused()
	}
	n.PublicID = row.Guest.PublicID
	done, err := s.customers.TakeNote(ctx, a, cat, n)
	if err != nil {
		return done, err
	}
	return done, s.tell(ctx, func(tx *db.Tx) error { return announce(tx, row.Stay, Ticked{Kind: "row"}, s.clock.Now()) })
}
