package handlers

import (
	"context"
	"net/http"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/customer"
	"shuke/views/preferenceview"
)

// readNote answers while one types: how the words are understood. It concerns no
// customer and keeps nothing.
func (a *App) readNote(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	return a.part(c, http.StatusOK, preferenceview.Read(readingVM(in, cat, f.note(""), true)))
}

// newNote is the field by itself, without the rest of the card.
func (a *App) newNote(c echo.Context) error {
	return a.notePage(c, http.StatusOK, customer.Note{}, problems{})
}

func (a *App) notePage(c echo.Context, status int, n customer.Note, wrong problems) error {
	in := inquiryOf(c)
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	who, err := a.Cards.OpenForNote(c.Request().Context(), in.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	back := "/customers/" + who.PublicID
	vm := noteVM(in, cat, back+"/preferences", n, wrong)
	vm.Back = back
	return a.page(c, status, in.print.T("note.title"), who.Name, func(context.Context) templ.Component { return preferenceview.NotePage(vm) })
}

func (a *App) takeNote(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	n := f.note(c.Param("id"))
	done, err := a.Customers.TakeNote(c.Request().Context(), in.Actor, cat, n)
	if err == nil {
		key := "note.saved"
		if done.Known {
			key = "note.saved_known"
		}
		if err := in.say(c, key); err != nil {
			return err
		}
		return a.afterNote(c, cat, n, done)
	}
	wrong, err := refused(in.print, err)
	if err != nil {
		return err
	}
	return a.notePage(c, http.StatusUnprocessableEntity, n, wrong)
}

// afterNote leads back to the card, or, when what was noted may be about the same
// as something known, to the question which of them holds: two eggs for one guest
// help nobody.
func (a *App) afterNote(c echo.Context, cat *customer.Catalogue, n customer.Note, done customer.Noted) error {
	in := inquiryOf(c)
	if !done.Known && n.Instead == 0 {
		beside, err := a.Customers.Beside(c.Request().Context(), in.Actor, cat, n.PublicID, done.N)
		if err != nil {
			return err
		}
		if beside {
			return seeOther(c, "/customers/"+n.PublicID+"/preferences?new="+strconv.FormatInt(done.N, 10))
		}
	}
	return seeOther(c, "/customers/"+n.PublicID+"#wishes")
}

// replacePreference ends a wish in favour of another.
func (a *App) replacePreference(c echo.Context) error {
	in := inquiryOf(c)
	n, err := factNumber(c)
	if err != nil {
		return err
	}
	f, err := readForm(c)
	if err != nil {
		return err
	}
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	by := f.int("by")
	if err := a.Customers.ReplaceNote(c.Request().Context(), in.Actor, cat, c.Param("id"), n, by); err != nil {
		return err
	}
	if err := in.say(c, "note.retired"); err != nil {
		return err
	}
	return a.afterNote(c, cat, customer.Note{PublicID: c.Param("id")}, customer.Noted{N: by})
}
