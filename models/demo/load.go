package demo

import (
	"context"
	"sync"

	"shuke/models/calendar"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/models/membership"
	"shuke/models/standing"
	"shuke/models/stay"
)

// blockSize is how many customers are worked out and written at a time.
const blockSize = 500

// ahead is how many blocks may wait for the writer: one is written while the
// next is worked out, and no more than two lie about in memory.
const ahead = 1

// staysEach is for how many stays a customer ids are set aside; most have none.
const staysEach = 24

type block struct {
	customer.Block
	recents  []disclosure.Recent
	stays    []stay.Stay
	members  []membership.Loaded
	standing []standing.Row
	end      int // number of the last customer, plus one
	err      error
}

// load makes the customers: blocks are worked out in the background and written
// in order. It returns who was lately at which branch.
func (f *filling) load(ctx context.Context) (recents []disclosure.Recent, err error) {
	cat, err := f.Customers.CurrentCatalogue(ctx)
	if err != nil {
		return nil, err
	}
	load, err := f.Customers.NewLoad(ctx, f.o.Customers)
	if err != nil {
		return nil, err
	}
	defer load.Close()
	f.first = load.ID(0)
	stays := stay.NewStore(f.DB, f.Clock)
	next, err := stays.Take(ctx, staysEach*f.o.Customers)
	if err != nil {
		return nil, err
	}
	if f.members, err = db.NewSequence(f.DB, "member", 1).Take(ctx, f.o.Customers); err != nil {
		return nil, err
	}
	rules, err := standing.RulesOf(ctx, f.DB)
	if err != nil {
		return nil, err
	}
	var work sync.WaitGroup
	defer work.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	queue := make(chan chan block, ahead)
	work.Go(func() {
		defer close(queue)
		for at := 0; at < f.o.Customers && ctx.Err() == nil; at += blockSize {
			next := make(chan block, 1)
			select {
			case queue <- next:
				work.Go(func() { next <- f.build(ctx, load, cat, rules, at) })
			case <-ctx.Done():
			}
		}
	})
	err = f.DB.Bulk(ctx, func(to *db.Bulk) error {
		for ready := range queue {
			b := <-ready
			if b.err != nil {
				return b.err
			}
			if err := load.Write(ctx, to, b.Block); err != nil {
				return err
			}
			if err := stays.Load(ctx, to, b.stays, next); err != nil {
				return err
			}
			if err := membership.Load(ctx, to, regulars(), b.members); err != nil {
				return err
			}
			if err := standing.Load(ctx, to, b.standing); err != nil {
				return err
			}
			next += int64(len(b.stays))
			recents = append(recents, b.recents...)
			f.o.Progress(b.end, f.o.Customers)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		return load.Finish(ctx, to)
	})
	return recents, err
}

// build works out the customers from number at on.
func (f *filling) build(ctx context.Context, load *customer.Load, cat *customer.Catalogue, rules standing.Rules, at int) block {
	out := block{end: min(at+blockSize, f.o.Customers)}
	batch := f.Customers.NewBatch(cat, "CN", calendar.Today(f.o.Now, f.zones[0]))
	for i := at; i < out.end; i++ {
		c := f.from.Customer(i)
		kind, _ := customer.ParseKind(c.Kind)
		facts, id := f.facts(i, c.Facts), load.ID(i)
		var stays []stay.Stay
		if kind == customer.Individual {
			stays = f.stays(i, id, c.Facts[0].BranchIndex)
			if m, is := f.member(i, id, facts, stays); is {
				out.members = append(out.members, m)
			}
		}
		out.stays = append(out.stays, stays...)
		out.standing = append(out.standing, f.standingOf(rules, id, facts, stays))
		batch.AddFacts(kind, facts)
		if r, ok := f.recent(i, c.Facts[0].BranchIndex); ok {
			r.CustomerID = load.ID(i)
			out.recents = append(out.recents, r)
		}
	}
	out.Block, out.err = load.Build(ctx, batch, at)
	return out
}
