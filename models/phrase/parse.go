package phrase

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// item is a known word of a phrase, or one token nobody knows.
type item struct {
	word     *word // nil: unknown
	text     string
	sort     tokenSort
	length   int // in tokens
	from, to int // bytes of the text as typed
}

func (it item) has(m mark) bool { return it.word != nil && it.word.is&m != 0 }

// clause is a run of items between two marks.
type clause struct {
	items []item
	says  answer
	is    mark // what a turn of phrase says of the whole
	next  *clause
}

// parsed is a phrase cut up.
type parsed struct {
	text    string
	tokens  []token
	clauses []clause
	chinese bool
}

// tokens are the tokens of a text with the usual errors mended.
func (l *lexicon) tokens(text string) []token {
	ts := tokens(text, l.fold(text))
	for i := range ts {
		if ts[i].sort == latinWord && !isName(text, ts, i) {
			l.mendEnglish(&ts[i])
		}
	}
	return ts
}

// isName tells a capital letter within a sentence: names are not mended.
func isName(text string, ts []token, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[ts[i].from:])
	if !unicode.IsUpper(r) || i == 0 || ts[i-1].sort == clauseEnd {
		return false
	}
	return strings.ToUpper(text) != text
}

// parse cuts a phrase into clauses of known words.
func (l *lexicon) parse(text string) *parsed {
	ts := l.tokens(text)
	p := &parsed{text: text, tokens: ts}
	for i := range ts {
		if ts[i].sort == hanChar {
			p.chinese = true
		}
	}
	var c clause
	flush := func() {
		if len(c.items) > 0 {
			p.clauses = append(p.clauses, c)
			c = clause{}
		}
	}
	for len(ts) > 0 {
		n := 0
		for n < len(ts) && ts[n].sort != clauseEnd {
			n++
		}
		for _, it := range l.cut(ts[:n]) {
			if it.has(isJoin) {
				flush()
			}
			c.items = append(c.items, it)
		}
		flush()
		ts = ts[min(n+1, len(ts)):]
	}
	for i := range p.clauses {
		c := &p.clauses[i]
		if i+1 < len(p.clauses) {
			c.next = &p.clauses[i+1]
		}
		l.eachPattern(c, func(f *pattern) { c.is |= f.is })
		c.says = c.answer()
	}
	return p
}

// refusal is what a no, and what only looks like one, is worth more than another word: 不能抽烟 is not
// 不 and 能抽烟.
const refusal = 5

// cut chooses among all words the tokens hold those that explain them best:
// long words before short ones, so that the wine in a hotel (酒店) is none.
func (l *lexicon) cut(ts []token) []item {
	type step struct {
		worth, length int
		word          *word
	}
	best := make([]step, len(ts)+1)
	for i := len(ts) - 1; i >= 0; i-- {
		best[i] = step{best[i+1].worth, 1, nil}
		at := &l.root
		for j := i; j < len(ts); j++ {
			if at = at.next[ts[j].text]; at == nil {
				break
			}
			if at.word == nil {
				continue
			}
			n := j - i + 1
			worth := n*n + best[j+1].worth
			if n > 1 && at.word.is&(isNever|isModifier|isEven|isReason|isInability) != 0 {
				worth += refusal
			}
			if worth >= best[i].worth {
				best[i] = step{worth, n, at.word}
			}
		}
	}
	out := make([]item, 0, len(ts))
	for i := 0; i < len(ts); i += best[i].length {
		last := ts[i+best[i].length-1]
		out = append(out, item{best[i].word, ts[i].text, ts[i].sort, best[i].length, ts[i].from, last.to})
	}
	return out
}
