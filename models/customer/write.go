package customer

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"shuke/models/audit"
	"shuke/models/calendar"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/models/fault"
	stand "shuke/models/standing"
	"shuke/models/vault"
	"shuke/models/webhook"
	"shuke/policies"
)

// Draft is a customer about to be added.
type Draft struct {
	Kind    Kind
	Values  []Value
	Channel Channel
	Once    string // idempotency key of the form or call
	// Also, when set, writes what comes into being with the customer, in the same
	// transaction, and returns the events of it.
	Also func(tx *db.Tx, c Customer) ([]audit.Event, error)
}

// Create adds a customer and returns the public id. The same draft sent again
// under its key gives the same id and adds nobody.
func (s *Service) Create(ctx context.Context, a policies.Actor, cat *Catalogue, d Draft) (id string, err error) {
	if err := s.guard.Require(a, policies.CustomerCreate); err != nil {
		return "", err
	}
	entries, problems := check(cat, d.Kind, d.Values, a.Region, calendar.Today(a.Now, a.Zone))
	mayEnter(a, entries, problems)
	if _, err := ParseChannel(string(d.Channel)); err != nil {
		problems.Add("channel", "error.choose", nil)
	}
	needName(d.Kind, entries, problems)
	if err := problems.Err(); err != nil {
		return "", err
	}
	inner, err := s.ids.Take(ctx, 1)
	if err != nil {
		return "", err
	}
	c := Customer{ID: inner, PublicID: publicID(), Kind: d.Kind, BranchID: a.BranchID, Version: 1}
	p, err := s.prepare(ctx, &c, nil, entries, s.byHand(a, d.Channel))
	if err != nil {
		return "", err
	}
	once := db.Once{StaffID: a.StaffID, Key: d.Once, Request: append([]string{"create", d.Kind.String(), string(d.Channel)}, texts(d.Values)...)}
	answer := c.PublicID
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		before, done, err := once.Before(tx)
		if err != nil || done {
			answer = before
			return err
		}
		if err := s.insertCustomer(tx, a, c, p); err != nil {
			return err
		}
		if err := disclosure.MarkRecent(tx, a.BranchID, c.ID, db.Millis(c.CreatedAt)); err != nil {
			return err
		}
		events := []audit.Event{changeEvent(a, "customer.added", c, d.Channel, p)}
		if d.Also != nil {
			more, err := d.Also(tx, c)
			if err != nil {
				return err
			}
			events = append(events, more...)
		}
		if err := webhook.Emit(tx, webhook.CustomerCreated, c.PublicID, c.CreatedAt); err != nil {
			return err
		}
		if err := once.After(tx, c.PublicID, s.clock.Now()); err != nil {
			return err
		}
		return s.log.Append(tx, events...)
	})
	if db.Duplicate(err) && d.Once != "" {
		return s.answered(ctx, once)
	}
	if err != nil {
		return "", err
	}
	return answer, nil
}

// answered finds the answer of a write that another request finished first.
func (s *Service) answered(ctx context.Context, once db.Once) (answer string, err error) {
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		var done bool
		if answer, done, err = once.Before(tx); err != nil {
			return err
		}
		if !done {
			return fault.New(fault.Conflict, "error.stale")
		}
		return nil
	})
	return answer, err
}

func (s *Service) byHand(a policies.Actor, channel Channel) Provenance {
	return Provenance{Channel: channel, StaffID: a.StaffID, BranchID: a.BranchID, At: s.clock.Now(), ByHand: true}
}

// mayEnter refuses fields the role may not change.
func mayEnter(a policies.Actor, entries []entry, problems fault.Fields) {
	for _, e := range entries {
		if !e.field.MayChange(a.Role) {
			problems.Add(fmt.Sprintf("%s.%d", e.field.Key, e.item), "error.field_denied", nil)
		}
	}
}

func nameField(kind Kind) string {
	if kind == Enterprise {
		return "company_name"
	}
	return "name"
}

func needName(kind Kind, entries []entry, problems fault.Fields) {
	field := nameField(kind)
	if !slices.ContainsFunc(entries, func(e entry) bool { return e.field.Key == field && e.value != "" }) {
		problems.Add(field+".0", "error.required", nil)
	}
}

// texts flattens values for the comparison of repeated requests.
func texts(values []Value) []string {
	out := make([]string, 0, 2*len(values))
	for _, v := range values {
		out = append(out, v.Slot()+strconv.FormatBool(v.None)+strconv.FormatBool(v.Remove), v.Text)
	}
	return out
}

// prepare works out new facts, identity and keys; the customer's data key is
// durable before anything is sealed under it.
func (s *Service) prepare(ctx context.Context, c *Customer, inForce []Fact, entries []entry, from Provenance) (plan, error) {
	var dataKey *vault.Key
	if needsKey(entries) {
		owner := vault.Customer(c.ID)
		made, err := s.vault.Keys(ctx, owner)
		if err != nil {
			return plan{}, err
		}
		k := made[owner]
		dataKey = &k
	}
	p, err := apply(c.ID, c.Facts, inForce, entries, from, dataKey)
	if err != nil {
		return plan{}, err
	}
	settle(c, p, from.At)
	return p, nil
}

// settle brings the identity in step with the plan.
func settle(c *Customer, p plan, at time.Time) {
	c.Facts += int64(len(p.added))
	c.UpdatedAt = at
	if c.CreatedAt.IsZero() {
		c.CreatedAt = at
	}
	identify(c, p.inForce)
}

// documentKeys returns the blind indexes of documents, and of own fields that are
// keys of imports, that came and went.
func (s *Service) documentKeys(p plan) (came, gone []key, err error) {
	index := func(f Fact, number string, to *[]key) error {
		if !indexed(f.Field) || number == "" {
			return nil
		}
		k, err := documentKey(s.vault, number)
		*to = append(*to, k)
		return err
	}
	for _, f := range p.added {
		if f.State == InForce {
			if err := index(f, p.plain[f.N], &came); err != nil {
				return nil, nil, err
			}
		}
	}
	for _, e := range p.ended {
		if err := index(e.fact, p.previous[e.fact.N], &gone); err != nil {
			return nil, nil, err
		}
	}
	for _, number := range p.numbers {
		k, err := documentKey(s.vault, number)
		if err != nil {
			return nil, nil, err
		}
		gone = slices.DeleteFunc(gone, func(g key) bool { return g == k })
	}
	return s.ownKeys(p, came, gone)
}

const customerColumns = `id, public_id, kind, name, reading, other_names, address_as, phones, emails, plates, member_no, tier, sex, language, city, employer,
 branch_id, version, facts, created_at, created_by, updated_at, signature_latin, signature_other`

// customerWidth is how many columns an identity has.
const customerWidth = 24

func customerArgs(c Customer, by int64, s signature) []any {
	args := append([]any{c.ID, c.PublicID, c.Kind}, identityArgs(c)...)
	return append(args, c.BranchID, c.Version, c.Facts, db.Millis(c.CreatedAt), by, db.Millis(c.UpdatedAt), s.latin, s.other)
}

func (s *Service) insertCustomer(tx *db.Tx, a policies.Actor, c Customer, p plan) error {
	documents, _, err := s.documentKeys(p)
	if err != nil {
		return err
	}
	if err := touching(p).hold(tx); err != nil {
		return err
	}
	keys := sortedKeys(append(keysOf(c), documents...))
	signed := signatureOf(keys)
	if _, err := tx.Run("INSERT INTO customers ("+customerColumns+") VALUES "+db.Rows(1, customerWidth), customerArgs(c, a.StaffID, signed)...); err != nil {
		return err
	}
	if err := insertFacts(tx, c.ID, p.added); err != nil {
		return err
	}
	if err := insertKeys(tx, c.ID, keys, signed); err != nil {
		return err
	}
	if err := stand.Added(tx, s.clock.Now(), newStanding(c.ID, p.added)); err != nil {
		return err
	}
	return s.tell(tx, c.ID, p.changes())
}

// changeEvent names the fields and binds the event to old and new values by
// commitments; the values themselves stay with the facts.
func changeEvent(a policies.Actor, action string, c Customer, channel Channel, p plan) audit.Event {
	e := audit.By(a, action)
	e.CustomerID = c.ID
	e.Details = []audit.Detail{{Name: "channel", Value: string(channel)}, {Name: "version", Value: strconv.FormatInt(c.Version, 10)}}
	for _, f := range p.added {
		name := fmt.Sprintf("%s.%d", f.Field, f.Item)
		e.Details = append(e.Details, audit.Detail{Name: "fact", Value: fmt.Sprintf("%d %s", f.N, name)})
		e.Commitments = append(e.Commitments, audit.Commitment{Name: fmt.Sprintf("new.%d", f.N), Value: p.plain[f.N]})
	}
	for _, ended := range p.ended {
		e.Details = append(e.Details, audit.Detail{Name: "ended", Value: fmt.Sprintf("%d %s.%d", ended.fact.N, ended.fact.Field, ended.fact.Item)})
		e.Commitments = append(e.Commitments, audit.Commitment{Name: fmt.Sprintf("old.%d", ended.fact.N), Value: p.previous[ended.fact.N]})
	}
	slices.SortFunc(e.Details, func(x, y audit.Detail) int { return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.Value, y.Value)) })
	return e
}
