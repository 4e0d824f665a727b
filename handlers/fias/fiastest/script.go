package fiastest

import (
	"context"
	"time"
)

// patience bounds how long a test waits for what must happen. It is never
// reached unless something is wrong.
const patience = 30 * time.Second

// Send sends bytes as they are.
func (s *System) Send(raw []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.line != nil {
		s.line.conn.Write(raw)
	}
}

// CutIn sends the first half of a record and drops the line.
func (s *System) CutIn(raw []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.line != nil {
		s.line.conn.Write(raw[:len(raw)/2])
	}
	s.hangUp()
}

// Begin begins the link anew on the line that is there, as one does that was
// restarted behind a gateway.
func (s *System) Begin() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.line.up, s.line.wants = false, map[string]string{}
	s.send(s.line, "LS", stamp()...)
}

// Freeze leaves the line there and dead: nothing is heard, nothing is told.
func (s *System) Freeze() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.line.frozen = true
}

// Mark sends a mark through the line, which a Sheet takes note of: once it has,
// it has taken all that was told before.
func (s *System) Mark() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.marks++
	s.tell("GC", Stay{Reservation: mark, Room: mark, LastName: decimal(s.marks)}, "")
	return s.marks
}

// Lists waits until so many lists were told to the end.
func (s *System) Lists(n int) {
	s.t.Helper()
	s.wait("lists told", func() bool { return s.lists >= n })
}

// Got waits until so many records of a kind came in; "connection" counts lines.
func (s *System) Got(kind string, n int) {
	s.t.Helper()
	s.wait(kind, func() bool { return s.got[kind] >= n })
}

// Count is how many records of a kind came in so far.
func (s *System) Count(kind string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.got[kind]
}

// Wants is what the other side asked for, by record.
func (s *System) Wants() map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.line.wants
}

func (s *System) wait(what string, done func() bool) {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if !await(s.changed, done) {
		s.t.Fatalf("never happened: %s; came in: %v", what, s.got)
	}
}

// await waits on a condition whose lock is held.
func await(changed interface {
	Wait()
	Broadcast()
}, done func() bool) bool {
	limit, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	defer context.AfterFunc(limit, changed.Broadcast)()
	for !done() {
		if limit.Err() != nil {
			return false
		}
		changed.Wait()
	}
	return true
}
