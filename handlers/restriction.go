package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"shuke/models/consent"
	"shuke/models/fault"
	"shuke/models/rights"
	"shuke/models/staff"
	"shuke/views/consentview"
	"shuke/views/text"
	"shuke/views/ui"
)

func restrictionFormVM(in *inquiry, id string, branches []staff.Branch, typed form, wrong problems) *consentview.RestrictionForm {
	t := in.print
	how := consent.How(typed.text("how"))
	if how == "" {
		how = consent.Spoken
	}
	vm := &consentview.RestrictionForm{Action: "/customers/" + id + "/restrictions", Once: once(), Person: typed.text("person"), Relation: typed.text("relation"), Note: typed.text("note"),
		From: typed.text("from"), Until: typed.text("until"), Hows: hows(t, how), Wrong: wrong.fields, Problems: wrong.list}
	if key := typed.text("once"); key != "" {
		vm.Once = key
	}
	for _, k := range consent.Kinds {
		vm.Kinds = append(vm.Kinds, ui.Option{Value: string(k), Label: t.T("restriction.kind." + string(k)), Hint: t.T("restriction.does." + string(k)), Selected: string(k) == typed.text("kind")})
	}
	for _, b := range branches {
		vm.Branches = append(vm.Branches, ui.Option{Value: b.Code, Label: inLanguage(t, b.NameZH, b.NameEN), Selected: b.Code == typed.text("not_at")})
	}
	return vm
}

func (a *App) addRestriction(c echo.Context) error {
	in, ctx := inquiryOf(c), c.Request().Context()
	f, err := readForm(c)
	if err != nil {
		return err
	}
	branches, err := a.Staff.Branches(ctx)
	if err != nil {
		return err
	}
	w := rights.Restricting{PublicID: c.Param("id"), Once: f.text("once"), Restriction: consent.Restriction{Kind: consent.Kind(f.text("kind")), Person: f.text("person"),
		Relation: f.text("relation"), Note: f.text("note"), From: text.ParseClock(f.text("from")), To: text.ParseClock(f.text("until")), How: consent.How(f.text("how"))}}
	for _, b := range branches {
		if b.Code == f.text("not_at") {
			w.NotAt = b.ID
		}
	}
	err = a.Rights.Restrict(ctx, in.Actor, w)
	if err == nil {
		if err := in.say(c, "restriction.kept"); err != nil {
			return err
		}
		return seeOther(c, consentsHref(w.PublicID))
	}
	wrong, err := refused(in.print, err)
	if err != nil {
		return err
	}
	return a.consentsPage(c, http.StatusUnprocessableEntity, f, wrong)
}

func (a *App) endRestriction(c echo.Context) error {
	in := inquiryOf(c)
	n, err := strconv.ParseInt(c.Param("restriction"), 10, 64)
	if err != nil {
		return fault.New(fault.NotFound, "error.not_found")
	}
	if err := a.Rights.LiftRestriction(c.Request().Context(), in.Actor, c.Param("id"), n); err != nil {
		return err
	}
	if err := in.say(c, "restriction.ended"); err != nil {
		return err
	}
	return seeOther(c, consentsHref(c.Param("id")))
}
