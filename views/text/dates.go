package text

import (
	"fmt"
	"time"
)

// The forms of dates, by language. Times are 24 h everywhere.
const (
	isoDate     = "2006-01-02"
	isoDateTime = "2006-01-02 15:04"
	isoShort    = "01-02"
	enDate      = "2 Jan 2006"
	enDateTime  = "2 Jan 2006, 15:04"
	enShort     = "2 Jan"
	hourMinute  = "15:04"
)

// zhWeekdays is indexed by time.Weekday.
var zhWeekdays = [...]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"}

// Date writes the day: 2026-11-22, in English 22 Nov 2026.
func (p *Printer) Date(t time.Time) string { return t.In(p.place).Format(p.pick(isoDate, enDate)) }

// DateTime writes day and time: 2026-11-22 09:42, in English 22 Nov 2026, 09:42.
func (p *Printer) DateTime(t time.Time) string {
	return t.In(p.place).Format(p.pick(isoDateTime, enDateTime))
}

// Time writes the time of day, 09:42.
func (p *Printer) Time(t time.Time) string { return t.In(p.place).Format(hourMinute) }

// ShortDate writes the day without its year when it is the year of now: 11-22,
// in English 22 Nov; another year's day is written in full.
func (p *Printer) ShortDate(t, now time.Time) string {
	t = t.In(p.place)
	if t.Year() != now.In(p.place).Year() {
		return p.Date(t)
	}
	return t.Format(p.pick(isoShort, enShort))
}

// Weekday writes the day of the week in its short form: 周日, Sun.
func (p *Printer) Weekday(t time.Time) string {
	t = t.In(p.place)
	if p.lang == English {
		return t.Format("Mon")
	}
	return zhWeekdays[t.Weekday()]
}

// Header writes the moment as the head of a page does, with the weekday:
// 2026-11-22 周日 09:42, in English Sun 22 Nov 2026, 09:42.
func (p *Printer) Header(t time.Time) string {
	if p.lang == English {
		return p.Weekday(t) + " " + p.DateTime(t)
	}
	return p.Date(t) + " " + p.Weekday(t) + " " + p.Time(t)
}

// Day writes the day by its word if it has one: 今日, 昨日, in English Today,
// Yesterday; any other day as ShortDate.
func (p *Printer) Day(t, now time.Time) string {
	switch p.daysFrom(now, t) {
	case 0:
		return p.pick("今日", "Today")
	case -1:
		return p.pick("昨日", "Yesterday")
	}
	return p.ShortDate(t, now)
}

// Relative writes the moment with a word for its day where there is one: 今日
// 14:30, 昨日 09:00, 明早 06:40 (tomorrow before noon), in English Today 14:30,
// Yesterday 09:00, Tomorrow 06:40; any other moment as DateTime.
func (p *Printer) Relative(t, now time.Time) string {
	switch p.daysFrom(now, t) {
	case 0, -1:
		return p.Day(t, now) + " " + p.Time(t)
	case 1:
		if t.In(p.place).Hour() < 12 {
			return p.pick("明早", "Tomorrow") + " " + p.Time(t)
		}
	}
	return p.DateTime(t)
}

// DateRange writes two days: 2027-01-08 至 01-26, in English 8 Jan to 26 Jan
// 2027. The year is written twice only when the years differ.
func (p *Printer) DateRange(from, to time.Time) string {
	from, to = from.In(p.place), to.In(p.place)
	same := from.Year() == to.Year()
	if p.lang == English {
		if same {
			return from.Format(enShort) + " to " + to.Format(enDate)
		}
		return from.Format(enDate) + " to " + to.Format(enDate)
	}
	if same {
		return from.Format(isoDate) + " 至 " + to.Format(isoShort)
	}
	return from.Format(isoDate) + " 至 " + to.Format(isoDate)
}

// Duration writes hours and minutes, rounded down: 3 时 18 分, in English 3 h
// 18 min. Days appear from 24 hours on; below one minute it writes seconds.
func (p *Printer) Duration(d time.Duration) string {
	day, hour, minute, second := p.pick("天", "d"), p.pick("时", "h"), p.pick("分", "min"), p.pick("秒", "s")
	if d < 0 {
		d = -d
	}
	h, m := int(d.Hours()), int(d.Minutes())%60
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d %s", int(d.Seconds()), second)
	case h == 0:
		return fmt.Sprintf("%d %s", m, minute)
	case h < 24:
		return fmt.Sprintf("%d %s %d %s", h, hour, m, minute)
	}
	return fmt.Sprintf("%d %s %d %s", h/24, day, h%24, hour)
}

// daysFrom counts midnights of the place between now and t.
func (p *Printer) daysFrom(now, t time.Time) int {
	midnight := func(t time.Time) time.Time {
		y, m, d := t.In(p.place).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	return int(midnight(t).Sub(midnight(now)).Hours() / 24)
}

func (p *Printer) pick(zh, en string) string {
	if p.lang == English {
		return en
	}
	return zh
}
