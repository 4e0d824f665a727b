package calendar

import (
	"regexp"
	"strings"
)

const (
	leapSign   = `(闰|閏|l)?`
	monthWords = `(正|冬|腊|臘|十[一二三]?|[一二三四五六七八九]|\d{1,2})`
	dayWords   = `((?:初|十|二十|廿|三十|卅)?[一二三四五六七八九十]|初?\d{1,2}|二十|三十|廿|卅)`
	yearWords  = `([\d〇零○一二三四五六七八九]{2,4})`
)

// lunarShapes are the spellings of a lunar date once the words for the calendar
// are gone; each gives year, leap sign, month, day.
var lunarShapes = []*regexp.Regexp{
	regexp.MustCompile(`^` + yearWords + `年[ ,]*` + leapSign + monthWords + `月[ ,]*` + dayWords + `[日号]?$`),
	regexp.MustCompile(`^` + yearWords + `[-/. ]` + leapSign + `(\d{1,2})[-/. ](\d{1,2})$`),
	regexp.MustCompile(`^` + yearWords + `[-/. ]+` + leapSign + monthWords + `月[ ,]*` + dayWords + `[日号]?$`),
	regexp.MustCompile(`^(\d{4})` + `()` + `(\d{2})(\d{2})$`),
	regexp.MustCompile(`^(-)-` + leapSign + `(\d{2})-(\d{2})$`),
	regexp.MustCompile(`^` + yearWords + `(?:年|[-/.])[ ,]*` + leapSign + monthWords + `月?()$`),
	regexp.MustCompile(`^` + yearWords + `年?()()()$`),
}

// lunarYearless are dates without a year, refused as incomplete.
var lunarYearless = regexp.MustCompile(`^` + leapSign + monthWords + `(?:月[ ,]*|[-/.])` + dayWords + `[日号]?$`)

// readLunar reads a lunar date.
func readLunar(s string) (Date, error) {
	for _, shape := range lunarShapes {
		if m := shape.FindStringSubmatch(s); m != nil {
			return lunarDate(m[1], m[2], m[3], m[4])
		}
	}
	if lunarYearless.MatchString(s) {
		return Date{}, ErrIncomplete
	}
	return Date{}, ErrLunarInvalid
}

func lunarDate(y, leap, mon, day string) (Date, error) {
	d := Date{Lunar: true, Leap: leap != ""}
	if y != "-" {
		n, err := year(y)
		if err == ErrInvalid {
			err = ErrLunarInvalid
		}
		if err != nil {
			return Date{}, err
		}
		d.Year = n
	}
	var ok bool
	if mon != "" {
		if d.Month, ok = lunarMonthNumber(mon); !ok {
			return Date{}, ErrLunarInvalid
		}
	}
	if day != "" {
		if d.Day, ok = lunarDayNumber(day); !ok {
			return Date{}, ErrLunarInvalid
		}
	}
	if err := d.exists(); err != nil {
		return Date{}, ErrLunarInvalid
	}
	return d, nil
}

// lunarMonthNumber reads 正, 冬 (the eleventh), 腊 (the twelfth) or a number.
func lunarMonthNumber(s string) (int, bool) {
	switch s {
	case "正":
		return 1, true
	case "冬":
		return 11, true
	case "腊", "臘":
		return 12, true
	}
	n, ok := number(s)
	return n, ok && n > 0
}

func lunarDayNumber(s string) (int, bool) {
	early := false
	if rest, cut := strings.CutPrefix(s, "初"); cut {
		s, early = rest, true
	}
	n, ok := number(s)
	return n, ok && n > 0 && (!early || n <= 10)
}
