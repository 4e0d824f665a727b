// Package standing keeps what each customer is to the house: on a list only, in
// touch, a customer, or lapsed. It follows by rules of the house from facts and
// stays, is kept in the transaction that changes these, and is never entered by
// hand. It knows customers by their ids and shows nothing.
package standing

import (
	"slices"
	"strings"
	"time"
)

// Standing is what a customer is to the house.
type Standing int

// The standings, in the order in which a customer comes through them.
const (
	Target   Standing = iota // on a list only, never in touch
	Prospect                 // in touch, and no stay yet
	Customer                 // a stay within the months of the rules
	Lapsed                   // none within them, after having been a customer
)

// All lists them in order.
var All = []Standing{Target, Prospect, Customer, Lapsed}

// String is the name that texts and the API use.
func (s Standing) String() string {
	return [...]string{"target", "prospect", "customer", "lapsed"}[s]
}

// ByReservation is what Row.ReachedBy says when a reservation was the first
// contact; else it is the channel of the first fact.
const ByReservation = "reservation"

// Rules are those of the house.
type Rules struct {
	Months       int      // after the last day of a stay for which somebody is a customer
	Channels     []string // through which what is heard counts as being in touch
	Reservations bool     // a reservation alone counts as being in touch
	Version      int64
}

// Counts reports whether what comes through the channel counts as being in touch.
func (r Rules) Counts(channel string) bool { return slices.Contains(r.Channels, channel) }

// Visit is a stay that took place, from its arrival to its last day.
type Visit struct{ From, To string }

// Evidence is what a standing follows from. Days are 2006-01-02; visits come in
// the order of their arrival.
type Evidence struct {
	CustomerID int64
	AddedOn    string
	Heard      map[string]string // first day of facts, by channel
	ReservedOn string            // day on which the first reservation was entered, "" for none
	Visits     []Visit
}

// Row is the standing of one customer and why.
type Row struct {
	CustomerID int64
	Standing   Standing
	SinceOn    string // first day of this standing
	ReachedOn  string // first contact, "" for none
	ReachedBy  string // channel of the first contact, or ByReservation
	LastOn     string // last day of the last stay, "" for none
	TurnsOn    string // day on which time alone makes it another one, "" for never
}

// Of works out the standing of a customer on a day.
func (r Rules) Of(e Evidence, today string) Row {
	out := Row{CustomerID: e.CustomerID, SinceOn: e.AddedOn}
	for _, channel := range r.Channels { // in their order, so that a tie has one answer
		if day, heard := e.Heard[channel]; heard && (out.ReachedOn == "" || day < out.ReachedOn) {
			out.ReachedOn, out.ReachedBy = day, channel
		}
	}
	if r.Reservations && e.ReservedOn != "" && (out.ReachedOn == "" || e.ReservedOn < out.ReachedOn) {
		out.ReachedOn, out.ReachedBy = e.ReservedOn, ByReservation
	}
	if out.ReachedOn != "" {
		out.Standing, out.SinceOn = Prospect, out.ReachedOn
	}
	if len(e.Visits) == 0 {
		return out
	}
	// Who stayed away for longer than the months and came back is a customer since
	// the day of the return.
	out.Standing, out.SinceOn = Customer, e.Visits[0].From
	for _, v := range e.Visits {
		if out.LastOn != "" && AfterMonths(out.LastOn, r.Months) <= v.From {
			out.SinceOn = v.From
		}
		out.LastOn = max(out.LastOn, v.To)
	}
	out.TurnsOn = AfterMonths(out.LastOn, r.Months)
	if out.TurnsOn <= today {
		out.Standing, out.SinceOn, out.TurnsOn = Lapsed, out.TurnsOn, ""
	}
	return out
}

// AfterMonths is the day so many months after a day: the last of a month that is
// shorter. "" for what is no day.
func AfterMonths(day string, months int) string {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	first := time.Date(d.Year(), d.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(d.Day(), last)-1).Format(time.DateOnly)
}

// Day is the day of a moment as standings count days: that of Greenwich, the same
// for every branch.
func Day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

func joinChannels(list []string) string { return strings.Join(list, " ") }
