package customer

import (
	"context"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/models/fault"
	"shuke/policies"
)

// Wanted is a preference with the people behind it, in force or ended.
type Wanted struct {
	Fact
	StaffName string
	BranchZH  string
	BranchEN  string
	// EndedWording is the wording of the preference that took its place.
	EndedWording string
}

// WantedPage is how many ended preferences one page shows.
const WantedPage = 50

// wantedSQL reads the facts of one customer that are or were preferences; the
// fields are few, and ended facts lie together by state.
const wantedSQL = `SELECT f.n, f.state, f.field, f.item, f.none, f.value, f.sealed, f.band, f.channel, f.trust, f.source, f.staff_id, f.branch_id, f.import_id,
 f.recorded_at, f.ended_at, f.ended_by, COALESCE(p.name, ''), COALESCE(b.name_zh, ''), COALESCE(b.name_en, ''), COALESCE(g.value, '')
FROM facts f LEFT JOIN staff p ON p.id = f.staff_id LEFT JOIN branches b ON b.id = f.branch_id
 LEFT JOIN facts g ON g.customer_id = f.customer_id AND g.state = 0 AND g.n = f.ended_by
WHERE f.customer_id = ? AND f.state = ? AND f.field IN ? AND f.n < ? ORDER BY f.n DESC LIMIT ?`

// Wanted returns what a customer wants now, and what they wanted before, newest
// first, before the given number (0: from the newest). It is recorded as a
// showing of the customer before it returns.
func (s *Service) Wanted(ctx context.Context, a policies.Actor, cat *Catalogue, publicID string, before int64) (c Customer, now, ended []Wanted, err error) {
	if err := s.guard.Require(a, policies.CustomerRead); err != nil {
		return Customer{}, nil, nil, err
	}
	if c, _, err = s.Admit(ctx, a, publicID); err != nil {
		return Customer{}, nil, nil, err
	}
	var fields []string
	for _, f := range cat.For(c.Kind, false) {
		if f.Preference() && f.MaySee(a.Role) {
			fields = append(fields, f.Key)
		}
	}
	if len(fields) == 0 {
		return Customer{}, nil, nil, fault.New(fault.Denied, "error.field_denied")
	}
	e := audit.By(a, "preference.history_read")
	e.CustomerID = c.ID
	if err := s.gate.Show(ctx, a, e, disclosure.History, 1, c.ID); err != nil {
		return Customer{}, nil, nil, err
	}
	kept, err := s.Preferences(ctx, c.ID)
	if err != nil {
		return Customer{}, nil, nil, err
	}
	if before <= 0 {
		before = c.Facts + 1
	}
	if now, err = s.wanted(ctx, cat, kept, c.ID, InForce, fields, c.Facts+1, maxItem*len(fields)); err == nil {
		ended, err = s.wanted(ctx, cat, kept, c.ID, Superseded, fields, before, WantedPage+1)
	}
	return c, now, ended, err
}

func (s *Service) wanted(ctx context.Context, cat *Catalogue, kept map[int64]Preference, customerID int64, state State, fields []string, before int64, most int) ([]Wanted, error) {
	rows, err := s.db.Read(ctx).Raw(wantedSQL, customerID, state, fields, before, most).Rows()
	if err != nil {
		return nil, err
	}
	var out []Wanted
	err = db.Each(rows, func() error {
		var w Wanted
		var value *string
		var recorded, ended int64
		err := rows.Scan(&w.N, &w.State, &w.Field, &w.Item, &w.None, &value, &w.Sealed, &w.Band, &w.Channel, &w.Trust, &w.Source, &w.StaffID, &w.BranchID,
			&w.ImportID, &recorded, &ended, &w.EndedBy, &w.StaffName, &w.BranchZH, &w.BranchEN, &w.EndedWording)
		if value != nil {
			w.Value = *value
		}
		w.RecordedAt, w.EndedAt = db.Time(recorded), db.Time(ended)
		one := []Fact{w.Fact}
		cat.Attach(one, kept)
		if w.Fact = one[0]; w.Preference != nil {
			out = append(out, w)
		}
		return err
	})
	return out, err
}
