// Package consent keeps what customers said of their own data: to which purpose
// they agree on which channel, as events with proof and the very text that was
// read out; their restrictions on who may know or reach them; and that they want to
// be forgotten. It stands below everything that shows or uses a customer, so that
// all of it can ask. It knows ids of customers and none of their facts.
package consent

import "slices"

// Purpose is what a customer's data are used for.
type Purpose string

// The purposes a customer decides about.
const (
	Service   Purpose = "service"   // preferences, kept and prepared by in every branch
	Safety    Purpose = "safety"    // allergies and the like, told to kitchen and housekeeping
	Notices   Purpose = "notices"   // messages about a stay or order
	Marketing Purpose = "marketing" // offers and events
	Profiling Purpose = "profiling" // value, segments, what to offer
	Partners  Purpose = "partners"  // passed on outside the group
	Child     Purpose = "child"     // what a parent tells of a child
	Photo     Purpose = "photo"     // pictures for the house's own use
)

// Purposes lists every purpose in the order of pages.
var Purposes = []Purpose{Service, Safety, Notices, Marketing, Profiling, Partners, Child, Photo}

// Channel is a way of reaching the customer, "" for purposes that need none.
type Channel string

// The channels.
const (
	SMS    Channel = "sms"
	Phone  Channel = "phone"
	Email  Channel = "email"
	WeChat Channel = "wechat"
	Post   Channel = "post"
)

// Basis is what a purpose stands on while the customer has not been asked.
type Basis string

// The bases, after articles 13, 24 and 29 of the PIPL.
const (
	// Contract: the customer came to be served, and this is serving them.
	Contract Basis = "contract"
	// Told: the customer told it us themselves, to be acted on. The law wants a
	// consent of its own for it, so the house is to ask; until somebody says no it
	// is kept for exactly that.
	Told Basis = "told"
	// Objection: our own figures about dealings with us, until the customer objects.
	Objection Basis = "objection"
	// Asked: nothing without a yes.
	Asked Basis = "asked"
)

// rule is what holds for a purpose.
type rule struct {
	basis    Basis
	channels []Channel
	firms    bool // firms are asked too
	// keeps marks purposes for which facts are kept: once withdrawn these are
	// hidden at once and deleted when Grace is over.
	keeps bool
}

var rules = map[Purpose]rule{
	Service:   {basis: Contract, keeps: true},
	Safety:    {basis: Told, keeps: true},
	Notices:   {basis: Contract, channels: []Channel{SMS, Phone, Email, WeChat}, firms: true},
	Marketing: {basis: Asked, channels: []Channel{SMS, Phone, Email, WeChat, Post}, firms: true},
	Profiling: {basis: Objection, keeps: true},
	Partners:  {basis: Asked, firms: true},
	Child:     {basis: Told, keeps: true},
	Photo:     {basis: Asked},
}

// Known reports whether there is such a purpose.
func (p Purpose) Known() bool { _, known := rules[p]; return known }

// Basis is what the purpose stands on while nobody has asked.
func (p Purpose) Basis() Basis { return rules[p].basis }

// Channels are those the purpose is decided by, none for most.
func (p Purpose) Channels() []Channel { return slices.Clone(rules[p].channels) }

// ForFirms reports whether firms decide about the purpose too.
func (p Purpose) ForFirms() bool { return rules[p].firms }

// Keeps reports whether facts are kept for the purpose, which a withdrawal hides
// and then deletes.
func (p Purpose) Keeps() bool { return rules[p].keeps }

// allowedUnasked is the answer while the customer has said nothing.
func (p Purpose) allowedUnasked() bool { b := rules[p].basis; return b != "" && b != Asked }

// fits reports whether the purpose is decided by that channel.
func (p Purpose) fits(c Channel) bool {
	channels := rules[p].channels
	if len(channels) == 0 {
		return c == ""
	}
	return slices.Contains(channels, c)
}

// How is the way in which the customer said it.
type How string

// The ways. What was written or sent can be shown again, what was spoken cannot,
// so a written one names where it lies.
const (
	Spoken  How = "spoken"
	Written How = "written"
	Web     How = "web"
	ByChat  How = "wechat"
	ByCall  How = "call"
)

// Hows lists the ways in the order of pages.
var Hows = []How{Spoken, Written, Web, ByChat, ByCall}

// Speaker is who said it.
type Speaker string

// The speakers.
const (
	Self     Speaker = "self"
	Guardian Speaker = "guardian" // a parent or guardian
	Agent    Speaker = "agent"    // somebody with written authority
)

// Speakers lists them in the order of pages.
var Speakers = []Speaker{Self, Guardian, Agent}
