package audit

import (
	"context"
	"errors"
	"runtime"
	"sync"

	"shuke/models/db"
)

// Attach writes what goes with events of one commit, in the same transaction
// and before the head is locked: the disclosure ledger.
type Attach func(tx *db.Tx, attached []any) error

// Recorder makes events durable for requests that only read. Requests that wait
// at the same time share a commit, so that a full synchronisation of the disk
// serves many of them. One Recorder runs per process.
type Recorder struct {
	db     *db.DB
	log    *Log
	attach Attach
	queue  chan *entry
	stop   chan struct{}
	done   sync.WaitGroup
	// open is held for reading while an entry is queued, so that Stop cannot
	// slip between a queued entry and the last commit.
	open   sync.RWMutex
	closed bool
}

type entry struct {
	event    Event
	attached any
	trace    *db.Trace
	result   chan error
}

// together is the most events one commit takes.
const together = 128

// ErrStopped is returned when the process is shutting down.
var ErrStopped = errors.New("audit: recorder has stopped")

// NewRecorder starts a recorder; Stop ends it.
func NewRecorder(d *db.DB, log *Log, attach Attach) *Recorder {
	r := &Recorder{db: d, log: log, attach: attach, queue: make(chan *entry, together), stop: make(chan struct{})}
	r.done.Add(1)
	go r.run()
	return r
}

// Stop writes what is queued and ends.
func (r *Recorder) Stop() {
	r.open.Lock()
	r.closed = true
	r.open.Unlock()
	close(r.stop)
	r.done.Wait()
}

// Record returns once the event is durable. What cannot be recorded must not
// be shown: on error the caller shows nothing.
func (r *Recorder) Record(ctx context.Context, e Event, attached any) error {
	if err := e.check(); err != nil {
		return err
	}
	in := &entry{event: e, attached: attached, trace: db.TraceOf(ctx), result: make(chan error, 1)}
	if err := r.enqueue(ctx, in); err != nil {
		return err
	}
	// Once queued, the outcome is waited for even if the client has gone: the
	// recorder answers everything it took, also while it stops.
	return <-in.result
}

func (r *Recorder) enqueue(ctx context.Context, in *entry) error {
	r.open.RLock()
	defer r.open.RUnlock()
	if r.closed {
		return ErrStopped
	}
	select {
	case r.queue <- in:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (r *Recorder) run() {
	defer r.done.Done()
	for {
		select {
		case first := <-r.queue:
			r.commit(r.gather(first))
		case <-r.stop:
			for {
				select {
				case first := <-r.queue:
					r.commit(r.gather(first))
				default:
					return
				}
			}
		}
	}
}

// yields is how often the recorder lets others run before it commits: on a busy
// machine they bring their own events, and one commit serves more of them. On an
// idle one nobody runs and nothing is lost.
const yields = 8

func (r *Recorder) gather(first *entry) []*entry {
	for range yields {
		runtime.Gosched()
	}
	batch := []*entry{first}
	for len(batch) < together {
		select {
		case next := <-r.queue:
			batch = append(batch, next)
		default:
			return batch
		}
	}
	return batch
}

func (r *Recorder) commit(batch []*entry) {
	ctx, trace := context.Background(), (*db.Trace)(nil)
	events := make([]Event, len(batch))
	var attached []any
	for i, in := range batch {
		events[i] = in.event
		if in.attached != nil {
			attached = append(attached, in.attached)
		}
		if in.trace != nil && trace == nil {
			ctx, trace = db.WithTrace(ctx)
		}
	}
	err := r.db.InTx(ctx, func(tx *db.Tx) error {
		if len(attached) > 0 {
			if err := r.attach(tx, attached); err != nil {
				return err
			}
		}
		return r.log.Append(tx, events...)
	})
	for _, in := range batch {
		if in.trace != nil {
			in.trace.Add(trace.Statements())
		}
		in.result <- err
	}
}
