package browser

import (
	"context"
	"strings"
	"testing"

	"shuke/models/modelstest"
)

func TestLanguageAndThemeStayWithThePerson(t *testing.T) {
	s := newSite(t)
	b := s.visitor(t)
	b.open("/sign-in")
	b.click("button[name=language][value=en]")
	b.until("document.documentElement.lang === 'en' && document.readyState === 'complete'")
	b.signIn("front_desk", modelstest.Password)
	b.until("document.documentElement.lang === 'en'")
	b.click("button[name=language][value='zh-CN']")
	b.until("document.documentElement.lang === 'zh-CN' && document.readyState === 'complete'")
	b.click("button[name=language][value=en]")
	b.until("document.documentElement.lang === 'en' && document.readyState === 'complete'")
	b.click("button[name=theme][value=dark]")
	b.until("document.documentElement.dataset.theme === 'dark' && document.readyState === 'complete'")
	b.at("/desk")

	elsewhere := s.visitor(t)
	elsewhere.signIn("front_desk", modelstest.Password)
	elsewhere.until("document.documentElement.lang === 'en' && document.documentElement.dataset.theme === 'dark'")
}

func TestANewPersonGetsAFirstPasswordOnceAndMustChangeIt(t *testing.T) {
	s := newSite(t)
	b := s.visitor(t)
	b.as(s.SignIn("admin"))
	b.open("/staff")
	b.click("a[href='/staff/new']")
	b.at("/staff/new")
	b.put("name", "林晓雯")
	b.put("login", "lin_xw")
	b.put("role", "front_desk")
	b.put("branch", modelstest.Hangzhou)
	b.put("hired_on", "2026-11-01")
	b.click("main button.btn--main")
	b.until("document.querySelector('.stats dd')")
	first := strings.TrimSpace(b.text(".stats dd"))
	b.inspect("first password")
	b.open("/staff/lin_xw")
	b.shows("main", "林晓雯")
	b.lacks(first)
	b.inspect("staff waiting")

	p := s.visitor(t)
	p.signIn("lin_xw", first)
	p.at("/account")
	p.open("/desk")
	p.at("/account")
	p.inspect("account first")
	p.put("present", first)
	p.put("chosen", "qing-ting 88 shui")
	p.click("main button.btn--main")
	p.until("location.pathname !== '/account' && document.readyState === 'complete'")
	p.at("/desk")
}

func TestAFieldSwitchedOnWithAPurposeStandsInTheForm(t *testing.T) {
	s := newSite(t)
	form := "/customers/" + s.ids["张慕言"] + "/edit/basic"
	m := s.visitor(t)
	m.as(s.SignIn("manager"))
	m.open(form)
	if m.is("document.querySelector('[name=\"native_place.0\"]')") {
		t.Fatal("the field is on already")
	}
	b := s.visitor(t)
	b.as(s.SignIn("owner"))
	b.open("/fields?state=off")
	b.click("a[href='/fields/native_place']")
	b.at("/fields/native_place")
	b.choose("on", "yes")
	b.do("document.querySelectorAll('main [name=purposes]').forEach(e => { e.checked = false; })")
	b.put("reason", "乡音亲切")
	b.click("main button.btn--main")
	b.until("document.querySelector('.problems')") // no purpose yet
	b.inspect("field refused")
	b.click("main .chip")
	b.put("reason", "乡音亲切，厨房可以准备家乡菜")
	b.click("main button.btn--main")
	b.until("document.querySelector('.flash')")
	m.open(form)
	m.until("document.querySelector('[name=\"native_place.0\"]')")
}

func TestWhoMayNotIsToldWhomToAskAndItIsRecorded(t *testing.T) {
	s := newSite(t)
	b := s.visitor(t)
	b.as(s.SignIn("admin"))
	b.open("/customers/" + s.ids["张慕言"])
	b.shows("main", "经理")
	b.lacks("张慕言")
	if e := s.LastEvent(); e.Action != "request.refused" {
		t.Errorf("recorded is %s", e.Action)
	}
}

func TestAnEmptyHouseIsSetUpOnce(t *testing.T) {
	s := newSite(t)
	for _, table := range []string{"sessions", "tokens", "employment_changes", "staff"} {
		s.Run("DELETE FROM " + table)
	}
	s.Run("DELETE FROM branches")
	token, err := s.Staff.SetupLink(context.Background())
	must(t, err)
	b := s.visitor(t)
	b.open("/set-up/" + token)
	b.inspect("set-up")
	submits("branch_name_zh", "上", "branch_name_en", "S", "branch_code", "外滩", "name", "沈总", "login", "shen", "password", "short")(b)
	b.inspect("set-up refused")
	submits("branch_name_zh", "上海外滩店", "branch_name_en", "Shanghai Bund", "branch_code", "bund", "name", "沈总", "login", "shen", "password", "yuan-zi 31 hua")(b)
	b.at("/desk")
	b.shows(".rail", "沈总")
	b.open("/set-up/" + token)
	b.shows("main", "没有")
}
