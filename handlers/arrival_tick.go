package handlers

import (
	"context"
	"net/http"
	"slices"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/arrival"
	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/views/arrivalview"
	"shuke/views/text"
)

// tick says of lines of one guest what is ready and what is not after all: of all
// lines from the form, of one from script, which gets that line back.
func (a *App) tick(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	ready, open := turned(f.all("was"), f.all("done"))
	row, err := a.Arrivals.TickAll(c.Request().Context(), in.Actor, cat, c.Param("stay"), ready, open)
	if err != nil {
		return err
	}
	if !isFragment(c) {
		return c.Redirect(http.StatusSeeOther, "/arrivals?day="+row.ArriveOn+"#"+row.PublicID)
	}
	for _, list := range [][]arrival.Preparation{row.Never, row.Preparations} {
		for _, one := range list {
			if slices.Contains(ready, one.Key) || slices.Contains(open, one.Key) {
				return a.part(c, http.StatusOK, arrivalview.Prep(preparationVM(in, cat, row, one)))
			}
		}
	}
	return fault.New(fault.Conflict, "arrival.preparation_gone")
}

// turned compares the boxes that were ticked when the form was written with those
// that are now: what others ticked meanwhile stays as they left it.
func turned(was, now []string) (ready, open []string) {
	for _, key := range now {
		if !slices.Contains(was, key) {
			ready = append(ready, key)
		}
	}
	for _, key := range was {
		if !slices.Contains(now, key) {
			open = append(open, key)
		}
	}
	return ready, open
}

// addPreparation adds something to one stay that follows from no wish.
func (a *App) addPreparation(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	_, err = a.Arrivals.Prepare(c.Request().Context(), in.Actor, cat, c.Param("stay"), f.trimmed("wording"), f.text("department"), text.ParseClock(f.text("due")), f.text("once"))
	if err == nil {
		if err := in.say(c, "arrival.added"); err != nil {
			return err
		}
		return seeOther(c, "/stays/"+c.Param("stay"))
	}
	wrong, err := refused(in.print, err)
	if err != nil {
		return err
	}
	return a.stayPage(c, http.StatusUnprocessableEntity, nil, &f, wrong, false)
}

func (a *App) dropPreparation(c echo.Context) error {
	in := inquiryOf(c)
	if err := a.Arrivals.Drop(c.Request().Context(), in.Actor, c.Param("stay"), c.Param("key")); err != nil {
		return err
	}
	return seeOther(c, "/stays/"+c.Param("stay"))
}

// askGuestNote is the field for a wish of a guest of the sheet.
func (a *App) askGuestNote(c echo.Context) error {
	return a.guestNotePage(c, http.StatusOK, customer.Note{}, problems{})
}

func (a *App) guestNotePage(c echo.Context, status int, n customer.Note, wrong problems) error {
	in := inquiryOf(c)
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	row, err := a.Arrivals.OpenRow(c.Request().Context(), in.Actor, cat, c.Param("stay"))
	if err != nil {
		return err
	}
	if row.Withheld { // of whom nothing is to be known, nothing is written down
		return row.Refused()
	}
	vm := noteVM(in, cat, "/stays/"+row.PublicID+"/note", n, wrong)
	vm.Back = "/arrivals?day=" + row.ArriveOn + "#" + row.PublicID
	who := joined("·", row.Room, row.Guest.Name)
	return a.page(c, status, in.print.T("note.title"), who, func(context.Context) templ.Component { return arrivalview.NotePage(vm, who) })
}

func (a *App) takeGuestNote(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	n := f.note("")
	done, err := a.Arrivals.Note(c.Request().Context(), in.Actor, cat, c.Param("stay"), n)
	if err == nil {
		key := "note.saved"
		if done.Known {
			key = "note.saved_known"
		}
		if err := in.say(c, key); err != nil {
			return err
		}
		return seeOther(c, "/arrivals#"+c.Param("stay"))
	}
	wrong, err := refused(in.print, err)
	if err != nil {
		return err
	}
	return a.guestNotePage(c, http.StatusUnprocessableEntity, n, wrong)
}
