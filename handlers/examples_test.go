package handlers

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"shuke/models/arrival"
	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/intake"
	"shuke/models/modelstest"
	"shuke/models/relation"
	"shuke/models/rights"
	"shuke/models/webhook"
	"shuke/policies"
)

// target is whom the examples of staff routes act upon.
const target = "target"

// examples knows for every route of the table a request that would succeed for
// whoever may make it. A new route needs a line here.
type examples struct {
	*webHouse
	guest    string // public id
	own      string // key of a field of the house's own
	leaver   string // public id of the guest whom erasures are about
	phone    int64  // number of the fact that is revealed
	lastStay string
	wishes   map[string]int64 // numbers of what the guest wants, by words
	n        int              // examples given so far, for what must be new each time
	hook     string           // endpoint of events; nobody answers there
	link     string           // a relation of the guest that is as the act needs it
	child    string           // a relation that lasts: with a child, by name
	related  string           // public id of the other of that relation
	club     clubExample
	file     string // an intake in the state that the act needs
	scan     string // a picture beside it
	// secrets are the sessions and tokens of those who asked.
	secrets map[string]string
}

func newExamples(h *webHouse) *examples {
	h.T.Helper()
	e := &examples{webHouse: h, guest: h.AddGuest("周美月", "phone", "13900008811", "city", "杭州"), secrets: map[string]string{}, wishes: map[string]int64{}}
	fact, ok := h.Fact(e.guest, "phone.0")
	if !ok {
		h.T.Fatal("the guest has no telephone")
	}
	e.phone = fact.N
	var err error
	if e.child, err = h.Relations.Add(h.T.Context(), h.Actor(policies.Custodian), h.Catalogue(), relation.Draft{PublicID: e.guest, Kind: relation.Child, Name: "周小满", Channel: "service"}); err != nil {
		h.T.Fatal(err)
	}
	e.club = e.newClub()
	e.own = h.AddOwn(modelstest.OwnDraft("高尔夫会籍", "Golf club"))
	h.AddPerson(target, policies.FrontDesk, "hangzhou")
	h.app.Stop() // a stream ends as soon as it began
	e.wish("花生过敏", "spoken")
	e.wish("枕头要高", "")
	e.stay()
	e.addHook()
	e.leaver = h.AddGuest("方不留")
	h.AddPerson("second-custodian", policies.Custodian, "hangzhou")
	return e
}

// addHook makes the endpoint of the examples, again when one has removed it.
func (e *examples) addHook() {
	e.T.Helper()
	if e.hook != "" && e.Count("SELECT COUNT(*) FROM webhooks WHERE id = ?", e.hook) == 1 {
		return
	}
	e.Run("DELETE FROM webhook_subscriptions")
	e.Run("DELETE FROM webhooks")
	var err error
	e.hook, _, err = e.Webhooks.Add(e.T.Context(), e.Actor(policies.Owner), webhook.Draft{Address: "http://127.0.0.1:1/", Kinds: webhook.Kinds})
	if err != nil {
		e.T.Fatal(err)
	}
}

// of returns an example of a route. It sets up what the act needs, so that the
// answer says whether one may, and not whether somebody did so before.
func (e *examples) of(r route) ask {
	e.T.Helper()
	e.n++
	e.relate(r)
	e.handIn(r)
	a := ask{method: r.method, path: e.path(r.path)}
	if r.method != get {
		form, known := e.form(r)
		if !known {
			e.T.Fatalf("%s %s has no example", r.method, r.path)
		}
		switch {
		case strings.HasPrefix(r.path, "/api/"):
			a.json = form.Get("json")
		case r.path == "/imports":
			a.parts = append(partsOf(form), part{name: "file", file: "list.csv", content: fmt.Sprintf("姓名,手机\n客人%s,139%08d\n", chinese(e.n), e.n)})
		case strings.HasSuffix(r.path, "/scans"):
			a.parts = []part{{name: "scans", file: "page.png", content: "\x89PNG\r\n\x1a\n"}}
		default:
			a.form = form
		}
	}
	return a
}

// relate gives the guest the relation that a route acts upon: with another guest,
// with a child by name where one is revealed, with anybody by name where they are
// to become a customer.
func (e *examples) relate(r route) {
	e.T.Helper()
	if r.method == get || !strings.HasPrefix(strings.TrimPrefix(r.path, "/api/v1"), "/customers/:id/") || strings.HasSuffix(r.path, "/find") {
		e.link = e.child
		return
	}
	custodian := e.Actor(policies.Custodian)
	d := relation.Draft{PublicID: e.guest, Kind: relation.Friend, With: e.AddGuest("友人" + chinese(e.n)), Channel: "service"}
	switch {
	case strings.HasSuffix(r.path, ":link/reveal"):
		d.Kind, d.With, d.Name = relation.Child, "", "小孩"+chinese(e.n)
	case strings.Contains(r.path, "/people/"):
		d.Kind, d.With, d.Name = relation.TravelsWith, "", "同行"+chinese(e.n)
	}
	e.related = d.With
	var err error
	if e.link, err = e.Relations.Add(e.T.Context(), custodian, e.Catalogue(), d); err != nil {
		e.T.Fatal(err)
	}
	switch {
	case strings.HasSuffix(r.path, "/lift"):
		err = e.Relations.Hide(e.T.Context(), custodian, relation.Wish{PublicID: e.guest, Ref: e.link, Here: true, Reason: "asked"})
	case strings.HasSuffix(r.path, "/leave"):
		e.Run("UPDATE household_members SET state = 1, ended_at = 1") // alone again
		err = e.Relations.Join(e.T.Context(), custodian, relation.Move{PublicID: e.guest, Ref: e.link, Version: e.householdVersion()})
	}
	if err != nil {
		e.T.Fatal(err)
	}
}

// householdVersion is the version of the guest's household, 0 without one.
func (e *examples) householdVersion() int64 {
	return e.Count("SELECT COALESCE(MAX(h.version), 0) FROM households h JOIN household_members m ON m.household_id = h.id WHERE m.state = 0 AND m.customer_id = (SELECT id FROM customers WHERE public_id = ?)", e.guest)
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
	case "POST /set-up/:token", "POST /sign-out", "POST /account/sessions/:ref/end", "POST /account/tokens/:ref/revoke", "POST /staff/:login/tokens/:ref/revoke", "POST /webhooks/:hook/test", "POST /webhooks/:hook/secret", "POST /webhooks/:hook/remove", "POST /staff/:login/password", "POST /staff/:login/sessions/end":
		return v()
	case "POST /language":
		return v("language", "en", "here", "/desk")
	case "POST /theme":
		return v("theme", "dark", "here", "/desk")
	case "POST /account/password":
		return v("present", "", "chosen", "short")
	case "POST /stays":
		return v("guest_name", "客人"+chinese(e.n), "arrive_on", "2026-11-22", "depart_on", "2026-11-24", "status", "reserved", "adults", "2")
	case "POST /stays/:stay":
		return v("customer", e.guest, "arrive_on", "2026-11-22", "depart_on", "2026-11-24", "status", "reserved", "adults", "2", "version", e.stayVersion())
	case "POST /stays/:stay/turn":
		return v("to", "in_house", "version", e.stayVersion())
	case "POST /stays/:stay/check-in":
		return v("seen", "yes", "version", e.stayVersion())
	case "POST /stays/:stay/whose":
		return v("q", "zmy 8811")
	case "POST /stays/:stay/claim":
		return v("customer", e.guest, "version", e.stayVersion())
	case "POST /stays/:stay/note":
		return v("words", "咖啡不加糖，第 "+fresh+" 次说")
	case "POST /stays/:stay/preparations":
		return v("wording", "会议室投影试机 "+fresh, "department", "engineering", "due", "18:00")
	case "POST /stays/:stay/ticks":
		return v("done", "h1")
	case "POST /stays/:stay/preparations/:key/drop":
		return v()
	case "POST /lists/:list":
		return v("key", "spa_"+strings.ToLower(letters(e.n)), "name_zh", "水疗部", "name_en", "Spa", "lead", "30", "position", "90", "on", "on")
	case "POST /lists/:list/:item":
		return v("name_zh", "工程部", "name_en", "Engineering", "lead", "90", "position", "50", "on", "on", "version", version("departments", "k", "engineering"))
	case "POST /api/v1/customers/:id/preferences":
		return v("json", `{"words":"咖啡不加奶，第 `+fresh+` 次说","channel":"service"}`)
	case "POST /api/v1/customers/:id/preferences/:n/confirm":
		return v("json", `{}`)
	case "POST /api/v1/customers/:id/preferences/:n/retire":
		return v("json", `{"reason":"changed","words":"客人说不用了"}`)
	case "POST /api/v1/customers/:id/facts":
		return v("json", `{"facts":{"city":"城`+fresh+`"},"channel":"service"}`)
	case "POST /api/v1/stays":
		return v("json", `{"guest_name":"客人","status":"reserved","arrive_on":"2026-11-22","depart_on":"2026-11-23"}`)
	case "POST /api/v1/stays/:stay/status":
		return v("json", `{"status":"in_house","version":`+e.stayVersion()+`}`)
	case "POST /api/v1/stays/:stay/preparations/:key":
		return v("json", `{"done":true}`)
	case "POST /api/v1/stays/:stay/claim":
		return v("json", `{"customer":"`+e.guest+`","version":`+e.stayVersion()+`}`)
	case "POST /api/v1/stays/:stay/preparations":
		return v("json", `{"wording":"热水壶 `+fresh+`","department":"engineering","due":"18:00"}`)
	case "POST /api/v1/stays/:stay/preparations/:key/drop":
		return v("json", `{}`)
	case "POST /api/v1/customers/:id/questions/:field":
		return v("json", `{"outcome":"no_answer"}`)
	case "POST /api/v1/customers/:id/relations/:link/end":
		return v("json", `{"why":"over"}`)
	case "POST /api/v1/customers/:id/restrictions":
		return v("json", `{"kind":"other","note":"心愿`+fresh+`","how":"web"}`)
	case "POST /api/v1/customers/:id/requests":
		return v("json", `{"kind":"correction","about":"要求`+fresh+`","how":"web"}`)
	case "POST /notes/read":
		return v("words", "早餐鸡蛋要嫩一点")
	case "POST /customers/:id/preferences":
		return v("words", "早餐鸡蛋要嫩一点，第 "+fresh+" 次说", "channel", "service")
	case "POST /customers/:id/preferences/:n/confirm":
		return v()
	case "POST /customers/:id/preferences/:n/replace":
		return v("by", "1")
	case "POST /customers/:id/preferences/:n/retire":
		return v("reason", "changed", "why", "客人说不用了")
	case "POST /customers/:id/preferences/:n/words":
		return v("reason", "guest_request")
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
	case "POST /customers/:id/relations/new":
		return v("kind", "colleague", "with", e.related, "channel", "service", "note", "备注"+chinese(e.n))
	case "POST /customers/:id/relations/find":
		return v("q", "zmy 8811")
	case "POST /customers/:id/relations/:link/end":
		return v("why", "over")
	case "POST /customers/:id/relations/:link/hide":
		return v("where", "there", "reason", "asked")
	case "POST /customers/:id/relations/:link/lift":
		return v("where", "here")
	case "POST /customers/:id/relations/:link/reveal":
		return v("reason", customer.RevealReasons[0])
	case "POST /customers/:id/people/:who/customer":
		return v("relation", "friend", "name.0", "客人"+chinese(e.n))
	case "POST /customers/:id/household":
		e.Run("UPDATE household_members SET state = 1, ended_at = 1") // alone again
		return v("ref", e.link, "version", "0")
	case "POST /customers/:id/household/leave":
		return v("member", e.related, "why", "over", "version", fmt.Sprint(e.householdVersion()))
	case "POST /customers/:id/asked":
		return v("field", "diet", "outcome", "no_answer", "once", "asked-"+fresh)
	case "POST /purposes/weights":
		return v("weight.keep", "3", "weight.sell_more", "2", "weight.tailor", "2", "weight.develop", "1", "weight.win_new", "1", "weight.market", "0", "version", version("purposes_head", "id", "1"))
	case "POST /purposes/count":
		return v()
	case "POST /customers/:id/consents/:purpose":
		return v("given", "yes", "wording", "service@1", "who", "self", "how", "spoken", "once", "consent-"+fresh)
	case "POST /customers/:id/restrictions":
		return v("kind", "other", "note", "心愿"+fresh, "how", "spoken")
	case "POST /customers/:id/restrictions/:restriction/end", "POST /api/v1/customers/:id/restrictions/:restriction/end":
		e.Run("DELETE FROM restrictions")
		e.Run("INSERT INTO restrictions (customer_id, n, kind, how, staff_id, branch_id, recorded_at) SELECT id, 1, 'photo', 'spoken', 1, 1, 1 FROM customers WHERE public_id = ?", e.guest)
		return v("json", `{}`)
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
	case "POST /fields":
		return ownValues(modelstest.OwnDraft("自建"+chinese(e.n), "Own "+fresh)), true
	case "POST /fields/:key/edit":
		form := ownValues(modelstest.OwnDraft("高尔夫会籍", "Golf club", func(d *customer.OwnDraft) { d.HalfLife = fresh }))
		form.Set("edition", version("fields", "k", e.own))
		return form, true
	case "POST /fields/:key/delete":
		e.Run("DELETE FROM fields WHERE k = 'own_doomed'")
		e.Run("INSERT INTO fields (k, definition, is_on, purposes, updated_at, updated_by) SELECT 'own_doomed', REPLACE(definition, k, 'own_doomed'), 1, purposes, 0, 0 FROM fields WHERE k = ?", e.own)
		e.Run("UPDATE fields_head SET version = version + 1")
		return v("edition", "1")
	case "POST /clubs", "POST /clubs/:club", "POST /clubs/standing", "POST /clubs/:club/:part", "POST /clubs/:club/:part/:item", "POST /customers/:id/membership/join", "POST /customers/:id/membership/:club/leave",
		"POST /customers/:id/membership/:club/number", "POST /customers/:id/membership/:club/tier", "POST /customers/:id/membership/:club/attended", "POST /api/v1/customers/:id/memberships",
		"POST /api/v1/customers/:id/memberships/:club/leave", "POST /api/v1/customers/:id/memberships/:club/number", "POST /api/v1/customers/:id/events/:event":
		return e.clubForm(r)
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
	case "POST /staff/:login/tokens":
		return v("label", "程序"+fresh, "scopes", "customer.search", "days", "90", "per_second", "20", "per_hour", "600", "once", "token-"+fresh)
	case "POST /webhooks":
		e.Run("DELETE FROM webhooks WHERE id <> ?", e.hook) // there is room for few
		return v("address", "http://127.0.0.1:1/"+fresh, "kinds", "customer.changed", "once", "hook-"+fresh)
	case "POST /webhooks/:hook":
		return v("address", "http://127.0.0.1:1/", "kinds", "customer.changed", "on", "yes", "version", version("webhooks", "id", e.hook))
	case "POST /imports":
		return v("target", "customers", "mode", "add", "channel", "list", "source", "老系统", "branch", "hangzhou", "once", "file-"+fresh)
	case "POST /imports/:id/mapping":
		return v("version", version("intakes", "id", e.file), "mode", "add", "channel", "list", "branch", "hangzhou", "map.2", "-")
	case "POST /imports/:id/check", "POST /imports/:id/start", "POST /imports/:id/ask", "POST /imports/:id/approve", "POST /imports/:id/cancel":
		return v("version", version("intakes", "id", e.file))
	case "POST /imports/:id/decline", "POST /imports/:id/undo":
		return v("version", version("intakes", "id", e.file), "reason", "因为 "+fresh)
	case "POST /imports/:id/scans":
		return v()
	case "POST /api/v1/customers/search":
		return v("json", `{"q":"zmy 8811"}`)
	case "POST /api/v1/customers/:id/relations":
		return v("json", `{"relation":"travels_with","name":"同行`+chinese(e.n)+`","channel":"service"}`)
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

// handIn gives the routes of an import a file in the state that they act upon.
func (e *examples) handIn(r route) {
	e.T.Helper()
	if !strings.HasPrefix(r.path, "/imports/:id") {
		return
	}
	if e.file == "" {
		e.file = e.AddFile(fmt.Sprintf("姓名,手机\n客人%s,13900000001\n", chinese(e.n)), intake.Settings{})
		e.Run("INSERT INTO imports (id, file_hash, options_hash, file_name, channel, source, started_at, finished_at, staff_id, refused) VALUES (990, 'x', 'x', 'old.csv', 'list', '老系统', 1, 2, 0, 1)")
		if err := e.Intakes.AddScan(e.T.Context(), e.Actor(policies.Custodian), e.file, "page.pdf", strings.NewReader("%PDF-1.7")); err != nil {
			e.T.Fatal(err)
		}
		var err error
		if err = e.Main.Read(e.T.Context()).Raw("SELECT id FROM intake_scans").Scan(&e.scan).Error; err != nil {
			e.T.Fatal(err)
		}
	}
	state, second := intake.Ready, int64(1)
	switch _, act, _ := strings.Cut(r.path, ":id/"); act {
	case "approve", "decline":
		state = intake.Asking
	case "cancel":
		state = intake.Waiting
	case "undo", "bad-rows.csv":
		state = intake.Done
	}
	// Whoever asks is another than who handed it in; bad rows are of who asks.
	e.Run("UPDATE intakes SET state = ?, asked_by = ?, changed_by = 1, refused = 1, warned = 0, already = 0, import_id = CASE WHEN ? = 'done' THEN 990 ELSE 0 END, started_by = 0 WHERE id = ?", state, second, state, e.file)
}

// most is how many customers a route may show: what a look-up does, a sheet of
// arrivals, a household, or one customer with the people around.
func most(r route) int {
	switch {
	case r.permission == policies.ImportRun || r.permission == policies.ImportApprove:
		return intake.PreviewRows
	case r.permission == policies.ArrivalRead:
		return arrival.RowLimit
	case r.surface == policies.OneCustomer:
		return 1 + relation.Most
	case strings.Contains(r.path, "/household"):
		return relation.HouseholdMost
	}
	return customer.LookUpLimit
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
		case r.limit > most(r):
			t.Errorf("%s may show %d customers", name, r.limit)
		}
	}
}

// letters writes a number in letters, for keys that take no digits in front.
func letters(n int) string {
	out := ""
	for ; n > 0; n /= 26 {
		out += string(rune('A' + n%26))
	}
	return out
}
