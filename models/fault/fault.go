// Package fault is the one error type of the domain: a kind, the key of a text
// for people, and messages at fields. It knows no HTTP status, no language and
// no database; handlers map kinds to statuses, views translate keys.
package fault

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Kind says what sort of failure it is, so that callers can react to it.
type Kind uint8

// The kinds. Internal is the zero value: an error nobody classified is ours.
const (
	Internal Kind = iota
	NotFound
	Invalid
	Conflict
	Denied
	Unauthenticated
	TooMany
	Gone
	Unavailable
)

var kindNames = [...]string{"internal", "not_found", "invalid", "conflict", "denied", "unauthenticated", "too_many", "gone", "unavailable"}

// String returns the kind's name as used in logs and audit events.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "unknown"
}

// Message is the key of a text with the values it mentions. Values are never
// personal data: they are limits, counts and names of fields.
type Message struct {
	Key  string
	Args map[string]any
}

// Fields holds one message per form field, keyed by the field's name.
type Fields map[string]Message

// Add records a message at a field unless one is there already: the first
// thing wrong with a field is the one to mend first.
func (f Fields) Add(field, key string, args map[string]any) {
	if _, taken := f[field]; !taken {
		f[field] = Message{Key: key, Args: args}
	}
}

// Err returns nil when no field has a message, else an Invalid error.
func (f Fields) Err() error {
	if len(f) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Text: Message{Key: "error.invalid"}, Fields: f}
}

// Error is a failure of the domain.
type Error struct {
	Kind   Kind
	Text   Message
	Fields Fields
	cause  error
}

// New returns an error of the kind with the key of its text.
func New(kind Kind, key string) *Error {
	return &Error{Kind: kind, Text: Message{Key: key}}
}

// Newf is New with values for the text.
func Newf(kind Kind, key string, args map[string]any) *Error {
	return &Error{Kind: kind, Text: Message{Key: key, Args: args}}
}

// Wrap keeps an internal cause beside the text; the cause is for logs only.
func Wrap(cause error, kind Kind, key string) *Error {
	return &Error{Kind: kind, Text: Message{Key: key}, cause: cause}
}

// Error describes the failure for logs: kind, key and the names of bad fields,
// never what a person typed.
func (e *Error) Error() string {
	s := e.Kind.String() + ": " + e.Text.Key
	if len(e.Fields) > 0 {
		s += fmt.Sprintf(" %v", slices.Sorted(maps.Keys(e.Fields)))
	}
	if e.cause != nil {
		s += ": " + e.cause.Error()
	}
	return s
}

// Unwrap returns the internal cause.
func (e *Error) Unwrap() error { return e.cause }

// KindOf returns the kind of err; an error of another type is Internal.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Is reports whether err is a fault of the kind.
func Is(err error, kind Kind) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == kind
}
