package demo_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jonboulle/clockwork"

	"shuke/models/clock"
	"shuke/models/membership"
	"shuke/models/standing"
	"shuke/policies"
)

// membersAreThoseOfTheirStays judges everybody by the rules, one by one, as stays
// and the passing of days would: nothing changes.
func membersAreThoseOfTheirStays(t *testing.T, h house) {
	guard, err := policies.NewGuard()
	if err != nil {
		t.Fatal(err)
	}
	c := clock.Of(clockwork.NewFakeClockAt(now))
	const levels = "SELECT m.id, m.number, m.tier_id, m.rule_tier_id, m.nights, m.stays, m.spend, m.check_on, c.tier, c.member_no FROM members m JOIN customers c ON c.id = m.customer_id ORDER BY m.id"
	const rows = "SELECT customer_id, standing, since_on, reached_by, last_on, turns_on FROM standings ORDER BY customer_id"
	before, stood := h.lines(t, levels), h.lines(t, rows)
	if len(before) < 100 || len(stood) != few {
		t.Fatalf("%d members, %d standings", len(before), len(stood))
	}
	for _, query := range []string{"UPDATE members SET judged = 0", "UPDATE standing_rules SET walked_at = 0, walk_next = 0"} {
		if _, err := h.DB.Pool().ExecContext(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
	n, err := membership.NewService(h.DB, h.Customers, h.Log, guard, c).Sweep(t.Context())
	if err != nil || n != len(before) {
		t.Fatalf("judged %d of %d, %v", n, len(before), err)
	}
	if diff := cmp.Diff(before, h.lines(t, levels)); diff != "" {
		t.Errorf("levels: %s", diff)
	}
	if n, err := standing.NewService(h.DB, h.Log, guard, c).Sweep(t.Context()); err != nil || n != few {
		t.Fatalf("looked at %d, %v", n, err)
	}
	if diff := cmp.Diff(stood, h.lines(t, rows)); diff != "" {
		t.Errorf("standings: %s", diff)
	}
	for query, least := range map[string]string{"members WHERE tier_id > 1 AND hand_tier_id = 0": "1", "members WHERE hand_tier_id > 0": "1", "attendances": "3"} {
		if got := h.count(t, query); got < least || got == "0" {
			t.Errorf("%s: %s", query, got)
		}
	}
}
