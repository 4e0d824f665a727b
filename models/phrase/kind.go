package phrase

// verdict is what all clauses say together.
type verdict struct {
	kind    Kind
	clear   bool
	wish    bool // some clause asks for something in so many words
	refuses bool // some clause says no
}

// kind weighs the clauses: the first that says yes or no and is about the area,
// then the first that says either, then dislikes and what the guest cannot do.
func (p *parsed) kind(top Area) verdict {
	var v verdict
	for i := range p.clauses {
		switch p.clauses[i].says {
		case yes:
			v.wish = true
		case no, lacks, rejects:
			v.refuses = true
		}
	}
	for _, area := range []int{indexOf(top), -1} {
		if v.kind, v.clear = p.decide(area); v.kind != "" {
			return v
		}
	}
	v.kind, v.clear = p.lean(top)
	return v
}

// decide looks for a yes or no among the clauses about the area, all if it is
// negative. Things named before a no are the wish it belongs to: of one thing
// the no may say all ("红酒，别太甜"), but not of two.
func (p *parsed) decide(area int) (Kind, bool) {
	named, told := 0, 0
	for i := range p.clauses {
		c := &p.clauses[i]
		if !c.votesFor(area) {
			continue
		}
		switch c.says {
		case yes:
			return Do, true
		case no, stops:
			if named > 1 {
				return Do, false
			}
			return Never, true
		case lacks:
			if named > 0 || told > 0 && c.has(isContrast) {
				return Do, false
			}
			return Never, true
		case tells:
			told += c.things()
		case names:
			named += c.things()
		}
	}
	return "", false
}

// lean is the answer where nothing is said in so many words.
func (p *parsed) lean(top Area) (Kind, bool) {
	cannot := false
	for i := range p.clauses {
		switch p.clauses[i].says {
		case names:
			return Do, true
		case rejects:
			return Never, true
		case unable:
			cannot = true
		}
	}
	if cannot && top != Address {
		return Never, false
	}
	return Do, true
}

func indexOf(a Area) int {
	for i, known := range areas {
		if known == a {
			return i
		}
	}
	return -1
}
