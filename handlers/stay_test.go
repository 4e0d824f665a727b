package handlers

import (
	"context"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"shuke/models/arrival"
	"shuke/models/consent"
	"shuke/models/modelstest"
	"shuke/models/rights"
	"shuke/models/stay"
	"shuke/policies"
)

// reserve books a stay of today at the manager's branch.
func (h *webHouse) reserve(change func(*arrival.Booking)) string {
	h.T.Helper()
	a := h.Actor(policies.Manager)
	b := arrival.Booking{Status: stay.Reserved, ArriveOn: a.Today(), DepartOn: a.Today(), ETA: 900, Adults: 1, Room: "1206"}
	change(&b)
	id, err := h.Arrivals.Book(context.Background(), a, b)
	if err != nil {
		h.T.Fatal(err)
	}
	return id
}

// boxes are what a form would send as it stands.
func boxes(form *goquery.Selection) []string {
	var out []string
	form.Find("input[name]:not([type=checkbox]), textarea").Each(func(_ int, s *goquery.Selection) {
		out = append(out, s.AttrOr("name", ""), s.AttrOr("value", s.Text()))
	})
	form.Find("select").Each(func(_ int, s *goquery.Selection) {
		out = append(out, s.AttrOr("name", ""), s.Find("option[selected]").AttrOr("value", ""))
	})
	return out
}

// The page that offers whom a stay may belong to says which state of it that was
// about; what was looked for is still there when somebody was faster.
func TestAClaimFromAnOldPageComesBackWithWhatWasLookedFor(t *testing.T) {
	h := newWebHouse(t)
	first := h.AddGuest("王小明", "phone", "13812349999")
	h.AddGuest("李想", "phone", "13900008888")
	id := h.reserve(func(b *arrival.Booking) { b.GuestName = "WANG" })
	clerk := h.session("front_desk")
	offered := func() *goquery.Selection {
		look := h.page(clerk, "/stays/"+id).doc(t).Find("form[action$='/whose']")
		if look.Length() != 1 {
			t.Fatal("no look-up")
		}
		g := h.submit(clerk, "/stays/"+id+"/whose", 200, "q", "8888", "version", look.Find("[name=version]").AttrOr("value", ""))
		return g.doc(t).Find("form[action$='/claim']")
	}
	old := offered()
	if err := h.Arrivals.Claim(context.Background(), h.Actor(policies.Manager), id, 1, first); err != nil {
		t.Fatal(err)
	}
	g := h.submit(clerk, "/stays/"+id+"/claim", 409, boxes(old)...)
	if q := g.doc(t).Find("#claim-q").AttrOr("value", ""); q != "8888" || !strings.Contains(g.body, "刚被别人改过") || !strings.Contains(g.body, "王小明") {
		t.Errorf("looked for %q\n%s", q, g.body)
	}
	h.submit(clerk, "/stays/"+id+"/claim", 303, boxes(offered())...)
	if body := h.page(clerk, "/stays/"+id).body; !strings.Contains(body, "李想") {
		t.Error("not claimed after all")
	}
}

// A clerk who opens the stay of a guest who is not to be known saves room and days
// as with anybody, and reads why there is no name.
func TestTheStayFormOfAGuestWhoIsWithheldSaysWhyAndSaves(t *testing.T) {
	h := newWebHouse(t)
	manager, custodian := h.session("manager"), h.Actor(policies.Custodian)
	shy, leaving := h.AddGuest("方不同"), h.AddGuest("方不同")
	h.submit(manager, "/customers/"+shy+"/restrictions", 303, "kind", "branch", "not_at", modelstest.Shanghai, "how", "spoken")
	if err := h.Rights.AskErasure(context.Background(), custodian, rights.Leave{PublicID: leaving, Who: consent.Self, How: consent.Written, Proof: "3 号柜"}); err != nil {
		t.Fatal(err)
	}
	whole := func(guest string) int64 { return h.Count("SELECT id FROM customers WHERE public_id = ?", guest) }
	for guest, words := range map[string][]string{
		shy:     {"客人不愿在本店被认出", "请问值班经理", "不愿在本店被认出，有事问值班经理", "does not want to be recognised at this branch"},
		leaving: {"客人要求删除资料", "问谁也看不到", "要求删除资料，按预订接待", "asked to be forgotten"},
	} {
		id := h.reserve(func(b *arrival.Booking) { b.GuestName, b.Room = "X", "1206" })
		h.Run("UPDATE stays SET customer_id = ?, guest_name = '' WHERE public_id = ?", whole(guest), id)
		clerk := h.session("front_desk")
		g := h.page(clerk, "/stays/"+id)
		for _, want := range append(words[:2:2], "一位客人") {
			if !strings.Contains(g.body, want) {
				t.Errorf("the form does not say %q\n%s", want, g.body)
			}
		}
		if strings.Contains(g.body, "方不同") || strings.Contains(g.body, guest) || g.doc(t).Find("form[action$='/whose'], [name=guest_name]").Length() != 0 {
			t.Errorf("the form tells or asks who it is\n%s", g.body)
		}
		sent := boxes(g.doc(t).Find("form[action='/stays/" + id + "']"))
		for i := 0; i < len(sent); i += 2 {
			if sent[i] == "room" {
				sent[i+1] = "808"
			}
		}
		h.submit(clerk, "/stays/"+id, 303, sent...)
		sheet := h.page(clerk, "/arrivals").doc(t).Find("#" + id).Text()
		for _, want := range []string{"808", words[2], "一位客人", "偏好不显示，按预订准备"} {
			if !strings.Contains(sheet, want) {
				t.Errorf("the sheet does not say %q: %s", want, strings.Join(strings.Fields(sheet), " "))
			}
		}
		if strings.Contains(sheet, "没有特别准备") {
			t.Error("the sheet says that there is nothing to be known")
		}
		if g := h.do(ask{path: "/stays/" + id + "/note", session: h.session("floor")}); g.Code != 403 {
			t.Errorf("a note is asked for: %d", g.Code)
		}
		if g := h.do(ask{path: "/stays/" + id + "/check-in", session: clerk}); g.Code != 200 || !strings.Contains(g.body, "一位客人") {
			t.Errorf("check-in: %d", g.Code)
		}
		h.submit(clerk, "/language", 303, "language", "en", "here", "/desk")
		if body := h.page(clerk, "/stays/"+id).body; !strings.Contains(body, words[3]) {
			t.Errorf("in English: %s", body)
		}
		h.submit(clerk, "/language", 303, "language", "zh-CN", "here", "/desk")
	}
}
