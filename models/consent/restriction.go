package consent

import (
	"slices"
	"strings"
	"time"

	"shuke/models/db"
	"shuke/models/fault"
)

// Kind is what sort of thing a restriction is.
type Kind string

// The kinds, each with what it does now.
const (
	NotPerson        Kind = "person"    // not to be told to somebody: pinned on the card, links to them are hidden
	NotBranch        Kind = "branch"    // who works there neither finds the customer nor opens the card
	NotHours         Kind = "hours"     // no telephone at those hours: pinned, and Quiet says so
	NoPhoto          Kind = "photo"     // no pictures: pinned, and the purpose is not allowed
	NoHousehold      Kind = "household" // links to the family are not shown
	OtherRestriction Kind = "other"     // in the customer's words: pinned
)

// Kinds lists the kinds in the order of pages.
var Kinds = []Kind{NotPerson, NotBranch, NotHours, NoPhoto, NoHousehold, OtherRestriction}

// Restriction is a customer's own word about who may know or reach them. Only
// what its kind needs is filled in.
type Restriction struct {
	N        int64
	Kind     Kind
	Person   string // not to be told to
	Relation string // what that person is to the customer
	Note     string
	NotAt    int64 // branch
	From, To int   // minutes of the day, of the customer's clock; To may lie before From
	How      How
	At       time.Time
	By       int64 // member of staff
	Branch   int64 // where it was said
}

const minutesOfDay = 24 * 60

// Lengths of the words of a restriction, in characters.
const (
	longestPerson   = 60
	longestRelation = 30
	longestNote     = 500
)

// Check finds what is wrong with a restriction and empties what its kind does not use.
func (r *Restriction) Check() error {
	f := fault.Fields{}
	if !slices.Contains(Kinds, r.Kind) {
		f.Add("kind", "error.choose", nil)
	}
	if !slices.Contains(Hows, r.How) {
		f.Add("how", "error.choose", nil)
	}
	r.Person, r.Relation, r.Note = strings.TrimSpace(r.Person), strings.TrimSpace(r.Relation), strings.TrimSpace(r.Note)
	if r.Kind != NotPerson {
		r.Person, r.Relation = "", ""
	} else if r.Person == "" {
		f.Add("person", "error.required", nil)
	}
	if r.Kind != NotBranch {
		r.NotAt = 0
	} else if r.NotAt <= 0 {
		f.Add("not_at", "error.choose", nil)
	}
	if r.Kind != NotHours {
		r.From, r.To = 0, 0
	} else if r.From < 0 || r.From >= minutesOfDay || r.To < 0 || r.To >= minutesOfDay || r.From == r.To {
		f.Add("from", "restriction.hours_invalid", nil)
	}
	if r.Kind == OtherRestriction && r.Note == "" {
		f.Add("note", "error.required", nil)
	}
	for field, of := range map[string]struct {
		text string
		most int
	}{"person": {r.Person, longestPerson}, "relation": {r.Relation, longestRelation}, "note": {r.Note, longestNote}} {
		if len([]rune(of.text)) > of.most {
			f.Add(field, "error.too_long", map[string]any{"Max": of.most})
		}
		if HasControls(of.text) {
			f.Add(field, "error.control_character", nil)
		}
	}
	return f.Err()
}

// HasControls reports whether words hold what has no place in them: controls, and
// characters that turn the direction of writing.
func HasControls(words string) bool { return strings.ContainsFunc(words, isControl) }

func isControl(r rune) bool {
	return (r < ' ' && r != '\n' && r != '\r') || r == 0x7f || r == '\ufffd' || (r >= '\u202a' && r <= '\u202e') || (r >= '\u2066' && r <= '\u2069')
}

const (
	nextRestrictionSQL   = "SELECT COALESCE(MAX(n), 0) + 1 FROM restrictions WHERE customer_id = ?"
	insertRestrictionSQL = `INSERT INTO restrictions (customer_id, n, kind, person, relation, note, not_at, from_minute, to_minute, how, staff_id, branch_id, recorded_at)
 VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)`
	endRestrictionSQL = "UPDATE restrictions SET ended_at = ?, ended_by = ? WHERE customer_id = ? AND n = ? AND ended_at = 0"
)

// Restrict records a restriction in the caller's transaction and returns its number.
func Restrict(tx *db.Tx, customerID int64, r Restriction) (n int64, err error) {
	if err := r.Check(); err != nil {
		return 0, err
	}
	if err := Lock(tx, customerID); err != nil {
		return 0, err
	}
	if err := tx.Raw(nextRestrictionSQL, customerID).Row().Scan(&n); err != nil {
		return 0, err
	}
	if _, err := tx.Run(insertRestrictionSQL, customerID, n, r.Kind, r.Person, r.Relation, r.Note, r.NotAt, r.From, r.To, r.How, r.By, r.Branch, db.Millis(r.At)); err != nil {
		return 0, err
	}
	return n, countWithheld(tx, customerID)
}

// Lift ends a restriction that no longer holds; it stays on record.
func Lift(tx *db.Tx, customerID, n, by int64, at time.Time) error {
	if err := Lock(tx, customerID); err != nil {
		return err
	}
	if err := move(tx, endRestrictionSQL, db.Millis(at), by, customerID, n); err != nil {
		return err
	}
	return countWithheld(tx, customerID)
}

// countWithheldSQL brings the customer's row in step with what keeps it from
// being found.
const countWithheldSQL = `UPDATE customers SET withheld = (SELECT COUNT(*) FROM restrictions WHERE customer_id = ? AND kind = 'branch' AND ended_at = 0)
 + (SELECT COUNT(*) FROM erasures WHERE customer_id = ? AND state IN (1, 2, 4)) WHERE id = ?`

func countWithheld(tx *db.Tx, customerID int64) error {
	_, err := tx.Run(countWithheldSQL, customerID, customerID, customerID)
	return err
}

// has reports whether one of the kind holds.
func (s States) has(k Kind) bool {
	return slices.ContainsFunc(s.Restrictions, func(r Restriction) bool { return r.Kind == k })
}

// Serving are the restrictions that those who serve the customer at a branch keep
// to: no pictures of the room, no calls at night, nothing to that person. One of
// another branch is not theirs to know, nor why somebody is not to be told.
func (s States) Serving(branchID int64) []Restriction {
	var out []Restriction
	for _, r := range s.Restrictions {
		if r.Kind == NotBranch && r.NotAt != branchID {
			continue
		}
		if r.Kind == NotPerson || r.Kind == NotBranch {
			r.Note = ""
		}
		out = append(out, r)
	}
	return out
}

// NotAt reports whether the customer does not want to be known at a branch.
func (s States) NotAt(branchID int64) bool {
	return slices.ContainsFunc(s.Restrictions, func(r Restriction) bool { return r.Kind == NotBranch && r.NotAt == branchID })
}

// HidesHousehold reports whether links to the customer's family are not shown.
func (s States) HidesHousehold() bool { return s.has(NoHousehold) }

// HidesFrom reports whether nothing may be told to a person of that name.
func (s States) HidesFrom(name string) bool {
	name = strings.TrimSpace(name)
	return slices.ContainsFunc(s.Restrictions, func(r Restriction) bool { return r.Kind == NotPerson && strings.EqualFold(r.Person, name) })
}

// Quiet reports whether the customer does not want the telephone to ring at a
// moment, by the clock of the time's own zone.
func (s States) Quiet(t time.Time) bool {
	minute := t.Hour()*60 + t.Minute()
	return slices.ContainsFunc(s.Restrictions, func(r Restriction) bool {
		switch {
		case r.Kind != NotHours:
			return false
		case r.From < r.To:
			return minute >= r.From && minute < r.To
		}
		return minute >= r.From || minute < r.To
	})
}
