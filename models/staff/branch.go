package staff

import (
	"context"
	"regexp"
	"strings"
	"time"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// Branch is a house of the business.
type Branch struct {
	ID       int64
	Code     string // short and lasting, as the command line names it
	NameZH   string
	NameEN   string
	TimeZone string
	Region   string // ISO 3166 country, for telephone numbers without a prefix
	Active   bool
	Version  int64
}

var branchCode = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,30}$`)

func (b Branch) check() error {
	f := fault.Fields{}
	if !branchCode.MatchString(b.Code) {
		f.Add("code", "branch.code_invalid", nil)
	}
	for field, name := range map[string]string{"name_zh": b.NameZH, "name_en": b.NameEN} {
		if strings.TrimSpace(name) == "" {
			f.Add(field, "error.required", nil)
		} else if len([]rune(name)) > 120 {
			f.Add(field, "error.too_long", map[string]any{"Max": 120})
		}
	}
	if _, err := time.LoadLocation(b.TimeZone); err != nil || b.TimeZone == "" || b.TimeZone == "Local" {
		f.Add("time_zone", "branch.time_zone_invalid", nil)
	}
	if len(b.Region) != 2 || strings.Trim(b.Region, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		f.Add("region", "branch.region_invalid", nil)
	}
	return f.Err()
}

// Branches lists the branches by their order of founding here.
func (s *Service) Branches(ctx context.Context) ([]Branch, error) {
	rows, err := s.db.Read(ctx).Raw("SELECT id, code, name_zh, name_en, time_zone, region, active, version FROM branches ORDER BY id").Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Branch
	for rows.Next() {
		var b Branch
		if err := rows.Scan(&b.ID, &b.Code, &b.NameZH, &b.NameEN, &b.TimeZone, &b.Region, &b.Active, &b.Version); err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, rows.Err()
}

// Branch returns the branch of that code.
func (s *Service) Branch(ctx context.Context, code string) (Branch, error) {
	all, err := s.Branches(ctx)
	if err != nil {
		return Branch{}, err
	}
	for _, b := range all {
		if b.Code == code {
			return b, nil
		}
	}
	return Branch{}, fault.New(fault.NotFound, "error.not_found")
}

// AddBranch founds a branch.
func (s *Service) AddBranch(ctx context.Context, a policies.Actor, b Branch) (Branch, error) {
	if err := s.mayManageBranches(ctx, a); err != nil {
		return Branch{}, err
	}
	if err := b.check(); err != nil {
		return Branch{}, err
	}
	id, err := s.branches.Take(ctx, 1)
	if err != nil {
		return Branch{}, err
	}
	b.ID, b.Active, b.Version = id, true, 1
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Run("INSERT INTO branches (id, code, name_zh, name_en, time_zone, region, created_at) VALUES (?,?,?,?,?,?,?)",
			b.ID, b.Code, strings.TrimSpace(b.NameZH), strings.TrimSpace(b.NameEN), b.TimeZone, b.Region, db.Millis(s.clock.Now()))
		if err != nil {
			return err
		}
		e := audit.By(a, "branch.added")
		e.Object = b.Code
		return s.log.Append(tx, e)
	})
	if db.Duplicate(err) {
		return Branch{}, fault.Fields{"code": {Key: "branch.code_taken"}}.Err()
	}
	return b, err
}

// mayManageBranches asks the policy, and lets the command line found the first
// branch of an empty house.
func (s *Service) mayManageBranches(ctx context.Context, a policies.Actor) error {
	if a.Via == policies.Command {
		return nil
	}
	return s.guard.Require(a, policies.BranchManage)
}

// EditBranch changes a branch; its code stays.
func (s *Service) EditBranch(ctx context.Context, a policies.Actor, b Branch) error {
	if err := s.guard.Require(a, policies.BranchManage); err != nil {
		return err
	}
	if err := b.check(); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		n, err := tx.Run("UPDATE branches SET name_zh = ?, name_en = ?, time_zone = ?, region = ?, active = ?, version = version + 1 WHERE code = ? AND version = ?",
			strings.TrimSpace(b.NameZH), strings.TrimSpace(b.NameEN), b.TimeZone, b.Region, b.Active, b.Code, b.Version)
		if err != nil {
			return err
		}
		if n != 1 {
			return fault.New(fault.Conflict, "error.stale")
		}
		e := audit.By(a, "branch.changed")
		e.Object = b.Code
		return s.log.Append(tx, e)
	})
}
