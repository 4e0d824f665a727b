package name

import "strings"

// marksIn marks hits in a shown romanisation of the name by laying the
// syllables of the name beside its letters. aligned is false when they do not
// fit or a hit is no syllable.
func (c *collector) marksIn(shown string, hits []hit) (marks []Span, aligned bool) {
	ls, starts := alphaOnly(shown)
	places := c.align(ls, starts)
	if places == nil {
		return nil, false
	}
	for _, h := range hits {
		place, ok := places[h.at]
		if !ok {
			return nil, false
		}
		marks = append(marks, lettersSpan(typedPart(ls[place.From:place.To], h.typed))...)
	}
	return joined(marks), len(marks) > 0
}

// typedPart returns the letters of a shown syllable that were typed; all of
// them when it was typed in another spelling.
func typedPart(ls []letter, typed string) []letter {
	if len(typed) >= len(ls) {
		return ls
	}
	for i := range len(typed) {
		if latin(ls[i].r) != typed[i:i+1] && !(typed[i] == 'v' && ls[i].r == 'u') {
			return ls
		}
	}
	return ls[:len(typed)]
}

// align finds the shown letters of each syllable, in the order of the name or
// with the surname last.
func (c *collector) align(ls []letter, starts []bool) map[int]Span {
	for _, run := range c.runs {
		if run.src != fromName || len(run.syllables) == 0 {
			continue
		}
		n := len(run.syllables)
		orders := []int{0}
		if run.surname > 0 && run.surname < n {
			orders = append(orders, run.surname)
		}
		for _, shift := range orders {
			order := append(append([]syllable(nil), run.syllables[shift:]...), run.syllables[:shift]...)
			for i, begins := range starts {
				places := map[int]Span{}
				if begins && lay(order, ls, i, places) {
					return places
				}
			}
		}
	}
	return nil
}

// lay places syllables on letters from one on, trying each spelling.
func lay(order []syllable, ls []letter, from int, places map[int]Span) bool {
	if len(order) == 0 {
		return true
	}
	for _, spell := range order[0].sound.spells {
		to := from + len(spell)
		if spell != "" && to <= len(ls) && spelled(ls[from:to], spell) && lay(order[1:], ls, to, places) {
			places[order[0].at] = Span{from, to}
			return true
		}
	}
	return false
}

func spelled(ls []letter, spell string) bool {
	var b strings.Builder
	for _, l := range ls {
		b.WriteString(latin(l.r))
	}
	return b.String() == spell
}
