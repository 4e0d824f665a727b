package customer

import (
	"context"

	"shuke/models/db"
)

// wishesSQL reads the preferences in force of many customers: of each the range
// of what they want, then each fact by its key.
const wishesSQL = `SELECT p.customer_id, f.field, f.item, f.value, f.channel, f.trust, f.staff_id, f.branch_id, f.recorded_at, ` + "p.n, p.area, p.act, p.strength, p.words, p.words_sealed, p.tags, p.branches, p.until_on, p.consent, p.confirmed_at, p.confirmed_by, p.confirmed_branch, p.retired_by, p.retired_why" + `
FROM preferences p JOIN facts f ON f.customer_id = p.customer_id AND f.state = 0 AND f.n = p.n WHERE p.customer_id IN ?`

// usualWishes is for how many wishes of a customer room is made at once.
const usualWishes = 12

// Wishes returns the preferences in force of customers, by customer. It shows
// nothing: who calls it sees to the record.
func (s *Service) Wishes(ctx context.Context, customers []int64) (map[int64][]Fact, error) {
	out := make(map[int64][]Fact, len(customers))
	if len(customers) == 0 {
		return out, nil
	}
	rows, err := s.db.Read(ctx).Raw(wishesSQL, db.Padded(customers)).Rows()
	if err != nil {
		return nil, err
	}
	err = db.Each(rows, func() error {
		var id, recorded int64
		var f Fact
		var value *string
		p, err := scanPreference(rows, &id, &f.Field, &f.Item, &value, &f.Channel, &f.Trust, &f.StaffID, &f.BranchID, &recorded)
		if err != nil {
			return err
		}
		if value != nil {
			f.Value = *value
		}
		f.N, f.RecordedAt, f.Preference = p.N, db.Time(recorded), &p
		of, known := out[id]
		if !known {
			of = make([]Fact, 0, usualWishes)
		}
		out[id] = append(of, f)
		return nil
	})
	return out, err
}
