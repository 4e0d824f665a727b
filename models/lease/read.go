package lease

import (
	"context"
	"time"

	"shuke/models/db"
)

// Report is what is known of a job: whether any instance does it now, since
// when, and its latest word.
type Report struct {
	Held    bool
	TakenAt time.Time
	UntilAt time.Time
	Note    string
	NotedAt time.Time
}

// Reports returns what is known of the jobs of these names. A job that nobody
// ever did is missing.
func (s *Service) Reports(ctx context.Context, names []string) (map[string]Report, error) {
	out := map[string]Report{}
	if len(names) == 0 {
		return out, nil
	}
	rows, err := s.db.Read(ctx).Raw("SELECT name, taken_at, until_at, note, noted_at FROM leases WHERE name IN ?", names).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	now := db.Millis(s.clock.Now())
	for rows.Next() {
		var name string
		var r Report
		var taken, until, noted int64
		if err := rows.Scan(&name, &taken, &until, &r.Note, &noted); err != nil {
			return nil, err
		}
		r.Held, r.TakenAt, r.UntilAt, r.NotedAt = until > now, db.Time(taken), db.Time(until), db.Time(noted)
		out[name] = r
	}
	return out, rows.Err()
}
