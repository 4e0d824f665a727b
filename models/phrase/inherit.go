package phrase

import (
	"unicode"
	"unicode/utf8"
)

// polar are the marks that decide yes or no.
const polar = isNever | isModifier | isOrder | isDislike | isInability | isDo | isEven | isStop | isReason | isTopic | isPolite

// inherit gives words that vote for nothing the votes of the words within them,
// and words that say neither yes nor no what the words within them say, so that
// a list of allergens or of places need not repeat what "raw fish" or 不要送 are.
// Words that only hide shorter ones inherit nothing, and what is inherited is
// not passed on: the order of reading must not matter.
func (l *lexicon) inherit() {
	votes, marks := map[*word][]vote{}, map[*word]mark{}
	inside := map[*word][]item{}
	var visit func(at *node, path []token)
	visit = func(at *node, path []token) {
		for text, next := range at.next {
			below := append(path[:len(path):len(path)], tokenOf(text))
			if w := next.word; w != nil && w.is&(isEven|isEmpty|isShield) == 0 {
				next.word = nil
				inner := clause{items: l.cut(below)}
				next.word = w
				inside[w] = inner.items
				w.ends = l.endings(below)
				if inner.has(isMust) {
					marks[w] = isMust
				}
				if w.is&polar == 0 {
					marks[w] |= inner.polarity()
				}
				if len(w.votes) == 0 {
					votes[w] = inner.votes()
					if len(votes[w]) == 0 && w.edible() {
						votes[w] = []vote{{indexOf(Food), 4}}
					}
				}
			}
			visit(next, below)
		}
	}
	visit(&l.root, nil)
	own := map[*word]word{} // what each word had before any inherited
	for w := range inside {
		own[w] = *w
	}
	for w, items := range inside {
		w.takeOver(items, own)
	}
	for w, v := range votes {
		w.votes = v
	}
	for w, m := range marks {
		w.is |= m
	}
}

// takeOver gives the word what the words within it name by themselves, if it
// names nothing: a wool blanket is wool, and 蚕丝被 is silk.
func (w *word) takeOver(inside []item, own map[*word]word) {
	things, tags := len(w.things) == 0 && len(w.ills) == 0, len(w.tags) == 0 && len(w.free) == 0
	for _, it := range inside {
		if it.word == nil {
			continue
		}
		has := own[it.word]
		if things && len(has.things) > 0 {
			w.things = append(w.things, has.things...)
			w.heir = true
		}
		if tags && len(has.tags) > 0 {
			w.tags = append(w.tags, has.tags...)
		}
	}
}

// polarity is what the clause would say as one word: only a no is inherited.
func (c *clause) polarity() mark {
	says := func(it item) bool { return it.has(isNever | isModifier | isDislike | isInability) }
	if first := c.items[0]; !says(first) && !(first.has(isMust|isPolite) && len(c.items) > 1 && says(c.items[1])) {
		return 0
	}
	switch c.answer() {
	case no:
		return isNever
	case lacks:
		return isModifier
	case rejects:
		return isDislike
	case unable:
		return isInability
	}
	return 0
}

// votes are those of the words within one word. A single Han character within a
// longer word is seldom that word, but for the verb after a no: 不吃.
func (c *clause) votes() (out []vote) {
	for i, it := range c.items {
		single := it.sort == hanChar && it.length == 1
		if it.word != nil && (!single || i == 1 && c.items[0].has(isNever|isModifier|isDislike)) {
			out = append(out, it.word.votes...)
		}
	}
	return out
}

// edible tells whether the word names something that must not be eaten.
func (w *word) edible() bool {
	return len(w.things) > 0 && (w.things[0].where == "kitchen" || w.things[0].where == "serve")
}

// tokenOf is the token a branch of the tree stands for.
func tokenOf(text string) token {
	r, _ := utf8.DecodeRuneInString(text)
	switch {
	case unicode.Is(unicode.Han, r):
		return token{text: text, sort: hanChar}
	case unicode.IsDigit(r):
		return token{text: text, sort: numeral}
	}
	return token{text: text}
}

// endings are the words that a word ends with.
func (l *lexicon) endings(path []token) (out []*word) {
	for from := 1; from < len(path); from++ {
		at := &l.root
		for _, t := range path[from:] {
			if at = at.next[t.text]; at == nil {
				break
			}
		}
		if at != nil && at.word != nil {
			out = append(out, at.word)
		}
	}
	return out
}
