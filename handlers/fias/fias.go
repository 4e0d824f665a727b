// Package fias is the link to a hotel's property system by FIAS, the published
// protocol of such interfaces: it dials the interface, keeps the line alive, and
// hands on who checks in, changes rooms and checks out. It knows no customer, no
// page and no table; who is told stands behind Sink.
package fias

import (
	"context"
	"time"
)

// Event is what happened to a guest.
type Event uint8

// The events, by the record that tells them.
const (
	CheckedIn  Event = iota + 1 // GI
	Changed                     // GC: the data or the room of somebody in house
	CheckedOut                  // GO
)

// String names the event by its record.
func (e Event) String() string {
	return [...]string{"", "GI", "GC", "GO"}[e]
}

// Guest is one record about a guest, as the property system tells it. A field
// that it does not tell, or that cannot be read, is empty: what is known stays.
//
// Reservation is what a stay is known by: each of several guests who share a
// room has a number of their own. It is empty in one case: CheckedOut with a room
// alone, which says that everybody in that room has left.
//
// The same may be told again, and things may be told of a stay nobody heard of
// (a line was down): CheckedIn twice is once, Changed of an unknown stay is in
// house, CheckedOut of an unknown one changes nothing.
type Guest struct {
	Event       Event
	Reservation string    // G#
	Room        string    // RN; always told, but for CheckedOut
	OldRoom     string    // RO, on Changed when the room changed
	LastName    string    // GN
	FirstName   string    // GF
	Title       string    // GT
	Language    string    // GL, a code of the property system
	VIP         string    // GV, a code of the property system
	Arrival     string    // GA as 2006-01-02
	Departure   string    // GD as 2006-01-02
	At          time.Time // DA and TI, by the clocks of the branch
	Shared      bool      // GS: others are in the room as well
	Resync      bool      // how things stand, not what happened just now
}

// Sink takes what the property system of a branch tells, in the order in which
// it tells it. What it returned without error is durable. After an error the
// line is dropped and everything is asked for anew; only a fault of kind Invalid
// says that this one record can never be taken, and it is skipped.
type Sink interface {
	Take(ctx context.Context, branchID int64, g Guest) error
	// ResyncEnded tells all reservations that are in house, in order. Everybody
	// else of this branch is not.
	ResyncEnded(ctx context.Context, branchID int64, named []string) error
}

// Branch is where a property system stands.
type Branch struct {
	ID   int64
	Zone *time.Location
}

// Finder finds the branch of a code; false when it is not there or closed.
type Finder func(ctx context.Context, code string) (Branch, bool, error)

// Settings are one link.
type Settings struct {
	Branch    string // code
	Address   string // host:port of the interface
	Charset   string // utf-8, gb18030 or windows-1252; ISO 8859-1 is a part of the last
	Interface string // two letters: what sort of system the property system takes us for
}
