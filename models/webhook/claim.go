package webhook

import (
	"context"
	"time"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/policies"
)

// claimTime is how long a claim keeps others away: longer than all of it can take
// to send, and than clocks of instances differ.
const claimTime = 3 * time.Minute

// Claim is the right to send some deliveries, of one sender for a while.
type Claim struct {
	Endpoint   Endpoint
	Deliveries []Delivery
	key        string
	until      time.Time
}

func (s *Service) newClaim(e Endpoint) Claim {
	return Claim{Endpoint: e, key: randomID(16), until: s.clock.Now().Add(claimTime)}
}

// Ready lists the endpoints to which something may be sent now.
func (s *Service) Ready(ctx context.Context) ([]Endpoint, error) {
	all, err := s.endpoints(ctx)
	if err != nil {
		return nil, err
	}
	var out []Endpoint
	now := s.clock.Now()
	for _, e := range all {
		if e.On && !e.PausedUntil.After(now) {
			out = append(out, e)
		}
	}
	return out, nil
}

// Claim takes up to n deliveries that are due, so that no other sender has them
// at the same time: of two that want one row, the statement gives it to one. An
// endpoint that failed lately gets one delivery, to see whether it is well.
// Deliveries that a later one covers are ended on the way.
func (s *Service) Claim(ctx context.Context, e Endpoint, n int) (Claim, error) {
	if e.Failures > 0 {
		n = 1
	}
	c, now := s.newClaim(e), db.Millis(s.clock.Now())
	var ids []string
	err := s.db.Read(ctx).Raw("SELECT id FROM webhook_deliveries WHERE webhook_id = ? AND ended_at = 0 AND due_at <= ? AND claimed_until <= ? ORDER BY due_at, id LIMIT ?",
		e.ID, now, now, n).Scan(&ids).Error
	if err != nil || len(ids) == 0 {
		return c, err
	}
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Run("UPDATE webhook_deliveries SET claim = ?, claimed_until = ? WHERE id IN ? AND ended_at = 0 AND claimed_until <= ?", c.key, db.Millis(c.until), ids, now)
		return err
	})
	if err != nil {
		return c, err
	}
	mine, err := s.deliveries(ctx, "WHERE id IN ? AND claim = ? ORDER BY at, id", ids, c.key)
	if err != nil {
		return c, err
	}
	c.Deliveries, err = s.cover(ctx, c, mine)
	return c, err
}

// cover ends those of the deliveries after which another of the same kind and
// customer comes.
func (s *Service) cover(ctx context.Context, c Claim, all []Delivery) ([]Delivery, error) {
	type about struct{ kind, customer string }
	last := map[about]string{}
	for _, d := range all {
		last[about{d.Kind, d.Customer}] = d.ID
	}
	var left []Delivery
	var covered []string
	for _, d := range all {
		if last[about{d.Kind, d.Customer}] == d.ID {
			left = append(left, d)
		} else {
			covered = append(covered, d.ID)
		}
	}
	if len(covered) == 0 {
		return left, nil
	}
	return left, s.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Run("UPDATE webhook_deliveries SET ended_at = ?, outcome = ?, claim = '' WHERE id IN ? AND claim = ?", db.Millis(s.clock.Now()), Covered, covered, c.key)
		return err
	})
}

// Holds reports whether the claim lasts for another try of that length.
func (s *Service) Holds(c Claim, longest time.Duration) bool {
	return s.clock.Now().Add(longest).Before(c.until)
}

// Release gives back what was claimed and not tried.
func (s *Service) Release(ctx context.Context, c Claim) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Run("UPDATE webhook_deliveries SET claim = '', claimed_until = 0 WHERE webhook_id = ? AND claim = ? AND ended_at = 0", c.Endpoint.ID, c.key)
		return err
	})
}

// NewTest queues an event that somebody sends by hand, claimed for who sends it
// at once. It is tried once, and also when the endpoint is off.
func (s *Service) NewTest(ctx context.Context, a policies.Actor, id string) (Claim, error) {
	if err := s.guard.Require(a, policies.WebhookManage); err != nil {
		return Claim{}, err
	}
	e, err := s.find(ctx, id)
	if err != nil {
		return Claim{}, err
	}
	now := s.clock.Now()
	c, d := s.newClaim(e), Delivery{ID: randomID(16), Kind: Test, At: now, DueAt: now}
	c.Deliveries = []Delivery{d}
	return c, s.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Run("INSERT INTO webhook_deliveries (id, webhook_id, kind, customer, at, due_at, claim, claimed_until) VALUES (?,?,?,'',?,?,?,?)",
			d.ID, id, d.Kind, db.Millis(d.At), db.Millis(d.DueAt), c.key, db.Millis(c.until))
		if err != nil {
			return err
		}
		event := audit.By(a, "webhook.tested")
		event.Object = id
		return s.log.Append(tx, event)
	})
}
