package staff

import (
	"context"
	"math"
	"sync"
	"time"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/fault"
)

// brakes hold back tokens that ask too fast. How fast is reckoned by each
// instance for itself; how many customers were shown this hour stands in the
// database, so that instances share it.
type brakes struct {
	lock sync.Mutex
	of   map[string]*brake // by the token's hash
}

type brake struct {
	left   float64 // what the bucket holds
	at     time.Time
	flying int64 // customers that calls on their way may still show
	told   int64 // hour in which it was recorded that the token has had enough
}

// A bucket holds calls for two seconds; a write takes a fifth of what a read
// takes, since it tells nothing.
const (
	bucketSeconds = 2
	readCost      = 1.0
	writeCost     = 0.2
)

// hourOf is the hour of a moment as token_reads counts it.
func hourOf(t time.Time) int64 { return t.Unix() / 3600 }

// Call is what a program asks for, as far as brakes are concerned.
type Call struct {
	Reads bool
	Shows int // customers the answer may show at most
}

// Admit lets a call of the token go on, or tells it how many seconds to wait.
// End must be called when the answer is made. That a token has had its customers
// is recorded once an hour and instance: nobody works that fast.
func (s *Service) Admit(ctx context.Context, session Session, c Call) (end func(), err error) {
	end, first, err := s.brakes.admit(session, c, s.clock.Now())
	if !first {
		return end, err
	}
	recordErr := s.db.InTx(ctx, func(tx *db.Tx) error {
		e := tokenEvent(session.Actor, "token.limited", session.Actor.Login, session.Actor.Session)
		e.Outcome = audit.Refused
		return s.log.Append(tx, e)
	})
	if recordErr != nil {
		return nil, recordErr
	}
	return nil, err
}

func (b *brakes) admit(session Session, c Call, now time.Time) (end func(), first bool, err error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	of, known := b.of[session.ID]
	if !known {
		of = &brake{left: float64(bucketSeconds * session.Allowance.PerSecond), at: now}
		b.of[session.ID] = of
	}
	if wait := of.take(session.Allowance, c, now); wait > 0 {
		return nil, false, fault.Newf(fault.TooMany, "api.too_fast", map[string]any{"Seconds": wait})
	}
	shows := int64(c.Shows)
	if shows > 0 && session.Allowance.Shown+of.flying >= session.Allowance.PerHour {
		first = of.told != hourOf(now)
		of.told = hourOf(now)
		return nil, first, fault.Newf(fault.TooMany, "api.hour_full", map[string]any{"Max": session.Allowance.PerHour, "Seconds": 3600 - now.Unix()%3600})
	}
	of.flying += shows
	return func() { b.land(of, shows) }, false, nil
}

func (b *brakes) land(of *brake, shows int64) {
	b.lock.Lock()
	of.flying -= shows
	b.lock.Unlock()
}

// take takes a call out of the bucket, or returns the seconds until it could.
func (of *brake) take(may Allowance, c Call, now time.Time) (wait int64) {
	rate := float64(may.PerSecond)
	if passed := now.Sub(of.at).Seconds(); passed > 0 { // a clock that was set back gives nothing
		of.left = min(of.left+passed*rate, bucketSeconds*rate)
	}
	of.at = now
	cost := writeCost
	if c.Reads {
		cost = readCost
	}
	if of.left < cost {
		return max(1, int64(math.Ceil((cost-of.left)/rate)))
	}
	of.left -= cost
	return 0
}

// forget lets go of tokens that have not asked for a while.
func (b *brakes) forget(before time.Time) {
	b.lock.Lock()
	defer b.lock.Unlock()
	for id, of := range b.of {
		if of.at.Before(before) && of.flying == 0 {
			delete(b.of, id)
		}
	}
}
