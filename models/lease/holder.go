package lease

import (
	"context"
	"errors"
	"time"

	"shuke/models/db"
)

// Lease is one that this instance has taken.
type Lease struct {
	s       *Service
	name    string
	term    int64
	renewed time.Time // what the row's end was reckoned from
}

// run works while the lease lasts and reports whether it was lost.
func (l *Lease) run(ctx context.Context, work func(context.Context, *Lease) error) (lost bool, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	kept := make(chan struct{})
	go func() {
		defer close(kept)
		l.keep(ctx, cancel)
	}()
	err = work(ctx, l)
	lost = errors.Is(context.Cause(ctx), ErrLost)
	cancel(nil)
	<-kept
	return lost, err
}

// keep renews until ctx ends. It gives up when another has taken over, or when
// the last renewal is so long ago that another may have.
func (l *Lease) keep(ctx context.Context, lose context.CancelCauseFunc) {
	pause := Renewal
	for {
		left := trust - l.s.clock.Now().Sub(l.renewed)
		if left <= 0 {
			lose(ErrLost)
			return
		}
		if l.s.clock.Wait(ctx, min(pause, left)) != nil {
			return
		}
		err := l.renew(ctx, min(patience, left))
		switch {
		case errors.Is(err, ErrLost):
			lose(ErrLost)
			return
		case err != nil && ctx.Err() == nil:
			l.s.log.Warn("lease not renewed", "lease", l.name, "error", err)
			pause = again
		default:
			pause = Renewal
		}
	}
}

func (l *Lease) renew(ctx context.Context, limit time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	now := l.s.clock.Now()
	if err := l.update(ctx, "UPDATE leases SET until_at = ? WHERE name = ? AND holder = ? AND term = ?", db.Millis(now.Add(Life))); err != nil {
		return err
	}
	l.renewed = now
	return nil
}

// longest bounds a note, in bytes.
const longest = 8000

var errNote = errors.New("lease: the note is too long")

// Note leaves word, for every instance to read, of how the job goes: no
// personal data, at most 8,000 bytes. It returns ErrLost when the lease is not
// this one's any more.
func (l *Lease) Note(ctx context.Context, text string) error {
	if len(text) > longest {
		return errNote
	}
	return l.update(ctx, "UPDATE leases SET note = ?, noted_at = ? WHERE name = ? AND holder = ? AND term = ?", text, db.Millis(l.s.clock.Now()))
}

// leave ends the lease, once the job has stopped, or keeps it for a while. What
// fails here runs out by itself.
func (l *Lease) leave(ctx context.Context, keep time.Duration) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	var until int64 // the beginning of all clocks: free at once, whatever theirs say
	if keep > 0 {
		until = db.Millis(l.s.clock.Now().Add(keep))
	}
	err := l.update(ctx, "UPDATE leases SET until_at = ? WHERE name = ? AND holder = ? AND term = ?", until)
	if err != nil && !errors.Is(err, ErrLost) {
		l.s.log.Warn("lease not left", "lease", l.name, "error", err)
	}
}

// update runs a statement that ends with the three conditions of being mine.
func (l *Lease) update(ctx context.Context, statement string, args ...any) error {
	return l.s.db.InTx(ctx, func(tx *db.Tx) error {
		n, err := tx.Run(statement, append(args, l.name, l.s.holder, l.term)...)
		if err == nil && n != 1 {
			err = ErrLost
		}
		return err
	})
}
