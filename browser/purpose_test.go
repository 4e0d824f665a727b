package browser

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"shuke/models/uses"
	"shuke/policies"
)

// counted fills the house until something may be told of it, and counts.
func (s *site) counted(t *testing.T) {
	t.Helper()
	surnames, given := []rune("赵钱孙李周吴郑王冯陈"), []rune("安白丹")
	for i := range 30 {
		facts := []string{"city", []string{"上海", "杭州", "苏州"}[i%3], "phone", fmt.Sprintf("1390000%04d", 2000+i), "address_as", "客人", "motto", "知足"}
		if i%2 == 0 {
			facts = append(facts, "diet", "少盐", "hobby", "围棋", "invoice_title", "望江集团")
		}
		s.AddGuest(string(surnames[i%10])+string(given[i/10])+"华", facts...)
	}
	for i, field := range []string{"city", "phone", "name", "diet"} {
		s.Run("INSERT INTO field_uses (day, field, used_as, times) VALUES (?, ?, 'head', ?), (?, ?, 'look_up', ?)",
			uses.Day(s.Clock.Now().AddDate(0, 0, -100+i)), field, 40, uses.Day(s.Clock.Now().AddDate(0, 0, -3)), field, 100*i+7)
	}
	must(t, s.Purposes.CountNow(context.Background(), s.Actor(policies.Manager), func(err error) { t.Error(err) }))
	s.AwaitCount()
}

func TestThePageOfPurposesIsSoundInEveryLook(t *testing.T) {
	s := newSite(t)
	s.counted(t)
	b := s.visitor(t)
	b.as(s.SignIn("manager"))
	for _, language := range []string{"zh-CN", "en"} {
		b.cookie("shuke-language", language)
		b.open("/purposes?purpose=tailor")
		b.inspectIn(looks, language+" purposes counted")
		b.open("/purposes?purpose=keep&kind=enterprise")
		b.inspectIn(looks, language+" purposes of firms")
	}
	b.open("/purposes?purpose=tailor")
	b.shows("section[aria-labelledby=needs]", "Diet")
	b.shows("section[aria-labelledby=unused]", "Motto")
}

// A question is told of by keyboard alone, and rests.
func TestAQuestionIsToldOfByKeyboard(t *testing.T) {
	s := newSite(t)
	b := s.visitor(t)
	b.as(s.SignIn("front_desk"))
	b.open("/customers/" + s.ids["王小明"])
	first := b.value("document.querySelector('.worth input[name=field]').value")
	b.tabTo("e.name === 'outcome' && e.value === 'no_answer'")
	b.press(kb.Enter)
	b.until("document.readyState === 'complete' && document.querySelector('.flash')")
	b.shows(".flash", "一个月")
	if b.is("document.querySelector('.worth input[value=" + quoted(first) + "]')") {
		t.Errorf("%s is asked again", first)
	}
}
