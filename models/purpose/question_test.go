package purpose_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/modelstest"
	"shuke/models/purpose"
	"shuke/policies"
)

var ctx = context.Background()

// talk is a meeting with a customer of whom one thing after the other is set.
type talk struct {
	t    *testing.T
	cat  *customer.Catalogue
	asks map[string]catalogue.Ask
	a    policies.Actor
	m    purpose.Moment
}

// made is what all talks share: a house is opened for it once, and nothing of it
// is changed.
var made struct {
	sync.Once
	cat    *customer.Catalogue
	asks   map[string]catalogue.Ask
	actors map[policies.Role]policies.Actor
}

func newTalk(t *testing.T) *talk {
	t.Helper()
	made.Do(func() {
		h := modelstest.NewHouse(t)
		var err error
		if made.asks, err = catalogue.ShippedAsks(); err != nil {
			t.Fatal(err)
		}
		made.cat, made.actors = h.Catalogue(), map[policies.Role]policies.Actor{}
		for _, role := range policies.Roles {
			made.actors[role] = h.Actor(role)
		}
	})
	return &talk{t: t, cat: made.cat, asks: made.asks, a: made.actors[policies.FrontDesk], m: purpose.Moment{Kind: customer.Individual}}
}

// by lets somebody of another role talk.
func (k *talk) by(role policies.Role) *talk {
	k.a = made.actors[role]
	return k
}

// switchedOn lets the house collect the field.
func (k *talk) switchedOn(field string) *talk {
	k.t.Helper()
	h := modelstest.NewHouse(k.t)
	h.SwitchField(field, true)
	k.cat = h.Catalogue()
	return k
}

// only leaves the questions of these fields.
func (k *talk) only(fields ...string) *talk {
	k.t.Helper()
	asks := map[string]catalogue.Ask{}
	for _, f := range fields {
		a, ok := k.asks[f]
		if !ok {
			k.t.Fatalf("%s is not asked for", f)
		}
		asks[f] = a
	}
	k.asks = asks
	return k
}

// noted adds a fact that was noted so many days ago.
func (k *talk) noted(field, value string, daysAgo int) *talk {
	k.m.Facts = append(k.m.Facts, customer.Fact{Field: field, Value: value, None: value == "-", RecordedAt: k.a.Now.AddDate(0, 0, -daysAgo)})
	return k
}

func (k *talk) asked(field string, ago time.Duration, o purpose.Outcome) *talk {
	k.m.Asked = append(k.m.Asked, purpose.Asked{Field: field, At: k.a.Now.Add(-ago), Outcome: o})
	return k
}

func (k *talk) questions() []purpose.Question {
	return purpose.Questions(k.asks, k.cat, k.a, k.m)
}

func (k *talk) keys() []string {
	var out []string
	for _, q := range k.questions() {
		out = append(out, q.Field.Key)
	}
	return out
}

func (k *talk) asks1(field string) bool { return slices.Contains(k.keys(), field) }

const day = 24 * time.Hour

func TestAtMostThreeQuestionsAndNeverThreeOfAGroup(t *testing.T) {
	k := newTalk(t)
	for _, kind := range []customer.Kind{customer.Individual, customer.Enterprise} {
		k.m.Kind = kind
		for _, role := range []policies.Role{policies.FrontDesk, policies.Sales, policies.Service, policies.Manager} {
			for _, channel := range []catalogue.Channel{"", catalogue.Call, catalogue.Visit, catalogue.Message} {
				k.by(role).m.Channel = channel
				of := map[string]int{}
				for _, q := range k.questions() {
					of[q.Field.GroupFor(kind.String())]++
				}
				n := 0
				for group, in := range of {
					if n += in; in > 2 {
						t.Errorf("%s %s %q: %d questions about %s", kind, role, channel, in, group)
					}
				}
				if n == 0 || n > purpose.Most {
					t.Errorf("%s %s %q: %d questions", kind, role, channel, n)
				}
			}
		}
	}
	// With one group alone two are asked, though more are missing.
	k = newTalk(t).only("diet", "food_likes", "drink_likes", "sleep")
	if got := k.keys(); len(got) != 2 {
		t.Errorf("of one group: %v", got)
	}
	// The second group comes before the second question of the first.
	k = newTalk(t).only("diet", "allergy_instruction", "taboo")
	if got := k.keys(); !slices.Equal(got, []string{"allergy_instruction", "taboo", "diet"}) {
		t.Errorf("spread as %v", got)
	}
}

func TestNothingSensitiveIsAskedAtACounterWhateverTheDataSay(t *testing.T) {
	k := newTalk(t).by(policies.Manager).switchedOn("religion")
	bold := catalogue.Ask{Field: "religion", Worth: 3, Channels: []catalogue.Channel{catalogue.Counter, catalogue.Visit}}
	k.asks = map[string]catalogue.Ask{"religion": bold}
	if got := k.keys(); got != nil {
		t.Errorf("at a counter: %v", got)
	}
	k.m.Channel = catalogue.Counter
	if got := k.keys(); got != nil {
		t.Errorf("at a counter that is named: %v", got)
	}
	k.m.Channel = catalogue.Visit
	if !k.asks1("religion") {
		t.Error("the test proves nothing: it is not asked anywhere")
	}
	bold.Tact = catalogue.Volunteer
	k.asks["religion"] = bold
	if got := k.keys(); got != nil {
		t.Errorf("what must be volunteered: %v", got)
	}
}

func TestOnlyWhatIsNaturalOnTheChannel(t *testing.T) {
	k := newTalk(t).only("plate", "media")
	k.by(policies.Manager)
	if got := k.keys(); !slices.Equal(got, []string{"plate"}) {
		t.Errorf("at a counter, which is the default: %v", got)
	}
	k.m.Channel = catalogue.Visit
	if got := k.keys(); !slices.Equal(got, []string{"media"}) {
		t.Errorf("on a visit: %v", got)
	}
}

func TestWhatIsKnownAndFreshIsNotAsked(t *testing.T) {
	const halfLife = 365 // of diet
	for _, c := range []struct {
		name string
		with func(*talk)
		want bool
		why  purpose.Why
	}{
		{"missing", func(*talk) {}, true, purpose.Missing},
		{"fresh", func(k *talk) { k.noted("diet", "少盐", 10) }, false, 0},
		{"none is an answer", func(k *talk) { k.noted("diet", "-", 10) }, false, 0},
		{"on the last day", func(k *talk) { k.noted("diet", "少盐", halfLife) }, false, 0},
		{"stale", func(k *talk) { k.noted("diet", "少盐", halfLife+1) }, true, purpose.Stale},
		{"one of several fresh", func(k *talk) { k.noted("diet", "少盐", 900).noted("diet", "少辣", 3) }, false, 0},
		{"all of several stale", func(k *talk) { k.noted("diet", "少盐", 900).noted("diet", "少辣", 500) }, true, purpose.Stale},
	} {
		k := newTalk(t).only("diet")
		c.with(k)
		got := k.questions()
		if (len(got) == 1) != c.want {
			t.Errorf("%s: %d questions", c.name, len(got))
			continue
		}
		if c.want && (got[0].Why != c.why || (c.why == purpose.Stale) == got[0].Since.IsZero()) {
			t.Errorf("%s: why %d, since %v", c.name, got[0].Why, got[0].Since)
		}
	}
	k := newTalk(t).only("birth").noted("birth", "1980-01-01", 9000) // does not age
	if k.asks1("birth") {
		t.Error("what does not age is asked again")
	}
	k = newTalk(t).only("diet").noted("diet", "少盐", 500).noted("diet", "少辣", 400)
	if got := k.questions()[0].Since; !got.Equal(k.a.Now.AddDate(0, 0, -400)) {
		t.Errorf("last noted %v", got)
	}
}

func TestAWishOfTheAreaAnswersAndAConfirmedOneIsFresh(t *testing.T) {
	said := func(k *talk, area string, daysAgo, confirmed int) *talk {
		p := &customer.Preference{Area: area, Act: catalogue.ActDo}
		if confirmed > 0 {
			p.ConfirmedAt = k.a.Now.AddDate(0, 0, -confirmed)
		}
		k.m.Facts = append(k.m.Facts, customer.Fact{Field: "care_instruction", Value: "鸡蛋要嫩", RecordedAt: k.a.Now.AddDate(0, 0, -daysAgo), Preference: p})
		return k
	}
	for name, c := range map[string]struct {
		k    *talk
		want bool
	}{
		"nothing said":             {newTalk(t).only("diet"), true},
		"of food":                  {said(newTalk(t).only("diet"), "breakfast_food", 10, 0), false},
		"of food, long ago":        {said(newTalk(t).only("diet"), "breakfast_food", 500, 0), true},
		"of food, confirmed since": {said(newTalk(t).only("diet"), "breakfast_food", 500, 20), false},
		"of something else":        {said(newTalk(t).only("diet"), "bed_pillow", 10, 0), true},
		"of the pillow, for sleep": {said(newTalk(t).only("sleep"), "bed_pillow", 10, 0), false},
		"of food, for sleep":       {said(newTalk(t).only("sleep"), "breakfast_food", 10, 0), true},
	} {
		if got := len(c.k.questions()) == 1; got != c.want {
			t.Errorf("%s: asked %v", name, got)
		}
	}
}

func TestAQuestionRestsForAMonthWhoeverAskedAndWhateverCameOfIt(t *testing.T) {
	for _, o := range []purpose.Outcome{purpose.Answered, purpose.NoAnswer, purpose.Declined} {
		if newTalk(t).only("diet").asked("diet", 30*day-time.Minute, o).asks1("diet") {
			t.Errorf("%s: asked twice within a month", o)
		}
	}
	for o, rest := range map[purpose.Outcome]time.Duration{purpose.NoAnswer: 30 * day, purpose.Answered: 180 * day, purpose.Declined: 365 * day} {
		if newTalk(t).only("diet").asked("diet", rest-time.Minute, o).asks1("diet") {
			t.Errorf("%s: asked again too soon", o)
		}
		if !newTalk(t).only("diet").asked("diet", rest, o).asks1("diet") {
			t.Errorf("%s: never asked again", o)
		}
	}
	// A later question of the same field does not wake one that was declined.
	if newTalk(t).only("diet").asked("diet", 200*day, purpose.Declined).asked("diet", 100*day, purpose.NoAnswer).asks1("diet") {
		t.Error("a later question made a declined one return")
	}
}

func TestWhoWasAskedEnoughIsLeftInPeace(t *testing.T) {
	k := newTalk(t)
	for n, field := range []string{"email", "plate", "language"} {
		if got := len(k.keys()); got != purpose.Most-n {
			t.Errorf("after %d questions %d more", n, got)
		}
		k.asked(field, time.Duration(n+1)*time.Hour, purpose.NoAnswer)
	}
	if got := k.keys(); got != nil {
		t.Errorf("after three within a day: %v", got)
	}
	if got := newTalk(t).asked("email", time.Hour, purpose.Declined).keys(); got != nil {
		t.Errorf("right after somebody did not want to say: %v", got)
	}
	if got := newTalk(t).asked("email", day, purpose.Declined).keys(); len(got) != purpose.Most {
		t.Errorf("the day after: %v", got)
	}
}

func TestNoQuestionsWhileAComplaintIsOpen(t *testing.T) {
	k := newTalk(t)
	k.m.Quiet = true
	if got := k.keys(); got != nil {
		t.Errorf("asked %v", got)
	}
}

func TestOnlyFieldsThatTheRoleMayChange(t *testing.T) {
	k := newTalk(t).only("native_place", "children")
	if got := k.keys(); got != nil {
		t.Errorf("front desk: %v", got)
	}
	k.by(policies.Sales)
	if got := k.keys(); !slices.Equal(got, []string{"children"}) { // native_place is off
		t.Errorf("sales: %v", got)
	}
	k.switchedOn("native_place")
	if got := k.keys(); len(got) != 2 {
		t.Errorf("sales, switched on: %v", got)
	}
	k.m.Kind = customer.Enterprise
	if got := k.keys(); got != nil {
		t.Errorf("a firm has no children: %v", got)
	}
}

func TestWhatBuildsUponAnotherAnswerWaitsForIt(t *testing.T) {
	for _, c := range []struct {
		status string
		want   bool
	}{{"", false}, {"single", false}, {"divorced", false}, {"married", true}, {"-", false}} {
		k := newTalk(t).only("wedding_anniversary")
		k.by(policies.Manager)
		if c.status != "" {
			k.noted("marital_status", c.status, 30)
		}
		if k.asks1("wedding_anniversary") != c.want {
			t.Errorf("marital status %q: asked %v", c.status, !c.want)
		}
	}
	for value, want := range map[string]bool{"2": true, "0": false, "-": false} {
		k := newTalk(t).only("child_setup").noted("children", value, 30)
		k.by(policies.Manager)
		if k.asks1("child_setup") != want {
			t.Errorf("%s children: asked %v", value, !want)
		}
	}
}

func TestAQuestionTellsNobodyWhatTheyMayNotSee(t *testing.T) {
	k := newTalk(t).only("wedding_anniversary").noted("marital_status", "married", 30)
	k.by(policies.Manager)
	if !k.asks1("wedding_anniversary") {
		t.Fatal("the manager is not offered it")
	}
	k.by(policies.FrontDesk) // may change the day, and does not see who is married
	if k.asks1("wedding_anniversary") {
		t.Error("the question says that the guest is married")
	}
}

func TestPurposesDecideWhatComesFirst(t *testing.T) {
	k := newTalk(t).only("email", "drink_likes", "city")
	k.m.Weights = purpose.Weights{"keep": purpose.First, "tailor": purpose.Lightly, "sell_more": purpose.Lightly, "market": purpose.Lightly}
	if got := k.questions()[0]; got.Field.Key != "email" || got.Purpose != "keep" {
		t.Errorf("to keep customers: %s for %s", got.Field.Key, got.Purpose)
	}
	k.m.Weights = purpose.Weights{"keep": purpose.Lightly, "tailor": purpose.Lightly, "sell_more": purpose.Lightly, "market": purpose.First}
	if got := k.questions()[0]; got.Field.Key != "city" || got.Purpose != "market" {
		t.Errorf("to know the market: %s for %s", got.Field.Key, got.Purpose)
	}
	k.m.Weights = purpose.Weights{"keep": 0, "tailor": 0, "sell_more": purpose.Usual, "market": 0}
	if got := k.keys(); !slices.Equal(got, []string{"drink_likes"}) {
		t.Errorf("for purposes that do not matter now: %v", got)
	}
	k.m.Weights = purpose.Weights{"keep": 0, "tailor": 0, "sell_more": 0, "develop": 0, "win_new": 0, "market": 0}
	if got := k.keys(); got != nil {
		t.Errorf("when nothing matters: %v", got)
	}
}

func TestMissingComesBeforeStaleOlderBeforeYoungerFreeBeforeDelicate(t *testing.T) {
	first := func(k *talk) string { return k.keys()[0] }
	if got := first(newTalk(t).only("diet", "taboo").noted("diet", "少盐", 400)); got != "taboo" {
		t.Errorf("missing or stale: %s", got)
	}
	if got := first(newTalk(t).only("diet", "taboo").noted("taboo", "四楼", 700).noted("diet", "少盐", 400)); got != "taboo" {
		t.Errorf("very stale or just stale: %s", got)
	}
	if got := first(newTalk(t).only("employer", "hobby")); got != "hobby" { // both useful
		t.Errorf("free or delicate: %s", got)
	}
}
