package browser

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"shuke/models/modelstest"
)

func TestAGuestIsAddedByKeyboardAndAWrongNumberIsCorrected(t *testing.T) {
	s := newSite(t)
	b := s.visitor(t)
	b.as(s.SignIn("front_desk"))
	b.open("/customers/new")
	b.fill("name.0", "李雷")
	b.fill("address_as.0", "李先生")
	b.fill("phone.0", "136 0000 5555")
	b.box("document_kind.0")
	b.press(kb.ArrowDown)
	b.until("document.activeElement.value === 'id_card'")
	b.fill("document_no.0", "110105194912310021") // the last digit must be X
	b.press(kb.Enter)
	b.until("document.querySelector('.problems') === document.activeElement")
	b.until("document.querySelector('[name=\"document_no.0\"]').getAttribute('aria-invalid') === 'true'")
	for name, want := range map[string]string{"name.0": "李雷", "address_as.0": "李先生", "phone.0": "136 0000 5555", "document_kind.0": "id_card", "document_no.0": "110105194912310021"} {
		if got := b.value("document.querySelector('[name=" + quoted(name) + "]').value"); got != want {
			t.Errorf("%s came back as %q", name, got)
		}
	}
	b.press(kb.Tab)
	b.strike("Enter") // the summary leads to the box
	b.until("document.activeElement.name === 'document_no.0'")
	b.do("document.activeElement.select()")
	b.write("11010519491231002X")
	b.press(kb.Enter)
	b.until("/^\\/customers\\/K-/.test(location.pathname) && document.readyState === 'complete'")
	b.shows("h2", "李雷")
	b.shows(".flash", "建档")
	b.lacks("11010519491231002X")
}

// likelies counts the answers of the duplicate warning and those that a document
// number went with.
type likelies struct{ all, withDocument atomic.Int64 }

func (l *likelies) around(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/customers/likely" {
			next.ServeHTTP(w, r)
			return
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		next.ServeHTTP(w, r)
		if form, err := url.ParseQuery(string(body)); err == nil && form.Get("document_no.0") == passport {
			l.withDocument.Add(1)
		}
		l.all.Add(1)
	})
}

func TestALikelyDuplicateShowsOneRowAndNeverForADocument(t *testing.T) {
	s := newSite(t)
	l := &likelies{}
	s.around = l.around
	b := s.visitor(t)
	b.as(s.SignIn("front_desk"))
	b.open("/customers/new")
	b.put("document_kind.0", "passport")
	b.put("document_no.0", passport)
	b.put("name.0", "方不同")
	if !wait(func() bool { return l.withDocument.Load() > 0 }) {
		t.Fatal("nobody asked for likely duplicates")
	}
	if shown := strings.TrimSpace(b.text("#likely")); shown != "" {
		t.Errorf("a known document number shows %q", shown)
	}
	b.put("phone.0", "13800001234")
	b.until("document.querySelectorAll('#likely .hit').length === 1")
	b.shows("#likely .hit", "张慕言")
	b.inspect("new likely")
	b.put("phone.0", "13677778888")
	b.until("document.querySelectorAll('#likely .hit').length === 0")
}

func TestAChangedFactKeepsWhatItWas(t *testing.T) {
	s := newSite(t)
	card := "/customers/" + s.ids["张慕言"]
	b := s.visitor(t)
	b.as(s.SignIn("front_desk"))
	b.open(card)
	b.click("a[href='" + card + "/edit/basic']")
	b.at(card + "/edit/basic")
	b.put("city.0", "苏州")
	b.put("channel", "call_in")
	b.click("main button.btn--main")
	b.at(card)
	b.shows("#g-basic", "苏州")
	b.click("a[href='" + card + "/facts/city/0']")
	b.at(card + "/facts/city/0")
	for _, words := range []string{"苏州", "杭州", "员工 front_desk", "员工 manager", "来电", "2026-11-22 09:42", "上海外滩店"} {
		b.shows("tbody", words)
	}
	if first := b.text("tbody tr:first-child"); !strings.Contains(first, "苏州") || !strings.Contains(first, "现在有效") {
		t.Errorf("the newest line is %q", first)
	}
}

func TestAStaleFormShowsTheOthersValueAndCanBeSavedAgain(t *testing.T) {
	s := newSite(t)
	card := "/customers/" + s.ids["张慕言"]
	mine := s.visitor(t)
	mine.as(s.SignIn("front_desk"))
	theirs := s.visitor(t)
	theirs.as(s.SignIn("manager"))
	mine.open(card + "/edit/basic")
	theirs.open(card + "/edit/basic")
	theirs.put("city.0", "宁波")
	theirs.click("main button.btn--main")
	theirs.at(card)
	mine.put("city.0", "温州")
	mine.click("main button.btn--main")
	mine.shows(".notice[role=alert]", "宁波")
	mine.until("document.querySelector('[name=\"city.0\"]').value === '温州'")
	mine.inspect("edit stale")
	mine.click("main button.btn--main")
	mine.at(card)
	mine.shows("#g-basic", "温州")

	// Another tab of the same person is no different.
	again := mine.beside()
	again.open(card + "/edit/basic")
	mine.open(card + "/edit/basic")
	again.put("employer.0", "杭州师范大学")
	again.click("main button.btn--main")
	again.at(card)
	mine.put("address_as.0", "张老师")
	mine.click("main button.btn--main")
	mine.shows(".notice[role=alert]", "杭州师范大学")
}

func TestLeavingUnsavedEditsAsks(t *testing.T) {
	s := newSite(t)
	b := s.visitor(t)
	b.as(s.SignIn("front_desk"))
	b.open("/customers/new")
	b.fill("name.0", "韩梅梅")
	b.click(".brand")
	b.at("/desk")
	b.mu.Lock()
	asked := b.accepted
	b.mu.Unlock()
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
}

// What an import brought and the list lacks must not change by saving a form.
func TestALanguageThatTheListLacksStaysAsItIs(t *testing.T) {
	s := newSite(t)
	id := s.ids["张慕言"]
	must(t, s.Change(s.Clerk(), id, append(modelstest.Facts("language", "zh-TW"), modelstest.Facts("language.1", "sign")...)...))
	b := s.visitor(t)
	b.as(s.SignIn("front_desk"))
	b.open("/customers/" + id + "/edit/basic")
	b.put("city.0", "台北")
	b.click("main button.btn--main")
	b.at("/customers/" + id)
	b.shows("#g-basic", "台北")
	b.shows("#g-basic", "手语")
	for slot, want := range map[string]string{"language.0": "zh-TW", "language.1": "sign"} {
		if f, known := s.Fact(id, slot); !known || f.Value != want {
			t.Errorf("%s is %q", slot, f.Value)
		}
	}
}
