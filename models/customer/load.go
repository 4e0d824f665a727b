package customer

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"shuke/models/db"
	"shuke/models/fault"
)

// Load fills an empty house with new customers, many times as fast as batches
// one by one: rows are worked out ahead of the writer, and look-up keys go in
// last, in order. Nobody is found before Finish. A load that is cut short
// leaves a base that is of no use.
type Load struct {
	service *Service
	first   int64
	runs    *keyRuns
}

// NewLoad begins the load of at most size customers. It refuses a house that
// has one already. Close it.
func (s *Service) NewLoad(ctx context.Context, size int) (*Load, error) {
	some, err := s.Exists(ctx)
	if err != nil {
		return nil, err
	}
	if some {
		return nil, fault.New(fault.Conflict, "customer.house_not_empty")
	}
	first, err := s.ids.Take(ctx, size)
	if err != nil {
		return nil, err
	}
	runs, err := newKeyRuns()
	return &Load{service: s, first: first, runs: runs}, err
}

// Exists reports whether there is any customer.
func (s *Service) Exists(ctx context.Context) (bool, error) {
	ids, err := s.ids64(ctx, "SELECT id FROM customers LIMIT 1", nil)
	return len(ids) > 0, err
}

// Close frees what the load holds.
func (l *Load) Close() error { return l.runs.Close() }

// ID is the inner id of the customer at a place of the load, from 0.
func (l *Load) ID(at int) int64 { return l.first + int64(at) }

// Block is a part of a load, ready to be written.
type Block struct {
	customers, facts, preferences []any
	keys                          []ownedKey
}

type ownedKey struct {
	key
	customerID int64
	signed     signature
}

// Build works out the rows of a batch of new customers whose first has the
// given place in the load. Data keys are durable when it returns. Several
// goroutines may build at once.
func (l *Load) Build(ctx context.Context, b *Batch, at int) (Block, error) {
	keys, err := b.numberFrom(ctx, l.ID(at))
	if err != nil {
		return Block{}, err
	}
	r, err := b.build(keys)
	if err != nil {
		return Block{}, err
	}
	facts := 0
	for i := range r.customers {
		facts += len(r.facts[i])
	}
	out := Block{customers: make([]any, 0, customerWidth*len(r.customers)), facts: make([]any, 0, factWidth*facts), keys: r.ownedKeys()}
	for i, c := range r.customers {
		out.customers = append(out.customers, customerArgs(c, r.by[i], r.signed[i])...)
		for _, f := range r.facts[i] {
			out.facts = append(out.facts, factArgs(c.ID, f)...)
		}
		out.preferences = append(out.preferences, preferencesArgs(c.ID, r.facts[i])...)
	}
	plain(out.preferences)
	plain(out.customers)
	plain(out.facts)
	return out, nil
}

func compareOwned(a, b ownedKey) int {
	return cmp.Or(cmp.Compare(a.kind, b.kind), strings.Compare(a.k, b.k), cmp.Compare(a.customerID, b.customerID))
}

// plain turns our own types into those that bulk loading takes.
func plain(args []any) {
	for i, v := range args {
		switch v := v.(type) {
		case Kind:
			args[i] = int64(v)
		case State:
			args[i] = int64(v)
		case int:
			args[i] = int64(v)
		case Channel:
			args[i] = string(v)
		}
	}
}

// Write writes a block. Blocks go in by their place, one at a time.
func (l *Load) Write(ctx context.Context, to *db.Bulk, b Block) error {
	if err := to.Insert(ctx, "customers", customerColumns, slices.Chunk(b.customers, customerWidth)); err != nil {
		return err
	}
	if err := to.Insert(ctx, "facts", "customer_id, "+factColumns, slices.Chunk(b.facts, factWidth)); err != nil {
		return err
	}
	if err := to.Insert(ctx, "preferences", "customer_id, "+preferenceColumns, slices.Chunk(b.preferences, preferenceWidth)); err != nil {
		return err
	}
	return l.runs.add(b.keys)
}

// Finish writes the look-up keys of all blocks.
func (l *Load) Finish(ctx context.Context, to *db.Bulk) error {
	return to.FillInOrder(ctx, "customer_keys_by_customer", func() error {
		var failed error
		row := make([]any, keyWidth)
		err := to.Insert(ctx, "customer_keys", keyColumns, func(yield func([]any) bool) {
			failed = l.runs.merge(func(k ownedKey) bool {
				row[0], row[1], row[2], row[3], row[4] = int64(k.kind), k.k, k.customerID, k.signed.latin, k.signed.other
				return yield(row)
			})
		})
		return cmp.Or(failed, err)
	})
}
