package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

func (a *App) confirmStaff(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	err = a.Staff.Confirm(c.Request().Context(), in.Actor, c.Param("login"), f.int("version"))
	if isStale(err) {
		return a.staffPage(c, http.StatusConflict, in.print.T("staff.confirm_stale"))
	}
	if err != nil {
		return err
	}
	if err := in.say(c, "staff.confirmed_now"); err != nil {
		return err
	}
	return seeOther(c, staffHref(c.Param("login")))
}
