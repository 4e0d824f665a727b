package purpose

import (
	"cmp"
	"slices"
	"time"

	"shuke/models/catalogue"
	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/policies"
)

// Most is how many questions there are at a time: more is an interrogation.
const Most = 3

// How long a question rests: asked by anybody, whatever came of it; answered,
// also when the answer was that there is nothing to note; and when the customer
// did not want to say.
const (
	RestAsked    = 30 * 24 * time.Hour
	RestAnswered = 180 * 24 * time.Hour
	RestDeclined = 365 * 24 * time.Hour
	sameTalk     = 24 * time.Hour // what was asked within it counts among Most
)

// mostOfGroup keeps three questions from being all about one thing.
const mostOfGroup = 2

// Moment is what stands fast when somebody of ours meets a customer.
type Moment struct {
	Kind    customer.Kind
	Facts   []customer.Fact // in force
	Said    consent.States  // what may not be kept is not asked for
	Asked   []Asked         // within RestDeclined
	Weights Weights
	Channel catalogue.Channel // empty: at a counter
	Quiet   bool              // set while a complaint is open or the like: no moment for questions
}

// Why a question is worth asking.
type Why int

// The reasons.
const (
	Missing Why = iota
	Stale
)

// Question is something worth asking now.
type Question struct {
	Field   customer.Field
	Ask     catalogue.Ask
	Purpose string    // the weightiest that needs it
	Why     Why       // nothing is known, or what is known has aged
	Since   time.Time // when it was last noted, if Why is Stale
}

// known is the latest that is known of one field.
type known struct {
	at     time.Time
	values []string
}

// Questions chooses what to ask: of fields the actor may change and the channel
// suits, that are missing or stale, the worthiest for the purposes that matter
// now, spread over groups. Asked within a month rests, declined rests a year,
// and who has just declined or answered enough is left in peace.
func Questions(asks map[string]catalogue.Ask, cat *customer.Catalogue, a policies.Actor, m Moment) []Question {
	left, resting := rest(m.Asked, a.Now)
	if m.Quiet || left <= 0 {
		return nil
	}
	facts, areas := byField(m.Facts)
	var found []candidate
	for _, f := range cat.For(m.Kind, false) {
		ask, worth := asks[f.Key]
		if !worth || resting[f.Key] || !m.Said.Allows(f.Consent(), "") || !f.MayChange(a.Role) || !ask.Natural(cmp.Or(m.Channel, catalogue.Counter), f.Sensitivity) || !due(cat, a, ask.After, facts) {
			continue
		}
		if c, ok := weigh(f, ask, latest(facts[f.Key].at, areas[ask.AnsweredBy(f.Field)]), m.Weights, a.Now); ok {
			found = append(found, c)
		}
	}
	slices.SortStableFunc(found, func(x, y candidate) int { return cmp.Compare(y.points, x.points) })
	return spread(found, m.Kind, left)
}

// rest tells how many questions may still be put in this talk, and which fields
// are not to be asked for now.
func rest(asked []Asked, now time.Time) (left int, resting map[string]bool) {
	left, resting = Most, map[string]bool{}
	for _, q := range asked {
		ago := now.Sub(q.At)
		if ago < RestAsked || (q.Outcome == Answered && ago < RestAnswered) || (q.Outcome == Declined && ago < RestDeclined) {
			resting[q.Field] = true
		}
		switch {
		case ago >= sameTalk:
		case q.Outcome == Declined:
			left = 0
		default:
			left--
		}
	}
	return left, resting
}

// byField gathers facts by field, and the latest wish of each service area; a
// field is as fresh as its newest value.
func byField(facts []customer.Fact) (map[string]known, map[string]time.Time) {
	out, areas := map[string]known{}, map[string]time.Time{}
	for _, f := range facts {
		k, at := out[f.Field], noted(f)
		k.at = latest(k.at, at)
		if !f.None && f.Sealed == nil {
			k.values = append(k.values, f.Value)
		}
		out[f.Field] = k
		if f.Preference != nil {
			areas[f.Preference.Area] = latest(areas[f.Preference.Area], at)
		}
	}
	return out, areas
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// noted is the moment to which the age of a fact counts: a wish that was
// confirmed is as good as new.
func noted(f customer.Fact) time.Time {
	if f.Preference != nil {
		return f.Preference.Fresh(f)
	}
	return f.RecordedAt
}

// due reports whether what the question builds upon is known, to this person
// too: else the question would tell them of it.
func due(cat *customer.Catalogue, a policies.Actor, after *catalogue.After, facts map[string]known) bool {
	if after == nil {
		return true
	}
	f, ok := cat.Field(after.Field)
	if !ok || !f.On || !f.MaySee(a.Role) {
		return false
	}
	return slices.ContainsFunc(facts[after.Field].values, func(v string) bool {
		if len(after.Values) == 0 {
			return v != "" && v != "0"
		}
		return slices.Contains(after.Values, v)
	})
}

type candidate struct {
	Question
	points float64
}

// weigh takes the moment at which the field was noted last, zero for never. It
// multiplies what the purpose weighs by what the answer is worth. A value
// that has aged is worth half of one that is missing, and gains with its age;
// what only comes up by itself is worth half of what one may ask freely.
func weigh(f customer.Field, ask catalogue.Ask, noted time.Time, w Weights, now time.Time) (candidate, bool) {
	c := candidate{Question: Question{Field: f, Ask: ask}}
	urgency := 1.0
	if !noted.IsZero() {
		if !f.Stale(noted, now) {
			return candidate{}, false
		}
		c.Why, c.Since = Stale, noted
		urgency = min(now.Sub(noted).Hours()/float64(2*24*f.HalfLifeDays), 1)
	}
	if ask.Tact == catalogue.ComesUp {
		urgency /= 2
	}
	weight := NotNow
	for _, p := range customer.Purposes {
		if slices.Contains(f.Purposes, p) && w.Of(p) > weight {
			c.Purpose, weight = p, w.Of(p)
		}
	}
	c.points = float64(weight) * float64(ask.Worth) * urgency
	return c, weight > NotNow
}

// spread takes the best of each group first, then the next best, never more than
// mostOfGroup of one.
func spread(found []candidate, kind customer.Kind, left int) []Question {
	var out []Question
	of, taken := map[string]int{}, map[string]bool{}
	for round := range mostOfGroup {
		for _, c := range found {
			group := c.Field.GroupFor(kind.String())
			if len(out) < left && of[group] <= round && !taken[c.Field.Key] {
				out = append(out, c.Question)
				of[group]++
				taken[c.Field.Key] = true
			}
		}
	}
	return out
}
