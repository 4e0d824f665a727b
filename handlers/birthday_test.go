package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// Every page tells of a birthday the month alone, so a form must not tell the
// day, and leaving its box empty must not lose it.
func TestFormTellsOfABirthdayOnlyThatItIsKnown(t *testing.T) {
	h := newWebHouse(t)
	id := h.AddGuest("张美玉", "birth", "1985-03-12", "city", "杭州")
	clerk, path := h.session("front_desk"), "/customers/"+id+"/edit/basic"
	page := h.do(ask{path: path, session: clerk})
	if page.Code != http.StatusOK || strings.Contains(page.body, "1985") || !strings.Contains(page.body, `value="杭州"`) || !strings.Contains(page.body, `name="remove.birth.0"`) {
		t.Fatalf("%d %s", page.Code, page.body)
	}
	post := func(version string, pairs ...string) {
		t.Helper()
		form := url.Values{"channel": {"service"}, "version": {version}, "name.0": {"张美玉"}, "city.0": {"宁波"}}
		for i := 0; i+1 < len(pairs); i += 2 {
			form.Set(pairs[i], pairs[i+1])
		}
		if got := h.do(ask{method: "POST", path: path, session: clerk, form: form}); got.Code != http.StatusSeeOther {
			t.Fatalf("%d %s", got.Code, got.body)
		}
	}
	is := func(want string) {
		t.Helper()
		if fact, _ := h.Fact(id, "birth.0"); fact.Value != want {
			t.Errorf("%q, want %q", fact.Value, want)
		}
	}
	post("1", "birth.0", "")
	is("1985-03-12")
	if city, _ := h.Fact(id, "city.0"); city.Value != "宁波" {
		t.Errorf("the rest of the form is not saved: %q", city.Value)
	}
	post("2", "birth.0", "1986-04-01")
	is("1986-04-01")
	post("3", "birth.0", "", "remove.birth.0", "on")
	is("")
}

// A count of days would tell the day that every page keeps to itself.
func TestABirthdayThatIsNearDoesNotTellItsDay(t *testing.T) {
	h := newWebHouse(t)
	near, today := h.AddGuest("方将至", "birth", "1985-11-30"), h.AddGuest("方今日", "birth", "1985-11-22")
	clerk := h.session("front_desk")
	page := h.do(ask{path: "/customers/" + near, session: clerk})
	if !strings.Contains(page.body, "两周之内") || strings.Contains(page.body, "还有 8 天") {
		t.Errorf("%d %s", page.Code, page.body)
	}
	if page := h.do(ask{path: "/customers/" + today, session: clerk}); strings.Contains(page.body, "两周之内") || !strings.Contains(page.body, "i-cake") {
		t.Errorf("on the day: %d %s", page.Code, page.body)
	}
}
