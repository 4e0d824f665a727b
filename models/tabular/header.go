package tabular

import (
	"strings"
	"unicode"
)

// headerAmong returns which record holds the headings, or -1. Titles and
// remarks above them have fewer cells; where headings are known they decide.
func headerAmong(records []sampled) int {
	width := commonWidth(records)
	for i, rec := range records {
		known, filled := knownHeadings(rec.cells), filledCells(rec.cells)
		if !rec.fault && known > 0 && known*2 > filled && (known > 1 || width == 1) {
			return i
		}
	}
	for i, rec := range records {
		filled := filledCells(rec.cells)
		if filled == 0 || filled < min(2, width) || filled*2 < width {
			continue
		}
		if rec.fault || looksLikeData(rec.cells) {
			return -1
		}
		return i
	}
	return -1
}

func filledCells(cells []string) int {
	n := 0
	for _, c := range cells {
		if c != "" {
			n++
		}
	}
	return n
}

// looksLikeData reports cells that no heading has: an address of email, or a
// number, a date, a telephone of five digits and no letter.
func looksLikeData(cells []string) bool {
	for _, c := range cells {
		digits, letters := 0, 0
		for _, r := range c {
			switch {
			case unicode.IsDigit(r):
				digits++
			case unicode.IsLetter(r):
				letters++
			}
		}
		at := strings.IndexByte(c, '@')
		if digits >= 5 && letters == 0 || at > 0 && strings.Contains(c[at:], ".") {
			return true
		}
	}
	return false
}
