package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"shuke/handlers/api"
	"shuke/models/arrival"
	"shuke/models/membership"
	"shuke/models/stay"
	"shuke/policies"
)

func (h *webHouse) send(session, path string, pairs ...string) got {
	h.T.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return h.do(ask{method: "POST", path: path, session: session, form: form})
}

func TestACustomerJoinsOnThePageAndTheCardSaysWhatIsMissing(t *testing.T) {
	h := newWebHouse(t)
	club := addClub(h)
	id := h.AddGuest("王小明", "phone", "13812345678")
	desk := h.session("front_desk")
	card := h.page(desk, "/customers/"+id).doc(t)
	if got := card.Find("section[aria-labelledby=membership]").Text(); !strings.Contains(got, "潜在客户") || card.Find("a[href='/customers/"+id+"/membership#join']").Length() != 1 {
		t.Errorf("before joining: %q", got)
	}
	page := h.page(desk, "/customers/"+id+"/membership").doc(t)
	once, _ := page.Find("form[action$='/join'] input[name=once]").Attr("value")
	if once == "" || page.Find("form[action$='/tier']").Length() != 0 {
		t.Fatal("no form to join, or one for a level")
	}
	for range 2 {
		if got := h.send(desk, "/customers/"+id+"/membership/join", "once", once, "club", fmt.Sprint(club.id)); got.Code != http.StatusSeeOther {
			t.Fatalf("%d: %s", got.Code, got.Body.String())
		}
	}
	_, err := h.Arrivals.Book(t.Context(), h.Actor(policies.Manager), arrival.Booking{Customer: id, Status: stay.Departed, ArriveOn: "2026-11-01", DepartOn: "2026-11-03", ETA: -1, Rate: 60000, Adults: 1})
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(h.page(desk, "/customers/"+id).doc(t).Find("section[aria-labelledby=membership]").Text()), " ")
	for _, want := range []string{"客户 2026-11-01 起，最近住到 2026-11-03", "熟客会青竹会员Q", "再住 3 晚，升金桂会员", "延迟退房到下午一点"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %q", want, text)
		}
	}
	hits := h.do(ask{method: "POST", path: "/look-up", session: desk, form: url.Values{"q": {h.Customer(id).MemberNos[0]}}, header: []string{"HX-Request", "true"}}).doc(t)
	if hits.Find("[role=option]").Length() != 1 || hits.Find(".hit__now .tag").First().Text() != "青竹会员" {
		t.Errorf("the number finds %s", hits.Text())
	}
}

func TestAManagerSetsALevelWithAReasonAndAStaleFormSaysSo(t *testing.T) {
	h := newWebHouse(t)
	club := addClub(h)
	id := h.AddGuest("王小明")
	if _, err := h.Members.Join(t.Context(), h.Clerk(), membership.Joining{PublicID: id, ClubID: club.id}); err != nil {
		t.Fatal(err)
	}
	manager := h.session("manager")
	path := fmt.Sprintf("/customers/%s/membership/%d/tier", id, club.id)
	form := []string{"version", "1", "tier", fmt.Sprint(club.high), "until", "2027-06-30", "once", "level-1"}
	refused := h.send(manager, path, form...)
	d := refused.doc(t)
	if refused.Code != http.StatusUnprocessableEntity || d.Find("details[open] form[action$='/tier'] .field__error").Length() != 1 || d.Find("input[name=until]").First().AttrOr("value", "") != "2027-06-30" {
		t.Errorf("%d without a reason", refused.Code)
	}
	if got := h.send(manager, path, append(form, "reason", "总经理赠送")...); got.Code != http.StatusSeeOther {
		t.Fatalf("%d: %s", got.Code, got.Body.String())
	}
	d = h.page(manager, "/customers/"+id).doc(t)
	if got := d.Find(".glance .tier").Text(); got != "金桂会员" {
		t.Errorf("the head says %q", got)
	}
	if got := d.Find(".member").Text(); !strings.Contains(got, "总经理赠送") || !strings.Contains(got, "到 2027-06-30") {
		t.Errorf("the panel says %q", got)
	}
	if got := h.send(manager, path, "version", "1", "tier", "0", "reason", "旧页面"); got.Code != http.StatusConflict {
		t.Errorf("a stale form: %d", got.Code)
	}
	for _, e := range h.Events() {
		for _, detail := range e.Details {
			if strings.Contains(detail.Value, "赠送") || strings.Contains(detail.Value, "王小明") {
				t.Errorf("%s keeps %q", e.Action, detail.Value)
			}
		}
	}
}

func TestACardOfAMemberTakesNoMoreStatementsThanAnothers(t *testing.T) {
	h := newWebHouse(t)
	club := addClub(h)
	guest, member := h.AddGuest("王小明"), h.AddGuest("李梅")
	if _, err := h.Members.Join(t.Context(), h.Clerk(), membership.Joining{PublicID: member, ClubID: club.id}); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"", "/membership"} {
		session := h.session("manager")
		h.page(session, "/customers/"+guest+path)
		_, without := h.counted(ask{path: "/customers/" + guest + path, session: session})
		_, with := h.counted(ask{path: "/customers/" + member + path, session: session})
		if path == "" && with != without || with > cardStatements {
			t.Errorf("%q: %d statements, without a membership %d", path, with, without)
		}
	}
}

func TestTheCallsTellAndMakeMemberships(t *testing.T) {
	h := newCallHouse(t)
	web := &webHouse{House: h.House}
	club := addClub(web)
	id := h.AddGuest("王小明")
	body := fmt.Sprintf(`{"club":%d}`, club.id)
	path := createPath + "/" + id + "/memberships"
	var number string
	for range 2 {
		answer := as[struct{ Number string }](t, h.post(path, body, "Idempotency-Key", "join-1"), http.StatusCreated)
		if number != "" && answer.Number != number {
			t.Errorf("%s and %s", number, answer.Number)
		}
		number = answer.Number
	}
	card := as[api.Card](t, h.get(createPath+"/"+id, policies.FrontDesk), http.StatusOK)
	if card.Standing == nil || card.Standing.Standing != "prospect" || card.Standing.ReachedBy != "service" {
		t.Errorf("standing %+v", card.Standing)
	}
	if len(card.Memberships) != 1 || card.Memberships[0].Number != number || card.Memberships[0].SetBy != "rule" || card.Memberships[0].Next == nil || card.Memberships[0].Next.Nights != 5 || len(card.Memberships[0].Benefits) != 1 {
		t.Errorf("memberships %+v", card.Memberships)
	}
	if p := problem(t, h.post(path, body), http.StatusUnprocessableEntity); len(p.Errors) != 1 || p.Errors[0].Location != "body.club" {
		t.Errorf("twice: %+v", p)
	}
	if p := problem(t, h.post(path, fmt.Sprintf(`{"club":%d,"number":"x"}`, club.id)), http.StatusUnprocessableEntity); len(p.Errors) != 1 || p.Errors[0].Location != "body.number" {
		t.Errorf("a number that is none: %+v", p)
	}
	problem(t, h.send(http.MethodPost, path, h.tokens[policies.Owner], body), http.StatusForbidden)
	problem(t, h.post(createPath+"/K-AAAAAAAAAA/memberships", body), http.StatusNotFound)
}
