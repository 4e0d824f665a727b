package phone

import (
	"regexp"
	"strings"
)

// Limits of what a person types into a look-up.
const (
	maxMainland = 11 // digits of the longest mainland number
	maxTyped    = 20 // E.164's fifteen, a prefix 00 and a short extension
	trunkTyped  = 9  // from here on a leading 0 is the one dialled within a country
)

var (
	spelling     = regexp.MustCompile(`^\(?\+?[0-9 ()\[\]\-.]+$`)
	withAreaCode = regexp.MustCompile(`^\(?0(?:10|2\d|[3-9]\d\d)[ )]*[\-)]`)
)

// Digits turns what a clerk types into a look-up into the run of national
// digits to look for, see Suffixes: a whole number in any spelling gives its
// national digits, a part of one comes back as its digits. ok is false when the
// text holds anything but the spelling of a telephone number.
//
// Prefixes are dropped only where they cannot be a run inside a number: 0086 of
// "0086 1234" may be the middle of 138 0086 1234. Dropping a leading 0 is always
// safe, the rest still is a run of the same number.
func Digits(typed string) (digits string, ok bool) {
	s := strings.TrimSpace(strings.ReplaceAll(fold(typed), "\n", " "))
	if !spelling.MatchString(s) {
		return "", false
	}
	plus := strings.Contains(s, "+")
	d := strings.Map(keepDigit, s)
	if d == "" || len(d) > maxTyped {
		return "", false
	}
	if numbers, err := Parse(s, china); err == nil {
		if len(numbers) > 1 {
			return "", false
		}
		return National(numbers[0].E164), true
	}
	return part(d, plus, withAreaCode.MatchString(s)), true
}

// part drops the prefixes of an unfinished or unknown number.
func part(d string, plus, areaCode bool) string {
	abroad := plus
	if rest, ok := strings.CutPrefix(d, "00"); ok && len(d) > maxMainland {
		d, abroad = rest, true
	}
	if abroad {
		if code, nsn := splitCode(d); code != "" && nsn != "" {
			if code == chinaCode {
				nsn = strings.TrimPrefix(nsn, "0")
			}
			return nsn
		}
		return d
	}
	if rest, ok := strings.CutPrefix(d, chinaCode); ok && len(d) > maxMainland {
		return strings.TrimPrefix(rest, "0")
	}
	if rest, ok := strings.CutPrefix(d, "0"); ok && (areaCode || len(d) >= trunkTyped) {
		return rest
	}
	return d
}

func keepDigit(r rune) rune {
	if r >= '0' && r <= '9' {
		return r
	}
	return -1
}

// Suffixes returns the look-up keys of a number: every suffix of its national
// digits of two or more, longest first, so that any run of digits inside the
// number is the beginning of one of them. What is no E.164 gives none.
func Suffixes(e164 string) []string {
	nsn := National(e164)
	if len(nsn) < 2 {
		return nil
	}
	keys := make([]string, 0, len(nsn)-1)
	for i := 0; i+2 <= len(nsn); i++ {
		keys = append(keys, nsn[i:])
	}
	return keys
}
