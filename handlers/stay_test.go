package handlers

import (
	"context"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"shuke/models/arrival"
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
