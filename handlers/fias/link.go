package fias

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"runtime/debug"
	"time"

	"shuke/models/clock"
)

// dialLimit bounds one attempt to connect.
const dialLimit = 10 * time.Second

// Link is the line to one property system.
type Link struct {
	Settings
	find  Finder
	sink  Sink
	clock clock.Clock
	log   *slog.Logger
	dial  func(ctx context.Context, address string) (net.Conn, error)
	part  func() float64
	gauge *gauge // of this run

	reported int64 // records skipped when the log was last told
}

// NewLink returns a link that is not connected yet: Run does that.
func NewLink(s Settings, find Finder, sink Sink, c clock.Clock, log *slog.Logger) (*Link, error) {
	if decoders[s.Charset] == nil {
		return nil, fmt.Errorf("fias: unknown character set %q", s.Charset)
	}
	dialer := &net.Dialer{Timeout: dialLimit}
	return &Link{
		Settings: s, find: find, sink: sink, clock: c, log: log.With("link", s.Branch), part: chance, gauge: newGauge(c.Now()),
		dial: func(ctx context.Context, address string) (net.Conn, error) {
			return dialer.DialContext(ctx, "tcp", address)
		},
	}, nil
}

// run keeps the line until ctx ends: connects, and again when it breaks.
func (l *Link) run(ctx context.Context) error {
	wait := backoff{part: l.part}
	for {
		up, problem := l.line(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		now := l.clock.Now()
		l.gauge.problem(problem, now)
		l.gauge.state(Connecting, now)
		if err := l.clock.Wait(ctx, wait.next(up)); err != nil {
			return err
		}
	}
}

// line is one attempt: it returns when there is no line, or none any more, with
// how long it was up and why it ended.
func (l *Link) line(ctx context.Context) (up time.Duration, problem Problem) {
	// A record that trips over a mistake of ours must not end the program: other
	// people are at its counters.
	defer func() {
		if p := recover(); p != nil {
			l.log.Error("link panicked", "type", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))
			problem = NotStored
		}
	}()
	branch, there, err := l.find(ctx, l.Branch)
	switch {
	case err != nil:
		l.log.Warn("branch of the link not read", "error", err)
		return 0, NotStored
	case !there:
		l.log.Warn("no such branch")
		return 0, NoBranch
	}
	conn, err := l.dial(ctx, l.Address)
	if err != nil {
		if !errors.Is(err, context.Canceled) {
			l.log.Info("property system not reached", "error", err)
		}
		return 0, Unreachable
	}
	s := &session{Link: l, branch: branch, conn: conn, opened: l.clock.Now()}
	problem = s.run(ctx)
	if ctx.Err() == nil {
		l.log.Warn("line dropped", "problem", problem)
	}
	if s.up {
		up = l.clock.Now().Sub(s.upSince)
	}
	return up, problem
}
