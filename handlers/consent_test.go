package handlers

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"shuke/models/arrival"
	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/membership"
	"shuke/models/modelstest"
	"shuke/models/rights"
	"shuke/models/stay"
	"shuke/policies"
)

func values(pairs ...string) url.Values {
	out := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		out.Add(pairs[i], pairs[i+1])
	}
	return out
}

// submit sends a form and wants that status.
func (h *webHouse) submit(session, path string, status int, pairs ...string) got {
	h.T.Helper()
	g := h.do(ask{method: "POST", path: path, session: session, form: values(pairs...)})
	if g.Code != status {
		h.T.Fatalf("POST %s: %d, want %d\n%s", path, g.Code, status, g.body)
	}
	return g
}

func TestTheCardShowsWhatTheGuestAgreedTo(t *testing.T) {
	h := newWebHouse(t)
	id := h.AddGuest("张慕言", "diet", "少盐", "allergy_instruction", "不放花生", "child_name", "小宝贝儿")
	clerk := h.session("front_desk")
	panel := func() string {
		return h.page(clerk, "/customers/"+id).doc(t).Find("section[aria-labelledby=consents]").Text()
	}
	for _, words := range []string{"记录住店偏好 未征询", "默认可以", "营销 未征询", "默认不可", "集团外共享", "孩子的资料", "要问"} {
		if !strings.Contains(strings.Join(strings.Fields(panel()), " "), words) {
			t.Errorf("the panel lacks %q: %s", words, panel())
		}
	}
	h.submit(clerk, "/customers/"+id+"/consents/marketing", 303, "given", "yes", "channel", "sms", "who", "self", "how", "spoken", "wording", "marketing@1", "once", "a")
	h.submit(clerk, "/customers/"+id+"/consents/service", 303, "given", "no", "who", "self", "how", "call", "wording", "service@1", "once", "b")
	text := strings.Join(strings.Fields(panel()), " ")
	for _, words := range []string{"营销·短信", "2026-11-22 口头", "记录住店偏好 不同意", "2026-11-22 来电", "1 项不再显示，2026-12-22 删除"} {
		if !strings.Contains(text, words) {
			t.Errorf("the panel lacks %q: %s", words, text)
		}
	}
	if body := h.page(clerk, "/customers/"+id).body; strings.Contains(body, "少盐") {
		t.Error("what was withdrawn is on the page")
	}
}

func TestTheFormShowsTheTextThatIsReadOutAndKeepsWhatWasTyped(t *testing.T) {
	h := newWebHouse(t)
	id := h.AddGuest("张慕言")
	clerk := h.session("front_desk")
	d := h.page(clerk, "/customers/"+id+"/consents/safety").doc(t)
	if !strings.Contains(d.Find(".readout").First().Text(), "过敏、忌口") || d.Find("input[name=wording]").AttrOr("value", "") != "safety@1" {
		t.Error("the text is not there")
	}
	if effect := d.Find(".notice").Text(); !strings.Contains(effect, "每次点餐前当面问") || !strings.Contains(effect, "生命危险") {
		t.Errorf("what a withdrawal does: %s", effect)
	}
	g := h.submit(clerk, "/customers/"+id+"/consents/safety", 422, "given", "yes", "who", "guardian", "how", "written", "proof", "", "wording", "safety@1", "once", "k1")
	d = g.doc(t)
	if d.Find("[id$=proof-error]").Length() != 1 || d.Find("input[name=who][value=guardian][checked]").Length() != 1 || d.Find("input[name=how][value=written][checked]").Length() != 1 ||
		d.Find("input[name=once]").AttrOr("value", "") != "k1" {
		t.Errorf("%s", g.body)
	}
	for _, path := range []string{"/consents/anything", "/consents/history/x"} {
		if g := h.do(ask{path: "/customers/" + id + path, session: clerk}); g.Code != 404 {
			t.Errorf("%s: %d", path, g.Code)
		}
	}
}

func TestAWishIsPinnedUnderWhatNeverToDo(t *testing.T) {
	h := newWebHouse(t)
	id := h.AddGuest("张慕言", "taboo", "不提前任", "allergy_instruction", "不放花生")
	clerk := h.session("front_desk")
	h.submit(clerk, "/customers/"+id+"/restrictions", 303, "kind", "person", "person", "李雷", "relation", "前夫", "how", "spoken")
	h.submit(clerk, "/customers/"+id+"/restrictions", 303, "kind", "hours", "from", "22:00", "until", "08:00", "how", "spoken")
	lines := h.page(clerk, "/customers/"+id).doc(t).Find(".taboo li b").Map(func(_ int, s *goquery.Selection) string { return s.Text() })
	if got := strings.Join(lines, "|"); got != "不放花生|不要告诉李雷（前夫）|22:00 至 08:00 不打电话|不提前任" {
		t.Errorf("%s", got)
	}
	g := h.submit(clerk, "/customers/"+id+"/restrictions", 422, "kind", "hours", "from", "x", "until", "08:00", "how", "spoken", "note", "午休")
	if d := g.doc(t); d.Find("[id$=from-error]").Length() != 1 || !strings.Contains(d.Find("textarea[name=note]").Text(), "午休") {
		t.Errorf("%s", g.body)
	}
	h.submit(clerk, "/customers/"+id+"/restrictions/1/end", 303)
	if body := h.page(clerk, "/customers/"+id).body; strings.Contains(body, "李雷") {
		t.Error("an ended wish is still pinned")
	}
	h.submit(clerk, "/customers/"+id+"/restrictions/1/end", 409)
}

func TestAtABranchThatIsAvoidedTheClerkIsToldWhomToAsk(t *testing.T) {
	h := newWebHouse(t)
	id := h.AddGuest("方不同", "phone", "13812349999")
	h.submit(h.session("manager"), "/customers/"+id+"/restrictions", 303, "kind", "branch", "not_at", modelstest.Shanghai, "how", "spoken")
	clerk := h.session("front_desk")
	for _, path := range []string{"", "/consents", "/consents/history", "/consents/service", "/requests", "/sheet", "/edit/basic", "/facts/phone/0"} {
		g := h.do(ask{path: "/customers/" + id + path, session: clerk})
		if g.Code != 403 || strings.Contains(g.body, "方不同") || !strings.Contains(g.body, "值班经理") {
			t.Errorf("%s: %d\n%s", path, g.Code, g.body)
		}
	}
	for _, header := range []string{"true", "false"} {
		g := h.do(ask{method: "POST", path: "/look-up", session: clerk, form: values("q", "9999"), header: []string{"HX-Request", header}})
		if strings.Contains(g.body, "方不同") || !strings.Contains(g.body, "另有 1 位相符的客人不在本店显示") {
			t.Errorf("%s", g.body)
		}
	}
	if body := h.page(h.session("manager"), "/customers/"+id).body; !strings.Contains(body, "不愿在个别店被认出") {
		t.Error("the manager is not told")
	}
	for path, want := range map[string]int{"/api/v1/customers/" + id: 403, "/api/v1/customers/" + id + "/consents": 403} {
		if g := h.do(ask{path: path, token: h.token("front_desk")}); g.Code != want || strings.Contains(g.body, "方不同") {
			t.Errorf("%s: %d %s", path, g.Code, g.body)
		}
	}
}

func TestAWordingIsChangedAsAVersionAndStaleFormsOverwriteNothing(t *testing.T) {
	h := newWebHouse(t)
	owner, custodian := h.session("owner"), h.session("custodian")
	form := []string{"zh", "拍照之前一定先问过您本人。", "en", "We ask before any picture is taken.", "version", "1"}
	h.submit(owner, "/wordings/photo", 303, form...)
	g := h.submit(custodian, "/wordings/photo", 409, "zh", "另一个人写的文字也在这里。", "en", "Somebody else wrote this.", "version", "1")
	if d := g.doc(t); !strings.Contains(d.Find("textarea[name=zh]").Text(), "另一个人写的") || !strings.Contains(g.body, "拍照之前一定先问") || d.Find("input[name=version]").AttrOr("value", "") != "2" {
		t.Errorf("%s", g.body)
	}
	if g := h.submit(custodian, "/wordings/photo", 422, "zh", "短", "en", "Somebody else wrote this.", "version", "2"); g.doc(t).Find("[id$=zh-error]").Length() != 1 {
		t.Errorf("%s", g.body)
	}
	d := h.page(h.session("front_desk"), "/wordings/photo").doc(t)
	if d.Find("#v1").Length() != 1 || d.Find("#v2").Length() != 1 || d.Find("textarea").Length() != 0 {
		t.Error("the versions are not there, or a clerk may change them")
	}
	h.page(h.session("front_desk"), "/wordings")
	if g := h.do(ask{path: "/wordings/anything", session: owner}); g.Code != 404 {
		t.Errorf("%d", g.Code)
	}
}

func TestACorrectionIsCarriedOutThroughTheFormAndThenAnswered(t *testing.T) {
	h := newWebHouse(t)
	id := h.AddGuest("张慕言", "city", "杭州")
	clerk := h.session("front_desk")
	h.submit(clerk, "/customers/"+id+"/requests", 303, "kind", "correction", "about", "早搬到宁波了", "who", "self", "how", "spoken")
	page := "/customers/" + id + "/requests"
	d := h.page(clerk, page).doc(t)
	way := "/customers/" + id + "/edit/basic?channel=asked"
	if d.Find("a[href='"+way+"']").Length() != 1 || !strings.Contains(d.Text(), "早搬到宁波了") || !strings.Contains(d.Text(), "2026-12-22 前答复") {
		t.Errorf("%s", d.Text())
	}
	if g := h.submit(clerk, page+"/1", 422, "outcome", "done"); g.doc(t).Find("#request-1-outcome-error").Length() != 1 {
		t.Errorf("%s", g.body)
	}
	form := h.page(clerk, way).doc(t)
	if form.Find("select[name=channel] option[selected]").AttrOr("value", "") != "asked" {
		t.Error("the source is not the guest's own correction")
	}
	h.submit(clerk, "/customers/"+id+"/edit/basic", 303, "name.0", "张慕言", "city.0", "宁波", "channel", "asked", "version", form.Find("input[name=version]").AttrOr("value", ""))
	if f, _ := h.Fact(id, "city.0"); f.Value != "宁波" || f.Channel != "asked" || f.Trust != 3 {
		t.Errorf("%+v", f)
	}
	if body := h.page(clerk, "/requests").body; !strings.Contains(body, id) || strings.Contains(body, "张慕言") {
		t.Error("the queue lacks the number, or shows a name")
	}
	h.submit(clerk, page+"/1", 303, "outcome", "done", "reply", "已当面告诉客人")
	if body := h.page(clerk, "/requests").body; strings.Contains(body, id) {
		t.Error("an answered request still waits")
	}
}

func TestTheSheetPrintsInEitherLanguageAndTheFullCopyIsAnAnswerNotAPage(t *testing.T) {
	h := newWebHouse(t)
	id := h.AddGuest("张慕言", "phone", "13800001234", "document_kind", "other", "document_no", "SENTINEL99", "diet", "少盐", "birth", "1985-11-30", "job_post", "哨兵职务")
	clerk := h.session("front_desk")
	path := "/customers/" + id + "/sheet"
	zh, en := h.page(clerk, path), h.page(clerk, path+"?lang=en")
	for _, g := range []got{zh, en} {
		if strings.Contains(g.body, "SENTINEL99") || strings.Contains(g.body, "13800001234") || strings.Contains(g.body, "1985") || strings.Contains(g.body, "哨兵职务") || !strings.Contains(g.body, "138****1234") || !strings.Contains(g.body, "少盐") {
			t.Errorf("%s", g.doc(t).Find(".paper").Text())
		}
	}
	if paper := zh.doc(t).Find(".paper"); paper.AttrOr("lang", "") != "zh-CN" || !strings.Contains(paper.Text(), "已保存，加密") || !strings.Contains(paper.Text(), "由经理为您出具") || !strings.Contains(paper.Text(), "没有交给任何人") ||
		!strings.Contains(paper.Text(), "前台：1 人") || !strings.Contains(paper.Text(), "我们的承诺，第 1 版") || strings.Contains(paper.Text(), "员工 front_desk") {
		t.Errorf("%s", paper.Text())
	}
	if paper := en.doc(t).Find(".paper"); paper.AttrOr("lang", "") != "en" || !strings.Contains(paper.Text(), "Held, encrypted") || !strings.Contains(paper.Text(), "Nobody.") || strings.Contains(paper.Text(), "已保存") {
		t.Errorf("%s", paper.Text())
	}
	g := h.submit(clerk, path, 422, "reason", "access", "lang", "en")
	if d := g.doc(t); d.Find("[id$=identity-error]").Length() != 1 || d.Find("input[name=reason][value=access][checked]").Length() != 1 || strings.Contains(g.body, "SENTINEL99") {
		t.Errorf("%s", g.body)
	}
	g = h.submit(clerk, path, 200, "reason", "access", "identity", "document", "lang", "zh-CN")
	if text := g.doc(t).Find(".paper").Text(); !strings.Contains(text, "SENTINEL99") || !strings.Contains(text, "138 0000 1234") || !strings.Contains(text, "1985-11-30") || strings.Contains(text, "哨兵职务") {
		t.Errorf("%s", text)
	}
	if e := h.LastEvent(); e.Action != "customer.sheet_shown" || e.Reason != "copy_access" {
		t.Errorf("%+v", e.Event)
	}
}

func TestAnErasureGoesFromTheCounterToTwoColleaguesToNothing(t *testing.T) {
	h := newWebHouse(t)
	id := h.AddGuest("方不留", "phone", "13812349999")
	custodian, owner, clerk := h.session("custodian"), h.session("owner"), h.session("front_desk")
	path := "/customers/" + id + "/erasure"
	h.submit(custodian, path, 422, "who", "self", "how", "written", "proof", "")
	h.submit(custodian, path, 303, "who", "self", "how", "written", "proof", "申请书在 3 号柜", "once", "e1")
	h.submit(custodian, path, 303, "who", "self", "how", "written", "proof", "申请书在 3 号柜", "once", "e1")
	if g := h.do(ask{path: "/customers/" + id, session: clerk}); g.Code != 403 || strings.Contains(g.body, "方不留") || !strings.Contains(g.body, "要求删除全部资料") {
		t.Errorf("%d\n%s", g.Code, g.body)
	}
	// Who may erase is led from the card to where it can be undone.
	if g := h.do(ask{path: "/customers/" + id, session: owner}); g.Code != 303 || g.Header().Get("Location") != path {
		t.Errorf("%d %s", g.Code, g.Header().Get("Location"))
	}
	if d := h.page(custodian, path).doc(t); d.Find("form[action$='/confirm']").Length() != 0 || d.Find("form[action$='/withdraw']").Length() != 1 {
		t.Error("the one who took it down is offered to confirm")
	}
	if body := h.page(owner, "/erasures").body; !strings.Contains(body, id) || strings.Contains(body, "方不留") {
		t.Error("the queue lacks the number, or shows a name")
	}
	h.submit(custodian, path+"/confirm", 403, "number", "1")
	d := h.page(owner, path).doc(t)
	if d.Find("form[action$='/confirm']").Length() != 1 || !strings.Contains(d.Text(), "申请书在 3 号柜") {
		t.Errorf("%s", d.Text())
	}
	h.submit(owner, path+"/confirm", 303, "number", "1")
	h.submit(owner, path+"/confirm", 409, "number", "1")
	h.Clock.Advance(consent.GraceOfErasure + 1)
	if swept, err := h.Rights.Sweep(t.Context()); err != nil || swept.Erased != 1 {
		t.Fatalf("%+v, %v", swept, err)
	}
	for _, login := range []string{"front_desk", "custodian", "owner"} {
		for _, p := range []string{"/customers/" + id, "/customers/" + id + "/consents"} {
			if g := h.do(ask{path: p, session: h.session(login)}); g.Code != 404 {
				t.Errorf("%s: %s %d", login, p, g.Code)
			}
		}
	}
	// The record tells that it was done, and of whom no more than a number.
	if body := h.page(h.session("auditor"), "/audit").body; !strings.Contains(body, "删除客户资料") || strings.Contains(body, id) || strings.Contains(body, "方不留") {
		t.Error("the record")
	}
}

func TestConsentsByTheAPI(t *testing.T) {
	h := newWebHouse(t)
	id := h.AddGuest("张慕言")
	token := h.token("front_desk")
	path := "/api/v1/customers/" + id + "/consents"
	var list struct {
		Consents []struct {
			Purpose, Channel, State, Wording, Text, How string
			Allowed                                     bool
		}
		Restrictions []map[string]any
	}
	read := func(g got, status int) {
		t.Helper()
		if g.Code != status {
			t.Fatalf("%d %s", g.Code, g.body)
		}
		list.Consents = nil
		if err := json.Unmarshal([]byte(g.body), &list); err != nil {
			t.Fatal(err)
		}
	}
	read(h.do(ask{path: path, token: token, header: []string{"Accept-Language", "en"}}), 200)
	if len(list.Consents) != 15 || list.Consents[0].Purpose != "service" || list.Consents[0].State != "not_asked" || !list.Consents[0].Allowed || !strings.HasPrefix(list.Consents[0].Text, "So that every stay") {
		t.Errorf("%+v", list.Consents)
	}
	body := `{"purpose":"marketing","channels":["sms","email"],"given":true,"how":"web","wording":"marketing@1"}`
	for range 2 { // the same call again answers the same
		read(h.do(ask{method: "POST", path: path, token: token, json: body, header: []string{"Idempotency-Key", "k-1"}}), 201)
	}
	given := 0
	for _, c := range list.Consents {
		if c.State == "given" && c.Purpose == "marketing" && c.Allowed && c.How == "web" {
			given++
		}
	}
	if given != 2 || h.Count("SELECT COUNT(*) FROM consent_events") != 2 {
		t.Errorf("%d given, %d events", given, h.Count("SELECT COUNT(*) FROM consent_events"))
	}
	for bad, at := range map[string]string{
		`{"purpose":"marketing","given":true,"how":"web","wording":"marketing@1"}`:                      `"body.channels"`,
		`{"purpose":"service","given":true,"how":"web"}`:                                                `"body.wording"`,
		`{"purpose":"service","given":true,"how":"written","wording":"service@1"}`:                      `"body.proof"`,
		`{"purpose":"service","given":true,"how":"web","wording":"service@9"}`:                          `"body.wording"`,
		`{"purpose":"spying","given":true,"how":"web","wording":"service@1"}`:                           `"body.purpose"`,
		`{"purpose":"service","given":true,"how":"web","wording":"service@1","staff_id":1,"at":"2020"}`: `"body`,
	} {
		if g := h.do(ask{method: "POST", path: path, token: token, json: bad}); g.Code != 422 || !strings.Contains(g.body, at) {
			t.Errorf("%s: %d %s", bad, g.Code, g.body)
		}
	}
	if g := h.do(ask{method: "POST", path: path, token: h.token("owner"), json: body}); g.Code != 403 {
		t.Errorf("%d", g.Code)
	}
}

// What guests say in confidence goes into no log, no address and no record.
func TestWhatGuestsSayIsInNoLogAndNoRecord(t *testing.T) {
	h := newWebHouse(t)
	id := h.AddGuest("张慕言")
	clerk, custodian := h.session("front_desk"), h.session("custodian")
	secrets := []string{"SENTINELPROOF", "SENTINELPERSON", "SENTINELNOTE", "SENTINELABOUT", "SENTINELREPLY", "SENTINELLEAVE"}
	base := "/customers/" + id
	for range 2 {
		h.do(ask{method: "POST", path: base + "/consents/service", session: clerk, form: values("given", "yes", "who", "self", "how", "written", "proof", secrets[0], "wording", "service@1")})
		h.do(ask{method: "POST", path: base + "/restrictions", session: clerk, form: values("kind", "person", "person", secrets[1], "note", secrets[2], "how", "spoken")})
		h.do(ask{method: "POST", path: base + "/restrictions", session: clerk, form: values("kind", "person", "person", strings.Repeat(secrets[1], 20), "how", "spoken")})
		h.do(ask{method: "POST", path: base + "/requests", session: clerk, form: values("kind", "correction", "about", secrets[3], "who", "self", "how", "spoken")})
		h.do(ask{method: "POST", path: base + "/requests/1", session: clerk, form: values("outcome", "kept", "reply", secrets[4])})
		h.do(ask{method: "POST", path: base + "/erasure", session: custodian, form: values("who", "self", "how", "written", "proof", secrets[5])})
		h.Run("DELETE FROM erasures")
	}
	places := h.dump()
	for _, s := range secrets {
		if strings.Contains(h.logs.String(), s) {
			t.Errorf("the log holds %s:\n%s", s, lineWith(h.logs.String(), s))
		}
		for place, content := range places {
			if strings.Contains(content, s) && !strings.HasPrefix(place, "restrictions") {
				t.Errorf("%s holds %s in clear", place, s)
			}
		}
	}
}

// The paper says that it is everything we keep, so it has the stays, the membership
// and the events too, and what the guest asked of us under its own heading.
func TestTheSheetHasWhatIsNoFactToo(t *testing.T) {
	h := newWebHouse(t)
	id := h.AddGuest("王小明")
	manager, ctx := h.Actor(policies.Manager), context.Background()
	if _, err := h.Arrivals.Book(ctx, manager, arrival.Booking{Customer: id, Status: stay.Departed, ArriveOn: "2026-10-18", DepartOn: "2026-10-20", ETA: -1, Room: "1808", Rate: 82000, Adults: 1}); err != nil {
		t.Fatal(err)
	}
	number, err := h.Members.Join(ctx, manager, membership.Joining{PublicID: id, ClubID: addClub(h).id})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Rights.Restrict(ctx, manager, rights.Restricting{PublicID: id, Restriction: consent.Restriction{Kind: consent.NoPhoto, How: consent.Spoken}}); err != nil {
		t.Fatal(err)
	}
	for lang, wants := range map[string][]string{
		"zh-CN": {"您住过的", "2026-10-18 至 10-20", "上海外滩店", "1808", "每晚 ¥820", "会籍", number, "您自己的要求", "不拍照"},
		"en":    {"Your stays", "Shanghai Bund", "1808", "¥820 a night", "Membership", number, "What you asked of us"},
	} {
		paper := h.page(h.session("front_desk"), "/customers/"+id+"/sheet?lang="+lang).doc(t).Find(".paper").Text()
		for _, want := range wants {
			if !strings.Contains(paper, want) {
				t.Errorf("%s: %q is not on the paper:\n%s", lang, want, paper)
			}
		}
	}
}

// A role that only reads the sheet of arrivals is told what is to be done as it is,
// and not as if it were forbidden.
func TestWhoDoesNotTickReadsWhatIsToBeDoneAsItIs(t *testing.T) {
	h := newWebHouse(t)
	id := h.AddGuest("王小明")
	for _, n := range []customer.Note{{Words: "要荞麦枕", Area: "bed_pillow", Act: "do", Strength: 2}, {Words: "不要百合", Area: "room", Act: "never", Strength: 3}} {
		n.PublicID, n.Channel = id, "service"
		if _, err := h.Customers.TakeNote(context.Background(), h.Clerk(), h.Catalogue(), n); err != nil {
			t.Fatal(err)
		}
	}
	a := h.Actor(policies.Manager)
	if _, err := h.Arrivals.Book(context.Background(), a, arrival.Booking{Customer: id, Status: stay.Reserved, ArriveOn: a.Today(), DepartOn: a.Today(), ETA: 900, Adults: 1}); err != nil {
		t.Fatal(err)
	}
	for _, role := range []string{"custodian", "owner"} {
		d := h.page(h.session(role), "/arrivals").doc(t)
		lines := d.Find(".prep li").Map(func(_ int, s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") })
		if len(lines) != 2 || !strings.HasPrefix(lines[0], "忌") || strings.Contains(lines[1], "忌") || !strings.Contains(lines[1], "前") {
			t.Errorf("%s reads %q", role, lines)
		}
		if d.Find(".prep input, form[data-ticks], a[href$='/note']").Length() != 0 {
			t.Errorf("%s is offered what they may not do", role)
		}
	}
}
