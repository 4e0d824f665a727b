package calendar

import (
	"math"
	"sort"
	"sync"
	"time"

	lunisolar "github.com/6tail/lunar-go/calendar"
)

// The lunar years that are computed: whoever lives now was born in them, and
// every birthday anyone now alive will keep lies in them.
const (
	firstLunarYear = 1880
	lastLunarYear  = 2150
)

// epochJulianDay is the Julian day of epoch.
const epochJulianDay = 2451545

func epoch() time.Time { return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) }

// month is one lunar month: which it is, its first day as days since the epoch,
// its length.
type month struct {
	year, number int
	leap         bool
	first, days  int
}

// almanac holds every lunar month of the years computed, in order. The library
// takes a fifth of a millisecond a year and keeps one; a base of birthdays asks
// for all of them in turn, so they are computed once, at the first question.
var almanac = sync.OnceValue(func() []month {
	months := make([]month, 0, (lastLunarYear-firstLunarYear+1)*12+110)
	for y := firstLunarYear; y <= lastLunarYear; y++ {
		year := lunisolar.NewLunarYear(y)
		for e := year.GetMonthsInYear().Front(); e != nil; e = e.Next() {
			if m, ok := e.Value.(*lunisolar.LunarMonth); ok {
				months = append(months, monthOf(m))
			}
		}
	}
	return months
})

// lunarMonth looks a month up; ok is false where there is none. The library
// itself is never asked for a day: it panics on those that do not exist.
func lunarMonth(year, number int, leap bool) (m month, ok bool) {
	if year < firstLunarYear || year > lastLunarYear {
		return month{}, false
	}
	all := almanac()
	// A year has at least twelve months and every 19 years seven more, so this
	// is at or before its first.
	for i := (year - firstLunarYear) * 12; i < len(all) && all[i].year <= year; i++ {
		if all[i].year == year && all[i].number == number && all[i].leap == leap {
			return all[i], true
		}
	}
	return month{}, false
}

func monthOf(m *lunisolar.LunarMonth) month {
	number := m.GetMonth() // negative for a leap month
	return month{
		year: m.GetYear(), number: max(number, -number), leap: number < 0,
		first: int(math.Round(m.GetFirstJulianDay())) - epochJulianDay, days: m.GetDayCount(),
	}
}

func (d Date) lunarExists() error {
	if d.Year == 0 {
		if d.Day > 30 {
			return ErrLunarInvalid
		}
		return nil
	}
	if d.Month == 0 {
		if d.Year < firstLunarYear || d.Year > lastLunarYear {
			return ErrLunarInvalid
		}
		return nil
	}
	m, ok := lunarMonth(d.Year, d.Month, d.Leap)
	if !ok || d.Day > m.days {
		return ErrLunarInvalid
	}
	return nil
}

// Solar returns the solar day of a date; a solar date is its own. It returns
// ErrIncomplete for a date in part, ErrInvalid or ErrLunarInvalid where there is
// no such day.
func (d Date) Solar() (Date, error) {
	if !d.Whole() {
		return Date{}, ErrIncomplete
	}
	if err := d.exists(); err != nil {
		return Date{}, err
	}
	if !d.Lunar {
		return d, nil
	}
	m, _ := lunarMonth(d.Year, d.Month, d.Leap)
	return ofTime(epoch().AddDate(0, 0, m.first+d.Day-1)), nil
}

// FromSolar returns the lunar date of a solar day; a lunar date is its own. It
// returns ErrIncomplete for a date in part, ErrInvalid where there is no such
// day or where the lunar calendar is not computed.
func FromSolar(d Date) (Date, error) {
	if !d.Whole() {
		return Date{}, ErrIncomplete
	}
	if err := d.exists(); err != nil {
		return Date{}, err
	}
	if d.Lunar {
		return d, nil
	}
	n := int(d.time().Sub(epoch()).Hours() / 24)
	all := almanac()
	i := sort.Search(len(all), func(i int) bool { return all[i].first > n }) - 1
	if i < 0 || n >= all[i].first+all[i].days {
		return Date{}, ErrInvalid
	}
	m := all[i]
	return Date{Year: m.year, Month: m.number, Day: n - m.first + 1, Lunar: true, Leap: m.leap}, nil
}
