package handlers

import "github.com/labstack/echo/v4"

func (a *App) revokeToken(c echo.Context) error {
	login := c.Param("login")
	if err := a.Staff.RevokeToken(c.Request().Context(), inquiryOf(c).Actor, login, c.Param("ref")); err != nil {
		return err
	}
	return revoked(c, staffHref(login))
}

func (a *App) revokeOwnToken(c echo.Context) error {
	if err := a.Staff.RevokeOwnToken(c.Request().Context(), inquiryOf(c).Actor, c.Param("ref")); err != nil {
		return err
	}
	return revoked(c, "/account")
}

func revoked(c echo.Context, back string) error {
	if err := inquiryOf(c).say(c, "token.revoked_now"); err != nil {
		return err
	}
	return seeOther(c, back)
}
