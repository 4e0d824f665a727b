package handlers

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"
	"golang.org/x/text/unicode/norm"

	"shuke/models/arrival"
	"shuke/models/customer"
	"shuke/models/stay"
	"shuke/policies"
	"shuke/views/arrivalview"
	"shuke/views/text"
	"shuke/views/ui"
)

// stayFields are the boxes of a stay.
var stayFields = []string{"guest_name", "arrive_on", "depart_on", "eta", "room", "room_type", "facing", "floor", "rate", "adults", "children", "party", "note"}

// newStay is the form of a new stay; with ?customer= of somebody known.
func (a *App) newStay(c echo.Context) error {
	in := inquiryOf(c)
	f := &form{map[string][]string{"arrive_on": {in.Actor.Today()}, "adults": {"1"}, "customer": {c.QueryParam("customer")}}}
	return a.stayPage(c, http.StatusOK, nil, f, problems{}, false)
}

// showStay is a stay open for change, with the ways on.
func (a *App) showStay(c echo.Context) error {
	return a.stayPage(c, http.StatusOK, nil, nil, problems{}, false)
}

// stayPage shows the form: of the row, or as it was typed.
func (a *App) stayPage(c echo.Context, status int, row *arrival.Row, typed *form, wrong problems, stale bool) error {
	in := inquiryOf(c)
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	vm := arrivalview.StayForm{Action: "/stays", Back: "/arrivals", Once: once(), Title: in.print.T("stay.new"), Problems: wrong.list, At: wrong.fields, V: map[string]string{}, Stale: stale}
	vm.Unknown = true
	if id := c.Param("stay"); id != "" {
		if row == nil {
			found, err := a.Arrivals.OpenRow(c.Request().Context(), in.Actor, cat, id)
			if err != nil {
				return err
			}
			row = &found
		}
		a.knownStay(in, cat, &vm, *row)
	} else if public := typed.text("customer"); public != "" {
		who, err := a.Cards.OpenForNote(c.Request().Context(), in.Actor, public)
		if err != nil {
			return err
		}
		vm.Customer, vm.Who, vm.Unknown = who.PublicID, who.Name, false
	}
	chosen := string(stay.Reserved)
	if row != nil {
		chosen = string(row.Status)
	}
	if typed != nil {
		vm.Sought = typed.text("q")
		for _, field := range stayFields {
			if typed.has(field) {
				vm.V[field] = typed.text(field)
			}
		}
		if s := typed.text("status"); s != "" {
			chosen = s
		}
		if len(wrong.list) > 0 && typed.text("once") != "" {
			vm.Once = typed.text("once")
		}
	}
	for _, s := range stay.Statuses {
		vm.Statuses = append(vm.Statuses, ui.Option{Value: string(s), Label: in.print.T("stay.status." + string(s)), Selected: string(s) == chosen})
	}
	return a.page(c, status, vm.Title, vm.Who, func(context.Context) templ.Component { return arrivalview.StayPage(vm) })
}

// knownStay fills the form of a stay that is there.
func (a *App) knownStay(in *inquiry, cat *customer.Catalogue, vm *arrivalview.StayForm, row arrival.Row) {
	p := in.print
	at := "/stays/" + row.PublicID
	vm.Action, vm.Title, vm.Version = at, p.T("stay.title"), strconv.FormatInt(row.Version, 10)
	vm.Back = "/arrivals?day=" + row.ArriveOn + "#" + row.PublicID
	if row.Status == stay.InHouse {
		vm.Back = "/arrivals?view=staying#" + row.PublicID
	}
	vm.Unknown, vm.Who = row.CustomerID == 0, guestName(p, row)
	switch {
	case row.Forgotten:
		vm.Withheld, vm.WithheldWhat = p.T("stay.forgotten"), p.T("stay.forgotten_what")
	case row.Withheld:
		vm.Withheld, vm.WithheldWhat = p.T("stay.withheld"), p.T("stay.withheld_what")
	}
	vm.V = map[string]string{"guest_name": row.GuestName, "arrive_on": row.ArriveOn, "depart_on": row.DepartOn, "eta": text.Clock(row.ETA), "room": row.Room, "room_type": row.RoomType,
		"facing": row.Facing, "floor": row.Floor, "adults": strconv.Itoa(row.Adults), "children": strconv.Itoa(row.Children), "party": row.Party, "note": row.Note}
	if row.Rate > 0 {
		vm.V["rate"] = minorText(row.Rate)
	}
	for i, to := range arrival.Steps(row.Status) {
		t := arrivalview.Turn{Action: at + "/turn", Text: p.T("stay.turn." + string(to)), To: string(to), Version: vm.Version, Main: i == 0}
		if to == stay.InHouse && row.Status == stay.Reserved {
			t.Action, t.Text = at+"/check-in", p.T("stay.check_in")
		}
		vm.Turns = append(vm.Turns, t)
	}
	if in.can(policies.CustomerLookUp) && !row.Withheld {
		vm.Claim, vm.Hits = at+"/claim", at+"/whose"
	}
	vm.Prepare = at + "/preparations"
	lang := string(p.Language())
	for _, d := range cat.Departments(false) {
		vm.Adds = append(vm.Adds, ui.Option{Value: d.Key, Label: d.In(lang)})
	}
	for _, one := range row.Preparations {
		if one.ByHand {
			vm.Byhand = append(vm.Byhand, arrivalview.Dropped{Wording: one.Wording, Department: cat.Department(one.Department).In(lang), Action: at + "/preparations/" + one.Key + "/drop"})
		}
	}
}

// minorText writes minor units as people type them: 1280 or 1280.50.
func minorText(minor int64) string {
	text := strconv.FormatFloat(float64(minor)/100, 'f', 2, 64)
	return strings.TrimSuffix(text, ".00")
}

// minorOf reads an amount into minor units; -1 for what is none.
func minorOf(text string) int64 {
	text = strings.NewReplacer(",", "", "¥", "", "￥", "", " ", "").Replace(norm.NFKC.String(strings.TrimSpace(text)))
	if text == "" {
		return 0
	}
	whole, cents, _ := strings.Cut(text, ".")
	if len(whole) == 0 || len(whole) > 12 || len(cents) > 2 || strings.Trim(whole+cents, "0123456789") != "" {
		return -1
	}
	minor, err := strconv.ParseInt(whole+(cents + "00")[:2], 10, 64)
	if err != nil {
		return -1
	}
	return minor
}

// booking reads the form of a stay.
func (f form) booking() arrival.Booking {
	number := func(name string) int {
		text := norm.NFKC.String(f.trimmed(name))
		if text == "" {
			return 0
		}
		n, err := strconv.Atoi(text)
		if err != nil {
			return -1
		}
		return n
	}
	return arrival.Booking{Customer: f.text("customer"), Version: f.int("version"), Status: stay.Status(f.text("status")), ArriveOn: f.trimmed("arrive_on"), DepartOn: f.trimmed("depart_on"),
		ETA: text.ParseClock(f.text("eta")), Room: f.text("room"), RoomType: f.text("room_type"), Facing: f.text("facing"), Floor: f.text("floor"), Rate: minorOf(f.text("rate")),
		Adults: number("adults"), Children: number("children"), Party: f.text("party"), GuestName: f.text("guest_name"), Note: f.text("note"), Once: f.text("once")}
}
