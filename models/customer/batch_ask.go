package customer

import (
	"slices"

	"gorm.io/gorm"

	"shuke/models/consent"
)

// asked is what a batch asks before it says something of customers: what they
// said of their own data, and which fields others keep.
type asked struct {
	states  map[int64]consent.States
	keepers []keeping
}

func (b *Batch) ask(q *gorm.DB, ids []int64) (asked, error) {
	states, err := consent.Among(q, ids)
	if err != nil {
		return asked{}, err
	}
	keepers, err := b.service.keepings(q, ids, func(field string) bool {
		return slices.ContainsFunc(b.targets, func(t *target) bool {
			return !t.isNew && slices.ContainsFunc(t.sayings, func(s saying) bool {
				return slices.ContainsFunc(s.entries, func(e entry) bool { return e.field.Key == field })
			})
		})
	})
	return asked{states, keepers}, err
}

// may leaves of what is said of a customer what may be kept, and is not kept by
// somebody else.
func (a asked) may(id int64, inForce []Fact, entries []entry) []entry {
	left, _ := leaveKept(a.keepers, id, inForce, permitted(a.states[id], entries))
	return left
}

// refuses reports whether a customer took back, since it was asked, what a note
// stands on. Of a row of facts the rest is worth keeping, a note is all of its row.
func (a asked) refuses(t *target) bool {
	return slices.ContainsFunc(t.sayings, func(s saying) bool {
		return slices.ContainsFunc(s.entries, func(e entry) bool { return e.note }) && len(permitted(a.states[t.id], s.entries)) < len(s.entries)
	})
}
