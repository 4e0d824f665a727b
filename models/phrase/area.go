package phrase

import (
	"cmp"
	"slices"
)

// Shares of a vote, in hundredths: what only says where or when counts half,
// a reason less than the wish.
const (
	whole    = 100
	atPlace  = 50
	asReason = 75
	ownVote  = 9
	atHead   = 110 // the first thing named: it settles ties
	telling  = 8   // words of this weight decide, though they give the reason only
)

// score is what the words of a phrase say for an area.
type score struct {
	area  Area
	votes int
	said  int // of these by words of the lists, not by likeness
}

// vote adds up what each clause says for the areas.
func (l *lexicon) vote(p *parsed, own []Words) []score {
	scores := make([]score, len(areas), len(areas)+len(own))
	for i, a := range areas {
		scores[i].area = a
	}
	for i := range p.clauses {
		c := &p.clauses[i]
		share, head := p.share(c), c.head()
		for n, it := range c.items {
			if it.word == nil {
				continue
			}
			part := share
			switch {
			case c.isPlace(n):
				part = part * atPlace / whole
			case n == head:
				part = part * atHead / whole
			}
			for _, v := range it.word.votes {
				scores[v.area].votes += v.weight * part
			}
		}
		var turns [len(areas)]int
		l.eachPattern(c, func(f *pattern) { turns[f.vote.area] = max(turns[f.vote.area], f.vote.weight) })
		for a, weight := range turns {
			scores[a].votes += weight * share
		}
	}
	for i := range scores {
		scores[i].said = scores[i].votes
	}
	l.recall(p, scores)
	for _, o := range own {
		votes := 0
		for _, w := range o.Words {
			if p.holds(tokens(w, l.fold(w))) {
				votes += ownVote * whole
			}
		}
		if votes == 0 {
			continue
		}
		if i := slices.IndexFunc(scores, func(s score) bool { return s.area == o.Area }); i >= 0 {
			scores[i].votes, scores[i].said = scores[i].votes+votes, scores[i].said+votes
		} else if o.Area != "" {
			scores = append(scores, score{o.Area, votes, votes})
		}
	}
	return scores
}

// share is what the votes of a clause count: less where it only gives a reason,
// unless that is one like a wheelchair, which says who must act.
func (p *parsed) share(c *clause) int {
	for _, it := range c.items {
		if it.weight() >= telling {
			return whole
		}
	}
	switch {
	case len(p.clauses) == 1:
		return whole
	case c.next != nil && c.next.has(isSo), c.says == silent, c.says == unable, c.says == tells, c.aboutPerson() && p.asksElsewhere(c):
		return asReason
	}
	return whole
}

// asksElsewhere tells whether another clause asks for something and does not
// begin with a person: "沙发要大的，他喜欢躺着看书".
func (p *parsed) asksElsewhere(but *clause) bool {
	for i := range p.clauses {
		if c := &p.clauses[i]; c != but && c.says >= names && c.says != unable && !c.aboutPerson() {
			return true
		}
	}
	return false
}

// head is the first thing the clause names; -1: it names none.
func (c *clause) head() int {
	for n, it := range c.items {
		if it.weight() >= heavy && !c.isPlace(n) {
			return n
		}
	}
	return -1
}

// isPlace tells whether the item only says where or when: a site before 里 or
// 的时候, anything soon after in, at, during.
func (c *clause) isPlace(n int) bool {
	if c.items[n].sort == latinWord {
		for back := 1; back <= 2 && n-back >= 0; back++ {
			if it := c.items[n-back]; it.sort == latinWord && it.has(isPlace) {
				return true
			}
		}
		return false
	}
	return c.items[n].has(isSite) && n+1 < len(c.items) && c.items[n+1].sort == hanChar && c.items[n+1].has(isPlace)
}

// holds tells whether the phrase holds the tokens one after another.
func (p *parsed) holds(what []token) bool {
	if len(what) == 0 {
		return false
	}
	same := func(a, b token) bool { return a.text == b.text }
	for i := 0; i+len(what) <= len(p.tokens); i++ {
		if slices.EqualFunc(p.tokens[i:i+len(what)], what, same) {
			return true
		}
	}
	return false
}

// rank returns the area with the most votes, up to three others, and whether
// the first is clearly ahead. What alarms is allergy_safety whatever it names.
func rank(scores []score, alarm bool) (top Area, others []Area, clear bool) {
	slices.SortStableFunc(scores, func(a, b score) int {
		if alarm && (a.area == AllergySafety) != (b.area == AllergySafety) {
			if a.area == AllergySafety {
				return -1
			}
			return 1
		}
		return cmp.Compare(b.votes, a.votes)
	})
	if scores[0].votes <= 0 && !alarm {
		return Other, nil, false
	}
	for _, s := range scores[1:] {
		if s.votes >= whole && len(others) < 3 {
			others = append(others, s.area)
		}
	}
	return scores[0].area, others, alarm || scores[0].said >= heavy*whole && scores[0].votes*2 >= scores[1].votes*3
}
