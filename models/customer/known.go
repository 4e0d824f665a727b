package customer

import (
	"context"
	"database/sql"

	"shuke/models/db"
)

// knownSQL reads what is known of a customer in one range, with what each
// preference has beside its fact, which lies under the same key.
const knownSQL = `SELECT f.n, f.state, f.field, f.item, f.none, f.value, f.sealed, f.band, f.channel, f.trust, f.source, f.staff_id, f.branch_id, f.import_id, f.recorded_at, f.ended_at, f.ended_by,
 COALESCE(p.n, 0), COALESCE(p.area, ''), COALESCE(p.act, ''), COALESCE(p.strength, 0), COALESCE(p.words, ''), p.words_sealed, COALESCE(p.tags, ''), COALESCE(p.branches, ''), COALESCE(p.until_on, ''), COALESCE(p.consent, ''),
 COALESCE(p.confirmed_at, 0), COALESCE(p.confirmed_by, 0), COALESCE(p.confirmed_branch, 0), COALESCE(p.retired_by, 0), COALESCE(p.retired_why, '')
FROM facts f LEFT JOIN preferences p ON p.customer_id = f.customer_id AND p.n = f.n WHERE f.customer_id = ? AND f.state = 0 ORDER BY f.n`

// Known is FactsInForce with the preferences among them, in one statement.
func (s *Service) Known(ctx context.Context, cat *Catalogue, customerID int64) ([]Fact, error) {
	rows, err := s.db.Read(ctx).Raw(knownSQL, customerID).Rows()
	if err != nil {
		return nil, err
	}
	var facts []Fact
	preferences := map[int64]Preference{}
	err = db.Each(rows, func() error {
		var f Fact
		var value sql.NullString
		var recorded, ended int64
		p, err := scanPreference(rows, &f.N, &f.State, &f.Field, &f.Item, &f.None, &value, &f.Sealed, &f.Band, &f.Channel, &f.Trust, &f.Source,
			&f.StaffID, &f.BranchID, &f.ImportID, &recorded, &ended, &f.EndedBy)
		f.Value, f.RecordedAt, f.EndedAt = value.String, db.Time(recorded), db.Time(ended)
		facts = append(facts, f)
		if p.N != 0 {
			preferences[p.N] = p
		}
		return err
	})
	cat.Attach(facts, preferences)
	return facts, err
}
