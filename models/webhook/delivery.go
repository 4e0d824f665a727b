package webhook

import (
	"context"
	"time"

	"shuke/models/db"
	"shuke/policies"
)

// Outcome says how a delivery ended.
type Outcome string

// The outcomes. A covered one was not sent: a later one of the same kind and
// customer, sent in its stead, tells as much.
const (
	Waiting   Outcome = ""
	Delivered Outcome = "delivered"
	Covered   Outcome = "covered"
	GivenUp   Outcome = "given_up"
)

// Reason says why a try failed.
type Reason string

// The reasons.
const (
	ReasonStatus      Reason = "status"      // answered, but not with 2xx
	ReasonRedirect    Reason = "redirect"    // answered with another address, which is not followed
	ReasonTimeout     Reason = "timeout"     // no answer in time
	ReasonName        Reason = "name"        // the name of the host is unknown
	ReasonForbidden   Reason = "forbidden"   // the name leads to an address that is not allowed
	ReasonNotListed   Reason = "not_listed"  // the settings no longer list the host
	ReasonCertificate Reason = "certificate" // the other side cannot prove who it is
	ReasonConnection  Reason = "connection"  // refused, reset, no way there
	ReasonSecret      Reason = "secret"      // the secret cannot be opened
	ReasonOff         Reason = "off"         // the endpoint was switched off meanwhile
)

// Reasons lists those of a failed try.
var Reasons = []Reason{ReasonStatus, ReasonRedirect, ReasonTimeout, ReasonName, ReasonForbidden, ReasonNotListed, ReasonCertificate, ReasonConnection, ReasonSecret, ReasonOff}

// Delivery is one event on its way to one endpoint.
type Delivery struct {
	ID       string
	Kind     string
	Customer string    // public id, "" for a test
	At       time.Time // of the act
	DueAt    time.Time // of the next try, while it waits
	Tries    int
	EndedAt  time.Time // zero while it waits
	Outcome  Outcome
	Reason   Reason // of the last failure
	Status   int    // of the last answer over HTTP, 0 for none
}

const deliveryColumns = "id, kind, customer, at, due_at, tries, ended_at, outcome, reason, status"

func scanDelivery(row scanner) (Delivery, error) {
	var d Delivery
	var at, due, ended int64
	err := row.Scan(&d.ID, &d.Kind, &d.Customer, &at, &due, &d.Tries, &ended, &d.Outcome, &d.Reason, &d.Status)
	d.At, d.DueAt, d.EndedAt = db.Time(at), db.Time(due), db.Time(ended)
	return d, err
}

// History is what was sent to an endpoint lately and what waits.
type History struct {
	Waiting []Delivery // soonest first
	More    bool       // more wait than are listed
	Ended   []Delivery // latest first
}

// How many deliveries a page lists of each kind.
const (
	waitingShown = 10
	endedShown   = 50
)

// History lists deliveries of an endpoint.
func (s *Service) History(ctx context.Context, a policies.Actor, id string) (History, error) {
	var h History
	if err := s.guard.Require(a, policies.WebhookRead); err != nil {
		return h, err
	}
	var err error
	h.Waiting, err = s.deliveries(ctx, "WHERE webhook_id = ? AND ended_at = 0 ORDER BY due_at, id LIMIT ?", id, waitingShown+1)
	if err != nil {
		return h, err
	}
	if len(h.Waiting) > waitingShown {
		h.Waiting, h.More = h.Waiting[:waitingShown], true
	}
	h.Ended, err = s.deliveries(ctx, "WHERE webhook_id = ? AND ended_at > 0 ORDER BY ended_at DESC, due_at DESC LIMIT ?", id, endedShown)
	return h, err
}

func (s *Service) deliveries(ctx context.Context, where string, args ...any) ([]Delivery, error) {
	rows, err := s.db.Read(ctx).Raw("SELECT "+deliveryColumns+" FROM webhook_deliveries "+where, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Delivery
	for rows.Next() {
		d, err := scanDelivery(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, rows.Err()
}
