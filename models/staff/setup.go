package staff

import (
	"context"
	"strings"
	"time"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// setupLife is how long a set-up link opens.
const setupLife = 24 * time.Hour

// SetupLink makes the one-time secret by which the owner's account is made, or
// "" when somebody has an account already. An earlier link dies.
func (s *Service) SetupLink(ctx context.Context) (string, error) {
	exists, err := s.Exists(ctx)
	if err != nil || exists {
		return "", err
	}
	token, hash := secret()
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		if _, err := tx.Run("DELETE FROM setup_links"); err != nil {
			return err
		}
		_, err := tx.Run("INSERT INTO setup_links (id, created_at) VALUES (?, ?)", hash, db.Millis(s.clock.Now()))
		return err
	})
	return token, err
}

var errNoSetup = fault.New(fault.NotFound, "error.not_found")

// CheckSetup reports whether the secret still opens the set-up.
func (s *Service) CheckSetup(ctx context.Context, token string) error {
	var at []int64
	err := s.db.Read(ctx).Raw("SELECT created_at FROM setup_links WHERE id = ? AND used_at = 0", hashOf(token)).Scan(&at).Error
	if err != nil {
		return err
	}
	if len(at) != 1 || s.clock.Now().Sub(db.Time(at[0])) > setupLife {
		return errNoSetup
	}
	exists, err := s.Exists(ctx)
	if err == nil && exists {
		return errNoSetup
	}
	return err
}

// Setup is what the owner enters at the first start.
type Setup struct {
	Branch   Branch
	Login    string
	Name     string
	Password string
	HiredOn  string
	Address  string
	Agent    string
}

// SetUp makes the first branch and the owner, uses up the link and signs the
// owner in. Of two who race, one wins.
func (s *Service) SetUp(ctx context.Context, token string, in Setup) (session string, err error) {
	if err := s.CheckSetup(ctx, token); err != nil {
		return "", err
	}
	d := Draft{Login: strings.ToLower(strings.TrimSpace(in.Login)), Name: in.Name, Role: policies.Owner, Branch: in.Branch.Code,
		Status: policies.Active, Employment: policies.Regular, HiredOn: in.HiredOn}
	fields := d.check()
	if key := checkNewPassword(d.Login, in.Password); key != "" {
		fields.Add("password", key, map[string]any{"Min": passwordMin})
	}
	if err := in.Branch.check(); err != nil {
		for field, m := range err.(*fault.Error).Fields {
			fields.Add("branch_"+field, m.Key, m.Args)
		}
	}
	if err := fields.Err(); err != nil {
		return "", err
	}
	hash, err := s.hasher.Hash(ctx, in.Password)
	if err != nil {
		return "", err
	}
	branchID, err := s.branches.Take(ctx, 1)
	if err != nil {
		return "", err
	}
	staffID, err := s.ids.Take(ctx, 1)
	if err != nil {
		return "", err
	}
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		session, err = s.setUp(tx, token, in, d, hash, branchID, staffID)
		return err
	})
	return session, err
}

func (s *Service) setUp(tx *db.Tx, token string, in Setup, d Draft, hash string, branchID, staffID int64) (string, error) {
	now := db.Millis(s.clock.Now())
	n, err := tx.Run("UPDATE setup_links SET used_at = ? WHERE id = ? AND used_at = 0", now, hashOf(token))
	if err != nil {
		return "", err
	}
	if n != 1 {
		return "", errNoSetup
	}
	b := in.Branch
	if _, err := tx.Run("INSERT INTO branches (id, code, name_zh, name_en, time_zone, region, created_at) VALUES (?,?,?,?,?,?,?)",
		branchID, b.Code, strings.TrimSpace(b.NameZH), strings.TrimSpace(b.NameEN), b.TimeZone, b.Region, now); err != nil {
		return "", err
	}
	if _, err := tx.Run(`INSERT INTO staff (id, login, name, role, branch_id, status, employment, hired_on, employment_change, employment_confirmed, password_hash, password_temporary, created_at)
 VALUES (?,?,?,?,?,?,?,?,1,1,?,0,?)`, staffID, d.Login, strings.TrimSpace(d.Name), d.Role, branchID, d.Status, d.Employment, d.HiredOn, hash, now); err != nil {
		return "", err
	}
	a := policies.Actor{StaffID: staffID, Role: policies.Owner, Employment: policies.Regular, BranchID: branchID, Via: "setup", Address: in.Address}
	if err := s.insertEmployment(tx, a, staffID, 1, d, true); err != nil {
		return "", err
	}
	session, _, err := s.startSession(tx, staffID, in.Address, in.Agent)
	if err != nil {
		return "", err
	}
	e := audit.By(a, "house.set_up")
	e.Object = d.Login
	return session, s.log.Append(tx, e)
}
