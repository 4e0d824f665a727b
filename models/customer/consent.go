package customer

import (
	"context"
	"errors"
	"slices"

	"shuke/models/audit"
	"shuke/models/catalogue"
	"shuke/models/consent"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/models/fault"
	"shuke/policies"
)

// safetyFields are told to kitchen and housekeeping so that nothing happens to
// the guest.
var safetyFields = []string{"allergy_instruction", "allergy_diagnosis", "mobility_help"}

// keepPurpose is the purpose in the catalogue of what serving a customer needs
// in any case: a name, a telephone, an invoice title.
const keepPurpose = "keep"

// Consent is the purpose that values of the field stand under: once the customer
// withdraws it they are neither shown nor acted on. It follows from the purposes
// that the house named for the field; "" is what serving them needs in any case.
func (f Field) Consent() consent.Purpose {
	switch {
	case f.Identity || f.Kind == catalogue.Enterprise:
		return ""
	case f.ChildData:
		return consent.Child
	case slices.Contains(safetyFields, f.Key):
		return consent.Safety
	case slices.Contains(f.Purposes, keepPurpose):
		return ""
	case slices.Contains(f.Purposes, "tailor"):
		return consent.Service
	}
	return consent.Profiling
}

// The refusals of customers who do not want to be known.
var (
	errErasing  = fault.New(fault.Denied, "consent.erasing")
	errNotHere  = fault.New(fault.Denied, "consent.not_here")
	errWithheld = fault.New(fault.Denied, "consent.withdrawn")
)

// IsErasing reports whether an error says that the customer asked to be forgotten.
func IsErasing(err error) bool { return errors.Is(err, errErasing) }

// IsWithheld reports whether an error says that the customer does not want to be
// known, here or at all.
func IsWithheld(err error) bool { return errors.Is(err, errErasing) || errors.Is(err, errNotHere) }

// Refusal is why a customer of whom the states hold is opened to nobody at a
// branch, or to nobody but those who see whom others may not; nil when they are.
func Refusal(states consent.States, branchID int64, sees bool) error {
	switch {
	case states.Erasing != nil:
		return errErasing
	case states.NotAt(branchID) && !sees:
		return errNotHere
	}
	return nil
}

// Hold is what Admit asked, once more inside a transaction: it holds the
// customer's row until the end, so that no wish to be left alone comes between
// the question and what is written. A refusal is not on record here, Admit's is.
func (s *Service) Hold(tx *db.Tx, a policies.Actor, id int64) error {
	if err := consent.Lock(tx, id); err != nil {
		return err
	}
	states, err := consent.Within(tx, id)
	if err != nil {
		return err
	}
	return Refusal(states, a.BranchID, s.guard.Can(a, policies.CustomerRestricted))
}

// Admit finds the customer of a public id for somebody who is about to see them,
// with what the customer said of it. Who asked to be forgotten is opened to
// nobody, and who does not want to be known at a branch to nobody there but those
// whom the others are to ask. An attempt is on record and counted before it is
// refused.
func (s *Service) Admit(ctx context.Context, a policies.Actor, publicID string) (Customer, consent.States, error) {
	c, err := s.Find(ctx, publicID)
	if err != nil {
		return Customer{}, consent.States{}, err
	}
	states, err := consent.Of(ctx, s.db, c.ID)
	if err != nil {
		return Customer{}, consent.States{}, err
	}
	refused := Refusal(states, a.BranchID, s.guard.Can(a, policies.CustomerRestricted))
	if refused == nil {
		return c, states, nil
	}
	why := "branch"
	if IsErasing(refused) {
		why = "erasing"
	}
	e := audit.By(a, "customer.withheld")
	e.CustomerID, e.Outcome, e.Reason = c.ID, audit.Refused, "withheld_"+why
	if err := s.gate.Show(ctx, a, e, disclosure.Withheld, 1, c.ID); err != nil {
		return Customer{}, consent.States{}, err
	}
	return Customer{}, consent.States{}, refused
}

// findable leaves out of the hits those whom the actor's branch may not find, and
// says how many they were.
func (s *Service) findable(ctx context.Context, a policies.Actor, hits []Hit) (left []Hit, withheld int, err error) {
	var ids []int64
	for _, h := range hits {
		if h.withheld {
			ids = append(ids, h.id)
		}
	}
	if len(ids) == 0 {
		return hits, 0, nil
	}
	branch := a.BranchID
	if s.guard.Can(a, policies.CustomerRestricted) {
		branch = 0
	}
	hidden, err := consent.Withheld(ctx, s.db, ids, branch)
	if err != nil {
		return nil, 0, err
	}
	left = slices.DeleteFunc(hits, func(h Hit) bool { return hidden[h.id] })
	return left, len(hidden), nil
}

// mayKeep refuses values that the customer no longer lets us keep.
func mayKeep(states consent.States, entries []entry) error {
	problems := fault.Fields{}
	for _, e := range entries {
		if !e.remove && !states.Allows(e.field.Consent(), "") {
			problems.Add(Value{Field: e.field.Key, Item: e.item}.Slot(), "consent.not_kept", nil)
		}
	}
	return problems.Err()
}

// permitted leaves out of what a file says what the customer no longer lets us keep,
// and all of it when they asked to be forgotten.
func permitted(states consent.States, entries []entry) []entry {
	if states.Erasing != nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(entries), func(e entry) bool { return !states.Allows(e.field.Consent(), "") })
}

// Keeping is what customers said of what may be kept of them, at one moment.
type Keeping struct{ states map[int64]consent.States }

// Keeping reads it for many customers, in one statement.
func (s *Service) Keeping(ctx context.Context, ids []int64) (Keeping, error) {
	states, err := consent.OfMany(ctx, s.db, ids)
	return Keeping{states}, err
}

// May reports whether all of what is said of a customer may be kept.
func (k Keeping) May(customerID int64, said Checked) bool {
	return len(k.Withheld(customerID, said)) == 0
}

// Withheld are the fields, each once, of what is said of a customer and may not be
// kept: all of them when they asked to be forgotten.
func (k Keeping) Withheld(customerID int64, said Checked) []string {
	kept := permitted(k.states[customerID], said.entries)
	var out []string
	for _, e := range said.entries {
		same := func(o entry) bool { return o.field.Key == e.field.Key && o.item == e.item }
		if !slices.ContainsFunc(kept, same) && !slices.Contains(out, e.field.Key) {
			out = append(out, e.field.Key)
		}
	}
	return out
}

// Forgets reports whether a customer asked to be forgotten.
func (k Keeping) Forgets(customerID int64) bool { return k.states[customerID].Erasing != nil }
