package handlers

import (
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"shuke/models/disclosure"
	"shuke/models/intake"
	"shuke/models/modelstest"
	"shuke/policies"
)

// upload sends the form of a new import.
func (h *webHouse) upload(session, name, content string, pairs ...string) got {
	h.T.Helper()
	values := map[string]string{"target": "customers", "mode": "add", "channel": "pos", "source": "餐厅收银", "branch": "shanghai"}
	for i := 0; i+1 < len(pairs); i += 2 {
		values[pairs[i]] = pairs[i+1]
	}
	var parts []part
	for k, v := range values {
		parts = append(parts, part{name: k, content: v})
	}
	if name != "" {
		parts = append(parts, part{name: "file", file: name, content: content})
	}
	return h.do(ask{method: "POST", path: "/imports", session: session, parts: parts})
}

// uploaded sends a file and returns the page it leads to.
func (h *webHouse) uploaded(session, content string, pairs ...string) string {
	h.T.Helper()
	g := h.upload(session, "客人.csv", content, pairs...)
	if g.Code != http.StatusSeeOther {
		h.T.Fatalf("%d %s", g.Code, g.body)
	}
	return g.Header().Get("Location")
}

// press sends the form that leads to an address, with what its page holds hidden.
func (h *webHouse) press(session, page, act string, pairs ...string) got {
	h.T.Helper()
	d := h.page(session, page).doc(h.T)
	form := d.Find(`form[action="` + page + "/" + act + `"]`)
	if form.Length() != 1 {
		h.T.Fatalf("%s: %d forms to %s", page, form.Length(), act)
	}
	values := map[string][]string{}
	form.Find("input[type=hidden]").Each(func(_ int, e *goquery.Selection) {
		values[e.AttrOr("name", "")] = []string{e.AttrOr("value", "")}
	})
	form.Find("select").Each(func(_ int, e *goquery.Selection) {
		values[e.AttrOr("name", "")] = []string{e.Find("option[selected]").AttrOr("value", "")}
	})
	form.Find("input[checked]").Each(func(_ int, e *goquery.Selection) {
		values[e.AttrOr("name", "")] = []string{e.AttrOr("value", "")}
	})
	for i := 0; i+1 < len(pairs); i += 2 {
		values[pairs[i]] = []string{pairs[i+1]}
	}
	return h.post(session, page+"/"+act, values)
}

// runImports does what waits, as the runner of a server would.
func (h *webHouse) runImports(page string, until ...intake.State) {
	h.T.Helper()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { h.Intakes.Run(ctx); close(ended) }()
	defer func() { stop(); <-ended }()
	id := strings.TrimPrefix(page, "/imports/")
	for {
		in, err := h.Intakes.Find(ctx, h.Actor(policies.Custodian), id)
		if err != nil {
			h.T.Fatal(err)
		}
		for _, s := range append(until, intake.Failed, intake.Done, intake.Undone) {
			if in.State == s {
				return
			}
		}
	}
}

const dirty = "姓名,联系,城市\n赵小六,13912340001,苏州\n,13912340002,杭州\n=1+1,13912340003,上海\n钱多,13912340004,\"=HYPERLINK(\"\"x\"\")\"\n"

func TestAFileGoesAllTheWayAndBack(t *testing.T) {
	t.Parallel()
	h := newWebHouse(t)
	custodian := h.session("custodian")
	page := h.uploaded(custodian, dirty)
	if g := h.press(custodian, page, "mapping", "map.2", "phone"); g.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", g.Code, g.body)
	}
	d := h.page(custodian, page).doc(t)
	if preview := d.Find("#import-work").Text(); !strings.Contains(preview, "赵小六") || !strings.Contains(preview, "139****0001") {
		t.Errorf("the preview shows %s", strings.Join(strings.Fields(preview), " "))
	}
	if h.Count("SELECT COUNT(*) FROM customers") != 0 {
		t.Error("a preview makes customers")
	}
	if g := h.press(custodian, page, "start"); g.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", g.Code, g.body)
	}
	h.runImports(page)
	d = h.page(custodian, page).doc(t)
	if d.Find("#result").Length() != 1 || d.Find("#busy").Length() != 0 {
		t.Fatalf("no result: %s", d.Find("main").Text())
	}
	h.checkBadRows(t, custodian, page)
	if g := h.press(custodian, page, "undo", "reason", ""); g.Code != http.StatusUnprocessableEntity || g.doc(t).Find("#f-reason-error").Length() != 1 {
		t.Errorf("no reason: %d", g.Code)
	}
	if g := h.press(custodian, page, "undo", "reason", "名单不对"); g.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", g.Code, g.body)
	}
	h.runImports(page)
	if h.Count("SELECT COUNT(*) FROM customers") != 0 {
		t.Error("the customers are still there")
	}
	if d := h.page(custodian, page).doc(t); !strings.Contains(d.Find("main").Text(), "名单不对") || d.Find(`form[action$="/undo"]`).Length() != 0 {
		t.Errorf("%s", d.Find("main").Text())
	}
}

// checkBadRows downloads the rows that were refused.
func (h *webHouse) checkBadRows(t *testing.T, session, page string) {
	t.Helper()
	h.AddPerson("second", policies.Custodian, modelstest.Shanghai)
	if g := h.do(ask{path: page + "/bad-rows.csv", session: h.session("second")}); g.Code != http.StatusForbidden {
		t.Errorf("another custodian gets them: %d", g.Code)
	}
	g := h.do(ask{path: page + "/bad-rows.csv", session: session, header: []string{"Accept-Language", "zh-CN"}})
	if g.Code != http.StatusOK || !strings.HasPrefix(g.Header().Get("Content-Disposition"), "attachment") || !strings.HasPrefix(g.body, "\ufeff") {
		t.Fatalf("%d %v\n%s", g.Code, g.Header(), g.body)
	}
	all, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(g.body, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(all[0]); got != "[行 原因 姓名 联系 城市]" {
		t.Errorf("headings %s", got)
	}
	said := map[string]bool{}
	for _, row := range all[1:] {
		said[row[0]] = true
		for _, cell := range row {
			if strings.HasPrefix(cell, "=") {
				t.Errorf("a spreadsheet would run %q", cell)
			}
		}
	}
	if !said["3"] || !said["4"] {
		t.Errorf("rows %v", all)
	}
	rows := int64(len(all) - 1)
	if n := h.Count("SELECT COALESCE(SUM(line_count), 0) FROM departures WHERE staff_id = ?", h.Actor(policies.Custodian).StaffID); n != rows {
		t.Errorf("%d rows left, %d are counted", rows, n)
	}
	found := false
	for _, e := range h.Events() {
		found = found || e.Action == "import.bad_rows_taken" && e.ActorID == h.Actor(policies.Custodian).StaffID
	}
	if !found {
		t.Error("it is not on the record")
	}
	h.Run("UPDATE departures SET line_count = ?", disclosure.MostLeaving)
	if g := h.do(ask{path: page + "/bad-rows.csv", session: session}); g.Code != http.StatusTooManyRequests || strings.Contains(g.body, "13912340002") {
		t.Errorf("beyond what may leave in a day: %d", g.Code)
	}
}
