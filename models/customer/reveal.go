package customer

import (
	"context"
	"slices"
	"time"

	"shuke/models/audit"
	"shuke/models/consent"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/models/fault"
	"shuke/models/uses"
	"shuke/models/vault"
	"shuke/policies"
)

// RevealReasons are the reasons one may give for looking behind a mask.
var RevealReasons = []string{"check_in", "guest_request", "complaint", "correction", "safety"}

// RevealFor is how long a revealed value stays on the screen.
const RevealFor = 60 * time.Second

// Reveal returns one masked value of one customer. The reason, the person and
// the field are durable in the record before the value is even decrypted.
func (s *Service) Reveal(ctx context.Context, a policies.Actor, cat *Catalogue, publicID string, n int64, reason string) (f Field, value string, err error) {
	if err := s.guard.Require(a, policies.CustomerReveal); err != nil {
		return Field{}, "", err
	}
	if !slices.Contains(RevealReasons, reason) {
		return Field{}, "", fault.Fields{"reason": {Key: "reveal.reason_needed"}}.Err()
	}
	c, states, err := s.Admit(ctx, a, publicID)
	if err != nil {
		return Field{}, "", err
	}
	fact, err := s.fact(ctx, c.ID, n)
	if err != nil {
		return Field{}, "", err
	}
	f, known := cat.Field(fact.Field)
	withheld := !states.Allows(f.Consent(), "")
	if !known || !f.On || !f.MaySee(a.Role) || (!f.Masked() && !withheld) || fact.None {
		return Field{}, "", fault.New(fault.Denied, "error.field_denied")
	}
	if withheld && !inDanger(f, reason) {
		return Field{}, "", fault.Fields{"reason": {Key: "consent.only_in_danger"}}.Err()
	}
	e := audit.By(a, "fact.revealed")
	e.CustomerID, e.Object, e.Reason = c.ID, fact.row(c.ID), reason
	if err := s.gate.Show(ctx, a, e, disclosure.Reveal, 1, c.ID); err != nil {
		return Field{}, "", err
	}
	s.uses.Used(f.Key, uses.Reveal)
	if fact.Sealed == nil {
		return f, fact.Value, nil
	}
	key, err := s.vault.Key(ctx, vault.Customer(c.ID))
	if err != nil {
		return Field{}, "", err
	}
	value, err = key.Open(fact.Sealed, fact.row(c.ID))
	return f, value, err
}

// inDanger reports whether a value that the customer withdrew may be looked at all
// the same. The law lets life and health go before consent in an emergency (PIPL
// article 13, GDPR article 6(1)(d)), and for nothing but what saves them; after
// the grace the value is deleted, and nobody can.
func inDanger(f Field, reason string) bool {
	return f.Consent() == consent.Safety && reason == "safety"
}

func (s *Service) fact(ctx context.Context, customerID, n int64) (Fact, error) {
	rows, err := s.db.Read(ctx).Raw("SELECT "+factColumns+" FROM facts WHERE customer_id = ? AND state IN (0, 1, 2) AND n = ?", customerID, n).Rows()
	if err != nil {
		return Fact{}, err
	}
	facts, err := scanFacts(rows)
	if err == nil && len(facts) != 1 {
		err = errNotFound
	}
	if err != nil {
		return Fact{}, err
	}
	return facts[0], nil
}

// HistoryPage is how many versions of a fact one page of its history holds.
const HistoryPage = 20

// Past is one version of a fact with the people behind it. Of a masked field it
// carries a hint in place of the value.
type Past struct {
	Fact
	Hint       string
	StaffName  string
	BranchZH   string
	BranchEN   string
	ImportName string
}

const historySQL = `SELECT f.n, f.state, f.field, f.item, f.none, f.value, f.sealed, f.band, f.channel, f.trust, f.source, f.staff_id, f.branch_id, f.import_id,
 f.recorded_at, f.ended_at, f.ended_by, COALESCE(p.name, ''), COALESCE(b.name_zh, ''), COALESCE(b.name_en, ''), COALESCE(i.source, '')
FROM facts f LEFT JOIN staff p ON p.id = f.staff_id LEFT JOIN branches b ON b.id = f.branch_id LEFT JOIN imports i ON i.id = f.import_id
WHERE f.customer_id = ? AND f.field = ? AND f.item = ? AND f.n < ? ORDER BY f.n DESC LIMIT ?`

// History returns the versions of a field's value, newest first, before the
// given number (0: from the newest), masked like the card. It is recorded as a
// showing of the customer before it returns.
func (s *Service) History(ctx context.Context, a policies.Actor, cat *Catalogue, publicID, field string, item int, before int64) (Customer, []Past, error) {
	if err := s.guard.Require(a, policies.CustomerRead); err != nil {
		return Customer{}, nil, err
	}
	c, states, err := s.Admit(ctx, a, publicID)
	if err != nil {
		return Customer{}, nil, err
	}
	f, known := cat.Field(field)
	if !known || !f.On || !f.For(c.Kind.String()) || (!f.Sealed() && !f.MaySee(a.Role)) {
		return Customer{}, nil, fault.New(fault.Denied, "error.field_denied")
	}
	if !states.Allows(f.Consent(), "") {
		return Customer{}, nil, errWithheld
	}
	if before <= 0 {
		before = c.Facts + 1
	}
	e := audit.By(a, "fact.history_read")
	e.CustomerID, e.Object = c.ID, Value{Field: field, Item: item}.Slot()
	if err := s.gate.Show(ctx, a, e, disclosure.History, 1, c.ID); err != nil {
		return Customer{}, nil, err
	}
	past, err := s.past(ctx, c.ID, field, item, before)
	for i := range past {
		past[i].mask(f, a.Role)
	}
	return c, past, err
}

func (p *Past) mask(f Field, role policies.Role) {
	if !f.Masked() {
		return
	}
	if f.MaySee(role) {
		p.Hint = f.Hint(p.Value)
	}
	p.Value, p.Sealed = "", nil
	if f.Sealed() {
		p.Band = ""
	}
}

func (s *Service) past(ctx context.Context, customerID int64, field string, item int, before int64) ([]Past, error) {
	rows, err := s.db.Read(ctx).Raw(historySQL, customerID, field, item, before, HistoryPage+1).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Past
	for rows.Next() {
		var p Past
		var value *string
		var recorded, ended int64
		err := rows.Scan(&p.N, &p.State, &p.Field, &p.Item, &p.None, &value, &p.Sealed, &p.Band, &p.Channel, &p.Trust, &p.Source, &p.StaffID, &p.BranchID,
			&p.ImportID, &recorded, &ended, &p.EndedBy, &p.StaffName, &p.BranchZH, &p.BranchEN, &p.ImportName)
		if err != nil {
			return nil, err
		}
		if value != nil {
			p.Value = *value
		}
		p.RecordedAt, p.EndedAt = db.Time(recorded), db.Time(ended)
		out = append(out, p)
	}
	return out, rows.Err()
}
