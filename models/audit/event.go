// Package audit keeps the record of who did what: a gapless sequence of events
// in a canonical form that can later be sealed and proved. It knows nothing of
// the subjects it records and never stores a personal value, only commitments.
package audit

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
)

// Outcome says how an act ended.
type Outcome string

// The outcomes.
const (
	OK      Outcome = "ok"
	Refused Outcome = "refused"
	Failed  Outcome = "failed"
)

// Detail is a named value of an event. It is never personal: kinds, counts,
// names of fields, public ids.
type Detail struct{ Name, Value string }

// Commitment binds an event to a personal value without holding it. Value is
// hashed with a random salt that is kept apart and can be destroyed.
type Commitment struct{ Name, Value string }

// Event is one thing that happened.
type Event struct {
	At          int64  // milliseconds UTC, set when appended
	ActorID     int64  // member of staff, 0 when nobody has signed in
	Role        string // acting role at that moment
	Employment  string // regular, temporary, intern at that moment
	BranchID    int64
	Via         string // browser, token, command, system
	Session     string // first part of the session's hash
	Address     string // network address of the peer
	OSUser      string // user of the operating system, for the command line
	RequestID   string
	Action      string // subject.verb, e.g. customer.opened
	CustomerID  int64
	Object      string // what of the subject: field and item, login, file hash
	Outcome     Outcome
	Reason      string // reason from the list, or which condition refused
	Details     []Detail
	Commitments []Commitment
}

// format is the first byte of a body. A new form gets a new number; old events
// stay readable for ever.
const format = 1

// limit keeps one event from filling the disk: texts longer than this are ours
// to shorten, never a reason to lose the event.
const limit = 4096

var errNoAction = errors.New("audit: event without action or outcome")

func (e Event) check() error {
	if e.Action == "" || e.Outcome == "" {
		return errNoAction
	}
	return nil
}

// encode gives the canonical bytes: a format byte, then every part in a fixed
// order, each with its length in front, numbers as big-endian 64 bit. Equal
// events have equal bytes and no two events share them.
func (e Event) encode(seq int64, commitments []hashed) []byte {
	b := make([]byte, 0, 256)
	b = append(b, format)
	number := func(n int64) { b = binary.BigEndian.AppendUint64(b, uint64(n)) }
	text := func(s string) {
		if len(s) > limit {
			s = strings.ToValidUTF8(s[:limit], "")
		}
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	number(seq)
	number(e.At)
	number(e.ActorID)
	number(e.BranchID)
	number(e.CustomerID)
	for _, s := range []string{e.Role, e.Employment, e.Via, e.Session, e.Address, e.OSUser, e.RequestID, e.Action, e.Object, string(e.Outcome), e.Reason} {
		text(s)
	}
	details := slices.SortedFunc(slices.Values(e.Details), func(a, b Detail) int { return strings.Compare(a.Name, b.Name) })
	number(int64(len(details)))
	for _, d := range details {
		text(d.Name)
		text(d.Value)
	}
	number(int64(len(commitments)))
	for _, c := range commitments {
		text(c.name)
		text(string(c.hash))
	}
	return b
}

type hashed struct {
	name string
	salt []byte
	hash []byte
}

// commit hashes each personal value with a fresh salt of 128 bits.
func (e Event) commit() []hashed {
	out := make([]hashed, len(e.Commitments))
	for i, c := range e.Commitments {
		salt := make([]byte, 16)
		rand.Read(salt)
		out[i] = hashed{name: c.Name, salt: salt, hash: Commit(salt, c.Name, c.Value)}
	}
	return out
}

// Commit is HMAC-SHA256(salt, name 0x00 value): whoever has the salt can test a
// value against an event, nobody can read it from there.
func Commit(salt []byte, name, value string) []byte {
	mac := hmac.New(sha256.New, salt)
	mac.Write([]byte(name))
	mac.Write([]byte{0})
	mac.Write([]byte(value))
	return mac.Sum(nil)
}
