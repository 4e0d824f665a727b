package membership_test

import (
	"slices"
	"testing"

	"shuke/models/db"
	"shuke/models/membership"
	"shuke/policies"
)

// merge moves what belongs to one customer to another, as a merge of the two does.
func (c club) merge(from, into string) membership.Moved {
	c.T.Helper()
	var out membership.Moved
	a, b := c.Customer(from).ID, c.Customer(into).ID
	err := c.Main.InTx(ctx, func(tx *db.Tx) error {
		if _, err := tx.Run("UPDATE stays SET customer_id = ? WHERE customer_id = ?", b, a); err != nil {
			return err
		}
		moved, events, err := c.Members.Merge(ctx, tx, c.Actor(policies.Custodian), a, b)
		if err != nil {
			return err
		}
		out = moved
		return c.Log.Append(tx, events...)
	})
	if err != nil {
		c.T.Fatal(err)
	}
	return out
}

func TestMergingGivesTheMembershipToWhoeverHasNone(t *testing.T) {
	c := newClub(t, nil)
	member, other := c.AddGuest("王小明"), c.AddGuest("王晓明")
	number := c.join(member)
	c.stayed(member, "2026-06-01", 4)
	c.stayed(other, "2026-07-01", 1)
	moved := c.merge(member, other)
	if len(moved.Members) != 1 || len(moved.Doubled) != 0 {
		t.Errorf("%+v", moved)
	}
	c.level(other, "银杏") // by the stays of both
	if got := c.Customer(other); !slices.Equal(got.MemberNos, []string{number}) {
		t.Errorf("the numbers are %v", got.MemberNos)
	}
	if len(c.around(member).Members) != 0 {
		t.Error("both have it")
	}
}

func TestMergingTwoMembersLosesNothing(t *testing.T) {
	c := newClub(t, nil)
	from, into := c.AddGuest("王小明"), c.AddGuest("王晓明")
	old, kept := c.join(from), c.join(into)
	a := c.Actor(policies.Manager)
	event, err := c.Members.SaveEvent(ctx, a, membership.Event{ClubID: c.id, NameZH: "秋茶会", NameEN: "Autumn tea", HeldOn: "2026-11-20", Place: "湖边茶室", BranchID: a.BranchID}, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Members.Attend(ctx, a, membership.Attendance{PublicID: from, EventID: event, Came: true}); err != nil {
		t.Fatal(err)
	}
	moved := c.merge(from, into)
	if len(moved.Doubled) != 1 || len(moved.Attended) != 1 {
		t.Errorf("%+v", moved)
	}
	if m := c.member(into); m.Number != kept || len(m.Attended) != 1 {
		t.Errorf("%+v", m)
	}
	if left := c.around(from).Left; len(left) != 1 || left[0].Number != old {
		t.Errorf("%+v", left)
	}
	if c.Count("SELECT COUNT(*) FROM member_numbers") != 2 {
		t.Error("a number is forgotten and may be given again")
	}
}

func TestForgettingLeavesNoReasonAndNoNumberToGiveAgain(t *testing.T) {
	c := newClub(t, nil)
	id := c.AddGuest("王小明")
	number := c.join(id)
	if err := c.Members.ChangeNumber(ctx, c.Clerk(), membership.Change{PublicID: id, ClubID: c.id, Version: 1, Reason: "家里失窃"}); err != nil {
		t.Fatal(err)
	}
	c.Run("INSERT INTO attendances (customer_id, event_id, staff_id, at) VALUES (?, 7, 1, 1)", c.Customer(id).ID)
	if err := c.Main.InTx(ctx, func(tx *db.Tx) error { return membership.Forget(tx, c.Customer(id).ID) }); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]int64{
		"SELECT COUNT(*) FROM members": 0, "SELECT COUNT(*) FROM member_events": 0, "SELECT COUNT(*) FROM standings": 0, "SELECT COUNT(*) FROM member_numbers WHERE ended_why <> ''": 0,
		"SELECT COUNT(*) FROM member_numbers": 2, "SELECT COUNT(*) FROM attendances WHERE event_id = 7": 1, "SELECT COUNT(*) FROM attendances WHERE customer_id > 0": 0,
	} {
		if got := c.Count(query); got != want {
			t.Errorf("%s: %d, want %d", query, got, want)
		}
	}
	_, err := c.Members.Join(ctx, c.Clerk(), membership.Joining{PublicID: c.AddGuest("李梅"), ClubID: c.id, Number: number})
	if fields(err)["number"].Key != "member.number_taken" {
		t.Errorf("the number was given again: %v", err)
	}
}
