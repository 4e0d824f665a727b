package handlers

import (
	"context"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/staff"
	"shuke/views/accountview"
)

func (a *App) showAccount(c echo.Context) error {
	return a.accountPage(c, http.StatusOK, problems{})
}

func (a *App) accountPage(c echo.Context, status int, wrong problems) error {
	in := inquiryOf(c)
	open, err := a.Staff.Sessions(c.Request().Context(), in.Actor)
	if err != nil {
		return err
	}
	vm := accountview.Account{Temporary: in.Actor.PasswordTemporary, Wrong: wrong.fields, Problems: wrong.list}
	for _, o := range open {
		vm.Sessions = append(vm.Sessions, sessionVM(in, o))
	}
	tokens, err := a.ownTokens(c, in)
	if err != nil {
		return err
	}
	return a.page(c, status, in.print.T("account.title"), in.Actor.Name, func(context.Context) templ.Component { return templ.Join(accountview.Page(vm), tokens) })
}

func sessionVM(in *inquiry, o staff.OpenSession) accountview.Session {
	return accountview.Session{Ref: o.Ref, Seen: in.print.DateTime(o.SeenAt), Since: in.print.DateTime(o.CreatedAt), Address: o.Address, Agent: o.Agent, Current: o.Current}
}

func (a *App) changePassword(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	token, err := a.Staff.ChangePassword(c.Request().Context(), in.Actor, c.Request().UserAgent(), f.text("present"), f.text("chosen"))
	if err == nil {
		return a.startSession(c, token, "/")
	}
	wrong, err := refused(in.print, err)
	if err != nil {
		return err
	}
	return a.accountPage(c, http.StatusUnprocessableEntity, wrong)
}

func (a *App) endOwnSession(c echo.Context) error {
	in := inquiryOf(c)
	if err := a.Staff.EndSession(c.Request().Context(), in.Actor, c.Param("ref")); err != nil {
		return err
	}
	if err := in.say(c, "account.session_ended"); err != nil {
		return err
	}
	return seeOther(c, "/account")
}
