package handlers

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"shuke/handlers/api"
	"shuke/models/customer"
	"shuke/models/membership"
	"shuke/models/modelstest"
	"shuke/policies"
)

// A program that writes facts learns from the house what there is to write: an
// own field at once, nothing that is off, nothing its person may not see.
func TestFieldsAreThoseInUseThatTheTokensPersonMaySee(t *testing.T) {
	h := newCallHouse(t)
	own := h.AddOwn(modelstest.OwnDraft("高尔夫会籍", "Golf club"))
	byKey := func(role policies.Role) map[string]api.Field {
		out := map[string]api.Field{}
		for _, f := range as[api.Fields](t, h.get("/api/v1/fields", role), http.StatusOK).Fields {
			out[f.Key] = f
		}
		return out
	}
	seen := byKey(policies.Custodian)
	if f := seen[own]; !f.Own || f.Label != "高尔夫会籍" || !f.Writable || len(f.Purposes) == 0 || f.Benefit == "" {
		t.Errorf("%+v", f)
	}
	if f := seen["sex"]; f.Type != "choice" || len(f.Options) < 2 || f.Options[0].Label == "" {
		t.Errorf("%+v", f)
	}
	if f := seen["child_name"]; f.Record != "child" || !f.Masked || f.Consent != "child" {
		t.Errorf("%+v", f)
	}
	cat := h.Catalogue()
	for _, role := range []policies.Role{policies.Floor, policies.FrontDesk, policies.Owner} {
		seen = byKey(role)
		for _, f := range cat.All() {
			got, listed := seen[f.Key]
			if want := f.On && (f.MaySee(role) || f.MayChange(role)); listed != want {
				t.Errorf("%s sees %s: %v", role, f.Key, listed)
			}
			if listed && got.Writable != f.MayChange(role) {
				t.Errorf("%s, %s: writable %v", role, f.Key, got.Writable)
			}
		}
	}
	h.SwitchField("hobby", false)
	if _, listed := byKey(policies.Custodian)["hobby"]; listed {
		t.Error("a field that is off is offered")
	}
}

func TestAreasAndClubsAreTheHousesOwnInTheLanguageAskedFor(t *testing.T) {
	h := newCallHouse(t)
	w := &webHouse{House: h.House}
	club := addClub(w)
	areas := as[api.Areas](t, h.send(http.MethodGet, "/api/v1/areas", h.tokens[policies.Floor], "", "Accept-Language", "en"), http.StatusOK)
	at := slices.IndexFunc(areas.Areas, func(a api.Area) bool { return a.Key == customer.AreaSafety })
	if at < 0 || !areas.Areas[at].Safety || areas.Areas[at].Name == "" || strings.ContainsAny(areas.Areas[at].Name, "过敏") {
		t.Errorf("%+v", areas.Areas)
	}
	for _, a := range areas.Areas {
		if !slices.ContainsFunc(areas.Departments, func(d api.Department) bool { return d.Key == a.Department }) {
			t.Errorf("%s is made ready by %q", a.Key, a.Department)
		}
	}
	clubs := as[api.Clubs](t, h.get("/api/v1/clubs", policies.FrontDesk), http.StatusOK).Clubs
	if len(clubs) != 1 || clubs[0].ID != club.id || clubs[0].Name != "熟客会" || len(clubs[0].Tiers) != 2 || clubs[0].Tiers[1].Nights != 5 || len(clubs[0].Events) != 1 || clubs[0].Events[0].ID != club.event {
		t.Errorf("%+v", clubs)
	}
}

// A program sees a guest of its own branch, adds to the sheet once however often
// it sends, and takes back what it added.
func TestAProgramAddsToOneStayOnceAndTakesItBack(t *testing.T) {
	h := newCallHouse(t)
	day := h.Clerk().Today()
	guest := h.AddGuest("周美月")
	id := as[struct{ ID string }](t, h.post("/api/v1/stays", fmt.Sprintf(`{"customer":%q,"status":"reserved","arrive_on":%q,"depart_on":%q,"eta":"14:30","room":"1206","adults":1}`, guest, day, h.Clerk().Now.AddDate(0, 0, 1).Format("2006-01-02"))), http.StatusCreated).ID
	add := func(body string, with ...string) reply {
		return h.post("/api/v1/stays/"+id+"/preparations", body, with...)
	}
	kettle := `{"wording":"热水壶","department":"housekeeping","due":"13:00"}`
	first := as[struct{ Key string }](t, add(kettle, "Idempotency-Key", "k1"), http.StatusCreated)
	again := as[struct{ Key string }](t, add(kettle, "Idempotency-Key", "k1"), http.StatusCreated)
	if first != again || first.Key == "" {
		t.Errorf("%+v %+v", first, again)
	}
	for want, body := range map[string]string{
		"body.wording":    `{"wording":" ","department":"housekeeping"}`,
		"body.department": `{"wording":"热水壶","department":"nobody"}`,
		"body.due":        `{"wording":"热水壶","department":"housekeeping","due":"25:00"}`,
	} {
		if p := problem(t, add(body), 422); len(p.Errors) != 1 || p.Errors[0].Location != want {
			t.Errorf("%s: %+v", want, p.Errors)
		}
	}
	g := as[api.Guest](t, h.get("/api/v1/stays/"+id, policies.FrontDesk), http.StatusOK)
	if g.Customer != guest || g.Room != "1206" || g.ETA != "14:30" || len(g.Preparations) != 1 || g.Preparations[0].Key != first.Key {
		t.Errorf("%+v", g)
	}
	if e := h.LastEvent(); e.Action != "arrival.row_opened" || e.Via != "token" {
		t.Errorf("%+v", e)
	}
	if r := h.post("/api/v1/stays/"+id+"/preparations/"+first.Key+"/drop", ""); r.Code != http.StatusNoContent {
		t.Error(r.Code, r.text)
	}
	if g = as[api.Guest](t, h.get("/api/v1/stays/"+id, policies.FrontDesk), http.StatusOK); len(g.Preparations) != 0 {
		t.Errorf("%+v", g.Preparations)
	}
	h.AddPerson("elsewhere", policies.FrontDesk, modelstest.Hangzhou)
	if r := h.send(http.MethodGet, "/api/v1/stays/"+id, h.token("elsewhere"), ""); r.Code != http.StatusNotFound && r.Code != http.StatusForbidden {
		t.Error("another branch reads the guest", r.Code)
	}
}

// A stay of another system is nobody's until a program says whose it is, of the
// stay as it read it.
func TestAProgramSaysWhoseAStayIs(t *testing.T) {
	h := newCallHouse(t)
	day := h.Clerk().Today()
	guest := h.AddGuest("周美月")
	id := as[struct{ ID string }](t, h.post("/api/v1/stays", fmt.Sprintf(`{"guest_name":"ZHOU MEIYUE","status":"reserved","arrive_on":%q,"depart_on":%q,"adults":1}`, day, day)), http.StatusCreated).ID
	read := func() api.Guest {
		return as[api.Guest](t, h.get("/api/v1/stays/"+id, policies.FrontDesk), http.StatusOK)
	}
	claim := func(customer string, version int64) reply {
		return h.post("/api/v1/stays/"+id+"/claim", fmt.Sprintf(`{"customer":%q,"version":%d}`, customer, version))
	}
	before := read()
	if before.Customer != "" || before.Name != "ZHOU MEIYUE" {
		t.Fatalf("%+v", before)
	}
	problem(t, claim(guest, before.Version+1), http.StatusConflict)
	problem(t, claim("K-0000000000", before.Version), http.StatusNotFound)
	if p := problem(t, claim("", before.Version), 422); p.Errors[0].Location != "body.customer" {
		t.Errorf("%+v", p)
	}
	if r := claim(guest, before.Version); r.Code != http.StatusNoContent {
		t.Fatal(r.Code, r.text)
	}
	if now := read(); now.Customer != guest || now.Name != "周美月" {
		t.Errorf("%+v", now)
	}
}

func TestAProgramRecordsAndLiftsARestriction(t *testing.T) {
	h := newCallHouse(t)
	at := "/api/v1/customers/" + h.AddGuest("周美月")
	made := as[api.Consents](t, h.post(at+"/restrictions", `{"kind":"hours","from":"22:00","until":"08:30","how":"web"}`), http.StatusCreated)
	if len(made.Restrictions) != 1 || made.Restrictions[0].From != 22*60 || made.Restrictions[0].Until != 8*60+30 || made.Restrictions[0].N == 0 {
		t.Fatalf("%+v", made.Restrictions)
	}
	for want, body := range map[string]string{
		"body.from":   `{"kind":"hours","from":"later","until":"08:30","how":"web"}`,
		"body.branch": `{"kind":"branch","branch":"nowhere","how":"web"}`,
		"body.person": `{"kind":"person","how":"web"}`,
		"body.note":   `{"kind":"other","how":"web"}`,
	} {
		if p := problem(t, h.post(at+"/restrictions", body), 422); len(p.Errors) == 0 || p.Errors[0].Location != want {
			t.Errorf("%s: %+v", want, p.Errors)
		}
	}
	if r := h.post(fmt.Sprintf("%s/restrictions/%d/end", at, made.Restrictions[0].N), ""); r.Code != http.StatusNoContent {
		t.Error(r.Code, r.text)
	}
	if now := as[api.Consents](t, h.get(at+"/consents", policies.FrontDesk), http.StatusOK); len(now.Restrictions) != 0 {
		t.Errorf("%+v", now.Restrictions)
	}
}

func TestAProgramTakesDownWhatACustomerAsksAndReadsWhatBecameOfIt(t *testing.T) {
	h := newCallHouse(t)
	at := "/api/v1/customers/" + h.AddGuest("周美月") + "/requests"
	wants := `{"kind":"correction","about":"电话换了","how":"wechat"}`
	for range 2 {
		list := as[api.Requests](t, h.post(at, wants, "Idempotency-Key", "r1"), http.StatusCreated).Requests
		if len(list) != 1 || list[0].About != "电话换了" || list[0].Who != "self" || list[0].Outcome != "" || !list[0].DueAt.After(list[0].AskedAt) {
			t.Errorf("%+v", list)
		}
	}
	if p := problem(t, h.post(at, `{"kind":"correction","about":" ","how":"wechat"}`), 422); p.Errors[0].Location != "body.about" {
		t.Errorf("%+v", p)
	}
	if got := as[api.Requests](t, h.get(at, policies.Service), http.StatusOK).Requests; len(got) != 1 {
		t.Errorf("%+v", got)
	}
}

// The card tells a program what it tells a person: the visit, what may be said,
// what is worth asking, and the version by which a membership is ended.
func TestTheCardTellsOfTheVisitOfQuestionsAndOfMembershipsToEnd(t *testing.T) {
	h := newCallHouse(t)
	club := addClub(&webHouse{House: h.House})
	id := h.AddGuest("周美月", "city", "杭州")
	at := "/api/v1/customers/" + id
	day := h.Clerk().Today()
	stay := as[struct{ ID string }](t, h.post("/api/v1/stays", fmt.Sprintf(`{"customer":%q,"status":"reserved","arrive_on":%q,"depart_on":%q,"room":"1206","adults":1}`, id, day, day)), http.StatusCreated).ID
	if _, err := h.Members.Join(t.Context(), h.Clerk(), membership.Joining{PublicID: id, ClubID: club.id}); err != nil {
		t.Fatal(err)
	}
	card := as[api.Card](t, h.get(at, policies.FrontDesk), http.StatusOK)
	if v := card.Visit; v.Number != 1 || v.Now == nil || v.Now.ID != stay || v.Now.Room != "1206" || v.Last != nil || v.Say == "" {
		t.Errorf("%+v", v)
	}
	if len(card.Questions) == 0 || len(card.Questions) > 3 || card.Questions[0].Say == "" || card.Questions[0].Benefit == "" {
		t.Fatalf("%+v", card.Questions)
	}
	asked := card.Questions[0].Field
	if r := h.post(at+"/questions/"+asked, `{"outcome":"declined"}`); r.Code != http.StatusNoContent {
		t.Error(r.Code, r.text)
	}
	member := card.Memberships[0]
	if p := problem(t, h.post(fmt.Sprintf("%s/memberships/%d/leave", at, club.id), fmt.Sprintf(`{"version":%d,"reason":""}`, member.Version)), 422); p.Errors[0].Location != "body.reason" {
		t.Errorf("%+v", p)
	}
	problem(t, h.post(fmt.Sprintf("%s/memberships/%d/leave", at, club.id), fmt.Sprintf(`{"version":%d,"reason":"客人要求"}`, member.Version-1)), http.StatusConflict)
	if r := h.post(fmt.Sprintf("%s/events/%d", at, club.event), `{"came":true}`); r.Code != http.StatusNoContent {
		t.Error(r.Code, r.text)
	}
	if r := h.post(fmt.Sprintf("%s/memberships/%d/number", at, club.id), fmt.Sprintf(`{"version":%d,"reason":"卡丢了"}`, member.Version)); r.Code != http.StatusNoContent {
		t.Error(r.Code, r.text)
	}
	card = as[api.Card](t, h.get(at, policies.FrontDesk), http.StatusOK)
	if slices.ContainsFunc(card.Questions, func(q api.Question) bool { return q.Field == asked }) {
		t.Error("what was declined is asked again")
	}
	if now := card.Memberships[0]; now.Number == member.Number || now.Version == member.Version {
		t.Errorf("%+v", now)
	}
	if r := h.post(fmt.Sprintf("%s/memberships/%d/leave", at, club.id), fmt.Sprintf(`{"version":%d,"reason":"客人要求"}`, card.Memberships[0].Version)); r.Code != http.StatusNoContent {
		t.Error(r.Code, r.text)
	}
	if card = as[api.Card](t, h.get(at, policies.FrontDesk), http.StatusOK); len(card.Memberships) != 0 {
		t.Errorf("%+v", card.Memberships)
	}
}
