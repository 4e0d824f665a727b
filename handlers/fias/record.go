package fias

import (
	"strings"
	"time"
	"unicode"
)

// The records of the protocol that matter here.
const (
	linkStart, linkAlive, linkEnd         = "LS", "LA", "LE"
	linkDescription, linkRecord           = "LD", "LR"
	resyncRequest, resyncStart, resyncEnd = "DR", "DS", "DE"
	guestIn, guestChange, guestOut        = "GI", "GC", "GO"
)

// record is one message: its kind and its fields by tag.
type record struct {
	kind   string
	fields map[string]string
	lost   map[string]bool // tags of fields whose text cannot be read
}

// parseRecord reads "GI|RN102|G#12345|": fields end with a bar, each begins with
// a tag of two characters. What could be read is told also with an error.
func parseRecord(text string) (r record, err error) {
	parts := strings.Split(text, "|")
	r = record{kind: parts[0], fields: map[string]string{}, lost: map[string]bool{}}
	if len(r.kind) != 2 || !isTag(r.kind) {
		return record{}, Malformed
	}
	for _, part := range parts[1:] {
		if strings.TrimSpace(part) == "" {
			continue
		}
		if !isTag(part) {
			err = Malformed
			continue
		}
		tag, value := part[:2], strings.TrimSpace(part[2:])
		if strings.Contains(value, unreadable) || strings.ContainsFunc(value, unicode.IsControl) {
			value, r.lost[tag] = "", true
		}
		if was, twice := r.fields[tag]; twice && was != value {
			value, r.lost[tag], err = "", true, Malformed
		}
		r.fields[tag] = value
	}
	return r, err
}

// isTag reports whether a text begins with a tag: a capital letter, then another
// or a digit or a sign, as in RN, A0 and G#.
func isTag(s string) bool {
	return len(s) >= 2 && s[0] >= 'A' && s[0] <= 'Z' && s[1] > ' ' && s[1] < 0x7f && (s[1] < 'a' || s[1] > 'z')
}

// compose writes a record: the kind and its fields, each with its tag.
func compose(kind string, fields ...string) []byte {
	return []byte("\x02" + kind + "|" + strings.Join(append(fields, ""), "|") + "\x03")
}

// stamp is the date and time that most records carry, by the clocks of the
// branch.
func stamp(t time.Time) []string {
	return []string{t.Format("DA060102"), t.Format("TI150405")}
}
