package name

// syllable is one Han character or Hangul block that is read.
type syllable struct {
	sound *sound
	at    int  // letter it stands for
	word  bool // a blank or a dot stands before it
}

// syllableRun is a stretch of syllables, usually a whole name.
type syllableRun struct {
	src       source
	syllables []syllable
	surname   int // how many of them are the surname, 0 when nobody knows
	how       How
}

const (
	maxMixed = 6 // syllables of a person's name; surname with initials is for those
	maxRound = 8 // syllables of a name that is also keyed with the surname last
)

// findRuns splits the Han and Hangul parts of a source into runs and returns
// the index of the first.
func (c *collector) findRuns(src source) int {
	first := len(c.runs)
	var before script
	for _, p := range c.parts[src] {
		if p.script != scriptHan && p.script != scriptHangul {
			before = p.script
			continue
		}
		if len(c.runs) == first || p.script != before {
			c.runs = append(c.runs, syllableRun{src: src, how: HowPinyin})
			if p.script == scriptHangul {
				c.runs[len(c.runs)-1].how = HowReading
			}
		}
		before = p.script
		c.addSyllables(&c.runs[len(c.runs)-1], p)
	}
	return first
}

// addSyllables appends what of a part can be read, surname first.
func (c *collector) addSyllables(run *syllableRun, p part) {
	ls := c.letters[run.src][p.from:p.to]
	start := len(run.syllables)
	if start > 0 && run.surname > 0 && p.lead >= gapBlank {
		run.surname = run.wordEnd()
	}
	if run.syllables == nil {
		run.syllables = make([]syllable, 0, max(8, len(ls)))
	}
	var previous *sound
	for i, l := range ls {
		s := previous
		if p.script == scriptHangul {
			s = hangulSound(l.r)
		} else if l.r != '々' {
			s = c.tables.soundOf(l)
		}
		previous = s
		if s != nil {
			run.syllables = append(run.syllables, syllable{s, p.from + i, start > 0 && len(run.syllables) == start})
		}
	}
	if start == 0 && len(run.syllables) == len(ls) {
		if p.script == scriptHangul {
			run.surname = c.tables.koreanSurname(ls, run.syllables)
		} else {
			run.surname = c.tables.surnameSounds(ls, run.syllables)
		}
	}
}

// wordEnd returns how many syllables the first word has.
func (r *syllableRun) wordEnd() int {
	for i, s := range r.syllables {
		if s.word {
			return i
		}
	}
	return len(r.syllables)
}

// syllableKeys emits the keys of the usual readings: all from each syllable on,
// their initials, surname with initials (wangxm), surname last (xiaomingwang).
func (c *collector) syllableKeys(src source) {
	for i := c.findRuns(src); i < len(c.runs); i++ {
		run := &c.runs[i]
		n := len(run.syllables)
		choice := make([]int, n)
		for from := range n {
			c.spellRun(run, choice, from)
			c.initialsOf(run, choice, from)
		}
		c.mixedKeys(run, choice)
	}
}

// spellRun emits the syllables from one on, each in the chosen spelling.
func (c *collector) spellRun(run *syllableRun, choice []int, from int) {
	c.key.reset()
	for i := from; i < len(run.syllables) && len(c.key.text) < maxKeyRunes; i++ {
		s := run.syllables[i]
		c.key.add(s.sound.spells[choice[i]], s.at)
	}
	c.emit(KindAlpha, run.how, run.src)
}

// initialsOf emits the first letters of the syllables from one on.
func (c *collector) initialsOf(run *syllableRun, choice []int, from int) {
	c.key.reset()
	for i := from; i < len(run.syllables); i++ {
		s := run.syllables[i]
		c.key.add(s.sound.spells[choice[i]][:1], s.at)
	}
	c.emit(KindAlpha, HowInitials, run.src)
}

// mixedKeys emits surname with initials and surname last.
func (c *collector) mixedKeys(run *syllableRun, choice []int) {
	n := len(run.syllables)
	if run.surname == 0 || run.surname >= n || n > maxRound {
		return
	}
	if n <= maxMixed && run.surname <= 2 && n-run.surname >= 2 {
		c.key.reset()
		for i, s := range run.syllables {
			spell := s.sound.spells[choice[i]]
			if i >= run.surname {
				spell = spell[:1]
			}
			c.key.add(spell, s.at)
		}
		c.emit(KindAlpha, run.how, run.src)
	}
	c.key.reset()
	for k := range n {
		i := (run.surname + k) % n
		c.key.add(run.syllables[i].sound.spells[choice[i]], run.syllables[i].at)
	}
	c.emit(KindAlpha, run.how, run.src)
}

// rarerKeys emits the other readings: first one syllable read otherwise, then
// two, then three, until there is no more room.
func (c *collector) rarerKeys(run *syllableRun) {
	choice := make([]int, len(run.syllables))
	for others := 1; others <= 3; others++ {
		c.vary(run, choice, 0, others, len(run.syllables))
	}
}

// vary goes through the choices in which so many more syllables, from one on,
// are read otherwise; first is the first that already is.
func (c *collector) vary(run *syllableRun, choice []int, from, others, first int) {
	if others == 0 {
		c.emitVaried(run, choice, first)
		return
	}
	for i := from; i < len(choice) && !c.full(); i++ {
		for k := 1; k < len(run.syllables[i].sound.spells); k++ {
			choice[i] = k
			c.vary(run, choice, i+1, others-1, min(first, i))
		}
		choice[i] = 0
	}
}

// emitVaried emits the keys that a choice changes.
func (c *collector) emitVaried(run *syllableRun, choice []int, first int) {
	for from := range first + 1 {
		c.spellRun(run, choice, from)
	}
	if first < run.surname {
		c.mixedKeys(run, choice)
	}
	s := run.syllables[first].sound.spells
	if s[choice[first]][0] == s[0][0] {
		return
	}
	for from := range first + 1 {
		c.initialsOf(run, choice, from)
	}
}
