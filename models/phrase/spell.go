package phrase

// Words of fewer letters are too near to each other to be mended.
const shortest = 5

// learnErrors notes every English word of the lists with one letter left out,
// so that a word with one error is found without trying all.
func (l *lexicon) learnErrors() {
	var visit func(*node)
	visit = func(n *node) {
		for text, next := range n.next {
			if len(text) >= shortest-1 && isLatin(rune(text[0])) && !l.english[text] {
				l.english[text] = true
				if len(text) >= shortest {
					l.noteErrors(text)
				}
			}
			visit(next)
		}
	}
	visit(&l.root)
}

// noteErrors keeps the first in the alphabet of words that are one error apart.
func (l *lexicon) noteErrors(text string) {
	for _, v := range shortened(text) {
		if old, taken := l.near[v]; !taken || text < old {
			l.near[v] = text
		}
	}
}

// shortened returns the word and all it is with one letter left out, but the
// first: that one is seldom wrong.
func shortened(w string) []string {
	out := []string{w}
	for i := 1; i < len(w); i++ {
		out = append(out, w[:i]+w[i+1:])
	}
	return out
}

// mendEnglish replaces a word nobody knows by the one it is an error of.
func (l *lexicon) mendEnglish(t *token) {
	if len(t.text) < shortest-1 || l.english[t.text] {
		return
	}
	for _, v := range shortened(t.text) {
		if w, ok := l.near[v]; ok && oneError(t.text, w) {
			t.text = w
			return
		}
	}
}

// oneError tells whether one letter too many, too few or wrong, or two
// neighbours changed places, make a of b.
func oneError(a, b string) bool {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return len(a)+len(b) <= 1 || len(a) == 1 && len(b) == 1 || len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
}
