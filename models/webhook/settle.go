package webhook

import (
	"context"
	"crypto/rand"
	"math/big"
	"time"

	"shuke/models/db"
	"shuke/policies"
)

// waits are how long after each failed try a delivery is tried again: eight
// tries within a day, then it is given up. Each wait is shortened by up to a
// fifth, so that what failed together does not come again together.
var waits = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour}

// After a failure the whole endpoint rests, longer with each failure in a row:
// one that is down for a minute loses nothing, and one that stays down is off
// after about half a day.
const (
	firstRest   = 10 * time.Second
	longestRest = 15 * time.Minute
	failuresOff = 50
)

func rest(failures int64) time.Duration {
	return min(firstRest<<min(failures-1, 10), longestRest)
}

func jittered(d time.Duration) (time.Duration, error) {
	n, err := rand.Int(rand.Reader, big.NewInt(int64(d/5)+1))
	if err != nil {
		return 0, err
	}
	return d - time.Duration(n.Int64()), nil
}

// Result is what came of a try; without a reason it was delivered.
type Result struct {
	Reason Reason
	Status int
}

// next is how the row stands after a try.
type next struct {
	ended, due time.Time
	outcome    Outcome
}

func (r Result) next(d Delivery, now time.Time) (next, error) {
	switch {
	case r.Reason == "":
		return next{now, now, Delivered}, nil
	case d.Kind == Test || d.Tries >= len(waits):
		return next{now, now, GivenUp}, nil
	}
	wait, err := jittered(waits[d.Tries])
	return next{time.Time{}, now.Add(wait), Waiting}, err
}

// Settle writes what came of a try and how the endpoint does. A sender that has
// lost its claim meanwhile writes nothing: another has the row.
func (s *Service) Settle(ctx context.Context, c Claim, d Delivery, r Result) error {
	to, err := r.next(d, s.clock.Now())
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		// The endpoint first, as those do who change it: in another order two
		// could wait for each other.
		var failures int64
		err := tx.Raw("SELECT failures FROM webhooks WHERE id = ?"+tx.Dialect.ForUpdate(), c.Endpoint.ID).Row().Scan(&failures)
		if db.NoRow(err) { // removed meanwhile
			return nil
		}
		if err != nil {
			return err
		}
		n, err := tx.Run(`UPDATE webhook_deliveries SET tries = tries + 1, ended_at = ?, outcome = ?, due_at = ?, reason = ?, status = ?, claim = '', claimed_until = 0
 WHERE id = ? AND claim = ? AND ended_at = 0`, db.Millis(to.ended), to.outcome, db.Millis(to.due), r.Reason, r.Status, d.ID, c.key)
		if err != nil || n == 0 || d.Kind == Test {
			return err
		}
		return s.health(tx, c.Endpoint, failures, r)
	})
}

// health counts the failures of an endpoint in a row, lets it rest after each,
// and switches it off after too many.
func (s *Service) health(tx *db.Tx, e Endpoint, failures int64, r Result) error {
	if r.Reason == "" {
		if failures == 0 {
			return nil
		}
		_, err := tx.Run("UPDATE webhooks SET failures = 0, paused_until = 0 WHERE id = ?", e.ID)
		return err
	}
	failures++
	wait, err := jittered(rest(failures))
	if err != nil {
		return err
	}
	_, err = tx.Run("UPDATE webhooks SET failures = ?, paused_until = ? WHERE id = ?", failures, db.Millis(s.clock.Now().Add(wait)), e.ID)
	if err != nil || failures < failuresOff {
		return err
	}
	return s.switchOff(tx, e)
}

// switchOff stops an endpoint that has failed too often; its page says so.
func (s *Service) switchOff(tx *db.Tx, e Endpoint) error {
	n, err := tx.Run("UPDATE webhooks SET active = 0, off_reason = ?, version = version + 1 WHERE id = ? AND active = 1", Failing, e.ID)
	if err != nil || n == 0 {
		return err
	}
	if err := s.silence(tx, e.ID); err != nil {
		return err
	}
	if err := s.drop(tx, e.ID, ReasonOff); err != nil {
		return err
	}
	return s.log.Append(tx, s.event(policies.Actor{Via: policies.System}, "webhook.switched_off", e.ID, Draft{Address: e.Address, Kinds: e.Kinds}))
}
