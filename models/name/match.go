package name

import "strings"

// Span is a part of a shown text: the bytes from From up to To.
type Span struct{ From, To int }

// How tells in what way a term explains a name.
type How int

// The ways: by characters, by pinyin (王小明 by xiaom), by initials (wxm), by a
// word in Latin letters, by the reading or romanisation of other scripts.
const (
	HowChars How = iota
	HowPinyin
	HowInitials
	HowWord
	HowReading
)

// Match tells whether the prefix of a term explains a name, how, and what to
// mark in the two shown texts: the name, and the romanisation beside it. ok
// exactly when a key of KeysOf(full, reading) of that kind has the prefix.
// Spans are in order, do not overlap, and begin and end at characters. Where
// the shown romanisation is another than the one that was typed, the characters
// of the name are marked instead.
func Match(kind TermKind, prefix, full, reading, shownReading string) (how How, inName, inReading []Span, ok bool) {
	if prefix == "" {
		return 0, nil, nil, false
	}
	c := collector{wanted: prefix, kind: kind}
	c.collect(full, reading)
	if !c.found {
		return 0, nil, nil, false
	}
	hits := c.hits()
	switch {
	case c.src == fromReading && shownReading == reading:
		return c.how, nil, c.spans(hits), true
	case c.src == fromReading:
		return c.how, nil, findWord(prefix, shownReading), true
	case kind == KindChars || c.how == HowWord || shownReading == "":
		return c.how, c.spans(hits), nil, true
	}
	if marks, aligned := c.marksIn(shownReading, hits); aligned {
		return c.how, nil, marks, true
	}
	return c.how, c.spans(hits), nil, true
}

// hit is a letter of the source and how the term spelled it.
type hit struct {
	at    int
	typed string
}

func (c *collector) hits() []hit {
	var list []hit
	for i := 0; i < len(c.foundAt); {
		j := i + 1
		for j < len(c.foundAt) && c.foundAt[j] == c.foundAt[i] {
			j++
		}
		list = append(list, hit{int(c.foundAt[i]), c.wanted[i:j]})
		i = j
	}
	return list
}

// spans returns where the hit letters stand in their source.
func (c *collector) spans(hits []hit) []Span {
	var marks []Span
	for _, h := range hits {
		l := c.letters[c.src][h.at]
		marks = append(marks, Span{l.from, l.to})
	}
	return joined(marks)
}

// joined sorts spans and joins those that touch.
func joined(marks []Span) []Span {
	var out []Span
	for i := 1; i < len(marks); i++ {
		for j := i; j > 0 && marks[j].From < marks[j-1].From; j-- {
			marks[j], marks[j-1] = marks[j-1], marks[j]
		}
	}
	for _, m := range marks {
		if n := len(out); n > 0 && m.From <= out[n-1].To {
			out[n-1].To = max(out[n-1].To, m.To)
			continue
		}
		out = append(out, m)
	}
	return out
}

// findWord marks a term in a romanisation it was not made from, where a word
// begins with it.
func findWord(prefix, shown string) []Span {
	ls, starts := alphaOnly(shown)
	for i := range ls {
		if !starts[i] {
			continue
		}
		var typed strings.Builder
		for j := i; j < len(ls) && typed.Len() < len(prefix); j++ {
			typed.WriteString(latin(ls[j].r))
			if typed.String() == prefix {
				return lettersSpan(ls[i : j+1])
			}
		}
	}
	return nil
}

// alphaOnly returns the Latin letters of a text and which of them begin a word.
func alphaOnly(shown string) (ls []letter, starts []bool) {
	begins := true
	for _, l := range foldLetters(nil, shown) {
		if scriptOf(l.r) != scriptAlpha {
			begins = begins || l.r != '\''
			continue
		}
		ls, starts = append(ls, l), append(starts, begins)
		begins = false
	}
	return ls, starts
}

func lettersSpan(ls []letter) []Span {
	var marks []Span
	for _, l := range ls {
		marks = append(marks, Span{l.from, l.to})
	}
	return joined(marks)
}
