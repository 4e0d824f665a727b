package name

import "unicode/utf8"

// latinKeys emits the keys of the words: each word joined with those after it
// and, going round, those before it. So every word, every joined run of words
// (vanderberg, obrien) and the family name put first begin some key.
func (c *collector) latinKeys(src source, ls []letter, parts []part, how How, japanese bool) {
	for st := range styles {
		if st == stylePlain {
			c.wordKeys(src, ls, parts, how, st)
			c.wordInitials(src, ls, parts)
			continue
		}
		if c.styleSet == nil {
			set := stylesFor(ls, japanese)
			c.styleSet = &set
		}
		if c.styleSet[st] {
			c.wordKeys(src, ls, parts, how, st)
		}
	}
	c.styleSet = nil
}

// roundWords is how many words of a name may go round. Longer ones are firms.
const roundWords = 6

func (c *collector) wordKeys(src source, ls []letter, parts []part, how How, st style) {
	line := &c.line
	line.reset()
	starts := c.starts[:0]
	for _, p := range parts {
		starts = append(starts, len(line.text))
		spellPart(line, p, ls, p.to, st)
	}
	c.starts = starts
	respell(line, starts, st)
	for _, s := range starts {
		c.key.reset()
		c.key.addDraft(line, s, len(line.text))
		if len(parts) <= roundWords {
			c.key.addDraft(line, 0, s)
		}
		c.emit(KindAlpha, how, src)
	}
	if len(parts) >= 3 && len(parts) <= roundWords {
		c.key.reset()
		c.key.addDraft(line, 0, starts[1])
		c.key.addDraft(line, starts[len(starts)-1], len(line.text))
		c.emit(KindAlpha, how, src)
	}
}

// spellPart appends a word up to a letter.
func spellPart(d *draft, p part, ls []letter, to int, st style) {
	if p.script == scriptKana {
		spellKana(d, ls[p.from:to], p.from)
		return
	}
	spellWord(d, ls[p.from:to], p.from, st)
}

// wordInitials emits the first letters of the words, from each word on, and
// for two words the other way round too.
func (c *collector) wordInitials(src source, ls []letter, parts []part) {
	line := &c.line
	line.reset()
	starts := c.starts[:0]
	for _, p := range parts {
		if p.caps || p.first.r <= '9' {
			continue
		}
		n := len(line.text)
		spellPart(line, p, ls, p.from+1, stylePlain)
		if _, size := utf8.DecodeRune(line.text[n:]); size > 0 { // Щ is one initial, not four
			line.text, line.at = line.text[:n+size], line.at[:n+size]
			starts = append(starts, n)
		}
	}
	c.starts = starts
	if len(starts) > roundWords {
		return
	}
	for _, s := range starts {
		c.key.reset()
		c.key.addDraft(line, s, len(line.text))
		c.emit(KindAlpha, HowInitials, src)
	}
	if len(starts) == 2 {
		c.key.reset()
		c.key.addDraft(line, starts[1], len(line.text))
		c.key.addDraft(line, 0, starts[1])
		c.emit(KindAlpha, HowInitials, src)
	}
}
