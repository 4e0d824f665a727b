package browser

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"

	"shuke/models/modelstest"
	"shuke/policies"
)

// stop is one page of the round, as somebody gets to see it.
type stop struct {
	name  string
	login string // "" is nobody
	path  string
	then  func(*tab) // what is done there before the page is looked at
}

// as gives the tab the session of a person, without the sign-in page.
func (b *tab) as(token string) {
	b.t.Helper()
	b.cookie("shuke", token)
}

func (b *tab) cookie(name, value string) {
	b.t.Helper()
	b.run(network.SetCookie(name, value).WithURL(b.base))
}

// types looks somebody up on the desk and waits for the answer.
func types(words string) func(*tab) {
	return func(b *tab) {
		b.t.Helper()
		b.put("q", words)
		b.until("document.querySelector('[data-lookup-hits]').dataset.for === " + quoted(words))
	}
}

// submits sends the form of the page and waits for its answer.
func submits(boxes ...string) func(*tab) {
	return func(b *tab) {
		b.t.Helper()
		for i := 0; i+1 < len(boxes); i += 2 {
			b.put(boxes[i], boxes[i+1])
		}
		b.do("window.before = true")
		b.click("main form button.btn--main")
		b.until("!window.before && document.readyState === 'complete'")
	}
}

// submitsIn fills the boxes of the form that a button is in, and presses it.
func submitsIn(button string, boxes ...string) func(*tab) {
	return func(b *tab) {
		b.t.Helper()
		for i := 0; i+1 < len(boxes); i += 2 {
			b.put(boxes[i], boxes[i+1])
		}
		presses(button)(b)
	}
}

// presses a button that sends a form, and waits for the answer.
func presses(button string) func(*tab) {
	return func(b *tab) {
		b.t.Helper()
		b.do("window.before = true")
		b.click(button)
		b.until("!window.before && document.readyState === 'complete'")
	}
}

// fullCopy asks for everything in the clear.
func fullCopy(b *tab) {
	b.t.Helper()
	b.do("document.querySelector('details.form__more').open = true; window.before = true")
	b.choose("reason", "access")
	b.choose("identity", "document")
	b.click("details.form__more button")
	b.until("!window.before && document.readyState === 'complete'")
}

// unproved says that something was written and not where.
func unproved(b *tab) {
	b.t.Helper()
	b.choose("how", "written")
	submits("proof", "")(b)
}

// opens unfolds every act of the page.
func opens(b *tab) {
	b.t.Helper()
	b.do("document.querySelectorAll('main details').forEach(d => d.open = true)")
}

// refusesTier sends the form of a level without saying why.
func refusesTier(b *tab) {
	b.t.Helper()
	opens(b)
	presses("form[action$='/tier'] button")(b)
}

// round is every page there is.
func (s *site) round() []stop {
	guest, company := "/customers/"+s.ids["张慕言"], "/customers/"+s.ids["company"]
	spoken, shy, leaving := "/customers/"+s.ids["林开口"], "/customers/"+s.ids["方不露"], "/customers/"+s.ids["方不留"]
	club := "/clubs/" + s.ids["club"]
	passport, _ := s.Fact(s.ids["张慕言"], "document_no.0")
	const desk, manager, admin, owner = "front_desk", "manager", "admin", "owner"
	return []stop{
		{"sign-in", "", "/sign-in", nil},
		{"sign-in wrong", "", "/sign-in", submits("login", "nobody", "password", "wrong words")},
		{"not found, outside", "", "/nowhere", nil},
		{"desk", desk, "/desk", nil},
		{"desk hits", desk, "/desk", types("zmy")},
		{"desk long names", desk, "/desk", types("12345678")},
		{"desk one term each", desk, "/desk", types("zmy 8888")},
		{"desk nobody", desk, "/desk", types("诸葛不在 99999999")},
		{"card", desk, guest, nil},
		{"card manager", manager, guest, nil},
		{"card long", desk, "/customers/" + s.ids["long"], nil},
		{"card arabic", desk, "/customers/" + s.ids["Arabic"], nil},
		{"card bare", desk, "/customers/" + s.ids["王小明"], nil},
		{"card company", desk, company, nil},
		{"new person", desk, "/customers/new", nil},
		{"new company", desk, "/customers/new?kind=enterprise", nil},
		{"new refused", desk, "/customers/new", submits("name.0", "", "phone.0", "12", "birth.0", "31.31.2031", "email.0", "x@")},
		{"edit", desk, guest + "/edit/basic", nil},
		{"edit family", manager, guest + "/edit/family", nil},
		{"edit company", desk, company + "/edit/company_basic", nil},
		{"history", desk, guest + "/facts/employer/0", nil},
		{"history masked", desk, guest + "/facts/document_no/0", nil},
		{"reveal", desk, fmt.Sprintf("%s/reveal/%d", guest, passport.N), nil},
		{"card consents", desk, spoken, nil},
		{"card withheld", desk, shy, nil},
		{"desk withheld", desk, "/desk", types("9999")},
		{"consents", desk, spoken + "/consents", nil},
		{"consent marketing refused", desk, spoken + "/consents/marketing?channel=sms", unproved},
		{"consents history", desk, spoken + "/consents/history", nil},
		{"requests of a guest", desk, spoken + "/requests", nil},
		{"requests", desk, "/requests", nil},
		{"sheet", desk, spoken + "/sheet", nil},
		{"sheet in the other language", manager, spoken + "/sheet?lang=en", nil},
		{"sheet full", manager, spoken + "/sheet", fullCopy},
		{"wording", owner, "/wordings/marketing", nil},
		{"erasure", owner, guest + "/erasure", nil},
		{"erasure asked", owner, leaving + "/erasure", nil},
		{"account", desk, "/account", nil},
		{"account refused", desk, "/account", submits("present", "not it", "chosen", "short")},
		{"staff", admin, "/staff", nil},
		{"staff person", admin, "/staff/manager", nil},
		{"staff new", admin, "/staff/new", nil},
		{"staff edit", admin, "/staff/floor/edit", nil},
		{"branches", admin, "/branches", nil},
		{"branch new", admin, "/branches/new", nil},
		{"branch edit", admin, "/branches/hangzhou/edit", nil},
		{"fields", owner, "/fields", nil},
		{"fields company", owner, "/fields?kind=enterprise", nil},
		{"fields off", owner, "/fields?state=off", nil},
		{"field", owner, "/fields/religion", nil},
		{"field read", desk, "/fields/document_no", nil},
		{"fields own", owner, "/fields?origin=own&q=o", nil},
		{"fields none", owner, "/fields?q=zzz", nil},
		{"field own", owner, "/fields/own_pillow", nil},
		{"field own unused", owner, "/fields/own_shisha", nil},
		{"field new", owner, "/fields/new", nil},
		{"field new refused", owner, "/fields/new", submits("name_zh", "宝宝的年薪", "name_en", "", "type", "choice", "options", "只有一个", "benefit_zh", "好", "half_life", "x")},
		{"field edit", owner, "/fields/own_pillow/edit", nil},
		{"field edit sensitive", owner, "/fields/own_body_fat/edit", nil},
		{"edit life", manager, guest + "/edit/life", nil},
		{"purposes", manager, "/purposes?purpose=tailor", nil},
		{"purposes company", manager, "/purposes?kind=enterprise", nil},
		{"tokens", admin, "/tokens", nil},
		{"token person", admin, "/staff/front_desk", nil},
		{"token refused", admin, "/staff/front_desk/tokens/new", submits("label", "预订网站", "days", "0")},
		{"webhooks", admin, "/webhooks", nil},
		{"webhook new", admin, "/webhooks/new", nil},
		{"webhook refused", admin, "/webhooks/new", submits("address", "https://elsewhere.example/")},
		{"webhook", admin, "/webhooks/" + s.ids["webhook"], nil},
		{"webhook tried", admin, "/webhooks/" + s.ids["webhook"], presses("form[action$='/test'] button")},
		{"webhook key", admin, "/webhooks/" + s.ids["webhook"], presses("form[action$='/secret'] button")},
		{"clubs", manager, "/clubs", nil},
		{"club new", manager, "/clubs/new", nil},
		{"club edit", manager, club, nil},
		{"club refused", manager, club, submits("prefix", "1a4", "digits", "99")},
		{"tier edit", manager, club + "/tiers/" + s.ids["tier"], nil},
		{"tier new", manager, club + "/tiers/new", nil},
		{"event new", manager, club + "/events/new", nil},
		{"standing rules", manager, "/clubs/standing", nil},
		{"standing refused", manager, "/clubs/standing", submits("months", "0")},
		{"membership", manager, guest + "/membership", nil},
		{"membership open", manager, guest + "/membership", opens},
		{"membership refused", manager, guest + "/membership", refusesTier},
		{"membership none", desk, "/customers/" + s.ids["王小明"] + "/membership", nil},
		{"membership join refused", desk, "/customers/" + s.ids["王小明"] + "/membership", submits("number", "Q-1")},
		{"imports none", "custodian2", "/imports?before=1", nil},
		{"imports", "custodian", "/imports", nil},
		{"import new", "custodian", "/imports/new", nil},
		{"import new refused", "custodian", "/imports/new", refusedFile},
		{"import ready", "custodian", "/imports/" + s.ids["名单 ready.CSV"], nil},
		{"import unfit", "custodian", "/imports/" + s.ids["名单 unfit.CSV"], nil},
		{"import asks", "custodian", "/imports/" + s.ids["名单 long.CSV"], nil},
		{"import to approve", "custodian2", "/imports/" + s.ids["名单 long.CSV"], nil},
		{"import not approved", "custodian2", "/imports/" + s.ids["名单 long.CSV"], submitsIn("#decline", "reason", " ")},
		{"import waiting", "custodian", "/imports/" + s.ids["名单 waiting.CSV"], nil},
		{"import running", "custodian", "/imports/" + s.ids["名单 running.CSV"], nil},
		{"import failed", "custodian", "/imports/" + s.ids["名单 failed.CSV"], nil},
		{"import done", "custodian", "/imports/" + s.ids["名单 done.CSV"], nil},
		{"import in the way", "custodian", "/imports/" + s.ids["名单 done.CSV"], standsInTheWay},
		{"import undone", "custodian", "/imports/" + s.ids["名单 undone.CSV"], nil},
		{"import by command", "custodian", "/imports/n992", nil},
		{"audit", "auditor", "/audit", nil},
		{"links", admin, "/links", nil},
		{"forbidden", admin, "/desk", nil},
		{"not found", desk, "/customers/K-AAAAAAAAAA", nil},
	}
}

func TestEveryPageIsSoundInEveryLook(t *testing.T) {
	s := newSite(t)
	s.files()
	must(t, s.Change(s.Clerk(), s.ids["张慕言"], modelstest.Facts("employer", "浙江大学医学院")...))
	s.sweep(t, s.round())
}

// sweep looks at pages in both languages, each person in a browser of their own.
func (s *site) sweep(t *testing.T, stops []stop) {
	t.Helper()
	for _, language := range []string{"zh-CN", "en"} {
		looks := looks
		if language == "en" && os.Getenv("SHUKE_TEST_SHOTS") == "" {
			looks = further
		}
		t.Run(language, func(t *testing.T) {
			tabs := map[string]*tab{}
			for _, p := range stops {
				if only := os.Getenv("SHUKE_TEST_PAGES"); !strings.Contains(p.name, only) {
					continue
				}
				b := tabs[p.login]
				if b == nil {
					b = s.visitor(t)
					if p.login != "" {
						b.as(s.SignIn(p.login))
					}
					b.cookie("shuke-language", language)
					tabs[p.login] = b
				}
				b.t = t
				b.open(p.path)
				if p.then != nil {
					p.then(b)
				}
				if got := b.value("document.documentElement.lang"); got != language {
					t.Errorf("%s is in %s", p.name, got)
				}
				b.inspectIn(looks, language+" "+p.name)
			}
		})
	}
}

// Every role begins on a page that is theirs.
func TestEveryRoleHasAPageToBeginWith(t *testing.T) {
	s := newSite(t)
	b := s.visitor(t)
	for _, role := range policies.Roles {
		b.as(s.SignIn(string(role)))
		b.open("/")
		b.until("document.readyState === 'complete' && document.querySelector('main')")
		if b.is("document.querySelector('.state--denied, .panel .state .i-lock')") || b.path() == "/sign-in" {
			t.Errorf("%s begins on %s", role, b.path())
		}
		b.quiet()
	}
}
