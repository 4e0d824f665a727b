package clock

import (
	"context"
	"time"
)

// Wait returns once d has passed on this clock, or with the context's error when
// that ends first.
func (c Clock) Wait(ctx context.Context, d time.Duration) error {
	timer := c.inner.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.Chan():
		return nil
	}
}

// Every returns a channel that is sent to each time d has passed on this clock,
// until stop is called. Whoever is late misses ticks.
func (c Clock) Every(d time.Duration) (ticks <-chan time.Time, stop func()) {
	ticker := c.inner.NewTicker(d)
	return ticker.Chan(), ticker.Stop
}
