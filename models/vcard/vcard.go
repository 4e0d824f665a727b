// Package vcard reads the cards of .vcf files as telephones, mail programs and
// address books of thirty years wrote them: versions 2.1, 3.0 and 4.0, in any
// mixture, with quoted-printable, a charset for each line, folds within
// characters, photographs, cards without end. It streams, one card at a time,
// and keeps no photograph. It must not know what a property means to anybody.
//
// It is no use of emersion/go-vcard, which stops at the first line that breaks
// the rules and decodes neither quoted-printable nor charsets: here the other
// cards, and the other lines of the card, must still be read.
package vcard

import "strings"

// Limits of what is read. What is larger is named, never cut in silence.
const (
	MaxCard       = 256 << 10 // bytes of a card without its photographs
	maxLine       = 128 << 10 // bytes of a property that are kept
	maxProperties = 1000
	maxParameters = 100
)

// Card is one card.
type Card struct {
	Line       int    // physical line of its BEGIN, from 1; CR, LF and CRLF each end one line
	Version    string // "2.1", "3.0", "4.0" or what else it says
	Properties []Property
	Complete   bool // END:VCARD stands where it should
	TooLong    bool // beyond a limit: not all of it was kept
	Stray      int  // lines that are no property
	Raw        string
}

// All are the properties of a name, those marked as preferred first.
func (c Card) All(names ...string) []Property {
	var first, rest []Property
	for _, p := range c.Properties {
		for _, name := range names {
			switch {
			case p.Name != name:
			case p.Preferred():
				first = append(first, p)
			default:
				rest = append(rest, p)
			}
		}
	}
	return append(first, rest...)
}

// Property is one line of a card, its folds undone.
type Property struct {
	Group   string // item1 of item1.TEL
	Name    string // in capitals
	Media   bool   // a photograph, sound or key: its value was not kept
	TooLong bool   // longer than is kept
	params  []param
	raw     []byte // the value as it came
	whole   []byte // the line as it came
	old     bool   // of a card of version 2.1
	plain   Decoder
}

type param struct{ name, value string }

// Param is the value of a parameter, "" when the property has none.
func (p Property) Param(name string) string {
	for _, x := range p.params {
		if x.name == name {
			return x.value
		}
	}
	return ""
}

// Is reports whether one of the property's types is the one named, in capitals.
func (p Property) Is(kind string) bool {
	for _, x := range p.params {
		if x.name != "TYPE" {
			continue
		}
		for t := range strings.SplitSeq(x.value, ",") {
			if strings.EqualFold(strings.TrimSpace(t), kind) {
				return true
			}
		}
	}
	return false
}

// Preferred reports whether the property is marked as the one to use.
func (p Property) Preferred() bool { return p.Is("PREF") || p.Param("PREF") == "1" }

// Decoder reads bytes that say nothing of their charset. ok is false when they
// are text in none that the file may be in.
type Decoder func(b []byte) (text string, ok bool)

// Flaw says why the value of a property cannot be taken.
type Flaw string

// The flaws.
const (
	CharsetUnknown Flaw = "encoding_unknown"
	Undecodable    Flaw = "encoding_damaged"
)

// media are the properties whose values are no text.
func media(name string) bool {
	switch name {
	case "PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE", "X-SAMSUNG-PHOTO":
		return true
	}
	return false
}
