package card

import (
	"cmp"
	"context"
	"slices"
	"time"

	"shuke/models/customer"
	"shuke/models/stay"
	"shuke/policies"
)

// Visit is what the head of a card tells of stays: the present or the next one,
// the last one, and how often the guest has come.
type Visit struct {
	Now    *stay.Stay // in house, or arriving here or elsewhere from today on
	Here   bool       // Now is at the reader's branch
	Today  bool       // they arrive today
	Times  int        // the number of the visit that Now is, or of those so far
	Last   *stay.Stay // the last one that took place before Now
	Totals stay.Totals
	Recent []stay.Stay
}

// staysRead is how many of the latest stays a card reads.
const staysRead = 12

func visit(list []stay.Stay, totals stay.Totals, a policies.Actor) Visit {
	v := Visit{Totals: totals, Times: totals.Stays, Recent: list}
	today := a.Today()
	for i := range list { // newest first: the soonest of those to come stands last
		s := &list[i]
		switch {
		case s.Status == stay.InHouse:
			v.Now = s
		case s.Status == stay.Reserved && s.ArriveOn >= today && (v.Now == nil || v.Now.Status != stay.InHouse):
			v.Now = s
		}
	}
	for i := range list {
		if s := &list[i]; s.Status.TookPlace() && s != v.Now {
			v.Last = s
			break
		}
	}
	if v.Now != nil {
		v.Here, v.Today = v.Now.BranchID == a.BranchID, v.Now.ArriveOn == today
		if v.Now.Status == stay.Reserved {
			v.Times++
		}
	}
	return v
}

// ready marks the lines of the head that are made ready for the present stay.
func (c *Card) ready(ctx context.Context, stays *stay.Store) error {
	if c.Visit.Now == nil || !c.Visit.Here {
		return nil
	}
	kept, err := stays.Kept(ctx, []int64{c.Visit.Now.ID})
	if err != nil {
		return err
	}
	done := map[string]time.Time{}
	for _, k := range kept[c.Visit.Now.ID] {
		done[k.Key] = k.DoneAt
	}
	for _, list := range [][]Line{c.Do, c.Never} {
		for i := range list {
			list[i].DoneAt = done[stay.WishKey(list[i].N)]
		}
	}
	return nil
}

// Saying is what may be said to the guest: only what is true yet.
type Saying struct {
	Arriving  bool     // they come in today, or are just in
	Times     int      // the number of this visit, 0 when there is none
	Ready     []string // what is made ready and may be promised
	Unready   int      // how many things are not: they are not mentioned
	Birthday  bool     // today
	Wedding   bool
	LongSince bool // half a year or more since the last visit
}

// readyNamed is how many things that are ready one sentence names.
const readyNamed = 2

func (c *Card) say(today string) {
	s := &c.Saying
	if c.Visit.Now != nil && c.Visit.Here {
		s.Arriving, s.Times = c.Visit.Today, c.Visit.Times
	}
	for _, l := range c.Do {
		switch {
		case !l.Sheet: // nobody makes it ready, so it is neither promised nor missed
		case l.DoneAt.IsZero():
			s.Unready++
		case len(s.Ready) < readyNamed:
			s.Ready = append(s.Ready, l.Text)
		}
	}
	if c.Visit.Now == nil || !c.Visit.Here {
		s.Unready = 0
	}
	for _, o := range c.Occasions {
		if o.Days == 0 {
			s.Birthday = s.Birthday || o.Field.Key == "birth"
			s.Wedding = s.Wedding || o.Field.Key == "wedding_anniversary"
		}
	}
	if last := c.Visit.Last; last != nil && c.Visit.Today {
		from, err := time.Parse(time.DateOnly, last.ArriveOn)
		to, err2 := time.Parse(time.DateOnly, today)
		s.LongSince = err == nil && err2 == nil && to.Sub(from) > longSince
	}
}

const longSince = 183 * 24 * time.Hour

// returnWithin is how soon somebody comes back who is thanked for it.
const returnWithin = 30 * 24 * time.Hour

// Suggested is a gesture that fits, and whether the reader may grant it.
type Suggested struct {
	customer.Gesture
	MayGrant bool
	Days     int // until the occasion
}

// suggest picks one gesture: of an occasion before one of a visit, the rarer
// before the commoner, and never one that meets a taboo.
func (c *Card) suggest(cat *customer.Catalogue, role policies.Role) {
	taboos := map[string]bool{}
	for _, w := range c.Wishes {
		if w.Never() {
			for _, tag := range w.Preference.Tags {
				taboos[tag] = true
			}
		}
	}
	var best *Suggested
	rank := func(g customer.Gesture) int { return slices.Index(customer.Occasions, g.Occasion)*1000 + g.Every }
	for _, g := range cat.Gestures() {
		days, fits := c.fits(g)
		if !g.On || !fits || slices.ContainsFunc(g.Tags, func(t string) bool { return taboos[t] }) {
			continue
		}
		s := Suggested{Gesture: g, Days: days, MayGrant: slices.Index(customer.Posts, role) >= slices.Index(customer.Posts, g.Post)}
		if best == nil || cmp.Or(cmp.Compare(rank(g), rank(best.Gesture)), after(s.MayGrant, best.MayGrant)) > 0 {
			best = &s
		}
	}
	c.Gesture = best
}

// fits says whether it is the time for a gesture, and in how many days it is.
func (c *Card) fits(g customer.Gesture) (int, bool) {
	field := map[string]string{customer.OnBirthday: "birth", customer.OnWedding: "wedding_anniversary"}[g.Occasion]
	for _, o := range c.Occasions {
		if field != "" && o.Field.Key == field && o.Days <= gestureDays {
			return o.Days, true
		}
	}
	now := c.Visit.Now
	if field != "" || now == nil || !c.Visit.Here || !c.Visit.Today && now.Status != stay.InHouse {
		return 0, false
	}
	switch g.Occasion {
	case customer.OnFirstStay:
		return 0, c.Visit.Times == 1
	case customer.OnStay:
		return 0, g.Every > 1 && c.Visit.Times > 0 && c.Visit.Times%g.Every == 0
	case customer.OnReturn:
		last := c.Visit.Last
		if last == nil {
			return 0, false
		}
		from, err := time.Parse(time.DateOnly, last.DepartOn)
		to, err2 := time.Parse(time.DateOnly, now.ArriveOn)
		return 0, err == nil && err2 == nil && to.Sub(from) <= returnWithin
	}
	return 0, false
}

// gestureDays is how near an occasion must be for a gesture.
const gestureDays = 3
