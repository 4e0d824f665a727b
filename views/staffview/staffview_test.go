package staffview

import (
	"context"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"shuke/views/text"
	"shuke/views/ui"
)

func render(t *testing.T, lang text.Language, c templ.Component) (string, *goquery.Document) {
	t.Helper()
	catalog, err := text.Load()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := c.Render(text.With(context.Background(), catalog.Printer(lang, nil)), &b); err != nil {
		t.Fatal(err)
	}
	if catalog.Missing() != 0 {
		t.Errorf("missing texts: %v", catalog.MissingKeys())
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), doc
}

func TestAFirstPasswordIsShownOnceAndInNoAttribute(t *testing.T) {
	for _, lang := range text.Languages() {
		html, doc := render(t, lang, PasswordPage(Password{Name: "林", Login: "lin", Password: "abcd-efgh-jkmn-pqrs", Days: 7, Person: "/staff/lin"}))
		if n := strings.Count(html, "abcd-efgh-jkmn-pqrs"); n != 1 {
			t.Errorf("%s: printed %d times", lang, n)
		}
		if doc.Find("dd").Text() != "abcd-efgh-jkmn-pqrs" {
			t.Errorf("%s: not as text of its own", lang)
		}
		if doc.Find("form, input").Length() != 0 {
			t.Errorf("%s: a form could send it on", lang)
		}
	}
}

func TestThePersonOffersOnlyWhatTheReaderMay(t *testing.T) {
	for _, c := range []struct {
		name    string
		acts    Acts
		actions []string
		says    string
	}{
		{"nothing", Acts{Version: "3"}, nil, ""},
		{"all", Acts{Edit: "/staff/lin/edit", Password: "/staff/lin/password", EndSessions: "/staff/lin/sessions/end", Confirm: "/staff/lin/confirm", Version: "3"},
			[]string{"/staff/lin/confirm", "/staff/lin/password", "/staff/lin/sessions/end"}, ""},
		{"a sentence in place of a button", Acts{NoConfirm: "要另一位同事确认", EndSessions: "/staff/lin/sessions/end"}, []string{"/staff/lin/sessions/end"}, "要另一位同事确认"},
	} {
		html, doc := render(t, text.Chinese, PersonPage(Person{Name: "林", Login: "lin", Acts: c.acts}))
		var actions []string
		doc.Find("form").Each(func(_ int, f *goquery.Selection) { actions = append(actions, f.AttrOr("action", "")) })
		if strings.Join(actions, " ") != strings.Join(c.actions, " ") {
			t.Errorf("%s: %v", c.name, actions)
		}
		if c.says != "" && !strings.Contains(html, c.says) {
			t.Errorf("%s: does not say why", c.name)
		}
		if got := doc.Find("#acts").Length() == 1; got != (len(c.actions) > 0) {
			t.Errorf("%s: panel shown: %v", c.name, got)
		}
		if v := doc.Find("form[action$=confirm] input[name=version]"); c.acts.Confirm != "" && v.AttrOr("value", "") != "3" {
			t.Errorf("%s: the confirmation carries no version", c.name)
		}
	}
}

func TestAFormThatCameBackKeepsWhatWasTyped(t *testing.T) {
	form := Form{
		Action: "/staff/lin/edit", Back: "/staff/lin", Login: "lin", Name: "林", HiredOn: "2020-01-02", LastOn: "2019-01-01", PayBand: "A3", Version: "4",
		Roles: []ui.Option{{Value: "floor", Label: "楼面"}, {Value: "front_desk", Label: "前台", Selected: true}}, Wrong: map[string]string{"last_on": "不能早于入职日期。"},
		Problems: []ui.Problem{{Field: "last_on", Text: "不能早于入职日期。"}}, Stale: &ui.StaleProps{Title: "别人先改了", Differences: []ui.Difference{{Label: "薪级", Now: "A2", Typed: "A3"}}},
	}
	_, doc := render(t, text.Chinese, FormPage(form))
	for field, want := range map[string]string{"name": "林", "hired_on": "2020-01-02", "last_on": "2019-01-01", "pay_band": "A3", "version": "4"} {
		if got := doc.Find("input[name="+field+"]").AttrOr("value", ""); got != want {
			t.Errorf("%s is %q", field, got)
		}
	}
	if doc.Find("select[name=role] option[selected]").AttrOr("value", "") != "front_desk" {
		t.Error("the chosen role is lost")
	}
	if doc.Find("input[name=last_on]").AttrOr("aria-invalid", "") != "true" {
		t.Error("the bad field is not marked")
	}
	if doc.Find("input[name=login]").Length() != 0 {
		t.Error("a login can be typed anew")
	}
	row := doc.Find("tr.differs td")
	if row.Eq(1).Text() != "A2" || strings.TrimSpace(row.Eq(2).Text()) != "A3" {
		t.Error("a stale form does not show what stands beside what was typed")
	}
	if doc.Find("form").AttrOr("data-guard", "") != "dirty" {
		t.Error("leaving the page would lose what was typed without asking")
	}
}
