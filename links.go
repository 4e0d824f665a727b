package main

import (
	"context"
	"log/slog"

	"shuke/handlers/fias"
	"shuke/models/fault"
	"shuke/models/staff"
)

// linkSettings are the links to property systems that the settings name.
func (p *program) linkSettings() []fias.Settings {
	var out []fias.Settings
	for _, l := range p.settings.FIAS {
		out = append(out, fias.Settings{Branch: l.Branch, Address: l.Address, Charset: l.Charset, Interface: l.Interface})
	}
	return out
}

// runLinks starts the links to property systems, which hand to sink who is in
// house. The function it returns ends them and waits until they have.
func (p *program) runLinks(ctx context.Context, sink fias.Sink, log *slog.Logger) (stop func()) {
	var links []*fias.Link
	for _, s := range p.linkSettings() {
		link, err := fias.NewLink(s, p.findBranch, sink, p.clock, log)
		if err != nil {
			log.Error("link not started", "link", s.Branch, "error", err)
			continue
		}
		links = append(links, link)
	}
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		fias.Run(ctx, p.leases, links)
	}()
	return func() {
		cancel()
		<-ended
	}
}

// findBranch finds an open branch for its link.
func (p *program) findBranch(ctx context.Context, code string) (fias.Branch, bool, error) {
	b, err := p.staff.Branch(ctx, code)
	if fault.Is(err, fault.NotFound) || err == nil && !b.Active {
		return fias.Branch{}, false, nil
	}
	return fias.Branch{ID: b.ID, Zone: staff.Zone(b.TimeZone)}, err == nil, err
}
