package phrase

import "strings"

// span is a piece of the text as typed.
type span struct{ from, to int }

// instruct is what staff see of the phrase: the phrase itself, or the wish in it
// without the reason that must be sealed.
func (l *lexicon) instruct(p *parsed, h findings) string {
	switch {
	case h.about == "":
		return p.tidy(span{0, len(p.text)})
	case h.alarm:
		return l.avoid(p, h)
	}
	for i := range p.clauses {
		if c := &p.clauses[i]; c.has(leftOut) && c.has(isSpoken) && (c.says == no || c.says == lacks) {
			return p.pick(l.talk[h.about])
		}
	}
	if s := p.join(p.wishes(func(*clause) bool { return false })); s != "" {
		return s
	}
	return p.pick(l.instead[h.about])
}

// wishes are the pieces of the phrase that staff may see: the clauses that are
// not spent and name nothing sealed, and of others what is beside the sealed word.
func (p *parsed) wishes(spent func(*clause) bool) []span {
	var plain, parts []span
	for i := range p.clauses {
		c := &p.clauses[i]
		switch {
		case spent(c) || !c.says.something() && !c.named() && !c.strange():
		case !c.mentions(leftOut):
			plain = append(plain, c.span())
		case c.says == yes || c.says == no || c.says == lacks || c.says == stops:
			plain = append(plain, c.beside()...)
		default:
			parts = append(parts, c.beside()...)
		}
	}
	if len(plain) == 0 {
		return parts
	}
	return plain
}

// something tells whether the answer is more than a topic.
func (a answer) something() bool { return a > tells }

// strange tells whether the clause holds a word nobody knows, which may be the
// wish itself.
func (c *clause) strange() bool {
	for _, it := range c.items {
		if it.word == nil && it.sort != listMark && (it.sort == latinWord && len(it.text) > 3 || it.sort == numeral) {
			return true
		}
	}
	n := 0
	for _, it := range c.items {
		if it.word == nil && it.sort == hanChar {
			n++
		}
	}
	return n > 1
}

// named tells whether the clause names anything of an area.
func (c *clause) named() bool {
	for _, it := range c.items {
		if it.weight() > 0 {
			return true
		}
	}
	return false
}

// mentions tells whether a word of the clause carries the mark or is an illness.
func (c *clause) mentions(m mark) bool {
	for _, it := range c.items {
		if (it.has(m) || it.ill()) && !it.has(isMedicine) {
			return true
		}
	}
	return false
}

// ill tells whether the item names a danger.
func (it item) ill() bool { return it.word != nil && len(it.word.ills) > 0 }

func (c *clause) span() span { return span{c.items[0].from, c.items[len(c.items)-1].to} }

// beside is what stands before and after sealed words, if it says anything:
// "信佛不吃牛肉" leaves 不吃牛肉.
func (c *clause) beside() (out []span) {
	run := clause{}
	flush := func() {
		run.trim()
		if len(run.items) > 0 && (run.answer().something() || run.things() > 0) {
			out = append(out, run.span())
		}
		run.items = nil
	}
	for _, it := range c.items {
		if it.has(leftOut) || it.ill() {
			flush()
			continue
		}
		run.items = append(run.items, it)
	}
	flush()
	return out
}

// trim takes words off the ends that mean nothing there.
func (c *clause) trim() {
	idle := func(it item) bool {
		return it.sort == listMark || it.has(isPolite|isEmpty|isJoin|isSo|isReason|isPerson) && !it.has(isNever|isModifier|isDo|isDislike) && it.weight() == 0
	}
	for len(c.items) > 0 && idle(c.items[0]) {
		c.items = c.items[1:]
	}
	for len(c.items) > 0 && idle(c.items[len(c.items)-1]) {
		c.items = c.items[:len(c.items)-1]
	}
}

// join puts the pieces together; neighbours keep the marks between them.
func (p *parsed) join(pieces []span) string {
	var out []string
	for i := 0; i < len(pieces); {
		s := pieces[i]
		for i++; i < len(pieces) && p.neighbours(s.to, pieces[i].from); i++ {
			s.to = pieces[i].to
		}
		if t := p.tidy(s); t != "" {
			out = append(out, t)
		}
	}
	return strings.Join(out, p.pick([2]string{"，", ", "}))
}

// neighbours tells whether no word stands between two places.
func (p *parsed) neighbours(from, to int) bool {
	for _, t := range p.tokens {
		if t.sort != clauseEnd && t.from >= from && t.to <= to {
			return false
		}
	}
	return true
}

// tidy is a piece of the text without blanks, closing marks and politeness at
// its ends. A piece of nothing but politeness stays as it is.
func (p *parsed) tidy(s span) string {
	items := p.within(s)
	first, last := 0, len(items)-1
	for first <= last && items[first].has(isPolite) {
		first++
	}
	for last >= first && items[last].has(isPolite) {
		last--
	}
	if first <= last {
		if first > 0 {
			s.from = items[first].from
		}
		if last < len(items)-1 {
			s.to = items[last].to
		}
	}
	text := strings.TrimSpace(p.text[s.from:s.to])
	for {
		cut := strings.TrimRight(text, " \t\r\n，,。；;、!！~～:：-")
		cut = strings.TrimLeft(cut, " \t\r\n，,。；;、!！~～:：-")
		if n := len(cut); n > 1 && cut[n-1] == '.' && !strings.HasSuffix(cut, "..") && !isTitle(cut) {
			cut = cut[:n-1]
		}
		if cut == text || cut == "" {
			return text
		}
		text = cut
	}
}

// isTitle tells whether the text ends with Mr. or the like.
func isTitle(text string) bool {
	i := strings.LastIndexAny(text, " ,") + 1
	return titles[strings.ToLower(strings.TrimSuffix(text[i:], "."))]
}

// within are the items of the piece.
func (p *parsed) within(s span) (out []item) {
	for i := range p.clauses {
		for _, it := range p.clauses[i].items {
			if it.from >= s.from && it.to <= s.to {
				out = append(out, it)
			}
		}
	}
	return out
}

// pick chooses between Chinese and English as the phrase did.
func (p *parsed) pick(of [2]string) string {
	if p.chinese {
		return of[0]
	}
	return of[1]
}
