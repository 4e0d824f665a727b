package handlers

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"shuke/models/db"
	"shuke/models/webhook"
	"shuke/policies"
)

func typedHook(address string, pairs ...string) url.Values {
	out := url.Values{"address": {address}, "kinds": {"customer.created", "customer.changed"}, "once": {"one"}}
	for i := 0; i+1 < len(pairs); i += 2 {
		out[pairs[i]] = strings.Fields(pairs[i+1])
	}
	return out
}

// addHook makes an endpoint by its form and returns its page and its key.
func (h *webHouse) addHook(session, address string) (page, secret string) {
	h.T.Helper()
	g := h.do(ask{method: "POST", path: "/webhooks", session: session, form: typedHook(address)})
	page, _ = g.doc(h.T).Find(".panel__foot a").Attr("href")
	secret = g.doc(h.T).Find("code.secret").Text()
	if g.Code != 200 || !strings.HasPrefix(secret, "shukehook_") || strings.Count(g.body, secret) != 1 {
		h.T.Fatalf("%d %s", g.Code, g.body)
	}
	return page, secret
}

func TestKeyOfAnEndpointIsShownOnceOnTheAnswerToItsForm(t *testing.T) {
	h := newWebHouse(t)
	admin := h.session("admin")
	page, secret := h.addHook(admin, "https://hooks.example.com/in?word=theirs")
	for _, path := range []string{page, "/webhooks"} {
		if g := h.page(admin, path); strings.Contains(g.body, secret) || !strings.Contains(g.body, "https://hooks.example.com/in?word=theirs") {
			t.Errorf("%s shows the key, or not the address", path)
		}
	}
	again := h.do(ask{method: "POST", path: "/webhooks", session: admin, form: typedHook("https://hooks.example.com/in?word=theirs")})
	if again.Code != 409 || again.doc(t).Find("code.secret").Length() != 0 || h.Count("SELECT COUNT(*) FROM webhooks") != 1 {
		t.Errorf("sent again: %d", again.Code)
	}
	renewed := h.do(ask{method: "POST", path: page + "/secret", session: admin, form: url.Values{}}).doc(t).Find("code.secret").Text()
	if !strings.HasPrefix(renewed, "shukehook_") || renewed == secret {
		t.Errorf("renewed as %q", renewed)
	}
	record := h.page(h.session("auditor"), "/audit?of=webhook").body
	for _, word := range []string{secret, renewed, "word=theirs"} {
		if strings.Contains(h.logs.String(), word) || strings.Contains(record, word) {
			t.Errorf("%q stands in the log or the record", word)
		}
	}
	if !strings.Contains(record, "hooks.example.com") || !strings.Contains(record, "新建客户") {
		t.Error("the record does not say where events go, and which")
	}
}

func TestRefusedEndpointFormSaysWhatIsWrongAtTheField(t *testing.T) {
	h := newWebHouse(t)
	owner := h.session("owner")
	g := h.do(ask{method: "POST", path: "/webhooks", session: owner, form: typedHook("https://evil.example/", "kinds", "customer.erased")})
	d := g.doc(t)
	if g.Code != 422 || !strings.Contains(d.Find("#f-address-error").Text(), "SHUKE_WEBHOOK_HOSTS") || h.Count("SELECT COUNT(*) FROM webhooks") != 0 {
		t.Errorf("%d %s", g.Code, d.Find("#f-address-error").Text())
	}
	if v, _ := d.Find("#f-address").Attr("value"); v != "https://evil.example/" || d.Find("input[name=kinds][checked]").Length() != 1 {
		t.Errorf("came back as %q", v)
	}
	page, _ := h.addHook(owner, "https://hooks.example.com/")
	g = h.do(ask{method: "POST", path: page, session: owner, form: typedHook("http://hooks.example.com/", "kinds", "", "version", "1")})
	if d := g.doc(t); g.Code != 422 || d.Find("#f-address-error, #f-kinds-error").Length() != 2 {
		t.Errorf("%d, %d fields", g.Code, d.Find(".field__error").Length())
	}
}

func TestStaleEndpointFormIsShownBesideWhatStands(t *testing.T) {
	h := newWebHouse(t)
	owner := h.session("owner")
	page, _ := h.addHook(owner, "https://hooks.example.com/")
	first := typedHook("https://hooks.example.com/first", "version", "1", "on", "yes")
	if g := h.do(ask{method: "POST", path: page, session: owner, form: first}); g.Code != 303 {
		t.Fatal(g.Code)
	}
	g := h.do(ask{method: "POST", path: page, session: owner, form: typedHook("https://hooks.example.com/second", "version", "1")})
	d := g.doc(t)
	if row := d.Find("tr.differs").Text(); g.Code != 409 || !strings.Contains(row, "/first") || !strings.Contains(row, "/second") || !strings.Contains(row, "停发") {
		t.Errorf("%d %s", g.Code, row)
	}
	if v, _ := d.Find("input[name=version]").Attr("value"); v != "2" {
		t.Errorf("the form that came back is of version %s", v)
	}
}

func TestEndpointPageShowsWhatWasSentWithPublicIDsAlone(t *testing.T) {
	h := newWebHouse(t)
	status := http.StatusNoContent
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
	t.Cleanup(receiver.Close)
	admin := h.session("admin")
	page, _ := h.addHook(admin, receiver.URL)
	sent, failed := h.AddGuest("欧阳娜", "phone", "13877776666"), ""
	round := func() {
		t.Helper()
		if err := h.app.Dispatcher.Round(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	round()
	status = http.StatusBadGateway
	failed = h.AddGuest("欧阳云", "phone", "13877776667")
	round()
	text := h.page(admin, page).doc(t).Find("main").Text()
	for _, word := range []string{sent, failed, "已送到", "在等", "对方答 502", "再试", "没送到"} {
		if !strings.Contains(text, word) {
			t.Errorf("the page does not say %q", word)
		}
	}
	for _, word := range []string{"欧阳", "1387777"} {
		if strings.Contains(text, word) {
			t.Errorf("the page says %q", word)
		}
	}
}

func TestEndpointThatWasSwitchedOffSaysSo(t *testing.T) {
	h := newWebHouse(t)
	admin := h.session("admin")
	page, _ := h.addHook(admin, "https://hooks.example.com/")
	h.Run("UPDATE webhooks SET active = 0, off_reason = 'failures', failures = 50")
	if text := h.page(admin, page).doc(t).Find(".notice").Text(); !strings.Contains(text, "连着 50 次没送到") {
		t.Error(text)
	}
	if text := h.page(admin, "/webhooks").doc(t).Find("tbody").Text(); !strings.Contains(text, "停发") {
		t.Error(text)
	}
}

func TestTrialShowsAtOnceWhatCameOfIt(t *testing.T) {
	h := newWebHouse(t)
	status := http.StatusOK
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
	t.Cleanup(receiver.Close)
	admin := h.session("admin")
	page, _ := h.addHook(admin, receiver.URL)
	try := ask{method: "POST", path: page + "/test", session: admin, form: url.Values{}}
	if g := h.do(try); g.Code != 303 || !strings.Contains(h.page(admin, page).body, "试发已送到") {
		t.Errorf("%d", g.Code)
	}
	status = http.StatusTeapot
	if g := h.do(try); g.Code != 200 || !strings.Contains(g.doc(t).Find("[role=alert]").Text(), "对方答 418") {
		t.Errorf("%d %s", g.Code, g.doc(t).Find("[role=alert]").Text())
	}
	if e := h.LastEvent(); e.Action != "webhook.tested" {
		t.Errorf("recorded as %+v", e)
	}
}

func TestWithoutListedHostsThePageSaysWhatToDo(t *testing.T) {
	h := newWebHouse(t)
	h.app.Webhooks = webhook.NewService(h.Main, h.Vault, h.Log, h.Guard, h.app.Clock, nil)
	g := h.page(h.session("admin"), "/webhooks")
	if !strings.Contains(g.body, "SHUKE_WEBHOOK_HOSTS") || strings.Contains(g.body, "/webhooks/new") {
		t.Error("not said, or an address can be added in vain")
	}
}

func TestWhoOnlyReadsIsOfferedNoAct(t *testing.T) {
	h := newWebHouse(t)
	page, _ := h.addHook(h.session("owner"), "https://hooks.example.com/")
	h.Run("UPDATE staff SET employment_confirmed = 0 WHERE login = 'admin'")
	if n := h.page(h.session("admin"), page).doc(t).Find("main form").Length(); n != 0 {
		t.Errorf("%d forms", n)
	}
}

func TestRemovedEndpointIsGone(t *testing.T) {
	h := newWebHouse(t)
	owner := h.session("owner")
	page, _ := h.addHook(owner, "https://hooks.example.com/")
	if err := h.Main.InTx(t.Context(), func(tx *db.Tx) error {
		return webhook.Emit(tx, webhook.CustomerChanged, "K-0000000001", h.Clock.Now())
	}); err != nil {
		t.Fatal(err)
	}
	if g := h.do(ask{method: "POST", path: page + "/remove", session: owner, form: url.Values{}}); g.Code != 303 || h.Count("SELECT COUNT(*) FROM webhook_deliveries") != 0 {
		t.Errorf("%d", g.Code)
	}
	for _, path := range []string{page, "/webhooks/nonsense", "/webhooks/%27"} {
		if g := h.do(ask{path: path, session: owner}); g.Code != 404 {
			t.Errorf("%s: %d", path, g.Code)
		}
	}
	if !h.Guard.Can(h.Actor(policies.Owner), policies.WebhookManage) {
		t.Error("the owner may not")
	}
}
