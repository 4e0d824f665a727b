package staff

import (
	"context"
	"strings"
	"time"

	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// TokenState says whether a token opens anything, and why not.
type TokenState string

// The states. A resting token is alive, but its person has given notice or may
// not work here just now.
const (
	TokenLive    TokenState = "live"
	TokenExpired TokenState = "expired"
	TokenRevoked TokenState = "revoked"
	TokenResting TokenState = "resting"
)

// Token is a bearer token as pages show it. The token itself is nowhere.
type Token struct {
	Ref         string // first part of its hash: enough to name it
	Login, Name string // whose rights it has
	Label       string
	Scopes      []policies.Scope
	Whole       bool // from before there were scopes: every verb no token is refused
	PerSecond   int
	PerHour     int
	MadeBy      string // name; "" at the command line
	CreatedAt   time.Time
	ExpiresAt   time.Time // zero: never
	UsedAt      time.Time // to the hour; zero: never
	State       TokenState
}

const tokensSQL = `SELECT t.id, p.login, p.name, t.label, t.scopes, t.per_second, t.per_hour, COALESCE(m.name, ''), t.created_at, t.expires_at, t.used_at, t.revoked_at,
 p.id, p.status, p.notice_on, p.last_on, b.time_zone
FROM tokens t JOIN staff p ON p.id = t.staff_id JOIN branches b ON b.id = p.branch_id LEFT JOIN staff m ON m.id = t.made_by `

// tokensShown is how many tokens of one person are listed, live ones first.
const tokensShown = 50

// OwnTokens lists the actor's own tokens.
func (s *Service) OwnTokens(ctx context.Context, a policies.Actor) ([]Token, error) {
	return s.tokens(ctx, "WHERE t.staff_id = ? ORDER BY t.revoked_at <> 0 OR (t.expires_at <> 0 AND t.expires_at <= ?), t.created_at DESC, t.id LIMIT ?",
		a.StaffID, db.Millis(s.clock.Now()), tokensShown)
}

// TokensOf lists a person's tokens for those who manage staff.
func (s *Service) TokensOf(ctx context.Context, a policies.Actor, p Person) ([]Token, error) {
	if err := s.guard.Require(a, policies.StaffManage); err != nil {
		return nil, err
	}
	return s.OwnTokens(ctx, policies.Actor{StaffID: p.ID})
}

// TokensPage is how many tokens a page of all of them holds.
const TokensPage = 50

// LiveTokens lists all tokens that are neither revoked nor expired, by login,
// after the token of that login and reference; one more than a page, if there is.
func (s *Service) LiveTokens(ctx context.Context, a policies.Actor, login, ref string) ([]Token, error) {
	if err := s.guard.Require(a, policies.StaffManage); err != nil {
		return nil, err
	}
	// "g" comes after every digit of a hash that begins with the reference.
	return s.tokens(ctx, `WHERE t.revoked_at = 0 AND (t.expires_at = 0 OR t.expires_at > ?) AND (p.login > ? OR (p.login = ? AND t.id > ?)) ORDER BY p.login, t.id LIMIT ?`,
		db.Millis(s.clock.Now()), login, login, ref+"g", TokensPage+1)
}

func (s *Service) tokens(ctx context.Context, where string, args ...any) ([]Token, error) {
	rows, err := s.db.Read(ctx).Raw(tokensSQL+where, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	now := s.clock.Now()
	var out []Token
	for rows.Next() {
		var t Token
		var id, scopes, timeZone string
		var created, expires, used, revoked int64
		a := policies.Actor{Now: now}
		err := rows.Scan(&id, &t.Login, &t.Name, &t.Label, &scopes, &t.PerSecond, &t.PerHour, &t.MadeBy, &created, &expires, &used, &revoked,
			&a.StaffID, &a.Status, &a.NoticeOn, &a.LastOn, &timeZone)
		if err != nil {
			return nil, err
		}
		a.Zone = zone(timeZone)
		t.Ref, t.Scopes, t.Whole = id[:refLength], policies.SplitScopes(scopes), scopes == policies.EveryScope
		t.CreatedAt, t.ExpiresAt, t.UsedAt = db.Time(created), db.Time(expires), db.Time(used)
		switch {
		case revoked != 0:
			t.State = TokenRevoked
		case expires != 0 && db.Millis(now) >= expires:
			t.State = TokenExpired
		case !mayHoldToken(a):
			t.State = TokenResting
		default:
			t.State = TokenLive
		}
		out = append(out, t)
	}
	return out, rows.Err()
}

// RevokeToken ends a person's token for good, for those who manage staff.
func (s *Service) RevokeToken(ctx context.Context, a policies.Actor, login, ref string) error {
	if err := s.guard.Require(a, policies.StaffManage); err != nil {
		return err
	}
	p, err := s.Person(ctx, login)
	if err != nil {
		return err
	}
	return s.revoke(ctx, a, p.ID, login, ref)
}

// RevokeOwnToken ends one of the actor's own tokens.
func (s *Service) RevokeOwnToken(ctx context.Context, a policies.Actor, ref string) error {
	return s.revoke(ctx, a, a.StaffID, a.Login, ref)
}

func (s *Service) revoke(ctx context.Context, a policies.Actor, staffID int64, login, ref string) error {
	if len(ref) != refLength || strings.Trim(ref, "0123456789abcdef") != "" {
		return fault.New(fault.NotFound, "error.not_found")
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		n, err := tx.Run("UPDATE tokens SET revoked_at = ? WHERE staff_id = ? AND revoked_at = 0 AND id LIKE ?", db.Millis(s.clock.Now()), staffID, ref+"%")
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.NotFound, "error.not_found")
		}
		return s.log.Append(tx, tokenEvent(a, "token.revoked", login, ref))
	})
}
