package staff

import (
	"context"
	"slices"
	"strings"

	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// Invented is a member of staff of sample data. Without a password nobody signs
// in with the account.
type Invented struct {
	Draft
	Password string
	Language string
}

// Seed founds the branches and takes on the people of an empty house, all facts
// of employment confirmed, and returns their ids in the same order. It is for
// sample data: where there is a branch or an account it refuses. The caller
// records it in also, which runs last in the transaction.
func (s *Service) Seed(ctx context.Context, branches []Branch, people []Invented, also func(tx *db.Tx) error) (branchIDs, staffIDs []int64, err error) {
	hashes := make([]string, len(people))
	for i, p := range people {
		if err := p.check().Err(); err != nil {
			return nil, nil, err
		}
		if p.Password == "" {
			continue // an empty hash matches nothing
		}
		if hashes[i], err = s.hasher.Hash(ctx, p.Password); err != nil {
			return nil, nil, err
		}
	}
	for _, b := range branches {
		if err := b.check(); err != nil {
			return nil, nil, err
		}
	}
	if branchIDs, err = take(ctx, s.branches, len(branches)); err != nil {
		return nil, nil, err
	}
	if staffIDs, err = take(ctx, s.ids, len(people)); err != nil {
		return nil, nil, err
	}
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := s.mustBeEmpty(tx); err != nil {
			return err
		}
		if err := s.seedBranches(tx, branches, branchIDs); err != nil {
			return err
		}
		if err := s.seedPeople(tx, branches, branchIDs, people, staffIDs, hashes); err != nil {
			return err
		}
		return also(tx)
	})
	return branchIDs, staffIDs, err
}

func take(ctx context.Context, from *db.Sequence, n int) ([]int64, error) {
	first, err := from.Take(ctx, n)
	ids := make([]int64, n)
	for i := range ids {
		ids[i] = first + int64(i)
	}
	return ids, err
}

func (s *Service) mustBeEmpty(tx *db.Tx) error {
	var n []int64
	err := tx.Raw("SELECT id FROM staff UNION ALL SELECT id FROM branches LIMIT 1").Scan(&n).Error
	if err == nil && len(n) > 0 {
		return fault.New(fault.Conflict, "staff.house_not_empty")
	}
	return err
}

func (s *Service) seedBranches(tx *db.Tx, branches []Branch, ids []int64) error {
	now := db.Millis(s.clock.Now())
	for i, b := range branches {
		_, err := tx.Run("INSERT INTO branches (id, code, name_zh, name_en, time_zone, region, created_at) VALUES (?,?,?,?,?,?,?)",
			ids[i], b.Code, b.NameZH, b.NameEN, b.TimeZone, b.Region, now)
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) seedPeople(tx *db.Tx, branches []Branch, branchIDs []int64, people []Invented, ids []int64, hashes []string) error {
	now := db.Millis(s.clock.Now())
	for i, p := range people {
		at := slices.IndexFunc(branches, func(b Branch) bool { return b.Code == p.Branch })
		if at < 0 {
			return fault.Fields{"branch": {Key: "error.choose"}}.Err()
		}
		_, err := tx.Run(`INSERT INTO staff (id, login, name, role, branch_id, status, employment, hired_on, notice_on, last_on, pay_band,
 employment_change, employment_confirmed, password_hash, password_temporary, language, created_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,1,1,?,0,?,?)`,
			ids[i], p.Login, strings.TrimSpace(p.Name), p.Role, branchIDs[at], p.Status, p.Employment, p.HiredOn, p.NoticeOn, p.LastOn, p.PayBand,
			hashes[i], p.Language, now)
		if err != nil {
			return err
		}
		entered, confirmed := twoOthers(people, ids, i)
		_, err = tx.Run(`INSERT INTO employment_changes (staff_id, n, employment, hired_on, notice_on, last_on, pay_band, entered_by, entered_via, entered_at, confirmed_by, confirmed_at)
 VALUES (?,1,?,?,?,?,?,?,?,?,?,?)`, ids[i], p.Employment, p.HiredOn, p.NoticeOn, p.LastOn, p.PayBand, entered, policies.System, now, confirmed, now)
		if err != nil {
			return err
		}
	}
	return nil
}

// twoOthers picks who entered and who confirmed somebody's employment: two
// different people, neither the one meant.
func twoOthers(people []Invented, ids []int64, self int) (entered, confirmed int64) {
	for _, role := range []policies.Role{policies.Admin, policies.Owner, policies.Manager} {
		for i, p := range people {
			switch {
			case p.Role != role || i == self:
			case entered == 0:
				entered = ids[i]
			case confirmed == 0:
				confirmed = ids[i]
			}
		}
	}
	return entered, confirmed
}
