package fias

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Most characters of a field. A longer key is no key; other texts are cut.
const (
	longestKey  = 32
	longestName = 120
	longestCode = 40
)

var events = map[string]Event{guestIn: CheckedIn, guestChange: Changed, guestOut: CheckedOut}

// guestOf reads a record about a guest. Flaws are fields it had to leave out.
// The reservation is told also with an error, when it can be read.
func guestOf(r record, zone *time.Location) (g Guest, flaws []Reason, err error) {
	w := reading{record: r}
	g = Guest{Event: events[r.kind], Reservation: w.key("G#"), Room: w.key("RN"), Shared: w.flag("GS"), At: w.moment(zone)}
	_, g.Resync = r.fields["SF"]
	if g.Reservation == "" && (g.Event != CheckedOut || g.Shared || r.lost["G#"]) {
		return g, nil, NoReservation
	}
	if g.Room == "" && (g.Event != CheckedOut || g.Reservation == "") {
		return g, nil, NoRoom
	}
	if g.Event == CheckedOut {
		return g, w.flaws, nil
	}
	g.LastName, g.FirstName = names(w.text("GN", longestName), w.text("GF", longestName))
	g.Title, g.Language, g.VIP = w.text("GT", longestCode), w.text("GL", longestCode), w.text("GV", longestCode)
	g.Arrival, g.Departure = w.day("GA"), w.day("GD")
	if old := w.key("RO"); g.Event == Changed && old != g.Room {
		g.OldRoom = old
	}
	return g, w.flaws, nil
}

// reading notes what is wrong with the fields of a record as it reads them.
type reading struct {
	record
	flaws []Reason
}

func (w *reading) flaw(r Reason) { w.flaws = append(w.flaws, r) }

// key is a room or a reservation: whole, or none.
func (w *reading) key(tag string) string {
	v := w.fields[tag]
	if w.lost[tag] {
		w.flaw(BadText)
	}
	if utf8.RuneCountInString(v) > longestKey {
		w.flaw(TooLong)
		w.lost[tag] = true
		return ""
	}
	return v
}

func (w *reading) text(tag string, most int) string {
	if w.lost[tag] {
		w.flaw(BadText)
	}
	v := w.fields[tag]
	if utf8.RuneCountInString(v) > most {
		w.flaw(TooLong)
		v = strings.TrimSpace(string([]rune(v)[:most]))
	}
	return v
}

// flag is Y or N; nothing is N.
func (w *reading) flag(tag string) bool {
	v := w.fields[tag]
	if v != "Y" && v != "N" && v != "" || w.lost[tag] {
		w.flaw(BadFlag)
	}
	return v == "Y"
}

// day is yymmdd of this century.
func (w *reading) day(tag string) string {
	v := w.fields[tag]
	if v == "" && !w.lost[tag] {
		return ""
	}
	t, err := time.Parse("20060102", "20"+v)
	if err != nil {
		w.flaw(BadDate)
		return ""
	}
	return t.Format(time.DateOnly)
}

// moment is DA and TI; one without the other is none.
func (w *reading) moment(zone *time.Location) time.Time {
	date, clock := w.fields["DA"], w.fields["TI"]
	if (date == "" || clock == "") && !w.lost["DA"] && !w.lost["TI"] {
		return time.Time{}
	}
	t, err := time.ParseInLocation("20060102 150405", "20"+date+" "+clock, zone)
	if err != nil {
		w.flaw(BadDate)
		return time.Time{}
	}
	return t.UTC()
}

// names parts "Koehler, Andreas", which many systems send as the name although
// the first name stands beside it.
func names(last, first string) (string, string) {
	i := strings.IndexAny(last, ",，")
	if i < 0 {
		return last, first
	}
	before, after := strings.TrimSpace(last[:i]), strings.TrimSpace(strings.TrimLeft(last[i:], ",，"))
	switch {
	case before == "":
		return last, first
	case first == "":
		return before, after
	case strings.HasPrefix(strings.ToLower(after), strings.ToLower(first)), strings.HasPrefix(strings.ToLower(first), strings.ToLower(after)):
		return before, first
	}
	return last, first // "Koehler, Dr.": what stands behind the comma is no first name
}
