// Package fiastest is a property system for tests: it knows who is in which
// room, speaks the other side of FIAS on a port of this machine, and misbehaves
// as told. It shares no code with what it tests. Beside it stands a sheet that
// takes what a link hands on, to compare the two.
package fiastest

import (
	"fmt"
	"maps"
	"net"
	"slices"
	"sync"
	"testing"
	"time"
)

// Stay is a guest in house.
type Stay struct {
	Reservation, Room                         string
	LastName, FirstName, Title, Language, VIP string
	Arrival, Departure                        time.Time
	Shared                                    bool
}

// System is the property system of one house.
type System struct {
	t       testing.TB
	address string
	encode  func(string) []byte

	mu       sync.Mutex
	changed  *sync.Cond
	listener net.Listener
	line     *line // of now, nil when nobody is connected
	stays    map[string]Stay
	marks    int
	lists    int // told to the end
	got      map[string]int
	script   Script
}

// Script is how a System behaves. The zero value behaves well.
type Script struct {
	Waits    bool                // does not begin by itself, but answers a link start
	Mute     bool                // takes connections and says nothing
	NoLists  bool                // ignores requests for who is in house
	CutAfter int                 // drops the line after so many guests of a list, once; 0: never
	During   map[int]func()      // done after so many guests of a list, once each
	Between  map[int][]byte      // sent after so many guests of each list
	Replace  func(Stay) []byte   // bytes to send for a guest of a list; nil: as it should be
	Vacant   []string            // rooms told to be empty in a list
	Stall    int                 // stops after so many guests of a list, once, and goes on living; 0: never
	Encode   func(string) []byte // character set, UTF-8 when nil
}

// Start starts a property system; it ends with the test.
func Start(t testing.TB, script Script) *System {
	t.Helper()
	s := &System{t: t, address: "127.0.0.1:0", stays: map[string]Stay{}, got: map[string]int{}, script: script, encode: script.Encode}
	if s.encode == nil {
		s.encode = func(text string) []byte { return []byte(text) }
	}
	s.changed = sync.NewCond(&s.mu)
	s.Resume()
	t.Cleanup(s.Stop)
	return s
}

// Address is where it listens.
func (s *System) Address() string { return s.address }

// Behave changes how it behaves from now on.
func (s *System) Behave(script Script) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.script = script
}

// Stop ends it as switching off the machine does.
func (s *System) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listener != nil {
		s.listener.Close()
		s.listener = nil
	}
	s.hangUp()
}

// Resume starts it again where it was.
func (s *System) Resume() {
	s.t.Helper()
	listener, err := net.Listen("tcp", s.address)
	if err != nil {
		s.t.Fatal(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.listener, s.address = listener, listener.Addr().String()
	go s.accept(listener)
}

// Cut drops the line.
func (s *System) Cut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hangUp()
}

func (s *System) hangUp() {
	if s.line != nil {
		s.line.conn.Close()
		s.line = nil
	}
}

// CheckIn lets a guest in. As with all that happens, it is told to whoever is
// connected, and to nobody later.
func (s *System) CheckIn(g Stay) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stays[g.Reservation] = g
	s.tell("GI", g, "")
}

// Change changes what is known of a guest in house.
func (s *System) Change(g Stay) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g.Room = s.stays[g.Reservation].Room
	s.stays[g.Reservation] = g
	s.tell("GC", g, "")
}

// Move moves a guest into another room.
func (s *System) Move(reservation, room string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.move(reservation, room)
}

// Swap lets two guests change rooms.
func (s *System) Swap(one, other string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, b := s.stays[one].Room, s.stays[other].Room
	s.move(one, b)
	s.move(other, a)
}

func (s *System) move(reservation, room string) {
	g := s.stays[reservation]
	old := g.Room
	g.Room = room
	s.stays[reservation] = g
	s.tell("GC", g, old)
}

// CheckOut lets a guest go.
func (s *System) CheckOut(reservation string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.stays[reservation]
	delete(s.stays, reservation)
	s.tell("GO", g, "")
}

// Stays are the guests in house, by reservation.
func (s *System) Stays() []Stay {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.inHouse()
}

func (s *System) inHouse() []Stay {
	var out []Stay
	for _, reservation := range slices.Sorted(maps.Keys(s.stays)) {
		out = append(out, s.stays[reservation])
	}
	return out
}

// Rooms tells who is in which room, in the words of Sheet.Rooms.
func (s *System) Rooms() map[string][]string {
	out := map[string][]string{}
	for _, g := range s.Stays() {
		out[g.Room] = append(out[g.Room], words(g.Reservation, g.LastName, g.FirstName))
	}
	return out
}

func words(reservation, last, first string) string {
	return fmt.Sprintf("%s %s/%s", reservation, last, first)
}
