package handlers

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
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

// pressed sends the form that leads to an address, with what its page holds hidden.
func (h *webHouse) pressed(session, page, act string, pairs ...string) got {
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
	if g := h.pressed(custodian, page, "mapping", "map.2", "phone"); g.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", g.Code, g.body)
	}
	d := h.page(custodian, page).doc(t)
	if preview := d.Find("#import-work").Text(); !strings.Contains(preview, "赵小六") || !strings.Contains(preview, "139****0001") {
		t.Errorf("the preview shows %s", strings.Join(strings.Fields(preview), " "))
	}
	if h.Count("SELECT COUNT(*) FROM customers") != 0 {
		t.Error("a preview makes customers")
	}
	if g := h.pressed(custodian, page, "start"); g.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", g.Code, g.body)
	}
	h.runImports(page)
	d = h.page(custodian, page).doc(t)
	if d.Find("#result").Length() != 1 || d.Find("#busy").Length() != 0 {
		t.Fatalf("no result: %s", d.Find("main").Text())
	}
	h.checkBadRows(t, custodian, page)
	if g := h.pressed(custodian, page, "undo", "reason", ""); g.Code != http.StatusUnprocessableEntity || g.doc(t).Find("#f-reason-error").Length() != 1 {
		t.Errorf("no reason: %d", g.Code)
	}
	if g := h.pressed(custodian, page, "undo", "reason", "名单不对"); g.Code != http.StatusSeeOther {
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

func TestAFileThatDoesNotArriveIsSaidAtItsField(t *testing.T) {
	t.Parallel()
	h := newWebHouse(t)
	custodian := h.session("custodian")
	for what, g := range map[string]got{
		"none":  h.upload(custodian, "", ""),
		"empty": h.upload(custodian, "a.csv", ""),
	} {
		d := g.doc(t)
		if g.Code != http.StatusUnprocessableEntity || d.Find("#f-file-error").Length() != 1 || d.Find(`[name="source"]`).AttrOr("value", "") != "餐厅收银" {
			t.Errorf("%s: %d, %s", what, g.Code, d.Find("#f-file-error").Text())
		}
	}
	body, kind := multiparts([]part{{name: "source", content: "餐厅收银"}, {name: "file", file: "a.csv", content: strings.Repeat("姓名\n", 9000)}})
	r := h.request(ask{method: "POST", path: "/imports", session: custodian})
	r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body[:len(body)/2])), -1
	r.Header.Set("Content-Type", kind)
	w := httptest.NewRecorder()
	h.app.ServeHTTP(w, r)
	if !strings.Contains(w.Body.String(), "f-file-error") || w.Code != http.StatusUnprocessableEntity {
		t.Errorf("cut off: %d", w.Code)
	}
	if n := h.Count("SELECT COUNT(*) FROM intakes"); n != 0 {
		t.Errorf("%d files are left", n)
	}
	r = h.request(ask{method: "POST", path: "/imports", session: custodian})
	r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	r.ContentLength = uploadLimit + 1
	w = httptest.NewRecorder()
	if h.app.ServeHTTP(w, r); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("far too large: %d", w.Code)
	}
}

func TestAnArrivedFileNeedNotBeSentAgain(t *testing.T) {
	t.Parallel()
	h := newWebHouse(t)
	custodian := h.session("custodian")
	g := h.upload(custodian, "客人.csv", "姓名\n王小明\n", "source", "", "once", "the-form")
	d := g.doc(t)
	draft := d.Find(`[name="draft"]`).AttrOr("value", "")
	if g.Code != http.StatusUnprocessableEntity || draft == "" || !strings.Contains(d.Find("main").Text(), "客人.csv") || d.Find(`[name="once"]`).AttrOr("value", "") != "the-form" {
		t.Fatalf("%d, draft %q", g.Code, draft)
	}
	if g := h.upload(custodian, "", "", "draft", draft); g.Code != http.StatusSeeOther || g.Header().Get("Location") != "/imports/"+draft {
		t.Errorf("%d %s", g.Code, g.Header().Get("Location"))
	}
}

// Only the forms that carry files may be long.
func TestOnlyFormsWithFilesMayBeLong(t *testing.T) {
	for path, want := range map[string]int64{
		"/imports": uploadLimit, "/imports/0123456789abcdef/scans": scansLimit, "/imports/": 0, "/imports/x": 0, "/imports//scans": 0, "/imports/a/b/scans": 0, "/customers": 0, "/imports/x/mapping": 0,
	} {
		r := httptest.NewRequest("POST", "http://localhost"+path, nil)
		r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		if got, _ := uploadMost(r); got != want {
			t.Errorf("%s: %d", path, got)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if got, carries := uploadMost(r); carries {
			t.Errorf("%s without files: %d", path, got)
		}
	}
}

func TestAnotherCustodianApprovesALongFile(t *testing.T) {
	t.Parallel()
	h := newWebHouse(t)
	h.AddPerson("second", policies.Custodian, modelstest.Shanghai)
	custodian, second := h.session("custodian"), h.session("second")
	var long strings.Builder
	long.WriteString("姓名,手机\n")
	for i := range intake.AloneRows + 1 {
		fmt.Fprintf(&long, "客人%s,139%08d\n", chinese(i), i)
	}
	page := h.uploaded(custodian, long.String())
	d := h.page(custodian, page).doc(t)
	if d.Find("#start").Length() != 0 || d.Find("#ask").Length() != 1 {
		t.Fatal("it can be taken in alone")
	}
	h.pressed(custodian, page, "ask")
	if d := h.page(custodian, page).doc(t); d.Find("#approve").Length() != 0 {
		t.Error("who asks is offered to approve")
	}
	d = h.page(second, "/imports").doc(t)
	if !strings.Contains(d.Find(".notice").Text(), "1") {
		t.Error("the other is not told that something waits")
	}
	mine, theirs := h.page(custodian, page).doc(t).Find("#preview").Parent().Parent().Text(), h.page(second, page).doc(t).Find("#preview").Parent().Parent().Text()
	if mine != theirs || mine == "" {
		t.Error("the two see another preview")
	}
	if g := h.pressed(second, page, "decline", "reason", " "); g.Code != http.StatusUnprocessableEntity {
		t.Errorf("declined without a reason: %d", g.Code)
	}
	if g := h.pressed(second, page, "approve"); g.Code != http.StatusSeeOther {
		t.Fatalf("%d", g.Code)
	}
	if d := h.page(custodian, page).doc(t); d.Find("#busy").Length() != 1 || d.Find("#cancel").Length() != 1 {
		t.Error("the job is not shown")
	}
	if g := h.do(ask{path: page + "/progress", session: custodian}); g.Code != 200 || g.Header().Get("HX-Refresh") != "" {
		t.Errorf("while it waits: %d", g.Code)
	}
	h.runImports(page)
	if g := h.do(ask{path: page + "/progress", session: custodian}); g.Header().Get("HX-Refresh") != "true" {
		t.Error("the page is not fetched anew when it has ended")
	}
	if n := h.Count("SELECT COUNT(*) FROM customers"); n != intake.AloneRows+1 {
		t.Errorf("%d customers", n)
	}
}

func TestAScanIsSentToBeKeptAndNeverShownWithinOurPages(t *testing.T) {
	t.Parallel()
	h := newWebHouse(t)
	custodian := h.session("custodian")
	page := h.uploaded(custodian, "姓名\n王小明\n")
	for name, content := range map[string]string{"a.png": "<html>", "b.svg": "<svg>"} {
		g := h.do(ask{method: "POST", path: page + "/scans", session: custodian, parts: []part{{name: "scans", file: name, content: content}}})
		if g.Code != http.StatusUnprocessableEntity || g.doc(t).Find("#f-scans-error").Length() != 1 {
			t.Errorf("%s: %d", name, g.Code)
		}
	}
	g := h.do(ask{method: "POST", path: page + "/scans", session: custodian, parts: []part{{name: "scans", file: "登记\"本.jpg", content: "\xff\xd8\xff1"}, {name: "scans", file: "b.pdf", content: "%PDF-1"}}})
	if g.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", g.Code, g.body)
	}
	links := h.page(custodian, page).doc(t).Find(".imports__scans a")
	if links.Length() != 2 {
		t.Fatalf("%d scans", links.Length())
	}
	kinds := map[string]bool{}
	for i := range links.Nodes {
		path := links.Eq(i).AttrOr("href", "")
		g := h.do(ask{path: path, session: custodian}) // every answer is held to nosniff and the policy
		kinds[g.Header().Get("Content-Type")] = true
		if !strings.HasPrefix(g.Header().Get("Content-Disposition"), "attachment;") || strings.ContainsAny(g.Header().Get("Content-Disposition"), "\"\r\n") {
			t.Errorf("%s: %v", path, g.Header())
		}
		if g := h.do(ask{path: path, session: h.session("owner")}); g.Code != http.StatusForbidden {
			t.Errorf("the owner: %d", g.Code)
		}
	}
	if !kinds["image/jpeg"] || !kinds["application/pdf"] {
		t.Errorf("%v", kinds)
	}
}

func TestCellsThatASpreadsheetWouldRunAreMarkedAsText(t *testing.T) {
	for cell, want := range map[string]string{
		"=1+1": "'=1+1", "+86": "'+86", "-1": "'-1", "@x": "'@x", "\t=1": "'\t=1", "\r=1": "'\r=1", " =1": "' =1", "\u3000＝1": "'\u3000＝1", "＝1": "'＝1", "|x": "'|x",
		"王小明": "王小明", "": "", "1-1": "1-1", "a=b": "a=b",
	} {
		if got := safeCells([]string{cell})[0]; got != want {
			t.Errorf("%q becomes %q, not %q", cell, got, want)
		}
	}
}
