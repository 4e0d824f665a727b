package webhooks

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"shuke/models/clock"
	"shuke/models/webhook"
	"shuke/policies"
)

const (
	every    = 2 * time.Second // how often the queue is looked at
	batch    = 20              // deliveries of one claim
	parallel = 4               // of them sent at a time
	batches  = 25              // claims in a row for one endpoint
)

// Dispatcher sends what is due. Each endpoint has a worker of its own: one that
// hangs keeps no other waiting.
type Dispatcher struct {
	hooks  *webhook.Service
	sender *Sender
	log    *slog.Logger

	lock sync.Mutex
	busy map[string]bool // endpoints that have a worker now
}

// NewDispatcher returns a dispatcher that does nothing until it is run. Several
// instances share the work: each delivery is claimed by one.
func NewDispatcher(hooks *webhook.Service, c clock.Clock, log *slog.Logger) *Dispatcher {
	return &Dispatcher{hooks: hooks, sender: &Sender{hooks: hooks, clock: c, timeout: sendTimeout}, log: log, busy: map[string]bool{}}
}

// Run sends until the context ends, then waits for what is under way.
func (d *Dispatcher) Run(ctx context.Context) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	var workers sync.WaitGroup
	defer workers.Wait()
	failing := false
	for {
		err := d.begin(ctx, &workers)
		if err != nil && !failing && ctx.Err() == nil {
			d.log.Error("webhooks", "error", err)
		}
		failing = err != nil // said once, not every two seconds
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// Round sends what is due now and returns when that is done.
func (d *Dispatcher) Round(ctx context.Context) error {
	var workers sync.WaitGroup
	err := d.begin(ctx, &workers)
	workers.Wait()
	return err
}

// begin gives each endpoint that may be sent to a worker, unless it has one.
func (d *Dispatcher) begin(ctx context.Context, workers *sync.WaitGroup) error {
	ready, err := d.hooks.Ready(ctx)
	if err != nil {
		return err
	}
	for _, e := range ready {
		if d.take(e.ID) {
			workers.Go(func() {
				defer d.leave(e.ID)
				defer d.survive(e.ID)
				d.work(ctx, e)
			})
		}
	}
	return nil
}

func (d *Dispatcher) take(id string) bool {
	d.lock.Lock()
	defer d.lock.Unlock()
	if d.busy[id] {
		return false
	}
	d.busy[id] = true
	return true
}

func (d *Dispatcher) leave(id string) {
	d.lock.Lock()
	delete(d.busy, id)
	d.lock.Unlock()
}

// survive keeps the process alive when a worker panics.
func (d *Dispatcher) survive(id string) {
	if r := recover(); r != nil {
		d.log.Error("panic", "webhook", id, "panic", fmt.Sprintf("%T", r), "stack", string(debug.Stack()))
	}
}

// work sends to one endpoint until nothing is due, something fails, or others
// should have a look at the queue. After a failure one delivery shows whether
// the endpoint is well; the rest comes with the next look.
func (d *Dispatcher) work(ctx context.Context, e webhook.Endpoint) {
	for range batches {
		c, err := d.hooks.Claim(ctx, e, batch)
		if err == nil && len(c.Deliveries) > 0 {
			var well bool
			if well, err = d.send(ctx, c); well && e.Failures == 0 {
				continue
			}
		}
		if err != nil && ctx.Err() == nil {
			d.log.Error("webhook", "webhook", e.ID, "error", err)
		}
		return
	}
}

// send tries the deliveries of a claim, a few at a time. It stops at the first
// failure and gives back what was not tried.
func (d *Dispatcher) send(ctx context.Context, c webhook.Claim) (well bool, err error) {
	queue := make(chan webhook.Delivery, len(c.Deliveries))
	for _, delivery := range c.Deliveries {
		queue <- delivery
	}
	close(queue)
	var stop atomic.Bool
	var failures gathered
	var senders sync.WaitGroup
	for range min(parallel, len(c.Deliveries)) {
		senders.Go(func() {
			defer d.survive(c.Endpoint.ID)
			for delivery := range queue {
				if stop.Load() || ctx.Err() != nil || !d.hooks.Holds(c, 2*d.sender.timeout) {
					stop.Store(true)
					return
				}
				r, ok := d.sender.Send(ctx, c, delivery)
				if !ok || r.Reason != "" {
					stop.Store(true)
				}
				if ok {
					failures.add(d.hooks.Settle(context.WithoutCancel(ctx), c, delivery, r))
				}
			}
		})
	}
	senders.Wait()
	if stop.Load() {
		failures.add(d.hooks.Release(context.WithoutCancel(ctx), c))
	}
	return !stop.Load() && failures.err == nil, failures.err
}

// Try sends an event by hand, now, and says what came of it.
func (d *Dispatcher) Try(ctx context.Context, a policies.Actor, id string) (webhook.Result, error) {
	c, err := d.hooks.NewTest(ctx, a, id)
	if err != nil {
		return webhook.Result{}, err
	}
	ctx = context.WithoutCancel(ctx) // whoever leaves the page wants to see it there later
	r, _ := d.sender.Send(ctx, c, c.Deliveries[0])
	return r, d.hooks.Settle(ctx, c, c.Deliveries[0], r)
}

// gathered are the errors of several senders.
type gathered struct {
	lock sync.Mutex
	err  error
}

func (e *gathered) add(err error) {
	e.lock.Lock()
	e.err = errors.Join(e.err, err)
	e.lock.Unlock()
}
