package fias

import (
	"context"
	"maps"
	"slices"
	"time"
)

// How the list of who is in house is asked for: work for the property system,
// so a second and a third time only, and not at once.
const (
	listTries  = 3
	listAgain  = time.Minute     // after one that cannot be relied on
	listStall  = 2 * time.Minute // between two records of it
	listDenied = 5 * time.Minute // from asking to its first
	listMost   = 50_000          // reservations
)

// list is the resync of a session: everybody in house, between DS and DE.
type list struct {
	open   bool
	unsure bool // somebody who is in house may be missing from it
	named  map[string]bool
	tries  int
	moved  time.Time // asked for, or last record of it
	swaps  bool      // its records carry the flag SF: others do not belong to it
	awaits bool      // asked for, and nothing came yet
	again  time.Time // when to ask anew; zero: never
}

// askList asks for the list. Each time it is asked for less hope is left.
func (s *session) askList() Problem {
	l := &s.list
	l.tries++
	l.awaits, l.moved, l.again = true, s.now(), time.Time{}
	return s.write(resyncRequest, stamp(l.moved)...)
}

// fail gives the list up. Nobody is dismissed by it; who was named is in house.
func (s *session) failList(p Problem) {
	l := &s.list
	l.open, l.named, l.awaits = false, nil, false
	if l.tries < listTries {
		l.again = s.now().Add(listAgain)
	}
	s.log.Warn("list of guests in house failed", "problem", p)
	s.gauge.problem(p, s.clock.Now())
}

// watchList gives up a list that stalls, and asks anew when that is due.
func (s *session) watchList(now time.Time) Problem {
	l := &s.list
	switch {
	case l.open && now.Sub(l.moved) >= listStall:
		s.failList(ResyncCut)
	case l.awaits && now.Sub(l.moved) >= listDenied:
		s.failList(ResyncDenied)
	case s.up && !l.open && !l.again.IsZero() && !now.Before(l.again):
		return s.askList()
	}
	return ""
}

// beginList is told by DS, asked for or not. One that was begun before and never
// ended is forgotten.
func (s *session) beginList() {
	s.list.open, s.list.unsure, s.list.awaits, s.list.swaps = true, false, false, false
	s.list.named, s.list.moved, s.list.again = map[string]bool{}, s.now(), time.Time{}
}

// endList is told by DE.
func (s *session) endList(ctx context.Context) Problem {
	l := &s.list
	switch {
	case !l.open:
		return "" // the end of a list that was given up, or never began
	case l.unsure:
		s.failList(ResyncUnsure)
		return ""
	}
	named := slices.Sorted(maps.Keys(l.named))
	s.list = list{}
	ctx, cancel := context.WithTimeout(ctx, takeLimit)
	defer cancel()
	if err := s.sink.ResyncEnded(ctx, s.branch.ID, named); err != nil {
		s.log.Error("list of guests in house not stored", "error", err)
		return NotStored
	}
	now := s.clock.Now()
	s.gauge.set(func(st *Status) { st.LastResync, st.InHouse = now, len(named) })
	s.gauge.urge()
	return ""
}

// note keeps the list up to date with each record that comes while it is told:
// those of the list itself, which have the flag swap, and what happens meanwhile.
func (l *list) note(g Guest, swap bool, now time.Time) {
	if !l.open {
		return
	}
	l.move(swap, now)
	switch {
	case g.Event == CheckedOut:
		delete(l.named, g.Reservation)
	case len(l.named) >= listMost && !l.named[g.Reservation]:
		l.unsure = true
	default:
		l.named[g.Reservation] = true
	}
}

// move notes that the list goes on. What happens meanwhile does not say so.
func (l *list) move(swap bool, now time.Time) {
	l.swaps = l.swaps || swap
	if swap || !l.swaps {
		l.moved = now
	}
}

// missed notes that somebody's record could not be read. While a list is told it
// may be anybody's who is in house.
func (l *list) missed() { l.unsure = true }
