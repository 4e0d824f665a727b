package workbook

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Serial numbers of days as spreadsheets keep them (ECMA-376 part 1, 18.17.4.1).
const (
	serialLast = 2958465 // 9999-12-31 in the system of 1900
	serialNone = 60      // 29 February 1900, which never was
	days1904   = 1462    // by which the other system is behind
)

// number is what a person saw of a number in a format.
func (f format) number(v float64, base1904 bool) (text string, fault, note Doubt) {
	switch {
	case f.date():
		return f.dateOf(v, base1904)
	case f.clock:
		return f.timeOf(v)
	case math.Abs(v) >= 1e15:
		return "", DigitsLost, "" // a number of a spreadsheet has fifteen digits
	case f.percent:
		return plain(v*100) + "%", "", ""
	}
	text = plain(v)
	if f.zeros > len(text) && v >= 0 && v == math.Trunc(v) {
		text = strings.Repeat("0", f.zeros-len(text)) + text
	}
	return text, "", ""
}

// plain writes a number without exponent and without what a float adds behind
// the fifteenth digit.
func plain(v float64) string {
	if v == 0 {
		return "0"
	}
	if rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64); err == nil {
		v = rounded
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// dateOf writes a date as far as the format shows it. What it hides may never
// have been said: whoever types 3月5日 gets the year of that day, whoever types
// 1990年3月 gets the first of the month.
func (f format) dateOf(v float64, base1904 bool) (text string, fault, note Doubt) {
	days, seconds := math.Floor(v), math.Round((v-math.Floor(v))*86400)
	if seconds == 86400 {
		days, seconds = days+1, 0
	}
	d, ok := day(days, base1904)
	if !ok {
		return "", NoSuchDay, ""
	}
	switch {
	case !f.year:
		return d.Format("--01-02"), "", YearHidden
	case !f.day && !f.month && d.YearDay() == 1:
		return d.Format("2006"), "", ""
	case !f.day && d.Day() == 1:
		return d.Format("2006-01"), "", ""
	}
	text = d.Format(time.DateOnly)
	if f.clock && seconds > 0 {
		text += " " + clock(int(seconds))
	}
	return text, "", ""
}

// day is the day of a serial number.
func day(n float64, base1904 bool) (time.Time, bool) {
	switch {
	case base1904 && n >= 0 && n <= serialLast-days1904:
		return time.Date(1904, 1, 1+int(n), 0, 0, 0, 0, time.UTC), true
	case base1904, n < 1, n > serialLast, n == serialNone:
		return time.Time{}, false
	case n < serialNone:
		return time.Date(1899, 12, 31+int(n), 0, 0, 0, 0, time.UTC), true
	}
	return time.Date(1899, 12, 30+int(n), 0, 0, 0, 0, time.UTC), true
}

// timeOf writes a time of day, or hours as they add up.
func (f format) timeOf(v float64) (text string, fault, note Doubt) {
	if v < 0 || v > serialLast {
		return "", NoSuchDay, ""
	}
	if !f.elapsed {
		v -= math.Floor(v)
	}
	return clock(int(math.Round(v * 86400))), "", ""
}

// clock writes hours and minutes, and seconds where there are any.
func clock(seconds int) string {
	text := fmt.Sprintf("%02d:%02d", seconds/3600, seconds/60%60)
	if seconds%60 > 0 {
		text += fmt.Sprintf(":%02d", seconds%60)
	}
	return text
}
