package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"shuke/models/customer"
)

func (a *App) updateField(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	e, err := a.own(c, in, c.Param("key"))
	if err != nil {
		return err
	}
	e.draft, e.field.Edition = ownDraft(f), f.int("edition")
	if previews(f) {
		return a.previewOwn(c, e)
	}
	err = a.Customers.EditOwnField(c.Request().Context(), in.Actor, e.field.Key, e.draft, e.field.Edition)
	if isStale(err) {
		return a.staleOwn(c, e)
	}
	if err != nil {
		if e.wrong, err = refused(in.print, err); err != nil {
			return err
		}
		return a.ownPage(c, http.StatusUnprocessableEntity, e)
	}
	if err := in.say(c, "own.saved"); err != nil {
		return err
	}
	return seeOther(c, fieldHref(e.field.Key))
}

// staleOwn brings the form back beside the field that stands now; sent again, it
// is put in force.
func (a *App) staleOwn(c echo.Context, e ownEditing) error {
	now, err := a.fieldNow(c, e.field.Key)
	if err != nil {
		return err
	}
	e.field = &now
	e.stale = a.draftDifferences(inquiryOf(c).print, customer.DraftOf(now.Field), e.draft)
	return a.ownPage(c, http.StatusConflict, e)
}

// fieldNow reads a field anew: the catalogue of the session is the one that was
// overtaken.
func (a *App) fieldNow(c echo.Context, key string) (customer.Field, error) {
	cat, err := a.Customers.CurrentCatalogue(c.Request().Context())
	if err != nil {
		return customer.Field{}, err
	}
	now, known := cat.Field(key)
	if !known {
		return now, errNoField
	}
	return now, nil
}
