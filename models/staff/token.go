package staff

import (
	"context"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// tokenPrefix makes a leaked token findable in files.
const tokenPrefix = "shuke_"

// AddToken makes a bearer token for programs that act with that person's
// rights. Only its hash is kept. In the browser, a token of somebody in a high
// role is as good as the role itself: only those who could give it make one.
func (s *Service) AddToken(ctx context.Context, a policies.Actor, login, label string) (token string, err error) {
	if err := s.mayManage(a); err != nil {
		return "", err
	}
	p, err := s.byLogin(ctx, login)
	if err != nil {
		return "", err
	}
	if p.ID == 0 {
		return "", fault.New(fault.NotFound, "staff.unknown_login")
	}
	if a.Via != policies.Command {
		if err := s.mayGive(ctx, a, p.Role); err != nil {
			return "", fault.New(fault.Denied, "staff.role_needs_owner")
		}
	}
	bare, _ := secret()
	token = tokenPrefix + bare
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Run("INSERT INTO tokens (id, staff_id, label, created_at) VALUES (?,?,?,?)", hashOf(token), p.ID, cut(label, 80), db.Millis(s.clock.Now()))
		if err != nil {
			return err
		}
		e := audit.By(a, "token.added")
		e.Object = login
		return s.log.Append(tx, e)
	})
	return token, err
}

const tokenSQL = `SELECT (SELECT version FROM fields_head WHERE id = 1), t.id, ` + personColumns + `
FROM tokens t JOIN staff p ON p.id = t.staff_id JOIN branches b ON b.id = p.branch_id WHERE t.id = ? AND t.revoked_at = 0`

// LoadToken returns the session of a bearer token, as LoadSession does.
func (s *Service) LoadToken(ctx context.Context, token string) (Session, error) {
	rows, err := s.db.Read(ctx).Raw(tokenSQL, hashOf(token)).Rows()
	if err != nil {
		return Session{}, err
	}
	defer rows.Close()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return Session{}, err
		}
		return Session{}, errSignedOut
	}
	var out Session
	var timeZone string
	a := &out.Actor
	err = rows.Scan(&out.FieldsVersion, &out.ID, &a.StaffID, &a.Login, &a.Name, &a.Role, &a.BranchID, &a.Status, &a.Employment, &a.EmploymentConfirmed,
		&a.HiredOn, &a.NoticeOn, &a.LastOn, &a.PayBand, &a.PasswordTemporary, &out.Language, &out.Theme, &out.BranchNameZH, &out.BranchNameEN, &timeZone, &a.Region)
	if err != nil {
		return Session{}, err
	}
	a.Zone, a.Now, a.Via, a.Session = zone(timeZone), s.clock.Now(), policies.Token, out.ID[:16]
	if !a.Working() {
		return Session{}, errSignedOut
	}
	return out, nil
}
