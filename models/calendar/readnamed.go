package calendar

import (
	"regexp"
)

// English names of months, as passports, letters and foreign systems write them.
var (
	dayFirst   = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)?[ \-/.,]*([a-z]{3,9})[ \-/.,]*(\d{4}|\d{2})$`)
	monthFirst = regexp.MustCompile(`^([a-z]{3,9})[ \-/.,]*(\d{1,2})(?:st|nd|rd|th)?[ \-/.,]+(\d{4}|\d{2})$`)
	yearFirst  = regexp.MustCompile(`^(\d{4})[ \-/.,]*([a-z]{3,9})[ \-/.,]*(\d{1,2})$`)
)

// named reads a date whose month is an English name; anything else is ErrInvalid.
func named(s string) (Date, error) {
	var y, mon, day string
	switch {
	case dayFirst.MatchString(s):
		m := dayFirst.FindStringSubmatch(s)
		day, mon, y = m[1], m[2], m[3]
	case monthFirst.MatchString(s):
		m := monthFirst.FindStringSubmatch(s)
		mon, day, y = m[1], m[2], m[3]
	case yearFirst.MatchString(s):
		m := yearFirst.FindStringSubmatch(s)
		y, mon, day = m[1], m[2], m[3]
	}
	n := monthNamed(mon)
	if n == "" {
		return Date{}, ErrInvalid
	}
	return solarDate(y, n, day)
}

func monthNamed(name string) string {
	names := []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}
	for i, full := range names {
		if name == full || len(name) >= 3 && name == full[:3] || name == "sept" && full == "september" {
			return []string{"01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"}[i]
		}
	}
	return ""
}
