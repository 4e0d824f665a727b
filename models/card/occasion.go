package card

import (
	"cmp"
	"slices"
	"time"

	"shuke/models/calendar"
	"shuke/models/customer"
)

// nearDays is how far ahead an occasion is worth a thought at the counter.
const nearDays = 14

// near returns the next time a birthday or anniversary is kept, when it is so
// close that somebody should do something about it.
func near(f customer.Field, value string, today calendar.Date) (Occasion, bool) {
	d, err := calendar.ParseDate(value)
	if err != nil {
		return Occasion{}, false
	}
	next, ok := d.Next(today)
	if !ok {
		return Occasion{}, false
	}
	days := int(midnight(next).Sub(midnight(today)) / (24 * time.Hour))
	if days < 0 || days > nearDays {
		return Occasion{}, false
	}
	o := Occasion{Field: f, On: next, Days: days, Lunar: d.Lunar}
	if d.Year > 0 {
		o.Years = next.Year - d.Year
	}
	return o, true
}

func midnight(d calendar.Date) time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
}

// sortHead puts the nearest occasion first.
func sortHead(c *Card) {
	slices.SortStableFunc(c.Occasions, func(a, b Occasion) int { return cmp.Compare(a.Days, b.Days) })
}

// sortEntries keeps the records of a group together: all of the first child,
// then all of the second.
func sortEntries(entries []Entry) {
	first := map[string]int{}
	for _, e := range entries {
		if r := e.Field.Record(); r != "" {
			if at, seen := first[r]; !seen || e.Field.Order < at {
				first[r] = e.Field.Order
			}
		}
	}
	at := func(e Entry) (block, item, order int) {
		if r := e.Field.Record(); r != "" {
			return first[r], e.Item, e.Field.Order
		}
		return e.Field.Order, 0, e.Item
	}
	slices.SortStableFunc(entries, func(a, b Entry) int {
		ab, ai, ao := at(a)
		bb, bi, bo := at(b)
		return cmp.Or(cmp.Compare(a.Field.Shared(), b.Field.Shared()), cmp.Compare(ab, bb), cmp.Compare(ai, bi), cmp.Compare(ao, bo))
	})
}
