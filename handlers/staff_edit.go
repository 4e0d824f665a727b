package handlers

import (
	"context"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/staff"
	"shuke/views/staffview"
	"shuke/views/ui"
)

func (a *App) editStaff(c echo.Context) error {
	in := inquiryOf(c)
	p, err := a.Staff.Person(c.Request().Context(), c.Param("login"))
	if err != nil {
		return err
	}
	if err := a.Staff.MayChange(c.Request().Context(), in.Actor, p); err != nil {
		return err
	}
	return a.editStaffPage(c, http.StatusOK, p.Draft, problems{}, nil)
}

func (a *App) editStaffPage(c echo.Context, status int, d staff.Draft, wrong problems, stale *ui.StaleProps) error {
	in := inquiryOf(c)
	vm, err := a.staffForm(c.Request().Context(), in, d, wrong)
	if err != nil {
		return err
	}
	vm.Action, vm.Back, vm.Stale = staffHref(d.Login)+"/edit", staffHref(d.Login), stale
	return a.page(c, status, in.print.T("staff.title"), d.Login, func(context.Context) templ.Component { return staffview.FormPage(vm) })
}
