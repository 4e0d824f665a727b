// Package card puts together what the first five seconds need, and what lies
// below them, in a fixed number of queries. It decides what is masked and for
// whom; it knows no language and no page.
package card

import (
	"context"
	"time"

	"shuke/models/audit"
	"shuke/models/calendar"
	"shuke/models/catalogue"
	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/models/email"
	"shuke/models/membership"
	"shuke/models/phone"
	"shuke/models/purpose"
	"shuke/models/relation"
	"shuke/models/standing"
	"shuke/models/stay"
	"shuke/policies"
)

// Card is everything a card shows of one customer to one member of staff. The
// identity's telephones and addresses of mail are masked already.
type Card struct {
	customer.Customer
	AgeBand   string
	Never     []Line // what must not be done or said
	Do        []Line // what to do, as many as the head has room for
	More      int    // how many more things to do there are
	Wishes    []Wish // preferences in force, safety first, then by service area
	Hidden    int    // preferences that this role does not see
	Visit     Visit
	Saying    Saying
	Gesture   *Suggested // nil when none fits
	Occasions []Occasion // near ones, soonest first
	Groups    []Group
	Viewers   []disclosure.Viewer // who looked, for those who may know
	Shows     bool                // whether Viewers may be shown
	MayEdit   bool
	People    People               // those around the customer
	Life      []relation.LifeEvent // what changed in their life lately
	Questions []purpose.Question   // worth asking now
	Consents  consent.States       // what the customer said of their data
	Withdrawn Withdrawn            // what is known and no longer shown
	Club      membership.Around    // what they are to the house, and memberships
}

// Line is one instruction of the head.
type Line struct {
	Text   string
	Safety bool // an allergy or the like: before everything else
	Icon   string
	Sheet  bool           // it is made ready before an arrival, and ticked then
	DoneAt time.Time      // made ready for the present stay
	Of     customer.Field // field of the catalogue
	customer.Fact
}

// Occasion is a birthday or anniversary that is near.
type Occasion struct {
	Field customer.Field
	On    calendar.Date // solar day on which it is kept
	Days  int           // from today
	Lunar bool
	Years int // how many it will be, 0 unknown
}

// Group is a group of the catalogue with what is known in it.
type Group struct {
	Key     string
	Entries []Entry
	MayEdit bool
}

// Entry is one fact as this person may see it. A masked one carries no value,
// only a hint of it.
type Entry struct {
	customer.Fact
	Hint   string // what may be seen of a masked value: 138****1234
	Field  customer.Field
	Masked bool // hidden; may be revealed when Reveal is set
	Reveal bool
	Denied bool // this role never sees it
	Stale  bool // older than its half-life
}

// Reader loads cards.
type Reader struct {
	db        *db.DB
	customers *customer.Service
	clubs     *membership.Service
	stays     *stay.Store
	purposes  *purpose.Service
	gate      *disclosure.Gate
	guard     *policies.Guard
}

// NewReader returns a reader of cards.
func NewReader(d *db.DB, customers *customer.Service, members *membership.Service, stays *stay.Store, purposes *purpose.Service, gate *disclosure.Gate, guard *policies.Guard) *Reader {
	return &Reader{db: d, customers: customers, clubs: members, stays: stays, purposes: purposes, gate: gate, guard: guard}
}

// viewersShown is how many lines of who looked a card has.
const viewersShown = 8

// Open returns the card of a public id. That this person opens it is durable in
// the record and the ledger before it returns.
func (r *Reader) Open(ctx context.Context, a policies.Actor, cat *customer.Catalogue, publicID string) (Card, error) {
	if err := r.guard.Require(a, policies.CustomerRead); err != nil {
		return Card{}, err
	}
	c, states, err := r.customers.Admit(ctx, a, publicID)
	if err != nil {
		return Card{}, err
	}
	facts, err := r.customers.Known(ctx, cat, c.ID)
	if err != nil {
		return Card{}, err
	}
	out := r.build(a, cat, c, states, facts)
	var around relation.Around
	if r.guard.Can(a, policies.RelationRead) {
		if around, err = relation.Of(ctx, r.db, r.guard, a, c.ID); err != nil {
			return Card{}, err
		}
		out.People = People{List: people(a, cat, c, states, usable(cat, states, facts), around, r.guard.Can(a, policies.CustomerReveal)), More: around.More, Household: around.Household,
			MayEdit: r.guard.Can(a, policies.RelationEdit)}
		out.Life = life(cat, a.Role, around.Life)
	}
	stays, totals, err := r.stays.Latest(ctx, c.ID, staysRead)
	if err != nil {
		return Card{}, err
	}
	out.Visit = visit(stays, totals, a)
	known, err := r.clubs.Clubs(ctx, cat.Version)
	if err != nil {
		return Card{}, err
	}
	if out.Club, err = membership.Of(ctx, r.db, known, c.ID, standing.Day(a.Now)); err != nil {
		return Card{}, err
	}
	out.Club = out.Club.Seen(cat, a.Role)
	if err := out.ready(ctx, r.stays); err != nil {
		return Card{}, err
	}
	out.say(a.Today())
	out.suggest(cat, a.Role)
	if out.Shows = r.guard.Can(a, policies.CustomerViewers); out.Shows {
		if out.Viewers, err = disclosure.Viewers(ctx, r.db, c.ID, viewersShown); err != nil {
			return Card{}, err
		}
	}
	if out.Questions, err = r.worth(ctx, a, cat, c, states, facts); err != nil {
		return Card{}, err
	}
	e := audit.By(a, "customer.opened")
	e.CustomerID = c.ID
	if err := r.gate.ShowNaming(ctx, a, e, disclosure.Card, c.ID, relation.Most, around.IDs()...); err != nil {
		return Card{}, err
	}
	r.countHead(cat, out)
	return out, nil
}

// Editing is a customer whose form is open: what may be kept of them and is known.
type Editing struct {
	customer.Customer
	Facts    []customer.Fact
	Consents consent.States
}

// OpenForEdit returns a customer and what is known, for the form of one group;
// it is recorded like opening the card, and who may not edit gets nothing.
func (r *Reader) OpenForEdit(ctx context.Context, a policies.Actor, cat *customer.Catalogue, publicID, group string) (Editing, error) {
	if err := r.guard.Require(a, policies.CustomerEdit); err != nil {
		return Editing{}, err
	}
	c, states, err := r.customers.Admit(ctx, a, publicID)
	if err != nil {
		return Editing{}, err
	}
	facts, err := r.customers.FactsInForce(ctx, c.ID)
	if err != nil {
		return Editing{}, err
	}
	facts = usable(cat, states, facts)
	e := audit.By(a, "customer.edit_opened")
	e.CustomerID, e.Object = c.ID, group
	if err := r.gate.Show(ctx, a, e, disclosure.Card, 1, c.ID); err != nil {
		return Editing{}, err
	}
	return Editing{c, facts, states}, nil
}

// OpenForNote returns who a note is about; it is recorded like opening the card.
func (r *Reader) OpenForNote(ctx context.Context, a policies.Actor, publicID string) (customer.Customer, error) {
	if err := r.guard.Require(a, policies.PreferenceNote); err != nil {
		return customer.Customer{}, err
	}
	c, _, err := r.customers.Admit(ctx, a, publicID)
	if err != nil {
		return customer.Customer{}, err
	}
	e := audit.By(a, "preference.note_opened")
	e.CustomerID = c.ID
	return masked(c), r.gate.Show(ctx, a, e, disclosure.Card, 1, c.ID)
}

func (r *Reader) build(a policies.Actor, cat *customer.Catalogue, c customer.Customer, states consent.States, facts []customer.Fact) Card {
	out := Card{Customer: masked(c), MayEdit: r.guard.Can(a, policies.CustomerEdit), Consents: states, Withdrawn: Withdrawn{}}
	today := calendar.Today(a.Now, a.Zone)
	reveal := r.guard.Can(a, policies.CustomerReveal)
	groups := map[string]*Group{}
	for _, f := range cat.For(c.Kind, false) {
		key := f.GroupFor(c.Kind.String())
		if groups[key] == nil {
			groups[key] = &Group{Key: key}
			out.Groups = append(out.Groups, Group{Key: key})
		}
		groups[key].MayEdit = groups[key].MayEdit || (out.MayEdit && f.MayChange(a.Role))
	}
	for _, fact := range facts {
		f, known := cat.Field(fact.Field)
		if !known || !f.On || !f.For(c.Kind.String()) {
			continue // switched off: kept, and shown to nobody
		}
		allowed := states.Allows(f.Consent(), "")
		if fact.Preference != nil && allowed {
			if f.MaySee(a.Role) {
				out.Wishes = append(out.Wishes, wish(cat, f, fact, a.BranchID, a.Today(), a.Now))
			} else {
				out.Hidden++
			}
			continue
		}
		e := See(a, f, fact, reveal)
		if p := f.Consent(); !allowed {
			out.Withdrawn[p]++
			if p != consent.Safety || fact.None {
				continue
			}
			e = veiled(e, reveal)
		}
		if !e.Masked && !e.Denied {
			out.glance(f, fact, today)
		}
		g := groups[f.GroupFor(c.Kind.String())]
		g.Entries = append(g.Entries, e)
	}
	for i := range out.Groups {
		out.Groups[i] = *groups[out.Groups[i].Key]
		sortEntries(out.Groups[i].Entries)
	}
	sortWishes(out.Wishes)
	out.lead()
	sortHead(&out)
	return out
}

// masked leaves of the identity row only hints of the numbers and addresses by
// which the customer is reached.
func masked(c customer.Customer) customer.Customer {
	hints := func(values []string, mask func(string) string) []string {
		out := make([]string, len(values))
		for i, v := range values {
			out[i] = mask(v)
		}
		return out
	}
	c.Phones, c.Emails = hints(c.Phones, phone.Mask), hints(c.Emails, email.Mask)
	return c
}

// See applies the rules of the field to one fact: what a role never sees is
// denied, what is sensitive or reaches the customer directly is masked.
func See(a policies.Actor, f customer.Field, fact customer.Fact, reveal bool) Entry {
	e := Entry{Fact: fact, Field: f, Stale: f.Stale(fact.RecordedAt, a.Now)}
	if !f.MaySee(a.Role) {
		e.Denied = true
	} else if f.Masked() && !fact.None {
		e.Masked, e.Reveal = true, reveal
	}
	if e.Masked {
		e.Hint = f.Hint(fact.Value)
	}
	if e.Denied || e.Masked {
		e.Fact.Sealed, e.Fact.Value, e.Fact.Band = nil, "", ""
	}
	return e
}

// glance lifts a fact into the head of the card.
func (c *Card) glance(f customer.Field, fact customer.Fact, today calendar.Date) {
	if fact.None {
		return
	}
	switch f.Glance {
	case catalogue.GlanceNever:
		c.Never = append(c.Never, Line{Text: fact.Value, Icon: "ban", Of: f, Fact: fact})
	case catalogue.GlanceDo:
		c.Do = append(c.Do, Line{Text: fact.Value, Icon: "pin", Of: f, Fact: fact})
	case catalogue.GlanceOccasion:
		if o, ok := near(f, fact.Value, today); ok {
			c.Occasions = append(c.Occasions, o)
		}
	}
	if f.Key == "birth" {
		if d, err := calendar.ParseDate(fact.Value); err == nil {
			if years, ok := age(d, today); ok {
				c.AgeBand = calendar.AgeBand(years)
			}
		}
	}
}

// age takes a birth date that may be lunar or lack its day.
func age(d, today calendar.Date) (int, bool) {
	if years, ok := d.Age(today); ok {
		return years, true
	}
	if d.Year > 0 {
		return max(today.Year-d.Year-1, 0), true
	}
	return 0, false
}
