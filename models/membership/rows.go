package membership

import (
	"context"
	"database/sql"
	"strings"

	"shuke/models/db"
)

const clubsSQL = `SELECT id, name_zh, name_en, prefix, digits, check_digit, joining, next_number, position, is_on, rules, version FROM clubs ORDER BY position, id`

const tiersSQL = `SELECT id, club_id, rank_no, name_zh, name_en, tone, months, nights, stays, spend, any_of, grace_months, benefits_zh, benefits_en, version FROM club_tiers ORDER BY club_id, rank_no`

// querier runs a statement that reads, within a transaction or outside.
type querier func(query string, args ...any) (*sql.Rows, error)

// readClubs reads all clubs with their levels: a house has a handful.
func readClubs(ask querier) ([]Club, error) {
	rows, err := ask(clubsSQL)
	if err != nil {
		return nil, err
	}
	var out []Club
	err = db.Each(rows, func() error {
		var c Club
		err := rows.Scan(&c.ID, &c.NameZH, &c.NameEN, &c.Prefix, &c.Digits, &c.CheckDigit, &c.Joining, &c.NextNumber, &c.Position, &c.On, &c.Rules, &c.Version)
		out = append(out, c)
		return err
	})
	if err != nil || len(out) == 0 {
		return nil, err
	}
	if rows, err = ask(tiersSQL); err != nil {
		return nil, err
	}
	return out, db.Each(rows, func() error {
		var t Tier
		var zh, en string
		err := rows.Scan(&t.ID, &t.ClubID, &t.Rank, &t.NameZH, &t.NameEN, &t.Tone, &t.Months, &t.Nights, &t.Stays, &t.Spend, &t.Any, &t.GraceMonths, &zh, &en, &t.Version)
		t.BenefitsZH, t.BenefitsEN = lines(zh), lines(en)
		for i := range out {
			if out[i].ID == t.ClubID {
				out[i].Tiers = append(out[i].Tiers, t)
			}
		}
		return err
	})
}

func lines(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

func clubsIn(tx *db.Tx) (*Clubs, error) {
	list, err := readClubs(func(query string, args ...any) (*sql.Rows, error) { return tx.Raw(query, args...).Rows() })
	return &Clubs{List: list}, err
}

// Clubs returns the clubs of the version of the house's lists that the session of
// a request saw; they are read again only when that is another.
func (s *Service) Clubs(ctx context.Context, version int64) (*Clubs, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.clubs != nil && s.clubs.Version == version {
		return s.clubs, nil
	}
	list, err := readClubs(func(query string, args ...any) (*sql.Rows, error) { return s.db.Read(ctx).Raw(query, args...).Rows() })
	if err != nil {
		return nil, err
	}
	s.clubs = &Clubs{Version: version, List: list}
	return s.clubs, nil
}

const memberColumns = `id, club_id, customer_id, number, state, joined_on, branch_id, tier_id, tier_on, rule_tier_id, nights, stays, spend, holds_to,
 hand_tier_id, hand_by, hand_on, hand_until, hand_reason, check_on, judged, left_on, left_why, version`

const memberWidth = 25 // with the moment of the change

func (m *Member) into() []any {
	return []any{&m.ID, &m.ClubID, &m.CustomerID, &m.Number, &m.Left, &m.JoinedOn, &m.BranchID, &m.TierID, &m.TierOn, &m.RuleTierID, &m.Nights, &m.Stays, &m.Spend, &m.HoldsTo,
		&m.HandTierID, &m.HandBy, &m.HandOn, &m.HandUntil, &m.HandReason, &m.CheckOn, &m.Judged, &m.LeftOn, &m.LeftWhy, &m.Version}
}

func (m Member) args(at int64) []any {
	state := int64(0)
	if m.Left {
		state = 1
	}
	return []any{m.ID, m.ClubID, m.CustomerID, m.Number, state, m.JoinedOn, m.BranchID, m.TierID, m.TierOn, m.RuleTierID, int64(m.Nights), int64(m.Stays), m.Spend, m.HoldsTo,
		m.HandTierID, m.HandBy, m.HandOn, m.HandUntil, m.HandReason, m.CheckOn, m.Judged, m.LeftOn, m.LeftWhy, m.Version, at}
}

// membersOf reads the memberships of a customer, those that ended too, for change.
func membersOf(tx *db.Tx, customerID int64) ([]Member, error) {
	rows, err := tx.Raw("SELECT "+memberColumns+" FROM members WHERE customer_id = ? ORDER BY club_id"+tx.Dialect.ForUpdate(), customerID).Rows()
	return scanMembers(rows, err)
}

// membersOfMany reads those of several customers.
func membersOfMany(tx *db.Tx, customers []int64) ([]Member, error) {
	rows, err := tx.Raw("SELECT "+memberColumns+" FROM members WHERE customer_id IN ? ORDER BY customer_id, club_id"+tx.Dialect.ForUpdate(), db.Padded(customers)).Rows()
	return scanMembers(rows, err)
}

func scanMembers(rows *sql.Rows, err error) ([]Member, error) {
	if err != nil {
		return nil, err
	}
	var out []Member
	err = db.Each(rows, func() error {
		var m Member
		err := rows.Scan(m.into()...)
		out = append(out, m)
		return err
	})
	return out, err
}

func (s *Service) insertMember(tx *db.Tx, m Member) error {
	_, err := tx.Run("INSERT INTO members ("+memberColumns+", updated_at) VALUES "+db.Rows(1, memberWidth), m.args(db.Millis(s.clock.Now()))...)
	return err
}

// updateMember writes a membership as it now is; it is locked.
func (s *Service) updateMember(tx *db.Tx, m Member) error {
	args := append(m.args(db.Millis(s.clock.Now()))[3:], m.ID)
	_, err := tx.Run(`UPDATE members SET number = ?, state = ?, joined_on = ?, branch_id = ?, tier_id = ?, tier_on = ?, rule_tier_id = ?, nights = ?, stays = ?, spend = ?, holds_to = ?,
 hand_tier_id = ?, hand_by = ?, hand_on = ?, hand_until = ?, hand_reason = ?, check_on = ?, judged = ?, left_on = ?, left_why = ?, version = ?, updated_at = ? WHERE id = ?`, args...)
	return err
}
