package calendar

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	hanSolar    = regexp.MustCompile(`^` + yearWords + `年 ?(十[一二三]?|[一二三四五六七八九]|\d{1,2})月 ?(\d{1,2}|[一二三四五六七八九十]{1,3})(日|号|號)?$`)
	hanMonth    = regexp.MustCompile(`^` + yearWords + `年 ?(十[一二]?|[一二三四五六七八九]|\d{1,2})月?份?$`)
	hanYear     = regexp.MustCompile(`^` + yearWords + `年$`)
	hanYearless = regexp.MustCompile(`^(十[一二]?|[一二三四五六七八九]|\d{1,2})月 ?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号號]?$`)
	threeParts  = regexp.MustCompile(`^(\d{1,4})( ?[-/.] ?| )(\d{1,2})( ?[-/.] ?| )(\d{1,4})\.?$`)
	eightDigits = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	sixDigits   = regexp.MustCompile(`^\d{6}$`)
	noYear      = regexp.MustCompile(`^--(\d{2})-?(\d{2})$`)
	twoParts    = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})$`)
	fourDigits  = regexp.MustCompile(`^\d{4}$`)
	monthDay    = regexp.MustCompile(`^\d{1,2}[-/.]\d{1,2}$`)
)

// readSolar reads a Gregorian date; marked says that the text names the calendar.
func readSolar(s string, marked bool) (Date, error) {
	switch {
	case hanSolar.MatchString(s):
		m := hanSolar.FindStringSubmatch(s)
		if _, err := strconv.Atoi(m[3]); err != nil && m[4] == "" && !marked {
			return Date{}, ErrAmbiguous // 三月十二 without 日 is how lunar days are written
		}
		return solarDate(m[1], m[2], m[3])
	case hanMonth.MatchString(s):
		m := hanMonth.FindStringSubmatch(s)
		return solarDate(m[1], m[2], "")
	case hanYear.MatchString(s):
		return solarDate(hanYear.FindStringSubmatch(s)[1], "", "")
	case eightDigits.MatchString(s):
		m := eightDigits.FindStringSubmatch(s)
		return solarDate(m[1], m[2], m[3])
	case noYear.MatchString(s):
		m := noYear.FindStringSubmatch(s)
		return solarDate("", m[1], m[2])
	case twoParts.MatchString(s):
		m := twoParts.FindStringSubmatch(s)
		return solarDate(m[1], m[2], "")
	case fourDigits.MatchString(s):
		return solarDate(s, "", "")
	case threeParts.MatchString(s):
		m := threeParts.FindStringSubmatch(s)
		return byOrder(m[1], m[3], m[5])
	case sixDigits.MatchString(s):
		return sixDigit(s)
	case hanYearless.MatchString(s), monthDay.MatchString(s):
		return Date{}, ErrIncomplete
	}
	return named(s)
}

// solarDate makes a date of parts that are written; an empty part is unknown.
func solarDate(y, mon, day string) (Date, error) {
	var d Date
	var err error
	if y != "" {
		if d.Year, err = year(y); err != nil {
			return Date{}, err
		}
	}
	for _, part := range []struct {
		text string
		into *int
	}{{mon, &d.Month}, {day, &d.Day}} {
		if part.text == "" {
			continue
		}
		n, ok := number(part.text)
		if !ok || n == 0 {
			return Date{}, ErrInvalid
		}
		*part.into = n
	}
	if err := d.exists(); err != nil {
		return Date{}, err
	}
	return d, nil
}

// byOrder reads three numbers in the one order their sizes allow.
func byOrder(a, b, c string) (Date, error) {
	if len(a) == 4 {
		return solarDate(a, b, c)
	}
	if len(a) == 3 || len(c) == 3 {
		return Date{}, ErrInvalid
	}
	var readings [][3]string
	consider := func(y, mon, day string) {
		if fits(y, mon, day) && !slices.ContainsFunc(readings, func(r [3]string) bool { return sameDay(r, y, mon, day) }) {
			readings = append(readings, [3]string{y, mon, day})
		}
	}
	if len(c) < 4 {
		consider(a, b, c)
	}
	consider(c, b, a)
	consider(c, a, b)
	switch len(readings) {
	case 0:
		return Date{}, ErrInvalid
	case 1:
		return solarDate(readings[0][0], readings[0][1], readings[0][2])
	}
	return Date{}, ErrAmbiguous
}

// fits reports whether the sizes of the numbers allow them as year, month, day.
func fits(y, mon, day string) bool {
	m, _ := strconv.Atoi(mon)
	d, _ := strconv.Atoi(day)
	return (len(y) == 2 || len(y) == 4) && len(mon) <= 2 && len(day) <= 2 && m >= 1 && m <= 12 && d >= 1 && d <= 31
}

func sameDay(r [3]string, y, mon, day string) bool {
	return r[0] == y && strings.TrimLeft(r[1], "0") == strings.TrimLeft(mon, "0") && strings.TrimLeft(r[2], "0") == strings.TrimLeft(day, "0")
}

// sixDigit tells 850312, a day of a two-digit year, from 198503, a month. What
// could be both, such as 200203, is ambiguous by its year.
func sixDigit(s string) (Date, error) {
	if fits(s[:2], s[2:4], s[4:]) {
		return solarDate(s[:2], s[2:4], s[4:])
	}
	return solarDate(s[:4], s[4:], "")
}
