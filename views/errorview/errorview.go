// Package errorview is what a person sees when something did not work: what
// failed, what it means for them, and one way on. It shows a reference to the
// log, never a cause.
package errorview

import "shuke/views/ui"

// Kind names a page of this package and the texts behind it.
type Kind string

// The kinds, each with the status it is shown for.
const (
	Denied      Kind = "denied"      // 403
	Withheld    Kind = "withheld"    // 403, because the customer wants it so
	NotFound    Kind = "not_found"   // 404
	Method      Kind = "method"      // 405
	Conflict    Kind = "conflict"    // 409
	Gone        Kind = "gone"        // 410
	TooLarge    Kind = "too_large"   // 413
	Misdirected Kind = "misdirected" // 421
	Invalid     Kind = "invalid"     // 400, 422 without a form
	TooMany     Kind = "too_many"    // 429
	Internal    Kind = "internal"    // 500
	Unavailable Kind = "unavailable" // 503
)

// Kinds returns all kinds.
func Kinds() []Kind {
	return []Kind{Denied, Withheld, NotFound, Method, Conflict, Gone, TooLarge, Misdirected, Invalid, TooMany, Internal, Unavailable}
}

// Props are one trouble. Detail is a finished sentence that says more and may be
// empty; Ask is whom to ask for a permission; Retry is the address to try again,
// Home the way out, both optional; RequestID is the reference to the log.
type Props struct {
	Kind      Kind
	Detail    string
	Ask       string
	Retry     string
	Home      string
	RequestID string
}

func (p Props) icon() string {
	switch p.Kind {
	case Denied, Withheld:
		return "lock"
	case NotFound, Gone:
		return "search"
	case TooMany, Unavailable:
		return "clock"
	case Conflict:
		return "edit"
	}
	return "alert"
}

func (p Props) tone() ui.Tone {
	switch p.Kind {
	case Internal:
		return ui.ToneBad
	case Conflict, TooLarge, Misdirected, Invalid:
		return ui.ToneWarn
	}
	return ui.ToneNone
}

// numbered reports whether the reference helps: where we are at fault.
func (p Props) numbered() bool {
	return p.RequestID != "" && (p.Kind == Internal || p.Kind == Unavailable)
}

func toneClass(t ui.Tone) string {
	if t == ui.ToneNone {
		return ""
	}
	return "t-" + string(t)
}
