package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"shuke/models/fault"
	"shuke/static"
)

// staticFile serves style and script under names that carry their hash, so that
// browsers keep them for a year and never show an old one.
func (a *App) staticFile(c echo.Context) error {
	content, gzipped, kind, ok := static.Open(c.Request().URL.Path)
	if !ok {
		return fault.New(fault.NotFound, "error.not_found")
	}
	h := c.Response().Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	if len(gzipped) > 0 && strings.Contains(c.Request().Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		content = gzipped
	}
	return c.Blob(http.StatusOK, kind, content)
}

// health says that the process lives.
func (a *App) health(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

// readiness says that it can work: the databases answer.
func (a *App) readiness(c echo.Context) error {
	if err := a.Ready(c.Request().Context()); err != nil {
		a.log.Warn("not ready", "error", err)
		return c.String(http.StatusServiceUnavailable, "not ready\n")
	}
	return c.String(http.StatusOK, "ready\n")
}
