package handlers

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/customer"
	"shuke/models/purpose"
	"shuke/views/purposeview"
	"shuke/views/ui"
)

// purposesView is what of the page of purposes somebody looks at.
type purposesView struct {
	kind   customer.Kind
	chosen string
}

// viewOf reads it from an address or a form; nothing else reaches a query.
func viewOf(kind, chosen string) purposesView {
	v := purposesView{customer.Individual, chosen}
	if k, known := customer.ParseKind(kind); known {
		v.kind = k
	}
	if !slices.Contains(customer.Purposes, chosen) {
		v.chosen = customer.Purposes[0]
	}
	return v
}

func (v purposesView) href() string {
	q := url.Values{}
	if v.kind == customer.Enterprise {
		q.Set("kind", v.kind.String())
	}
	if v.chosen != customer.Purposes[0] {
		q.Set("purpose", v.chosen)
	}
	if len(q) == 0 {
		return "/purposes"
	}
	return "/purposes?" + q.Encode()
}

func (a *App) listPurposes(c echo.Context) error {
	return a.purposesPage(c, http.StatusOK, viewOf(c.QueryParam("kind"), c.QueryParam("purpose")), nil)
}

// weighing is a decision as it came back: what was typed, and what is wrong.
type weighing struct {
	weights purpose.Weights
	wrong   problems
	stale   bool
}

func (a *App) purposesPage(c echo.Context, status int, v purposesView, typed *weighing) error {
	in := inquiryOf(c)
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	o, err := a.Purposes.Overview(c.Request().Context(), in.Actor, cat, v.kind, v.chosen)
	if err != nil {
		return err
	}
	vm := (&purposesWords{in: in, cat: cat, view: v}).page(o, typed)
	return a.page(c, status, in.print.T("purposes.title"), "", func(context.Context) templ.Component { return purposeview.PurposesPage(vm) })
}

// weighPurposes puts what matters now in force.
func (a *App) weighPurposes(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	v, typed := viewOf(f.text("kind"), f.text("purpose")), weighing{weights: purpose.Weights{}}
	for _, p := range customer.Purposes {
		if f.has("weight." + p) {
			typed.weights[p] = int(f.int("weight." + p))
		}
	}
	err = a.Purposes.Weigh(c.Request().Context(), in.Actor, purpose.Weighing{Weights: typed.weights, Version: f.int("version")})
	if err == nil {
		if err := in.say(c, "purposes.weighed"); err != nil {
			return err
		}
		return seeOther(c, v.href())
	}
	if typed.stale = isStale(err); typed.stale {
		return a.purposesPage(c, http.StatusConflict, v, &typed)
	}
	if typed.wrong, err = refused(in.print, err); err != nil {
		return err
	}
	return a.purposesPage(c, http.StatusUnprocessableEntity, v, &typed)
}

// countPurposes has everything counted anew, while nobody waits.
func (a *App) countPurposes(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	err = a.Purposes.CountNow(c.Request().Context(), in.Actor, func(err error) { a.log.Error("count of purposes", "error", err) })
	if err != nil {
		return err
	}
	if err := in.say(c, "purposes.counting_begun"); err != nil {
		return err
	}
	return seeOther(c, viewOf(f.text("kind"), f.text("purpose")).href())
}

func (v purposesView) kinds(w *purposesWords) []ui.View {
	var out []ui.View
	for _, k := range []customer.Kind{customer.Individual, customer.Enterprise} {
		out = append(out, ui.View{Text: w.in.print.T("field.kind." + k.String()), Href: purposesView{k, v.chosen}.href(), Current: k == v.kind})
	}
	return out
}
