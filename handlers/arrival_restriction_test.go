package handlers

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"shuke/models/arrival"
	"shuke/models/modelstest"
)

// Housekeeping photographs rooms and sees no card: what the guest asked of whoever
// serves them stands on the sheet, on the screen and on paper, for each department.
func TestTheSheetTellsWhoServesWhatTheGuestAskedOfThem(t *testing.T) {
	h := newWebHouse(t)
	id := h.AddGuest("张慕言", "allergy_instruction", "不放花生")
	clerk, floor := h.session("front_desk"), h.session("floor")
	for _, r := range [][]string{{"kind", "photo", "note", "房间也不拍"}, {"kind", "person", "person", "李雷", "relation", "前夫", "note", "在打官司"},
		{"kind", "hours", "from", "22:00", "until", "08:00"}, {"kind", "branch", "not_at", modelstest.Hangzhou}} {
		h.submit(clerk, "/customers/"+id+"/restrictions", 303, append(r, "how", "spoken")...)
	}
	stay := h.reserve(func(b *arrival.Booking) { b.Customer = id })
	lines := func(path string) string {
		return strings.Join(h.page(floor, path).doc(t).Find(".prep li.is-fixed").Map(func(_ int, s *goquery.Selection) string {
			return strings.Join(strings.Fields(s.Text()), " ")
		}), "|")
	}
	const want = "不拍照，房间也不拍 客人心愿|不要告诉李雷（前夫） 客人心愿|22:00 至 08:00 不打电话 客人心愿"
	for _, path := range []string{"/arrivals", "/arrivals?department=housekeeping", "/arrivals?department=engineering", "/arrivals/print"} {
		if got := lines(path); got != want {
			t.Errorf("%s: %s", path, got)
		}
	}
	if body := h.page(clerk, "/stays/"+stay+"/check-in").doc(t).Find(".taboo").Text(); !strings.Contains(body, "房间也不拍") {
		t.Errorf("at check-in: %s", body)
	}
	h.submit(floor, "/language", 303, "language", "en", "here", "/desk")
	if got := lines("/arrivals"); !strings.Contains(got, "No pictures") || !strings.Contains(got, "The guest's own restriction") || strings.Contains(got, "Never No") {
		t.Errorf("in English: %s", got)
	}
	h.submit(clerk, "/customers/"+id+"/consents/safety", 303, "given", "no", "who", "self", "how", "spoken")
	if got := lines("/arrivals?department=food"); !strings.Contains(got, "ask each time before serving food") {
		t.Errorf("the kitchen is not told to ask: %s", got)
	}
	h.submit(clerk, "/customers/"+id+"/restrictions/1/end", 303)
	if got := lines("/arrivals"); strings.Contains(got, "No pictures") {
		t.Errorf("still there after it ended: %s", got)
	}
}
