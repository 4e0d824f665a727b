package customer

import (
	"context"
	"slices"
	"time"

	"shuke/models/calendar"
	"shuke/models/catalogue"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/vault"
	"shuke/models/webhook"
)

// Batch collects new customers and additions to known ones, to be written in
// one transaction with rows inserted many at a time. It serves imports and
// sample data; it asks no permission, its callers do.
type Batch struct {
	service *Service
	cat     *Catalogue
	region  string
	today   calendar.Date
	targets []*target
	byID    map[int64]Ref

	touched   []Touched
	confirmed []Confirmed
}

// target is one customer of a batch with what was said of it, in order.
type target struct {
	id        int64
	isNew     bool
	kind      Kind
	sayings   []saying
	facts     []Fact // known facts as they are, for sample data
	originals []original
	changed   []Changed // of a new customer, for those who follow
	now       Customer  // as it is, after a trial
}

type saying struct {
	entries []entry
	from    Provenance
	did     []Difference // once it was worked out
}

type original struct {
	text      string
	belongsTo string
	keep      func(customerID int64, sealed []byte)
}

// Ref names a customer of a batch.
type Ref int

// NewBatch starts an empty batch; region and today are those of the branch that
// the values come from.
func (s *Service) NewBatch(cat *Catalogue, region string, today calendar.Date) *Batch {
	return &Batch{service: s, cat: cat, region: region, today: today, byID: map[int64]Ref{}}
}

// Len is how many customers the batch touches.
func (b *Batch) Len() int { return len(b.targets) }

// Check checks values as a form's are checked and returns what is wrong at
// which slot. Names are needed unless named is false. What a row says twice of
// one field, in several columns or spellings, is said once.
func (b *Batch) Check(kind Kind, values []Value, named bool) (Checked, fault.Fields) {
	entries, problems := check(b.cat, kind, values, b.region, b.today)
	entries = once(entries)
	if named {
		needName(kind, entries, problems)
	}
	return Checked{entries}, problems
}

// Checked are values that passed Check.
type Checked struct{ entries []entry }

// Empty reports whether nothing was said.
func (c Checked) Empty() bool { return len(c.entries) == 0 }

// Name is the name among the values, "" when there is none.
func (c Checked) Name() string {
	for _, e := range c.entries {
		if e.field.Key == "name" || e.field.Key == "company_name" {
			return e.value
		}
	}
	return ""
}

// Of returns the first value of a field.
func (c Checked) Of(field string) string {
	for _, e := range c.entries {
		if e.field.Key == field {
			return e.value
		}
	}
	return ""
}

// All returns every value of a field, in order.
func (c Checked) All(field string) []string {
	var out []string
	for _, e := range c.entries {
		if e.field.Key == field && e.value != "" {
			out = append(out, e.value)
		}
	}
	return out
}

// once leaves out values that stand alone and are there already.
func once(entries []entry) []entry {
	type said struct{ field, value string }
	seen := make(map[said]bool, len(entries))
	return slices.DeleteFunc(entries, func(e entry) bool {
		if e.field.Repeat != catalogue.RepeatValue || e.none || e.remove {
			return false
		}
		s := said{e.field.Key, e.value}
		twice := seen[s]
		seen[s] = true
		return twice
	})
}

// Add makes a new customer of the values.
func (b *Batch) Add(kind Kind, c Checked, from Provenance) Ref {
	b.targets = append(b.targets, &target{isNew: true, kind: kind, sayings: []saying{{entries: c.entries, from: from}}})
	return Ref(len(b.targets) - 1)
}

// AddFacts makes a new customer of facts that carry their own provenance and
// whose values are in stored form; sensitive ones are sealed on the way.
func (b *Batch) AddFacts(kind Kind, facts []Fact) Ref {
	b.targets = append(b.targets, &target{isNew: true, kind: kind, facts: facts})
	return Ref(len(b.targets) - 1)
}

// Join adds the values to a customer of this batch.
func (b *Batch) Join(ref Ref, c Checked, from Provenance) Ref {
	t := b.targets[ref]
	t.sayings = append(t.sayings, saying{entries: c.entries, from: from})
	return ref
}

// JoinKnown adds the values to a customer that exists.
func (b *Batch) JoinKnown(id int64, c Checked, from Provenance) Ref {
	return b.Join(b.Touch(id), c, from)
}

// Touch takes in a customer that exists, of whom nothing is said.
func (b *Batch) Touch(id int64) Ref {
	ref, known := b.byID[id]
	if !known {
		ref = Ref(len(b.targets))
		b.byID[id] = ref
		b.targets = append(b.targets, &target{id: id})
	}
	return ref
}

// Keep seals an original row under the customer's own key; the sealed bytes and
// the customer's id are handed over before the transaction begins.
func (b *Batch) Keep(ref Ref, text, belongsTo string, keep func(customerID int64, sealed []byte)) {
	b.targets[ref].originals = append(b.targets[ref].originals, original{text, belongsTo, keep})
}

// Write stores everything in one transaction, in which also runs last.
func (b *Batch) Write(ctx context.Context, also func(tx *db.Tx, ids []int64) error) error {
	keys, err := b.number(ctx)
	if err != nil {
		return err
	}
	for _, t := range b.targets {
		if err := t.sealOriginals(keys[vault.Customer(t.id)]); err != nil {
			return err
		}
	}
	fresh, err := b.build(keys)
	if err != nil {
		return err
	}
	ids := make([]int64, len(b.targets))
	for i, t := range b.targets {
		ids[i] = t.id
	}
	now := b.service.clock.Now()
	return b.service.db.InTx(ctx, func(tx *db.Tx) error {
		changed, err := b.joinAll(ctx, tx, keys)
		if err != nil {
			return err
		}
		if err := fresh.insert(tx, now); err != nil {
			return err
		}
		for _, t := range b.targets {
			if err := b.service.tell(tx, t.id, t.changed); err != nil {
				return err
			}
		}
		if err := webhook.EmitAll(tx, webhook.CustomerChanged, changed, now); err != nil {
			return err
		}
		if err := webhook.EmitAll(tx, webhook.CustomerCreated, fresh.publicIDs(), now); err != nil {
			return err
		}
		return also(tx, ids)
	})
}

// number gives new customers their ids and everybody a data key.
func (b *Batch) number(ctx context.Context) (map[string]vault.Key, error) {
	count := 0
	for _, t := range b.targets {
		if t.isNew {
			count++
		}
	}
	next := int64(0)
	if count > 0 {
		var err error
		if next, err = b.service.ids.Take(ctx, count); err != nil {
			return nil, err
		}
	}
	return b.numberFrom(ctx, next)
}

func (b *Batch) numberFrom(ctx context.Context, next int64) (map[string]vault.Key, error) {
	var newOwners, oldOwners []string
	for _, t := range b.targets {
		if t.isNew {
			t.id = next
			next++
			if t.needsKey(b.cat) {
				newOwners = append(newOwners, vault.Customer(t.id))
			}
		} else {
			oldOwners = append(oldOwners, vault.Customer(t.id))
		}
	}
	keys, err := b.service.vault.NewKeys(ctx, newOwners...)
	if err != nil || len(oldOwners) == 0 {
		return keys, err
	}
	old, err := b.service.vault.Keys(ctx, oldOwners...)
	for owner, k := range old {
		keys[owner] = k
	}
	return keys, err
}

func (t *target) needsKey(cat *Catalogue) bool {
	if len(t.originals) > 0 {
		return true
	}
	for _, s := range t.sayings {
		if needsKey(s.entries) {
			return true
		}
	}
	return slices.ContainsFunc(t.facts, func(f Fact) bool {
		field, _ := cat.Field(f.Field)
		return field.Sealed() && !f.None
	})
}

func (t *target) sealOriginals(k vault.Key) error {
	for _, o := range t.originals {
		sealed, err := k.Seal(o.text, o.belongsTo)
		if err != nil {
			return err
		}
		o.keep(t.id, sealed)
	}
	return nil
}

// rows are what new customers add to each table.
type rows struct {
	customers []Customer
	by        []int64
	facts     [][]Fact
	keys      [][]key
	signed    []signature
	touched   touch
}

func (r rows) publicIDs() []string {
	out := make([]string, len(r.customers))
	for i, c := range r.customers {
		out[i] = c.PublicID
	}
	return out
}

// build works out the rows of new customers, outside any transaction.
func (b *Batch) build(keys map[string]vault.Key) (rows, error) {
	out := rows{touched: touching()}
	for _, t := range b.targets {
		if !t.isNew {
			continue
		}
		c := Customer{ID: t.id, PublicID: publicID(), Kind: t.kind, Version: 1}
		k := keys[vault.Customer(t.id)]
		facts, documents, err := b.facts(t, &c, k, out.touched)
		if err != nil {
			return out, err
		}
		out.customers = append(out.customers, c)
		out.by = append(out.by, facts[0].StaffID)
		out.facts = append(out.facts, facts)
		own := sortedKeys(append(keysOf(c), documents...))
		out.keys, out.signed = append(out.keys, own), append(out.signed, signatureOf(own))
	}
	return out, nil
}

func (b *Batch) facts(t *target, c *Customer, k vault.Key, touched touch) ([]Fact, []key, error) {
	if t.facts != nil {
		return b.knownFacts(t, c, k)
	}
	var all []Fact
	var documents []key
	var inForce []Fact
	c.BranchID = t.sayings[0].from.BranchID
	for i := range t.sayings {
		s := &t.sayings[i]
		entries := s.entries
		if i > 0 {
			var err error
			if entries, _, err = merge(t.id, inForce, entries, &k); err != nil {
				return nil, nil, err
			}
		}
		p, err := apply(t.id, c.Facts, inForce, entries, s.from, &k)
		if err != nil {
			return nil, nil, err
		}
		for _, e := range p.ended { // superseded within the batch: written as history
			for j := range all {
				if all[j].N == e.fact.N {
					all[j].State, all[j].EndedAt, all[j].EndedBy = Superseded, s.from.At, e.by
				}
			}
		}
		s.did = p.differences()
		touched.with(p)
		all = append(all, p.added...)
		inForce = p.inForce
		t.changed = append(t.changed, p.changes()...)
		came, gone, err := b.service.documentKeys(p)
		if err != nil {
			return nil, nil, err
		}
		documents = slices.DeleteFunc(documents, func(k key) bool { return slices.Contains(gone, k) })
		documents = append(documents, came...)
		settle(c, p, s.from.At)
	}
	return all, documents, nil
}

func (b *Batch) knownFacts(t *target, c *Customer, k vault.Key) ([]Fact, []key, error) {
	var documents []key
	for i := range t.facts {
		f := &t.facts[i]
		f.N = int64(i + 1)
		field, _ := b.cat.Field(f.Field)
		if f.None {
			continue
		}
		f.Band = catalogue.BandOf(field.Field, f.Value, f.RecordedAt)
		if f.State == InForce {
			t.changed = append(t.changed, Changed{Field: f.Field, Item: f.Item, Value: f.Value})
		}
		if field.Preference() {
			p := b.cat.ReadPreference(field, f.Value)
			f.Preference = &p
		}
		if indexed(f.Field) && f.State == InForce {
			d, err := documentKey(b.service.vault, f.Value)
			if err != nil {
				return nil, nil, err
			}
			documents = append(documents, d)
		}
		if field.Sealed() {
			sealed, err := k.Seal(f.Value, f.row(t.id))
			if err != nil {
				return nil, nil, err
			}
			f.Value, f.Sealed = "", sealed
		}
	}
	first := t.facts[0]
	c.BranchID, c.Facts, c.CreatedAt, c.UpdatedAt = first.BranchID, int64(len(t.facts)), first.RecordedAt, first.RecordedAt
	for _, f := range t.facts {
		c.CreatedAt, c.UpdatedAt = earliest(c.CreatedAt, f.RecordedAt), latest(c.UpdatedAt, f.RecordedAt)
	}
	identify(c, t.facts)
	return t.facts, documents, nil
}

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
