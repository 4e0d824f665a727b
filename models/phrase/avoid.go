package phrase

import (
	"slices"
	"strings"
)

// alarming are the words whose clause says what the guest cannot bear.
const alarming = isAllergy | isReaction | isUpset | isForbidden | isNear | isSensitive | isPregnant

// avoid is the instruction for an allergy or a danger: what must not be there,
// said as an order, and whatever else the phrase asks for, without the illness.
func (l *lexicon) avoid(p *parsed, h findings) string {
	var named []bad
	var also []span
	spent, pens := map[*clause]bool{}, p.pens()
	for i := range p.clauses {
		c := &p.clauses[i]
		switch {
		case pens[c]:
			if c.known() {
				named = append(named, p.bads(c, false)...)
			}
			spent[c] = !h.stored || c.bare()
		case c.has(isMedicine) && c.stores():
			// "the insulin into the fridge" is a wish like any other; that they
			// carry it says only what is said already.
			spent[c] = c.says != yes && !h.stored
		case c.is&alarming == 0 && !c.mentions(alarming):
			if i > 0 && spent[&p.clauses[i-1]] && c.lists() {
				named, spent[c] = append(named, p.bads(c, false)...), true
			}
		default:
			named, spent[c] = append(named, p.bads(c, true)...), true
			if rest := c.rest(); rest != nil {
				also = append(also, rest.span())
			}
		}
	}
	if len(named) == 0 && h.absent {
		for i := range p.clauses {
			if c := &p.clauses[i]; c.says != yes {
				named, spent[c] = append(named, p.bads(c, false)...), spent[c] || c.lists()
			}
		}
	}
	wishes := p.join(append(also, p.wishes(func(c *clause) bool { return spent[c] || c.repeats(named) })...))
	var out []string
	for _, ill := range h.ills {
		if s := p.pick([2]string{ill.zh, ill.en}); (ill.always || wishes == "" && len(named) == 0) && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	out = append(out, p.orders(named, h)...)
	if h.pen && len(out) == 0 { // against what, nobody said
		out = append(out, p.pick(l.instead["allergy"]))
	}
	if wishes != "" {
		out = append(out, l.withoutMedicine(p, wishes))
	}
	if len(out) == 0 {
		return p.pick(l.instead["allergy"])
	}
	return strings.Join(out, p.pick([2]string{"；", "; "}))
}

// rest is what the clause asks for after it has named an allergy: "花生过敏要靠窗
// 的桌子"; nil: nothing.
func (c *clause) rest() *clause {
	_, at := c.window()
	if at == 0 || at+1 >= len(c.items) {
		return nil
	}
	rest := &clause{items: c.items[at+1:]}
	rest.trim()
	for _, it := range rest.items {
		if it.word != nil && len(it.word.things) > 0 || it.has(alarming) || it.ill() {
			return nil
		}
	}
	if rest.things() == 0 {
		return nil
	}
	return rest
}

// stores tells whether all that alarms in the clause is the name of a medicine.
func (c *clause) stores() bool {
	for _, it := range c.items {
		if (it.has(alarming) || it.ill()) && !it.has(isMedicine) {
			return false
		}
	}
	return true
}

// lists tells whether the clause only goes on with things: "allergic to peanuts,
// shellfish and eggs".
func (c *clause) lists() bool {
	n := 0
	for _, it := range c.items {
		switch {
		case it.word != nil && len(it.word.things) > 0 && !it.word.heir:
			n++
		case it.sort == listMark, it.has(isEmpty):
		default:
			return false
		}
	}
	return n > 0
}

// repeats tells whether the clause only forbids what is forbidden already.
func (c *clause) repeats(named []bad) bool {
	if c.says != no && c.says != lacks && c.says != rejects {
		return false
	}
	n := 0
	for _, it := range c.items {
		switch {
		case it.word == nil:
			return false
		case len(it.word.things) > 0 && !it.word.heir:
			if !slices.ContainsFunc(named, func(b bad) bool { return b.thing == it.word.things[0] }) {
				return false
			}
			n++
		case it.weight() >= heavy && !it.has(isNever|isModifier|isTopic):
			return false
		}
	}
	return n > 0
}
