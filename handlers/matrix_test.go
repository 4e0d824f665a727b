package handlers

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shuke/models/audit"
	"shuke/models/modelstest"
	"shuke/policies"
)

var update = flag.Bool("update", false, "write testdata/routes.golden anew")

// states are what can be said of somebody's employment and account, and how a
// person comes into it.
var states = []struct{ name, change string }{
	{"regular", ""},
	{"temporary", "employment = 'temporary'"},
	{"intern", "employment = 'intern'"},
	{"on_notice", "notice_on = '2026-11-01', last_on = '2026-12-31'"},
	{"unconfirmed", "employment_confirmed = 0"},
	{"first_password", "password_temporary = 1"},
	{"suspended", "status = 'suspended'"},
	{"left", "status = 'left'"},
	{"last_day_over", "last_on = '2026-11-21'"},
}

// The golden file says for every route what it shows and what each role in each
// state is answered. It is read by people: a change in it is a change of rights.
func TestEveryRouteAnswersEveryRoleAndStateAsWritten(t *testing.T) {
	t.Parallel()
	h := newWebHouse(t)
	e := newExamples(h)
	login := func(role policies.Role, state string) string {
		return strings.ReplaceAll(string(role)+"-"+state, "_", "")
	}
	for _, s := range states {
		for _, role := range policies.Roles {
			h.AddPerson(login(role, s.name), role, modelstest.Shanghai)
			if s.change != "" {
				h.Run("UPDATE staff SET "+s.change+" WHERE login = ?", login(role, s.name))
			}
		}
	}
	var golden strings.Builder
	for _, r := range h.app.routes {
		golden.WriteString(headline(r))
		var lines [][2]string // states, outcome
		for _, s := range states {
			outcome := map[int][]string{}
			for _, role := range policies.Roles {
				status := e.callAs(r, login(role, s.name))
				outcome[status] = append(outcome[status], string(role))
			}
			words := outcomeWords(outcome)
			if n := len(lines); n > 0 && lines[n-1][1] == words {
				lines[n-1][0] += " " + s.name
			} else {
				lines = append(lines, [2]string{s.name, words})
			}
		}
		if len(lines) == 1 {
			lines[0][0] = "every state"
		}
		lines = append(lines, [2]string{"nobody", fmt.Sprint(h.do(e.of(r)).Code)})
		for _, l := range lines {
			fmt.Fprintf(&golden, "  %-52s %s\n", l[0], l[1])
		}
		golden.WriteByte('\n')
	}
	compareGolden(t, "routes.golden", golden.String())
}

func headline(r route) string {
	permission := r.permission.String()
	if r.public {
		permission = "open"
	}
	out := fmt.Sprintf("%s %s  %s", r.method, r.path, permission)
	if r.limit > 0 {
		out += fmt.Sprintf("  %s %d", r.surface, r.limit)
	}
	return out + "\n"
}

func outcomeWords(by map[int][]string) string {
	var words []string
	for status, roles := range by {
		who := strings.Join(roles, " ")
		if len(roles) == len(policies.Roles) {
			who = "all"
		}
		words = append(words, fmt.Sprintf("%d %s", status, who))
	}
	slices.Sort(words)
	return strings.Join(words, " | ")
}

// callAs makes the example request as somebody with a fresh session or token.
// A refusal of somebody signed in must be on the record when it is answered.
func (e *examples) callAs(r route, login string) int {
	e.T.Helper()
	a := e.of(r)
	e.identify(&a, login)
	if strings.HasSuffix(a.path, "/bad-rows.csv") { // they leave with who handed the file in
		e.Run("UPDATE intakes SET staff_id = (SELECT id FROM staff WHERE login = ?) WHERE id = ?", login, e.file)
	}
	before := e.Count("SELECT size FROM audit_head")
	g := e.do(a)
	after := e.Count("SELECT size FROM audit_head")
	if g.Code != 403 {
		return g.Code
	}
	if after != before+1 {
		e.T.Errorf("%s %s as %s: %d events of one refusal", r.method, r.path, login, after-before)
		return g.Code
	}
	var body []byte
	if err := e.Main.Read(e.T.Context()).Raw("SELECT body FROM audit_events WHERE seq = ?", after).Row().Scan(&body); err != nil {
		e.T.Fatal(err)
	}
	last, err := audit.Decode(body)
	if err != nil || last.Action != "request.refused" || last.Outcome != audit.Refused || last.Object != r.method+" "+r.path || last.ActorID == 0 {
		e.T.Errorf("%s %s as %s: recorded as %+v, %v", r.method, r.path, login, last.Event, err)
	}
	return g.Code
}

// identify puts the person's session or token into a request. It is made once a
// person: signing out ends it, and the next request makes another.
func (e *examples) identify(a *ask, login string) {
	e.T.Helper()
	make, of := e.session, &a.session
	kind := "session "
	if strings.HasPrefix(a.path, "/api/") {
		make, of, kind = e.token, &a.token, "token "
	}
	if e.secrets[kind+login] == "" {
		e.secrets[kind+login] = make(login)
	}
	*of = e.secrets[kind+login]
	if a.path == "/sign-out" {
		delete(e.secrets, kind+login)
	}
}

func compareGolden(t *testing.T, name, is string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(is), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	was, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(strings.Split(string(was), "\n"), strings.Split(is, "\n")); d != "" {
		t.Errorf("rights changed; if that is meant, run: go test ./handlers -run EveryRole -update\n%s", d)
	}
}
