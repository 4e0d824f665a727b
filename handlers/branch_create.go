package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

func (a *App) createBranch(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	b := branchDraft(f)
	if _, err := a.Staff.AddBranch(c.Request().Context(), in.Actor, b); err != nil {
		wrong, err := refused(in.print, err)
		if err != nil {
			return err
		}
		return a.branchPage(c, http.StatusUnprocessableEntity, true, b, wrong, nil)
	}
	if err := in.say(c, "branch.added"); err != nil {
		return err
	}
	return seeOther(c, "/branches")
}
