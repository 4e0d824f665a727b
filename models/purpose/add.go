package purpose

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/uses"
)

// rowsPerInsert keeps statements short and their number of shapes small.
const rowsPerInsert = 128

// UsedWithin is how far back uses count, and usesKept how long they are kept.
const (
	UsedWithin = 90 * 24 * time.Hour
	usesKept   = 400 * 24 * time.Hour
)

// progress is how far a count has come.
type progress struct {
	lastID int64
	over   bool // finished, or not wanted any more
}

// add puts a part into the sums of its count, unless somebody else did already.
func (s *Service) add(tx *db.Tx, cat *customer.Catalogue, c count, p part) (progress, error) {
	n, err := tx.Run("UPDATE purpose_counts SET last_id = ?, beat_at = ? WHERE id = ? AND last_id = ? AND finished_at = 0", p.to, db.Millis(s.clock.Now()), c.id, p.from)
	if err != nil {
		return progress{}, err
	}
	if n != 1 {
		return reached(tx, c.id)
	}
	if err := addSums(tx, c.id, p); err != nil || !p.last {
		return progress{lastID: p.to}, err
	}
	return progress{p.to, true}, s.finish(tx, cat, c)
}

// reached finds out how far somebody else got with the count.
func reached(tx *db.Tx, id int64) (progress, error) {
	var out progress
	err := tx.Raw("SELECT last_id FROM purpose_counts WHERE id = ? AND finished_at = 0", id).Row().Scan(&out.lastID)
	if db.NoRow(err) {
		return progress{over: true}, nil
	}
	return out, err
}

func addSums(tx *db.Tx, id int64, p part) error {
	places := slices.SortedFunc(maps.Keys(p.customers), comparePlaces)
	for chunk := range slices.Chunk(places, rowsPerInsert) {
		var args []any
		for _, k := range chunk {
			args = append(args, id, k.kind, k.branch, p.customers[k])
		}
		_, err := tx.Run("INSERT INTO customer_counts (count_id, kind, branch_id, customers) VALUES "+db.Rows(len(chunk), 4)+
			tx.Dialect.Upsert("count_id, kind, branch_id", "customers = customer_counts.customers + new.customers"), args...)
		if err != nil {
			return err
		}
	}
	fields := slices.SortedFunc(maps.Keys(p.fields), func(a, b slot) int { return cmp.Or(comparePlaces(a.at, b.at), cmp.Compare(a.field, b.field)) })
	for chunk := range slices.Chunk(fields, rowsPerInsert) {
		var args []any
		for _, k := range chunk {
			args = append(args, id, k.kind, k.branch, k.field, p.fields[k].known, p.fields[k].fresh)
		}
		_, err := tx.Run("INSERT INTO field_counts (count_id, kind, branch_id, field, known, fresh) VALUES "+db.Rows(len(chunk), 6)+
			tx.Dialect.Upsert("count_id, kind, branch_id, field", "known = field_counts.known + new.known", "fresh = field_counts.fresh + new.fresh"), args...)
		if err != nil {
			return err
		}
	}
	return nil
}

func comparePlaces(a, b at) int {
	return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.branch, b.branch))
}

// finish makes of the sums what pages show, and drops the counts before, those
// that nobody brought to an end included.
func (s *Service) finish(tx *db.Tx, cat *customer.Catalogue, c count) error {
	if err := addPurposes(tx, cat, c.id); err != nil {
		return err
	}
	now := s.clock.Now()
	var since int64
	if err := tx.Raw("SELECT COALESCE(MIN(day), 0) FROM field_uses").Row().Scan(&since); err != nil {
		return err
	}
	return runAll(tx, []step{
		{"INSERT INTO use_counts (count_id, field, used_as, times) SELECT ?, field, used_as, SUM(times) FROM field_uses WHERE day > ? GROUP BY field, used_as", []any{c.id, uses.Day(now.Add(-UsedWithin))}},
		{"DELETE FROM field_uses WHERE day < ?", []any{uses.Day(now.Add(-usesKept))}},
		{"UPDATE purpose_counts SET uses_since = ?, finished_at = ? WHERE id = ?", []any{since, db.Millis(now), c.id}},
		{"DELETE FROM customer_counts WHERE count_id < ?", []any{c.id}},
		{"DELETE FROM field_counts WHERE count_id < ?", []any{c.id}},
		{"DELETE FROM purpose_branches WHERE count_id < ?", []any{c.id}},
		{"DELETE FROM use_counts WHERE count_id < ?", []any{c.id}},
		{"DELETE FROM purpose_counts WHERE id < ?", []any{c.id}},
	})
}

type step struct {
	sql  string
	args []any
}

func runAll(tx *db.Tx, steps []step) error {
	for _, s := range steps {
		if _, err := tx.Run(s.sql, s.args...); err != nil {
			return err
		}
	}
	return nil
}

// addPurposes sums over the fields that each purpose needs, branch by branch.
func addPurposes(tx *db.Tx, cat *customer.Catalogue, id int64) error {
	rows, err := tx.Raw("SELECT kind, branch_id, field, known, fresh FROM field_counts WHERE count_id = ?", id).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	type line struct {
		at
		purpose string
	}
	of := map[line]sums{}
	for rows.Next() {
		var k slot
		var n sums
		if err := rows.Scan(&k.kind, &k.branch, &k.field, &n.known, &n.fresh); err != nil {
			return err
		}
		f, known := cat.Field(k.field)
		if !known || !f.On || !f.For(k.kind.String()) || k.branch == allBranches {
			continue
		}
		for _, p := range f.Purposes {
			sum := of[line{k.at, p}]
			of[line{k.at, p}] = sums{sum.known + n.known, sum.fresh + n.fresh}
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	var args []any
	for _, k := range slices.SortedFunc(maps.Keys(of), func(a, b line) int { return cmp.Or(comparePlaces(a.at, b.at), cmp.Compare(a.purpose, b.purpose)) }) {
		args = append(args, id, k.kind, k.purpose, k.branch, len(Needs(cat, k.purpose, k.kind)), of[k].known, of[k].fresh)
	}
	return tx.InsertAll("INSERT INTO purpose_branches (count_id, kind, purpose, branch_id, needs, known, fresh) VALUES ", 7, args)
}

// Needs lists the fields that a purpose needs of a kind of customer, in the
// order of the card.
func Needs(cat *customer.Catalogue, purpose string, kind customer.Kind) []customer.Field {
	return slices.DeleteFunc(cat.For(kind, false), func(f customer.Field) bool { return !slices.Contains(f.Purposes, purpose) })
}
