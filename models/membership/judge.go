package membership

import (
	"shuke/models/standing"
	"shuke/models/stay"
)

// Figures are what a customer's stays come to within a window.
type Figures struct {
	Nights int
	Stays  int
	Spend  int64 // minor units
}

// figures adds up the stays of the window that ends today. A stay counts by the
// day of its arrival, until the day so many months later.
func (t Tier) figures(list []stay.Dealing, today string) Figures {
	var out Figures
	for _, d := range list {
		if t.Months == 0 || standing.AfterMonths(d.On, t.Months) > today {
			out.Nights += d.Nights
			out.Stays++
			out.Spend += d.Amount
		}
	}
	return out
}

// Met reports whether the figures meet the rule of a level. One that asks for
// nothing is met by everybody.
func (t Tier) Met(f Figures) bool {
	asked, met := 0, 0
	part := func(wanted, is int64) {
		if wanted > 0 {
			asked++
			if is >= wanted {
				met++
			}
		}
	}
	part(int64(t.Nights), int64(f.Nights))
	part(int64(t.Stays), int64(f.Stays))
	part(t.Spend, f.Spend)
	return met == asked || t.Any && met > 0
}

// Missing is what is still needed to meet the rule; zero for what is there or
// not asked for.
func (t Tier) Missing(f Figures) Figures {
	return Figures{Nights: max(t.Nights-f.Nights, 0), Stays: max(t.Stays-f.Stays, 0), Spend: max(t.Spend-f.Spend, 0)}
}

// Judge finds the highest level whose rule the stays meet, with the figures that
// met it. Who meets none has the lowest.
func (c Club) Judge(list []stay.Dealing, today string) (Tier, Figures) {
	for i := len(c.Tiers) - 1; i >= 0; i-- {
		if f := c.Tiers[i].figures(list, today); c.Tiers[i].Met(f) {
			return c.Tiers[i], f
		}
	}
	if len(c.Tiers) == 0 {
		return Tier{}, Figures{}
	}
	return c.Tiers[0], c.Tiers[0].figures(list, today)
}

// Progress is how far a member is from the next level.
type Progress struct {
	Next    Tier
	Missing Figures
	Months  int // window of the rule of Next
}

// Next says what is missing to the level above a rank; false at the top.
func (c Club) Next(rank int, list []stay.Dealing, today string) (Progress, bool) {
	t, ok := c.Above(rank)
	if !ok {
		return Progress{}, false
	}
	return Progress{Next: t, Missing: t.Missing(t.figures(list, today)), Months: t.Months}, true
}

// settled brings the level of a member in step with the rules on a day, and sets
// the day on which to look again. It touches no database.
func (m Member) settled(c Club, list []stay.Dealing, today string) Member {
	met, f := c.Judge(list, today)
	held, known := c.Tier(m.RuleTierID)
	switch {
	case !known || met.Rank >= held.Rank:
		m.RuleTierID, m.Figures, m.HoldsTo = met.ID, f, ""
	case m.HoldsTo == "" && held.GraceMonths > 0: // not met any more: it is kept for a while
		m.HoldsTo = standing.AfterMonths(today, held.GraceMonths)
	case m.HoldsTo <= today:
		m.RuleTierID, m.Figures, m.HoldsTo = met.ID, f, ""
	}
	if m.HandUntil != "" && m.HandUntil < today {
		m.HandTierID, m.HandBy, m.HandOn, m.HandUntil, m.HandReason = 0, 0, "", "", ""
	}
	rule, _ := c.Tier(m.RuleTierID)
	given, byHand := c.Tier(m.HandTierID)
	before := m.TierID
	if m.TierID = rule.ID; byHand && given.Rank > rule.Rank {
		m.TierID = given.ID
	}
	if m.TierID != before {
		m.TierOn = today
	}
	m.Judged = c.Rules
	m.CheckOn = m.nextLook(c, list, today)
	return m
}

// ByHand reports whether the level is the one that a person gave: by the rules it
// would be lower.
func (m Member) ByHand() bool {
	return m.HandTierID != 0 && m.TierID == m.HandTierID && m.RuleTierID != m.TierID
}

// nextLook is the first day on which time alone can change something: a stay
// leaves a window, a level is kept no longer, a day set by a person has passed.
func (m Member) nextLook(c Club, list []stay.Dealing, today string) string {
	next := m.HoldsTo
	soonest := func(day string) {
		if day > today && (next == "" || day < next) {
			next = day
		}
	}
	for _, t := range c.Tiers {
		for _, d := range list {
			if t.Months > 0 {
				soonest(standing.AfterMonths(d.On, t.Months))
			}
		}
	}
	if m.HandUntil != "" {
		soonest(dayAfter(m.HandUntil))
	}
	return next
}
