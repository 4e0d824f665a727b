package phrase

// findings is what a phrase says of the guest's health, creed and family.
type findings struct {
	alarm   bool // a stated allergy, intolerance or medical danger
	denied  bool // says there is none
	absent  bool // something must not be there, whatever else is said
	stored  bool // names a medicine only
	pen     bool // tells of a pen with adrenaline
	allergy bool // names an allergy, not only an intolerance
	about   string
	things  []*thing
	ills    []*condition
}

// health looks at the whole phrase: the reaction and its cause often stand in
// two clauses.
func (l *lexicon) health(p *parsed) findings {
	var all mark
	var h findings
	var usual, allergy, eaten bool
	for i := range p.clauses {
		c := &p.clauses[i]
		all |= c.is
		for _, it := range c.items {
			if it.word == nil {
				continue
			}
			all |= it.word.is
			h.things = append(h.things, it.word.things...)
			h.ills = append(h.ills, it.word.ills...)
			allergy = allergy || it.has(isAllergy) && !it.has(isMedicine)
			for _, t := range it.word.things {
				usual = usual || t.usual
				eaten = eaten || t.where == "kitchen" || t.where == "serve"
			}
		}
	}
	h.allergy = all&(isReaction|isStrict) != 0
	against := false // the pen is against something that is named
	for c := range p.pens() {
		h.pen, against = true, against || c.known()
	}
	has := func(m mark) bool { return all&m != 0 }
	known := len(h.things) > 0
	switch {
	case allergy, against,
		has(isReaction) && (known || has(isCause)),
		has(isUpset) && eaten,
		has(isForbidden) && usual,
		has(isSensitive|isNear) && known,
		has(isPregnant) && p.refusesFood():
		h.alarm, h.absent = true, true
	case has(isAllergy), len(h.ills) > 0:
		h.alarm, h.absent, h.stored = true, has(isCaution), len(h.ills) == 0
	case has(isDenial):
		h.alarm, h.denied = true, true
		if has(isExcept) && known {
			h.denied, h.absent = false, true
		}
	}
	switch {
	case h.alarm && !h.denied, has(isHealth | keepsHealth | isPregnant):
		h.about = Health
	case has(isCreed | keepsCreed):
		h.about = Creed
	case has(isFamily | keepsFamily):
		h.about = Family
	}
	return h
}

// refusesFood tells whether something to eat or drink must be absent.
func (p *parsed) refusesFood() bool {
	for i := range p.clauses {
		c := &p.clauses[i]
		if (c.says == no || c.says == lacks || c.says == rejects) && (c.votesFor(indexOf(Food)) || c.votesFor(indexOf(Drinks))) {
			return true
		}
	}
	return false
}

// kind is never where something must be absent; a danger with a wish in so many
// words ("the insulin into the fridge") is what the wish is.
func (h findings) kind(v verdict) Kind {
	switch {
	case h.denied, h.stored && !v.refuses:
		return Do
	case h.absent || !v.wish || v.refuses:
		return Never
	}
	return v.kind
}
