package handlers

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/rights"
	"shuke/policies"
	"shuke/static"
)

// target is whom the examples of staff routes act upon.
const target = "target"

// examples knows for every route of the table a request that would succeed for
// whoever may make it. A new route needs a line here.
type examples struct {
	*webHouse
	guest  string // public id
	leaver string // public id of the guest whom erasures are about
	phone  int64  // number of the fact that is revealed
	n      int    // examples given so far, for what must be new each time
	// secrets are the sessions and tokens of those who asked.
	secrets map[string]string
}

func newExamples(h *webHouse) *examples {
	h.T.Helper()
	e := &examples{webHouse: h, guest: h.AddGuest("周美月", "phone", "13900008811", "city", "杭州"), secrets: map[string]string{}}
	fact, ok := h.Fact(e.guest, "phone.0")
	if !ok {
		h.T.Fatal("the guest has no telephone")
	}
	e.phone = fact.N
	h.AddPerson(target, policies.FrontDesk, "hangzhou")
	e.leaver = h.AddGuest("方不留")
	h.AddPerson("second-custodian", policies.Custodian, "hangzhou")
	return e
}

// of returns an example of a route. It sets up what the act needs, so that the
// answer says whether one may, and not whether somebody did so before.
func (e *examples) of(r route) ask {
	e.T.Helper()
	e.n++
	a := ask{method: r.method, path: e.path(r.path)}
	if r.method != get {
		form, known := e.form(r)
		if !known {
			e.T.Fatalf("%s %s has no example", r.method, r.path)
		}
		if strings.HasPrefix(r.path, "/api/") {
			a.json = form.Get("json")
		} else {
			a.form = form
		}
	}
	return a
}

func (e *examples) path(pattern string) string {
	e.T.Helper()
	who := e.guest
	if strings.Contains(pattern, "/erasure") { // while one is under way nothing else opens
		who = e.leaver
	}
	path := strings.NewReplacer(":id", who, ":purpose", "service", ":wording", "service", ":wish", "1", ":request", "1", ":group", "basic", ":field", "phone", ":item", "0", ":n", fmt.Sprint(e.phone), ":login", target,
		":code", "hangzhou", ":key", "hobby", ":ref", strings.Repeat("0", 16), ":token", "no-such-link", "/static/*", static.URL("favicon.svg")).Replace(pattern)
	if strings.ContainsAny(path, ":*") {
		e.T.Fatalf("%s has a parameter without an example", pattern)
	}
	return path
}

func (e *examples) form(r route) (url.Values, bool) {
	v := func(pairs ...string) (url.Values, bool) {
		out := url.Values{}
		for i := 0; i+1 < len(pairs); i += 2 {
			out.Add(pairs[i], pairs[i+1])
		}
		return out, true
	}
	fresh := fmt.Sprintf("%d", e.n)
	version := func(table, where, key string) string {
		return fmt.Sprint(e.Count("SELECT version FROM "+table+" WHERE "+where+" = ?", key))
	}
	person := []string{"login", target, "name", "新名" + fresh, "role", "front_desk", "branch", "hangzhou", "status", "active", "employment", "regular", "hired_on", "2020-01-01"}
	switch r.method + " " + r.path {
	case "POST /sign-in":
		e.Run("DELETE FROM sign_in_failures")
		return v("login", "nobody-"+fresh, "password", "wrong wrong wrong")
	case "POST /set-up/:token", "POST /sign-out", "POST /account/sessions/:ref/end", "POST /staff/:login/password", "POST /staff/:login/sessions/end":
		return v()
	case "POST /language":
		return v("language", "en", "here", "/desk")
	case "POST /theme":
		return v("theme", "dark", "here", "/desk")
	case "POST /account/password":
		return v("present", "", "chosen", "short")
	case "POST /look-up":
		return v("q", "zmy 8811")
	case "POST /customers/new":
		return v("typed", "张三 13911112222")
	case "POST /customers":
		return v("kind", "individual", "name.0", "客人"+chinese(e.n), "channel", "service")
	case "POST /customers/likely":
		return v("kind", "individual", "name.0", "周美月", "phone.0", "13900008811")
	case "POST /customers/:id/edit/:group":
		return v("name.0", "周美月", "city.0", "城"+fresh, "channel", "service", "version", version("customers", "public_id", e.guest))
	case "POST /customers/:id/reveal/:n":
		return v("reason", customer.RevealReasons[0])
	case "POST /customers/:id/consents/:purpose":
		return v("given", "yes", "wording", "service@1", "who", "self", "how", "spoken", "once", "consent-"+fresh)
	case "POST /customers/:id/wishes":
		return v("kind", "other", "note", "心愿"+fresh, "how", "spoken")
	case "POST /customers/:id/wishes/:wish/end":
		e.Run("DELETE FROM restrictions")
		e.Run("INSERT INTO restrictions (customer_id, n, kind, how, staff_id, branch_id, recorded_at) SELECT id, 1, 'photo', 'spoken', 1, 1, 1 FROM customers WHERE public_id = ?", e.guest)
		return v()
	case "POST /customers/:id/requests":
		return v("kind", "correction", "about", "要求"+fresh, "who", "self", "how", "spoken")
	case "POST /customers/:id/requests/:request":
		e.Run("DELETE FROM customer_requests")
		e.must(e.Rights.Take(e.T.Context(), e.Clerk(), rights.Ask{PublicID: e.guest, Kind: rights.Correct, About: "x", Who: consent.Self, How: consent.Spoken}))
		return v("outcome", "kept", "reply", "说明过了")
	case "POST /customers/:id/sheet":
		return v("reason", "access", "identity", "document")
	case "POST /customers/:id/erasure":
		e.Run("DELETE FROM erasures")
		return v("who", "self", "how", "written", "proof", "在 3 号柜")
	case "POST /customers/:id/erasure/confirm", "POST /customers/:id/erasure/withdraw":
		e.Run("DELETE FROM erasures")
		e.must(e.Rights.AskErasure(e.T.Context(), e.ActorOf("second-custodian"), rights.Leave{PublicID: e.leaver, Who: consent.Self, How: consent.Written, Proof: "在 3 号柜"}))
		return v("number", "1")
	case "POST /wordings/:wording":
		return v("zh", "第 "+fresh+" 次念给客人听的文字", "en", "What is read out the "+fresh+". time", "version", fmt.Sprint(e.Count("SELECT MAX(version) FROM wordings WHERE wording = 'service'")))
	case "POST /fields/:key":
		return v("on", "yes", "purposes", "tailor", "reason", "因为 "+fresh, "edition", version("fields", "k", "hobby"))
	case "POST /branches":
		return v("code", "b-"+fresh, "name_zh", "店"+fresh, "name_en", "House "+fresh, "time_zone", "Asia/Shanghai", "region", "CN")
	case "POST /branches/:code/edit":
		return v("name_zh", "店"+fresh, "name_en", "House "+fresh, "time_zone", "Asia/Shanghai", "region", "CN", "active", "yes", "version", version("branches", "code", "hangzhou"))
	case "POST /staff":
		form, ok := v(person...)
		form.Set("login", "p-"+fresh)
		return form, ok
	case "POST /staff/:login/edit":
		return v(append(person, "version", version("staff", "login", target))...)
	case "POST /staff/:login/confirm":
		e.Run("UPDATE staff SET employment_confirmed = 0 WHERE login = ?", target)
		e.Run("UPDATE employment_changes SET entered_by = 0 WHERE staff_id = (SELECT id FROM staff WHERE login = ?)", target)
		return v("version", version("staff", "login", target))
	case "POST /api/v1/customers/search":
		return v("json", `{"q":"zmy 8811"}`)
	case "POST /api/v1/customers/:id/consents":
		return v("json", `{"purpose":"service","given":true,"how":"web","wording":"service@1"}`)
	case "POST /api/v1/customers":
		return v("json", `{"kind":"individual","name":"客人`+chinese(e.n)+`","channel":"website"}`)
	}
	return nil, false
}

func (e *examples) must(err error) {
	e.T.Helper()
	if err != nil {
		e.T.Fatal(err)
	}
}

// chinese writes a number in characters, for names that must be new.
func chinese(n int) string {
	var out strings.Builder
	for _, digit := range fmt.Sprint(n) {
		out.WriteRune([]rune("零一二三四五六七八九")[digit-'0'])
	}
	return out.String()
}

func TestEveryRouteOfTheServerStandsInTheTable(t *testing.T) {
	h := newWebHouse(t)
	known := map[string]route{}
	for _, r := range h.app.routes {
		if _, twice := known[r.method+" "+r.path]; twice {
			t.Errorf("%s %s stands in the table twice", r.method, r.path)
		}
		known[r.method+" "+r.path] = r
	}
	for _, r := range h.app.echo.Routes() {
		if _, ok := known[r.Method+" "+r.Path]; !ok {
			t.Errorf("%s %s is served and stands in no table", r.Method, r.Path)
		}
	}
	for name, r := range known {
		switch {
		case r.public && (r.permission != policies.Permission{} || r.surface != policies.NoCustomer):
			t.Errorf("%s is open and yet has a permission or shows customers", name)
		case !r.public && r.permission == policies.Permission{}:
			t.Errorf("%s has no permission", name)
		case (r.limit > 0) != (r.surface != policies.NoCustomer):
			t.Errorf("%s: surface %s with limit %d", name, r.surface, r.limit)
		case r.surface == policies.Bulk:
			t.Errorf("%s shows customers in bulk, which nobody may", name)
		case r.limit > customer.LookUpLimit:
			t.Errorf("%s may show %d customers", name, r.limit)
		}
	}
}
