package purpose

import (
	"context"
	"database/sql"
	"time"

	"shuke/models/customer"
	"shuke/models/db"
)

// allBranches stands for the sum over every branch.
const allBranches = 0

// at is where a number stands: customers of a kind of a branch.
type at struct {
	kind   customer.Kind
	branch int64
}

// slot is a field at a place.
type slot struct {
	at
	field string
}

// sums are how many have a field, and of how many it is fresh.
type sums struct{ known, fresh int64 }

// part is what was counted of one run of customers.
type part struct {
	from, to  int64 // ids after from, up to to
	last      bool
	customers map[at]int64
	fields    map[slot]sums
}

// tally adds one customer to a part.
func (p part) tally(of at, latest map[string]int64, since map[string]int64) {
	for _, branch := range []int64{of.branch, allBranches} {
		place := at{of.kind, branch}
		p.customers[place]++
		for field, noted := range latest {
			s := p.fields[slot{place, field}]
			s.known++
			if noted >= since[field] {
				s.fresh++
			}
			p.fields[slot{place, field}] = s
		}
	}
}

// read counts the next part of the base.
func (s *Service) read(ctx context.Context, cat *customer.Catalogue, c count) (part, error) {
	p := part{from: c.lastID, to: c.lastID, customers: map[at]int64{}, fields: map[slot]sums{}}
	since, answered := freshSince(cat, c.startedAt), s.answeredBy(cat)
	for read := 0; read < s.pace.part; {
		page, err := s.page(ctx, p.to, c.endID)
		if err != nil {
			return p, err
		}
		if err := s.countPage(ctx, p, page, since, answered); err != nil {
			return p, err
		}
		read += len(page)
		if len(page) < s.pace.page {
			p.to, p.last = c.endID, true
			return p, nil
		}
		p.to = page[len(page)-1].id
	}
	return p, nil
}

// freshSince gives for each field the moment, in milliseconds, since which a
// value must have been noted to be fresh.
func freshSince(cat *customer.Catalogue, now time.Time) map[string]int64 {
	out := map[string]int64{}
	for _, f := range cat.All() {
		if f.HalfLifeDays > 0 {
			out[f.Key] = db.Millis(now.AddDate(0, 0, -f.HalfLifeDays))
		}
	}
	return out
}

type pageRow struct {
	id int64
	of at
}

// pageSQL, factsSQL and wishesSQL are ranges of primary keys, whatever the size
// of the base.
const (
	pageSQL  = "SELECT id, kind, branch_id FROM customers WHERE id > ? AND id <= ? ORDER BY id LIMIT ?"
	factsSQL = "SELECT customer_id, field, recorded_at FROM facts WHERE customer_id > ? AND customer_id <= ? AND state = 0 ORDER BY customer_id"

	wishesSQL = `SELECT p.customer_id, f.field, p.area, f.recorded_at, p.confirmed_at
FROM preferences p JOIN facts f ON f.customer_id = p.customer_id AND f.state = 0 AND f.n = p.n
WHERE p.customer_id > ? AND p.customer_id <= ?`
)

func (s *Service) page(ctx context.Context, from, end int64) ([]pageRow, error) {
	rows, err := s.db.Read(ctx).Raw(pageSQL, from, end, s.pace.page).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := make([]pageRow, 0, s.pace.page)
	for rows.Next() {
		var r pageRow
		if err := rows.Scan(&r.id, &r.of.kind, &r.of.branch); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// countPage walks the facts of a page beside its customers: both come in the
// order of their ids. A fact of somebody added since then is passed over.
func (s *Service) countPage(ctx context.Context, p part, page []pageRow, since map[string]int64, answered map[string][]string) error {
	if len(page) == 0 {
		return nil
	}
	wished, err := s.wished(ctx, answered, page)
	if err != nil {
		return err
	}
	rows, err := s.db.Read(ctx).Raw(factsSQL, page[0].id-1, page[len(page)-1].id).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	var field sql.RawBytes
	var id, noted int64
	next, latest := 0, map[string]int64{}
	upTo := func(id int64) { // what is known of everybody before id is complete
		for ; next < len(page) && page[next].id < id; next++ {
			for field, at := range wished[page[next].id] {
				latest[field] = max(latest[field], at)
			}
			p.tally(page[next].of, latest, since)
			clear(latest)
		}
	}
	for rows.Next() {
		if err := rows.Scan(&id, &field, &noted); err != nil {
			return err
		}
		if upTo(id); next == len(page) || page[next].id != id {
			continue
		}
		if was, seen := latest[string(field)]; !seen || noted > was {
			latest[string(field)] = noted
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	upTo(page[len(page)-1].id + 1)
	return nil
}

// answeredBy lists for each service area the fields that any wish of it answers.
func (s *Service) answeredBy(cat *customer.Catalogue) map[string][]string {
	out := map[string][]string{}
	for _, f := range cat.All() {
		if area := s.asks[f.Key].AnsweredBy(f.Field); f.Preference() && area != "" {
			out[area] = append(out[area], f.Key)
		}
	}
	return out
}

// wished gives for each customer of a page the fields that their wishes answer,
// with the moment at which they were said or confirmed last.
func (s *Service) wished(ctx context.Context, answered map[string][]string, page []pageRow) (map[int64]map[string]int64, error) {
	rows, err := s.db.Read(ctx).Raw(wishesSQL, page[0].id-1, page[len(page)-1].id).Rows()
	if err != nil {
		return nil, err
	}
	out := map[int64]map[string]int64{}
	err = db.Each(rows, func() error {
		var id, said, confirmed int64
		var field, area string
		if err := rows.Scan(&id, &field, &area, &said, &confirmed); err != nil {
			return err
		}
		of := out[id]
		if of == nil {
			of = map[string]int64{}
			out[id] = of
		}
		for _, key := range append([]string{field}, answered[area]...) {
			of[key] = max(of[key], said, confirmed)
		}
		return nil
	})
	return out, err
}
