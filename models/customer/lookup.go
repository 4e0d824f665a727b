package customer

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/policies"
)

// LookUpLimit is the most customers a look-up ever shows.
const LookUpLimit = 8

// RecentFor is how long a customer counts as lately dealt with at a branch.
const RecentFor = 30 * 24 * time.Hour

// Results is the answer to a look-up.
type Results struct {
	Terms  []TermView // how the words were understood
	Hits   []Hit
	Group  Grouping
	Narrow bool // more may match than could be ranked: one more digit or letter helps
	Empty  bool // nothing searchable was typed
}

// Grouping says which headings the hits stand under.
type Grouping int

// Hits match all terms, or nobody does and they match one each.
const (
	AllTerms Grouping = iota
	OneTermEach
)

// LookUp finds customers by what a person has at hand, at most eight, best
// first. Before it returns, the showing of each is durable in the record; the
// words themselves are not recorded.
func (s *Service) LookUp(ctx context.Context, a policies.Actor, query string) (Results, error) {
	if err := s.guard.Require(a, policies.CustomerLookUp); err != nil {
		return Results{}, err
	}
	terms, err := parse(cut(query, 200), s.vault)
	if err != nil {
		return Results{}, err
	}
	if !slices.ContainsFunc(terms, func(t term) bool { return t.alone }) {
		return Results{Empty: true}, nil
	}
	out, err := s.lookUp(ctx, a, terms)
	if err != nil {
		return Results{}, err
	}
	if err := s.recordLookUp(ctx, a, terms, out.Hits); err != nil {
		return Results{}, err
	}
	return out, nil
}

func (s *Service) lookUp(ctx context.Context, a policies.Actor, terms []term) (Results, error) {
	hits, narrow, err := s.match(ctx, a, terms, LookUpLimit)
	if err != nil {
		return Results{}, err
	}
	out := Results{Hits: hits, Narrow: narrow}
	if len(hits) == 0 && len(terms) > 1 {
		out.Group = OneTermEach
		if out.Hits, err = s.matchEach(ctx, a, terms); err != nil {
			return Results{}, err
		}
	}
	for _, t := range terms {
		out.Terms = append(out.Terms, viewTerm(t, out.Hits))
	}
	return out, nil
}

// matchEach gives those who match one term when nobody matches all.
func (s *Service) matchEach(ctx context.Context, a policies.Actor, terms []term) ([]Hit, error) {
	var out []Hit
	seen := map[int64]bool{}
	for i, t := range terms {
		if !t.alone {
			continue
		}
		hits, _, err := s.match(ctx, a, []term{t}, LookUpLimit/2)
		if err != nil {
			return nil, err
		}
		for _, h := range hits {
			if len(out) < LookUpLimit && !seen[h.id] {
				seen[h.id] = true
				h.Term = i
				out = append(out, h)
			}
		}
	}
	return out, nil
}

// candidates are read before ranking: more than are shown, so that those lately
// here can come first.
const candidates = 64

// match finds customers who meet every term, ranked. Narrow says that the words
// are too common to be sure of the best.
func (s *Service) match(ctx context.Context, a policies.Actor, terms []term, limit int) (hits []Hit, narrow bool, err error) {
	driver, others := drive(terms)
	var ids []int64
	if len(others) == 0 {
		ids, narrow, err = s.scan(ctx, driver)
	} else {
		ids, narrow, err = s.scanTogether(ctx, driver, others)
	}
	if err != nil {
		return nil, false, err
	}
	since := db.Millis(a.Now.Add(-RecentFor))
	var recent []int64
	if len(ids) > limit || narrow {
		query, args := rankSQL(ids, narrow, terms, a.BranchID, since)
		if recent, err = s.ids64(ctx, query, args); err != nil {
			return nil, false, err
		}
	}
	ordered := inOrder(recent, ids)
	found, err := s.byIDs(ctx, ordered[:min(len(ordered), 2*limit)])
	if err != nil {
		return nil, false, err
	}
	for _, id := range ordered {
		if c, ok := found[id]; ok && len(hits) < limit {
			if h, ok := explain(c, terms); ok {
				h.Recent = slices.Contains(recent, id)
				hits = append(hits, h)
			}
		}
	}
	return hits, narrow, nil
}

// scan reads the first of each range of a term. Cut says that there are more.
func (s *Service) scan(ctx context.Context, t term) (ids []int64, cut bool, err error) {
	limits := make([]int, len(t.ranges))
	for i := range limits {
		limits[i] = candidates + 1
	}
	query, args := t.scanSQL(limits)
	rows, err := s.db.Read(ctx).Raw(query, args...).Rows()
	if err != nil {
		return nil, false, err
	}
	defer rows.Close()
	counts := make([]int, len(t.ranges))
	for rows.Next() {
		var r int
		var id int64
		if err := rows.Scan(&r, &id); err != nil {
			return nil, false, err
		}
		counts[r]++
		ids = append(ids, id)
	}
	for i, n := range counts {
		cut = cut || n >= limits[i]
	}
	return inOrder(nil, ids), cut, rows.Err()
}

// scanTogether reads those of the driving term for whom all others hold. Cut
// says that more may: so many met that the rest was not looked at, or few did
// and the driving term itself was too common to be read to its end.
func (s *Service) scanTogether(ctx context.Context, driver term, others []term) (ids []int64, cut bool, err error) {
	query, args := matchesSQL(driver, others, rowsPerTerm, candidates+1)
	if ids, err = s.ids64(ctx, query, args); err != nil {
		return nil, false, err
	}
	if len(ids) > candidates {
		return ids, true, nil
	}
	scan, args := driver.scanSQL(driver.limits(rowsPerTerm))
	var n int
	err = s.db.Read(ctx).Raw("SELECT COUNT(*) FROM ("+scan+") AS a", args...).Row().Scan(&n)
	return ids, n >= driver.limits(rowsPerTerm)[driver.likeliest()], err
}

// rankSQL asks who of the candidates was lately here; when there are more than
// were read, the latest customers are searched instead.
func rankSQL(ids []int64, cut bool, terms []term, branchID, since int64) (string, []any) {
	if cut {
		return recentSQL(terms, branchID, since)
	}
	return "SELECT customer_id FROM recents WHERE branch_id = ? AND at >= ? AND customer_id IN ? ORDER BY at DESC LIMIT ?",
		[]any{branchID, since, ids, LookUpLimit}
}

// drive picks the term that likely meets fewest customers.
func drive(terms []term) (driver term, others []term) {
	best := 0
	for i, t := range terms {
		if (t.alone && !terms[best].alone) || (t.alone == terms[best].alone && t.rarity > terms[best].rarity) {
			best = i
		}
	}
	for i, t := range terms {
		if i != best {
			others = append(others, t)
		}
	}
	return terms[best], others
}

// inOrder puts first before rest, each id once.
func inOrder(first, rest []int64) []int64 {
	out := make([]int64, 0, len(first)+len(rest))
	seen := make(map[int64]bool, len(first)+len(rest))
	for _, id := range slices.Concat(first, rest) {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

func (s *Service) ids64(ctx context.Context, query string, args []any) ([]int64, error) {
	rows, err := s.db.Read(ctx).Raw(query, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, rows.Err()
}

func (s *Service) recordLookUp(ctx context.Context, a policies.Actor, terms []term, hits []Hit) error {
	e := audit.By(a, "customer.looked_up")
	kinds := make([]string, len(terms))
	for i, t := range terms {
		kinds[i] = t.kinds()
	}
	e.Details = []audit.Detail{{Name: "terms", Value: strings.Join(kinds, " ")}, {Name: "results", Value: strconv.Itoa(len(hits))}}
	ids := make([]int64, len(hits))
	for i, h := range hits {
		ids[i] = h.id
	}
	slices.SortFunc(ids, cmp.Compare[int64])
	return s.gate.Show(ctx, a, e, disclosure.LookUp, LookUpLimit, ids...)
}
