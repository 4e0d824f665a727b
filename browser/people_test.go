package browser

import (
	"context"
	"os"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp/kb"

	"shuke/models/customer"
	"shuke/models/relation"
	"shuke/policies"
)

// circle puts people around 张慕言: a household, a hidden friend, an ended link, a
// name, and a child who has come of school age.
func (s *site) circle(t *testing.T) (guest string) {
	t.Helper()
	guest = s.ids["张慕言"]
	manager, ctx := s.Actor(policies.Manager), context.Background()
	must(t, s.Change(manager, guest, customer.Value{Field: "companion", Text: "小陈"}, customer.Value{Field: "spouse_name", Text: "周明远"}))
	s.ids["沈秋云"] = s.AddGuest("沈秋云", "address_as", "沈老师", "birth", "1958-11-24")
	s.ids["陆家嘴"] = s.AddGuest("陆嘉怡", "address_as", "陆小姐")
	add := func(d relation.Draft) string {
		d.PublicID, d.Channel = guest, "service"
		ref, err := s.Relations.Add(ctx, manager, s.Catalogue(), d)
		must(t, err)
		return ref
	}
	add(relation.Draft{With: s.ids["周明远"], Kind: relation.Spouse, Who: "spouse.0", Note: "一起来时先问他要不要安静的位子", Household: true})
	add(relation.Draft{With: s.ids["沈秋云"], Kind: relation.Parent, Household: true})
	hidden := add(relation.Draft{With: s.ids["陆家嘴"], Kind: relation.Friend})
	must(t, s.Relations.Hide(ctx, manager, relation.Wish{PublicID: guest, Ref: hidden, There: true, Reason: "asked"}))
	ended := add(relation.Draft{With: s.ids["王小明"], Kind: relation.Colleague})
	must(t, s.Relations.End(ctx, manager, relation.Ending{PublicID: guest, Ref: ended, Why: "over"}))
	add(relation.Draft{Name: "张小果", Kind: relation.Child, Born: "2024"})
	add(relation.Draft{With: s.ids["long"], Kind: relation.TravelsWith})
	s.Run("INSERT INTO life_events (customer_id, happened_on, kind, who, raised_at) VALUES (?, '2026-10-01', 'child.school', 'child.0', 1)", s.Customer(guest).ID)
	return guest
}

func TestThePagesOfThePeopleAroundAreSoundInEveryLook(t *testing.T) {
	s := newSite(t)
	guest := s.circle(t)
	card, people := "/customers/"+guest, "/customers/"+guest+"/relations"
	opened := func(b *tab) { b.do("document.querySelectorAll('details').forEach(d => { d.open = true; })") }
	stops := []stop{
		{"people card", "manager", card, nil},
		{"people acts", "manager", people, opened},
		{"people hidden", "custodian", "/customers/" + s.ids["陆家嘴"] + "/relations", opened},
		{"people past", "manager", people + "/ended", nil},
		{"people add refused", "manager", people + "/new", submits("name", "", "born", "2031", "note", "13812345678")},
		{"people add chosen", "manager", people + "/new?with=" + s.ids["王小明"], nil},
		{"people known", "manager", people + "/new?who=child.0", nil},
		{"people make refused", "manager", card + "/people/child.0/customer", submits("name.0", "张小满")},
		{"people household", "manager", card + "/household", opened},
	}
	if os.Getenv("SHUKE_TEST_SHOTS") != "" { // these hold nothing that the others do not
		stops = append(stops, stop{"people clerk", "front_desk", card, nil}, stop{"people list", "manager", people, nil}, stop{"people add", "manager", people + "/new", nil},
			stop{"people alone", "manager", "/customers/" + s.ids["王小明"] + "/household", nil}, stop{"people firm", "manager", "/customers/" + s.ids["company"], nil})
	}
	s.sweep(t, stops)
}

// By keyboard alone: find who it is, say what they are, and see them on the card.
func TestAGuestIsLinkedByKeyboard(t *testing.T) {
	s := newSite(t)
	guest := s.ids["王小明"]
	b := s.visitor(t)
	b.as(s.SignIn("front_desk"))
	b.open("/customers/" + guest + "/relations/new")
	b.until("document.activeElement && document.activeElement.id === 'q'")
	types("zhoumingyuan")(b)
	b.press(kb.Enter)
	b.until("new URLSearchParams(location.search).get('with') === " + quoted(s.ids["周明远"]) + " && document.readyState === 'complete'")
	b.put("kind", "friend")
	b.do("document.querySelector('#f-note').focus()")
	b.press(kb.Enter)
	b.at("/customers/" + guest)
	b.shows(".people", "周明远")
	b.click(".people a.name")
	b.at("/customers/" + s.ids["周明远"])
	b.shows(".people", "王小明")
}

func TestWithoutScriptALinkIsMadeHiddenAndEnded(t *testing.T) {
	s := newSite(t)
	guest := s.ids["王小明"]
	b := s.visitor(t)
	b.run(emulation.SetScriptExecutionDisabled(true))
	b.as(s.SignIn("front_desk"))
	b.open("/customers/" + guest + "/relations/new")
	b.fill("q", "周明远")
	b.press(kb.Enter)
	b.at("/customers/" + guest + "/relations/find")
	b.click(".hit")
	b.at("/customers/" + guest + "/relations/new")
	b.put("kind", "friend")
	b.click("main .btn--main")
	b.at("/customers/" + guest)
	b.shows(".people", "周明远")
	b.open("/customers/" + guest + "/relations")
	b.click(".people__act:nth-of-type(2) summary")
	b.click("input[name=where][value=there]")
	b.click("input[name=reason][value=asked]")
	b.click("form[action$='/hide'] .btn--main")
	b.at("/customers/" + guest + "/relations")
	b.shows(".people .tag", "对方卡上不提")
	b.open("/customers/" + s.ids["周明远"])
	b.lacks("王小明")
	b.open("/customers/" + guest + "/relations")
	b.click(".people__act summary")
	b.click("input[name=why][value=over]")
	b.click("form[action$='/end'] .btn--main")
	b.until("document.querySelector('.flash') && document.readyState === 'complete'")
	b.open("/customers/" + guest + "/relations/ended")
	b.shows(".people", "周明远")
}

// What is asked of somebody who is no customer follows the kind that is chosen:
// nothing that the house keeps no place for, or this role may not enter.
func TestTheFormAsksOnlyWhatTheKindIsAsked(t *testing.T) {
	s := newSite(t)
	page := "/customers/" + s.ids["王小明"] + "/relations/new"
	seen := func(b *tab, selector string) bool {
		return b.is("document.querySelector(" + quoted(selector) + ")?.offsetParent")
	}
	for _, scriptless := range []bool{true, false} {
		b := s.visitor(t)
		b.run(emulation.SetScriptExecutionDisabled(scriptless))
		b.as(s.SignIn("manager"))
		b.open(page)
		for _, c := range []struct {
			kind        string
			born, minor bool
		}{{"", false, false}, {"child", true, true}, {"spouse", false, true}, {"employer", false, false}, {"grandchild", true, true}} {
			b.put("kind", c.kind)
			if born, minor := seen(b, "#f-born"), seen(b, "#f-minor"); born != c.born || minor != c.minor {
				t.Errorf("%q: a year of birth is asked %v, if they are a child %v", c.kind, born, minor)
			}
		}
	}
	b := s.visitor(t)
	b.as(s.SignIn("front_desk"))
	b.open(page)
	b.inspect("people add clerk")
	b.put("kind", "colleague")
	if seen(b, "#f-born") || seen(b, "#f-minor") {
		t.Error("the front desk is asked what it may not enter")
	}
	b.shows("form[data-guard]", "朋友")
	b.shows("form[data-guard]", "只能关联已有客户")
}
