package name

import (
	"unicode"
	"unicode/utf8"
)

// Keys are the look-up keys of one name. A term finds the name when one of the
// keys of its kind begins with it; so a key that only begins another one is
// left out where that is known beforehand.
type Keys struct {
	Alpha []string // romanised: pinyin, initials, words; at most 48
	Chars []string // every part of the name from each character on; at most 64
}

// KeysOf returns the look-up keys of a name. reading is what staff entered as
// its reading or romanisation ("サトウ ミサキ", "Zhang Muyan"), or empty.
// Keys are at most 60 characters long and each stands once.
func KeysOf(full, reading string) Keys {
	var c collector
	c.collect(full, reading)
	return c.keys
}

// collect makes all keys: first those as the name is usually read, of the name
// and then of the reading, last the rarer readings, as many as there is room.
func (c *collector) collect(full, reading string) {
	var nameLetters, readingLetters [48]letter
	var nameParts, readingParts [12]part
	c.tables = loadTables()
	full, reading = clip(full), clip(reading)
	c.letters = [2][]letter{foldLetters(nameLetters[:0], full), foldLetters(readingLetters[:0], reading)}
	c.parts = [2][]part{partsOf(nameParts[:0], c.letters[0], full), partsOf(readingParts[:0], c.letters[1], reading)}
	c.keys = Keys{Alpha: make([]string, 0, 12), Chars: make([]string, 0, 6)}
	for src := fromName; src <= fromReading; src++ {
		if len(c.letters[src]) == 0 {
			continue
		}
		c.syllableKeys(src)
		c.alphaKeys(src)
		c.kanaKeys(src)
		c.charKeys(src)
	}
	for i := range c.runs {
		c.rarerKeys(&c.runs[i])
	}
}

// charKeys emits the part of the name from each character, and from each Latin
// word before one, to its end. A Latin word begins one only if there was room
// for its own key: its first letters alone are searched as a word.
func (c *collector) charKeys(src source) {
	parts := c.parts[src]
	last := len(parts) - 1
	for last >= 0 && parts[last].script == scriptAlpha {
		last--
	}
	if last < 0 {
		return
	}
	line := &c.line
	line.reset()
	for _, p := range parts {
		for i := p.from; i < p.to; i++ {
			line.addRune(c.letters[src][i].r, i)
		}
	}
	s, n := string(line.text), 0
	for _, p := range parts[:last+1] {
		for i := p.from; i < p.to; i++ {
			r := c.letters[src][i].r
			begins := i == p.from && !p.caps && !(p.script == scriptAlpha && c.full())
			if begins || splitsAnywhere(p.script, r) {
				c.emitChars(src, s[n:], line.at[n:])
			}
			n += utf8.RuneLen(r)
		}
	}
}

// splitsAnywhere tells whether a word of the script is also looked for from its
// middle: those written without blanks are.
func splitsAnywhere(s script, r rune) bool {
	return s == scriptHan || s == scriptKana || s == scriptHangul ||
		s == scriptOther && scriptOf(r) != scriptMark && unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// alphaKeys emits the keys of all words in Latin, Greek and Cyrillic.
func (c *collector) alphaKeys(src source) {
	words := c.ofScript(src, scriptAlpha)
	if len(words) == 0 {
		return
	}
	how := HowWord
	if src == fromReading {
		how = HowReading
	}
	c.latinKeys(src, c.letters[src], words, how, src == fromReading && c.has(scriptHan, scriptKana) && !c.isPinyin(words))
}

// isPinyin tells whether the words of the reading are the pinyin of the name,
// which no Japanese spelling rules apply to.
func (c *collector) isPinyin(words []part) bool {
	var ls []letter
	var starts []bool
	for _, p := range words {
		for i := p.from; i < p.to; i++ {
			ls, starts = append(ls, c.letters[fromReading][i]), append(starts, i == p.from)
		}
	}
	return c.align(ls, starts) != nil
}

// kanaKeys emits the keys of kana words in Hepburn, with long vowels written
// and not, and in Kunrei.
func (c *collector) kanaKeys(src source) {
	words := c.ofScript(src, scriptKana)
	if len(words) == 0 {
		return
	}
	for _, st := range [...]style{stylePlain, styleShort, styleOh, styleKunrei, styleHomma} {
		c.wordKeys(src, c.letters[src], words, HowReading, st)
	}
	c.wordInitials(src, c.letters[src], words)
}

func (c *collector) ofScript(src source, s script) []part {
	var words []part
	for _, p := range c.parts[src] {
		if p.script == s {
			words = append(words, p)
		}
	}
	return words
}

// has tells whether the name itself has letters of one of the scripts.
func (c *collector) has(scripts ...script) bool {
	for _, p := range c.parts[fromName] {
		for _, s := range scripts {
			if p.script == s {
				return true
			}
		}
	}
	return false
}
