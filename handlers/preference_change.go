package handlers

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/card"
	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/views/preferenceview"
	"shuke/views/ui"
)

func (a *App) confirmPreference(c echo.Context) error {
	in := inquiryOf(c)
	n, err := factNumber(c)
	if err != nil {
		return err
	}
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	if err := a.Customers.ConfirmNote(c.Request().Context(), in.Actor, cat, c.Param("id"), n); err != nil {
		return err
	}
	if err := in.say(c, "note.confirmed"); err != nil {
		return err
	}
	return seeOther(c, "/customers/"+c.Param("id")+"#wishes")
}

// showPreference is one wish, to be contradicted by a newer one or retired.
func (a *App) showPreference(c echo.Context) error {
	return a.preferencePage(c, http.StatusOK, "", "", problems{})
}

func (a *App) preferencePage(c echo.Context, status int, reason, why string, wrong problems) error {
	in := inquiryOf(c)
	n, err := factNumber(c)
	if err != nil {
		return err
	}
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	who, now, _, err := a.Customers.Wanted(c.Request().Context(), in.Actor, cat, c.Param("id"), 0)
	if err != nil {
		return err
	}
	for _, w := range now {
		if w.N == n {
			vm := changeVM(in, cat, who.PublicID, w, reason, why, wrong)
			return a.page(c, status, in.print.T("preference.change_title"), who.Name, func(context.Context) templ.Component { return preferenceview.ChangePage(vm) })
		}
	}
	return fault.New(fault.NotFound, "note.gone")
}

func changeVM(in *inquiry, cat *customer.Catalogue, publicID string, w customer.Wanted, reason, why string, wrong problems) preferenceview.Change {
	back := "/customers/" + publicID
	wish := card.WishOf(in.Actor, cat, w.Fact)
	vm := preferenceview.Change{Back: back + "#wishes", Wish: wishVM(in, publicID, wish, heardBy(in.print, w)), Area: wish.Area.In(string(in.print.Language())), Safety: wish.Safety(),
		Retire: fmt.Sprintf("%s/preferences/%d/retire", back, w.N), Why: why, At: wrong.fields, Problems: wrong.list}
	vm.Wish.Change = ""
	for _, r := range customer.RetireReasons {
		vm.Reasons = append(vm.Reasons, ui.Option{Value: r, Label: in.print.T("preference.reason." + r), Selected: r == reason})
	}
	vm.Note = noteVM(in, cat, back+"/preferences", customer.Note{}, problems{})
	vm.Note.Instead, vm.Note.Open = []ui.Option{{Value: strconv.FormatInt(w.N, 10), Label: w.Value, Selected: true}}, true
	return vm
}

func (a *App) retirePreference(c echo.Context) error {
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
	err = a.Customers.RetireNote(c.Request().Context(), in.Actor, cat, c.Param("id"), n, f.text("reason"), f.trimmed("why"))
	if err == nil {
		if err := in.say(c, "note.retired"); err != nil {
			return err
		}
		return seeOther(c, "/customers/"+c.Param("id")+"#wishes")
	}
	wrong, err := refused(in.print, err)
	if err != nil {
		return err
	}
	return a.preferencePage(c, http.StatusUnprocessableEntity, f.text("reason"), f.trimmed("why"), wrong)
}

// askWords asks for the reason to look at words of a guest that are sealed.
func (a *App) askWords(c echo.Context) error {
	return a.wordsPage(c, http.StatusOK, preferenceview.WordsPage{})
}

func (a *App) wordsPage(c echo.Context, status int, vm preferenceview.WordsPage) error {
	in := inquiryOf(c)
	n, err := factNumber(c)
	if err != nil {
		return err
	}
	vm.Back = "/customers/" + c.Param("id")
	vm.Action = fmt.Sprintf("%s/preferences/%d/words", vm.Back, n)
	for _, r := range customer.RevealReasons {
		vm.Reasons = append(vm.Reasons, ui.Option{Value: r, Label: in.print.T("reveal.reason." + r)})
	}
	return a.page(c, status, in.print.T("preference.words_title"), c.Param("id"), func(context.Context) templ.Component { return preferenceview.Words(vm) })
}

func (a *App) revealWords(c echo.Context) error {
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
	value, err := a.Customers.RevealWords(c.Request().Context(), in.Actor, cat, c.Param("id"), n, f.text("reason"))
	if err == nil {
		// Nothing counts down here: the page itself leaves.
		c.Response().Header().Set("Refresh", strconv.Itoa(int(customer.RevealFor.Seconds()))+"; url=/customers/"+c.Param("id"))
		return a.wordsPage(c, http.StatusOK, preferenceview.WordsPage{Value: value})
	}
	wrong, err := refused(in.print, err)
	if err != nil {
		return err
	}
	return a.wordsPage(c, http.StatusUnprocessableEntity, preferenceview.WordsPage{Problem: wrong.at("reason")})
}
