package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"shuke/models/modelstest"
)

func signInForm(login string, more ...string) url.Values {
	form := url.Values{"login": {login}, "password": {modelstest.Password}}
	for i := 0; i+1 < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return form
}

// enters reports whether the secret opens the desk.
func (h *webHouse) enters(secret string) bool {
	h.T.Helper()
	return h.do(ask{path: "/desk", session: secret}).Code == http.StatusOK
}

func TestWayBackNeverLeavesThisHost(t *testing.T) {
	h := newWebHouse(t)
	for _, c := range []struct{ typed, to string }{
		{"/desk", "/desk"}, {"/customers/new?kind=enterprise", "/customers/new?kind=enterprise"}, {"", "/"},
		{"//evil.example", "/"}, {"///evil.example", "/"}, {`/\evil.example`, "/"}, {`\/evil.example`, "/"}, {"/\t/evil.example", "/"}, {"/%09/evil.example", "/%09/evil.example"},
		{"https:evil.example", "/"}, {"https://evil.example", "/"}, {"javascript:alert(1)", "/"}, {"/desk\r\nSet-Cookie: a=b", "/"}, {"/ /evil.example", "/"},
		{"evil.example", "/"}, {".", "/"}, {"/\u2028/evil.example", "/"}, {"/%2f/evil.example", "/"}, {"/%5cevil.example", "/%5cevil.example"}, {"/./\u200b/evil.example", "/"},
	} {
		for name, g := range map[string]got{
			"sign-in":  h.do(ask{method: "POST", path: "/sign-in", form: signInForm("front_desk", "next", c.typed)}),
			"language": h.do(ask{method: "POST", path: "/language", form: url.Values{"language": {"en"}, "here": {c.typed}}}),
			"theme":    h.do(ask{method: "POST", path: "/theme", form: url.Values{"theme": {"dark"}, "here": {c.typed}}}),
		} {
			to := g.Header().Get("Location")
			if g.Code != http.StatusSeeOther {
				t.Fatalf("%s, %q: %d", name, c.typed, g.Code)
			}
			if to != c.to {
				t.Errorf("%s: %q leads to %q, not %q", name, c.typed, to, c.to)
			}
		}
		next, _ := h.do(ask{path: "/sign-in?next=" + url.QueryEscape(c.typed)}).doc(t).Find("input[name=next]").Attr("value")
		if next != c.to {
			t.Errorf("the sign-in page keeps %q as %q, not %q", c.typed, next, c.to)
		}
	}
}

func TestCookieOfASecureHouseBelongsToItsHost(t *testing.T) {
	h := newWebHouseAt(t, map[string]any{"url": "https://shuke.example"})
	g := h.do(ask{method: "POST", path: "/sign-in", form: signInForm("front_desk")})
	c := g.cookie("__Host-shuke")
	if c == nil || len(c.Value) < 40 || c.MaxAge <= 0 {
		t.Fatalf("cookies: %v", g.Result().Cookies())
	}
	if !h.enters(c.Value) {
		t.Error("the cookie does not open the desk")
	}
	// The name without its prefix could be planted by another host.
	if g := h.do(ask{path: "/desk", header: []string{"Cookie", "shuke=" + c.Value}}); g.Code == http.StatusOK {
		t.Error("a cookie without the prefix opens the desk")
	}
}

func TestPlantedCookieIsNeverASession(t *testing.T) {
	h := newWebHouse(t)
	const planted = "planted-by-somebody-who-waits"
	g := h.do(ask{method: "POST", path: "/sign-in", session: planted, form: signInForm("front_desk")})
	if c := g.cookie("shuke"); c == nil || c.Value == planted || !h.enters(c.Value) {
		t.Fatalf("signed in with %v", c)
	}
	if h.enters(planted) {
		t.Error("the planted cookie became a session")
	}

	// Nor does a living session of somebody else become one's own.
	other := h.session("sales")
	g = h.do(ask{method: "POST", path: "/sign-in", session: other, form: signInForm("manager")})
	c := g.cookie("shuke")
	if c == nil || c.Value == other {
		t.Fatal("the other's secret was taken over")
	}
	if login := h.page(other, "/account").doc(t).Text(); strings.Contains(login, "员工 manager") {
		t.Error("the other's session became the manager's")
	}
	if !strings.Contains(h.page(c.Value, "/account").body, "员工 manager") {
		t.Error("the manager is somebody else")
	}
}

func TestSigningOutEndsTheSessionOnTheServer(t *testing.T) {
	h := newWebHouse(t)
	here, elsewhere := h.session("front_desk"), h.session("front_desk")
	g := h.do(ask{method: "POST", path: "/sign-out", session: here})
	if c := g.cookie("shuke"); c == nil || c.MaxAge >= 0 || !strings.Contains(g.Header().Get("Clear-Site-Data"), "cache") {
		t.Errorf("the browser keeps it: %v", g.Header())
	}
	if h.enters(here) {
		t.Error("the old cookie still opens the desk")
	}
	if !h.enters(elsewhere) {
		t.Error("another browser was signed out too")
	}
}

func TestNewPasswordEndsEverySession(t *testing.T) {
	h := newWebHouse(t)
	here, elsewhere := h.session("front_desk"), h.session("front_desk")
	g := h.do(ask{method: "POST", path: "/account/password", session: here, form: url.Values{"present": {modelstest.Password}, "chosen": {"quite another 55 sentence"}}})
	c := g.cookie("shuke")
	if g.Code != http.StatusSeeOther || c == nil || !h.enters(c.Value) {
		t.Fatalf("%d %v", g.Code, c)
	}
	if h.enters(here) || h.enters(elsewhere) {
		t.Error("an old session lives on")
	}
}

func TestNobodyEndsAnothersSession(t *testing.T) {
	h := newWebHouse(t)
	theirs := h.session("manager")
	g := h.do(ask{method: "POST", path: "/account/sessions/" + hashed(theirs)[:16] + "/end", session: h.session("front_desk")})
	if g.Code != http.StatusNotFound || !h.enters(theirs) {
		t.Errorf("%d, and the session lives: %v", g.Code, h.enters(theirs))
	}
}
