package customer

import (
	"slices"

	"shuke/models/db"
)

// Changed is what became of one value of a customer: it holds now, or it holds
// no longer and no other took its place. Value is in the clear and must not
// leave the transaction unsealed.
type Changed struct {
	Field string
	Item  int
	Value string
	None  bool
	Gone  bool
}

// Follower is told of changed facts inside the transaction that changes them,
// whose customer is locked. What it writes is kept or lost with the facts.
type Follower interface {
	AfterFacts(tx *db.Tx, customerID int64, changed []Changed) error
}

// followed is a follower with the fields it wants to hear of.
type followed struct {
	by     Follower
	fields []string
}

// Follow has the follower told of every change of the fields from now on,
// whatever way it comes in but NewLoad, which writes in bulk. Call it before the
// first request.
func (s *Service) Follow(by Follower, fields ...string) {
	s.followers = append(s.followers, followed{by, fields})
}

// tell tells the followers, in the order in which they came.
func (s *Service) tell(tx *db.Tx, customerID int64, changed []Changed) error {
	for _, f := range s.followers {
		theirs := slices.DeleteFunc(slices.Clone(changed), func(c Changed) bool { return !slices.Contains(f.fields, c.Field) })
		if len(theirs) == 0 {
			continue
		}
		if err := f.by.AfterFacts(tx, customerID, theirs); err != nil {
			return err
		}
	}
	return nil
}

// changes lists what a plan does to the facts in force.
func (p plan) changes() []Changed {
	var out []Changed
	for _, f := range p.added {
		if f.State == InForce {
			out = append(out, Changed{Field: f.Field, Item: f.Item, Value: p.plain[f.N], None: f.None})
		}
	}
	for _, e := range p.ended {
		if e.by == 0 {
			out = append(out, Changed{Field: e.fact.Field, Item: e.fact.Item, Gone: true})
		}
	}
	return out
}
