package handlers

import "github.com/labstack/echo/v4"

func (a *App) resetPassword(c echo.Context) error {
	ctx, login := c.Request().Context(), c.Param("login")
	p, err := a.Staff.Person(ctx, login)
	if err != nil {
		return err
	}
	password, err := a.Staff.ResetPassword(ctx, inquiryOf(c).Actor, login)
	if err != nil {
		return err
	}
	return a.passwordPage(c, p.Name, login, password)
}
