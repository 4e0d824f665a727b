// Package webhook tells other programs that something has changed: which of them
// want to hear of what, and the queue of what they were not told yet. It sends
// nothing itself and knows no HTTP, and of a customer no more than the public
// id: whoever is told comes and asks with a token.
package webhook

import "slices"

// The kinds of events. Emit takes no others.
const (
	CustomerCreated   = "customer.created"
	CustomerChanged   = "customer.changed"
	CustomerErased    = "customer.erased"
	PreferenceChanged = "preference.changed"
	ArrivalChanged    = "arrival.changed"
)

// Kinds lists them, in the order of pages.
var Kinds = []string{CustomerCreated, CustomerChanged, CustomerErased, PreferenceChanged, ArrivalChanged}

// Test is the kind of an event that somebody sends by hand to try an endpoint.
const Test = "webhook.test"

func known(kind string) bool { return slices.Contains(Kinds, kind) }
