package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"shuke/models/customer"
	"shuke/models/standing"
	"shuke/views/listview"
	"shuke/views/ui"
)

// rulesForm is the form of the rules of standing.
func (a *App) rulesForm(c echo.Context) error {
	return a.rulesPage(c, http.StatusOK, nil, problems{})
}

func (a *App) rulesPage(c echo.Context, status int, typed *form, wrong problems) error {
	in := inquiryOf(c)
	p := in.print
	kept, err := a.Standing.Rules(c.Request().Context(), in.Actor)
	if err != nil {
		return err
	}
	b := &entryForm{in: in, typed: typed, wrong: wrong}
	channels := &ui.ChoiceProps{Name: "channels", Legend: p.T("standing.channels"), Hint: p.T("standing.channels_hint"), Error: wrong.at("channels"), Many: true, Chips: true}
	for _, one := range customer.Channels {
		on := kept.Counts(string(one))
		if typed != nil {
			on = typed.chose("channels", string(one))
		}
		channels.Options = append(channels.Options, ui.Option{Value: string(one), Label: p.T("channel." + string(one)), Selected: on})
	}
	vm := listview.Form{Action: "/clubs/standing", Back: "/clubs", Title: p.T("standing.title"), Problems: wrong.list, Stale: status == http.StatusConflict, Version: strconv.FormatInt(kept.Version, 10),
		Inputs: []listview.Input{
			b.field("months", "standing.months", strconv.Itoa(kept.Months), numeric, func(f *ui.FieldProps) { f.Hint = p.T("standing.months_hint") }),
			{Choice: channels}, b.check("reservations", "standing.reservations", kept.Reservations),
		}}
	return a.page(c, status, vm.Title, "", templOf(listview.FormPage(vm)))
}

// saveRules changes the rules of standing.
func (a *App) saveRules(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	var known []string
	for _, one := range customer.Channels {
		known = append(known, string(one))
	}
	err = a.Standing.SaveRules(c.Request().Context(), in.Actor, standing.Rules{Months: f.count("months"), Channels: f.all("channels"), Reservations: f.has("reservations"), Version: f.int("version")}, known)
	return a.savedClub(c, f, err, a.rulesPage)
}
