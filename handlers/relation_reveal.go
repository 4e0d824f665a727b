package handlers

import (
	"context"
	"net/http"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/customer"
	"shuke/views/customerview"
)

// askName is the question for a reason to see the sealed name of a relation.
func (a *App) askName(c echo.Context) error {
	return a.namePage(c, http.StatusOK, customerview.RevealPage{})
}

func (a *App) namePage(c echo.Context, status int, vm customerview.RevealPage) error {
	in := inquiryOf(c)
	id := c.Param("id")
	vm.Back, vm.Label, vm.Mask = "/customers/"+id, in.print.T("reveal.title"), nameMask(c)
	vm.Seconds = int(customer.RevealFor.Seconds())
	return a.page(c, status, in.print.T("reveal.title"), id, func(context.Context) templ.Component { return customerview.Reveal(vm) })
}

func nameMask(c echo.Context) customerview.Mask {
	ref := c.Param("link")
	return customerview.Mask{ID: "mask-" + ref, Label: inquiryOf(c).print.T("reveal.masked"), Reveal: relationHref(c.Param("id"), ref, "reveal")}
}

func (a *App) revealName(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	_, name, err := a.Relations.Reveal(c.Request().Context(), in.Actor, cat, c.Param("id"), c.Param("link"), f.text("reason"))
	if err == nil {
		if isFragment(c) {
			return a.part(c, http.StatusOK, customerview.Shown(nameMask(c), name, int(customer.RevealFor.Seconds())))
		}
		c.Response().Header().Set("Refresh", strconv.Itoa(int(customer.RevealFor.Seconds()))+"; url=/customers/"+c.Param("id"))
		return a.namePage(c, http.StatusOK, customerview.RevealPage{Value: name})
	}
	wrong, err := refused(in.print, err)
	if err != nil {
		return err
	}
	if isFragment(c) {
		return a.part(c, http.StatusUnprocessableEntity, customerview.RevealForm(nameMask(c), wrong.at("reason")))
	}
	return a.namePage(c, http.StatusUnprocessableEntity, customerview.RevealPage{Problem: wrong.at("reason")})
}
