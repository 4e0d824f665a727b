package demo

import (
	"context"
	"sync"

	"shuke/models/calendar"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/disclosure"
)

// blockSize is how many customers are worked out and written at a time.
const blockSize = 500

// ahead is how many blocks may wait for the writer: one is written while the
// next is worked out, and no more than two lie about in memory.
const ahead = 1

type block struct {
	customer.Block
	recents []disclosure.Recent
	end     int // number of the last customer, plus one
	err     error
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
				work.Go(func() { next <- f.build(ctx, load, cat, at) })
			case <-ctx.Done():
			}
		}
	})
	err = f.DB.Bulk(ctx, func(to *db.Bulk) error {
		for next := range queue {
			b := <-next
			if b.err != nil {
				return b.err
			}
			if err := load.Write(ctx, to, b.Block); err != nil {
				return err
			}
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
func (f *filling) build(ctx context.Context, load *customer.Load, cat *customer.Catalogue, at int) block {
	out := block{end: min(at+blockSize, f.o.Customers)}
	batch := f.Customers.NewBatch(cat, "CN", calendar.Today(f.o.Now, f.zones[0]))
	for i := at; i < out.end; i++ {
		c := f.from.Customer(i)
		kind, _ := customer.ParseKind(c.Kind)
		batch.AddFacts(kind, f.facts(i, c.Facts))
		if r, ok := f.recent(i, c.Facts[0].BranchIndex); ok {
			r.CustomerID = load.ID(i)
			out.recents = append(out.recents, r)
		}
	}
	out.Block, out.err = load.Build(ctx, batch, at)
	return out
}
