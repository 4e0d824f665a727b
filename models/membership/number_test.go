package membership_test

import (
	"slices"
	"testing"

	"shuke/models/customer"
	"shuke/models/membership"
	"shuke/models/modelstest"
	"shuke/policies"
)

func TestALostCardGetsAnotherNumberAndTheOldIsNeverGivenAgain(t *testing.T) {
	c := newClub(t, nil)
	id := c.AddGuest("王小明")
	old := c.join(id)
	change := membership.Change{PublicID: id, ClubID: c.id, Version: c.member(id).Version, Reason: "卡丢了"}
	if err := c.Members.ChangeNumber(ctx, c.Clerk(), change); err != nil {
		t.Fatal(err)
	}
	fresh := c.member(id).Number
	if fresh == old || !slices.Equal(c.Customer(id).MemberNos, []string{fresh}) {
		t.Errorf("%s became %s, the identity has %v", old, fresh, c.Customer(id).MemberNos)
	}
	_, err := c.Members.Join(ctx, c.Clerk(), membership.Joining{PublicID: c.AddGuest("李梅"), ClubID: c.id, Number: old})
	if f := fields(err); f["number"].Key != "member.number_taken" {
		t.Errorf("the lost number: %v", err)
	}
	c.sound()
}

func TestNumbersOfSeveralClubsAreAllFound(t *testing.T) {
	c := newClub(t, nil)
	a := c.Actor(policies.Manager)
	golf, err := c.Members.SaveClub(ctx, a, membership.Club{NameZH: "高尔夫会", NameEN: "Golf", Prefix: "G", Digits: 5, Joining: membership.OnRequest, Position: 9, On: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Members.SaveTier(ctx, a, membership.Tier{ClubID: golf, Rank: 1, NameZH: "球友", NameEN: "Golfer", Tone: "ok"}, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Members.SaveClub(ctx, a, membership.Club{NameZH: "茶会", NameEN: "Tea", Prefix: "G", Digits: 5, Joining: membership.OnRequest, On: true}, ""); fields(err)["prefix"].Key == "" {
		t.Errorf("two clubs count alike: %v", err)
	}
	id := c.AddGuest("王小明")
	first := c.join(id)
	second, err := c.Members.Join(ctx, a, membership.Joining{PublicID: id, ClubID: golf})
	if err != nil {
		t.Fatal(err)
	}
	for _, number := range []string{first, second} {
		got, err := c.Customers.LookUp(ctx, c.Clerk(), c.Catalogue(), number)
		if err != nil || len(got.Hits) != 1 || got.Hits[0].PublicID != id {
			t.Errorf("%s finds %d, %v", number, len(got.Hits), err)
		}
	}
	if got := c.Customer(id); got.Tier != "青竹" {
		t.Errorf("the level shown is %s, of the first club it is 青竹", got.Tier)
	}
	c.sound()
}

func TestFactsOfAMembershipChangeThereAndNowhereElse(t *testing.T) {
	c := newClub(t, nil)
	member, guest := c.AddGuest("王小明"), c.AddGuest("李梅")
	number := c.join(member)
	err := c.Change(c.Clerk(), member, modelstest.Facts("member_no", "VIP1", "tier", "黑卡", "city", "杭州")...)
	if f := fields(err); f["member_no.0"].Key != "member.kept_by_club" || f["tier.0"].Key != "member.kept_by_club" {
		t.Errorf("a form: %v", err)
	}
	if err := c.Change(c.Clerk(), member, modelstest.Facts("member_no", number, "tier", "青竹", "city", "杭州")...); err != nil {
		t.Errorf("a form that leaves them as they are: %v", err)
	}
	if err := c.Change(c.Clerk(), guest, modelstest.Facts("member_no", "VIP1", "tier", "黑卡")...); err != nil {
		t.Errorf("somebody who is no member: %v", err)
	}
	b := c.Customers.NewBatch(c.Catalogue(), "CN", c.today())
	checked, problems := b.Check(customer.Individual, modelstest.Facts("member_no", "VIP2", "tier", "黑卡", "city", "苏州"), false)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	b.JoinKnown(c.Customer(member).ID, checked, customer.Provenance{Channel: "service", At: c.Clock.Now(), BranchID: 1})
	if err := b.Write(ctx, nothing); err != nil {
		t.Fatal(err)
	}
	if got := c.Customer(member); got.City != "苏州" || got.Tier != "青竹" || !slices.Equal(got.MemberNos, []string{number}) {
		t.Errorf("after a file: %+v", got)
	}
}

func TestWhoCameToAnEventIsAMember(t *testing.T) {
	c := newClub(t, nil)
	a := c.Actor(policies.Manager)
	event := func(day string) int64 {
		id, err := c.Members.SaveEvent(ctx, a, membership.Event{ClubID: c.id, NameZH: "秋茶会", NameEN: "Autumn tea", HeldOn: day, Place: "湖边茶室", BranchID: a.BranchID}, "")
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	past, ahead := event("2026-11-20"), event("2026-12-20")
	member, guest := c.AddGuest("王小明"), c.AddGuest("李梅")
	c.join(member)
	for _, in := range []membership.Attendance{{PublicID: guest, EventID: past, Came: true}, {PublicID: member, EventID: ahead, Came: true}, {PublicID: member, EventID: 999, Came: true}} {
		if f := fields(c.Members.Attend(ctx, c.Clerk(), in)); f["event"].Key == "" {
			t.Errorf("%+v passed", in)
		}
	}
	for range 2 {
		if err := c.Members.Attend(ctx, c.Clerk(), membership.Attendance{PublicID: member, EventID: past, Came: true}); err != nil {
			t.Fatal(err)
		}
	}
	if m := c.member(member); len(m.Attended) != 1 || m.Attended[0].NameZH != "秋茶会" {
		t.Errorf("%+v", m.Attended)
	}
	if list, err := c.Members.Events(ctx, a, c.id); err != nil || len(list) != 2 || list[1].Came != 1 {
		t.Errorf("%+v, %v", list, err)
	}
	if err := c.Members.Attend(ctx, c.Clerk(), membership.Attendance{PublicID: member, EventID: past}); err != nil {
		t.Fatal(err)
	}
	if m := c.member(member); len(m.Attended) != 0 {
		t.Errorf("%+v", m.Attended)
	}
}
