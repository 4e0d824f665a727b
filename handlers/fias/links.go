package fias

import (
	"context"
	"encoding/json"

	"shuke/models/lease"
)

// Links tells of all links of the settings how they stand, on whichever
// instance they run. The zero value has none.
type Links struct {
	leases   *lease.Service
	settings []Settings
}

// NewLinks returns the links of the settings.
func NewLinks(leases *lease.Service, settings []Settings) Links {
	return Links{leases: leases, settings: settings}
}

// Shown is one link and how it stands.
type Shown struct {
	Settings
	Status
}

// List returns the links in the order of the settings.
func (l Links) List(ctx context.Context) ([]Shown, error) {
	if len(l.settings) == 0 {
		return nil, nil
	}
	names := make([]string, len(l.settings))
	for i, s := range l.settings {
		names[i] = leaseName(s.Branch)
	}
	reports, err := l.leases.Reports(ctx, names)
	if err != nil {
		return nil, err
	}
	out := make([]Shown, len(l.settings))
	for i, s := range l.settings {
		out[i] = Shown{s, statusOf(reports[leaseName(s.Branch)])}
	}
	return out, nil
}

// statusOf reads what the instance that runs a link said last. When it is gone
// without a word, or another has just taken over, that is no longer true.
func statusOf(r lease.Report) Status {
	var s Status
	if r.Note == "" || json.Unmarshal([]byte(r.Note), &s) != nil {
		s = Status{Since: r.TakenAt}
	}
	switch {
	case !r.Held && s.State != Off:
		s.State, s.Since = Off, r.UntilAt
	case r.Held && r.NotedAt.Before(r.TakenAt):
		s.State, s.Since = Connecting, r.TakenAt
	}
	if s.State == "" {
		s.State = Connecting
	}
	return s
}
