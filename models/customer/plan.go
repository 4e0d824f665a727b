package customer

import (
	"slices"
	"time"

	"shuke/models/catalogue"
	"shuke/models/vault"
)

// Provenance is where facts come from; every fact carries it.
type Provenance struct {
	Channel  Channel
	Source   string // name of a list or system, empty for a person's own entry
	StaffID  int64
	BranchID int64
	ImportID int64
	At       time.Time
	// Heard is when it was said, the zero time when that is At.
	Heard time.Time
	// ByHand marks what a person enters with the customer before them: it
	// stands whatever was known. What a file says yields to better sources.
	ByHand bool
}

func (p Provenance) heard() time.Time {
	if p.Heard.IsZero() {
		return p.At
	}
	return p.Heard
}

// ending is a fact in force that stops being so.
type ending struct {
	fact Fact
	by   int64 // number of the fact that replaced it, 0 when removed
}

// plan is what a set of entries does to a customer's facts.
type plan struct {
	added    []Fact // with their state; sealed values already sealed
	ended    []ending
	inForce  []Fact           // all that holds afterwards
	plain    map[int64]string // values of added facts in the clear, by number
	previous map[int64]string // values of ended facts in the clear, by number
	fields   map[string]Field // fields of added and ended facts
	numbers  []string         // of documents in force afterwards, when one ended
}

// half is how long a fact counts as fresh against a less trusted source.
func fresh(f Field, fact Fact, now time.Time) bool {
	return f.HalfLifeDays == 0 || now.Sub(fact.RecordedAt) < time.Duration(f.HalfLifeDays)*24*time.Hour
}

// apply works out what entries change. It touches no database: facts in force
// and their key come in, what to write comes out.
func apply(customerID int64, next int64, inForce []Fact, entries []entry, p Provenance, key *vault.Key) (plan, error) {
	out := plan{plain: map[int64]string{}, previous: map[int64]string{}, fields: map[string]Field{}}
	current := make(map[slot]Fact, len(inForce))
	for _, f := range inForce {
		current[f.slot()] = f
	}
	for _, e := range entries {
		was, stands := current[slot{e.field.Key, e.item}]
		before := ""
		if stands && was.Sealed != nil && key != nil {
			var err error
			if before, err = key.Open(was.Sealed, was.row(customerID)); err != nil {
				return out, err
			}
		} else if stands {
			before = was.Value
		}
		if stands && !e.remove && was.None == e.none && before == e.value {
			continue
		}
		if e.remove {
			if stands {
				out.end(was, e.field, before, 0, p.At)
				delete(current, was.slot())
			}
			continue
		}
		next++
		fact := newFact(next, e, p)
		if stands && !p.ByHand && fact.Trust < was.Trust && fresh(e.field, was, p.At) {
			fact.State, fact.EndedAt, fact.EndedBy = Outranked, p.At, was.N
		} else {
			if stands {
				out.end(was, e.field, before, fact.N, p.At)
			}
			current[fact.slot()] = fact
		}
		if err := out.add(customerID, fact, e, key, current); err != nil {
			return out, err
		}
	}
	out.inForce = make([]Fact, 0, len(current))
	for _, f := range inForce {
		if now, ok := current[f.slot()]; ok && now.N == f.N {
			out.inForce = append(out.inForce, f)
		}
	}
	for _, f := range out.added {
		if now, ok := current[f.slot()]; ok && now.N == f.N {
			out.inForce = append(out.inForce, f)
		}
	}
	return out, out.readNumbers(customerID, key)
}

// indexed reports whether values of the field have a blind index as look-up key.
func indexed(field string) bool { return field == "document_no" || field == "licence_no" }

// readNumbers opens the documents in force when one has ended: a number that
// stood at two places is still held.
func (out *plan) readNumbers(customerID int64, key *vault.Key) error {
	if !slices.ContainsFunc(out.ended, func(e ending) bool { return indexed(e.fact.Field) }) {
		return nil
	}
	for _, f := range out.inForce {
		if !indexed(f.Field) || f.None || f.Sealed != nil && key == nil {
			continue
		}
		number := f.Value
		if f.Sealed != nil {
			var err error
			if number, err = key.Open(f.Sealed, f.row(customerID)); err != nil {
				return err
			}
		}
		out.numbers = append(out.numbers, number)
	}
	return nil
}

func newFact(n int64, e entry, p Provenance) Fact {
	return Fact{N: n, Field: e.field.Key, Item: e.item, None: e.none, Value: e.value, Channel: p.Channel, Trust: p.Channel.Trust(), Source: p.Source,
		StaffID: p.StaffID, BranchID: p.BranchID, ImportID: p.ImportID, RecordedAt: p.heard(), Preference: e.preference}
}

func (out *plan) end(was Fact, f Field, before string, by int64, _ time.Time) {
	out.ended = append(out.ended, ending{was, by})
	out.previous[was.N], out.fields[f.Key] = before, f
}

func (out *plan) add(customerID int64, fact Fact, e entry, key *vault.Key, current map[slot]Fact) error {
	out.plain[fact.N], out.fields[e.field.Key] = e.value, e.field
	if !e.none {
		fact.Band = catalogue.BandOf(e.field.Field, e.value, fact.RecordedAt)
	}
	if e.field.Sealed() && !e.none {
		sealed, err := key.Seal(e.value, fact.row(customerID))
		if err != nil {
			return err
		}
		fact.Value, fact.Sealed = "", sealed
	}
	if e.secret && e.preference.Words != "" {
		own := *e.preference
		own.N = fact.N
		sealed, err := key.Seal(own.Words, own.row(customerID))
		if err != nil {
			return err
		}
		own.Words, own.WordsSealed = "", sealed
		fact.Preference = &own
	}
	if fact.State == InForce {
		current[fact.slot()] = fact
	}
	out.added = append(out.added, fact)
	return nil
}

// needsKey reports whether entries or what they replace touch sealed values.
func needsKey(entries []entry) bool {
	for _, e := range entries {
		if e.field.Sealed() || e.secret {
			return true
		}
	}
	return false
}
