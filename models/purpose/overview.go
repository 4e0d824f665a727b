package purpose

import (
	"cmp"
	"context"
	"slices"
	"time"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/uses"
	"shuke/policies"
)

// Overview is what a house knows for its purposes, of customers of one kind, as
// it was counted last, and more about one purpose.
type Overview struct {
	Weighing  Weighing
	CountedAt time.Time // zero before the first count
	Counting  bool      // a count is under way
	Done      int       // of that count, in percent
	Customers Amount
	UsesSince time.Time // uses are counted since then; zero: none yet
	Purposes  []Line
	Fields    []FieldLine  // of the purpose asked for, in the order of the card
	Branches  []BranchLine // of that purpose, the least known first
	Unused    []FieldLine  // of all purposes
}

// Young reports whether uses have not been counted for so long that one could
// say of a field that it is never used.
func (o Overview) Young() bool {
	return o.UsesSince.IsZero() || o.CountedAt.Sub(o.UsesSince) < UsedWithin
}

// Line is one purpose: over the facts it needs, how much is known on average,
// and how much of that is fresh; both as shares of all customers.
type Line struct {
	Purpose      string
	Needs        int
	Known, Fresh Share
}

// FieldLine is one field.
type FieldLine struct {
	Field     customer.Field
	Tact      catalogue.Tact
	Asked     bool // somebody may ask for it at all
	Customers Amount
	Known     Share
	Fresh     Share
	Uses      []UseLine
	Unused    bool // kept of more than ten customers, and never acted upon
}

// UseLine is how often a field was used in one way.
type UseLine struct {
	Use   uses.Use
	Times Amount
}

// BranchLine is one branch.
type BranchLine struct {
	NameZH, NameEN string
	Customers      Amount
	Known, Fresh   Share
}

// MostBranches is how many branches are listed.
const MostBranches = 50

// Overview returns it. Nothing is counted for it: all numbers lie in small tables.
func (s *Service) Overview(ctx context.Context, a policies.Actor, cat *customer.Catalogue, kind customer.Kind, purpose string) (Overview, error) {
	if err := s.guard.Require(a, policies.PurposeRead); err != nil {
		return Overview{}, err
	}
	var out Overview
	var err error
	if out.Weighing, err = s.Weighing(ctx); err != nil {
		return out, err
	}
	id, err := s.lastCount(ctx, &out)
	if err != nil || id == 0 {
		return out, err
	}
	var customers int64
	err = s.db.Read(ctx).Raw("SELECT COALESCE(SUM(customers), 0) FROM customer_counts WHERE count_id = ? AND kind = ? AND branch_id = ?", id, kind, allBranches).Row().Scan(&customers)
	if err != nil {
		return out, err
	}
	of, err := s.fieldSums(ctx, id, kind)
	if err != nil {
		return out, err
	}
	used, err := s.used(ctx, id)
	if err != nil {
		return out, err
	}
	out.Customers = amount(customers, a)
	for _, p := range customer.Purposes {
		out.Purposes = append(out.Purposes, line(p, Needs(cat, p, kind), of, customers))
	}
	for _, f := range cat.For(kind, false) {
		l := s.fieldLine(a, f, of[f.Key], customers, used[f.Key])
		if slices.Contains(f.Purposes, purpose) {
			out.Fields = append(out.Fields, l)
		}
		if l.Unused {
			out.Unused = append(out.Unused, l)
		}
	}
	out.Branches, err = s.branches(ctx, a, id, kind, purpose)
	return out, err
}

func line(purpose string, needs []customer.Field, of map[string]sums, customers int64) Line {
	var sum sums
	for _, f := range needs {
		sum = sums{sum.known + of[f.Key].known, sum.fresh + of[f.Key].fresh}
	}
	whole := customers * int64(len(needs))
	if customers < few { // many facts of few people are still few people
		whole = 0
	}
	return Line{Purpose: purpose, Needs: len(needs), Known: share(sum.known, whole), Fresh: share(sum.fresh, whole)}
}

func (s *Service) fieldLine(a policies.Actor, f customer.Field, n sums, customers int64, used map[uses.Use]int64) FieldLine {
	l := FieldLine{Field: f, Customers: amount(n.known, a), Known: share(n.known, customers), Fresh: share(n.fresh, customers)}
	ask, asked := s.asks[f.Key]
	l.Tact, l.Asked = ask.Tact, asked && ask.Tact < catalogue.Volunteer
	for _, u := range uses.All {
		if used[u] > 0 {
			l.Uses = append(l.Uses, UseLine{u, amount(used[u], a)})
		}
	}
	l.Unused = len(l.Uses) == 0 && n.known > few && !customer.AlwaysOn(f.Key)
	return l
}

// beatWithin is how long a count may be silent and still be under way.
const beatWithin = 5 * time.Minute

// lastCount finds the count to show, 0 when there is none, and whether another
// is under way. There are few rows: a finished count drops those before it.
func (s *Service) lastCount(ctx context.Context, out *Overview) (id int64, err error) {
	rows, err := s.db.Read(ctx).Raw("SELECT id, started_at, beat_at, last_id, end_id, uses_since, finished_at FROM purpose_counts ORDER BY id DESC").Rows()
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() && id == 0 {
		var n, started, beat, last, end, since, finished int64
		if err := rows.Scan(&n, &started, &beat, &last, &end, &since, &finished); err != nil {
			return 0, err
		}
		if finished > 0 {
			id, out.CountedAt, out.UsesSince = n, db.Time(started), uses.DayTime(since)
		} else if s.clock.Now().Sub(db.Time(beat)) < beatWithin {
			out.Counting, out.Done = true, int(last*100/max(end, 1))
		}
	}
	return id, rows.Err()
}

func (s *Service) fieldSums(ctx context.Context, id int64, kind customer.Kind) (map[string]sums, error) {
	rows, err := s.db.Read(ctx).Raw("SELECT field, known, fresh FROM field_counts WHERE count_id = ? AND kind = ? AND branch_id = ?", id, kind, allBranches).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]sums{}
	for rows.Next() {
		var field string
		var n sums
		if err := rows.Scan(&field, &n.known, &n.fresh); err != nil {
			return nil, err
		}
		out[field] = n
	}
	return out, rows.Err()
}

func (s *Service) used(ctx context.Context, id int64) (map[string]map[uses.Use]int64, error) {
	rows, err := s.db.Read(ctx).Raw("SELECT field, used_as, times FROM use_counts WHERE count_id = ?", id).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]map[uses.Use]int64{}
	for rows.Next() {
		var field string
		var use uses.Use
		var times int64
		if err := rows.Scan(&field, &use, &times); err != nil {
			return nil, err
		}
		if out[field] == nil {
			out[field] = map[uses.Use]int64{}
		}
		out[field][use] = times
	}
	return out, rows.Err()
}

const branchesSQL = `SELECT b.name_zh, b.name_en, c.customers, p.needs, p.known, p.fresh
FROM purpose_branches p JOIN customer_counts c ON c.count_id = p.count_id AND c.kind = p.kind AND c.branch_id = p.branch_id
JOIN branches b ON b.id = p.branch_id
WHERE p.count_id = ? AND p.kind = ? AND p.purpose = ?`

// branches lists those about whose customers least is known first; those of
// which nothing may be told stand at the end.
func (s *Service) branches(ctx context.Context, a policies.Actor, id int64, kind customer.Kind, purpose string) ([]BranchLine, error) {
	rows, err := s.db.Read(ctx).Raw(branchesSQL, id, kind, purpose).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []BranchLine
	for rows.Next() {
		var l BranchLine
		var customers, needs int64
		var n sums
		if err := rows.Scan(&l.NameZH, &l.NameEN, &customers, &needs, &n.known, &n.fresh); err != nil {
			return nil, err
		}
		l.Customers = amount(customers, a)
		if !l.Customers.Few {
			l.Known, l.Fresh = share(n.known, customers*needs), share(n.fresh, customers*needs)
		}
		out = append(out, l)
	}
	slices.SortFunc(out, func(x, y BranchLine) int {
		if x.Known.Told != y.Known.Told {
			if x.Known.Told {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(x.Known.Percent, y.Known.Percent), cmp.Compare(x.NameEN, y.NameEN))
	})
	return out[:min(len(out), MostBranches)], rows.Err()
}
