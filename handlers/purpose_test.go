package handlers

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// questions are the forms of a card's panel.
func questions(t *testing.T, g got) *goquery.Selection {
	t.Helper()
	return g.doc(t).Find("section[aria-labelledby=worth] form")
}

// press sends a question's form with one of its buttons.
func (h *webHouse) press(session string, form *goquery.Selection, outcome string) got {
	h.T.Helper()
	values := url.Values{}
	form.Find("input[type=hidden]").Each(func(_ int, in *goquery.Selection) { values.Set(in.AttrOr("name", ""), in.AttrOr("value", "")) })
	if button := form.Find("button[name=outcome][value=" + outcome + "]"); button.Length() != 1 {
		h.T.Fatalf("%d buttons for %s", button.Length(), outcome)
	}
	values.Set("outcome", outcome)
	return h.do(ask{method: "POST", path: form.AttrOr("action", ""), session: session, form: values})
}

// boxes counts those for an answer where an answer leads to: the one an address
// points at, or the one for the guest's words.
func (h *webHouse) boxes(session string, g got) int {
	h.T.Helper()
	page, anchor, pointed := strings.Cut(g.Header().Get("Location"), "#")
	doc := h.page(session, page).doc(h.T)
	if pointed {
		return doc.Find(fmt.Sprintf("[id=%q]", anchor)).Length()
	}
	return doc.Find("main [name=words]").Length()
}

func TestACardOffersQuestionsAndTheirAnswersHaveABox(t *testing.T) {
	h := newWebHouse(t)
	card := "/customers/" + h.AddGuest("周美月")
	clerk, manager := h.session("front_desk"), h.session("manager")
	shown := questions(t, h.page(clerk, card))
	if n := shown.Length(); n != 3 {
		t.Fatalf("%d questions", n)
	}
	if say := shown.Find(".say").First().Text(); !strings.Contains(say, "？") {
		t.Errorf("one would say %q", say)
	}
	asked := shown.First().Find("input[name=field]").AttrOr("value", "")
	back := h.press(clerk, shown.First(), "no_answer")
	if back.Code != 303 || back.Header().Get("Location") != card+"#worth" {
		t.Fatalf("%d to %s", back.Code, back.Header().Get("Location"))
	}
	h.press(clerk, shown.First(), "no_answer") // the form is sent again
	if n := h.Count("SELECT COUNT(*) FROM asked"); n != 1 {
		t.Errorf("%d questions are noted", n)
	}
	next := h.page(clerk, card)
	if !strings.Contains(next.doc(t).Find(".flash").Text(), "一个月") {
		t.Error("nothing is said")
	}
	for _, session := range []string{clerk, manager} {
		again := questions(t, h.page(session, card))
		if again.Find("input[name=field][value="+asked+"]").Length() > 0 || again.Length() != 2 {
			t.Errorf("%s is asked again, or %d questions are too many for one talk", asked, again.Length())
		}
	}
	answered := h.press(clerk, questions(t, h.page(clerk, card)).First(), "answered")
	if n := h.boxes(clerk, answered); answered.Code != 303 || n != 1 {
		t.Errorf("an answer leads to %s, where %d boxes are", answered.Header().Get("Location"), n)
	}
	declined := questions(t, h.page(clerk, card)).First()
	if h.press(clerk, declined, "declined"); questions(t, h.page(clerk, card)).Length() != 0 {
		t.Error("questions right after somebody did not want to say")
	}
}

func TestEveryAnswerHasABoxThatIsThere(t *testing.T) {
	h := newWebHouse(t)
	clerk := h.session("manager")
	for kind, card := range map[string]string{"person": "/customers/" + h.AddGuest("周美月", "marital_status", "married", "children", "2", "drinking", "often", "spouse_name", "张三", "alternatives", "别家", "wedding_anniversary", "2001-01-01"),
		"firm": "/customers/" + h.AddCompany("望江软件", "contact_name", "小李", "principal_name", "老王")} {
		asked := 0
		for _, f := range h.Catalogue().All() {
			if _, worth := h.Purposes.Ask(f.Key); !worth || !f.On || !f.For(map[string]string{"person": "individual", "firm": "enterprise"}[kind]) {
				continue
			}
			asked++
			g := h.do(ask{method: "POST", path: card + "/asked", session: clerk, form: url.Values{"field": {f.Key}, "outcome": {"answered"}, "once": {kind + f.Key}}})
			to := g.Header().Get("Location")
			if n := h.boxes(clerk, g); g.Code != 303 || n != 1 || f.Preference() != (to == card+"/note") {
				t.Errorf("%s: %d, %d boxes at %s", f.Key, g.Code, n, to)
			}
		}
		if asked < 15 {
			t.Errorf("%s: only %d questions", kind, asked)
		}
	}
}

func TestAQuestionThatIsNoneIsRefused(t *testing.T) {
	h := newWebHouse(t)
	path, clerk := "/customers/"+h.AddGuest("周美月")+"/asked", h.session("front_desk")
	for name, c := range map[string]struct {
		form url.Values
		want int
	}{
		"no outcome":       {url.Values{"field": {"diet"}}, 422},
		"another outcome":  {url.Values{"field": {"diet"}, "outcome": {"perhaps"}}, 422},
		"a sensitive one":  {url.Values{"field": {"religion"}, "outcome": {"answered"}}, 403},
		"nobody's field":   {url.Values{"field": {"../../etc"}, "outcome": {"answered"}}, 403},
		"a field not ours": {url.Values{"field": {"children"}, "outcome": {"answered"}}, 403},
	} {
		if g := h.do(ask{method: "POST", path: path, session: clerk, form: c.form}); g.Code != c.want {
			t.Errorf("%s: %d", name, g.Code)
		}
	}
}

// crowdedWeb is a house with twelve guests, so that something may be told of them.
func crowdedWeb(t *testing.T) *webHouse {
	t.Helper()
	h := newWebHouse(t)
	for i := range 12 {
		facts := []string{"city", "上海", "hobby", "围棋"}
		if i < 4 {
			facts = append(facts, "sport", "游泳")
		}
		h.AddGuest("客人"+chinese(i), facts...)
	}
	return h
}

func TestThePageOfPurposesCountsWhenToldAndShowsNothingSmall(t *testing.T) {
	h := crowdedWeb(t)
	manager, custodian := h.session("manager"), h.session("custodian")
	empty := h.page(manager, "/purposes").doc(t)
	if empty.Find("section[aria-labelledby=uncounted]").Length() != 1 || empty.Find("form[action='/purposes/count'] button").Length() != 1 || empty.Find("section[aria-labelledby=needs]").Length() != 0 {
		t.Error("before the first count")
	}
	g := h.do(ask{method: "POST", path: "/purposes/count", session: manager, form: url.Values{"purpose": {"tailor"}, "kind": {"individual"}}})
	if g.Code != 303 || g.Header().Get("Location") != "/purposes?purpose=tailor" {
		t.Fatalf("%d to %s", g.Code, g.Header().Get("Location"))
	}
	h.AwaitCount()
	row := func(session, field string) string {
		doc := h.page(session, "/purposes?purpose=tailor").doc(t)
		return strings.Join(strings.Fields(doc.Find("section[aria-labelledby=needs] tr:has(a[href='/fields/"+field+"'])").Text()), " ")
	}
	if got := row(manager, "city"); !strings.Contains(got, "100%") || !strings.Contains(got, "约 10") {
		t.Errorf("city: %s", got)
	}
	if got := row(custodian, "city"); !strings.Contains(got, "100%") || !strings.Contains(got, "12") {
		t.Errorf("city, for a custodian: %s", got)
	}
	for _, session := range []string{manager, custodian} {
		if got := row(session, "sport"); !strings.Contains(got, "<10") || strings.Contains(got, "%") {
			t.Errorf("sport, of four: %s", got)
		}
	}
	doc := h.page(manager, "/purposes").doc(t)
	if said := doc.Find(".purposes li").First().Text(); !strings.Contains(said, "需要") || !strings.Contains(said, "%") {
		t.Errorf("a purpose in words: %s", said)
	}
	if unused := doc.Find("section[aria-labelledby=unused]"); unused.Find("a[href='/fields/hobby']").Length() != 1 || unused.Find("a[href='/fields/sport']").Length() != 0 || !strings.Contains(unused.Text(), "还没有记下任何用处") {
		t.Errorf("never used: %s", unused.Text())
	}
	if firms := h.page(manager, "/purposes?kind=enterprise&purpose=nonsense").doc(t); firms.Find(".purposes [aria-current]").Text() != "留住客人" || strings.Contains(firms.Find(".purposes").Text(), "%") {
		t.Errorf("no firms: %s", firms.Find(".purposes").Text())
	}
	if h.page(h.session("owner"), "/fields/hobby"); strings.Contains(h.logs.String(), "\"level\":\"ERROR\"") {
		t.Errorf("the log holds an error:\n%s", h.logs)
	}
}

func TestWeightsAreSavedOnceAndAnOvertakenFormComesBack(t *testing.T) {
	h := newWebHouse(t)
	manager, owner := h.session("manager"), h.session("owner")
	weights := func(doc *goquery.Document) url.Values {
		out := url.Values{}
		doc.Find("form[action='/purposes/weights'] input[type=hidden]").Each(func(_ int, in *goquery.Selection) { out.Set(in.AttrOr("name", ""), in.AttrOr("value", "")) })
		doc.Find("form[action='/purposes/weights'] select").Each(func(_ int, s *goquery.Selection) {
			out.Set(s.AttrOr("name", ""), s.Find("option[selected]").AttrOr("value", ""))
		})
		return out
	}
	send := func(session string, form url.Values) got {
		return h.do(ask{method: "POST", path: "/purposes/weights", session: session, form: form})
	}
	mine, theirs := weights(h.page(manager, "/purposes").doc(t)), weights(h.page(owner, "/purposes").doc(t))
	mine.Set("weight.keep", "3")
	theirs.Set("weight.market", "0")
	if g := send(manager, mine); g.Code != 303 {
		t.Fatalf("%d", g.Code)
	}
	stale := send(owner, theirs)
	if stale.Code != 409 || !strings.Contains(stale.doc(t).Find("[role=alert]").Text(), "眼下要紧") {
		t.Fatalf("%d %s", stale.Code, stale.doc(t).Find("[role=alert]").Text())
	}
	again := weights(stale.doc(t))
	if again.Get("weight.market") != "0" {
		t.Errorf("what was chosen is gone: %v", again)
	}
	if g := send(owner, again); g.Code != 303 {
		t.Errorf("saved with open eyes: %d", g.Code)
	}
	if now := weights(h.page(manager, "/purposes").doc(t)); now.Get("weight.market") != "0" {
		t.Errorf("%v", now)
	}
	bad := weights(h.page(manager, "/purposes").doc(t))
	bad.Set("weight.keep", "9")
	if g := send(manager, bad); g.Code != 422 || g.doc(t).Find(".problems a[href='#f-weight.keep']").Length() != 1 {
		t.Errorf("a weight that is none: %d", g.Code)
	}
}
