// Package clock is the only source of the present time for the domain, so that
// tests can set it. It knows nothing of what the time is used for.
package clock

import (
	"time"

	"github.com/jonboulle/clockwork"
)

// Clock tells the time in UTC. Tests hand in a clockwork.FakeClock.
type Clock struct{ inner clockwork.Clock }

// Real returns the machine's clock.
func Real() Clock { return Clock{clockwork.NewRealClock()} }

// Of wraps a clockwork clock, usually a fake one.
func Of(c clockwork.Clock) Clock { return Clock{c} }

// Now returns the present moment in UTC, cut to milliseconds: what both
// databases store without loss.
func (c Clock) Now() time.Time { return c.inner.Now().UTC().Truncate(time.Millisecond) }
