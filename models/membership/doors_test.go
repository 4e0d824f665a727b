package membership_test

import (
	"slices"
	"testing"
	"time"

	"shuke/models/consent"
	"shuke/models/fault"
	"shuke/models/membership"
	"shuke/models/rights"
	"shuke/policies"
)

// Who does not want to be known at a branch, or asked to be forgotten, is opened
// by no way past their card either.
func TestTheMembershipOfAWithheldCustomerOpensToNobody(t *testing.T) {
	c := newClub(t, nil)
	hidden, leaving := c.AddGuest("王小明"), c.AddGuest("李思远")
	c.join(hidden)
	c.join(leaving)
	clerk := c.Clerk()
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ok(c.Rights.Restrict(ctx, c.Actor(policies.Manager), rights.Restricting{PublicID: hidden, Restriction: consent.Restriction{Kind: consent.NotBranch, NotAt: clerk.BranchID, How: consent.Spoken}}))
	ok(c.Rights.AskErasure(ctx, c.AddPerson("second", policies.Custodian, "shanghai"), rights.Leave{PublicID: leaving, Who: consent.Self, How: consent.Written, Proof: "x"}))
	for _, id := range []string{hidden, leaving} {
		_, opened := c.Members.Open(ctx, clerk, c.Gate, c.Catalogue(), id)
		_, joined := c.Members.Join(ctx, clerk, membership.Joining{PublicID: id, ClubID: c.id})
		for what, err := range map[string]error{
			"opened": opened, "joined": joined,
			"number":   c.Members.ChangeNumber(ctx, clerk, membership.Change{PublicID: id, ClubID: c.id, Version: 1, Reason: "lost card"}),
			"left":     c.Members.Leave(ctx, clerk, membership.Change{PublicID: id, ClubID: c.id, Version: 1, Reason: "no more"}),
			"attended": c.Members.Attend(ctx, clerk, membership.Attendance{PublicID: id, EventID: 1, Came: true}),
		} {
			if !fault.Is(err, fault.Denied) {
				t.Errorf("%s: %v", what, err)
			}
		}
	}
}

func TestARenamedLevelIsRenamedEverywhere(t *testing.T) {
	c := newClub(t, nil)
	id := c.AddGuest("王小明")
	c.join(id)
	if _, err := c.Members.SaveTier(ctx, c.Actor(policies.Manager), membership.Tier{ID: c.tiers[0], ClubID: c.id, Rank: 1, NameZH: "翠竹", NameEN: "Green bamboo", Tone: "plain", Version: 1}, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Members.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	if card, found := c.member(id).Tier.NameZH, c.Customer(id).Tier; card != "翠竹" || found != "翠竹" {
		t.Errorf("the card says %q, the look-up %q", card, found)
	}
}

func TestANumberKeepsItsPlaceWhateverTheOrderOfTheClubs(t *testing.T) {
	c := newClub(t, nil)
	a := c.Actor(policies.Manager)
	second, err := c.Members.SaveClub(ctx, a, membership.Club{NameZH: "二", NameEN: "Two", Prefix: "T", Digits: 6, Joining: membership.OnRequest, On: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Members.SaveTier(ctx, a, membership.Tier{ClubID: second, Rank: 1, NameZH: "乙", NameEN: "B", Tone: "plain"}, ""); err != nil {
		t.Fatal(err)
	}
	id := c.AddGuest("王小明")
	c.join(id)
	before := c.Customer(id).MemberNos
	if _, err := c.Members.SaveClub(ctx, a, membership.Club{ID: c.id, NameZH: "熟客会", NameEN: "Regulars", Prefix: "Q", Digits: 6, CheckDigit: true, Joining: membership.OnRequest, On: true, Position: 5, Version: 1}, ""); err != nil {
		t.Fatal(err)
	}
	c.stayed(id, "2026-11-01", 1)
	c.stayed(id, "2026-11-05", 1)
	if now := c.Customer(id).MemberNos; !slices.Equal(now, before) {
		t.Errorf("%v became %v", before, now)
	}
	if err := c.Members.ChangeNumber(ctx, c.Clerk(), membership.Change{PublicID: id, ClubID: c.id, Version: c.member(id).Version, Reason: "lost card"}); err != nil {
		t.Fatal(err)
	}
	if now := c.Customer(id).MemberNos; len(now) != 1 || slices.Equal(now, before) {
		t.Errorf("the lost card is still found: %v", now)
	}
}

func TestDaysOfAMembershipAreThoseOfTheBranch(t *testing.T) {
	c := newClub(t, nil)
	c.Clock.Advance(21*time.Hour + 30*time.Minute) // in the evening by Greenwich, next morning in Shanghai
	id := c.AddGuest("王小明")
	c.join(id)
	if today, joined := c.Clerk().Today(), c.member(id).JoinedOn; joined != today || today == c.Clock.Now().UTC().Format(time.DateOnly) {
		t.Errorf("joined on %s, and it is %s", joined, today)
	}
}
