package fias

import (
	"context"
	"time"
)

// What the tests of a link alone, without lease and database, need of it.
const (
	AliveEvery  = aliveEvery
	Silence     = silence
	StartAfter  = startAfter
	StartAgain  = startAgain
	Handshake   = handshake
	LongestWait = longestWait
	ListAgain   = listAgain
	ListStall   = listStall
	ListDenied  = listDenied
	ListTries   = listTries
	Publish     = publishEvery
)

// Alone runs the link without a lease.
func (l *Link) Alone(ctx context.Context) error { return l.run(ctx) }

// Waits are the waits of attempts that all fail, with that part of chance.
func Waits(n int, part float64) (out []time.Duration) {
	b := backoff{part: func() float64 { return part }}
	for range n {
		out = append(out, b.next(0))
	}
	return out
}

// WaitAfter is the first wait after many failures and a line that was up so long.
func WaitAfter(up time.Duration) time.Duration {
	b := backoff{part: func() float64 { return 0 }, tries: 6}
	return b.next(up)
}

// Chance is the part that is left to chance.
func Chance() float64 { return chance() }
