package name

import (
	"unicode"
	"unicode/utf8"
)

// script sorts letters by how they become keys.
type script uint8

const (
	scriptNone   script = iota // blanks, punctuation, symbols
	scriptAlpha                // Latin, Greek, Cyrillic, digits: keys of words
	scriptHan                  // keys of characters, pinyin
	scriptKana                 // keys of characters, romaji
	scriptHangul               // keys of characters, romanisation
	scriptOther                // Arabic, Thai, Devanagari …: keys of characters
	scriptMark                 // signs that cannot begin a word
)

func scriptOf(r rune) script {
	switch {
	case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
		return scriptAlpha
	case r < 0x80:
		return scriptNone
	case r >= 0x4E00 && r <= 0x9FFF, r == '々', r == '〇', r == '〆':
		return scriptHan
	case r >= 0x3041 && r <= 0x3096, r >= 0x309D && r <= 0x309F, r >= 0x30FC && r <= 0x30FF:
		return scriptKana
	case r >= 0xAC00 && r <= 0xD7A3, r >= 0x1100 && r <= 0x11FF, r >= 0x3131 && r <= 0x318E:
		return scriptHangul
	case unicode.Is(unicode.Han, r), r >= 0xE000 && r <= 0xF8FF:
		return scriptHan
	case unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic):
		return scriptAlpha
	case unicode.In(r, unicode.L, unicode.Nd):
		return scriptOther
	case unicode.In(r, unicode.M):
		return scriptMark
	}
	return scriptNone
}

// part is a run of letters of one script.
type part struct {
	script   script
	from, to int  // range of letters
	lead     gap  // what stands before it
	caps     bool // begins inside a written word: the Neil of O'Neil, the Donald of McDonald
	first    letter
}

// gap is what separates a part from the one before.
type gap uint8

const (
	gapNone  gap = iota // nothing, an apostrophe, a change of script
	gapJoin             // a hyphen
	gapBlank            // a blank or punctuation
	gapDot              // a middle dot
)

// partsOf appends the parts of the letters. src is what they were folded from:
// its capitals tell where a joined name has its parts.
func partsOf(dst []part, ls []letter, src string) []part {
	lead := gapBlank
	start := len(dst)
	for i := 0; i < len(ls); i++ {
		s := scriptOf(ls[i].r)
		if s == scriptNone {
			lead = max(lead, gapOf(ls[i].r))
			continue
		}
		n := len(dst)
		if s == scriptMark && (n == start || dst[n-1].script != scriptOther || dst[n-1].to != i) {
			continue // a sign without the letter it belongs to
		}
		grows := n > start && dst[n-1].to == i && lead == gapNone
		if grows && (dst[n-1].script == s || s == scriptMark) && !(s == scriptAlpha && innerWord(ls, dst[n-1].from, i, src)) {
			dst[n-1].to = i + 1
			continue
		}
		dst = append(dst, part{script: s, from: i, to: i + 1, lead: lead, caps: n > start && lead == gapNone && dst[n-1].script == s, first: ls[i]})
		lead = gapNone
	}
	return dst
}

func gapOf(r rune) gap {
	switch r {
	case '\'':
		return gapNone
	case '-':
		return gapJoin
	case '·':
		return gapDot
	}
	return gapBlank
}

// innerWord tells whether the letter at i begins a part of its own in the word
// that began at from: after Mc, and at a capital that follows a small letter or
// an O (McDonald, DeVito, OBrien, but not OSCAR).
func innerWord(ls []letter, from, i int, src string) bool {
	if i == from+2 && ls[from].r == 'm' && ls[from+1].r == 'c' {
		return true
	}
	if !capital(ls[i], src) || ls[i].from == ls[i-1].from {
		return false
	}
	if i == from+1 && ls[from].r == 'o' {
		return i+1 < len(ls) && scriptOf(ls[i+1].r) == scriptAlpha && !capital(ls[i+1], src)
	}
	return !capital(ls[i-1], src) && ls[i-1].r > '9'
}

func capital(l letter, src string) bool {
	r, _ := utf8.DecodeRuneInString(src[l.from:])
	return unicode.IsUpper(r)
}
