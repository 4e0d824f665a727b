package membership

import (
	"context"
	"slices"

	"shuke/models/db"
	"shuke/models/stay"
)

const lockCustomersSQL = "SELECT id, tier FROM customers WHERE id IN ? ORDER BY id"

// judgeMany judges all memberships of customers in one transaction and writes
// those of customers for whom no level changes, which are nearly all whenever a
// house changes a rule: only dates and figures follow, and nobody has to be told.
// It returns the other customers, who are judged one by one. Customers are locked
// first, in the order of ids, as everywhere.
func (s *Service) judgeMany(ctx context.Context, customers []int64) (others []int64, err error) {
	customers = slices.Compact(slices.Sorted(slices.Values(customers)))
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		others = nil
		b, err := readBatch(tx, customers)
		if err != nil {
			return err
		}
		var calm []any
		now := db.Millis(s.clock.Now())
		for _, id := range customers {
			rows, same := b.judge(id, s.today())
			if !same {
				others = append(others, id)
				continue
			}
			for _, m := range rows {
				calm = append(calm, m.args(now)...)
			}
		}
		return tx.UpsertAll("INSERT INTO members ("+memberColumns+", updated_at) VALUES ", memberWidth, calm, "id",
			"nights = new.nights", "stays = new.stays", "spend = new.spend", "holds_to = new.holds_to", "hand_tier_id = new.hand_tier_id", "hand_by = new.hand_by", "hand_on = new.hand_on",
			"hand_until = new.hand_until", "hand_reason = new.hand_reason", "rule_tier_id = new.rule_tier_id", "check_on = new.check_on", "judged = new.judged", "updated_at = new.updated_at")
	})
	return others, err
}

// batch is what judging some customers needs.
type batch struct {
	clubs    *Clubs
	tiers    map[int64]string // level as the identity has it, of those who are there
	members  map[int64][]Member
	dealings map[int64][]stay.Dealing
}

func readBatch(tx *db.Tx, customers []int64) (batch, error) {
	b := batch{tiers: map[int64]string{}, members: map[int64][]Member{}}
	rows, err := tx.Raw(lockCustomersSQL+tx.Dialect.ForUpdate(), db.Padded(customers)).Rows()
	if err != nil {
		return b, err
	}
	err = db.Each(rows, func() error {
		var id int64
		var tier string
		err := rows.Scan(&id, &tier)
		b.tiers[id] = tier
		return err
	})
	if err != nil {
		return b, err
	}
	if b.clubs, err = clubsIn(tx); err != nil {
		return b, err
	}
	members, err := membersOfMany(tx, customers)
	if err != nil {
		return b, err
	}
	for _, m := range members {
		b.members[m.CustomerID] = append(b.members[m.CustomerID], m)
	}
	b.dealings, err = stay.DealingsOf(tx, customers)
	return b, err
}

// judge brings the memberships of one customer in step. It is the same customer to
// the house as before when all levels stay and the identity names the right one;
// only then the rows may be written as they are.
func (b batch) judge(customerID int64, today string) (changed []Member, same bool) {
	named, there := b.tiers[customerID]
	if !there {
		return nil, false
	}
	for _, m := range b.members[customerID] {
		club, known := b.clubs.Club(m.ClubID)
		if !known || m.Left {
			continue
		}
		now := m.settled(club, b.dealings[customerID], today)
		if now.TierID != m.TierID {
			return nil, false
		}
		if now != m {
			changed = append(changed, now)
		}
	}
	return changed, named == b.first(customerID)
}

// first is the level that the identity of a customer names: the one of the first
// club in the house's order.
func (b batch) first(customerID int64) string {
	for _, club := range b.clubs.List {
		for _, m := range b.members[customerID] {
			if m.ClubID == club.ID && !m.Left {
				tier, _ := club.Tier(m.TierID)
				return tier.NameZH
			}
		}
	}
	return ""
}
