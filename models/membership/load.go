package membership

import (
	"context"
	"slices"
	"strings"

	"shuke/models/db"
	"shuke/models/stay"
)

// Found writes a club with its levels and events into a house that has none, with
// the ids they carry. It asks nobody: it is for sample data.
func Found(tx *db.Tx, c Club, events []Event, by, at int64) error {
	_, err := tx.Run("INSERT INTO clubs (id, name_zh, name_en, prefix, digits, check_digit, joining, next_number, position, is_on) VALUES (?,?,?,?,?,?,?,?,?,1)",
		c.ID, c.NameZH, c.NameEN, c.Prefix, c.Digits, c.CheckDigit, c.Joining, c.NextNumber, c.Position)
	if err != nil {
		return err
	}
	for _, t := range c.Tiers {
		_, err := tx.Run(`INSERT INTO club_tiers (id, club_id, rank_no, name_zh, name_en, tone, months, nights, stays, spend, any_of, grace_months, benefits_zh, benefits_en) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
			t.ID, c.ID, t.Rank, t.NameZH, t.NameEN, t.Tone, t.Months, t.Nights, t.Stays, t.Spend, t.Any, t.GraceMonths, strings.Join(t.BenefitsZH, "\n"), strings.Join(t.BenefitsEN, "\n"))
		if err != nil {
			return err
		}
	}
	for _, e := range events {
		_, err := tx.Run("INSERT INTO club_events (id, club_id, name_zh, name_en, held_on, place, branch_id, created_at, created_by) VALUES (?,?,?,?,?,?,?,?,?)",
			e.ID, c.ID, e.NameZH, e.NameEN, e.HeldOn, e.Place, e.BranchID, at, by)
		if err != nil {
			return err
		}
	}
	for name, used := range map[string]int{"club": 1, "tier": len(c.Tiers), "club_event": len(events)} {
		if _, err := tx.Run("UPDATE sequences SET next = next + ? WHERE name = ?", used, name); err != nil {
			return err
		}
	}
	_, err = tx.Run("UPDATE fields_head SET version = version + 1 WHERE id = 1")
	return err
}

// Loaded is a member of a bulk load.
type Loaded struct {
	Member
	StaffID int64 // who made them a member
	At      int64 // when, in milliseconds
}

// Grown brings a member of a load in step with the rules, as stays would have one
// by one: the level begins with the stay that met its rule.
func (m Member) Grown(c Club, list []stay.Dealing, today string) Member {
	m.TierOn = m.JoinedOn
	for n := range list {
		if now := m.settled(c, list[:n+1], max(list[n].On, m.JoinedOn)); now.TierID != m.TierID {
			m = now
		}
	}
	since := m.TierOn
	out := m.settled(c, list, today)
	if out.TierID == m.TierID || m.TierID == 0 {
		out.TierOn = since
	}
	return out
}

// Load writes members into a base in which none of them is one, with their numbers
// and how they came to their levels.
func Load(ctx context.Context, to *db.Bulk, c Club, list []Loaded) error {
	if len(list) == 0 {
		return nil
	}
	var members, numbers, events [][]any
	for _, m := range list {
		members = append(members, m.args(m.At))
		numbers = append(numbers, []any{m.ClubID, m.Number, m.ID, m.At, int64(0), ""})
		tier, _ := c.Tier(m.TierID)
		line := func(n int64, kind string, from, to int64, by string, staff int64, reason, until string, f Figures) {
			events = append(events, []any{m.ID, n, kind, from, to, by, staff, m.BranchID, reason, until, int64(tier.Months), int64(f.Nights), int64(f.Stays), f.Spend, m.At})
		}
		line(1, Joined, 0, c.Tiers[0].ID, ByRule, m.StaffID, "", "", Figures{})
		switch {
		case m.ByHand():
			line(2, LevelSet, c.Tiers[0].ID, m.TierID, ByPerson, m.HandBy, m.HandReason, m.HandUntil, Figures{})
		case m.TierID != c.Tiers[0].ID:
			line(2, LevelSet, c.Tiers[0].ID, m.TierID, ByRule, 0, "", "", m.Figures)
		}
	}
	for _, table := range []struct {
		name, columns string
		rows          [][]any
	}{
		{"members", memberColumns + ", updated_at", members},
		{"member_numbers", "club_id, number, member_id, given_at, ended_at, ended_why", numbers},
		{"member_events", "member_id, n, kind, from_tier, tier_id, set_by, staff_id, branch_id, reason, until_on, months, nights, stays, spend, at", events},
	} {
		if err := to.Insert(ctx, table.name, strings.Join(strings.Fields(table.columns), " "), slices.Values(table.rows)); err != nil {
			return err
		}
	}
	return nil
}
