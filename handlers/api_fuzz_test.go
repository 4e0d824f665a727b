package handlers

import (
	"strings"
	"testing"
	"time"

	"shuke/policies"
)

// unreadable are bodies that no call may take for anything.
var unreadable = []string{
	`{`, `}`, `[`, `"`, `{"q"`, `{"q":`, `{"q":"a"`, `{"q":"a"}}`, `{"q":"a"}{"q":"b"}`, `{"q":"a",}`, `{'q':'a'}`, `{q:1}`, "\x00", "\xff\xfe{\x00}\x00",
	"{\"q\":\"\xc3\x28\"}", `{"q":"a","q":"b"}`, `{"q":"\u12"}`, "{\"q\":\"a\nb\"}", `nul`, `tru`, `NaN`, `{"q":NaN}`, `{"q":1e}`, `{"q":01}`, "\ufeff{\"q\":\"a\"}",
	`<q>a</q>`, strings.Repeat("[", 100000), strings.Repeat(`{"q":`, 5000) + `1` + strings.Repeat("}", 5000), ` `, `{"q":1e999}`,
}

// misshapen are JSON, but not what any call takes.
var misshapen = []string{
	`null`, `true`, `1`, `"a"`, `[]`, `{}`, `[{"q":"a"}]`, `{"q":null}`, `{"q":1}`, `{"q":["a"]}`, `{"q":{"a":1}}`, `{"Q":"a"}`, `{"q":"a","x":1}`,
	`{"kind":"individual","name":"x","channel":"service","facts":[]}`, `{"kind":"individual","name":"x","channel":"service","facts":{"hobby":true}}`,
	`{"kind":"individual","name":"x","channel":"service","facts":{"hobby":[[["x"]]]}}`, `{"kind":"individual","name":"x","channel":"service","facts":{"child":[null,1]}}`,
	`{"kind":"individual","name":"x","channel":"service","facts":{"":""}}`, `{"kind":"individual","name":"x","channel":"service","facts":{"hobby":{"none":false}}}`,
	`{"kind":"individual","name":"x\u0000","channel":"service"}`, `{"kind":"individual","name":"\ud800x","channel":"service"}`, `{"kind":"individual","name":["x"],"channel":"service"}`,
	`{"kind":"individual","name":"x","channel":"service","phones":[1]}`, `{"kind":"individual","name":"x","channel":"service","phones":[null]}`,
}

func TestUnreadableBodiesAreRefused(t *testing.T) {
	h := newCallHouse(t)
	for _, path := range []string{searchPath, createPath} {
		for _, body := range unreadable {
			problem(t, h.post(path, body), 400)
		}
		for _, body := range misshapen {
			problem(t, h.post(path, body), 422)
		}
	}
	if h.Count("SELECT COUNT(*) FROM customers") != 0 {
		t.Error("somebody was added")
	}
}

func FuzzCallsNeverFail(f *testing.F) {
	for _, body := range append(unreadable, misshapen...) {
		f.Add(body)
	}
	h := newCallHouse(f)
	f.Fuzz(func(t *testing.T, body string) {
		h.T = t
		h.Clock.Advance(time.Second) // or the token would be asking too fast
		for _, path := range []string{searchPath, createPath} {
			if r := h.send("POST", path, h.tokens[policies.FrontDesk], body); r.Code >= 500 {
				t.Errorf("%s: %d %s", path, r.Code, r.text)
			}
		}
	})
}
