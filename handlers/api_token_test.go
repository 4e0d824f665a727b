package handlers

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"shuke/models/audit"
	"shuke/models/staff"
	"shuke/policies"
)

// A program that asks too fast is told how long to wait, before anything is
// looked up, shown or written.
func TestProgramThatAsksTooFastIsToldToWait(t *testing.T) {
	h := newCallHouse(t)
	h.AddGuest("张美玉", "phone", "13812349876")
	token := h.tokenOf("front_desk", func(d *staff.TokenDraft) { d.PerSecond = 2 })
	for range 4 {
		as[map[string]any](t, h.send("POST", searchPath, token, `{"q":"zmy"}`), 200)
	}
	before := len(h.Events())
	for range 3 {
		r := h.send("POST", searchPath, token, `{"q":"zmy"}`)
		if p := problem(t, r, 429); p.Code != "api.too_fast" || r.Header().Get("Retry-After") != "1" || strings.Contains(r.text, "张") {
			t.Errorf("%s, %v", r.text, r.Header())
		}
	}
	if n := len(h.Events()) - before; n != 0 {
		t.Errorf("%d events of calls that were put off", n)
	}
	h.Clock.Advance(time.Second)
	as[map[string]any](t, h.send("POST", searchPath, token, `{"q":"zmy"}`), 200)
}

// Brakes come before the permission: a refusal is written down, and nobody fills
// the record at any speed they like.
func TestRefusedCallsAreBrakedToo(t *testing.T) {
	h := newCallHouse(t)
	token := h.tokenOf("admin", func(d *staff.TokenDraft) { d.PerSecond = 1 })
	for range 2 {
		problem(t, h.send("POST", searchPath, token, `{"q":"zmy"}`), 403)
	}
	before := len(h.Events())
	problem(t, h.send("POST", searchPath, token, `{"q":"zmy"}`), 429)
	if len(h.Events()) != before {
		t.Error("recorded")
	}
}

func TestProgramSeesNoMoreCustomersAnHourThanItsTokenSays(t *testing.T) {
	h := newCallHouse(t)
	id := h.AddGuest("张美玉", "phone", "13812349876")
	h.AddGuest("张美云", "phone", "13812340000")
	token := h.tokenOf("front_desk", func(d *staff.TokenDraft) { d.PerHour = 4 })
	as[map[string]any](t, h.send("POST", searchPath, token, `{"q":"zhang"}`), 200) // two
	as[map[string]any](t, h.send("POST", searchPath, token, `{"q":"nobody at all"}`), 200)
	as[map[string]any](t, h.send("GET", createPath+"/"+id, token, ""), 200)
	as[map[string]any](t, h.send("POST", searchPath, token, `{"q":"13812349876"}`), 200)
	for _, r := range []reply{h.send("GET", createPath+"/"+id, token, ""), h.send("POST", searchPath, token, `{"q":"zhang"}`)} {
		p := problem(t, r, 429)
		seconds, err := strconv.Atoi(r.Header().Get("Retry-After"))
		if p.Code != "api.hour_full" || err != nil || seconds != 18*60 || strings.Contains(r.text, "张") { // it is 01:42
			t.Errorf("%s, %v", r.text, r.Header())
		}
	}
	if e := h.LastEvent(); e.Action != "token.limited" || e.Outcome != audit.Refused {
		t.Errorf("recorded as %+v", e)
	}
	as[map[string]any](t, h.send("POST", createPath, token, `{"kind":"individual","name":"李四","channel":"website"}`), 201)
	as[map[string]any](t, h.post(searchPath, `{"q":"zhang"}`), 200) // another token of the same person
	h.Clock.Advance(time.Duration(18) * time.Minute)
	as[map[string]any](t, h.send("GET", createPath+"/"+id, token, ""), 200)
}

func TestScopeThatIsMissingIsNamed(t *testing.T) {
	h := newCallHouse(t)
	id := h.AddGuest("张美玉")
	token := h.tokenOf("front_desk", func(d *staff.TokenDraft) { d.Scopes = []policies.Scope{policies.ScopeSearch} })
	as[map[string]any](t, h.send("POST", searchPath, token, `{"q":"zmy"}`), 200)
	for _, c := range []struct {
		reply
		scope string
	}{
		{h.send("GET", createPath+"/"+id, token, ""), "customer.read"},
		{h.send("POST", createPath, token, `{"kind":"individual","name":"李四","channel":"website"}`), "customer.write"},
	} {
		p := problem(t, c.reply, 403)
		if want := `Bearer realm="shuke", error="insufficient_scope", scope="` + c.scope + `"`; p.Code != "api.scope_needed" || c.Header().Get("WWW-Authenticate") != want || !strings.Contains(p.Detail, c.scope) {
			t.Errorf("%s, %v", c.text, c.Header())
		}
		if e := h.LastEvent(); e.Action != "request.refused" || e.Reason == "" {
			t.Errorf("recorded as %+v", e)
		}
	}
	if n := h.Count("SELECT COUNT(*) FROM customers"); n != 1 {
		t.Errorf("%d customers", n)
	}
}

func TestUseOfATokenIsNotedToTheHour(t *testing.T) {
	h := newCallHouse(t)
	token := h.tokenOf("front_desk", func(*staff.TokenDraft) {})
	used := func() int64 { return h.Count("SELECT used_at FROM tokens WHERE id = ?", hashed(token)) }
	h.send("POST", searchPath, token, `{"q":"zmy"}`)
	first := used()
	h.Clock.Advance(59 * time.Minute)
	h.send("POST", searchPath, token, `{"q":"zmy"}`)
	if first != h.Clock.Now().Add(-59*time.Minute).UnixMilli() || used() != first {
		t.Errorf("first %d, then %d", first, used())
	}
	h.Clock.Advance(time.Minute)
	h.send("POST", searchPath, token, `{"q":"zmy"}`)
	if used() == first {
		t.Error("not noted after an hour")
	}
}
