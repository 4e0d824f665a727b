package browser

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"

	"shuke/models/modelstest"
)

// visible asks whether a box of the form is there to be seen.
func visible(name string) string {
	return "document.querySelector('form.own [name=" + name + "]').checkVisibility()"
}

func TestAnOwnFieldIsMadeLookedAtAndFilledIn(t *testing.T) {
	s := newSite(t)
	b := s.visitor(t)
	b.as(s.SignIn("custodian"))
	b.open("/fields")
	b.click("a[href='/fields/new']")
	b.at("/fields/new")
	for name, seen := range map[string]bool{"options": false, "unit_zh": false, "length": true, "group": true, "company_group": false, "open_reason": true} {
		if b.is(visible(name)) != seen {
			t.Errorf("before anything is chosen %s is seen: %v", name, !seen)
		}
	}
	b.put("name_zh", "常喝的茶")
	b.put("name_en", "Usual tea")
	b.put("type", "choice")
	b.until(visible("options"))
	b.put("options", "龙井 | Longjing\n普洱 | Pu'er")
	b.shows("#own-preview", "常喝的茶")
	b.shows("#own-preview", "龙井")
	b.choose("kind", "both")
	b.until(visible("company_group"))
	b.choose("sensitivity", "sensitive")
	b.until("!" + visible("open_reason"))
	b.until("document.querySelector('#own-preview .mask')")
	b.choose("sensitivity", "personal")
	b.click("main form.own button.btn--main")
	b.until("document.querySelector('.problems') === document.activeElement") // neither purpose nor benefit
	b.click("form.own .chip")
	b.put("benefit_zh", "进门就有一杯常喝的茶。")
	b.put("benefit_en", "A cup of your usual tea as you arrive.")
	b.click("main form.own button.btn--main")
	b.at("/fields/own_usual_tea")
	b.shows(".flash", "建好了")

	m := s.visitor(t)
	m.as(s.SignIn("manager"))
	card := "/customers/" + s.ids["王小明"]
	m.open(card + "/edit/life")
	m.put("own_usual_tea.0", "puer")
	m.click("main button.btn--main")
	m.at(card)
	m.shows("#g-life", "普洱")

	b.open("/fields/own_usual_tea/edit")
	b.shows(".notice", "已经有人填过")
	b.put("options", "longjing | 龙井 | Longjing\nbaicha | 白茶 | White tea")
	b.click("main form.own button.btn--main")
	b.until("document.querySelector('[name=options]').getAttribute('aria-invalid') === 'true'")
	b.shows(".field__error", "puer")
}

func TestWithoutScriptAnOwnFieldIsPreviewedAndMade(t *testing.T) {
	s := newSite(t)
	b := s.visitor(t)
	b.run(emulation.SetScriptExecutionDisabled(true))
	b.signIn("custodian", modelstest.Password)
	b.at("/desk")
	b.open("/fields/new")
	b.fill("name_zh", "常喝的茶")
	b.fill("name_en", "Usual tea")
	b.fill("benefit_zh", "进门就有一杯常喝的茶。")
	b.fill("benefit_en", "A cup of your usual tea as you arrive.")
	b.click("form.own .chip")
	b.click("form.own button[name=act]")
	b.shows("#own-preview", "常喝的茶")
	b.at("/fields")
	b.click("main form.own button.btn--main")
	b.at("/fields/own_usual_tea")
}
