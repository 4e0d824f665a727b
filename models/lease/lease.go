// Package lease lets exactly one of several instances of the program do a job
// at a time: the holder of a row in the database. It knows no job, only their
// names, and trusts the clocks of two instances no further than Skew.
package lease

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"log/slog"
	"time"

	"shuke/models/clock"
	"shuke/models/db"
)

// How long a lease holds, and how far clocks may be apart. A holder that could
// not renew stops so early that an instance whose clock is ahead by Skew has not
// taken over yet.
const (
	Life    = 90 * time.Second // without renewal
	Renewal = 15 * time.Second // between two renewals, and between two attempts to take it
	Skew    = 45 * time.Second // most by which clocks of two instances may differ

	stopping = 5 * time.Second // what a job may need to stop
	trust    = Life - Skew - stopping
	again    = 5 * time.Second  // after a renewal that failed
	patience = 10 * time.Second // with one statement
)

// ErrLost says that the lease is somebody else's, or may be by now.
var ErrLost = errors.New("lease: lost")

// Service takes leases for one instance of the program.
type Service struct {
	db     *db.DB
	clock  clock.Clock
	log    *slog.Logger
	holder string // of this process, new at each start
}

// NewService returns the leases of this process.
func NewService(d *db.DB, c clock.Clock, log *slog.Logger) *Service {
	raw := make([]byte, 8)
	rand.Read(raw)
	return &Service{db: d, clock: c, log: log, holder: hex.EncodeToString(raw)}
}

// Hold waits until this instance has the lease and works while it has it. When
// the lease is lost, the context of the work ends; once the work has returned,
// Hold waits for the lease again. It returns when ctx ends, or when the work
// ended by itself, with what the work returned.
func (s *Service) Hold(ctx context.Context, name string, work func(context.Context, *Lease) error) error {
	for {
		l, err := s.take(ctx, name)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			s.log.Warn("lease not taken", "lease", name, "error", err)
		case l != nil:
			lost, err := l.run(ctx, work)
			l.leave(ctx, 0)
			if !lost {
				return err
			}
			s.log.Warn("lease lost", "lease", name)
		}
		if err := s.clock.Wait(ctx, Renewal); err != nil {
			return err
		}
	}
}

// Once does a job that every instance starts at the same time by its own clock.
// It reports whether this one did it. Done, the lease is kept so long that an
// instance whose clock is behind finds it taken; failed, another may try.
func (s *Service) Once(ctx context.Context, name string, work func(context.Context, *Lease) error) (ran bool, err error) {
	l, err := s.take(ctx, name)
	if err != nil || l == nil {
		return false, err
	}
	lost, err := l.run(ctx, work)
	switch {
	case lost && err == nil:
		err = ErrLost
	case err == nil:
		l.leave(ctx, Life)
		return true, nil
	}
	l.leave(ctx, 0)
	return true, err
}

var errTaken = errors.New("lease: taken")

// take returns nil when somebody has the lease.
func (s *Service) take(ctx context.Context, name string) (*Lease, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	now := s.clock.Now()
	// Most of the time somebody has it, and looking does not lock.
	var until int64
	err := s.db.Read(ctx).Raw("SELECT until_at FROM leases WHERE name = ?", name).Row().Scan(&until)
	if err != nil && !db.NoRow(err) {
		return nil, err
	}
	if until > db.Millis(now) {
		return nil, nil
	}
	l := &Lease{s: s, name: name, renewed: now}
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		n, err := tx.Run("UPDATE leases SET holder = ?, term = term + 1, taken_at = ?, until_at = ? WHERE name = ? AND until_at <= ?",
			s.holder, db.Millis(now), db.Millis(now.Add(Life)), name, db.Millis(now))
		if err != nil {
			return err
		}
		if n == 0 {
			_, err := tx.Run("INSERT INTO leases (name, holder, term, taken_at, until_at, note) VALUES (?,?,1,?,?,'')",
				name, s.holder, db.Millis(now), db.Millis(now.Add(Life)))
			if db.Duplicate(err) {
				return errTaken
			}
			if err != nil {
				return err
			}
		}
		return tx.Raw("SELECT term FROM leases WHERE name = ?", name).Row().Scan(&l.term)
	})
	if errors.Is(err, errTaken) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return l, nil
}
