package phrase

import (
	"fmt"
	"slices"
	"strings"
)

// pattern is a turn of phrase: parts in their order within one clause, with at
// most gap other words between two of them.
type pattern struct {
	parts []part
	vote  vote // weight 0: none
	is    mark // what the clause is, if not 0
}

const gap = 7

// part is a word or, in braces, any word of a class.
type part struct {
	word  *word
	class uint32
	is    mark
	area  int // a word that votes for this area with weight heavy; -1: none
}

func (p part) fits(w *word) bool {
	if w == nil {
		return false
	}
	if p.area >= 0 {
		for _, v := range w.votes {
			if v.area == p.area && v.weight >= heavy {
				return true
			}
		}
	}
	return p.word != nil && (p.word == w || slices.Contains(w.ends, p.word)) || p.class&w.classes != 0 || p.is&w.is != 0
}

// isPattern tells a turn of phrase from a word.
func isPattern(text string) bool { return strings.ContainsAny(text, "…{") }

// addPattern reads one turn of phrase: words and classes set apart by "…".
func (l *lexicon) addPattern(text string, p pattern) error {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "{", "…{"), "}", "}…")
	for piece := range strings.SplitSeq(text, "…") {
		piece = strings.TrimSpace(piece)
		if piece == "" {
			continue
		}
		next := part{area: -1}
		var err error
		if name, class := strings.CutPrefix(piece, "{"); class {
			next, err = l.anyOf(strings.TrimSuffix(name, "}"))
		} else {
			next.word, err = l.word(piece)
		}
		if err != nil {
			return err
		}
		p.parts = append(p.parts, next)
	}
	if len(p.parts) == 0 {
		return fmt.Errorf("an empty turn of phrase")
	}
	if first := p.parts[0].word; first != nil {
		l.patterns[first] = append(l.patterns[first], &p)
	} else {
		l.loose = append(l.loose, &p)
	}
	return nil
}

// anyOf is the part that a name in braces stands for: a class of classes.txt,
// an area's words, or "no" for whatever says no.
func (l *lexicon) anyOf(name string) (part, error) {
	if name == "no" {
		return part{is: isNever | isModifier | isDislike | isInability, area: -1}, nil
	}
	if i := indexOf(Area(name)); i >= 0 {
		return part{area: i}, nil
	}
	class, known := l.classes[name]
	if !known {
		return part{}, fmt.Errorf("no class %q", name)
	}
	return part{class: class, area: -1}, nil
}

// eachPattern calls found with every pattern the clause holds, once.
func (l *lexicon) eachPattern(c *clause, found func(*pattern)) {
	var seen []*pattern
	try := func(p *pattern, i int) {
		for _, s := range seen {
			if s == p {
				return
			}
		}
		if p.matches(c.items[i:]) {
			seen = append(seen, p)
			found(p)
		}
	}
	for i, it := range c.items {
		if it.word == nil {
			continue
		}
		for _, p := range l.patterns[it.word] {
			try(p, i)
		}
		for _, w := range it.word.ends {
			for _, p := range l.patterns[w] {
				try(p, i)
			}
		}
		for _, p := range l.loose {
			try(p, i)
		}
	}
}

// matches tells whether the parts come in their order, the first at the
// beginning of the items.
func (p *pattern) matches(items []item) bool {
	at := 0
	for n, part := range p.parts {
		limit := min(at+gap+1, len(items))
		if n == 0 {
			limit = min(1, len(items))
		}
		for at < limit && !part.fits(items[at].word) {
			at++
		}
		if at >= limit {
			return false
		}
		at++
	}
	return true
}
