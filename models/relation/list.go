package relation

import (
	"context"
	"time"

	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/policies"
)

// People are the relations of a customer with all that is kept of them.
type People struct {
	Of    customer.Customer
	Links []Link
	More  bool
	Home  *Home // nil: lives with nobody who is a customer
}

// List returns the relations in force of a customer as the actor may see them;
// hidden ones only to those few who see them. It is recorded like a card, with
// those who are named.
func (s *Service) List(ctx context.Context, a policies.Actor, cat *customer.Catalogue, publicID string) (People, error) {
	if err := s.guard.Require(a, policies.RelationRead); err != nil {
		return People{}, err
	}
	of, states, err := s.customers.Admit(ctx, a, publicID)
	if err != nil {
		return People{}, err
	}
	around := Around{}
	if around.Links, err = s.links(ctx, a, of.ID); err != nil {
		return People{}, err
	}
	if !s.guard.Can(a, policies.RelationHidden) { // those few see what they are to mend
		around.Links = Usable(states, around.Links)
	}
	around.cut()
	home, err := HomeOf(ctx, s.db, s.guard, a, of.ID)
	if err != nil {
		return People{}, err
	}
	out := People{Of: of, More: around.More, Home: home}
	for _, l := range around.Links {
		out.Links = append(out.Links, l.Seen(cat, a.Role))
	}
	return out, s.gate.ShowNaming(ctx, a, event(a, "relation.listed", of.ID), disclosure.Card, of.ID, Most, around.IDs()...)
}

func (s *Service) links(ctx context.Context, a policies.Actor, customerID int64) ([]Link, error) {
	query, args := linksSQL+notForgottenSQL+notHiddenSQL+restrainedSQL+linksOrderSQL, []any{customerID, avoided(s.guard, a), Most + 1}
	if s.guard.Can(a, policies.RelationHidden) {
		query, args = linksSQL+notForgottenSQL+linksOrderSQL, []any{customerID, Most + 1}
	}
	rows, err := s.db.Read(ctx).Raw(query, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Link
	for rows.Next() {
		l, err := scanLink(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, rows.Err()
}

// Past is a relation that has ended, with the people behind it.
type Past struct {
	Link
	EndedAt  time.Time
	Why      string
	Staff    string // who wrote it down
	EndedBy  string
	BranchZH string // where it was written down
	BranchEN string
}

// pastSQL leaves out whoever must not be named here, and those of whom nothing
// is left.
const pastSQL = `SELECT r.ended_at, r.ended_why, COALESCE(p.name, ''), COALESCE(q.name, ''), COALESCE(b.name_zh, ''), COALESCE(b.name_en, ''),
 r.kind, r.ref, r.name, CASE WHEN r.sealed_name IS NULL THEN 0 ELSE 1 END, r.note, r.who, r.consent, r.channel, r.recorded_at,
 r.other_id, COALESCE(c.public_id, ''), COALESCE(c.kind, 0), COALESCE(c.name, ''), COALESCE(c.address_as, ''), 0, 0
FROM relations r LEFT JOIN customers c ON c.id = r.other_id LEFT JOIN staff p ON p.id = r.staff_id LEFT JOIN staff q ON q.id = r.ended_by LEFT JOIN branches b ON b.id = r.branch_id
WHERE r.customer_id = ? AND r.state = 1`

const pastOrderSQL = ` AND (r.ended_at < ? OR r.ended_at = ? AND r.ref < ?) ORDER BY r.ended_at DESC, r.ref DESC LIMIT ?`

// History returns relations that have ended, the latest first, behind the one of
// that moment and name (zero: from the latest), at most Most and whether there
// are more. It is recorded like the history of a fact, with those who are named.
func (s *Service) History(ctx context.Context, a policies.Actor, cat *customer.Catalogue, publicID string, before time.Time, ref string) (customer.Customer, []Past, bool, error) {
	if err := s.guard.Require(a, policies.RelationRead); err != nil {
		return customer.Customer{}, nil, false, err
	}
	of, _, err := s.customers.Admit(ctx, a, publicID)
	if err != nil {
		return of, nil, false, err
	}
	if before.IsZero() {
		before = s.clock.Now().Add(time.Hour)
	}
	past, err := s.past(ctx, a, of.ID, before, ref)
	if err != nil {
		return of, nil, false, err
	}
	more := len(past) > Most
	past = past[:min(len(past), Most)]
	var named []int64
	for i, p := range past {
		if p.Other != nil {
			named = append(named, p.Other.ID)
		}
		past[i].Link = p.Seen(cat, a.Role)
	}
	return of, past, more, s.gate.ShowNaming(ctx, a, event(a, "relation.history_read", of.ID), disclosure.History, of.ID, Most, named...)
}

func (s *Service) past(ctx context.Context, a policies.Actor, customerID int64, before time.Time, ref string) ([]Past, error) {
	at := db.Millis(before)
	rows, err := s.db.Read(ctx).Raw(pastSQL+notForgottenSQL+notHiddenSQL+restrainedSQL+pastOrderSQL, customerID, avoided(s.guard, a), at, at, ref, Most+1).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Past
	for rows.Next() {
		var p Past
		var ended int64
		if p.Link, err = scanLink(rows, &ended, &p.Why, &p.Staff, &p.EndedBy, &p.BranchZH, &p.BranchEN); err != nil {
			return nil, err
		}
		p.EndedAt = db.Time(ended)
		out = append(out, p)
	}
	return out, rows.Err()
}
