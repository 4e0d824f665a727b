package browser

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp/kb"

	"shuke/models/modelstest"
)

func TestWithoutScriptAGuestIsFoundOpenedRevealedAndAdded(t *testing.T) {
	s := newSite(t)
	id := s.ids["张慕言"]
	fact, _ := s.Fact(id, "document_no.0")
	b := s.visitor(t)
	b.run(emulation.SetScriptExecutionDisabled(true))
	b.signIn("front_desk", modelstest.Password)
	b.at("/desk")
	b.fill("q", "zmy 1234")
	b.press(kb.Enter)
	b.at("/look-up")
	b.shows(".hit", "张慕言")
	b.click(".hit")
	b.at("/customers/" + id)
	mask := "#mask-" + number(fact.N)
	b.click(mask + " summary")
	b.click(mask + " input[value=safety]")
	b.click(mask + " button")
	b.at("/customers/" + id + "/reveal/" + number(fact.N))
	b.shows("main", passport)
	b.open("/customers/" + id)
	b.lacks(passport)
	b.open("/customers/new")
	b.fill("name.0", "无脚本")
	b.press(kb.Enter)
	b.until("/^\\/customers\\/K-/.test(location.pathname)")
	b.shows("h2", "无脚本")
}
