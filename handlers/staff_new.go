package handlers

import (
	"context"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/staff"
	"shuke/policies"
	"shuke/views/staffview"
)

func (a *App) newStaff(c echo.Context) error {
	return a.newStaffPage(c, http.StatusOK, staff.Draft{Employment: policies.Regular}, problems{})
}

func (a *App) newStaffPage(c echo.Context, status int, d staff.Draft, wrong problems) error {
	in := inquiryOf(c)
	vm, err := a.staffForm(c.Request().Context(), in, d, wrong)
	if err != nil {
		return err
	}
	vm.New, vm.Action, vm.Back = true, "/staff", "/staff"
	return a.page(c, status, in.print.T("staff.title"), in.print.T("staff.new"), func(context.Context) templ.Component { return staffview.FormPage(vm) })
}
