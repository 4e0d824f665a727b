package handlers

import (
	"context"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/staff"
	"shuke/views/tokenview"
)

func (a *App) newToken(c echo.Context) error {
	in, ctx, login := inquiryOf(c), c.Request().Context(), c.Param("login")
	if err := a.Staff.MayAddToken(ctx, in.Actor, login); err != nil {
		return err
	}
	f, d := proposed(login)
	return a.newTokenPage(c, http.StatusOK, f, d, problems{})
}

func (a *App) newTokenPage(c echo.Context, status int, f form, d staff.TokenDraft, wrong problems) error {
	in := inquiryOf(c)
	person, err := a.Staff.Person(c.Request().Context(), d.Login)
	if err != nil {
		return err
	}
	vm := tokenForm(in.print, person, f, d, wrong)
	return a.page(c, status, in.print.T("token.title"), person.Name, func(context.Context) templ.Component { return tokenview.FormPage(vm) })
}
