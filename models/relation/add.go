package relation

import (
	"context"

	"shuke/models/audit"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/vault"
	"shuke/policies"
)

// Add writes down what somebody is to a customer, in both directions when they
// are customers both, and returns the relation's name. The same relation of the
// same pair is there once: adding it again gives the name it has.
func (s *Service) Add(ctx context.Context, a policies.Actor, cat *customer.Catalogue, d Draft) (ref string, err error) {
	if err := s.guard.Require(a, policies.RelationEdit); err != nil {
		return "", err
	}
	c, err := s.check(ctx, a, cat, d)
	if err != nil {
		return "", err
	}
	ref = newRef()
	first, err := s.row(ctx, a, c, ref)
	if err != nil {
		return "", err
	}
	o := db.Once{StaffID: a.StaffID, Key: d.Once, Request: d.request()}
	return s.once(ctx, o, func(tx *db.Tx) (string, []audit.Event, error) { return s.add(tx, a, c, first) })
}

// row makes the customer's own direction. The key is durable before anything is
// sealed under it.
func (s *Service) row(ctx context.Context, a policies.Actor, c checked, ref string) (row, error) {
	r := row{customerID: c.of.ID, kind: c.Kind, ref: ref, otherID: c.other.ID, note: c.note, channel: c.Channel,
		staffID: a.StaffID, branchID: a.BranchID, recordedAt: db.Millis(s.clock.Now())}
	if _, _, isFact := parsePlace(c.Who); isFact {
		r.who = c.Who
	}
	if c.other.ID == 0 && !c.seal {
		r.name = c.name
	}
	if c.other.ID != 0 || !c.seal && c.born == "" {
		return r, nil
	}
	owner := vault.Customer(c.of.ID)
	keys, err := s.vault.Keys(ctx, owner)
	if err != nil {
		return r, err
	}
	if c.seal {
		if r.sealedName, err = keys[owner].Seal(c.name, sealedRow(c.of.ID, ref, "name")); err != nil {
			return r, err
		}
	}
	if c.born != "" {
		r.sealedBorn, err = keys[owner].Seal(c.born, sealedRow(c.of.ID, ref, "born"))
	}
	return r, err
}

func (s *Service) add(tx *db.Tx, a policies.Actor, c checked, first row) (string, []audit.Event, error) {
	ids := []int64{c.of.ID}
	if c.other.ID != 0 {
		ids = append(ids, c.other.ID)
	}
	if err := lock(tx, ids...); err != nil {
		return "", nil, err
	}
	before, err := same(tx, first)
	if err != nil {
		return "", nil, err
	}
	if before == "" {
		err = unlinked(tx, first)
	}
	if err != nil {
		return "", nil, err
	}
	var events []audit.Event
	if before == "" {
		if events, err = s.write(tx, a, c, first); err != nil {
			return "", nil, err
		}
		before = first.ref
	}
	if c.Household || c.Kind == Household && c.other.ID != 0 {
		joined, err := s.join(tx, a, c.of.ID, c.other.ID)
		if err != nil {
			return "", nil, err
		}
		events = append(events, joined...)
	}
	return before, events, nil
}

// same finds a relation in force that says the same. A link that must not be
// named here counts too: the answer does not tell.
func same(tx *db.Tx, r row) (string, error) {
	var refs []string
	var err error
	switch {
	case r.otherID != 0:
		err = tx.Raw("SELECT ref FROM relations WHERE customer_id = ? AND state = 0 AND kind = ? AND other_id = ?", r.customerID, r.kind, r.otherID).Scan(&refs).Error
	case r.name != "":
		err = tx.Raw("SELECT ref FROM relations WHERE customer_id = ? AND state = 0 AND kind = ? AND other_id = 0 AND name = ?", r.customerID, r.kind, r.name).Scan(&refs).Error
	}
	if err != nil || len(refs) == 0 {
		return "", err
	}
	return refs[0], nil
}

// unlinked refuses a second customer for the somebody whom a fact tells of.
func unlinked(tx *db.Tx, r row) error {
	if r.who == "" {
		return nil
	}
	var n int
	err := tx.Raw("SELECT COUNT(*) FROM relations r WHERE r.customer_id = ? AND r.state = 0 AND r.who = ?"+notHiddenSQL, r.customerID, r.who).Scan(&n).Error
	if err == nil && n > 0 {
		err = fault.Fields{"with": {Key: "people.linked"}}.Err()
	}
	return err
}

// write inserts the rows of both directions, ends the name they take the place
// of, and keeps the stages of a child.
func (s *Service) write(tx *db.Tx, a policies.Actor, c checked, first row) ([]audit.Event, error) {
	rows := []row{first}
	if c.other.ID != 0 {
		rows = append(rows, first.reversed())
	}
	var events []audit.Event
	if validRef(c.Who) {
		replaced, err := s.replace(tx, a, c.of.ID, c.Who)
		if err != nil {
			return nil, err
		}
		events = append(events, replaced)
	}
	if err := insertRows(tx, rows...); err != nil {
		return nil, err
	}
	if c.born != "" && c.Kind == Child {
		if err := s.restage(tx, c.of.ID, first.ref, c.born); err != nil {
			return nil, err
		}
	}
	for _, r := range rows {
		e := event(a, "relation.added", r.customerID, audit.Detail{Name: "relation", Value: r.kind.String()}, audit.Detail{Name: "channel", Value: string(r.channel)})
		if r.consent {
			e.Details = append(e.Details, audit.Detail{Name: "consent", Value: "parent"})
		}
		if r.otherID == 0 {
			e.Commitments = append(e.Commitments, audit.Commitment{Name: "name", Value: c.name})
		}
		if r.note != "" {
			e.Commitments = append(e.Commitments, audit.Commitment{Name: "note", Value: r.note})
		}
		events = append(events, e)
	}
	return events, nil
}

// reversed is the direction of the other: what was said of them stays here.
func (r row) reversed() row {
	return row{customerID: r.otherID, kind: r.kind.Inverse(), ref: r.ref, otherID: r.customerID, consent: r.consent, channel: r.channel,
		staffID: r.staffID, branchID: r.branchID, recordedAt: r.recordedAt}
}

// replace ends a name for which a customer now stands.
func (s *Service) replace(tx *db.Tx, a policies.Actor, customerID int64, ref string) (audit.Event, error) {
	r, err := find(tx, customerID, ref)
	if err != nil {
		return audit.Event{}, err
	}
	if r.otherID != 0 {
		return audit.Event{}, fault.New(fault.Conflict, "error.stale")
	}
	return s.end(tx, a, r, becameCustomer)
}
