package fias

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"shuke/models/lease"
)

// publishEvery is how stale the counts that other instances show may be; a
// change of state is published at once.
const publishEvery = 15 * time.Second

// leaseName is the lease of a branch's link.
func leaseName(branch string) string { return "fias." + branch }

// Run keeps the links until ctx ends. Of several instances of the program, one
// has each link; another takes over when it is gone.
func Run(ctx context.Context, leases *lease.Service, links []*Link) {
	var running sync.WaitGroup
	for _, l := range links {
		running.Go(func() {
			err := leases.Hold(ctx, leaseName(l.Branch), func(ctx context.Context, own *lease.Lease) error { return l.hold(ctx, own.Note) })
			if ctx.Err() == nil {
				l.log.Error("link ended", "error", err)
			}
		})
	}
	running.Wait()
}

// hold runs the link while this instance has its lease, and tells the others how
// it goes.
func (l *Link) hold(ctx context.Context, note func(context.Context, string) error) error {
	l.gauge, l.reported = newGauge(l.clock.Now()), 0
	running, stop := context.WithCancel(ctx)
	published := make(chan struct{})
	go func() {
		defer close(published)
		l.publish(running, note)
	}()
	err := l.run(ctx)
	stop()
	<-published
	l.gauge.state(Off, l.clock.Now())
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), takeLimit)
	defer cancel()
	l.tell(last, note)
	return err
}

func (l *Link) publish(ctx context.Context, note func(context.Context, string) error) {
	ticks, stop := l.clock.Every(publishEvery)
	defer stop()
	for {
		l.tell(ctx, note)
		select {
		case <-ctx.Done():
			return
		case <-ticks:
		case <-l.gauge.changed:
		}
	}
}

// tell publishes the status when it changed.
func (l *Link) tell(ctx context.Context, note func(context.Context, string) error) {
	status, fresh := l.gauge.take()
	if !fresh {
		return
	}
	text, err := json.Marshal(status)
	if err == nil {
		err = note(ctx, string(text))
	}
	switch {
	case err == nil, errors.Is(err, lease.ErrLost), ctx.Err() != nil:
	default:
		l.log.Warn("status of the link not published", "error", err)
		l.gauge.set(func(*Status) {})
	}
	if n := status.Skipped(); n > l.reported {
		l.log.Warn("records skipped", "since", status.Counting, "reasons", status.Wrong)
		l.reported = n
	}
}
