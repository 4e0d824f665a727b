package customer

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"shuke/models/audit"
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
	// Withheld is how many more match whom the actor's branch may not find.
	Withheld int
}

// Grouping says which headings the hits stand under.
type Grouping int

// Hits match all terms, or nobody does and they match one each.
const (
	AllTerms Grouping = iota
	OneTermEach
)

// LookUp finds customers by what a person has at hand, at most eight, best
// first, of whom it shows what the catalogue lets the actor's role see. Before it returns, the showing of each is durable in the record; the
// words themselves are not recorded.
func (s *Service) LookUp(ctx context.Context, a policies.Actor, cat *Catalogue, query string) (Results, error) {
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
	out, err := s.lookUp(ctx, a, sightOf(cat, a.Role), terms)
	if err != nil {
		return Results{}, err
	}
	if err := s.recordLookUp(ctx, a, terms, out.Hits, out.Withheld); err != nil {
		return Results{}, err
	}
	s.countFound(out.Hits)
	return out, nil
}

func (s *Service) lookUp(ctx context.Context, a policies.Actor, sees sight, terms []term) (Results, error) {
	hits, narrow, err := s.match(ctx, a, sees, terms, LookUpLimit)
	if err != nil {
		return Results{}, err
	}
	out := Results{Hits: hits, Narrow: narrow}
	if len(hits) == 0 && len(terms) > 1 {
		out.Group = OneTermEach
		if out.Hits, err = s.matchEach(ctx, a, sees, terms); err != nil {
			return Results{}, err
		}
	}
	if out.Hits, out.Withheld, err = s.findable(ctx, a, out.Hits); err != nil {
		return Results{}, err
	}
	for _, t := range terms {
		out.Terms = append(out.Terms, viewTerm(t, out.Hits))
	}
	return out, nil
}

// matchEach gives those who match one term when nobody matches all.
func (s *Service) matchEach(ctx context.Context, a policies.Actor, sees sight, terms []term) ([]Hit, error) {
	var out []Hit
	seen := map[int64]bool{}
	for i, t := range terms {
		if !t.alone {
			continue
		}
		hits, _, err := s.match(ctx, a, sees, []term{t}, LookUpLimit/2)
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

func (s *Service) recordLookUp(ctx context.Context, a policies.Actor, terms []term, hits []Hit, withheld int) error {
	e := audit.By(a, "customer.looked_up")
	kinds := make([]string, len(terms))
	for i, t := range terms {
		kinds[i] = t.kinds()
	}
	e.Details = []audit.Detail{{Name: "terms", Value: strings.Join(kinds, " ")}, {Name: "results", Value: strconv.Itoa(len(hits))}}
	if withheld > 0 {
		e.Details = append(e.Details, audit.Detail{Name: "withheld", Value: strconv.Itoa(withheld)})
	}
	ids := make([]int64, len(hits))
	for i, h := range hits {
		ids[i] = h.id
	}
	slices.SortFunc(ids, cmp.Compare[int64])
	return s.gate.Show(ctx, a, e, disclosure.LookUp, LookUpLimit, ids...)
}
