package card

import (
	"cmp"
	"slices"
	"time"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/policies"
)

// Wish is a preference as it is acted upon: what, in which service area, where
// and until when, and how far it can be relied on.
type Wish struct {
	customer.Fact // its Preference is set
	Area          customer.Area
	Here          bool // it holds at the reader's branch today
	Stale         bool // neither said nor confirmed for longer than such wishes last
	Secret        bool // the guest's own words are sealed
}

// Safety reports whether the wish is about an allergy or another danger.
func (w Wish) Safety() bool { return w.Area.Safety }

// Never reports whether the wish is that something is not done.
func (w Wish) Never() bool { return w.Preference.Act == catalogue.ActNever }

// wish puts a fact into the light of its service area.
func wish(cat *customer.Catalogue, f customer.Field, fact customer.Fact, branchID int64, today string, now time.Time) Wish {
	p := fact.Preference
	w := Wish{Fact: fact, Area: cat.Area(p.Area), Here: p.HoldsAt(branchID, today), Secret: p.WordsSealed != nil}
	w.Stale = f.Stale(p.Fresh(fact), now)
	return w
}

// sortWishes puts safety first, then areas in the house's order, in each what
// must be before what is liked, and the newest first.
func sortWishes(list []Wish) {
	slices.SortStableFunc(list, func(a, b Wish) int {
		return cmp.Or(after(b.Safety(), a.Safety()), cmp.Compare(a.Area.Position, b.Area.Position), cmp.Compare(b.Preference.Strength, a.Preference.Strength),
			cmp.Compare(b.Preference.Fresh(b.Fact).UnixMilli(), a.Preference.Fresh(a.Fact).UnixMilli()), cmp.Compare(b.N, a.N))
	})
}

// after orders false before true.
func after(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// strength of a line that is no preference is that of a wish.
func (l Line) strength() int {
	if l.Preference == nil {
		return 2
	}
	return l.Preference.Strength
}

// headLines are how many things to do the head of a card has room for; what must
// never be done is not cut.
const headLines = 6

// lead fills the head of the card from the wishes that hold here: everything
// that must not be, and what the guest wants. What is merely liked waits below,
// unless little else is known.
func (c *Card) lead() {
	var likes []Line
	for _, w := range c.Wishes {
		if !w.Here {
			continue
		}
		line := Line{Text: w.Value, Safety: w.Safety(), Icon: w.Area.Icon, Sheet: w.Area.Prepared(*w.Preference), Fact: w.Fact}
		switch {
		case w.Never():
			c.Never = append(c.Never, line)
		case w.Preference.Strength > 1:
			c.Do = append(c.Do, line)
		default:
			likes = append(likes, line)
		}
	}
	byStrength := func(a, b Line) int { return cmp.Compare(b.strength(), a.strength()) }
	slices.SortStableFunc(c.Do, byStrength)
	slices.SortStableFunc(c.Never, func(a, b Line) int { return cmp.Or(after(b.Safety, a.Safety), byStrength(a, b)) })
	if room := headLines - len(c.Do); room > 0 {
		c.Do = append(c.Do, likes[:min(room, len(likes))]...)
	}
	if len(c.Do) > headLines {
		c.More = len(c.Do) - headLines
		c.Do = c.Do[:headLines]
	}
}

// WishOf puts a fact that is a preference into the light of its service area,
// for pages that show preferences without the rest of the card.
func WishOf(a policies.Actor, cat *customer.Catalogue, fact customer.Fact) Wish {
	f, _ := cat.Field(fact.Field)
	return wish(cat, f, fact, a.BranchID, a.Today(), a.Now)
}

// SortWishes orders wishes as the card does.
func SortWishes(list []Wish) { sortWishes(list) }
