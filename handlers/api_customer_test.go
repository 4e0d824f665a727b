package handlers

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"shuke/handlers/api"
	"shuke/policies"
)

const (
	searchPath = "/api/v1/customers/search"
	createPath = "/api/v1/customers"
)

func TestSearchFindsWithAMaskedPhoneAndSaysHow(t *testing.T) {
	h := newCallHouse(t)
	id := h.AddGuest("张美玉", "phone", "13812341234")
	h.AddGuest("李雷", "phone", "13900005678")
	r := h.post(searchPath, `{"q":"zmy 1234"}`)
	found := as[api.Found](t, r, http.StatusOK)
	if len(found.Results) != 1 {
		t.Fatal(r.text)
	}
	hit := found.Results[0]
	if hit.ID != id || hit.Kind != "individual" || hit.Name != "张美玉" || hit.Phone != "138****1234" || !slices.Contains(hit.Matched, "phone") || !slices.Contains(hit.Matched, "reading") && !slices.Contains(hit.Matched, "name") {
		t.Error(r.text)
	}
	if strings.Contains(r.text, "13812341234") {
		t.Error("the number is in the answer")
	}
	e := h.LastEvent()
	if e.Action != "customer.looked_up" || e.Via != "token" || e.RequestID == "" || e.ActorID == 0 {
		t.Errorf("%+v", e)
	}
	if h.Count("SELECT COUNT(*) FROM disclosures WHERE surface = 1") != 1 {
		t.Error("not in the ledger")
	}
}

func TestSearchWithoutAnythingToFindIsAnEmptyList(t *testing.T) {
	h := newCallHouse(t)
	for _, q := range []string{"", "%", "*", "a", "zzzz 9999"} {
		if r := h.post(searchPath, `{"q":"`+q+`"}`); r.Code != 200 || !strings.Contains(r.text, `"results":[]`) {
			t.Errorf("%q: %d %s", q, r.Code, r.text)
		}
	}
}

func TestCreateTakesAllFormsOfFacts(t *testing.T) {
	h := newCallHouse(t)
	r := h.send(http.MethodPost, createPath, h.tokens[policies.Manager], `{"kind":"individual","name":"王小明","phones":["138 1234 5678"],"channel":"website","facts":{
		"birth":"1985-03-12","hobby":["围棋","钓鱼"],"work_phone":{"none":true},
		"child":[{"child_name":"王满","child_sex":"female"},{"child_name":"王盈"}]}}`)
	id := as[struct{ ID string }](t, r, http.StatusCreated).ID
	if r.Header().Get("Location") != createPath+"/"+id {
		t.Error(r.Header())
	}
	for slot, want := range map[string]string{"name.0": "王小明", "phone.0": "+8613812345678", "birth.0": "1985-03-12", "hobby.1": "钓鱼"} {
		if f, ok := h.Fact(id, slot); !ok || f.Value != want || f.Channel != "website" {
			t.Errorf("%s: %+v", slot, f)
		}
	}
	if f, ok := h.Fact(id, "work_phone.0"); !ok || !f.None {
		t.Errorf("%+v", f)
	}
	if f, ok := h.Fact(id, "child_name.1"); !ok || f.Sealed == nil {
		t.Errorf("%+v", f)
	}
	if e := h.LastEvent(); e.Action != "customer.added" || e.Via != "token" {
		t.Errorf("%+v", e)
	}
}

func TestCreateUnderOneKeyAddsOnce(t *testing.T) {
	h := newCallHouse(t)
	first := `{"kind":"enterprise","name":"西湖茶业有限公司","phones":["0571-88001234"],"channel":"service","facts":{"email":"a@example.com","note":"一"}}`
	again := `{"channel":"service","facts":{"note":"一","email":"a@example.com"},"phones":["0571-88001234"],"name":"西湖茶业有限公司","kind":"enterprise"}`
	a := as[struct{ ID string }](t, h.post(createPath, first, "Idempotency-Key", "k1"), http.StatusCreated)
	b := as[struct{ ID string }](t, h.post(createPath, again, "Idempotency-Key", "k1"), http.StatusCreated)
	if a != b || h.Count("SELECT COUNT(*) FROM customers") != 1 {
		t.Error(a, b)
	}
	for _, other := range []string{strings.Replace(first, "茶业", "酒业", 1), strings.Replace(first, `"channel":"service"`, `"channel":"fair"`, 1)} {
		if p := problem(t, h.post(createPath, other, "Idempotency-Key", "k1"), http.StatusConflict); p.Code != "error.key_reused" {
			t.Error(p)
		}
	}
	as[struct{ ID string }](t, h.post(createPath, first, "Idempotency-Key", "k2"), http.StatusCreated)
	if p := problem(t, h.post(createPath, first, "Idempotency-Key", strings.Repeat("k", 65)), 422); p.Errors[0].Location != "header.Idempotency-Key" {
		t.Error(p)
	}
}

func TestRefusedValuesAreNamedByPlaceAndNeverRepeated(t *testing.T) {
	const typed = "TYPED-SENTINEL-77"
	h := newCallHouse(t)
	body := func(rest string) string {
		return `{"kind":"individual","name":"王小明","channel":"service",` + rest + `}`
	}
	for want, request := range map[string]string{
		"body.phones[1]":                body(`"phones":["13812345678","` + typed + `"]`),
		"body.facts.birth":              body(`"facts":{"birth":"` + typed + `"}`),
		"body.facts.email[1]":           body(`"facts":{"email":["a@example.com","` + typed + `"]}`),
		"body.facts.child[0].child_sex": body(`"facts":{"child":[{"child_sex":"` + typed + `"}]}`),
		"body.facts.no_such_field":      body(`"facts":{"no_such_field":"` + typed + `"}`),
		"body.facts":                    body(`"facts":{"` + typed + `":"x"}`),
		"body.facts.child":              body(`"facts":{"child":"` + typed + `"}`),
		"body.facts.hobby":              body(`"facts":{"hobby":{"` + typed + `":"` + typed + `"}}`),
		"body.facts.city":               body(`"facts":{"city":null,"note":"` + typed + `"}`),
		"body.facts.name":               body(`"facts":{"name":"` + typed + `"}`),
		"body.name":                     `{"kind":"individual","name":"","channel":"service","phones":["` + typed + `"]}`,
		"body.kind":                     `{"kind":"` + typed + `","name":"x","channel":"service"}`,
		"body.channel":                  `{"kind":"individual","name":"x","channel":"` + typed + `"}`,
		"body.phones":                   body(`"phones":"` + typed + `"`),
		"body":                          body(`"` + typed + `":1`),
		"body.nick":                     body(`"nick":"` + typed + `"`),
	} {
		r := h.post(createPath, request)
		p := problem(t, r, http.StatusUnprocessableEntity)
		if strings.Contains(r.text, "SENTINEL") {
			t.Errorf("%s: repeated: %s", want, r.text)
		}
		if !slices.ContainsFunc(p.Errors, func(d api.Detail) bool { return d.Location == want && d.Code != "" && d.Message != "" }) {
			t.Errorf("%s: %s", want, r.text)
		}
	}
	if p := problem(t, h.post(createPath, `{"name":"x"}`), 422); !slices.ContainsFunc(p.Errors, func(d api.Detail) bool { return d.Location == "body.kind" && d.Code == "error.required" }) {
		t.Error(p)
	}
	if h.Count("SELECT COUNT(*) FROM customers") != 0 {
		t.Error("somebody was added")
	}
}

func TestDetailIsInTheLanguageAskedFor(t *testing.T) {
	h := newCallHouse(t)
	zh := problem(t, h.post(createPath, `{`, "Accept-Language", "zh-TW,en;q=0.5"), 400)
	en := problem(t, h.post(createPath, `{`, "Accept-Language", "en-GB"), 400)
	if zh.Code != en.Code || zh.Detail == en.Detail || !strings.Contains(en.Detail, "JSON") {
		t.Error(zh, en)
	}
}

func TestCardShowsNoMaskedValue(t *testing.T) {
	h := newCallHouse(t)
	manager := h.Actor(policies.Manager)
	id := h.AddGuestBy(manager, "张美玉", "phone", "13812349876", "phone.1", "13700001111", "email", "secret.mail@example.com", "birth", "1985-03-12", "hobby", "围棋",
		"document_kind", "passport", "document_no", "E77554433", "child_name", "周满满", "child_birth", "2019-05-06", "taboo", "不谈足球", "work_phone", "-")
	for _, role := range []policies.Role{policies.FrontDesk, policies.Sales, policies.Service, policies.Manager, policies.Custodian, policies.Owner} {
		r := h.get(createPath+"/"+id, role)
		card := as[api.Card](t, r, http.StatusOK)
		for _, hidden := range []string{"13812349876", "8613812349876", "1381234", "13700001111", "secret.mail", "E77554433", "周满满", "2019-05", "1985", "03-12"} {
			if strings.Contains(r.text, hidden) {
				t.Errorf("%s sees %s", role, hidden)
			}
		}
		if card.ID != id || card.Name != "张美玉" || card.Phone != "138****9876" || card.Reading == "" {
			t.Errorf("%s: %s", role, r.text)
		}
		if len(card.Glance.Never) != 1 || card.Glance.Never[0].Text != "不谈足球" {
			t.Errorf("%s: %+v", role, card.Glance)
		}
		birth := factOf(card, "birth", 0)
		if birth.Value != "--03" || birth.Masked || birth.Channel != "service" || birth.Trust != 3 || birth.RecordedAt.IsZero() || birth.Label == "" {
			t.Errorf("%s: %+v", role, birth)
		}
		if f := factOf(card, "phone", 1); !f.Masked || f.Value != "" || f.Text != "" || f.Hint != "137****1111" {
			t.Errorf("%s: %+v", role, f)
		}
	}
	if e := h.LastEvent(); e.Action != "customer.opened" || e.Via != "token" || e.CustomerID == 0 {
		t.Errorf("%+v", e)
	}
}

func factOf(c api.Card, field string, item int) api.Fact {
	for _, g := range c.Groups {
		for _, f := range g.Facts {
			if f.Field == field && f.Item == item {
				return f
			}
		}
	}
	return api.Fact{}
}

func TestTokenSeesWhatItsPersonSeesOnThePage(t *testing.T) {
	h := newCallHouse(t)
	id := h.AddGuest("张美玉", "phone", "13812349876", "hobby", "围棋", "birth", "1985-03-12", "document_no", "E77554433", "child_name", "周满满", "tier", "gold", "city", "杭州")
	for _, role := range []policies.Role{policies.FrontDesk, policies.Sales, policies.Service, policies.Manager} {
		page, err := h.Cards.Open(context.Background(), h.Actor(role), h.Catalogue(), id)
		if err != nil {
			t.Fatal(err)
		}
		html := h.send(http.MethodGet, "/customers/"+id, "", "", "Cookie", "shuke="+h.SignIn(string(role)), "Accept-Language", "zh-CN").text
		call := as[api.Card](t, h.get(createPath+"/"+id, role), http.StatusOK)
		n := 0
		for _, g := range call.Groups {
			n += len(g.Facts)
			for _, f := range g.Facts {
				if !f.Masked && !strings.Contains(html, f.Text) {
					t.Errorf("%s: %s shows %q, the page does not", role, f.Field, f.Text)
				}
			}
		}
		for _, g := range page.Groups {
			n -= len(g.Entries)
			for _, e := range g.Entries {
				if f := factOf(call, e.Field.Key, e.Item); f.Field == "" || f.Masked != (e.Masked || e.Denied) {
					t.Errorf("%s: %s: page %v/%v, call %+v", role, e.Field.Key, e.Masked, e.Denied, f)
				}
			}
		}
		if n != 0 {
			t.Errorf("%s: %d facts more than on the page", role, n)
		}
	}
}
