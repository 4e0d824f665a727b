package handlers

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/modelstest"
	"shuke/policies"
)

func decimal(n int64) string { return strconv.FormatInt(n, 10) }

// marks are customers in whom every field that is masked holds a value found
// nowhere else.
type marks struct {
	ids    []string
	masked map[string]string // by field: what no page may show without a reveal
	sealed map[string]string // of those, what no file may hold either
	chosen []string          // fields that hold one of their few answers
}

// mark gives a field a value of its type that stands nowhere else; "" where the
// type has too few values to tell one from another.
func mark(f customer.Field, n int) string {
	switch f.Type {
	case catalogue.Text, catalogue.LongText, catalogue.Address:
		return fmt.Sprintf("Sentinel%03dQz", n)
	case catalogue.Name, catalogue.PersonName, catalogue.Reading:
		return "Zqx" + strings.Map(func(r rune) rune { return 'a' + r - '0' }, fmt.Sprintf("%03d", n)) + "vw"
	case catalogue.Phone:
		return fmt.Sprintf("1370%07d", 4410000+n)
	case catalogue.Email:
		return fmt.Sprintf("sentinel%03d@example.org", n)
	case catalogue.Document:
		return fmt.Sprintf("E8%07d", 5510000+n)
	case catalogue.Money:
		return fmt.Sprintf("77%07d", 3100000+n)
	case catalogue.Date:
		return fmt.Sprintf("20%02d-0%d-1%d", 15+n%9, 1+n%8, n%9)
	}
	return ""
}

// addMarked switches every field on and adds a person and a firm with a mark in
// each field that is masked.
func (h *webHouse) addMarked() marks {
	h.T.Helper()
	h.AddOwn(modelstest.OwnDraft("球会资格", "Club standing", func(d *customer.OwnDraft) { d.Sensitivity, d.Kind = "sensitive", "both" }))
	h.AddOwn(modelstest.OwnDraft("球童手机", "Caddie line", func(d *customer.OwnDraft) { d.Type, d.Several = "phone", true }))
	for _, f := range h.Catalogue().All() {
		if !f.On {
			h.SwitchField(f.Key, true)
		}
	}
	out := marks{masked: map[string]string{}, sealed: map[string]string{}}
	n := 0
	for _, kind := range []customer.Kind{customer.Individual, customer.Enterprise} {
		var facts []string
		for _, f := range h.Catalogue().For(kind, false) {
			if !f.Masked() || out.masked[f.Key] != "" {
				continue
			}
			n++
			if f.Type == catalogue.Choice {
				facts = append(facts, f.Key, f.Options[0].Value)
				out.chosen = append(out.chosen, f.Key)
			}
			value := mark(f, n)
			if value == "" || (f.MaxLength > 0 && len(value) > f.MaxLength) {
				continue
			}
			if f.Type == catalogue.Document {
				facts = append(facts, "document_kind", "passport")
			}
			facts = append(facts, f.Key, value)
			out.masked[f.Key] = value
			if f.Sealed() {
				out.sealed[f.Key] = value
			}
		}
		if kind == customer.Individual {
			out.ids = append(out.ids, h.AddGuest("秦可观", facts...))
		} else {
			out.ids = append(out.ids, h.AddCompany("可观茶业有限公司", facts...))
		}
	}
	if len(out.sealed) < 12 {
		h.T.Fatalf("only %d sealed fields are marked", len(out.sealed))
	}
	return out
}

// shownIn reports which masked value an answer shows, however it is written:
// whole, with its digits in groups, or as an amount.
func (m marks) shownIn(g got) string {
	text := g.body
	for name, values := range g.Header() {
		text += "\n" + name + ": " + strings.Join(values, " ")
	}
	bare := strings.NewReplacer(" ", "", "-", "", ",", "", "\u00a0", "").Replace(text)
	for key, value := range m.masked {
		if strings.Contains(text, value) || strings.Contains(bare, value) {
			return key
		}
		if d, err := time.Parse(time.DateOnly, value); err == nil && (strings.Contains(text, d.Format("2006/1/2")) || strings.Contains(bare, d.Format("2006年1月2日"))) {
			return key
		}
	}
	return ""
}

// chosenIn reports a masked choice that a form shows as chosen.
func (m marks) chosenIn(d *goquery.Document) string {
	for _, key := range m.chosen {
		if d.Find(`select[name^="`+key+`."] option[selected]:not([value=""]), input[name^="`+key+`."][checked]`).Length() > 0 {
			return key
		}
	}
	return ""
}

// links are where a page leads by GET, and what script fetches for it.
func links(d *goquery.Document) []string {
	var out []string
	for _, s := range []struct{ selector, attribute string }{{"a[href]", "href"}, {"[hx-get]", "hx-get"}, {"form[method=get], form:not([method])", "action"}} {
		d.Find(s.selector).Each(func(_ int, e *goquery.Selection) {
			path, _ := e.Attr(s.attribute)
			path, _, _ = strings.Cut(path, "#")
			if strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "/static/") {
				out = append(out, path)
			}
		})
	}
	return out
}

// Whoever follows every way there is, sees no masked value without a reveal:
// on no page, in no part of one, in no form and in no message about an error.
func TestNoPageShowsAMaskedValue(t *testing.T) {
	t.Parallel()
	h := newWebHouse(t)
	m := h.addMarked()
	e := newExamples(h)
	var starts []string
	for _, r := range h.app.routes {
		if r.method != get {
			continue
		}
		for _, id := range m.ids {
			e.guest = id
			starts = append(starts, e.path(r.path))
		}
	}
	for _, id := range m.ids {
		for group := range h.app.groups {
			starts = append(starts, "/customers/"+id+"/edit/"+group)
		}
		for key := range m.masked {
			starts = append(starts, "/customers/"+id+"/facts/"+key+"/0", "/customers/"+id+"/facts/"+key+"/x")
		}
	}
	for _, role := range policies.Roles {
		secret, token := h.session(string(role)), h.token(string(role))
		seen := map[string]bool{}
		queue := slices.Clone(starts)
		for len(queue) > 0 {
			path := queue[0]
			queue = queue[1:]
			if seen[path] || len(seen) > 2000 {
				continue
			}
			seen[path] = true
			a := ask{path: path, session: secret}
			if strings.HasPrefix(path, "/api/") {
				a = ask{path: path, token: token}
			}
			for _, language := range []string{"zh-CN", "en"} {
				a.header = []string{"Accept-Language", language}
				g := h.do(a)
				if key := m.shownIn(g); key != "" {
					t.Errorf("%s sees %s at %s, %d", role, key, path, g.Code)
				}
				if g.Code == 200 && strings.HasPrefix(g.Header().Get("Content-Type"), "text/html") {
					d := g.doc(t)
					if key := m.chosenIn(d); key != "" {
						t.Errorf("%s sees %s chosen at %s", role, key, path)
					}
					queue = append(queue, links(d)...)
				}
			}
			a.header = []string{"HX-Request", "true"}
			if key := m.shownIn(h.do(a)); key != "" {
				t.Errorf("%s sees %s in the part at %s", role, key, path)
			}
		}
		t.Logf("%s: %d pages", role, len(seen))
	}
}

// What is typed is the person's own; what comes back beside it must not be the
// customer's.
func TestNoAnswerToAFormShowsAMaskedValue(t *testing.T) {
	t.Parallel()
	h := newWebHouse(t)
	m := h.addMarked()
	for _, role := range []policies.Role{policies.FrontDesk, policies.Sales, policies.Manager, policies.Custodian, policies.Owner, policies.Admin} {
		secret := h.session(string(role))
		var asks []ask
		post := func(path string, pairs ...string) {
			form := url.Values{}
			for i := 0; i+1 < len(pairs); i += 2 {
				form.Add(pairs[i], pairs[i+1])
			}
			asks = append(asks, ask{method: "POST", path: path, session: secret, form: form})
		}
		for _, q := range []string{"秦可观", "qkg", "qin", "可观茶业", "kgcy", "1370", "passport", "Sentinel"} {
			post("/look-up", "q", q)
			post("/customers/likely", "kind", "individual", "name.0", q)
		}
		for _, id := range m.ids {
			for group := range h.app.groups {
				path := "/customers/" + id + "/edit/" + group
				post(path, "channel", "service", "version", "1", "base", "0")                     // stale
				post(path, "channel", "nowhere", "version", "1", "birth.0", "1900-99-99")         // refused
				post(path, "channel", "service", "version", "999", "name.0", "=1+1", "base", "0") // both
			}
			for n := int64(1); n < 50; n++ {
				post("/customers/"+id+"/reveal/"+decimal(n), "reason", "curiosity")
			}
		}
		for _, a := range asks {
			for _, fragment := range []string{"false", "true"} {
				a.header = []string{"HX-Request", fragment}
				if key := m.shownIn(h.do(a)); key != "" {
					t.Errorf("%s sees %s in the answer to %s %v", role, key, a.path, a.form)
				}
			}
		}
	}
}

func TestRevealShowsTheOneValueAndNoOther(t *testing.T) {
	h := newWebHouse(t)
	m := h.addMarked()
	secret := h.session("manager")
	var revealed int
	for _, id := range m.ids {
		for key, value := range m.masked {
			fact, known := h.Fact(id, key+".0")
			f, _ := h.Catalogue().Field(key)
			if !known || !f.MaySee(policies.Manager) {
				continue
			}
			path := "/customers/" + id + "/reveal/" + decimal(fact.N)
			before := h.Count("SELECT size FROM audit_head")
			g := h.do(ask{method: "POST", path: path, session: secret, form: url.Values{"reason": {customer.RevealReasons[0]}}, header: []string{"HX-Request", "true"}})
			others := marks{masked: map[string]string{}}
			for k, v := range m.masked {
				if v != value {
					others.masked[k] = v
				}
			}
			if g.Code != 200 || m.shownIn(g) != key || others.shownIn(g) != "" {
				t.Errorf("%s: %d, shows %q and %q", key, g.Code, m.shownIn(g), others.shownIn(g))
			}
			if e := h.LastEvent(); h.Count("SELECT size FROM audit_head") != before+1 || e.Action != "fact.revealed" || e.Reason == "" {
				t.Errorf("%s: recorded as %+v", key, e.Event)
			}
			revealed++
		}
	}
	if revealed != len(m.masked) {
		t.Errorf("%d of %d values revealed", revealed, len(m.masked))
	}
}
