package relation

import (
	"cmp"
	"slices"
	"time"

	"shuke/models/calendar"
)

// sortLinks puts links into the order of the card.
func sortLinks(links []Link) {
	slices.SortFunc(links, func(a, b Link) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Ref, b.Ref)) })
}

// dayBefore is the day so many days before another, as it is stored.
func dayBefore(d calendar.Date, days int) string {
	return time.Date(d.Year, time.Month(d.Month), d.Day-days, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}
