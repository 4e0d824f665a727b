// Package live tells open pages of changes: a row in the transaction of the
// change, read by every instance within a moment of its commit. It carries what
// a page must fetch or mark anew, never a customer's data.
package live

import (
	"context"
	"slices"
	"sync"
	"time"

	"shuke/models/clock"
	"shuke/models/db"
)

// Change is something that pages of one branch want to know.
type Change struct {
	Seq      int64
	Topic    string
	BranchID int64
	Body     string // JSON: ids, states and who did it, nothing of a customer
}

// Announce makes a change known once the transaction has been committed.
func Announce(tx *db.Tx, c Change, at time.Time) error {
	_, err := tx.Run("INSERT INTO changes (topic, branch_id, body, at) VALUES (?,?,?,?)", c.Topic, c.BranchID, c.Body, db.Millis(at))
	return err
}

const (
	// pollEvery is how soon an instance learns what another one committed.
	pollEvery = 200 * time.Millisecond
	// lookBack is how far behind the newest row is read again: numbers are given
	// out before commits, which may come in another order.
	lookBack = 10 * time.Second
	keepFor  = time.Hour
	// buffered is how many changes a slow page may lag behind before it is told
	// to load anew.
	buffered = 64
)

// Hub reads changes and hands them to those who listen.
type Hub struct {
	db    *db.DB
	clock clock.Clock
	wake  chan struct{}

	mu        sync.Mutex
	listeners map[*Listener]bool
	seen      map[int64]time.Time
}

// Listener is one open stream of one branch.
type Listener struct {
	branchID int64
	// C has the changes. A closed channel means that some were lost: load anew.
	C chan Change
}

// NewHub returns a hub; Run makes it work.
func NewHub(d *db.DB, c clock.Clock) *Hub {
	return &Hub{db: d, clock: c, wake: make(chan struct{}, 1), listeners: map[*Listener]bool{}, seen: map[int64]time.Time{}}
}

// Listen begins a stream of a branch's changes; Leave ends it.
func (h *Hub) Listen(branchID int64) *Listener {
	l := &Listener{branchID: branchID, C: make(chan Change, buffered)}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.listeners[l] = true
	return l
}

// Leave ends a stream.
func (h *Hub) Leave(l *Listener) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.listeners, l)
}

// Wake makes the hub read at once; call it after a commit.
func (h *Hub) Wake() {
	select {
	case h.wake <- struct{}{}:
	default:
	}
}

// Run reads changes until ctx ends. While nobody listens it reads nothing.
func (h *Hub) Run(ctx context.Context) {
	poll := time.NewTicker(pollEvery)
	defer poll.Stop()
	sweep := time.NewTicker(keepFor / 4)
	defer sweep.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-sweep.C:
			// What is not removed now is removed the next time.
			_ = h.db.InTx(ctx, func(tx *db.Tx) error {
				_, err := tx.Run("DELETE FROM changes WHERE at < ?", db.Millis(h.clock.Now().Add(-keepFor)))
				return err
			})
		case <-h.wake:
			h.read(ctx)
		case <-poll.C:
			h.read(ctx)
		}
	}
}

// read hands out what was committed since. An error is met again, or not, at the
// next reading a moment later.
func (h *Hub) read(ctx context.Context) {
	h.mu.Lock()
	idle := len(h.listeners) == 0
	h.mu.Unlock()
	if idle {
		return
	}
	since := h.clock.Now().Add(-lookBack)
	rows, err := h.db.Read(ctx).Raw("SELECT seq, topic, branch_id, body FROM changes WHERE at >= ? ORDER BY seq", db.Millis(since)).Rows()
	if err != nil {
		return
	}
	var fresh []Change
	err = db.Each(rows, func() error {
		var c Change
		err := rows.Scan(&c.Seq, &c.Topic, &c.BranchID, &c.Body)
		fresh = append(fresh, c)
		return err
	})
	if err == nil {
		h.hand(fresh, since)
	}
}

func (h *Hub) hand(changes []Change, since time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for seq, at := range h.seen {
		if at.Before(since.Add(-lookBack)) {
			delete(h.seen, seq)
		}
	}
	changes = slices.DeleteFunc(changes, func(c Change) bool {
		_, known := h.seen[c.Seq]
		h.seen[c.Seq] = h.clock.Now()
		return known
	})
	for l := range h.listeners {
		for _, c := range changes {
			if c.BranchID != l.branchID {
				continue
			}
			select {
			case l.C <- c:
			default: // too slow: it starts anew
				delete(h.listeners, l)
				close(l.C)
			}
			if !h.listeners[l] {
				break
			}
		}
	}
}
