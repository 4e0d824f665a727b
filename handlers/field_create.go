package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

func (a *App) createField(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	e := ownEditing{draft: ownDraft(f), once: f.text("once")}
	if previews(f) {
		return a.previewOwn(c, e)
	}
	key, err := a.Customers.AddOwnField(c.Request().Context(), in.Actor, e.draft, e.once)
	if err != nil {
		if e.wrong, err = refused(in.print, err); err != nil {
			return err
		}
		return a.ownPage(c, http.StatusUnprocessableEntity, e)
	}
	if err := in.say(c, "own.added"); err != nil {
		return err
	}
	return seeOther(c, fieldHref(key))
}
