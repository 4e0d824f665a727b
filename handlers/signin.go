package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"shuke/models/fault"
	"shuke/models/staff"
	"shuke/views/signinview"
)

func (a *App) showSignIn(c echo.Context) error {
	if in, err := a.inquire(c); err == nil && in.Actor.Working() {
		return c.Redirect(http.StatusSeeOther, "/")
	}
	return a.signInPage(c, http.StatusOK, signinview.SignIn{Next: localPath(c.QueryParam("next"))})
}

func (a *App) signInPage(c echo.Context, status int, vm signinview.SignIn) error {
	return a.plain(c, status, "signin.title", "signin.sub", signinview.Page(vm))
}

func (a *App) signIn(c echo.Context) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	vm := signinview.SignIn{Login: f.trimmed("login"), Next: localPath(f.text("next"))}
	token, err := a.Staff.Enter(c.Request().Context(), staff.SignIn{
		Login: f.text("login"), Password: f.text("password"), Address: c.RealIP(), Agent: c.Request().UserAgent(), RequestID: requestID(c),
	})
	switch kind := fault.KindOf(err); {
	case err == nil:
		return a.startSession(c, token, vm.Next)
	case kind == fault.Unauthenticated || kind == fault.TooMany:
		p := a.printer(c, "", nil)
		f, _ := asFault(err)
		vm.Problem = p.T(f.Text.Key, f.Text.Args)
		return a.signInPage(c, statuses[kind], vm)
	default:
		return err
	}
}

// startSession puts a new secret into the cookie; whatever secret was there
// before is worth nothing.
func (a *App) startSession(c echo.Context, token, next string) error {
	session, err := a.store.Get(c.Request(), "shuke")
	if err != nil {
		return err
	}
	session.Values[valueToken] = token
	if err := session.Save(c.Request(), c.Response()); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, next)
}

func (a *App) signOut(c echo.Context) error {
	in := inquiryOf(c)
	if err := a.Staff.Leave(c.Request().Context(), in.Actor); err != nil {
		return err
	}
	a.store.(*sessionStore).forget(c.Response())
	c.Response().Header().Set("Clear-Site-Data", `"cache", "storage"`)
	return c.Redirect(http.StatusSeeOther, "/sign-in")
}
