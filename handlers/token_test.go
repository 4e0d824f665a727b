package handlers

import (
	"net/url"
	"strings"
	"testing"

	"shuke/models/staff"
	"shuke/policies"
)

func typedToken(pairs ...string) url.Values {
	out := url.Values{"label": {"预订网站"}, "scopes": {"customer.search", "customer.write"}, "days": {"30"}, "per_second": {"5"}, "per_hour": {"50"}, "once": {"one"}}
	for i := 0; i+1 < len(pairs); i += 2 {
		out[pairs[i]] = strings.Fields(pairs[i+1])
	}
	return out
}

func TestTokenIsShownOnceOnTheAnswerToItsForm(t *testing.T) {
	h := newWebHouse(t)
	admin := h.session("admin")
	g := h.do(ask{method: "POST", path: "/staff/front_desk/tokens", session: admin, form: typedToken()})
	token := g.doc(t).Find("code.secret").Text()
	if g.Code != 200 || !strings.HasPrefix(token, "shuke_") || strings.Count(g.body, token) != 1 {
		t.Fatalf("%d %q", g.Code, token)
	}
	if _, err := h.Staff.LoadToken(t.Context(), token); err != nil {
		t.Errorf("the token shown does not work: %v", err)
	}
	for _, a := range []ask{{path: "/staff/front_desk", session: admin}, {path: "/tokens", session: admin}, {path: "/account", session: h.session("front_desk")}} {
		g := h.do(a)
		row := g.doc(t).Find("section[aria-labelledby=tokens] tbody tr")
		if strings.Contains(g.body, token) || row.Length() != 1 || !strings.Contains(row.Text(), "预订网站") || !strings.Contains(row.Text(), "查找客户") || strings.Contains(row.Text(), "看客户卡") {
			t.Errorf("%s: %s", a.path, row.Text())
		}
	}
	if strings.Contains(h.logs.String(), token) {
		t.Error("the token stands in the log")
	}
	again := h.do(ask{method: "POST", path: "/staff/front_desk/tokens", session: admin, form: typedToken()})
	if again.Code != 409 || again.doc(t).Find("code.secret").Length() != 0 || h.Count("SELECT COUNT(*) FROM tokens") != 1 {
		t.Errorf("sent again: %d", again.Code)
	}
}

func TestRefusedTokenFormKeepsWhatWasTyped(t *testing.T) {
	h := newWebHouse(t)
	g := h.do(ask{method: "POST", path: "/staff/front_desk/tokens", session: h.session("owner"), form: typedToken("label", "", "days", "many", "per_hour", "20001")})
	d := g.doc(t)
	if g.Code != 422 || h.Count("SELECT COUNT(*) FROM tokens") != 0 {
		t.Fatalf("%d", g.Code)
	}
	for _, name := range []string{"label", "days", "per_hour"} {
		if d.Find("#f-"+name+"-error").Length() != 1 {
			t.Errorf("nothing said at %s", name)
		}
	}
	if v, _ := d.Find("#f-days").Attr("value"); v != "many" {
		t.Errorf("days came back as %q", v)
	}
	if n := d.Find("input[name=scopes][checked]").Length(); n != 2 {
		t.Errorf("%d scopes ticked", n)
	}
}

func TestTokenFromBeforeScopesIsMarked(t *testing.T) {
	h := newWebHouse(t)
	h.token("sales")
	if row := h.page(h.session("admin"), "/staff/sales").doc(t).Find("section[aria-labelledby=tokens] tbody tr").Text(); !strings.Contains(row, "不限范围（旧）") || !strings.Contains(row, "不过期") {
		t.Error(row)
	}
}

func TestRevokedTokenOpensNothingAndIsNotOfferedAgain(t *testing.T) {
	h := newWebHouse(t)
	own, sales := h.token("front_desk"), h.token("sales")
	clerk, admin := h.session("front_desk"), h.session("admin")
	for _, c := range []struct{ session, page, token, person string }{{clerk, "/account", own, "front_desk"}, {admin, "/staff/sales", sales, "sales"}} {
		action, _ := h.page(c.session, c.page).doc(t).Find("form[action$='/revoke']").Attr("action")
		if g := h.do(ask{method: "POST", path: action, session: c.session, form: url.Values{}}); g.Code != 303 || g.Header().Get("Location") != c.page {
			t.Errorf("%s: %d %s", action, g.Code, g.Header().Get("Location"))
		}
		if g := h.do(ask{method: "POST", path: "/api/v1/customers/search", token: c.token, json: `{"q":"zmy"}`}); g.Code != 401 {
			t.Errorf("%s: the token answers %d", c.person, g.Code)
		}
		if g := h.page(c.session, c.page); strings.Contains(g.body, "/revoke") {
			t.Errorf("%s: offered again", c.page)
		}
	}
}

func TestManagersSeeNoTokensOfTheirColleagues(t *testing.T) {
	h := newWebHouse(t)
	h.token("sales")
	g := h.page(h.session("manager"), "/staff/sales")
	if g.doc(t).Find("section[aria-labelledby=tokens]").Length() != 0 {
		t.Error("shown")
	}
}

func TestNoWayIsOfferedToATokenThatIsRefused(t *testing.T) {
	h := newWebHouse(t)
	d, err := h.Staff.Person(t.Context(), "front_desk")
	if err != nil {
		t.Fatal(err)
	}
	d.NoticeOn = "2026-11-20"
	if err := h.Staff.Edit(t.Context(), h.Actor(policies.Owner), d.Draft); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		login  string
		status int
	}{{"front_desk", 422}, {"manager", 403}, {"nobody", 404}} {
		admin := h.session("admin")
		if c.login != "nobody" && strings.Contains(h.page(admin, "/staff/"+c.login).body, "/tokens/new") {
			t.Errorf("%s: offered", c.login)
		}
		if g := h.do(ask{path: "/staff/" + c.login + "/tokens/new", session: admin}); g.Code != c.status {
			t.Errorf("%s: %d", c.login, g.Code)
		}
	}
	if !strings.Contains(h.page(h.session("owner"), "/staff/manager").body, "/tokens/new") {
		t.Error("not offered to the owner")
	}
}

func TestAllTokensArePaged(t *testing.T) {
	h := newWebHouse(t)
	for range staff.TokensPage + 3 {
		h.token("floor")
	}
	admin := h.session("admin")
	first := h.page(admin, "/tokens").doc(t)
	next, _ := first.Find("a[rel=next]").Attr("href")
	second := h.page(admin, next).doc(t)
	if a, b := first.Find("tbody tr").Length(), second.Find("tbody tr").Length(); a != staff.TokensPage || b != 3 || second.Find("a[rel=next]").Length() != 0 {
		t.Errorf("%d, then %d", a, b)
	}
}
