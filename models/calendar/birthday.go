package calendar

import "fmt"

// BirthdayIn returns the solar day on which a birthday or anniversary is kept in
// a year: for lunar dates a lunar year, whose end lies in the next solar one.
// ok is false where month or day is unknown and in years before the birth.
//
// 29 February is kept on the 28th in common years. A birthday in a leap month is
// kept in that leap month in years that have it, else in the ordinary month of
// the same number; one on the 30th on the last day of a month of 29.
func (d Date) BirthdayIn(year int) (Date, bool) {
	if d.Month == 0 || d.Day == 0 || year < d.Year || year < 1 || year > 9999 || d.exists() != nil {
		return Date{}, false
	}
	if !d.Lunar {
		return Date{Year: year, Month: d.Month, Day: min(d.Day, daysIn(year, d.Month))}, true
	}
	kept := d
	kept.Year = year
	m, ok := lunarMonth(year, d.Month, d.Leap)
	if !ok && d.Leap {
		kept.Leap = false
		m, ok = lunarMonth(year, d.Month, false)
	}
	if !ok {
		return Date{}, false
	}
	kept.Day = min(d.Day, m.days)
	solar, err := kept.Solar()
	return solar, err == nil
}

// Next returns the first birthday or anniversary on or after a solar day, which
// for a day before the birth is the birth itself. ok is as for BirthdayIn.
func (d Date) Next(onOrAfter Date) (Date, bool) {
	from := onOrAfter.Year
	if d.Lunar {
		from-- // the lunar year that still runs in January
	}
	from = max(from, d.Year)
	for year := from; year <= from+2; year++ {
		if day, ok := d.BirthdayIn(year); ok && !day.Before(onOrAfter) {
			return day, true
		}
	}
	return Date{}, false
}

// Age returns the completed years of life on a solar day, counted by the solar
// day of birth; who was born on 29 February completes a year on 1 March of a
// common year. ok is false where the parts known do not settle the age.
func (d Date) Age(today Date) (years int, ok bool) {
	born := d
	if d.Whole() {
		solar, err := d.Solar()
		if err != nil {
			return 0, false
		}
		born = solar
	} else if d.Lunar || d.Year == 0 || d.Month == 0 || d.Month == today.Month {
		return 0, false
	}
	if today.Before(born) {
		return 0, false
	}
	years = today.Year - born.Year
	if today.Month < born.Month || today.Month == born.Month && today.Day < born.Day {
		years--
	}
	return years, true
}

// AgeBand returns the band in which an age is counted: 0-13, 14-17, 18-24, then
// five years each, 75+. A negative age has none.
func AgeBand(years int) string {
	switch {
	case years < 0:
		return ""
	case years < 14:
		return "0-13"
	case years < 18:
		return "14-17"
	case years < 25:
		return "18-24"
	case years >= 75:
		return "75+"
	}
	low := years / 5 * 5
	return fmt.Sprintf("%d-%d", low, low+4)
}
