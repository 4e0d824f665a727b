// Package ui is the kit of components all pages are made of: buttons, tags,
// panels, fields, states. It has no words of its own and none of the domain:
// every sentence arrives finished in the props. The classes are those of the
// style sheet in package static.
package ui

import "strconv"

// Tone colours a component by what it means; a word or a shape beside it always
// says the same.
type Tone string

// The tones.
const (
	ToneNone Tone = ""
	ToneOK   Tone = "ok"
	ToneWarn Tone = "warn"
	ToneBad  Tone = "bad"
	ToneInfo Tone = "info"
	ToneAct  Tone = "act"
)

// Class is the class that gives an element the tone, "" for none.
func (t Tone) Class() string { return t.class() }

func (t Tone) class() string {
	if t == ToneNone {
		return ""
	}
	return "t-" + string(t)
}

// Segment is a piece of a text; a marked one is what a search met.
type Segment struct {
	Text string
	Mark bool
}

// fieldID is the id of a control: its own, else made from its name.
func fieldID(id, name string) string {
	if id != "" {
		return id
	}
	return "f-" + name
}

// describedBy joins the ids of hint and error of a control, for aria-describedby.
func describedBy(id, hint, problem string) string {
	switch {
	case hint != "" && problem != "":
		return id + "-error " + id + "-hint"
	case problem != "":
		return id + "-error"
	case hint != "":
		return id + "-hint"
	}
	return ""
}

func itoa(n int) string { return strconv.Itoa(n) }
