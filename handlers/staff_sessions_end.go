package handlers

import "github.com/labstack/echo/v4"

func (a *App) endStaffSessions(c echo.Context) error {
	in := inquiryOf(c)
	if err := a.Staff.EndSessions(c.Request().Context(), in.Actor, c.Param("login")); err != nil {
		return err
	}
	if err := in.say(c, "staff.sessions_ended"); err != nil {
		return err
	}
	return seeOther(c, staffHref(c.Param("login")))
}
