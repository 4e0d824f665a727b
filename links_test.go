package main

import (
	"log/slog"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shuke/config"
	"shuke/handlers/fias/fiastest"
	"shuke/models/clock"
	"shuke/models/lease"
	"shuke/models/modelstest"
)

// A guest on the line of a property system reaches whoever is told of stays, for
// the branch of the setting, in each character set there is a setting for.
func TestLinksOfTheSettingsRun(t *testing.T) {
	h := modelstest.NewHouse(t)
	quiet := slog.New(slog.DiscardHandler)
	for _, charset := range []string{"utf-8", "gb18030", "iso-8859-1", "windows-1252"} {
		system, sheet := fiastest.Start(t, fiastest.Script{}), fiastest.NewSheet(t)
		system.CheckIn(fiastest.Stay{Reservation: "1", Room: "101", LastName: "Wang"})
		settings, err := config.Load("", []string{"SHUKE_FIAS=hangzhou=" + system.Address() + ";charset=" + charset}, nil)
		if err != nil {
			t.Fatal(err)
		}
		c := clock.Of(h.Clock)
		p := &program{settings: settings, main: h.Main, clock: c, staff: h.Staff, leases: lease.NewService(h.Main, c, quiet)}
		stop := p.runLinks(t.Context(), sheet, quiet)
		sheet.Lists(1)
		stop()
		system.Got("LE", 1)
		b, err := h.Staff.Branch(t.Context(), modelstest.Hangzhou)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(map[string][]string{"101": {"1 Wang/"}}, sheet.Rooms(b.ID)); d != "" {
			t.Errorf("%s:\n%s", charset, d)
		}
	}
}

func TestLinkOfABranchThatIsClosedOrUnknownHasNoBranch(t *testing.T) {
	h := modelstest.NewHouse(t)
	p := &program{staff: h.Staff}
	if b, there, err := p.findBranch(t.Context(), modelstest.Hangzhou); err != nil || !there || b.ID == 0 || b.Zone.String() != "Asia/Shanghai" {
		t.Errorf("open: %+v, %v, %v", b, there, err)
	}
	h.Run("UPDATE branches SET active = 0 WHERE code = ?", modelstest.Hangzhou)
	for _, code := range []string{modelstest.Hangzhou, "nowhere"} {
		if _, there, err := p.findBranch(t.Context(), code); there || err != nil {
			t.Errorf("%s: %v, %v", code, there, err)
		}
	}
	h.Main.Close()
	if _, there, err := p.findBranch(t.Context(), modelstest.Shanghai); there || err == nil {
		t.Errorf("without a database: %v, %v", there, err)
	}
}
