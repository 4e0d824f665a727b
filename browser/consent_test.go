package browser

import "testing"

// A guest says at the counter that we shall not keep preferences any more.
func TestAWithdrawalAtTheCounterBitesOnTheNextCard(t *testing.T) {
	s := newSite(t)
	card := "/customers/" + s.ids["林开口"]
	b := s.visitor(t)
	b.as(s.SignIn("front_desk"))
	b.open(card)
	b.shows(".act-list", "备一壶热水")
	b.click("section[aria-labelledby=consents] a[href='" + card + "/consents/service']")
	b.at(card + "/consents/service")
	b.shows(".readout", "喜好")
	b.until("document.querySelector('[name=given][value=no]').checked") // a yes stands, so the form begins with the other answer
	b.click("main button.btn--main")
	b.at(card + "/consents")
	b.shows(".flash", "马上生效")
	b.open(card)
	b.lacks("备一壶热水")
	b.lacks("清淡")
	b.shows("section[aria-labelledby=consents]", "项不再显示")
	b.shows(".taboo", "不提年龄")
}
