package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

func (a *App) editField(c echo.Context) error {
	e, err := a.own(c, inquiryOf(c), c.Param("key"))
	if err != nil {
		return err
	}
	return a.ownPage(c, http.StatusOK, e)
}
