package fias

import (
	"crypto/rand"
	"encoding/binary"
	"time"
)

// Between two attempts to connect: doubling from the first to the longest. A
// property system that was restarted is asked by all its interfaces at once, so
// each waits a random part less.
const (
	firstWait   = time.Second
	longestWait = time.Minute
	// steady is how long a line must have been up for the waits to begin anew.
	// A resync is work for the property system: a line that comes and goes asks
	// for one no oftener than once a minute.
	steady = time.Minute
)

// backoff counts attempts that came to nothing.
type backoff struct {
	tries int
	part  func() float64 // in [0, 1)
}

// next is how long to wait after a line that was up so long.
func (b *backoff) next(up time.Duration) time.Duration {
	if up >= steady {
		b.tries = 0
	}
	wait := longestWait
	if b.tries < 6 {
		wait = min(firstWait<<b.tries, longestWait)
		b.tries++
	}
	return wait - time.Duration(b.part()*float64(wait/2))
}

// chance is a part that nobody foresees.
func chance() float64 {
	var raw [8]byte
	rand.Read(raw[:])
	return float64(binary.BigEndian.Uint64(raw[:])>>11) / (1 << 53)
}
