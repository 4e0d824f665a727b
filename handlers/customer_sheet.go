package handlers

import (
	"context"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/rights"
	"shuke/views/consentview"
	"shuke/views/text"
	"shuke/views/ui"
)

func sheetHref(id string) string { return "/customers/" + id + "/sheet" }

func (a *App) showCustomerSheet(c echo.Context) error {
	return a.sheetPage(c, http.StatusOK, rights.Copy{Lang: sheetLang(inquiryOf(c), c.QueryParam("lang"))}, problems{})
}

// showFullCustomerSheet answers the form for everything in the clear. It is no page of its
// own: nobody comes back to it by an address.
func (a *App) showFullCustomerSheet(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	copy := rights.Copy{Full: true, Reason: f.text("reason"), Identity: f.text("identity"), Lang: sheetLang(in, f.text("lang"))}
	err = a.sheetPage(c, http.StatusOK, copy, problems{})
	wrong, err := refused(in.print, err)
	if err != nil || len(wrong.list) == 0 {
		return err
	}
	copy.Full = false
	return a.sheetPage(c, http.StatusUnprocessableEntity, copy, wrong)
}

// sheetLang is the language of the paper: as asked for, else the reader's.
func sheetLang(in *inquiry, asked string) string {
	if asked == string(text.English) || asked == string(text.Chinese) {
		return asked
	}
	return string(in.print.Language())
}

func (a *App) sheetPage(c echo.Context, status int, copy rights.Copy, wrong problems) error {
	in := inquiryOf(c)
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	s, err := a.Rights.Sheet(c.Request().Context(), in.Actor, cat, c.Param("id"), copy)
	if err != nil {
		return err
	}
	branches, err := a.branchNames(c, copy.Lang)
	if err != nil {
		return err
	}
	vm := a.sheetVM(in, s, copy, branches)
	tools := consentview.SheetTools{Back: consentsHref(s.PublicID)}
	for _, lang := range []text.Language{text.Chinese, text.English} {
		tools.Languages = append(tools.Languages, ui.View{Text: in.print.T("sheet.lang_" + shortLang(lang)), Href: sheetHref(s.PublicID) + "?lang=" + string(lang), Current: string(lang) == copy.Lang})
	}
	if !copy.Full {
		tools.Full = copyFormVM(in, s.PublicID, copy, wrong)
	}
	return a.page(c, status, in.print.T("sheet.title"), s.Name+"·"+s.PublicID, func(context.Context) templ.Component { return consentview.SheetPage(vm, tools) })
}

func shortLang(l text.Language) string {
	if l == text.English {
		return "en"
	}
	return "zh"
}

func copyFormVM(in *inquiry, id string, copy rights.Copy, wrong problems) *consentview.CopyForm {
	t := in.print
	vm := &consentview.CopyForm{Action: sheetHref(id), Lang: copy.Lang, Wrong: wrong.fields, Problems: wrong.list}
	for _, r := range rights.CopyReasons {
		vm.Reasons = append(vm.Reasons, ui.Option{Value: r, Label: t.T("sheet.reason." + r), Selected: r == copy.Reason})
	}
	for _, i := range rights.Identities {
		vm.Identities = append(vm.Identities, ui.Option{Value: i, Label: t.T("sheet.identity." + i), Selected: i == copy.Identity})
	}
	return vm
}

// branchNames are the names of all branches in a language.
func (a *App) branchNames(c echo.Context, lang string) (map[int64]string, error) {
	all, err := a.Staff.Branches(c.Request().Context())
	out := make(map[int64]string, len(all))
	for _, b := range all {
		out[b.ID] = b.NameZH
		if lang == string(text.English) {
			out[b.ID] = b.NameEN
		}
	}
	return out, err
}
