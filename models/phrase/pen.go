package phrase

import "slices"

// pens are the clauses that tell of a pen with adrenaline and of what it is
// against. Who carries one may die of something, which often stands beside it as
// a bare word: "I carry an EpiPen, bees". Where the pen is to be kept is a wish
// like any other.
func (p *parsed) pens() map[*clause]bool {
	var out map[*clause]bool // most phrases tell of none
	for i := range p.clauses {
		if c := &p.clauses[i]; !c.has(isPen) || !c.stores() || c.says == yes || c.says == lacks {
			continue
		}
		if out == nil {
			out = map[*clause]bool{}
		}
		out[&p.clauses[i]] = true
		for j := i + 1; j < len(p.clauses) && p.clauses[j].blames(); j++ {
			out[&p.clauses[j]] = true
		}
		for j := i - 1; j >= 0 && p.clauses[j].blames(); j-- {
			out[&p.clauses[j]] = true
		}
	}
	return out
}

// blames tells whether the clause only names things, as what a pen is against:
// "bees", "because of bees", "怕蜜蜂".
func (c *clause) blames() bool {
	known := false
	for _, it := range c.items {
		switch {
		case it.sort == listMark:
		case it.word == nil:
			return false
		case len(it.word.things) > 0 && !it.word.heir:
			known = true
		case !it.has(isEmpty | isReason | isJoin | isDislike | isInability | isPerson | isCause | isHabit | isNever | isModifier | isForbidden):
			return false
		}
	}
	return known
}

// known tells whether the clause names a thing of the list of allergens, and none
// of the house beside it: what stands in the fridge with the pen is not what it is
// against.
func (c *clause) known() bool {
	known := false
	for _, it := range c.items {
		switch {
		case it.word != nil && len(it.word.things) > 0 && !it.word.heir:
			known = true
		case it.isReal() && !it.has(isPen) && !slices.Contains(carries, it.text):
			return false
		}
	}
	return known
}

// carries are the words about a pen that say no more than that it is there.
var carries = []string{"carry", "carries", "carrying", "always", "随身", "随身带", "带", "带着", "携带", "随身携带"}

// bare tells whether the clause says nothing but that the pen is there.
func (c *clause) bare() bool {
	rest := &clause{}
	for _, it := range c.items {
		if !slices.Contains(carries, it.text) && !it.has(isPen) {
			rest.items = append(rest.items, it)
		}
	}
	return !rest.strange() && !rest.has(isPlace|isSite) && rest.things() == 0
}
