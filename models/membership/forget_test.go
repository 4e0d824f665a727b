package membership_test

import (
	"testing"

	"shuke/models/db"
	"shuke/models/membership"
)

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
