package rights

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"shuke/models/audit"
	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/vault"
	"shuke/policies"
)

// RequestKind is what a customer asks us to do.
type RequestKind string

// The kinds. Whoever serves the customer takes a request down; an erasure is then
// begun by those who may.
const (
	Correct RequestKind = "correction"
	Erase   RequestKind = "erasure"
)

// RequestKinds lists them in the order of pages.
var RequestKinds = []RequestKind{Correct, Erase}

// RequestDue is how long we have to do it and answer.
const RequestDue = 30 * 24 * time.Hour

// The outcomes of a request.
const (
	Done = "done"
	Kept = "kept" // not done, and the customer was told why
)

// Outcomes lists them in the order of pages.
var Outcomes = []string{Done, Kept}

// Request is something a customer asked for.
type Request struct {
	PublicID   string // filled in by the list of all
	CustomerID int64
	N          int64
	Kind       RequestKind
	About      string
	Who        consent.Speaker
	How        consent.How
	Version    int64 // of the customer when it was asked
	By         int64
	ByName     string
	AskedAt    time.Time
	DueAt      time.Time
	Outcome    string // "" while open
	Reply      string
	DoneByName string
	DoneAt     time.Time
}

// longestAbout bounds what is written about a request, in characters.
const longestAbout = 1000

func checkWords(f fault.Fields, field, words string, needed bool) {
	n := len([]rune(words))
	if needed && n == 0 {
		f.Add(field, "error.required", nil)
	}
	if n > longestAbout {
		f.Add(field, "error.too_long", map[string]any{"Max": longestAbout})
	}
	if consent.HasControls(words) {
		f.Add(field, "error.control_character", nil)
	}
}

// Ask is a request as it is taken down.
type Ask struct {
	PublicID string
	Kind     RequestKind
	About    string
	Who      consent.Speaker
	How      consent.How
	Once     string
}

func (q *Ask) check() error {
	f := fault.Fields{}
	q.About = strings.TrimSpace(q.About)
	if !slices.Contains(RequestKinds, q.Kind) {
		f.Add("kind", "error.choose", nil)
	}
	if !slices.Contains(consent.Speakers, q.Who) {
		f.Add("who", "error.choose", nil)
	}
	if !slices.Contains(consent.Hows, q.How) {
		f.Add("how", "error.choose", nil)
	}
	checkWords(f, "about", q.About, true)
	return f.Err()
}

func requestRow(customerID, n int64, column string) string {
	return fmt.Sprintf("customer_requests|%d|%d|%s", customerID, n, column)
}

const (
	nextRequestSQL   = "SELECT COALESCE(MAX(n), 0) + 1 FROM customer_requests WHERE customer_id = ?"
	insertRequestSQL = `INSERT INTO customer_requests (customer_id, n, kind, about, said_by, how, customer_version, staff_id, branch_id, asked_at, due_at)
 SELECT ?, ?, ?, ?, ?, ?, version, ?, ?, ?, ? FROM customers WHERE id = ?`
	closeRequestSQL = "UPDATE customer_requests SET outcome = ?, reply = ?, done_by = ?, done_at = ? WHERE customer_id = ? AND n = ? AND outcome = ''"
)

// Take takes a request down.
func (s *Service) Take(ctx context.Context, a policies.Actor, q Ask) error {
	c, err := s.recorded(ctx, a, q.PublicID)
	if err != nil {
		return err
	}
	if err := q.check(); err != nil {
		return err
	}
	key, err := s.key(ctx, c.ID, q.About)
	if err != nil {
		return err
	}
	now := s.Clock.Now()
	texts := []string{"request", q.PublicID, string(q.Kind), q.About, string(q.Who), string(q.How)}
	return s.once(ctx, db.Once{StaffID: a.StaffID, Key: q.Once, Request: texts}, func(tx *db.Tx) (audit.Event, error) {
		if err := consent.Lock(tx, c.ID); err != nil {
			return audit.Event{}, err
		}
		var n int64
		if err := tx.Raw(nextRequestSQL, c.ID).Row().Scan(&n); err != nil {
			return audit.Event{}, err
		}
		about, err := key.Seal(q.About, requestRow(c.ID, n, "about"))
		if err != nil {
			return audit.Event{}, err
		}
		_, err = tx.Run(insertRequestSQL, c.ID, n, q.Kind, about, q.Who, q.How, a.StaffID, a.BranchID, db.Millis(now), db.Millis(now.Add(RequestDue)), c.ID)
		return requestEvent(a, "asked", q.Kind, c.ID, n, audit.Commitment{Name: "about", Value: q.About}), err
	})
}

// Close ends a request.
type Close struct {
	PublicID string
	N        int64
	Outcome  string
	Reply    string // what the customer was told
}

// Answer ends a request: it is done, or the customer was told why not. A
// correction is done when something of the customer has changed since it was
// asked; an erasure ends by itself when it is begun.
func (s *Service) Answer(ctx context.Context, a policies.Actor, in Close) error {
	c, err := s.recorded(ctx, a, in.PublicID)
	if err != nil {
		return err
	}
	open, err := s.requests(ctx, c.ID)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(open, func(r Request) bool { return r.N == in.N })
	if at < 0 {
		return fault.New(fault.NotFound, "error.not_found")
	}
	in.Reply = strings.TrimSpace(in.Reply)
	if err := in.check(open[at], c); err != nil {
		return err
	}
	key, err := s.key(ctx, c.ID, in.Reply)
	if err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := consent.Lock(tx, c.ID); err != nil {
			return err
		}
		var reply any
		if key != nil {
			if reply, err = key.Seal(in.Reply, requestRow(c.ID, in.N, "reply")); err != nil {
				return err
			}
		}
		met, err := tx.Run(closeRequestSQL, in.Outcome, reply, a.StaffID, db.Millis(s.Clock.Now()), c.ID, in.N)
		if err != nil {
			return err
		}
		if met != 1 {
			return fault.New(fault.Conflict, "error.stale")
		}
		e := requestEvent(a, in.Outcome, open[at].Kind, c.ID, in.N, audit.Commitment{Name: "reply", Value: in.Reply})
		return s.Log.Append(tx, e)
	})
}

func (in Close) check(r Request, c customer.Customer) error {
	f := fault.Fields{}
	switch {
	case !slices.Contains(Outcomes, in.Outcome):
		f.Add("outcome", "error.choose", nil)
	case in.Outcome == Done && r.Kind == Erase:
		f.Add("outcome", "request.erase_first", nil)
	case in.Outcome == Done && c.Version <= r.Version:
		f.Add("outcome", "request.nothing_changed", nil)
	}
	checkWords(f, "reply", in.Reply, in.Outcome == Kept)
	return f.Err()
}

func requestEvent(a policies.Actor, what string, kind RequestKind, customerID, n int64, words audit.Commitment) audit.Event {
	e := audit.By(a, "restriction.request_"+what)
	e.CustomerID, e.Object = customerID, string(kind)
	e.Details = []audit.Detail{{Name: "number", Value: strconv.FormatInt(n, 10)}}
	if words.Value != "" {
		e.Commitments = []audit.Commitment{words}
	}
	return e
}

// forgetRequests empties what was written about requests; that there were some,
// and when they were answered, stays.
func forgetRequests(tx *db.Tx, customerID int64) error {
	_, err := tx.Run("UPDATE customer_requests SET about = NULL, reply = NULL WHERE customer_id = ?", customerID)
	return err
}

func (r *Request) open(key *vault.Key, about, reply []byte) (err error) {
	if about != nil {
		if r.About, err = key.Open(about, requestRow(r.CustomerID, r.N, "about")); err != nil {
			return err
		}
	}
	if reply != nil {
		r.Reply, err = key.Open(reply, requestRow(r.CustomerID, r.N, "reply"))
	}
	return err
}
