package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"shuke/models/modelstest"
)

func TestTheKeyboardAloneLeadsFromSignInToTheCardAndOut(t *testing.T) {
	s := newSite(t)
	b := s.visitor(t)
	b.open("/")
	b.at("/sign-in")
	b.until("document.activeElement.name === 'login'")
	b.write("front_desk")
	b.fill("password", modelstest.Password)
	b.press(kb.Enter)
	b.at("/desk")
	b.until("document.activeElement.name === 'q'")
	b.write("zmy 1234")
	b.until("document.querySelectorAll('[role=option]').length === 1")
	if marks := b.text(".hit mark"); !strings.Contains(marks, "1234") {
		t.Errorf("marked is %q", marks)
	}
	b.lacks("138 0000 1234")
	b.lacks("13800001234")
	b.press(kb.ArrowDown)
	b.until("document.querySelector('[role=option][aria-selected=true]').id === document.activeElement.getAttribute('aria-activedescendant')")
	b.press(kb.Enter)
	b.at("/customers/" + s.ids["张慕言"])
	b.shows("h2", "张慕言")
	b.shows(".taboo", "不要称呼“张阿姨”")
	b.tabTo("e.closest('form[action=\"/sign-out\"]')")
	b.press(kb.Enter)
	b.at("/sign-in")
	b.open("/desk")
	b.at("/sign-in")
}

func TestArrowsMoveSlashReturnsAndEscapeClears(t *testing.T) {
	s := newSite(t)
	b := s.visitor(t)
	b.signIn("front_desk", modelstest.Password)
	b.until("document.activeElement.name === 'q'")
	b.write("zmy")
	b.until("document.querySelectorAll('[role=option]').length === 2")
	chosen := "[...document.querySelectorAll('[role=option]')].findIndex(o => o.getAttribute('aria-selected') === 'true')"
	for _, step := range []struct {
		key  string
		want string
	}{{"", "0"}, {kb.ArrowDown, "1"}, {kb.ArrowDown, "0"}, {kb.ArrowUp, "1"}, {kb.Home, "0"}, {kb.End, "1"}} {
		if step.key != "" {
			b.press(step.key)
		}
		b.until(chosen + " === " + step.want)
	}
	b.press(kb.Escape)
	b.until("document.querySelector('#q').value === '' && document.querySelectorAll('[role=option]').length === 0")
	b.do("document.activeElement.blur()")
	b.strike("/")
	b.until("document.activeElement.name === 'q' && document.activeElement.value === ''")
}

func TestNobodyFoundOffersToAddWithWhatWasTyped(t *testing.T) {
	s := newSite(t)
	b := s.visitor(t)
	b.signIn("front_desk", modelstest.Password)
	b.write("赵不在 13700007777")
	b.shows(".state", "没有这位客人")
	b.click(".state button")
	b.at("/customers/new")
	b.until("document.querySelector('[name=\"name.0\"]').value === '赵不在' && document.querySelector('[name=\"phone.0\"]').value === '13700007777'")
}

func TestAddingBelowTheHitsTakesTheTypedWordsAlong(t *testing.T) {
	s := newSite(t)
	b := s.visitor(t)
	b.signIn("front_desk", modelstest.Password)
	b.write("张慕")
	b.until("document.querySelectorAll('[role=option]').length > 0")
	b.click(".panel__foot form[action='/customers/new'] button")
	b.at("/customers/new")
	b.until("document.querySelector('[name=\"name.0\"]').value === '张慕'")
}
