package staff

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"shuke/models/db"
	"shuke/models/fault"
)

// Throttles: after so many failures, each further one doubles the wait. By
// account it is short, so that a colleague cannot lock somebody out for the
// day; by address it is wide, since a whole desk shares one.
const (
	accountFailures = 5
	addressFailures = 30
	firstWait       = 10 * time.Second
	longestWait     = 15 * time.Minute
	// forgotten is how long after the last failure the count begins anew: the
	// typing errors of a desk add up over weeks and are no attack.
	forgotten = time.Hour
)

// throttled refuses while any of the subjects is blocked.
func (s *Service) throttled(ctx context.Context, subjects []string) error {
	until, err := s.blocked(s.db.Read(ctx).Raw(blockedSQL, subjects).Row())
	return errors.Join(until, err)
}

const blockedSQL = "SELECT COALESCE(MAX(blocked_until), 0) FROM sign_in_failures WHERE subject IN ?"

// blocked returns the refusal while any of the subjects asked for in blockedSQL
// is blocked, nil when none is.
func (s *Service) blocked(row *sql.Row) (refusal, err error) {
	var until int64
	if err := row.Scan(&until); err != nil {
		return nil, err
	}
	return s.wait(until), nil
}

// wait is the refusal until a moment, nil once it has passed.
func (s *Service) wait(until int64) error {
	now := db.Millis(s.clock.Now())
	if until <= now {
		return nil
	}
	return fault.Newf(fault.TooMany, "signin.throttled", map[string]any{"Seconds": (until - now + 999) / 1000})
}

// fail counts a failure and blocks the subject when there are too many. Blocked
// is the refusal when others had it blocked before: counting locks the row, so
// that failures at the same moment come one after the other.
func (s *Service) fail(tx *db.Tx, subject string, allowed int) (blocked, err error) {
	now := s.clock.Now()
	_, err = tx.Run("INSERT INTO sign_in_failures (subject, failures, last_at, blocked_until) VALUES (?, 1, ?, 0)"+
		tx.Dialect.Upsert("subject", "failures = CASE WHEN sign_in_failures.last_at < ? THEN 1 ELSE sign_in_failures.failures + 1 END", "last_at = new.last_at"),
		subject, db.Millis(now), db.Millis(now.Add(-forgotten)))
	if err != nil {
		return nil, err
	}
	var failures int
	var until int64
	if err := tx.Raw("SELECT failures, blocked_until FROM sign_in_failures WHERE subject = ?", subject).Row().Scan(&failures, &until); err != nil {
		return nil, err
	}
	if blocked := s.wait(until); blocked != nil || failures < allowed {
		return blocked, nil
	}
	wait := min(firstWait<<min(failures-allowed, 10), longestWait)
	_, err = tx.Run("UPDATE sign_in_failures SET blocked_until = ? WHERE subject = ?", db.Millis(now.Add(wait)), subject)
	return nil, err
}
