package name

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letter is one folded character with the place in the source it came from.
type letter struct {
	r        rune // folded: lower case, simplified, without accents
	orig     rune // composed and lower case, before accents and strokes were lost
	from, to int  // byte range in the source
}

// Fold is the form in which names are compared: NFKC, lower case, traditional
// and Japanese forms as simplified characters, Latin, Greek and Arabic letters
// without marks, katakana as hiragana, one kind each of apostrophe, hyphen and
// middle dot, single blanks, no control or zero-width characters. It works
// character by character, so a part of a name folds as it does in the whole.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, l := range foldLetters(nil, s) {
		b.WriteRune(l.r)
	}
	return b.String()
}

// foldLetters appends the folded letters of s to dst.
func foldLetters(dst []letter, s string) []letter {
	t := loadTables()
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r >= 0x4E00 && r <= 0x9FFF {
			dst = append(dst, letter{t.simplify(r), r, i, i + size})
			i += size
			continue
		}
		if u, special := unify(r); special {
			dst = addLetter(dst, u, u, i, i+size)
			i += size
			continue
		}
		if r < utf8.RuneSelf && (i+1 == len(s) || s[i+1] < utf8.RuneSelf) {
			low := asciiLower(r)
			dst = addLetter(dst, low, low, i, i+1)
			i++
			continue
		}
		n := max(norm.NFKC.NextBoundaryInString(s[i:], true), size)
		if r != utf8.RuneError || size > 1 {
			dst = foldSegment(dst, t, s[i:i+n], i)
		} else {
			n = 1
		}
		i += n
	}
	if n := len(dst); n > 0 && dst[n-1].r == ' ' {
		dst = dst[:n-1]
	}
	return dst
}

// foldSegment folds what belongs to one base character, marks included.
func foldSegment(dst []letter, t *tables, seg string, at int) []letter {
	for _, c := range norm.NFKC.String(seg) {
		if u, special := unify(c); special {
			dst = addLetter(dst, u, u, at, at+len(seg))
			continue
		}
		c = unicode.ToLower(c)
		switch {
		case dropped(c):
		case c >= 0x30A1 && c <= 0x30F6: // katakana
			dst = addLetter(dst, c-0x60, c-0x60, at, at+len(seg))
		case takesMarksOff(c):
			for _, b := range bareLetter(c) {
				dst = addLetter(dst, b, c, at, at+len(seg))
			}
		default:
			dst = addLetter(dst, t.simplify(c), c, at, at+len(seg))
		}
	}
	return dst
}

// addLetter appends a letter; 0 adds nothing and blanks collapse.
func addLetter(dst []letter, r, orig rune, from, to int) []letter {
	if r == 0 || r == ' ' && (len(dst) == 0 || dst[len(dst)-1].r == ' ') {
		return dst
	}
	return append(dst, letter{r, orig, from, to})
}

func asciiLower(r rune) rune {
	if r >= 'A' && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}

// unify maps the many blanks, hyphens, apostrophes and middle dots to one of
// each, and what cannot be seen to 0. special is false for all other runes.
// It runs before NFKC, which would turn a lone acute accent into a blank.
func unify(r rune) (u rune, special bool) {
	if r > ' ' && r < 0x7F && r != '`' {
		return 0, false
	}
	switch r {
	case '`', '\u00B4', '\u2018', '\u2019', '\u201A', '\u201B', '\u2032', '\u2035', '\u02B9', '\u02BB',
		'\u02BC', '\u02BD', '\u02BE', '\u02BF', '\u02C8', '\u02CA', '\u02CB', '\uFF07', '\uFF40', '\uA78B', '\uA78C', '\u05F3':
		return '\'', true
	case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2043', '\u2212', '\uFE58', '\uFE63', '\uFF0D', '\u05BE':
		return '-', true
	case '\u00B7', '\u2022', '\u2027', '\u2219', '\u22C5', '\u30FB', '\uFF65', '\u0387', '\u2E31', '\u2024', '\u16EB', '\u25CF', '\u25E6':
		return '·', true
	case '\u2800', '\u1680', '\u180E':
		return ' ', true
	case '\u115F', '\u1160', '\u3164', '\uFFA0', '\u0640', '\u00AD', '\uFEFF', '\uFFFC':
		return 0, true
	}
	if r < 0x80 || r == 0x85 || r == 0xA0 || r == 0x3000 || r >= 0x2000 && r <= 0x205F {
		if unicode.IsSpace(r) {
			return ' ', true
		}
		if unicode.In(r, unicode.Cc, unicode.Cf) {
			return 0, true
		}
	}
	return 0, false
}

// dropped tells marks and formats that carry no name. Vowel signs of Thai and
// the Indic scripts are marks too, but without them the word is another.
func dropped(r rune) bool {
	switch {
	case r >= 0x300 && r <= 0x36F, r >= 0x1AB0 && r <= 0x1AFF, r >= 0x1DC0 && r <= 0x1DFF, r >= 0x20D0 && r <= 0x20FF:
		return true
	case r >= 0x0591 && r <= 0x05C7, r >= 0x064B && r <= 0x065F, r == 0x0670:
		return true
	case r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0100 && r <= 0xE01EF, r >= 0x3099 && r <= 0x309C, r == utf8.RuneError:
		return true
	}
	return r > 0x7E && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Cs)
}

// takesMarksOff tells the scripts whose letters are compared without marks.
func takesMarksOff(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 0xC0 && r < 0x250 || r >= 0x250 && r < 0x2B0 || r >= 0x1E00 && r <= 0x1EFF ||
		r >= 0x370 && r <= 0x3FF || r >= 0x1F00 && r <= 0x1FFF || r >= 0x620 && r <= 0x6FF
}

// bareLetter returns the letter or letters left of c when marks and strokes go.
func bareLetter(c rune) string {
	if c < utf8.RuneSelf {
		return string(c)
	}
	base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(c)))
	if s, ok := strokes[base]; ok {
		return s
	}
	return string(base)
}
