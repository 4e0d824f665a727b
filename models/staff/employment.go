package staff

import (
	"context"
	"time"

	"shuke/models/db"
	"shuke/policies"
)

// EmploymentChange is one version of a person's facts of employment: who
// entered it when and by which way, and who confirmed it.
type EmploymentChange struct {
	N           int64
	Employment  policies.Employment
	HiredOn     string
	NoticeOn    string
	LastOn      string
	PayBand     string
	EnteredBy   string // name; "" at the command line and at set-up
	EnteredVia  policies.Via
	EnteredAt   time.Time
	ConfirmedBy string    // name, "" for nobody known
	ConfirmedAt time.Time // zero while it waits or was overtaken
}

// employmentShown is how many versions the page of a person shows.
const employmentShown = 50

const employmentSQL = `SELECT c.n, c.employment, c.hired_on, c.notice_on, c.last_on, c.pay_band,
 COALESCE(e.name, ''), c.entered_via, c.entered_at, COALESCE(k.name, ''), c.confirmed_at
FROM employment_changes c LEFT JOIN staff e ON e.id = c.entered_by LEFT JOIN staff k ON k.id = c.confirmed_by
WHERE c.staff_id = ? ORDER BY c.n DESC LIMIT ?`

// EmploymentHistory lists a person's facts of employment, the latest first.
func (s *Service) EmploymentHistory(ctx context.Context, p Person) ([]EmploymentChange, error) {
	rows, err := s.db.Read(ctx).Raw(employmentSQL, p.ID, employmentShown).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []EmploymentChange
	for rows.Next() {
		var c EmploymentChange
		var entered, confirmed int64
		err := rows.Scan(&c.N, &c.Employment, &c.HiredOn, &c.NoticeOn, &c.LastOn, &c.PayBand, &c.EnteredBy, &c.EnteredVia, &entered, &c.ConfirmedBy, &confirmed)
		if err != nil {
			return nil, err
		}
		c.EnteredAt, c.ConfirmedAt = db.Time(entered), db.Time(confirmed)
		out = append(out, c)
	}
	return out, rows.Err()
}
