package handlers

import (
	"context"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/customer"
	"shuke/policies"
	"shuke/views/customerview"
)

func (a *App) showCustomer(c echo.Context) error {
	in := inquiryOf(c)
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	opened, err := a.Cards.Open(c.Request().Context(), in.Actor, cat, c.Param("id"))
	if customer.IsErasing(err) && in.can(policies.CustomerErase) {
		return c.Redirect(http.StatusSeeOther, erasureHref(c.Param("id")))
	}
	if err != nil {
		return err
	}
	vm := cardVM(in, a.groups, cat, opened)
	return a.page(c, http.StatusOK, in.print.T(cardTitle(vm.Firm)), vm.Name+"·"+vm.PublicID, func(context.Context) templ.Component { return customerview.Page(vm) })
}

func cardTitle(firm bool) string {
	if firm {
		return "card.title_firm"
	}
	return "card.title"
}
