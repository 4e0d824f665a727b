package customer

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/webhook"
)

// Keeper is a subject of its own that keeps facts of some customers itself, as
// clubs keep the number and level of their members: those facts then change there
// and nowhere else. Files leave them alone, and a form that changes one is told.
type Keeper interface {
	// Keeps finds among customers those whose fields it keeps, in one statement.
	Keeps(q *gorm.DB, customerIDs ...int64) (map[int64]bool, error)
}

// kept is a keeper with the fields it keeps, and what a form is told.
type kept struct {
	by     Keeper
	fields []string
	told   string
}

// KeepBy gives fields to a keeper. Call it before the first request.
func (s *Service) KeepBy(by Keeper, told string, fields ...string) {
	s.keepers = append(s.keepers, kept{by, fields, told})
}

// keeping is a keeper with those of some customers whose fields it keeps.
type keeping struct {
	kept
	whose map[int64]bool
}

// keepings asks each keeper of a field that is among the entries, once for all
// customers.
func (s *Service) keepings(q *gorm.DB, ids []int64, said func(field string) bool) ([]keeping, error) {
	var out []keeping
	for _, k := range s.keepers {
		if !slices.ContainsFunc(k.fields, said) {
			continue
		}
		whose, err := k.by.Keeps(q, ids...)
		if err != nil {
			return nil, err
		}
		out = append(out, keeping{k, whose})
	}
	return out, nil
}

// leaveKept takes out entries of fields that somebody keeps for this customer.
// Of those that would change something the faults tell, by slot.
func leaveKept(keepers []keeping, customerID int64, inForce []Fact, entries []entry) ([]entry, fault.Fields) {
	problems := fault.Fields{}
	for _, k := range keepers {
		theirs := func(e entry) bool { return slices.Contains(k.fields, e.field.Key) }
		if !k.whose[customerID] {
			continue
		}
		entries = slices.DeleteFunc(slices.Clone(entries), func(e entry) bool {
			if theirs(e) && !slices.ContainsFunc(inForce, func(f Fact) bool {
				return f.Field == e.field.Key && f.Item == e.item && f.Value == e.value && !e.remove
			}) {
				problems.Add(Value{Field: e.field.Key, Item: e.item}.Slot(), k.told, nil)
			}
			return theirs(e)
		})
	}
	return entries, problems
}

// Lock reads a customer for change, so that other subjects write what belongs to
// them in the same transaction.
func Lock(tx *db.Tx, customerID int64) (Customer, error) { return lockCustomer(tx, customerID) }

// Assign makes the facts of some fields what their keeper says, within its
// transaction, in which the customer is locked. Fields that are switched off are
// left out; a value with Remove ends what is known. It reports whether anything
// was another; recording it is the keeper's.
func (s *Service) Assign(ctx context.Context, tx *db.Tx, c *Customer, values []Value, from Provenance) (bool, error) {
	cat, err := s.CurrentCatalogue(ctx)
	if err != nil {
		return false, err
	}
	var entries []entry
	for _, v := range values {
		if f, known := cat.Field(v.Field); known && f.On && !f.Sealed() && f.For(c.Kind.String()) {
			entries = append(entries, entry{field: f, item: v.Item, value: v.Text, remove: v.Remove})
		}
	}
	inForce, err := factsInForce(tx, c.ID)
	if err != nil {
		return false, err
	}
	from.ByHand, from.At = true, s.clock.Now() // it stands, whatever was known
	p, err := apply(c.ID, c.Facts, inForce, entries, from, nil)
	if err != nil || len(p.added)+len(p.ended) == 0 {
		return false, err
	}
	settle(c, p, from.At)
	c.Version++
	if err := s.update(tx, *c, p); err != nil {
		return false, err
	}
	return true, webhook.Emit(tx, webhook.CustomerChanged, c.PublicID, c.UpdatedAt)
}
