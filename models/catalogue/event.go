package catalogue

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Event is something in a customer's life that a change of what is known tells
// of, and that may start something: a greeting, a visit, another offer.
type Event string

// The events a change can tell of.
const (
	Moved   Event = "moved"
	NewJob  Event = "new_job"
	Married Event = "married"
)

// EventOf says which event it is that a field's value became another, "" for
// none. Values are in stored form and empty when unknown or none. What is learnt
// for the first time is no event, and neither is a better spelling of the same
// place or firm: 上海 and 上海市, 西湖大道 1 号 and 西湖大道1号 2 幢.
func EventOf(field, before, after string) Event {
	was, is := plainPlace(before), plainPlace(after)
	if was == "" || is == "" || was == is {
		return ""
	}
	switch field {
	case "city", "home_address", "company_address":
		if !sameButLonger(was, is) {
			return Moved
		}
	case "employer":
		if !sameButLonger(was, is) {
			return NewJob
		}
	case "post": // 经理 and 总经理 are two posts
		return NewJob
	case "marital_status":
		if is == "married" {
			return Married
		}
	}
	return ""
}

// sameButLonger reports whether one text is the other with more or less said.
func sameButLonger(a, b string) bool { return strings.Contains(a, b) || strings.Contains(b, a) }

// plainPlace leaves of a text what tells it from another: no spaces and signs,
// narrow letters, small ones, no 市 or 省 at the end.
func plainPlace(s string) string {
	s = strings.ToLower(width.Narrow.String(s))
	s = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return r
		}
		return -1
	}, s)
	r := []rune(s)
	if n := len(r); n > 2 && slices.Contains([]rune("市省区县"), r[n-1]) {
		r = r[:n-1]
	}
	return string(r)
}
