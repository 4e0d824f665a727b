package handlers

import (
	"context"
	"net/http"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/staff"
	"shuke/views/staffview"
)

func (a *App) createStaff(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	d := staffDraft(f)
	password, err := a.Staff.Add(c.Request().Context(), in.Actor, d)
	if err == nil {
		return a.passwordPage(c, d.Name, strings.ToLower(d.Login), password)
	}
	wrong, err := refused(in.print, err)
	if err != nil {
		return err
	}
	return a.newStaffPage(c, http.StatusUnprocessableEntity, d, wrong)
}

// passwordPage shows a first password on the answer to the form that made it:
// it is in no address, no session and no later page.
func (a *App) passwordPage(c echo.Context, name, login, password string) error {
	vm := staffview.Password{Name: name, Login: login, Password: password, Days: int(staff.FirstPasswordLife.Hours() / 24), Person: staffHref(login)}
	return a.page(c, http.StatusOK, inquiryOf(c).print.T("staff.title"), name, func(context.Context) templ.Component { return staffview.PasswordPage(vm) })
}
