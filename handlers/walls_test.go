package handlers

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/labstack/echo/v4"

	"shuke/models/modelstest"
	"shuke/policies"
)

// read is what reading may write: the record, the ledger, who was here lately,
// and when a session or token was last used.
var read = []string{"audit_events", "audit_head", "audit_salts", "departures", "disclosures", "recents", "sessions", "token_reads", "tokens"}

func TestReadingWritesNothingButItsRecord(t *testing.T) {
	t.Parallel()
	h := newWebHouse(t)
	e := newExamples(h)
	sessions := func() string {
		return rowsOf(t, h.Main, "SELECT id, staff_id, created_at, ends_at, strong_at, address, agent FROM sessions ORDER BY id") +
			rowsOf(t, h.Main, "SELECT id, staff_id, label, created_at, revoked_at, scopes, expires_at, per_second, per_hour, made_by FROM tokens ORDER BY id")
	}
	for _, role := range policies.Roles {
		for _, path := range []string{"/", "/api/"} { // a session and a token each, beforehand
			e.identify(&ask{path: path}, string(role))
		}
	}
	before, signedIn := h.dump(read...), sessions()
	for _, r := range h.app.routes {
		if r.method != get {
			continue
		}
		if strings.HasPrefix(r.path, "/imports/:id") { // the example has a file in the state that it needs
			e.of(r)
			before = h.dump(read...)
		}
		for _, role := range policies.Roles {
			for _, fragment := range []string{"false", "true"} {
				a := e.of(r)
				e.identify(&a, string(role))
				a.header = []string{"HX-Request", fragment}
				e.do(a)
			}
		}
		if d := cmp.Diff(before, h.dump(read...)); d != "" {
			t.Errorf("GET %s writes:\n%s", r.path, d)
			before = h.dump(read...)
		}
		if d := cmp.Diff(signedIn, sessions()); d != "" {
			t.Errorf("GET %s changes sessions:\n%s", r.path, d)
			signedIn = sessions()
		}
	}
}

func TestAnotherSitesPageChangesNothing(t *testing.T) {
	t.Parallel()
	h := newWebHouse(t)
	e := newExamples(h)
	hostile := map[string][]string{
		"cross-site":       {"Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"},
		"same-site":        {"Sec-Fetch-Site", "same-site"},
		"origin alone":     {"Origin", "https://evil.example"},
		"origin null":      {"Origin", "null"},
		"other port":       {"Origin", "http://localhost:8081"},
		"other scheme":     {"Origin", "https://localhost:8080"},
		"name that begins": {"Origin", "http://localhost:8080.evil.example"},
	}
	for _, r := range h.app.routes {
		if r.method == get {
			continue
		}
		a := e.of(r)
		a.session = e.session("owner")
		before := h.dump()
		for name, header := range hostile {
			a.header = header
			if g := e.do(a); g.Code != http.StatusForbidden {
				t.Errorf("%s %s, %s: %d", r.method, r.path, name, g.Code)
			}
		}
		if d := cmp.Diff(before, h.dump()); d != "" {
			t.Errorf("%s %s from another site writes:\n%s", r.method, r.path, d)
		}
	}
}

func TestOnlyTheOnePublicAddressIsAnswered(t *testing.T) {
	h := newWebHouse(t)
	e := newExamples(h)
	for _, r := range h.app.routes {
		a := e.of(r)
		a.session = e.session("owner")
		for _, host := range []string{"evil.example", "localhost", "localhost:8081", "localhost:8080.evil.example", "192.0.2.1:8080", "x@localhost:8080"} {
			a.host, a.header = host, []string{"X-Forwarded-Host", "localhost:8080"}
			want := http.StatusMisdirectedRequest
			if r.path == "/healthz" || r.path == "/readyz" {
				want = http.StatusOK
			}
			if g := h.do(a); g.Code != want || strings.Contains(g.body, "evil.example") {
				t.Errorf("%s %s asked of %s: %d", r.method, r.path, host, g.Code)
			}
		}
	}
}

func TestAnswersOfEveryStatusCarryTheHeaders(t *testing.T) {
	h := newWebHouse(t)
	h.app.echo.GET("/test/panic", func(echo.Context) error { panic("secret of a panic") })
	h.app.echo.GET("/test/error", func(echo.Context) error { return errors.New("secret of an error") })
	clerk := h.session("front_desk")
	big := strings.Repeat("x", bodyLimit+1)
	for name, c := range map[string]struct {
		ask    ask
		status int
	}{
		"page":                {ask{path: "/desk", session: clerk}, 200},
		"sent on":             {ask{path: "/desk"}, 303},
		"fragment, nobody":    {ask{path: "/desk", header: []string{"HX-Request", "true"}}, 401},
		"denied":              {ask{path: "/customers/new", session: h.session("admin")}, 403},
		"unknown":             {ask{path: "/no/such/page", session: clerk}, 404},
		"unknown, nobody":     {ask{path: "/no/such/page"}, 404},
		"no such customer":    {ask{path: "/customers/K-AAAAAAAAAA", session: clerk}, 404},
		"no such file":        {ask{path: "/static/no.css"}, 404},
		"outside the files":   {ask{path: "/static/..%2f..%2fgo.mod"}, 404},
		"wrong method":        {ask{method: "DELETE", path: "/desk", session: clerk}, 405},
		"method of our own":   {ask{method: "PURGE", path: "/desk", session: clerk}, 405},
		"too large":           {ask{method: "POST", path: "/look-up", session: clerk, form: url.Values{"q": {big}}}, 413},
		"too large, unsaid":   {ask{method: "POST", path: "/look-up", session: clerk, form: url.Values{"q": {big}}, header: []string{"X-Test", "chunked"}}, 413},
		"another host":        {ask{path: "/desk", session: clerk, host: "evil.example"}, 421},
		"form without reason": {ask{method: "POST", path: "/customers", session: clerk, form: url.Values{"kind": {"individual"}}}, 422},
		"panic":               {ask{path: "/test/panic", session: clerk}, 500},
		"error":               {ask{path: "/test/error", session: clerk}, 500},
		"health":              {ask{path: "/healthz"}, 200},
	} {
		g := h.do(c.ask)
		if g.Code != c.status {
			t.Errorf("%s: %d, not %d", name, g.Code, c.status)
		}
		if strings.Contains(g.body, "secret of") || strings.Contains(h.logs.String(), "secret of a panic") {
			t.Errorf("%s: internal text got out", name)
		}
		if g.Code >= 500 && !strings.Contains(g.body, g.Header().Get("X-Request-Id")) {
			t.Errorf("%s: no reference to ask about", name)
		}
	}
}

func TestDatabaseThatIsGoneIsSaidWithoutDetails(t *testing.T) {
	h := newWebHouse(t)
	clerk := h.session("front_desk")
	if err := h.Main.Close(); err != nil {
		t.Fatal(err)
	}
	g := h.do(ask{path: "/desk", session: clerk})
	if g.Code != 500 || strings.Contains(g.body, "sql") || strings.Contains(g.body, "closed") {
		t.Errorf("%d: %s", g.Code, g.body)
	}
	if g := h.do(ask{path: "/readyz"}); g.Code != 503 {
		t.Errorf("ready without a database: %d", g.Code)
	}
}

func TestAddressIsTheConnectionsOwn(t *testing.T) {
	spoof := []string{"X-Forwarded-For", "203.0.113.9", "X-Real-Ip", "203.0.113.9", "Forwarded", "for=203.0.113.9"}
	signIn := ask{method: "POST", path: "/sign-in", form: url.Values{"login": {"front_desk"}, "password": {modelstest.Password}}, header: spoof}

	h := newWebHouse(t)
	h.do(signIn)
	if e := h.LastEvent(); e.Action != "staff.signed_in" || e.Address != "192.0.2.1" {
		t.Errorf("recorded as from %q", e.Address)
	}

	h = newWebHouseAt(t, map[string]any{"url": "http://localhost:8080", "trusted_proxies": "192.0.2.0/24"})
	signIn.header = []string{"X-Forwarded-For", "198.51.100.7, 203.0.113.9"}
	h.do(signIn)
	if e := h.LastEvent(); e.Address != "203.0.113.9" {
		t.Errorf("behind a proxy recorded as from %q", e.Address)
	}
}
