package handlers

import (
	"context"
	"net/http"
	"net/url"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/arrival"
	"shuke/models/customer"
	"shuke/views/arrivalview"
	"shuke/views/ui"
)

// sheetAsked is what of the sheet somebody asked for.
type sheetAsked struct {
	day, department string
	view            arrival.View
}

func askedSheet(c echo.Context) sheetAsked {
	out := sheetAsked{day: c.QueryParam("day"), department: c.QueryParam("department"), view: arrival.Arriving}
	if c.QueryParam("view") == string(arrival.Staying) {
		out.view = arrival.Staying
	}
	return out
}

func (s sheetAsked) href(path string) string {
	q := url.Values{}
	if s.view != arrival.Arriving {
		q.Set("view", string(s.view))
	}
	if s.day != "" {
		q.Set("day", s.day)
	}
	if s.department != "" {
		q.Set("department", s.department)
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func (a *App) openSheet(c echo.Context, asked sheetAsked) (arrivalview.Sheet, *customer.Catalogue, error) {
	in := inquiryOf(c)
	cat, err := in.catalogue(c)
	if err != nil {
		return arrivalview.Sheet{}, nil, err
	}
	sheet, err := a.Arrivals.Open(c.Request().Context(), in.Actor, cat, asked.day, asked.view)
	if err != nil {
		return arrivalview.Sheet{}, nil, err
	}
	return sheetVM(in, cat, sheet, asked.department), cat, nil
}

// showSheet is the page of the work with guests.
func (a *App) showSheet(c echo.Context) error {
	in := inquiryOf(c)
	asked := askedSheet(c)
	vm, cat, err := a.openSheet(c, asked)
	if err != nil {
		return err
	}
	p := in.print
	vm.Print = asked.href("/arrivals/print")
	for _, v := range []arrival.View{arrival.Arriving, arrival.Staying} {
		other := sheetAsked{view: v, department: asked.department}
		vm.Views = append(vm.Views, ui.View{Text: p.T("arrival.view." + string(v)), Href: other.href("/arrivals"), Current: asked.view == v})
	}
	if asked.view == arrival.Arriving {
		for _, day := range arrival.Days(in.Actor) {
			other := sheetAsked{view: asked.view, day: day, department: asked.department}
			vm.Days = append(vm.Days, ui.View{Text: capital(dayName(in, day)), Href: other.href("/arrivals"), Current: vm.Day == day})
		}
	}
	departments := []ui.View{{Text: p.T("arrival.every_department"), Href: sheetAsked{asked.day, "", asked.view}.href("/arrivals"), Current: asked.department == ""}}
	for _, d := range cat.Departments(false) {
		departments = append(departments, ui.View{Text: d.In(string(p.Language())), Href: sheetAsked{asked.day, d.Key, asked.view}.href("/arrivals"), Current: asked.department == d.Key})
	}
	vm.Departments = departments
	return a.page(c, http.StatusOK, p.T("arrival.page"), capital(dayName(in, vm.Day)), func(context.Context) templ.Component { return arrivalview.Page(vm) })
}

// sheetPanel is the sheet of today as the desk has it.
func (a *App) sheetPanel(c echo.Context) error {
	vm, _, err := a.openSheet(c, sheetAsked{view: arrival.Arriving})
	if err != nil {
		return err
	}
	vm.All, vm.Print = "/arrivals", "/arrivals/print"
	return a.part(c, http.StatusOK, arrivalview.Panel(vm))
}

// printSheet is the sheet for paper; the record keeps its number.
func (a *App) printSheet(c echo.Context) error {
	in := inquiryOf(c)
	asked := askedSheet(c)
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	sheet, number, err := a.Arrivals.Print(c.Request().Context(), in.Actor, cat, asked.day, asked.view)
	if err != nil {
		return err
	}
	vm := sheetVM(in, cat, sheet, asked.department)
	p := in.print
	branch := in.staff.BranchNameZH
	if p.Language() == "en" {
		branch = in.staff.BranchNameEN
	}
	vm.Printed = p.T("arrival.printed", map[string]any{"Branch": branch, "Day": vm.Day, "Who": in.Actor.Name, "Login": in.Actor.Login, "Time": p.Time(in.Actor.Now)})
	vm.Number = p.T("arrival.print_foot", map[string]any{"Number": number})
	return a.page(c, http.StatusOK, p.T("arrival.print_title"), capital(dayName(in, vm.Day)), func(context.Context) templ.Component {
		return arrivalview.Paper(vm, asked.href("/arrivals"))
	})
}

// sheetRow is one guest of the sheet after a change.
func (a *App) sheetRow(c echo.Context) error {
	in := inquiryOf(c)
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	row, err := a.Arrivals.OpenRow(c.Request().Context(), in.Actor, cat, c.Param("stay"))
	if err != nil {
		return err
	}
	return a.part(c, http.StatusOK, arrivalview.SheetRow(arrivalRowVM(in, cat, row, c.QueryParam("department"))))
}
