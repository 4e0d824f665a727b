package handlers

import (
	"net/url"
	"os"
	"strings"
	"testing"

	"shuke/models/customer"
)

// planted are values that stand for a person: whatever is done with them, they
// must not be found where they do not belong.
var planted = []string{"欧阳娜娜莉", "ouyangnanali", "onnl", "13877776666", "77776666", "nana.li@example.org", "浙A7P3K9", "E77665544", "深圳湾畔七号", "娜总"}

func TestLogsHoldNothingPersonal(t *testing.T) {
	h := newWebHouse(t)
	clerk, admin := h.session("front_desk"), h.session("admin")
	form := url.Values{"kind": {"individual"}, "name.0": {planted[0]}, "phone.0": {planted[3]}, "email.0": {planted[5]}, "plate.0": {planted[6]},
		"document_kind.0": {"passport"}, "document_no.0": {planted[7]}, "address_as.0": {planted[9]}, "channel": {"service"}}
	created := h.do(ask{method: "POST", path: "/customers", session: clerk, form: form})
	if created.Code != 303 {
		t.Fatalf("%d %s", created.Code, created.body)
	}
	card := created.Header().Get("Location")
	id := strings.TrimPrefix(card, "/customers/")
	fact, ok := h.Fact(id, "document_no.0")
	if !ok {
		t.Fatal("no document")
	}
	reveal := card + "/reveal/" + decimal(fact.N)

	var asks []ask
	for _, q := range planted {
		asks = append(asks,
			ask{method: "POST", path: "/look-up", session: clerk, form: url.Values{"q": {q}}},
			ask{path: "/look-up?q=" + url.QueryEscape(q), session: clerk},
			ask{path: "/" + url.PathEscape(q), session: clerk},
			ask{path: "/customers/" + url.PathEscape(q), session: clerk},
			ask{path: "/customers/" + url.PathEscape(q), session: admin},
			ask{method: "DELETE", path: "/customers/" + url.PathEscape(q), session: clerk},
			ask{path: "/sign-in?next=/" + url.QueryEscape(q)},
			ask{method: "POST", path: "/sign-in", form: url.Values{"login": {q}, "password": {q}}},
			ask{method: "POST", path: "/customers/new", session: clerk, form: url.Values{"typed": {q}}},
			ask{method: "POST", path: "/customers/likely", session: clerk, form: url.Values{"kind": {"individual"}, "name.0": {q}}},
			ask{path: "/desk", session: q, header: []string{"User-Agent", q, "Referer", "http://localhost:8080/" + url.PathEscape(q), "X-Request-Id", url.QueryEscape(q)}},
			ask{path: "/desk", host: url.QueryEscape(q) + ".example"})
	}
	bad := url.Values{}
	for name, values := range form {
		bad[name] = values
	}
	bad.Set("birth.0", "2026-13-45")
	asks = append(asks,
		ask{path: card, session: clerk}, ask{path: card, session: admin}, ask{path: card + "/edit/basic", session: clerk},
		ask{path: card + "/facts/phone/0", session: clerk}, ask{method: "POST", path: "/customers", session: clerk, form: bad},
		ask{method: "POST", path: card + "/edit/basic", session: clerk, form: bad},
		ask{method: "POST", path: reveal, session: clerk, form: url.Values{"reason": {planted[0]}}},
		ask{method: "POST", path: reveal, session: clerk, form: url.Values{"reason": {customer.RevealReasons[0]}}})
	for _, a := range asks {
		h.do(a)
	}
	// The worst moment: the database goes while somebody is being served.
	if err := h.Main.Close(); err != nil {
		t.Fatal(err)
	}
	for _, a := range asks {
		h.do(a)
	}
	if strings.Count(h.logs.String(), "\n") < 2*len(asks) {
		t.Error("requests are missing from the log")
	}
	for _, value := range planted {
		for _, form := range []string{value, url.QueryEscape(value), url.PathEscape(value)} {
			if strings.Contains(strings.ToLower(h.logs.String()), strings.ToLower(form)) {
				t.Errorf("the log holds %q:\n%s", form, lineWith(h.logs.String(), form))
			}
		}
	}
	if strings.Contains(h.logs.String(), id) {
		t.Errorf("the log holds the customer's id:\n%s", lineWith(h.logs.String(), id))
	}
}

func lineWith(text, part string) string {
	for line := range strings.Lines(text) {
		if strings.Contains(strings.ToLower(line), strings.ToLower(part)) {
			return line
		}
	}
	return ""
}

// Values that are sealed must not be found in any row, nor in what lies on the
// disk beside the rows: freed pages and the log of writes.
func TestSealedValuesAreNotInTheDatabase(t *testing.T) {
	h := newWebHouse(t)
	m := h.addMarked()
	h.do(ask{method: "POST", path: "/look-up", session: h.session("manager"), form: url.Values{"q": {m.sealed["document_no"]}}})
	places := h.dump()
	for _, address := range []string{h.MainAddress, h.KeysAddress} {
		path, onDisk := strings.CutPrefix(address, "sqlite:")
		for _, suffix := range []string{"", "-wal"} {
			if content, err := os.ReadFile(path + suffix); onDisk && err == nil {
				places[path+suffix] = string(content)
			}
		}
	}
	for place, content := range places {
		for key, value := range m.sealed {
			if strings.Contains(content, value) {
				t.Errorf("%s holds %s in clear", place, key)
			}
		}
	}
}
