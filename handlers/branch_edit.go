package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

func (a *App) editBranch(c echo.Context) error {
	b, err := a.Staff.Branch(c.Request().Context(), c.Param("code"))
	if err != nil {
		return err
	}
	return a.branchPage(c, http.StatusOK, false, b, problems{}, nil)
}
