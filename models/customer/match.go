package customer

import (
	"cmp"
	"context"
	"slices"

	"shuke/models/db"
	"shuke/policies"
)

// ranked is how many are found before ranking: more than are shown, so that those
// lately here can come first.
const ranked = 64

// firstLook is how many candidates are read at first: nearly always enough to
// fill a page with those whom the words explain.
const firstLook = 2 * LookUpLimit

// besideLook is the same for what passed the signatures of other words, a third
// of which is meant.
const besideLook = 3 * LookUpLimit

// search is the work on one set of terms.
type search struct {
	service *Service
	ctx     context.Context
	actor   policies.Actor
	terms   []term
	why     explainer
	loaded  map[int64]candidate
	hits    map[int64]Hit // of those looked at; none has an id who does not meet every term
}

// match finds customers who meet every term, ranked. Narrow says that the words
// are too common to be sure of the best.
func (s *Service) match(ctx context.Context, a policies.Actor, sees sight, terms []term, limit int) (hits []Hit, narrow bool, err error) {
	q := &search{service: s, ctx: ctx, actor: a, terms: terms, why: explainer{ctx: ctx, service: s, sees: sees}, loaded: map[int64]candidate{}, hits: map[int64]Hit{}}
	ids, narrow, err := q.meeting()
	if err != nil {
		return nil, false, err
	}
	recent, err := q.lately(ids, narrow)
	if err != nil {
		return nil, false, err
	}
	atFirst := firstLook
	switch {
	case len(terms) > 1:
		atFirst = besideLook
	case len(ids) > firstLook:
		atFirst = len(recent) + limit // enough to show, whoever of the recent it is not
	}
	found, _, err := q.verify(inOrder(recent, ids), limit, atFirst)
	if err != nil {
		return nil, false, err
	}
	for _, id := range found {
		hits = append(hits, q.hits[id])
	}
	return hits, narrow, nil
}

// meeting scans the rarest term for those who meet all of them. Where that term
// turns out too common to be read to its end, the next one is tried. Narrow
// says that none could be.
func (q *search) meeting() (ids []int64, narrow bool, err error) {
	order := byRarity(q.terms)
	for try, driver := range order {
		if try > 0 && (!driver.alone || !narrow) {
			break
		}
		more, rest, err := q.scanFar(driver, slices.DeleteFunc(slices.Clone(order), func(t term) bool { return t.at == driver.at }))
		if err != nil {
			return nil, false, err
		}
		if try > 0 && !rest {
			return more, len(more) > ranked, nil
		}
		ids, narrow = inOrder(ids, more), rest || len(more) > ranked
		if len(ids) >= LookUpLimit {
			break
		}
	}
	return ids, narrow, nil
}

// scanFar reads on when the first keys of a term gave too few to choose from.
// Rest says that somebody may meet the terms who is not among the ids.
func (q *search) scanFar(driver term, others []term) (ids []int64, rest bool, err error) {
	ids, cutOff, err := q.scan(driver, others, rowsAtFirst)
	if err != nil || len(others) == 0 {
		return ids, cutOff, err
	}
	if ids, rest, err = q.verify(ids, LookUpLimit, besideLook); err != nil || !cutOff || len(ids) >= LookUpLimit {
		return ids, rest || cutOff, err
	}
	if ids, cutOff, err = q.scan(driver, others, rowsPerTerm-2*rowsAtFirst); err != nil {
		return nil, false, err
	}
	ids, rest, err = q.verify(ids, LookUpLimit, besideLook)
	return ids, rest || cutOff, err
}

// scan reads up to so many keys of a term and keeps the customers whose signature
// does not exclude the others. CutOff says that there were more keys than were
// read.
func (q *search) scan(driver term, others []term, most int) (ids []int64, cutOff bool, err error) {
	query, args, limits := matchesSQL(q.service.db.Dialect(), driver, others, most)
	rows, err := q.service.db.Read(q.ctx).Raw(query, args...).Rows()
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

// verify looks at candidates in their order, those lately dealt with first,
// until so many meet every term, and returns those. Rest says that it stopped
// before the last. It reads few at first and many then, so that it reads little
// and sends few statements.
func (q *search) verify(ids []int64, most, atFirst int) (met []int64, rest bool, err error) {
	for size := atFirst; len(ids) > 0; size *= 8 {
		chunk := slices.Clone(ids[:min(size, len(ids))])
		ids = ids[len(chunk):]
		if err := q.load(chunk); err != nil {
			return nil, false, err
		}
		slices.SortStableFunc(chunk, func(a, b int64) int { return cmp.Compare(q.loaded[b].seenAt, q.loaded[a].seenAt) })
		for at, id := range chunk {
			ok, err := q.meets(id)
			if err != nil {
				return nil, false, err
			}
			if ok {
				met = append(met, id)
			}
			if len(met) == most {
				return met, at+1 < len(chunk) || len(ids) > 0, nil
			}
		}
	}
	return met, false, nil
}

// load reads the candidates not read before.
func (q *search) load(ids []int64) error {
	fresh := slices.DeleteFunc(slices.Clone(ids), func(id int64) bool { _, known := q.loaded[id]; return known })
	for _, id := range fresh {
		q.loaded[id] = candidate{}
	}
	return q.service.candidates(q.ctx, fresh, q.actor.BranchID, q.since(), q.loaded)
}

// meets reports whether every term explains a customer who was read.
func (q *search) meets(id int64) (bool, error) {
	if h, explained := q.hits[id]; explained {
		return h.id != 0, nil
	}
	h, ok := q.why.explain(q.loaded[id].Customer, q.terms)
	if ok {
		h.Recent, h.withheld = q.loaded[id].seenAt > 0, q.loaded[id].withheld
	}
	q.hits[id] = h
	return ok, q.why.err
}

// lately tells who must be looked at first because the actor's branch lately
// dealt with them; where all will be looked at, nobody. When the words are too
// common, the latest customers there are searched instead: however common the
// words, that set is small.
func (q *search) lately(ids []int64, narrow bool) ([]int64, error) {
	if narrow {
		query, args := recentSQL(q.terms, q.actor.BranchID, q.since())
		return q.service.ids64(q.ctx, query, args)
	}
	if len(ids) <= firstLook {
		return nil, nil
	}
	return q.service.ids64(q.ctx, "SELECT customer_id FROM recents WHERE branch_id = ? AND at >= ? AND customer_id IN ? ORDER BY at DESC LIMIT ?",
		[]any{q.actor.BranchID, q.since(), db.Padded(ids), LookUpLimit})
}

// since is when lately begins.
func (q *search) since() int64 { return db.Millis(q.actor.Now.Add(-RecentFor)) }

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
