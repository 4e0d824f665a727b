package staff

import (
	"context"
	"errors"
	"strings"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// SignIn is what a sign-in page sends.
type SignIn struct {
	Login, Password string
	Address, Agent  string
	RequestID       string
}

// Enter checks a sign-in and starts a session. Every outcome is recorded before
// the answer. Unknown names take as long and sound the same as wrong passwords.
func (s *Service) Enter(ctx context.Context, in SignIn) (token string, err error) {
	login := strings.ToLower(strings.TrimSpace(in.Login))
	if login == "" || in.Password == "" || len(in.Password) > 4*passwordMax || len(login) > 64 {
		return "", errSignIn
	}
	subjects := []string{hashOf("account|" + login), hashOf("address|" + in.Address)}
	if err := s.letIn(ctx, in, subjects); err != nil {
		return "", err
	}
	p, err := s.byLogin(ctx, login)
	if err != nil {
		return "", err
	}
	ok, err := s.hasher.Check(ctx, in.Password, p.passwordHash)
	if err != nil {
		return "", err
	}
	if !ok {
		return "", s.refuse(ctx, in, p, "wrong", subjects)
	}
	if reason := s.barred(p); reason != "" {
		return "", s.refuse(ctx, in, p, reason, subjects)
	}
	return s.admit(ctx, in, p, subjects)
}

// admit starts the session of a right sign-in, unless guesses sent together
// with it have closed the account or address meanwhile.
func (s *Service) admit(ctx context.Context, in SignIn, p person, subjects []string) (token string, err error) {
	var late error
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		token = ""
		if late, err = s.blocked(tx.Raw(blockedSQL+tx.Dialect.ForUpdate(), subjects).Row()); err != nil {
			return err
		}
		if late != nil {
			return s.log.Append(tx, signInEvent(in, person{}, audit.Refused, "throttled"))
		}
		var id string
		if token, id, err = s.startSession(tx, p.ID, in.Address, in.Agent); err != nil {
			return err
		}
		if _, err := tx.Run("DELETE FROM sign_in_failures WHERE subject = ?", subjects[0]); err != nil {
			return err
		}
		e := signInEvent(in, p, audit.OK, "")
		e.Session = id[:16]
		return s.log.Append(tx, e)
	})
	if err != nil || late != nil {
		return "", errors.Join(late, err)
	}
	return token, nil
}

// refuse counts and records a failed sign-in and returns its answer. Of guesses
// sent together, those that are counted after the block learn nothing.
func (s *Service) refuse(ctx context.Context, in SignIn, p person, reason string, subjects []string) error {
	var late error
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		late = nil
		for i, subject := range subjects {
			blocked, err := s.fail(tx, subject, [...]int{accountFailures, addressFailures}[i])
			if err != nil {
				return err
			}
			if late == nil {
				late = blocked
			}
		}
		if late != nil {
			return s.log.Append(tx, signInEvent(in, person{}, audit.Refused, "throttled"))
		}
		return s.log.Append(tx, signInEvent(in, p, audit.Refused, reason))
	})
	if err != nil || late != nil {
		return errors.Join(late, err)
	}
	return errSignIn
}

func (s *Service) barred(p person) string {
	a := p.actor(s.clock.Now())
	if !a.Working() {
		return "not_working"
	}
	if p.PasswordTemporary && p.passwordExpires != 0 && db.Millis(s.clock.Now()) > p.passwordExpires {
		return "first_password_expired"
	}
	return ""
}

func signInEvent(in SignIn, p person, outcome audit.Outcome, reason string) audit.Event {
	a := p.Actor
	a.Via, a.Address, a.RequestID = policies.Browser, in.Address, in.RequestID
	e := audit.By(a, "staff.signed_in")
	e.Outcome, e.Reason = outcome, reason
	return e
}

// letIn is throttled with its record.
func (s *Service) letIn(ctx context.Context, in SignIn, subjects []string) error {
	err := s.throttled(ctx, subjects)
	if err == nil {
		return nil
	}
	return errors.Join(err, s.db.InTx(ctx, func(tx *db.Tx) error {
		return s.log.Append(tx, signInEvent(in, person{}, audit.Refused, "throttled"))
	}))
}

// Leave ends the actor's present session on the server.
func (s *Service) Leave(ctx context.Context, a policies.Actor) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		if _, err := tx.Run("DELETE FROM sessions WHERE staff_id = ? AND id LIKE ?", a.StaffID, a.Session+"%"); err != nil {
			return err
		}
		return s.log.Append(tx, audit.By(a, "staff.signed_out"))
	})
}

// EndSession ends one of the actor's own sessions by its reference.
func (s *Service) EndSession(ctx context.Context, a policies.Actor, ref string) error {
	if len(ref) != 16 || strings.Trim(ref, "0123456789abcdef") != "" {
		return fault.New(fault.NotFound, "error.not_found")
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		n, err := tx.Run("DELETE FROM sessions WHERE staff_id = ? AND id LIKE ?", a.StaffID, ref+"%")
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.NotFound, "error.not_found")
		}
		e := audit.By(a, "staff.session_ended")
		e.Object = ref
		return s.log.Append(tx, e)
	})
}

// ChangePassword replaces the actor's own password, which needs the present
// one, ends every session and starts a new one.
func (s *Service) ChangePassword(ctx context.Context, a policies.Actor, agent, present, chosen string) (token string, err error) {
	p, err := s.byLogin(ctx, a.Login)
	if err != nil {
		return "", err
	}
	subject := hashOf("account|" + a.Login)
	if err := s.throttled(ctx, []string{subject}); err != nil {
		return "", err
	}
	ok, err := s.hasher.Check(ctx, present, p.passwordHash)
	if err != nil {
		return "", err
	}
	if !ok {
		var late error
		err := s.db.InTx(ctx, func(tx *db.Tx) error {
			var err error
			if late, err = s.fail(tx, subject, accountFailures); err != nil {
				return err
			}
			e := audit.By(a, "staff.password_changed")
			e.Outcome, e.Reason = audit.Refused, "wrong"
			return s.log.Append(tx, e)
		})
		if err != nil || late != nil {
			return "", errors.Join(late, err)
		}
		return "", fault.Fields{"present": {Key: "password.present_wrong"}}.Err()
	}
	fields := fault.Fields{}
	if key := checkNewPassword(a.Login, chosen); key != "" {
		fields.Add("chosen", key, map[string]any{"Min": passwordMin})
	} else if chosen == present {
		fields.Add("chosen", "password.same", nil)
	}
	if err := fields.Err(); err != nil {
		return "", err
	}
	hash, err := s.hasher.Hash(ctx, chosen)
	if err != nil {
		return "", err
	}
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		if _, err := tx.Run("UPDATE staff SET password_hash = ?, password_temporary = 0, password_expires_at = 0, version = version + 1 WHERE id = ?", hash, a.StaffID); err != nil {
			return err
		}
		if err := endSessions(tx, a.StaffID, ""); err != nil {
			return err
		}
		if token, _, err = s.startSession(tx, a.StaffID, a.Address, agent); err != nil {
			return err
		}
		return s.log.Append(tx, audit.By(a, "staff.password_changed"))
	})
	return token, err
}
