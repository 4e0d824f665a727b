package phrase

import "slices"

// strength is how much the wish matters.
func (p *parsed) strength(alarm bool) int {
	strength := 2
	for i := range p.clauses {
		if p.clauses[i].has(isMust) {
			return 3
		}
		if p.clauses[i].has(isLikes) {
			strength = 1
		}
	}
	if alarm {
		return 3
	}
	return strength
}

// tags returns what the phrase is about, and those of it that must be kept away:
// all of a never but what another clause asks for, what a clause takes away, and
// what words like vegetarian or decaf are free of.
func (l *lexicon) tags(p *parsed, h findings, kind Kind) (about, avoid []string) {
	add := func(list *[]string, tag string) {
		if !slices.Contains(*list, tag) {
			*list = append(*list, tag)
		}
	}
	for i := range p.clauses {
		c := &p.clauses[i]
		away := kind == Never && c.says != yes || c.says == no || c.says == lacks || c.says == rejects
		for _, it := range c.items {
			if it.word == nil {
				continue
			}
			for _, t := range it.word.tags {
				add(&about, t)
				if away {
					add(&avoid, t)
				}
			}
			for _, t := range it.word.free {
				add(&about, t)
				add(&avoid, t)
			}
		}
	}
	return about, avoid
}
