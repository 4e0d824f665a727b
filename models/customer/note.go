package customer

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"shuke/models/audit"
	"shuke/models/calendar"
	"shuke/models/catalogue"
	"shuke/models/db"
	"shuke/models/fault"
	stand "shuke/models/standing"
	"shuke/models/uses"
	"shuke/models/vault"
	"shuke/models/webhook"
	"shuke/policies"
)

// Note is what a guest said, as somebody heard it and wrote it down in a hurry.
// Only Words and Channel must be there: the rest is read from the words.
type Note struct {
	PublicID string
	Words    string // as the guest said it
	Wording  string // what staff act on; "" as the words say
	Area     string // "" as the words say
	Act      string // do or never; "" as the words say
	Strength int    // 0 as the words say
	Here     bool   // it holds at this branch alone
	UntilOn  string // last day on which it holds, "" without end
	Channel  Channel
	Consent  string // how the guest agreed that it is passed on; needed for safety
	Instead  int64  // number of the preference that it contradicts, 0 none
	Once     string
}

// ConsentWays are how a guest can have agreed.
var ConsentWays = []string{"spoken", "written", "message"}

// Noted is what became of a note.
type Noted struct {
	N     int64
	Known bool // it was known already, and is confirmed now
}

// wordsLimit bounds what one note takes, in characters.
const wordsLimit = 300

// longNumber finds what may be the number of a document or a bank card: it has
// no place among wishes, where everybody reads it.
var longNumber = regexp.MustCompile(`\d[\d -]{12,}[\dXx]`)

// Read is how a note would be filed if nothing were said but its words: the form
// shows it while one types.
func (n Note) Read(cat *Catalogue) Note {
	r := cat.Read(n.Words)
	if n.Area == "" {
		n.Area = string(r.Area)
	}
	if n.Act == "" {
		n.Act = string(r.Kind)
	}
	if cat.Area(n.Area).Safety {
		n.Act, n.Strength = catalogue.ActNever, 3
	}
	if n.Strength == 0 {
		n.Strength = r.Strength
	}
	if strings.TrimSpace(n.Wording) == "" {
		n.Wording = r.Instruction
	}
	return n
}

// TakeNote writes down what a guest said; it is in play at every branch from the
// next page on. The same said twice is confirmed, not kept twice.
func (s *Service) TakeNote(ctx context.Context, a policies.Actor, cat *Catalogue, n Note) (Noted, error) {
	if err := s.guard.Require(a, policies.PreferenceNote); err != nil {
		return Noted{}, err
	}
	c, states, err := s.Admit(ctx, a, n.PublicID)
	if err != nil {
		return Noted{}, err
	}
	request := []string{"note", n.PublicID, n.Words, n.Wording, n.Area, n.Act, strconv.Itoa(n.Strength), strconv.FormatBool(n.Here), n.UntilOn, string(n.Channel), n.Consent, strconv.FormatInt(n.Instead, 10)}
	n, e, problems := cat.noteEntry(c.Kind, n, a.Today(), surroundings{region: a.Region, today: calendar.Today(a.Now, a.Zone)}, func(f Field) bool { return f.MayChange(a.Role) })
	safety := cat.Area(n.Area).Safety
	if !safety && !states.Allows(e.field.Consent(), "") { // for safety the note brings the consent
		problems.Add("words", "consent.not_kept", nil)
	}
	if err := problems.Err(); err != nil {
		return Noted{}, err
	}
	if n.Here {
		e.preference.Branches = []int64{a.BranchID}
	}
	var key vault.Key
	if e.secret || safety { // durable before the transaction that seals under it
		owner := vault.Customer(c.ID)
		keys, err := s.vault.Keys(ctx, owner)
		if err != nil {
			return Noted{}, err
		}
		key = keys[owner]
	}
	w := noteWrite{note: n, cat: cat, entry: e, key: key, secret: e.secret, once: db.Once{StaffID: a.StaffID, Key: n.Once, Request: request}}
	var out Noted
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		out, err = s.writeNote(tx, a, c.ID, w)
		return err
	})
	if db.Duplicate(err) && n.Once != "" {
		var answer string
		if answer, err = s.answered(ctx, w.once); err == nil {
			out.N, err = strconv.ParseInt(answer, 10, 64)
		}
	}
	return out, err
}

// noteEntry reads a note to its end and makes of it what a fact is made of, or
// says what is wrong with it.
func (c *Catalogue) noteEntry(kind Kind, n Note, today string, in surroundings, may func(Field) bool) (Note, entry, fault.Fields) {
	n.Words = tidy(n.Words)
	secret := c.Read(n.Words).Sensitive
	n = n.Read(c)
	e, problems := c.checkNote(kind, &n, today, in, may)
	if len(problems) > 0 {
		return n, e, problems
	}
	e.preference = &Preference{Area: n.Area, Act: n.Act, Strength: n.Strength, Tags: c.Read(n.Words + " " + n.Wording).Tags, UntilOn: n.UntilOn, Consent: n.Consent}
	if n.Words != e.value {
		e.preference.Words = n.Words
		e.secret = secret || c.Area(n.Area).Safety
	}
	return n, e, problems
}

// CheckNote checks what a file says that somebody wants, as a note typed at a
// card is checked; branches are where it holds, none everywhere.
func (b *Batch) CheckNote(kind Kind, n Note, branches []int64) (Checked, fault.Fields) {
	_, e, problems := b.cat.noteEntry(kind, n, b.today.String(), surroundings{region: b.region, today: b.today}, func(Field) bool { return true })
	if len(problems) > 0 {
		return Checked{}, problems
	}
	e.note, e.preference.Branches = true, branches
	return Checked{[]entry{e}}, nil
}

// checkNote finds the field that keeps the note and what is wrong with it.
func (c *Catalogue) checkNote(kind Kind, n *Note, today string, in surroundings, may func(Field) bool) (entry, fault.Fields) {
	problems := fault.Fields{}
	if n.Words == "" {
		problems.Add("words", "note.words_needed", nil)
	}
	if len([]rune(n.Words)) > wordsLimit {
		problems.Add("words", "error.too_long", map[string]any{"Max": wordsLimit})
	}
	if hasControls(n.Words, true) {
		problems.Add("words", "error.control_character", nil)
	}
	if longNumber.MatchString(n.Words) || longNumber.MatchString(n.Wording) {
		problems.Add("words", "note.no_numbers", nil)
	}
	if !c.HasArea(n.Area) {
		problems.Add("area", "error.choose", nil)
	}
	if n.Act != catalogue.ActDo && n.Act != catalogue.ActNever {
		problems.Add("act", "error.choose", nil)
	}
	if n.Strength < 1 || n.Strength > 3 {
		problems.Add("strength", "error.choose", nil)
	}
	if _, err := ParseChannel(string(n.Channel)); err != nil {
		problems.Add("channel", "error.choose", nil)
	}
	if n.UntilOn != "" {
		if _, err := time.Parse(time.DateOnly, n.UntilOn); err != nil {
			problems.Add("until", "value.date_invalid", nil)
		} else if n.UntilOn < today {
			problems.Add("until", "note.until_past", nil)
		}
	}
	safety := c.Area(n.Area).Safety
	if n.Consent != "" && !slices.Contains(ConsentWays, n.Consent) || n.Consent == "" && safety {
		problems.Add("consent", "note.consent_needed", nil)
	}
	f, known := c.Field(noteField(kind, n.Act, safety))
	if !known || !f.On || !may(f) {
		problems.Add("words", "error.field_denied", nil)
		return entry{}, problems
	}
	stored, m := canonical(f, n.Wording, in)
	if m.Key != "" {
		problems.Add("wording", m.Key, m.Args)
	} else if len(stored) != 1 {
		problems.Add("words", "note.words_needed", nil)
	} else {
		return entry{field: f, value: stored[0]}, problems
	}
	return entry{field: f}, problems
}

// noteField is the field of the catalogue that keeps a note.
func noteField(kind Kind, act string, safety bool) string {
	switch {
	case safety && kind == Individual:
		return "allergy_instruction"
	case act == catalogue.ActNever:
		return "taboo"
	}
	return "care_instruction"
}

// noteWrite is a checked note on its way into the transaction.
type noteWrite struct {
	note   Note
	cat    *Catalogue
	entry  entry
	key    vault.Key
	secret bool // the guest's own words are sealed
	once   db.Once
}

func (s *Service) writeNote(tx *db.Tx, a policies.Actor, id int64, w noteWrite) (Noted, error) {
	answer, done, err := w.once.Before(tx)
	if err != nil {
		return Noted{}, err
	}
	if done {
		n, err := strconv.ParseInt(answer, 10, 64)
		return Noted{N: n}, err
	}
	c, err := lockCustomer(tx, id)
	if err != nil {
		return Noted{}, err
	}
	inForce, err := factsInForce(tx, id)
	if err != nil {
		return Noted{}, err
	}
	item := 0
	for _, f := range inForce {
		if f.Field != w.entry.field.Key || f.None {
			continue
		}
		if f.Value == w.entry.value && w.note.Instead == 0 {
			if err := w.once.After(tx, strconv.FormatInt(f.N, 10), s.clock.Now()); err != nil {
				return Noted{}, err
			}
			return Noted{N: f.N, Known: true}, s.confirm(tx, a, w.cat, c, f.N)
		}
		item = max(item, f.Item+1)
	}
	if item > maxItem {
		return Noted{}, fault.Fields{"words": {Key: "note.too_many"}}.Err()
	}
	return s.insertNote(tx, a, c, inForce, item, w)
}

func (s *Service) insertNote(tx *db.Tx, a policies.Actor, c Customer, inForce []Fact, item int, w noteWrite) (Noted, error) {
	now := s.clock.Now()
	w.entry.item = item
	n := c.Facts + 1
	p := *w.entry.preference
	p.N = n
	if w.secret {
		var err error
		if p.WordsSealed, err = w.key.Seal(p.Words, p.row(c.ID)); err != nil {
			return Noted{}, err
		}
		p.Words = ""
	}
	w.entry.preference = &p
	fact := newFact(n, w.entry, s.byHand(a, w.note.Channel))
	if err := insertFacts(tx, c.ID, []Fact{fact}); err != nil {
		return Noted{}, err
	}
	if err := stand.Heard(tx, now, c.ID); err != nil {
		return Noted{}, err
	}
	e := noteEvent(a, "preference.noted", c.ID, fact.N, p.Area, p.Act)
	e.Commitments = []audit.Commitment{{Name: "new." + strconv.FormatInt(n, 10), Value: fact.Value}}
	if w.note.Instead != 0 {
		if !slices.ContainsFunc(inForce, func(f Fact) bool { return f.N == w.note.Instead }) {
			return Noted{}, fault.New(fault.Conflict, "note.gone")
		}
		if err := endPreference(tx, c.ID, w.note.Instead, fact.N, a.StaffID, "contradicted", now); err != nil {
			return Noted{}, err
		}
		s.uses.Used(fact.Field, uses.Change)
		e.Details = append(e.Details, audit.Detail{Name: "instead", Value: strconv.FormatInt(w.note.Instead, 10)})
	}
	if _, err := tx.Run("UPDATE customers SET facts = ?, updated_at = ? WHERE id = ?", n, db.Millis(now), c.ID); err != nil {
		return Noted{}, err
	}
	if err := w.once.After(tx, strconv.FormatInt(n, 10), now); err != nil {
		return Noted{}, err
	}
	events := []audit.Event{e}
	if w.cat.Area(p.Area).Safety {
		given, err := s.agree(tx, a, c.ID, p, w.key)
		if err != nil {
			return Noted{}, err
		}
		events = append(events, given...)
	}
	if err := webhook.Emit(tx, webhook.PreferenceChanged, c.PublicID, now); err != nil {
		return Noted{}, err
	}
	return Noted{N: n}, s.log.Append(tx, events...)
}

func noteEvent(a policies.Actor, action string, customerID, n int64, area, act string) audit.Event {
	e := audit.By(a, action)
	e.CustomerID, e.Object = customerID, strconv.FormatInt(n, 10)
	if area != "" {
		e.Details = []audit.Detail{{Name: "area", Value: area}, {Name: "act", Value: act}}
	}
	return e
}
