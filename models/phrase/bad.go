package phrase

import (
	"slices"
	"strings"
)

// bad is what must not be there; a thing nobody knows has a name only.
type bad struct {
	name string
	*thing
}

// bads are the things of a clause. Of one that names an allergy also words nobody
// knows are things, where the name of one stands: between 对 and 过敏, before
// "allergy", after "allergic to". Rather a word too many than an allergen lost.
func (p *parsed) bads(c *clause, stranger bool) (out []bad) {
	from, to := 0, 0
	if stranger {
		from, to = c.window()
	}
	var run []item
	flush := func() {
		if len(run) > 0 {
			name := p.text[run[0].from:run[len(run)-1].to]
			if run[0].sort != hanChar || len([]rune(name)) > 1 {
				out = append(out, bad{name: name})
			}
		}
		run = nil
	}
	for i, it := range c.items {
		inside := i >= from && i < to
		switch {
		case it.word != nil && len(it.word.things) > 0:
			flush()
			for _, t := range it.word.things {
				out = append(out, bad{p.nameOf(it, t), t})
				if !it.word.heir {
					break
				}
			}
		case inside && it.sort != listMark && (it.word == nil || it.word.is == 0 && it.weight() > 1 || it.has(isTopic|isSite) && it.weight() >= heavy):
			run = append(run, it)
		default:
			flush()
		}
	}
	flush()
	return out
}

// nameOf is how the guest named the thing; a longer word that only holds it, or
// one with a typing error, is named as the list does.
func (p *parsed) nameOf(it item, t *thing) string {
	typed := p.text[it.from:it.to]
	switch {
	case it.word.heir:
		return p.pick([2]string{t.zh, t.en})
	case it.sort == latinWord && it.length == 1 && stem(strings.ToLower(typed)) != stem(it.word.text):
		return it.word.text
	}
	return typed
}

// window is where the clause names what the guest cannot bear.
func (c *clause) window() (from, to int) {
	at := slices.IndexFunc(c.items, func(it item) bool { return it.has(isAllergy|isSensitive) && !it.has(isMedicine) })
	if at < 0 {
		return 0, 0
	}
	if c.items[at].sort == latinWord {
		for i := at + 1; i < len(c.items) && i <= at+2; i++ {
			if t := c.items[i].text; t == "to" || t == "of" {
				return i + 1, len(c.items)
			}
		}
		for from = at; from > 0 && !c.items[from-1].has(isPerson|isCause|isNever|isDo|isReason); from-- {
		}
		return from, at
	}
	for i := at - 1; i >= 0; i-- {
		if c.items[i].text == "对" {
			return i + 1, at
		}
	}
	return max(0, at-3), at
}
