package staff

import (
	"context"
	"encoding/json"
	"time"

	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// How long a session lives: idle, and in all. A counter is left alone often; a
// shift ends after twelve hours.
const (
	SessionIdle = 30 * time.Minute
	SessionLife = 12 * time.Hour
	// touchAfter is how stale the last-seen time may grow before it is written.
	touchAfter = time.Minute
)

// Session is a signed-in browser with the person as they are right now.
type Session struct {
	ID            string // hash of the cookie's secret
	CreatedAt     time.Time
	SeenAt        time.Time
	Notices       []string // text keys to show once
	Language      string
	Theme         string
	BranchNameZH  string
	BranchNameEN  string
	FieldsVersion int64     // version of the field catalogue in force
	Allowance     Allowance // of a token
	Actor         policies.Actor
}

// personColumns are what an Actor needs, in the order scanActor reads them.
const personColumns = `p.id, p.login, p.name, p.role, p.branch_id, p.status, p.employment, p.employment_confirmed, p.hired_on,
 p.notice_on, p.last_on, p.pay_band, p.password_temporary, p.language, p.theme, b.name_zh, b.name_en, b.time_zone, b.region`

const sessionSQL = `SELECT s.id, s.created_at, s.seen_at, s.ends_at, s.notices, (SELECT version FROM fields_head WHERE id = 1), ` + personColumns + `
FROM sessions s JOIN staff p ON p.id = s.staff_id JOIN branches b ON b.id = p.branch_id WHERE s.id = ?`

var errSignedOut = fault.New(fault.Unauthenticated, "signin.needed")

// LoadSession returns the session of a cookie's secret with the facts about the
// person as they stand at this request, in one statement. A session that ended,
// idled out or whose person may no longer work here is as good as none.
func (s *Service) LoadSession(ctx context.Context, token string) (Session, error) {
	if token == "" {
		return Session{}, errSignedOut
	}
	rows, err := s.db.Read(ctx).Raw(sessionSQL, hashOf(token)).Rows()
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
	var created, seen, ends int64
	var notices, timeZone string
	a := &out.Actor
	err = rows.Scan(&out.ID, &created, &seen, &ends, &notices, &out.FieldsVersion,
		&a.StaffID, &a.Login, &a.Name, &a.Role, &a.BranchID, &a.Status, &a.Employment, &a.EmploymentConfirmed, &a.HiredOn,
		&a.NoticeOn, &a.LastOn, &a.PayBand, &a.PasswordTemporary, &out.Language, &out.Theme, &out.BranchNameZH, &out.BranchNameEN, &timeZone, &a.Region)
	if err != nil {
		return Session{}, err
	}
	if notices != "" {
		if err := json.Unmarshal([]byte(notices), &out.Notices); err != nil {
			return Session{}, err
		}
	}
	now := s.clock.Now()
	out.CreatedAt, out.SeenAt = db.Time(created), db.Time(seen)
	a.Zone, a.Now, a.Via, a.Session = zone(timeZone), now, policies.Browser, out.ID[:16]
	if now.UnixMilli() >= ends || now.Sub(out.SeenAt) >= SessionIdle || !a.Working() {
		return Session{}, errSignedOut
	}
	return out, nil
}

// Touch notes that a session was used, at most once a minute. It writes nothing
// but the session's own time.
func (s *Service) Touch(ctx context.Context, session Session) error {
	now := s.clock.Now()
	if now.Sub(session.SeenAt) < touchAfter {
		return nil
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Run("UPDATE sessions SET seen_at = ? WHERE id = ?", db.Millis(now), session.ID)
		return err
	})
}

// SaveNotices replaces the texts the next page shows once.
func (s *Service) SaveNotices(ctx context.Context, id string, notices []string) error {
	text := ""
	if len(notices) > 0 {
		b, err := json.Marshal(notices)
		if err != nil {
			return err
		}
		text = string(b)
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Run("UPDATE sessions SET notices = ? WHERE id = ?", text, id)
		return err
	})
}

// startSession makes a new session for a person; the secret goes into a cookie
// and nowhere else.
func (s *Service) startSession(tx *db.Tx, staffID int64, address, agent string) (token string, id string, err error) {
	token, id = secret()
	now := s.clock.Now()
	_, err = tx.Run("INSERT INTO sessions (id, staff_id, created_at, seen_at, ends_at, address, agent, notices) VALUES (?,?,?,?,?,?,?,'')",
		id, staffID, db.Millis(now), db.Millis(now), db.Millis(now.Add(SessionLife)), cut(address, 45), cut(agent, 200))
	return token, id, err
}

func cut(s string, n int) string {
	r := []rune(s)
	if len(r) > n {
		return string(r[:n])
	}
	return s
}

// endSessions ends every session of a person but one ("" ends all).
func endSessions(tx *db.Tx, staffID int64, but string) error {
	_, err := tx.Run("DELETE FROM sessions WHERE staff_id = ? AND id <> ?", staffID, but)
	return err
}

// OpenSession is one of a person's own sessions, for the list of them.
type OpenSession struct {
	Ref       string // first part of the hash: enough to name it, useless as a cookie
	CreatedAt time.Time
	SeenAt    time.Time
	Address   string
	Agent     string
	Current   bool
}

// Sessions lists the actor's own open sessions, latest first.
func (s *Service) Sessions(ctx context.Context, a policies.Actor) ([]OpenSession, error) {
	rows, err := s.db.Read(ctx).Raw("SELECT id, created_at, seen_at, address, agent FROM sessions WHERE staff_id = ? AND ends_at > ? ORDER BY seen_at DESC LIMIT 50",
		a.StaffID, db.Millis(s.clock.Now())).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []OpenSession
	for rows.Next() {
		var o OpenSession
		var id string
		var created, seen int64
		if err := rows.Scan(&id, &created, &seen, &o.Address, &o.Agent); err != nil {
			return nil, err
		}
		o.Ref, o.CreatedAt, o.SeenAt, o.Current = id[:16], db.Time(created), db.Time(seen), id[:16] == a.Session
		out = append(out, o)
	}
	return out, rows.Err()
}

// Sweep deletes sessions, throttles, counts and answered writes that no longer
// matter.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.clock.Now()
	s.brakes.forget(now.Add(-time.Hour))
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		if _, err := tx.Run("DELETE FROM token_reads WHERE hour < ?", hourOf(now)-1); err != nil {
			return err
		}
		for _, q := range []struct {
			sql    string
			before time.Time
		}{
			{"DELETE FROM sessions WHERE ends_at < ?", now},
			{"DELETE FROM sessions WHERE seen_at < ?", now.Add(-SessionIdle)},
			{"DELETE FROM sign_in_failures WHERE last_at < ?", now.Add(-24 * time.Hour)},
			{"DELETE FROM idempotency WHERE created_at < ?", now.Add(-72 * time.Hour)},
		} {
			if _, err := tx.Run(q.sql, db.Millis(q.before)); err != nil {
				return err
			}
		}
		return nil
	})
}
