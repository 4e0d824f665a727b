package handlers

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"shuke/models/audit"
	"shuke/policies"
)

func TestOnlyALivingTokenOpensTheAPI(t *testing.T) {
	h := newCallHouse(t)
	clerk := h.tokens[policies.FrontDesk]
	for name, r := range map[string]reply{
		"nothing":            h.send("POST", searchPath, "", `{"q":"zhang"}`),
		"cookie alone":       h.send("POST", searchPath, "", `{"q":"zhang"}`, "Cookie", "shuke="+h.SignIn("front_desk")),
		"basic":              h.send("POST", searchPath, "", `{"q":"zhang"}`, "Authorization", "Basic "+clerk),
		"token in a cookie":  h.send("POST", searchPath, "", `{"q":"zhang"}`, "Cookie", "shuke="+clerk),
		"token in the query": h.send("POST", searchPath+"?access_token="+clerk, "", `{"q":"zhang"}`),
		"empty":              h.send("POST", searchPath, "", `{"q":"zhang"}`, "Authorization", "Bearer "),
	} {
		if p := problem(t, r, 401); p.Code != "api.token_needed" || r.Header().Get("WWW-Authenticate") != `Bearer realm="shuke"` {
			t.Errorf("%s: %+v %v", name, p, r.Header())
		}
	}
	for name, token := range map[string]string{"unknown": "shuke_nobody", "cut": clerk[:len(clerk)-1], "session's secret": h.SignIn("front_desk")} {
		r := h.send("POST", searchPath, token, `{"q":"zhang"}`)
		if p := problem(t, r, 401); p.Code != "api.token_invalid" || !strings.Contains(r.Header().Get("WWW-Authenticate"), `error="invalid_token"`) {
			t.Errorf("%s: %+v %v", name, p, r.Header())
		}
	}
}

func TestTokenDiesWithItsPersonsRights(t *testing.T) {
	for name, sql := range map[string]string{
		"suspended":       "UPDATE staff SET status = 'suspended' WHERE login = 'front_desk'",
		"left":            "UPDATE staff SET status = 'left' WHERE login = 'front_desk'",
		"last day passed": "UPDATE staff SET last_on = '2026-11-21' WHERE login = 'front_desk'",
		"revoked":         "UPDATE tokens SET revoked_at = 1",
	} {
		h := newCallHouse(t)
		if r := h.post(searchPath, `{"q":"zhang"}`); r.Code != 200 {
			t.Fatal(r.text)
		}
		h.Run(sql)
		if p := problem(t, h.post(searchPath, `{"q":"zhang"}`), 401); p.Code != "api.token_invalid" {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

func TestDenialIsRecordedBeforeItIsAnswered(t *testing.T) {
	h := newCallHouse(t)
	id := h.AddGuest("张美玉", "phone", "13812349876")
	for _, role := range []policies.Role{policies.Admin, policies.Auditor, policies.Floor, policies.Marketing} {
		for object, r := range map[string]reply{
			"POST " + searchPath:         h.send("POST", searchPath, h.tokens[role], `{"q":"zhang"}`),
			"POST " + createPath:         h.send("POST", createPath, h.tokens[role], `{"malformed`),
			"GET " + createPath + "/:id": h.get(createPath+"/"+id, role),
		} {
			problem(t, r, 403)
			found := false
			for _, e := range h.Events() {
				found = found || e.Action == "request.refused" && e.Outcome == audit.Refused && e.Role == string(role) && e.Object == object && e.RequestID == r.Header().Get("X-Request-Id") && e.Via == "token"
			}
			if !found {
				t.Errorf("%s %s: no record", role, object)
			}
		}
	}
	if h.Count("SELECT COUNT(*) FROM disclosures") != 0 {
		t.Error("somebody saw somebody")
	}
}

func TestTokenWorksWhileTheFirstPasswordWaitsToBeChanged(t *testing.T) {
	h := newCallHouse(t)
	h.AddGuest("张美玉", "phone", "13812349876")
	h.Run("UPDATE staff SET password_temporary = 1 WHERE login = 'front_desk'")
	if r := h.post(searchPath, `{"q":"zmy"}`); r.Code != 200 || !strings.Contains(r.text, "张美玉") {
		t.Errorf("%d %s", r.Code, r.text)
	}
}

func TestNothingIsShownThatCannotBeRecorded(t *testing.T) {
	h := newCallHouse(t)
	id := h.AddGuest("张美玉", "phone", "13812349876")
	h.Run("ALTER TABLE audit_events RENAME TO audit_events_away")
	for _, r := range []reply{h.post(searchPath, `{"q":"zmy"}`), h.get(createPath+"/"+id, policies.FrontDesk), h.get(createPath+"/"+id, policies.Admin)} {
		if p := problem(t, r, 503); strings.Contains(r.text, "张") || strings.Contains(r.text, "audit") {
			t.Errorf("%+v", p)
		}
	}
}

func TestWhatIsNoCallIsAProblemDocument(t *testing.T) {
	h := newCallHouse(t)
	clerk := h.tokens[policies.FrontDesk]
	for name, c := range map[string]struct {
		reply
		status int
		code   string
	}{
		"no such path":     {h.send("GET", "/api/v2/x", clerk, ""), 404, "error.not_found"},
		"the root":         {h.send("GET", "/api", "", ""), 404, "error.not_found"},
		"no such customer": {h.get(createPath+"/K-0000000000", policies.FrontDesk), 404, "error.customer_not_found"},
		"no id at all":     {h.get(createPath+"/1", policies.FrontDesk), 404, "error.customer_not_found"},
		"method":           {h.send("DELETE", createPath, clerk, ""), 405, "api.method"},
		"media type":       {h.post(searchPath, `q=zhang`, "Content-Type", "application/x-www-form-urlencoded"), 415, "api.media_type"},
		"too large":        {h.post(searchPath, `{"q":"`+strings.Repeat("a", 2<<20)+`"}`), 413, "api.too_large"},
		"no body":          {h.post(searchPath, ""), 400, "api.malformed"},
		"foreign host":     {foreignHost(h), 421, "api.misdirected"},
	} {
		if p := problem(t, c.reply, c.status); p.Code != c.code {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

func foreignHost(h *callHouse) reply {
	h.app.url.Host = "elsewhere.example:8080"
	defer func() { h.app.url.Host = "localhost:8080" }()
	return h.get(createPath+"/1", policies.FrontDesk)
}

func TestDescriptionListsEveryCallWithItsPermission(t *testing.T) {
	h := newCallHouse(t)
	r := h.send("GET", "/api/v1/openapi.json", "", "")
	var doc struct {
		OpenAPI string
		Paths   map[string]map[string]struct {
			Permission  string `json:"x-permission"`
			Surface     string `json:"x-surface"`
			Limit       int    `json:"x-limit"`
			OperationID string
			Security    []map[string][]string
			Responses   map[string]struct {
				Content map[string]any
			}
		}
		Components struct{ Schemas map[string]any }
	}
	if err := json.Unmarshal([]byte(r.text), &doc); err != nil || r.Code != 200 || !strings.HasPrefix(doc.OpenAPI, "3.1") {
		t.Fatal(err, r.Code, doc.OpenAPI)
	}
	calls := 0
	for _, route := range h.app.routes {
		if route.call == nil {
			if isAPI := strings.HasPrefix(route.path, "/api/"); isAPI && !route.public {
				t.Errorf("%s %s answers outside of the description", route.method, route.path)
			}
			continue
		}
		calls++
		op := doc.Paths[strings.ReplaceAll(route.path, ":id", "{id}")][strings.ToLower(route.method)]
		if op.Permission != route.permission.String() || op.Limit != route.limit || op.Surface != route.surface.String() || op.OperationID == "" || len(op.Security) != 1 {
			t.Errorf("%s %s: %+v", route.method, route.path, op)
		}
		for _, status := range []string{"401", "403"} {
			if op.Responses[status].Content["application/problem+json"] == nil {
				t.Errorf("%s %s: no problem document for %s", route.method, route.path, status)
			}
		}
	}
	n := 0
	for _, methods := range doc.Paths {
		n += len(methods)
	}
	if calls != 5 || n != calls {
		t.Errorf("%d calls, %d described", calls, n)
	}
	if strings.Contains(r.text, `"null"`) {
		t.Error("a list may be null")
	}
	for _, m := range strings.Split(r.text, `"$ref":"`)[1:] {
		name, _, _ := strings.Cut(strings.TrimPrefix(m, "#/components/schemas/"), `"`)
		if doc.Components.Schemas[name] == nil {
			t.Errorf("%s is referred to and missing", name)
		}
	}
}

func TestCallWithoutPermissionStopsTheStart(t *testing.T) {
	a := &App{}
	for _, r := range []route{{method: get, path: "/api/v1/x"}, open(get, "/api/v1/x", nil)} {
		if _, err := bindCalls([]route{answer(r, cardCall, a.callCard)}); err == nil {
			t.Error("bound")
		}
	}
}

func TestClientThatLeftIsNoFailure(t *testing.T) {
	h := newCallHouse(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r, err := http.NewRequestWithContext(ctx, "GET", "http://localhost:8080"+createPath+"/K-0000000000", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+h.tokens[policies.FrontDesk])
	w := &blank{header: http.Header{}}
	h.app.ServeHTTP(w, r)
	if w.status >= 500 {
		t.Error(w.status)
	}
}

type blank struct {
	header http.Header
	status int
}

func (b *blank) Header() http.Header         { return b.header }
func (b *blank) Write(p []byte) (int, error) { return len(p), nil }
func (b *blank) WriteHeader(status int)      { b.status = status }
