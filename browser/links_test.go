package browser

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"testing"
	"time"

	"shuke/handlers/fias"
	"shuke/models/clock"
	"shuke/models/lease"
	"shuke/models/modelstest"
)

// links are two links to property systems: one that is well, one that is not.
func (s *site) links(t *testing.T) fias.Links {
	t.Helper()
	leases := lease.NewService(s.Main, clock.Of(s.Clock), slog.New(slog.NewTextHandler(io.Discard, nil)))
	now := s.Clock.Now()
	for branch, status := range map[string]fias.Status{
		modelstest.Shanghai: {State: fias.Connected, Since: now.Add(-3 * time.Hour), Counting: now.Add(-72 * time.Hour), LastRecord: now, LastResync: now.Add(-3 * time.Hour), InHouse: 214,
			Records: 3_821, Connections: 2, Problem: fias.Closed, ProblemAt: now.Add(-4 * time.Hour), Wrong: map[fias.Reason]int64{fias.NoReservation: 12, fias.BadText: 3}},
		modelstest.Hangzhou: {State: fias.Connecting, Since: now.Add(-time.Hour), Counting: now.Add(-72 * time.Hour), LastRecord: now.Add(-time.Hour), LastResync: now.Add(-30 * time.Hour), InHouse: 96,
			Records: 812, Connections: 5, Problem: fias.Unreachable, ProblemAt: now, Wrong: map[fias.Reason]int64{}},
	} {
		text, err := json.Marshal(status)
		must(t, err)
		ran, err := leases.Once(t.Context(), "fias."+branch, func(ctx context.Context, l *lease.Lease) error { return l.Note(ctx, string(text)) })
		must(t, err)
		if !ran {
			t.Fatal("somebody has the lease")
		}
	}
	return fias.NewLinks(leases, []fias.Settings{
		{Branch: modelstest.Shanghai, Address: "10.0.0.5:5010", Charset: "gb18030", Interface: "MS"},
		{Branch: modelstest.Hangzhou, Address: "192.168.30.21:5010", Charset: "utf-8", Interface: "WW"},
	})
}
