package staff

import (
	"context"
	"strings"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// Edit changes an account. Nobody edits their own; changed facts of employment
// wait for confirmation by another person; whoever is suspended, has left or
// changes role is signed out at once. Tokens end with the account and with
// notice; they do not come back when it is taken back.
func (s *Service) Edit(ctx context.Context, a policies.Actor, d Draft) error {
	if err := s.guard.Require(a, policies.StaffManage); err != nil {
		return err
	}
	p, err := s.Person(ctx, d.Login)
	if err != nil {
		return err
	}
	if err := s.MayChange(ctx, a, p); err != nil {
		return err
	}
	if err := d.check().Err(); err != nil {
		return err
	}
	if err := s.mayGive(ctx, a, d.Role); err != nil {
		return err
	}
	branch, err := s.Branch(ctx, d.Branch)
	if fault.Is(err, fault.NotFound) {
		return fault.Fields{"branch": {Key: "error.choose"}}.Err()
	}
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error { return s.edit(tx, a, p, d, branch) })
}

func (s *Service) edit(tx *db.Tx, a policies.Actor, p Person, d Draft, branch Branch) error {
	employment := employmentOf(p.Draft) != employmentOf(d)
	n, err := tx.Run(`UPDATE staff SET name = ?, role = ?, branch_id = ?, status = ?, employment = ?, hired_on = ?, notice_on = ?, last_on = ?, pay_band = ?, version = version + 1
 WHERE id = ? AND version = ?`, strings.TrimSpace(d.Name), d.Role, branch.ID, d.Status, d.Employment, d.HiredOn, d.NoticeOn, d.LastOn, d.PayBand, p.ID, d.Version)
	if err != nil {
		return err
	}
	if n != 1 {
		return fault.New(fault.Conflict, "error.stale")
	}
	if employment {
		var last int64
		if err := tx.Raw("SELECT employment_change FROM staff WHERE id = ?", p.ID).Row().Scan(&last); err != nil {
			return err
		}
		if _, err := tx.Run("UPDATE staff SET employment_change = ?, employment_confirmed = 0 WHERE id = ?", last+1, p.ID); err != nil {
			return err
		}
		if err := s.insertEmployment(tx, a, p.ID, last+1, d, false); err != nil {
			return err
		}
	}
	if d.Status != policies.Active || d.Role != p.Role {
		if err := endSessions(tx, p.ID, ""); err != nil {
			return err
		}
	}
	then := policies.Actor{StaffID: p.ID, Status: d.Status, NoticeOn: d.NoticeOn, LastOn: d.LastOn, Zone: zone(branch.TimeZone), Now: s.clock.Now()}
	if !mayHoldToken(then) {
		if _, err := tx.Run("UPDATE tokens SET revoked_at = ? WHERE staff_id = ? AND revoked_at = 0", db.Millis(s.clock.Now()), p.ID); err != nil {
			return err
		}
	}
	return s.log.Append(tx, editEvent(a, p.Draft, d))
}

type employment struct {
	kind                               policies.Employment
	hiredOn, noticeOn, lastOn, payBand string
}

func employmentOf(d Draft) employment {
	return employment{d.Employment, d.HiredOn, d.NoticeOn, d.LastOn, d.PayBand}
}

// editEvent names what changed, old and new: facts of employment are the
// business's own record, and the reason later acts were allowed or refused.
func editEvent(a policies.Actor, was, is Draft) audit.Event {
	e := audit.By(a, "staff.changed")
	e.Object = is.Login
	for _, c := range [][3]string{
		{"role", string(was.Role), string(is.Role)}, {"branch", was.Branch, is.Branch}, {"status", string(was.Status), string(is.Status)},
		{"employment", string(was.Employment), string(is.Employment)}, {"hired_on", was.HiredOn, is.HiredOn}, {"notice_on", was.NoticeOn, is.NoticeOn},
		{"last_on", was.LastOn, is.LastOn}, {"pay_band", was.PayBand, is.PayBand},
	} {
		if c[1] != c[2] {
			e.Details = append(e.Details, audit.Detail{Name: c[0], Value: c[1] + " → " + c[2]})
		}
	}
	if was.Name != is.Name {
		e.Details = append(e.Details, audit.Detail{Name: "name", Value: "changed"})
	}
	return e
}

// Confirm lets the facts of employment in force count: by somebody who neither
// entered them nor is meant by them.
func (s *Service) Confirm(ctx context.Context, a policies.Actor, login string, version int64) error {
	if err := s.guard.Require(a, policies.StaffConfirm); err != nil {
		return err
	}
	p, err := s.Person(ctx, login)
	if err != nil {
		return err
	}
	if err := s.MayConfirm(a, p); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		n, err := tx.Run("UPDATE staff SET employment_confirmed = 1, version = version + 1 WHERE id = ? AND version = ? AND employment_confirmed = 0", p.ID, version)
		if err != nil {
			return err
		}
		if n != 1 {
			return fault.New(fault.Conflict, "error.stale")
		}
		_, err = tx.Run("UPDATE employment_changes SET confirmed_by = ?, confirmed_at = ? WHERE staff_id = ? AND n = (SELECT employment_change FROM staff WHERE id = ?)",
			a.StaffID, db.Millis(s.clock.Now()), p.ID, p.ID)
		if err != nil {
			return err
		}
		e := audit.By(a, "staff.confirmed")
		e.Object = login
		return s.log.Append(tx, e)
	})
}

// ResetPassword gives an account a new first password, known to the person who
// hands it over only until it is changed, and ends all its sessions.
func (s *Service) ResetPassword(ctx context.Context, a policies.Actor, login string) (password string, err error) {
	if err := s.guard.Require(a, policies.StaffManage); err != nil {
		return "", err
	}
	p, err := s.Person(ctx, login)
	if err != nil {
		return "", err
	}
	if err := s.MayChange(ctx, a, p); err != nil {
		return "", err
	}
	password = firstPassword()
	hash, err := s.hasher.Hash(ctx, password)
	if err != nil {
		return "", err
	}
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Run("UPDATE staff SET password_hash = ?, password_temporary = 1, password_expires_at = ?, version = version + 1 WHERE id = ?",
			hash, db.Millis(s.clock.Now().Add(FirstPasswordLife)), p.ID)
		if err != nil {
			return err
		}
		if err := endSessions(tx, p.ID, ""); err != nil {
			return err
		}
		e := audit.By(a, "staff.password_reset")
		e.Object = login
		return s.log.Append(tx, e)
	})
	return password, err
}

// EndSessions signs a person out everywhere.
func (s *Service) EndSessions(ctx context.Context, a policies.Actor, login string) error {
	if err := s.guard.Require(a, policies.StaffManage); err != nil {
		return err
	}
	p, err := s.Person(ctx, login)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		if err := endSessions(tx, p.ID, ""); err != nil {
			return err
		}
		e := audit.By(a, "staff.sessions_ended")
		e.Object = login
		return s.log.Append(tx, e)
	})
}

// SetPreferences stores the language and theme a person chose.
func (s *Service) SetPreferences(ctx context.Context, a policies.Actor, language, theme string) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Run("UPDATE staff SET language = ?, theme = ? WHERE id = ?", language, theme, a.StaffID)
		return err
	})
}
