package handlers

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/consent"
	"shuke/models/fault"
	"shuke/policies"
	"shuke/views/consentview"
	"shuke/views/text"
	"shuke/views/ui"
)

func wordingHref(of string) string { return "/wordings/" + of }

// wordingWords names a version for people: 营销, 第 2 版.
func wordingWords(t *text.Printer, w consent.Text) string {
	return t.T("wording.named", map[string]any{"Name": t.T("wording.name." + w.Of), "Version": strconv.FormatInt(w.Version, 10)})
}

func (a *App) listWordings(c echo.Context) error {
	in := inquiryOf(c)
	t := in.print
	texts, err := a.Library.Latest(c.Request().Context())
	if err != nil {
		return err
	}
	var vm consentview.Wordings
	for _, name := range consent.Wordings() {
		w := texts[name]
		beginning, _, _ := strings.Cut(w.In(string(t.Language())), "\n")
		vm.Rows = append(vm.Rows, consentview.WordingRow{Label: t.T("wording.name." + name), Href: wordingHref(name), Beginning: beginning,
			Version: t.T("wording.nth", map[string]any{"Version": strconv.FormatInt(w.Version, 10)}), Since: t.Date(w.At), By: wordingBy(t, w)})
	}
	return a.page(c, http.StatusOK, t.T("wording.title"), "", func(context.Context) templ.Component { return consentview.WordingList(vm) })
}

func wordingBy(t *text.Printer, w consent.Wording) string {
	if w.By == 0 {
		return t.T("wording.shipped")
	}
	return t.T("wording.own")
}

func (a *App) showWording(c echo.Context) error {
	return a.wordingPage(c, http.StatusOK, nil, problems{}, nil)
}

// wordingPage shows a text with all its versions and, to those who decide about
// it, the next one as they typed it.
func (a *App) wordingPage(c echo.Context, status int, typed *consent.Draft, wrong problems, stale *ui.StaleProps) error {
	in := inquiryOf(c)
	t, name := in.print, c.Param("wording")
	versions, err := a.Library.Versions(c.Request().Context(), name)
	if err != nil {
		return err
	}
	if len(versions) == 0 {
		return fault.New(fault.NotFound, "error.not_found")
	}
	vm := consentview.Wording{Label: t.T("wording.name." + name)}
	for i, w := range versions {
		vm.Versions = append(vm.Versions, consentview.WordingVersion{ID: fmt.Sprintf("v%d", w.Version), Title: t.T("wording.nth", map[string]any{"Version": strconv.FormatInt(w.Version, 10)}),
			By: joined("·", wordingBy(t, w), t.DateTime(w.At)), ZH: w.ZH, EN: w.EN, Now: i == 0})
	}
	if in.can(policies.WordingManage) {
		draft := consent.Draft{ZH: versions[0].ZH, EN: versions[0].EN, Version: versions[0].Version}
		if typed != nil {
			draft = *typed
		}
		vm.Form = &consentview.WordingForm{Action: wordingHref(name), Version: strconv.FormatInt(draft.Version, 10), ZH: draft.ZH, EN: draft.EN, Wrong: wrong.fields, Problems: wrong.list, Stale: stale}
	}
	return a.page(c, status, t.T("wording.title"), vm.Label, func(context.Context) templ.Component { return consentview.WordingPage(vm) })
}

func (a *App) changeWording(c echo.Context) error {
	in, ctx := inquiryOf(c), c.Request().Context()
	f, err := readForm(c)
	if err != nil {
		return err
	}
	draft := consent.Draft{Of: c.Param("wording"), ZH: f.text("zh"), EN: f.text("en"), Version: f.int("version")}
	err = a.Library.Change(ctx, in.Actor, draft)
	if err == nil {
		if err := in.say(c, "wording.changed"); err != nil {
			return err
		}
		return seeOther(c, wordingHref(draft.Of))
	}
	if isStale(err) {
		versions, err := a.Library.Versions(ctx, draft.Of)
		if err != nil {
			return err
		}
		now := versions[0]
		draft.Version = now.Version
		return a.wordingPage(c, http.StatusConflict, &draft, problems{}, staleNotice(in.print,
			ui.Difference{Label: in.print.T("wording.zh"), Now: now.ZH, Typed: draft.ZH}, ui.Difference{Label: in.print.T("wording.en"), Now: now.EN, Typed: draft.EN}))
	}
	wrong, err := refused(in.print, err)
	if err != nil {
		return err
	}
	return a.wordingPage(c, http.StatusUnprocessableEntity, &draft, wrong, nil)
}
