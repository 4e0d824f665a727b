package handlers

import (
	"context"
	"net/http"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/views/customerview"
)

func factNumber(c echo.Context) (int64, error) {
	n, err := strconv.ParseInt(c.Param("n"), 10, 64)
	if err != nil || n < 1 {
		return 0, fault.New(fault.NotFound, "error.not_found")
	}
	return n, nil
}

// askReveal is the question for a reason, as a page, where there is no script.
func (a *App) askReveal(c echo.Context) error {
	n, err := factNumber(c)
	if err != nil {
		return err
	}
	return a.revealPage(c, http.StatusOK, n, customerview.RevealPage{})
}

func (a *App) revealPage(c echo.Context, status int, n int64, vm customerview.RevealPage) error {
	in := inquiryOf(c)
	id := c.Param("id")
	vm.Back, vm.Label, vm.Mask = "/customers/"+id, in.print.T("reveal.title"), revealMask(in, id, n)
	vm.Seconds = int(customer.RevealFor.Seconds())
	return a.page(c, status, in.print.T("reveal.title"), id, func(context.Context) templ.Component { return customerview.Reveal(vm) })
}

func revealMask(in *inquiry, id string, n int64) customerview.Mask {
	number := strconv.FormatInt(n, 10)
	return customerview.Mask{ID: "mask-" + number, Label: in.print.T("reveal.masked"), Reveal: "/customers/" + id + "/reveal/" + number}
}

func (a *App) reveal(c echo.Context) error {
	in := inquiryOf(c)
	n, err := factNumber(c)
	if err != nil {
		return err
	}
	f, err := readForm(c)
	if err != nil {
		return err
	}
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	field, value, err := a.Customers.Reveal(c.Request().Context(), in.Actor, cat, c.Param("id"), n, f.text("reason"))
	mask := revealMask(in, c.Param("id"), n)
	if err == nil {
		shown := plainText(in.print, field, value)
		if isFragment(c) {
			return a.part(c, http.StatusOK, customerview.Shown(mask, shown, int(customer.RevealFor.Seconds())))
		}
		// Without script nothing counts down: the page itself leaves.
		c.Response().Header().Set("Refresh", strconv.Itoa(int(customer.RevealFor.Seconds()))+"; url=/customers/"+c.Param("id"))
		return a.revealPage(c, http.StatusOK, n, customerview.RevealPage{Value: shown})
	}
	wrong, err := refused(in.print, err)
	if err != nil {
		return err
	}
	if isFragment(c) {
		return a.part(c, http.StatusUnprocessableEntity, customerview.RevealForm(mask, wrong.at("reason")))
	}
	return a.revealPage(c, http.StatusUnprocessableEntity, n, customerview.RevealPage{Problem: wrong.at("reason")})
}
