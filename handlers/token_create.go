package handlers

import (
	"context"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/views/tokenview"
)

// createToken shows a token on the answer to the form that made it: it is in no
// address, no session and no later page.
func (a *App) createToken(c echo.Context) error {
	in, ctx := inquiryOf(c), c.Request().Context()
	f, err := readForm(c)
	if err != nil {
		return err
	}
	d := tokenDraft(c.Param("login"), f)
	token, err := a.Staff.AddToken(ctx, in.Actor, d)
	if err != nil {
		wrong, err := refused(in.print, err)
		if err != nil {
			return err
		}
		return a.newTokenPage(c, http.StatusUnprocessableEntity, f, d, wrong)
	}
	person, err := a.Staff.Person(ctx, d.Login)
	if err != nil {
		return err
	}
	vm := tokenview.Made{Token: token, Person: person.Name, Label: d.Label, Until: in.print.Date(in.Actor.Now.AddDate(0, 0, d.Days)), Back: staffHref(d.Login)}
	return a.page(c, http.StatusOK, in.print.T("token.title"), person.Name, func(context.Context) templ.Component { return tokenview.MadePage(vm) })
}
