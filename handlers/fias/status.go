package fias

import (
	"maps"
	"sync"
	"time"
)

// State is how a link stands.
type State string

// The states.
const (
	Off        State = "off"        // no instance of the program runs it
	Connecting State = "connecting" // no line yet, or none again
	Connected  State = "connected"
)

// Problem is why a link is not as it should be, or was not lately.
type Problem string

// The problems. Each has a text that says what to do.
const (
	Unreachable  Problem = "unreachable"   // nobody answers at the address
	NoHandshake  Problem = "no_handshake"  // somebody answers, but does not begin
	Closed       Problem = "closed"        // the other side dropped the line
	Ended        Problem = "ended"         // the other side said good-bye
	Silent       Problem = "silent"        // the line is there, and nothing comes
	ResyncCut    Problem = "resync_cut"    // the list of who is in house broke off
	ResyncUnsure Problem = "resync_unsure" // a part of that list could not be read
	ResyncDenied Problem = "resync_denied" // asked for the list, got none
	NotStored    Problem = "not_stored"    // our side could not take a record
	NoBranch     Problem = "no_branch"     // the settings name a branch that is not there
)

// States and Problems list them all, so that each has its texts.
var (
	States   = []State{Off, Connecting, Connected}
	Problems = []Problem{Unreachable, NoHandshake, Closed, Ended, Silent, ResyncCut, ResyncUnsure, ResyncDenied, NotStored, NoBranch}
)

// Status is what is known of a link. It holds nothing about any guest, but how
// many there are.
type Status struct {
	State       State            `json:"state"`
	Since       time.Time        `json:"since"`       // of the state
	Counting    time.Time        `json:"counting"`    // since when this instance counts
	LastRecord  time.Time        `json:"last"`        // whole record of any kind
	LastResync  time.Time        `json:"resync"`      // complete list of who is in house
	InHouse     int              `json:"in_house"`    // reservations in that list
	Records     int64            `json:"records"`     // about guests, taken
	Wrong       map[Reason]int64 `json:"wrong"`       // skipped or flawed, by reason
	Connections int64            `json:"connections"` // lines made, the first included
	Problem     Problem          `json:"problem"`
	ProblemAt   time.Time        `json:"problem_at"`
}

// Settled reports whether the last problem is over: the line is up, and who is
// in house has been told completely since.
func (s Status) Settled() bool {
	return s.Problem == "" || s.State == Connected && s.LastResync.After(s.ProblemAt)
}

// Skipped is how many records were left out.
func (s Status) Skipped() int64 { return s.sum(SkipReasons) }

// Flawed is how many fields of records were left out.
func (s Status) Flawed() int64 { return s.sum(FlawReasons) }

func (s Status) sum(of []Reason) (n int64) {
	for _, r := range of {
		n += s.Wrong[r]
	}
	return n
}

// gauge keeps the status of one link while it changes.
type gauge struct {
	mu      sync.Mutex
	status  Status
	dirty   bool
	changed chan struct{} // has one when the state or the problem changed
}

func newGauge(now time.Time) *gauge {
	return &gauge{changed: make(chan struct{}, 1), dirty: true, status: Status{State: Connecting, Since: now, Counting: now, Wrong: map[Reason]int64{}}}
}

// set changes the status.
func (g *gauge) set(change func(*Status)) {
	g.mu.Lock()
	defer g.mu.Unlock()
	change(&g.status)
	g.dirty = true
}

// urge wakes whoever publishes the status.
func (g *gauge) urge() {
	select {
	case g.changed <- struct{}{}:
	default:
	}
}

func (g *gauge) state(s State, now time.Time) {
	g.set(func(st *Status) {
		if st.State != s {
			st.State, st.Since = s, now
		}
	})
	g.urge()
}

func (g *gauge) problem(p Problem, now time.Time) {
	g.set(func(st *Status) { st.Problem, st.ProblemAt = p, now })
	g.urge()
}

func (g *gauge) wrong(reasons ...Reason) {
	g.set(func(st *Status) {
		for _, r := range reasons {
			st.Wrong[r]++
		}
	})
}

// read returns a copy.
func (g *gauge) read() Status {
	g.mu.Lock()
	defer g.mu.Unlock()
	s := g.status
	s.Wrong = maps.Clone(s.Wrong)
	return s
}

// take returns a copy to publish, and whether there is anything new in it.
func (g *gauge) take() (Status, bool) {
	g.mu.Lock()
	dirty := g.dirty
	g.dirty = false
	g.mu.Unlock()
	return g.read(), dirty
}

// Now is how the link stands; Changed has one when its state or problem changed.
func (l *Link) Now() Status              { return l.gauge.read() }
func (l *Link) Changed() <-chan struct{} { return l.gauge.changed }
