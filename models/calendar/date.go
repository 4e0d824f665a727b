// Package calendar keeps days of birth and anniversaries as people give them,
// solar or lunar, whole or in part, and says when they are kept. It knows no
// customer and no clock: today is always handed in.
package calendar

import (
	"fmt"
	"time"
)

// Date is a day, a month or a year, in the Gregorian calendar or the Chinese
// lunisolar one. Day 0 means the day is unknown, Month 0 also the month, Year 0
// (with month and day) the year. A lunar year bears the Gregorian number of the
// year in which it begins.
type Date struct {
	Year, Month, Day int
	Lunar            bool
	Leap             bool // the leap month of that number, lunar dates only
}

// Reason says why a text or a date is refused.
type Reason string

// Error is a refusal. It never contains what was typed.
type Error struct{ Reason Reason }

// Error names the reason for logs.
func (e *Error) Error() string { return "calendar: " + string(e.Reason) }

// The refusals; compare with errors.Is.
var (
	ErrInvalid      = &Error{"invalid"}       // no such day, or no date at all
	ErrAmbiguous    = &Error{"ambiguous"}     // more than one reading
	ErrIncomplete   = &Error{"incomplete"}    // a part is missing
	ErrFuture       = &Error{"future"}        // after today
	ErrImplausible  = &Error{"implausible"}   // more than 130 years ago
	ErrLunarInvalid = &Error{"lunar_invalid"} // no such lunar day
)

// maxYears is how many years ago a person alive now, or an anniversary kept
// now, can have begun.
const maxYears = 130

// String returns the form in which the date is stored, which ParseDate reads:
// 1985-03-12, lunar:1985-04-12, lunar:1985-L04-12, 1985-03, 1985, --03-12. The
// zero Date is "".
func (d Date) String() string {
	var s string
	switch {
	case d == Date{}:
		return ""
	case d.Year == 0:
		s = "-"
	default:
		s = fmt.Sprintf("%04d", d.Year)
	}
	if d.Month != 0 {
		s += "-" + map[bool]string{true: "L"}[d.Leap] + fmt.Sprintf("%02d", d.Month)
	}
	if d.Day != 0 {
		s += fmt.Sprintf("-%02d", d.Day)
	}
	if d.Lunar {
		s = "lunar:" + s
	}
	return s
}

// Whole reports whether year, month and day are known.
func (d Date) Whole() bool { return d.Year != 0 && d.Month != 0 && d.Day != 0 }

// Today returns the day it is at t in a place.
func Today(t time.Time, loc *time.Location) Date { return ofTime(t.In(loc)) }

func ofTime(t time.Time) Date {
	y, m, d := t.Date()
	return Date{Year: y, Month: int(m), Day: d}
}

// time returns midnight UTC of a whole solar date.
func (d Date) time() time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
}

// Check returns nil for a date that exists, is not after today (a solar date)
// and not more than 130 years ago; else ErrInvalid, ErrLunarInvalid, ErrFuture
// or ErrImplausible. Of a date in part it checks what is known.
func (d Date) Check(today Date) error {
	if err := d.exists(); err != nil {
		return err
	}
	if d.Year == 0 {
		return nil
	}
	if today.Before(d) {
		return ErrFuture
	}
	oldest := today
	oldest.Year -= maxYears
	if d.end().Before(oldest) {
		return ErrImplausible
	}
	return nil
}

// end returns the last day a date in part may be, roughly enough for the bound
// of 130 years.
func (d Date) end() Date {
	if d.Month == 0 {
		d.Month, d.Day, d.Lunar = 12, 31, false
	} else if d.Day == 0 {
		d.Day = 29
	}
	return d
}

// exists says whether there is such a day, month or year.
func (d Date) exists() error {
	bad := ErrInvalid
	if d.Lunar {
		bad = ErrLunarInvalid
	}
	switch {
	case d.Year < 0, d.Year > 9999, d.Month < 0, d.Month > 12, d.Day < 0, d.Day > 31,
		d.Day != 0 && d.Month == 0, d.Year == 0 && d.Day == 0, d.Leap && (!d.Lunar || d.Month == 0):
		return bad
	case d.Lunar:
		return d.lunarExists()
	case d.Day > daysIn(d.Year, d.Month):
		return bad
	}
	return nil
}

// daysIn returns the length of a solar month; 29 for February of no known year.
func daysIn(year, month int) int {
	if year == 0 {
		year = 2000
	}
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// Before reports whether d comes before o. Lunar dates compare by their solar
// day, unknown parts as the earliest they may be.
func (d Date) Before(o Date) bool {
	a, b := d.start(), o.start()
	if a.Year != b.Year {
		return a.Year < b.Year
	}
	if a.Month != b.Month {
		return a.Month < b.Month
	}
	return a.Day < b.Day
}

// start returns the earliest solar day a date may be.
func (d Date) start() Date {
	if !d.Lunar || d.Year == 0 {
		return d
	}
	first := d
	first.Month, first.Day = max(d.Month, 1), max(d.Day, 1)
	if solar, err := first.Solar(); err == nil {
		return solar
	}
	return Date{Year: d.Year, Month: d.Month, Day: d.Day}
}
