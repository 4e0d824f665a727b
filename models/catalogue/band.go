package catalogue

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Age bands are five years wide; the oldest share one, lest it hold one person.
const (
	ageStep   = 5
	ageOldest = 85
)

// longestPlace is how many characters a region's name has at most: a longer text
// is none, and would not fit where bands are kept.
const longestPlace = 24

// incomeBands are upper ends in minor units of CNY a year, exclusive.
var incomeBands = [...]struct {
	below int64
	name  string
}{{10_000_000, "<100k"}, {20_000_000, "100-200k"}, {50_000_000, "200-500k"}}

// BandOf returns the coded band of a value, the only thing statistics may know of
// a sealed one: "50-54" of a birth date, "2015" of a child's, "100-200k" of an
// income in minor units, "四川" of an address, an option's value of a choice.
// It is "" where the field has no band or the value fits none.
func BandOf(f Field, value string, today time.Time) string {
	value = strings.TrimSpace(value)
	switch f.Band {
	case BandAge:
		return ageBand(value, today)
	case BandYear:
		if y := yearOf(value); y > 0 {
			return strconv.Itoa(y)
		}
	case BandIncome:
		return incomeBand(value)
	case BandRegion:
		if place := region(f.Type, value); utf8.RuneCountInString(place) <= longestPlace {
			return place
		}
	case BandCode:
		for _, o := range f.Options {
			if o.Value == value {
				return value
			}
		}
	}
	return ""
}

func ageBand(value string, today time.Time) string {
	y := yearOf(value)
	age := today.Year() - y
	switch {
	case y == 0 || age < 0 || age > 130:
		return ""
	case age >= ageOldest:
		return fmt.Sprintf("%d+", ageOldest)
	}
	low := age / ageStep * ageStep
	return fmt.Sprintf("%d-%d", low, low+ageStep-1)
}

// yearOf returns the first run of exactly four digits, so that solar, lunar and
// bare years give the same answer and a day without a year gives 0.
func yearOf(value string) int {
	start := 0
	for i := 0; i <= len(value); i++ {
		if i < len(value) && '0' <= value[i] && value[i] <= '9' {
			continue
		}
		if i-start == 4 {
			y, _ := strconv.Atoi(value[start:i])
			return y
		}
		start = i + 1
	}
	return 0
}

func incomeBand(value string) string {
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil || n < 0 {
		return ""
	}
	for _, b := range incomeBands {
		if n < b.below {
			return b.name
		}
	}
	return "500k+"
}
