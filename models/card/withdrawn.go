package card

import (
	"slices"

	"shuke/models/consent"
	"shuke/models/customer"
)

// Withdrawn counts, by purpose, the facts that are known and that the customer no
// longer lets us use. Hidden must not look like unknown.
type Withdrawn map[consent.Purpose]int

// veiled leaves of an instruction that keeps a guest from harm, once they withdrew
// it, a masked line: that there is one, and the way to look at it in danger of
// life. The domain refuses every other reason.
func veiled(e Entry, reveal bool) Entry {
	e.Fact = customer.Fact{N: e.N, Field: e.Fact.Field, Item: e.Item, Channel: e.Channel, Trust: e.Trust, RecordedAt: e.RecordedAt}
	e.Hint = ""
	if !e.Denied {
		e.Masked, e.Reveal = true, reveal
	}
	return e
}

// usable are the facts that the customer lets us use.
func usable(cat *customer.Catalogue, states consent.States, facts []customer.Fact) []customer.Fact {
	return slices.DeleteFunc(slices.Clone(facts), func(fact customer.Fact) bool {
		f, known := cat.Field(fact.Field)
		return known && !states.Allows(f.Consent(), "")
	})
}
