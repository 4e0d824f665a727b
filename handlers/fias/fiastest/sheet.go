package fiastest

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"sync"
	"testing"

	"shuke/handlers/fias"
)

// mark is the reservation and the room of marks.
const mark = "MARK"

func decimal(n int) string { return strconv.Itoa(n) }

// Sheet takes what links hand on and knows by it who is in which room of which
// branch. It does what every Sink must do, in memory.
type Sheet struct {
	t       testing.TB
	mu      sync.Mutex
	changed *sync.Cond
	stays   map[int64]map[string]fias.Guest
	taken   []fias.Guest
	ended   [][]string
	marked  int
	fail    func(*fias.Guest) error
}

// NewSheet returns a sheet on which nobody is in house.
func NewSheet(t testing.TB) *Sheet {
	s := &Sheet{t: t, stays: map[int64]map[string]fias.Guest{}}
	s.changed = sync.NewCond(&s.mu)
	return s
}

// Fail asks f before each record is taken, nil for the end of a list; its error
// is the answer.
func (s *Sheet) Fail(f func(*fias.Guest) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail = f
}

// Take is told by a link.
func (s *Sheet) Take(_ context.Context, branchID int64, g fias.Guest) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.changed.Broadcast()
	if g.Reservation == mark {
		s.marked, _ = strconv.Atoi(g.LastName)
		return nil
	}
	if s.fail != nil {
		if err := s.fail(&g); err != nil {
			return err
		}
	}
	s.taken = append(s.taken, g)
	house := s.house(branchID)
	switch {
	case g.Event != fias.CheckedOut:
		house[g.Reservation] = merged(house[g.Reservation], g)
	case g.Reservation != "":
		delete(house, g.Reservation)
	default:
		for reservation, in := range house {
			if in.Room == g.Room {
				delete(house, reservation)
			}
		}
	}
	return nil
}

// merged keeps what is known where nothing is told.
func merged(was, is fias.Guest) fias.Guest {
	if is.LastName == "" {
		is.LastName = was.LastName
	}
	if is.FirstName == "" {
		is.FirstName = was.FirstName
	}
	return is
}

// ResyncEnded is told by a link.
func (s *Sheet) ResyncEnded(_ context.Context, branchID int64, named []string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.changed.Broadcast()
	if s.fail != nil {
		if err := s.fail(nil); err != nil {
			return err
		}
	}
	s.ended = append(s.ended, named)
	house := s.house(branchID)
	for reservation := range house {
		if !slices.Contains(named, reservation) {
			delete(house, reservation)
		}
	}
	return nil
}

func (s *Sheet) house(branchID int64) map[string]fias.Guest {
	if s.stays[branchID] == nil {
		s.stays[branchID] = map[string]fias.Guest{}
	}
	return s.stays[branchID]
}

// Guests are the guests of a branch as the sheet knows them, by reservation.
func (s *Sheet) Guests(branchID int64) map[string]fias.Guest {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.house(branchID))
}

// Rooms tells who is in which room of a branch.
func (s *Sheet) Rooms(branchID int64) map[string][]string { return Rooms(s.Guests(branchID)) }

// Rooms tells by guests who is in which room: reservations and names, sorted.
func Rooms(guests map[string]fias.Guest) map[string][]string {
	out := map[string][]string{}
	for _, reservation := range slices.Sorted(maps.Keys(guests)) {
		g := guests[reservation]
		out[g.Room] = append(out[g.Room], words(g.Reservation, g.LastName, g.FirstName))
	}
	return out
}

// Taken are all records that were handed on, in order.
func (s *Sheet) Taken() []fias.Guest {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.taken)
}

// Marked waits for the mark of that number.
func (s *Sheet) Marked(n int) {
	s.t.Helper()
	s.wait("mark "+decimal(n), func() bool { return s.marked >= n })
}

// Lists waits until so many lists have ended, and returns the last.
func (s *Sheet) Lists(n int) []string {
	s.t.Helper()
	s.wait("end of list "+decimal(n), func() bool { return len(s.ended) >= n })
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ended[len(s.ended)-1]
}

// Ended is how many lists have ended so far.
func (s *Sheet) Ended() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.ended)
}

func (s *Sheet) wait(what string, done func() bool) {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if !await(s.changed, done) {
		s.t.Fatalf("never came: %s, after %d records and %d lists", what, len(s.taken), len(s.ended))
	}
}
