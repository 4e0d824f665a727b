package customer

import (
	"context"
	"slices"

	"shuke/models/db"
	"shuke/policies"
)

// candidates are read before ranking: more than are shown, so that those lately
// here can come first.
const candidates = 64

// match finds customers who meet every term, ranked. Narrow says that the words
// are too common to be sure of the best.
func (s *Service) match(ctx context.Context, a policies.Actor, terms []term, limit int) (hits []Hit, narrow bool, err error) {
	ids, narrow, err := s.meeting(ctx, terms)
	if err != nil {
		return nil, false, err
	}
	recent, err := s.lately(ctx, a, ids, terms, narrow)
	if err != nil {
		return nil, false, err
	}
	ordered := inOrder(recent, ids)
	found, err := s.byIDs(ctx, ordered[:min(len(ordered), 2*limit)])
	if err != nil {
		return nil, false, err
	}
	why := explainer{ctx: ctx, service: s}
	for _, id := range ordered {
		if c, ok := found[id]; ok && len(hits) < limit {
			if h, ok := why.explain(c, terms); ok {
				h.Recent = slices.Contains(recent, id)
				hits = append(hits, h)
			}
		}
	}
	return hits, narrow, why.err
}

// meeting scans the rarest term for those who meet all of them. Where that term
// turns out too common to be read to its end, the next one is tried. Narrow
// says that none could be.
func (s *Service) meeting(ctx context.Context, terms []term) (ids []int64, narrow bool, err error) {
	order := byRarity(terms)
	for try, driver := range order {
		if try > 0 && (!driver.alone || !narrow) {
			break
		}
		more, cutOff, err := s.scanFar(ctx, driver, slices.DeleteFunc(slices.Clone(order), func(t term) bool { return t.at == driver.at }))
		if err != nil {
			return nil, false, err
		}
		if try > 0 && !cutOff {
			return more, len(more) > candidates, nil
		}
		ids, narrow = inOrder(ids, more), cutOff || len(more) > candidates
		if len(ids) > candidates {
			break
		}
	}
	return ids, narrow, nil
}

// scanFar reads on when the first keys of a term gave too few to choose from.
func (s *Service) scanFar(ctx context.Context, driver term, others []term) (ids []int64, cutOff bool, err error) {
	ids, cutOff, err = s.scan(ctx, driver, others, rowsAtFirst)
	if err != nil || !cutOff || len(others) == 0 || len(ids) >= LookUpLimit {
		return ids, cutOff, err
	}
	return s.scan(ctx, driver, others, rowsPerTerm-2*rowsAtFirst)
}

// scan reads up to so many keys of a term and keeps the customers for whom the others
// hold. CutOff says that there were more keys than were read.
func (s *Service) scan(ctx context.Context, driver term, others []term, most int) (ids []int64, cutOff bool, err error) {
	query, args, limits := matchesSQL(s.db.Dialect(), driver, others, most)
	rows, err := s.db.Read(ctx).Raw(query, args...).Rows()
	if err != nil {
		return nil, false, err
	}
	defer rows.Close()
	read, seen := make([]int, len(limits)), map[int64]bool{}
	for rows.Next() {
		var part int
		var id int64
		if err := rows.Scan(&part, &id); err != nil {
			return nil, false, err
		}
		read[part]++
		if id != 0 && !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	for part := range limits {
		cutOff = cutOff || read[part] >= limits[part]
	}
	return ids, cutOff, rows.Err()
}

// lately tells who of those found was lately dealt with at the actor's branch.
// When the words are too common, the latest customers there are searched
// instead: however common the words, that set is small.
func (s *Service) lately(ctx context.Context, a policies.Actor, ids []int64, terms []term, narrow bool) ([]int64, error) {
	since := db.Millis(a.Now.Add(-RecentFor))
	if narrow {
		query, args := recentSQL(s.db.Dialect(), terms, a.BranchID, since)
		return s.ids64(ctx, query, args)
	}
	if len(ids) == 0 {
		return nil, nil
	}
	return s.ids64(ctx, "SELECT customer_id FROM recents WHERE branch_id = ? AND at >= ? AND customer_id IN ? ORDER BY at DESC LIMIT ?",
		[]any{a.BranchID, since, ids, LookUpLimit})
}

// byRarity orders terms by how few customers they likely meet; those that may
// not search alone come last.
func byRarity(terms []term) []term {
	order := slices.Clone(terms)
	for i := range order {
		order[i].at = i
	}
	slices.SortStableFunc(order, func(a, b term) int {
		if a.alone != b.alone {
			if a.alone {
				return -1
			}
			return 1
		}
		return b.rarity - a.rarity
	})
	return order
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
