package calendar

import (
	"strconv"
	"strings"
)

const hanDigits = "〇一二三四五六七八九"

// hanDigit returns the value of one Chinese digit.
func hanDigit(r rune) (int, bool) {
	switch r {
	case '零', '○':
		return 0, true
	case '两':
		return 2, true
	}
	i := strings.IndexRune(hanDigits, r)
	return i / len("一"), i >= 0
}

// number reads the number of a month or a day: 3, 03, 三, 十, 十二, 二十, 二十三,
// 廿三, 卅.
func number(s string) (int, bool) {
	if s == "" || len(s) > 12 {
		return 0, false
	}
	if n, err := strconv.Atoi(s); err == nil {
		return n, n >= 0 && len(s) <= 2
	}
	s = strings.NewReplacer("廿", "二十", "卅", "三十").Replace(s)
	head, tail, ten := strings.Cut(s, "十")
	if !ten {
		return digit(s)
	}
	n := 10
	if head != "" {
		d, ok := digit(head)
		if !ok || d == 0 {
			return 0, false
		}
		n *= d
	}
	if tail == "" {
		return n, true
	}
	d, ok := digit(tail)
	return n + d, ok && d != 0
}

func digit(s string) (int, bool) {
	r := []rune(s)
	if len(r) != 1 {
		return 0, false
	}
	return hanDigit(r[0])
}

// year reads a year of four or two digits, Arabic or Chinese. A year of two
// digits below 30 may be in either century.
func year(s string) (int, error) {
	digits := ""
	for _, r := range s {
		d, ok := hanDigit(r)
		if r >= '0' && r <= '9' {
			d, ok = int(r-'0'), true
		}
		if !ok {
			return 0, ErrInvalid
		}
		digits += strconv.Itoa(d)
	}
	n, err := strconv.Atoi(digits)
	switch {
	case err != nil:
		return 0, ErrInvalid
	case len(digits) == 4 && n > 0:
		return n, nil
	case len(digits) == 2 && n >= 30:
		return 1900 + n, nil
	case len(digits) == 2:
		return 0, ErrAmbiguous
	}
	return 0, ErrInvalid
}
