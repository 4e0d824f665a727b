package handlers

import (
	"context"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/policies"
	"shuke/views/deskview"
)

func (a *App) showDesk(c echo.Context) error {
	return a.deskPage(c, deskview.Desk{})
}

func (a *App) deskPage(c echo.Context, vm deskview.Desk) error {
	in := inquiryOf(c)
	vm.MayAdd, vm.MayNote, vm.MayCheckIn = in.can(policies.CustomerCreate), in.can(policies.CustomerEdit), in.can(policies.StayEdit)
	if in.can(policies.ArrivalRead) {
		vm.Arrivals = "/arrivals/panel"
	}
	seen, err := a.Gate.Mine(c.Request().Context(), in.Actor)
	if err != nil {
		return err
	}
	vm.Cards = in.print.T("desk.mine_cards_count", map[string]any{"Count": seen.Cards})
	vm.Reveals = in.print.T("desk.mine_reveals_count", map[string]any{"Count": seen.Reveals})
	return a.page(c, http.StatusOK, in.print.T("desk.title"), in.print.Header(in.Actor.Now), func(context.Context) templ.Component { return deskview.Page(vm) })
}

func (a *App) lookUp(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	query := f.trimmed("q")
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	found, err := a.Customers.LookUp(c.Request().Context(), in.Actor, cat, query)
	if err != nil {
		return err
	}
	vm := resultsVM(in, query, found)
	if isFragment(c) {
		return a.part(c, http.StatusOK, deskview.Found(vm))
	}
	return a.deskPage(c, deskview.Desk{Query: query, Results: &vm})
}
