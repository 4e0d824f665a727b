package handlers

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"

	"shuke/handlers/fias"
	"shuke/handlers/fias/fiastest"
	"shuke/models/clock"
	"shuke/models/lease"
	"shuke/models/modelstest"
	"shuke/views/text"
)

// linked is a house with a link for each branch in its settings, none running.
func linked(t *testing.T, address string) (*webHouse, *lease.Service) {
	t.Helper()
	h := newWebHouse(t)
	leases := lease.NewService(h.Main, clock.Of(h.Clock), slog.New(slog.DiscardHandler))
	h.app.Links = fias.NewLinks(leases, []fias.Settings{
		{Branch: modelstest.Shanghai, Address: address, Charset: "utf-8", Interface: "MS"},
		{Branch: "nowhere", Address: "10.9.8.7:5010", Charset: "gb18030", Interface: "WW"},
	})
	return h, leases
}

// panel is the text of one link on the page, without blanks.
func (h *webHouse) panel(t *testing.T, secret, branch string) string {
	t.Helper()
	d := h.page(secret, "/links").doc(t).Find("section[aria-labelledby=link-" + branch + "]")
	if d.Length() != 1 {
		t.Fatalf("%d panels of %s", d.Length(), branch)
	}
	return strings.Join(strings.Fields(d.Text()), "")
}

func TestPageOfLinksTellsHowEachStandsAndWhatToDo(t *testing.T) {
	system, sheet := fiastest.Start(t, fiastest.Script{}), fiastest.NewSheet(t)
	system.CheckIn(fiastest.Stay{Reservation: "880001", Room: "1909", LastName: "Sentinel"})
	h, leases := linked(t, system.Address())
	secret := h.session("manager")
	for _, branch := range []string{modelstest.Shanghai, "nowhere"} {
		if got := h.panel(t, secret, branch); !strings.Contains(got, "没有运行") || !strings.Contains(got, "一两分钟后再看") || !strings.Contains(got, "查找和客户卡照常可用") {
			t.Errorf("before it runs: %s", got)
		}
	}
	find := func(context.Context, string) (fias.Branch, bool, error) {
		return fias.Branch{ID: 1, Zone: time.UTC}, true, nil
	}
	link, err := fias.NewLink(fias.Settings{Branch: modelstest.Shanghai, Address: system.Address(), Charset: "utf-8", Interface: "MS"}, find, sheet, clock.Of(h.Clock), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { fias.Run(ctx, leases, []*fias.Link{link}); close(ended) }()
	system.Got("DR", 1)
	sheet.Lists(1)
	got := ""
	for limit := time.After(30 * time.Second); !strings.Contains(got, "在住1份预订"); got = h.panel(t, secret, modelstest.Shanghai) {
		select {
		case <-limit:
			t.Fatalf("never told: %s", got)
		default:
		}
	}
	for _, want := range []string{"上海外滩店", "已接通", "今日09:42", system.Address(), "字符集UTF-8", "收下的住客记录1"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
	for _, not := range []string{"没有运行", "照常可用", "Sentinel", "1909", "880001"} {
		if strings.Contains(got, not) {
			t.Errorf("%s in %s", not, got)
		}
	}
	stop()
	<-ended
	if got := h.panel(t, secret, modelstest.Shanghai); !strings.Contains(got, "没有运行") {
		t.Errorf("stopped: %s", got)
	}
}

func TestProblemOfALinkIsToldUntilItIsOverAndAsTheLastAfterwards(t *testing.T) {
	h, leases := linked(t, "10.9.8.7:5010")
	secret := h.session("admin")
	now := h.Clock.Now()
	status := fias.Status{State: fias.Connecting, Since: now, Counting: now, Problem: fias.Unreachable, ProblemAt: now, Wrong: map[fias.Reason]int64{fias.NoRoom: 3, fias.Cut: 1200, fias.BadDate: 2}}
	err := leases.Hold(t.Context(), "fias."+modelstest.Shanghai, func(ctx context.Context, l *lease.Lease) error {
		note := func(s fias.Status) string {
			raw, err := json.Marshal(s)
			if err != nil {
				t.Fatal(err)
			}
			if err := l.Note(ctx, string(raw)); err != nil {
				t.Fatal(err)
			}
			return h.panel(t, secret, modelstest.Shanghai)
		}
		got := note(status)
		for _, want := range []string{"正在接", "连不上物业系统", "看物业系统的电脑开着没有", "跳过的记录1,203", "没有房号3", "缺头或缺尾1,200", "读不出的项2", "日期不对2", "还没有"} {
			if !strings.Contains(got, want) {
				t.Errorf("no %s in %s", want, got)
			}
		}
		// Up again, and who is in house not told yet: what left meanwhile is unknown.
		status.State = fias.Connected
		if got := note(status); !strings.Contains(got, "看物业系统的电脑开着没有") {
			t.Errorf("before the list: %s", got)
		}
		status.LastResync = now.Add(time.Second)
		if got := note(status); strings.Contains(got, "看物业系统的电脑开着没有") || !strings.Contains(got, "上次的问题连不上物业系统") {
			t.Errorf("settled: %s", got)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestPageWithoutLinksSaysHowToSetOneUp(t *testing.T) {
	h := newWebHouse(t)
	if g := h.page(h.session("owner"), "/links"); !strings.Contains(g.body, "SHUKE_FIAS") {
		t.Error(g.body)
	}
}

func TestEveryStateProblemAndReasonOfALinkHasItsWords(t *testing.T) {
	texts, err := text.Load()
	if err != nil {
		t.Fatal(err)
	}
	keys := []string{"link.problem.off", "link.do.off"}
	for _, s := range fias.States {
		keys = append(keys, "link.state."+string(s))
	}
	for _, p := range fias.Problems {
		keys = append(keys, "link.problem."+string(p), "link.do."+string(p))
	}
	for _, r := range append(append([]fias.Reason{}, fias.SkipReasons...), fias.FlawReasons...) {
		keys = append(keys, "link.reason."+string(r))
	}
	for _, language := range text.Languages() {
		for _, key := range keys {
			if !texts.Printer(language, nil).Has(key) {
				t.Errorf("%s: no %s", language, key)
			}
		}
	}
}
