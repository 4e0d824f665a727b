// Package layout is the frame around every page: head, rail, bar, main, and the
// plain frame of pages outside the house. It knows no route and no customer: what
// it prints arrives finished in Props.
package layout

import "shuke/views/ui"

// Props are everything the frame of a signed-in page prints.
type Props struct {
	// Lang and Theme stand on <html>; Theme is "light", "dark" or empty for
	// what the system says.
	Lang, Theme string
	// Title is the h1 and the document's title; Sub stands grey beside it. A
	// customer's name may stand in Sub, never in Title: titles reach histories.
	Title, Sub string
	Groups     []NavGroup
	// Branch and House say where the person works.
	Branch, House string
	Me            Person
	Links         Links
	// Here is the path the language and theme switches come back to.
	Here string
	// NoLookup leaves out the look-up in the bar, on the desk, which has its own.
	NoLookup bool
	Flash    []Flash
}

// NavGroup is a heading of the rail with its pages.
type NavGroup struct {
	Label string
	Items []NavItem
}

// NavItem is one page in the rail. Count is a few words at its end ("23 到店").
type NavItem struct {
	Href, Icon, Text, Count string
	Current                 bool
}

// Person is who is signed in: name and login, and a line with role or shift.
type Person struct {
	Name, Login, Role string
}

// Links are the addresses the frame needs. Lookup takes the look-up's POST;
// Language (field language), Theme (field theme) and SignOut take POSTs too,
// the first two with the field here, the path to come back to.
type Links struct {
	Home, Lookup, Language, Theme, SignOut string
}

// Flash is a sentence said once, after a form was sent.
type Flash struct {
	Tone ui.Tone
	Text string
}

// PlainProps are what the frame of sign-in, set-up and error pages prints. Wide
// gives room for more than a short form. Without Links.Language there are no
// switches: a page for a stranger may have nothing to post to.
type PlainProps struct {
	Lang, Theme string
	Title, Sub  string
	Foot        string
	Links       Links
	Here        string
	Wide        bool
	Flash       []Flash
}

// htmxConfig is read by htmx from the head. No eval and no style of its own, by
// the content security policy; no snapshot of a page in the browser's storage,
// since pages hold customers; 422 carries a form with its messages and is swapped.
const htmxConfig = `{"allowEval":false,"allowScriptTags":false,"includeIndicatorStyles":false,"selfRequestsOnly":true,` +
	`"historyEnabled":false,"historyCacheSize":0,"refreshOnHistoryMiss":true,"timeout":15000,` +
	`"responseHandling":[{"code":"204","swap":false},{"code":"[23]..","swap":true},{"code":"422","swap":true},{"code":"[45]..","swap":false,"error":true}]}`

func toneIcon(t ui.Tone) string {
	switch t {
	case ui.ToneBad, ui.ToneWarn:
		return "alert"
	}
	return "check"
}
