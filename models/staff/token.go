package staff

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// tokenPrefix makes a leaked token findable in files.
const tokenPrefix = "shuke_"

// How long a token lives, in days, and how fast it may ask: calls a second, and
// customers shown an hour. Nobody gives one more than the most.
const (
	TokenDays        = 90
	TokenDaysMost    = 366
	TokenPerSecond   = 20
	TokenSecondsMost = 500
	TokenPerHour     = 600
	TokenHourMost    = 20_000
	tokenLabel       = 80
)

// TokenDraft is a token about to be made.
type TokenDraft struct {
	Login     string // whose rights it has
	Label     string // what it is for
	Scopes    []policies.Scope
	Days      int // until it expires
	PerSecond int
	PerHour   int
	Once      string // idempotency key of the form
}

// NewTokenDraft is a token as it is proposed: every scope, the usual limits.
func NewTokenDraft(login, label string) TokenDraft {
	return TokenDraft{Login: login, Label: label, Scopes: policies.Scopes, Days: TokenDays, PerSecond: TokenPerSecond, PerHour: TokenPerHour}
}

func (d TokenDraft) check() error {
	f := fault.Fields{}
	if n := len([]rune(d.Label)); n == 0 {
		f.Add("label", "error.required", nil)
	} else if n > tokenLabel {
		f.Add("label", "error.too_long", map[string]any{"Max": tokenLabel})
	}
	if len(d.Scopes) == 0 {
		f.Add("scopes", "token.scopes_needed", nil)
	}
	if slices.ContainsFunc(d.Scopes, func(s policies.Scope) bool { return !slices.Contains(policies.Scopes, s) }) {
		f.Add("scopes", "token.scopes_unknown", map[string]any{"Known": policies.JoinScopes(policies.Scopes)})
	}
	for _, bound := range []struct {
		field       string
		value, most int
	}{{"days", d.Days, TokenDaysMost}, {"per_second", d.PerSecond, TokenSecondsMost}, {"per_hour", d.PerHour, TokenHourMost}} {
		if bound.value < 1 || bound.value > bound.most {
			f.Add(bound.field, "token.range", map[string]any{"Max": bound.most})
		}
	}
	return f.Err()
}

// MayAddToken returns nil when the actor may make a token for the person. In
// the browser, a token of somebody in a high role is as good as the role itself:
// only those who could give it make one. Nobody makes one for who is leaving.
func (s *Service) MayAddToken(ctx context.Context, a policies.Actor, login string) error {
	_, err := s.tokenPerson(ctx, a, login)
	return err
}

func (s *Service) tokenPerson(ctx context.Context, a policies.Actor, login string) (person, error) {
	if err := s.mayManage(a); err != nil {
		return person{}, err
	}
	p, err := s.byLogin(ctx, login)
	if err != nil {
		return person{}, err
	}
	if p.ID == 0 {
		return person{}, fault.New(fault.NotFound, "staff.unknown_login")
	}
	if a.Via != policies.Command {
		if err := s.mayGive(ctx, a, p.Role); err != nil {
			return person{}, fault.New(fault.Denied, "staff.role_needs_owner")
		}
	}
	if !mayHoldToken(p.actor(s.clock.Now())) {
		return person{}, fault.New(fault.Invalid, "token.person_leaves")
	}
	return p, nil
}

// mayHoldToken reports whether a person's tokens work: whoever has given notice
// keeps an account until the last day, but no program that asks in their name.
func mayHoldToken(a policies.Actor) bool { return a.Working() && !a.OnNotice() }

// AddToken makes a bearer token for programs that act with that person's
// rights, as far as its scopes go. Only its hash is kept. The same form sent
// again makes no second one, and the first is shown no second time.
func (s *Service) AddToken(ctx context.Context, a policies.Actor, d TokenDraft) (token string, err error) {
	p, err := s.tokenPerson(ctx, a, d.Login)
	if err != nil {
		return "", err
	}
	d.Label = strings.TrimSpace(d.Label)
	if err := d.check(); err != nil {
		return "", err
	}
	bare, _ := secret()
	token = tokenPrefix + bare
	id, scopes, now := hashOf(token), policies.JoinScopes(d.Scopes), s.clock.Now()
	once := db.Once{StaffID: a.StaffID, Key: d.Once, Request: []string{"token", d.Login, d.Label, scopes, fmt.Sprint(d.Days, d.PerSecond, d.PerHour)}}
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		if _, done, err := once.Before(tx); err != nil || done {
			if done {
				return errTokenShown
			}
			return err
		}
		_, err := tx.Run("INSERT INTO tokens (id, staff_id, label, created_at, scopes, expires_at, per_second, per_hour, made_by) VALUES (?,?,?,?,?,?,?,?,?)",
			id, p.ID, d.Label, db.Millis(now), scopes, db.Millis(now.AddDate(0, 0, d.Days)), d.PerSecond, d.PerHour, a.StaffID)
		if err != nil {
			return err
		}
		if err := once.After(tx, id[:refLength], now); err != nil {
			return err
		}
		e := tokenEvent(a, "token.added", d.Login, id[:refLength])
		e.Details = append(e.Details, audit.Detail{Name: "scopes", Value: scopes}, audit.Detail{Name: "days", Value: fmt.Sprint(d.Days)},
			audit.Detail{Name: "per_second", Value: fmt.Sprint(d.PerSecond)}, audit.Detail{Name: "per_hour", Value: fmt.Sprint(d.PerHour)})
		return s.log.Append(tx, e)
	})
	if db.Duplicate(err) && d.Once != "" {
		err = errTokenShown
	}
	if err != nil {
		return "", err
	}
	return token, nil
}

var errTokenShown = fault.New(fault.Conflict, "token.shown_already")

// refLength is how much of a token's hash names it, on pages and in the record.
const refLength = 16

// tokenEvent names the token by the first part of its hash, which is what the
// events of its own calls carry too. The label stays out: people write into it.
func tokenEvent(a policies.Actor, action, login, ref string) audit.Event {
	e := audit.By(a, action)
	e.Object = login
	e.Details = []audit.Detail{{Name: "token", Value: ref}}
	return e
}

const tokenSQL = `SELECT (SELECT version FROM fields_head WHERE id = 1), t.id, t.scopes, t.expires_at, t.used_at, t.per_second, t.per_hour,
 (SELECT COALESCE(SUM(customers), 0) FROM token_reads WHERE token = ? AND hour = ?), ` + personColumns + `
FROM tokens t JOIN staff p ON p.id = t.staff_id JOIN branches b ON b.id = p.branch_id WHERE t.id = ? AND t.revoked_at = 0`

// Allowance is how fast a token may ask, and how much it was shown this hour.
type Allowance struct {
	PerSecond, PerHour int64
	Shown              int64 // customers, on all instances, as the ledger had it
	UsedAt             time.Time
}

// LoadToken returns the session of a bearer token, as LoadSession does. A token
// ends when it expires or is revoked, when its person gives notice, and when the
// person may no longer work here.
func (s *Service) LoadToken(ctx context.Context, token string) (Session, error) {
	id, now := hashOf(token), s.clock.Now()
	rows, err := s.db.Read(ctx).Raw(tokenSQL, id[:refLength], hourOf(now), id).Rows()
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
	var expires, used int64
	a, may := &out.Actor, &out.Allowance
	err = rows.Scan(&out.FieldsVersion, &out.ID, &a.Scopes, &expires, &used, &may.PerSecond, &may.PerHour, &may.Shown,
		&a.StaffID, &a.Login, &a.Name, &a.Role, &a.BranchID, &a.Status, &a.Employment, &a.EmploymentConfirmed,
		&a.HiredOn, &a.NoticeOn, &a.LastOn, &a.PayBand, &a.PasswordTemporary, &out.Language, &out.Theme, &out.BranchNameZH, &out.BranchNameEN, &timeZone, &a.Region)
	if err != nil {
		return Session{}, err
	}
	may.UsedAt = db.Time(used)
	a.Zone, a.Now, a.Via, a.Session = zone(timeZone), now, policies.Token, out.ID[:refLength]
	if (expires != 0 && db.Millis(now) >= expires) || !mayHoldToken(*a) {
		return Session{}, errSignedOut
	}
	return out, nil
}

// touchTokenAfter is how stale the last use of a token may grow before it is
// written: a busy program makes no writes of its own.
const touchTokenAfter = time.Hour

// TouchToken notes that a token was used, at most once an hour.
func (s *Service) TouchToken(ctx context.Context, session Session) error {
	now := s.clock.Now()
	if now.Sub(session.Allowance.UsedAt) < touchTokenAfter {
		return nil
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Run("UPDATE tokens SET used_at = ? WHERE id = ? AND used_at < ?", db.Millis(now), session.ID, db.Millis(now))
		return err
	})
}
