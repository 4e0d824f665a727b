package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/views/ui"
)

func (a *App) deleteField(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	key := c.Param("key")
	err = a.Customers.DeleteOwnField(c.Request().Context(), in.Actor, key, f.int("edition"))
	if refusal, known := asFault(err); known && refusal.Kind == fault.Conflict {
		return a.keptField(c, key, in.print.T(refusal.Text.Key))
	}
	if err != nil {
		return err
	}
	if err := in.say(c, "own.deleted"); err != nil {
		return err
	}
	return seeOther(c, "/fields")
}

// keptField says why a field was not deleted, on the page of it as it stands now.
func (a *App) keptField(c echo.Context, key, why string) error {
	now, err := a.fieldNow(c, key)
	if err != nil {
		return err
	}
	wrong := problems{list: []ui.Problem{{Text: why}}}
	return a.fieldPage(c, http.StatusConflict, now, customer.Switch{On: now.On, Purposes: now.Purposes, Edition: now.Edition}, wrong, nil)
}
