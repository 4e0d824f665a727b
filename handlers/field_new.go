package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

func (a *App) newField(c echo.Context) error {
	return a.ownPage(c, http.StatusOK, ownEditing{draft: firstDraft(), once: once()})
}
