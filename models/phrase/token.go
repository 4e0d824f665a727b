package phrase

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is what words are made of: one Han character, one Latin word, one
// number, or one mark that ends a clause.
type token struct {
	text     string
	from, to int // bytes of the text as typed
	sort     tokenSort
}

type tokenSort uint8

const (
	latinWord tokenSort = iota
	hanChar
	numeral
	listMark  // 、: another thing of the same kind
	clauseEnd // a mark that ends a clause
)

// titles are followed by a full stop that ends nothing.
var titles = map[string]bool{"mr": true, "mrs": true, "ms": true, "mx": true, "dr": true, "prof": true, "st": true, "a": true, "p": true, "no": true, "approx": true, "u": true, "s": true}

// tokens cuts folded text. Blanks between Han characters end a clause: clerks
// type them for commas.
func tokens(typed string, text []letter) []token {
	out := make([]token, 0, len(text)/2+1)
	add := func(s tokenSort, from, to int) {
		word := spell(typed, text[from:to])
		if s == latinWord {
			word = stem(word)
		}
		out = append(out, token{word, text[from].from, text[to-1].to, s})
	}
	for i := 0; i < len(text); {
		r := text[i].r
		j := i + 1
		switch {
		case isLatin(r):
			for j < len(text) && inLatin(text, j) {
				j++
			}
			add(latinWord, i, j)
		case unicode.IsDigit(r):
			for j < len(text) && (unicode.IsDigit(text[j].r) || (text[j].r == '.' || text[j].r == ':') && j+1 < len(text) && unicode.IsDigit(text[j+1].r)) {
				j++
			}
			add(numeral, i, j)
		case r == '、':
			add(listMark, i, j)
		case unicode.Is(unicode.Han, r):
			add(hanChar, i, j)
		case ends(text, i, out):
			add(clauseEnd, i, j)
		}
		i = j
	}
	return out
}

// spell is the text of the letters, cut from what was typed where folding has
// changed nothing.
func spell(typed string, text []letter) string {
	at := text[0].from
	for _, l := range text {
		if r, size := utf8.DecodeRuneInString(typed[at:]); l.from != at || r != l.r {
			var b strings.Builder
			for _, l := range text {
				b.WriteRune(l.r)
			}
			return b.String()
		} else {
			at += size
		}
	}
	return typed[text[0].from:at]
}

func isLatin(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 0xC0 && unicode.IsLetter(r) && !unicode.Is(unicode.Han, r)
}

// inLatin tells whether the letter at j goes on a Latin word: an apostrophe
// does between letters, a stroke in w/o and a/c.
func inLatin(text []letter, j int) bool {
	switch r := text[j].r; {
	case isLatin(r):
		return true
	case r == '\'':
		return j+1 < len(text) && isLatin(text[j+1].r)
	case r == '/':
		short := (j < 2 || !isLatin(text[j-2].r)) && (j+2 >= len(text) || !isLatin(text[j+2].r))
		return short && j+1 < len(text) && isLatin(text[j+1].r)
	}
	return false
}

// ends tells whether the mark at i ends a clause.
func ends(text []letter, i int, before []token) bool {
	next := rune(' ')
	if i+1 < len(text) {
		next = text[i+1].r
	}
	switch text[i].r {
	case ',', ';', '!', '?', ':', '(', ')', '+', '|':
		return true
	case '.':
		last := len(before) - 1
		return last < 0 || !titles[before[last].text] || before[last].sort != latinWord
	case '-', '~':
		return next == ' ' && i > 0 && text[i-1].r == ' '
	case ' ':
		return i > 0 && unicode.Is(unicode.Han, text[i-1].r) && unicode.Is(unicode.Han, next)
	}
	return false
}

// ownPlural are words whose plural means something else.
var ownPlural = map[string]bool{"extras": true, "fans": true, "blinds": true, "matches": true, "twins": true, "news": true, "goods": true, "glasses": true, "spirits": true, "weights": true, "singles": true, "books": true, "boxes": true, "greens": true, "sweets": true}

// stem takes the plural and the possessive off an English word, so that the
// lists need not name both.
func stem(w string) string {
	w = strings.TrimSuffix(strings.TrimSuffix(w, "'"), "'s")
	if ownPlural[w] {
		return w
	}
	n := len(w)
	if n < 4 || w[n-1] != 's' {
		return w
	}
	switch {
	case strings.HasSuffix(w, "ies") && n > 4:
		return w[:n-3] + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "xes"), strings.HasSuffix(w, "toes"):
		return w[:n-2]
	case strings.HasSuffix(w, "ss"), strings.HasSuffix(w, "us"), strings.HasSuffix(w, "is"):
		return w
	}
	return w[:n-1]
}
