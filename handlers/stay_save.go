package handlers

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"shuke/models/arrival"
	"shuke/models/fault"
	"shuke/models/stay"
	"shuke/views/arrivalview"
)

func (a *App) createStay(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	b := f.booking()
	_, err = a.Arrivals.Book(c.Request().Context(), in.Actor, b)
	if err == nil {
		if err := in.say(c, "stay.saved"); err != nil {
			return err
		}
		if _, outside := arrival.Day(in.Actor, b.ArriveOn); outside != nil {
			return seeOther(c, "/arrivals")
		}
		return seeOther(c, "/arrivals?day="+b.ArriveOn)
	}
	wrong, err := refused(in.print, err)
	if err != nil {
		return err
	}
	return a.stayPage(c, http.StatusUnprocessableEntity, nil, &f, wrong, false)
}

func (a *App) updateStay(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	b := f.booking()
	b.StayID = c.Param("stay")
	err = a.Arrivals.Change(c.Request().Context(), in.Actor, b)
	if err == nil {
		if err := in.say(c, "stay.saved"); err != nil {
			return err
		}
		return seeOther(c, "/arrivals?day="+b.ArriveOn)
	}
	if fault.Is(err, fault.Conflict) {
		return a.stayPage(c, http.StatusConflict, nil, &f, problems{}, true)
	}
	wrong, err := refused(in.print, err)
	if err != nil {
		return err
	}
	return a.stayPage(c, http.StatusUnprocessableEntity, nil, &f, wrong, false)
}

func (a *App) turnStay(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	to := stay.Status(f.text("to"))
	if err := a.Arrivals.Turn(c.Request().Context(), in.Actor, c.Param("stay"), f.int("version"), to); err != nil {
		return err
	}
	if err := in.say(c, "stay.saved"); err != nil {
		return err
	}
	return seeOther(c, "/stays/"+c.Param("stay"))
}

// askCheckIn is the way in: what is not ready stands first.
func (a *App) askCheckIn(c echo.Context) error { return a.checkInPage(c, http.StatusOK) }

func (a *App) checkInPage(c echo.Context, status int) error {
	in := inquiryOf(c)
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	row, err := a.Arrivals.OpenRow(c.Request().Context(), in.Actor, cat, c.Param("stay"))
	if err != nil {
		return err
	}
	vm := arrivalview.CheckIn{Action: "/stays/" + row.PublicID + "/check-in", Back: "/arrivals#" + row.PublicID, Version: strconv.FormatInt(row.Version, 10), Who: guestName(in.print, row), Room: row.Room}
	for _, one := range row.OpenPreparations() {
		vm.Open = append(vm.Open, preparationVM(in, cat, row, one))
	}
	for _, one := range row.Never {
		vm.Never = append(vm.Never, preparationVM(in, cat, row, one))
	}
	vm.Never = append(vm.Never, restrictionLines(in, row)...)
	return a.page(c, status, in.print.T("stay.check_in"), joined("·", row.Room, vm.Who), templOf(arrivalview.CheckInPage(vm)))
}

func (a *App) checkIn(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	err = a.Arrivals.CheckIn(c.Request().Context(), in.Actor, cat, c.Param("stay"), f.int("version"), f.has("seen"))
	var unready *arrival.Unready
	if errors.As(err, &unready) {
		return a.checkInPage(c, http.StatusConflict)
	}
	if err != nil {
		return err
	}
	if err := in.say(c, "stay.checked_in"); err != nil {
		return err
	}
	return seeOther(c, "/arrivals#"+c.Param("stay"))
}

// checkInCustomer finds the way in for a customer of the look-up.
func (a *App) checkInCustomer(c echo.Context) error {
	in := inquiryOf(c)
	id, err := a.Arrivals.Expected(c.Request().Context(), in.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	if id == "" {
		return c.Redirect(http.StatusSeeOther, "/stays/new?customer="+c.Param("id"))
	}
	return c.Redirect(http.StatusSeeOther, "/stays/"+id+"/check-in")
}

// whoseStay offers whom a stay may belong to.
func (a *App) whoseStay(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	found, err := a.Customers.LookUp(c.Request().Context(), in.Actor, cat, f.text("q"))
	if err != nil {
		return err
	}
	var list []arrivalview.Candidate
	for _, h := range found.Hits {
		vm := hitVM(in, h)
		one := arrivalview.Candidate{ID: h.PublicID}
		for _, s := range vm.Name {
			one.Name += s.Text
		}
		for _, s := range vm.Phone {
			one.Phone += s.Text
		}
		for _, part := range vm.Cue {
			for _, s := range part {
				one.Cue += s.Text
			}
			one.Cue += " "
		}
		list = append(list, one)
	}
	content := arrivalview.CandidateList(arrivalview.Candidates{Action: "/stays/" + c.Param("stay") + "/claim", Version: f.text("version"), Sought: f.text("q"), List: list})
	if isFragment(c) {
		return a.part(c, http.StatusOK, content)
	}
	return a.page(c, http.StatusOK, in.print.T("stay.whose"), "", templOf(content))
}

func (a *App) claimStay(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	err = a.Arrivals.Claim(c.Request().Context(), in.Actor, c.Param("stay"), f.int("version"), f.text("customer"))
	if fault.Is(err, fault.Conflict) {
		sought := form{map[string][]string{"q": {f.text("q")}}}
		return a.stayPage(c, http.StatusConflict, nil, &sought, problems{}, true)
	}
	if err != nil {
		return err
	}
	if err := in.say(c, "stay.claimed"); err != nil {
		return err
	}
	return seeOther(c, "/stays/"+c.Param("stay"))
}
