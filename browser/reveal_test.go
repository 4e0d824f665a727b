package browser

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"shuke/models/modelstest"
)

// reveal opens the passport of the guest with a reason, by keyboard.
func (b *tab) reveal(mask, reason string) {
	b.t.Helper()
	b.do("document.querySelector('" + mask + " summary').focus()")
	b.press(kb.Enter)
	b.until("document.querySelector('" + mask + " details').open")
	b.tabTo("e.type === 'radio'")
	for range 6 {
		if b.is("document.activeElement.value === " + quoted(reason)) {
			break
		}
		b.press(kb.ArrowDown)
	}
	b.tabTo("e.matches('" + mask + " button')")
	b.press(kb.Enter)
	b.shows(mask, passport)
}

func TestAValueIsRevealedWithAReasonForAMinute(t *testing.T) {
	s := newSite(t)
	fact, _ := s.Fact(s.ids["张慕言"], "document_no.0")
	mask := "#mask-" + number(fact.N)
	b := s.visitor(t)
	b.as(s.SignIn("front_desk"))
	b.open("/customers/" + s.ids["张慕言"])
	b.lacks(passport)
	b.lacks(childName)
	// The page's clock is moved and not waited for.
	b.do("const real = performance.now.bind(performance); window.ahead = 0; performance.now = () => real() + window.ahead;")

	b.reveal(mask, "guest_request")
	e := s.LastEvent()
	if e.Action != "fact.revealed" || e.Reason != "guest_request" || e.CustomerID != s.Customer(s.ids["张慕言"]).ID {
		t.Errorf("recorded is %+v", e.Event)
	}
	b.until("document.querySelector('[data-reveal-hide]') === document.activeElement")
	b.do("window.ahead = 30000")
	b.until("Number(document.querySelector('[data-reveal-left]').textContent) <= 30")
	b.shows(mask, passport)
	b.inspect("card revealed")
	b.do("window.ahead = 60001")
	b.until("!document.querySelector('[data-reveal-seconds]')")
	b.lacks(passport)
	b.until("document.querySelector('#announce').textContent !== '' && document.activeElement.matches('" + mask + " summary')")

	b.reveal(mask, "safety")
	b.do("Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true}); document.dispatchEvent(new Event('visibilitychange'))")
	b.until("!document.querySelector('[data-reveal-seconds]')")
	b.lacks(passport)

	b.do("delete document.visibilityState")
	b.reveal(mask, "check_in")
	b.until("document.querySelector('[data-reveal-hide]') === document.activeElement")
	b.press(kb.Enter)
	b.until("!document.querySelector('[data-reveal-seconds]')")
	b.lacks(passport)
}

func TestAnEarlierValueIsMaskedInTheHistoryToo(t *testing.T) {
	s := newSite(t)
	id := s.ids["张慕言"]
	must(t, s.Change(s.Clerk(), id, modelstest.Facts("document_no", "E12312312")...))
	b := s.visitor(t)
	b.as(s.SignIn("front_desk"))
	b.open(fmt.Sprintf("/customers/%s/facts/document_no/0", id))
	b.until("document.querySelectorAll('tbody tr').length === 2")
	b.lacks(passport)
	b.lacks("E12312312")
}
