package webhook

import (
	"context"
	"slices"
	"strings"
	"time"

	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// Endpoint is an address of another program that wants to hear of changes.
type Endpoint struct {
	ID          string
	Address     string
	Kinds       []string
	On          bool
	Off         string    // why it was switched off when nobody did: failures
	Failures    int64     // in a row
	PausedUntil time.Time // after a failure nothing is sent before
	Version     int64
	CreatedAt   time.Time
}

// Failing is why an endpoint is off that nobody switched off.
const Failing = "failures"

// EndpointsMost is how many endpoints a house can have: each has a sender of its
// own.
const EndpointsMost = 20

const endpointColumns = "id, address, kinds, active, off_reason, failures, paused_until, version, created_at"

type scanner interface{ Scan(...any) error }

func scanEndpoint(row scanner) (Endpoint, error) {
	var e Endpoint
	var kinds string
	var paused, created int64
	err := row.Scan(&e.ID, &e.Address, &kinds, &e.On, &e.Off, &e.Failures, &paused, &e.Version, &created)
	e.Kinds, e.PausedUntil, e.CreatedAt = strings.Fields(kinds), db.Time(paused), db.Time(created)
	return e, err
}

// All lists the endpoints, the first made first.
func (s *Service) All(ctx context.Context, a policies.Actor) ([]Endpoint, error) {
	if err := s.guard.Require(a, policies.WebhookRead); err != nil {
		return nil, err
	}
	return s.endpoints(ctx)
}

func (s *Service) endpoints(ctx context.Context) ([]Endpoint, error) {
	rows, err := s.db.Read(ctx).Raw("SELECT " + endpointColumns + " FROM webhooks ORDER BY created_at, id").Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Endpoint
	for rows.Next() {
		e, err := scanEndpoint(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, rows.Err()
}

// Find returns an endpoint.
func (s *Service) Find(ctx context.Context, a policies.Actor, id string) (Endpoint, error) {
	if err := s.guard.Require(a, policies.WebhookRead); err != nil {
		return Endpoint{}, err
	}
	return s.find(ctx, id)
}

func (s *Service) find(ctx context.Context, id string) (Endpoint, error) {
	e, err := scanEndpoint(s.db.Read(ctx).Raw("SELECT "+endpointColumns+" FROM webhooks WHERE id = ?", id).Row())
	if db.NoRow(err) {
		return e, fault.New(fault.NotFound, "error.not_found")
	}
	return e, err
}

// Draft is what a page says of an endpoint.
type Draft struct {
	ID      string
	Address string
	Kinds   []string
	On      bool
	Version int64
	Once    string // idempotency key of the form of a new one
}

func (d *Draft) check(hosts Hosts) error {
	d.Address = strings.TrimSpace(d.Address)
	f := fault.Fields{}
	hosts.check(d.Address, f)
	if len(d.Kinds) == 0 || slices.ContainsFunc(d.Kinds, func(k string) bool { return !known(k) }) {
		f.Add("kinds", "webhook.kinds_needed", nil)
	}
	return f.Err()
}

// kinds writes them each once and in order.
func (d Draft) kinds() string {
	var out []string
	for _, k := range Kinds {
		if slices.Contains(d.Kinds, k) {
			out = append(out, k)
		}
	}
	return strings.Join(out, " ")
}
