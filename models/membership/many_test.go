package membership_test

import (
	"fmt"
	"testing"

	"shuke/models/db"
	"shuke/models/membership"
	"shuke/policies"
)

// Whatever a house has to say of a level that gives it to nobody else, nobody is
// judged anew for it.
func TestALevelThatJudgesAsBeforeJudgesNobodyAnew(t *testing.T) {
	c := newClub(t, nil)
	id := c.AddGuest("王小明")
	c.join(id)
	a := c.Actor(policies.Manager)
	save := func(change func(*membership.Tier)) {
		t.Helper()
		clubs, err := c.Members.Clubs(ctx, c.Count("SELECT MAX(version) FROM fields_head"))
		if err != nil {
			t.Fatal(err)
		}
		club, _ := clubs.Club(c.id)
		tier, _ := club.Tier(c.tiers[1])
		change(&tier)
		if _, err := c.Members.SaveTier(ctx, a, tier, ""); err != nil {
			t.Fatal(err)
		}
	}
	for name, step := range map[string]struct {
		change func(*membership.Tier)
		judged int
	}{
		"other benefits": {func(t *membership.Tier) {
			t.BenefitsZH, t.BenefitsEN, t.Tone = []string{"水果"}, []string{"Fruit"}, "ok"
		}, 0},
		"another rule": {func(t *membership.Tier) { t.Nights++ }, 1},
		"another name": {func(t *membership.Tier) { t.NameZH += "贵宾" }, 1},
	} {
		save(step.change)
		if n, err := c.Members.Sweep(ctx); n != step.judged || err != nil {
			t.Errorf("%s: judged %d, %v", name, n, err)
		}
	}
}

// A rule that changes nobody's level costs a few statements a hundred members,
// and a level that was renamed is on every card all the same.
func TestNewRulesJudgeThoseWhoStayWhereTheyAreTogether(t *testing.T) {
	c := newClub(t, nil)
	var ids []string
	for i := range 30 {
		id := c.AddGuest(fmt.Sprintf("客人%c", '甲'+rune(i)))
		c.join(id)
		c.stayed(id, "2026-06-01", 1)
		ids = append(ids, id)
	}
	statements := func() int {
		t.Helper()
		c.Run("UPDATE clubs SET rules = rules + 1")
		traced, trace := db.WithTrace(ctx)
		if n, err := c.Members.Sweep(traced); n != len(ids) || err != nil {
			t.Fatalf("judged %d, %v", n, err)
		}
		return len(trace.Statements())
	}
	all := statements()
	if most := len(ids); all > most {
		t.Errorf("%d statements for %d members whose level stays", all, len(ids))
	}
	if n := c.Count("SELECT COUNT(*) FROM members WHERE judged < (SELECT rules FROM clubs)"); n != 0 {
		t.Errorf("%d were not judged", n)
	}
	c.Run("UPDATE club_tiers SET name_zh = '新竹' WHERE rank_no = 1")
	c.Run("UPDATE fields_head SET version = version + 1")
	statements()
	for _, id := range ids[:3] {
		if f, _ := c.Fact(id, "tier.0"); f.Value != "新竹" {
			t.Errorf("the card says %q", f.Value)
		}
	}
}
