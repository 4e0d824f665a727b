package customer

import (
	"context"
	"slices"
	"strconv"

	"shuke/models/calendar"
	"shuke/models/consent"
	"shuke/models/db"
	"shuke/models/fault"
	stand "shuke/models/standing"
	"shuke/models/webhook"
	"shuke/policies"
)

// Edit is a change to what is known of a customer.
type Edit struct {
	PublicID string
	Values   []Value
	Channel  Channel
	Version  int64 // of the customer when the form was made
	Once     string
}

// Stale says that the customer changed after the form was made. Since names the
// slots that others changed; the page shows them beside what was typed.
type Stale struct {
	Now   Customer
	Facts []Fact // in force now
}

// Error makes a Stale a conflict like any other.
func (*Stale) Error() string { return "conflict: error.stale" }

// Unwrap gives the fault that handlers know.
func (*Stale) Unwrap() error { return fault.New(fault.Conflict, "error.stale") }

// Edit changes facts. A form made before somebody else's change overwrites
// nothing: it gets *Stale. Unchanged values change nothing.
func (s *Service) Edit(ctx context.Context, a policies.Actor, cat *Catalogue, in Edit) error {
	if err := s.guard.Require(a, policies.CustomerEdit); err != nil {
		return err
	}
	c, _, err := s.Admit(ctx, a, in.PublicID)
	if err != nil {
		return err
	}
	values, err := s.withoutKeptAnswers(ctx, cat, c.ID, in.Values)
	if err != nil {
		return err
	}
	entries, problems := check(cat, c.Kind, values, a.Region, calendar.Today(a.Now, a.Zone))
	mayEnter(a, entries, problems)
	if _, err := ParseChannel(string(in.Channel)); err != nil {
		problems.Add("channel", "error.choose", nil)
	}
	for _, e := range entries {
		if e.remove && e.field.Key == nameField(c.Kind) {
			problems.Add(e.field.Key+".0", "error.required", nil)
		}
	}
	if err := problems.Err(); err != nil {
		return err
	}
	once := db.Once{StaffID: a.StaffID, Key: in.Once, Request: append([]string{"edit", in.PublicID, string(in.Channel), strconv.FormatInt(in.Version, 10)}, texts(in.Values)...)}
	if needsKey(entries) { // durable before the transaction that seals under it
		if _, err := s.prepare(ctx, &Customer{ID: c.ID}, nil, entries, s.byHand(a, in.Channel)); err != nil {
			return err
		}
	}
	err = s.db.InTx(ctx, func(tx *db.Tx) error { return s.edit(ctx, tx, a, c.ID, entries, in, once) })
	if db.Duplicate(err) && in.Once != "" {
		_, err = s.answered(ctx, once)
	}
	return err
}

func (s *Service) edit(ctx context.Context, tx *db.Tx, a policies.Actor, id int64, entries []entry, in Edit, once db.Once) error {
	if _, done, err := once.Before(tx); err != nil || done {
		return err
	}
	c, err := lockCustomer(tx, id)
	if err != nil {
		return err
	}
	states, err := consent.Within(tx, id)
	if err != nil {
		return err
	}
	if states.Erasing != nil {
		return errErasing
	}
	if err := mayKeep(states, entries); err != nil {
		return err
	}
	inForce, err := factsInForce(tx, id)
	if err != nil {
		return err
	}
	if c.Version != in.Version {
		return &Stale{Now: c, Facts: inForce}
	}
	keepers, err := s.keepings(tx.DB, []int64{c.ID}, func(field string) bool {
		return slices.ContainsFunc(entries, func(e entry) bool { return e.field.Key == field })
	})
	if err != nil {
		return err
	}
	entries, problems := leaveKept(keepers, c.ID, inForce, entries)
	if err := problems.Err(); err != nil {
		return err
	}
	p, err := s.prepare(ctx, &c, inForce, numbered(entries, inForce), s.byHand(a, in.Channel))
	if err != nil {
		return err
	}
	if len(p.added)+len(p.ended) > 0 {
		c.Version++
		if err := s.update(tx, c, p); err != nil {
			return err
		}
		if err := webhook.Emit(tx, webhook.CustomerChanged, c.PublicID, c.UpdatedAt); err != nil {
			return err
		}
	}
	if err := once.After(tx, c.PublicID, s.clock.Now()); err != nil {
		return err
	}
	if len(p.added)+len(p.ended) == 0 {
		return nil
	}
	s.countChanged(p)
	return s.log.Append(tx, changeEvent(a, "customer.changed", c, in.Channel, p))
}

func lockCustomer(tx *db.Tx, id int64) (Customer, error) {
	c, err := scanCustomer(tx.Raw("SELECT "+identityColumns+" FROM customers WHERE id = ?"+tx.Dialect.ForUpdate(), id).Row())
	if db.NoRow(err) || (err == nil && c.Erased()) {
		return c, errNotFound
	}
	return c, err
}

// update writes a plan: new facts, states of old ones, identity, keys.
func (s *Service) update(tx *db.Tx, c Customer, p plan) error {
	if err := touching(p).hold(tx); err != nil {
		return err
	}
	for _, e := range p.ended {
		n, err := tx.Run("UPDATE facts SET state = 1, ended_at = ?, ended_by = ? WHERE customer_id = ? AND state = 0 AND n = ?",
			db.Millis(c.UpdatedAt), e.by, c.ID, e.fact.N)
		if err != nil {
			return err
		}
		if n != 1 {
			return fault.New(fault.Conflict, "error.stale")
		}
	}
	if err := insertFacts(tx, c.ID, p.added); err != nil {
		return err
	}
	came, gone, err := s.documentKeys(p)
	if err != nil {
		return err
	}
	signed, err := replaceKeys(tx, c.ID, sortedKeys(slices.Concat(keysOf(c), came)), gone)
	if err != nil {
		return err
	}
	if err := signRecents(tx, c.ID, signed); err != nil {
		return err
	}
	args := append(identityArgs(c), c.Version, c.Facts, db.Millis(c.UpdatedAt), signed.latin, signed.other, c.ID)
	if _, err = tx.Run("UPDATE customers SET "+identitySet+", version = ?, facts = ?, updated_at = ?, signature_latin = ?, signature_other = ? WHERE id = ?", args...); err != nil {
		return err
	}
	if len(p.added) > 0 {
		if err := stand.Heard(tx, c.UpdatedAt, c.ID); err != nil {
			return err
		}
	}
	return s.tell(tx, c.ID, p.changes())
}
