package handlers

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/policies"
	"shuke/views/listview"
	"shuke/views/ui"
)

// showLists shows the house's own lists.
func (a *App) showLists(c echo.Context) error {
	in := inquiryOf(c)
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	vm := listview.Lists{Tables: []listview.Table{areasTable(in, cat), departmentsTable(in, cat), gesturesTable(in, cat)}}
	return a.page(c, http.StatusOK, in.print.T("list.page"), "", templOf(listview.Page(vm)))
}

func listTable(in *inquiry, list string, columns ...string) listview.Table {
	p := in.print
	t := listview.Table{ID: list, Title: p.T("list." + list), Hint: p.T("list." + list + "_hint")}
	for _, key := range columns {
		t.Columns = append(t.Columns, ui.Column{Label: p.T(key)})
	}
	t.Columns = append(t.Columns, ui.Column{Label: p.T("list.edit"), Hidden: true})
	if in.can(policies.AreaManage) {
		t.New = "/lists/" + list + "/new"
	}
	return t
}

func listRow(in *inquiry, list, key string, off bool, cells ...string) listview.Row {
	r := listview.Row{Cells: cells, Off: off, Name: cells[0]}
	if in.can(policies.AreaManage) {
		r.Edit = "/lists/" + list + "/" + key
	}
	return r
}

func areasTable(in *inquiry, cat *customer.Catalogue) listview.Table {
	p := in.print
	lang := string(p.Language())
	t := listTable(in, customer.ListAreas, "list.name", "arrival.department", "list.prepares", "list.words")
	for _, a := range cat.Areas(true) {
		t.Rows = append(t.Rows, listRow(in, customer.ListAreas, a.Key, !a.On, a.In(lang), cat.Department(a.Department).In(lang), p.T(fmt.Sprintf("list.prepares.%d", a.Prepares)), strings.Join(a.Words, " ")))
	}
	return t
}

func departmentsTable(in *inquiry, cat *customer.Catalogue) listview.Table {
	p := in.print
	t := listTable(in, customer.ListDepartments, "list.name", "list.lead")
	for _, d := range cat.Departments(true) {
		t.Rows = append(t.Rows, listRow(in, customer.ListDepartments, d.Key, !d.On, d.In(string(p.Language())), p.T("list.minutes", map[string]any{"Count": d.LeadMinutes})))
	}
	return t
}

func gesturesTable(in *inquiry, cat *customer.Catalogue) listview.Table {
	p := in.print
	t := listTable(in, customer.ListGestures, "list.gesture", "list.occasion", "list.price", "list.post")
	for _, g := range cat.Gestures() {
		when := p.T("list.occasion." + g.Occasion)
		if g.Occasion == customer.OnStay {
			when = p.T("list.each", map[string]any{"Count": g.Every})
		}
		t.Rows = append(t.Rows, listRow(in, customer.ListGestures, g.Key, !g.On, g.In(string(p.Language())), when, p.Money(g.Price, "CNY"), p.T("role."+string(g.Post))))
	}
	return t
}

// newEntry is the form of one entry, a new one or one of the list.
func (a *App) newEntry(c echo.Context) error {
	return a.entryPage(c, http.StatusOK, nil, problems{}, false)
}

func (a *App) entryPage(c echo.Context, status int, typed *form, wrong problems, stale bool) error {
	in := inquiryOf(c)
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	b := &entryForm{in: in, cat: cat, typed: typed, wrong: wrong, key: c.Param("item")}
	vm := listview.Form{Action: "/lists/" + c.Param("list"), Back: "/lists", Problems: wrong.list, Stale: stale}
	var known bool
	switch c.Param("list") {
	case customer.ListAreas:
		vm.Inputs, known = b.area()
	case customer.ListDepartments:
		vm.Inputs, known = b.department()
	case customer.ListGestures:
		vm.Inputs, known = b.gesture()
	default:
		return fault.New(fault.NotFound, "error.not_found")
	}
	vm.Title = in.print.T("list.new_of", map[string]any{"What": in.print.T("list.one." + c.Param("list"))})
	if b.key != "" {
		if !known {
			return fault.New(fault.NotFound, "error.not_found")
		}
		vm.Action, vm.Title, vm.Version = vm.Action+"/"+b.key, in.editing(c.Param("list")), strconv.FormatInt(b.version, 10)
	}
	return a.page(c, status, vm.Title, in.print.T("list."+c.Param("list")), templOf(listview.FormPage(vm)))
}

// editing is the title of a form that changes an entry of a list.
func (in *inquiry) editing(list string) string {
	return in.print.T("list.edit_of", map[string]any{"What": in.print.T("list.one." + list)})
}

// saveEntry makes or changes one entry.
func (a *App) saveEntry(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	key := c.Param("item")
	if key == "" {
		key = f.trimmed("key")
	}
	ctx := c.Request().Context()
	switch c.Param("list") {
	case customer.ListAreas:
		err = a.Customers.SaveArea(ctx, in.Actor, cat, f.area(key))
	case customer.ListDepartments:
		err = a.Customers.SaveDepartment(ctx, in.Actor, cat, f.department(key))
	case customer.ListGestures:
		err = a.Customers.SaveGesture(ctx, in.Actor, f.gesture(key))
	default:
		return fault.New(fault.NotFound, "error.not_found")
	}
	if err == nil {
		if err := in.say(c, "list.saved"); err != nil {
			return err
		}
		return seeOther(c, "/lists#"+c.Param("list"))
	}
	if fault.Is(err, fault.Conflict) {
		return a.entryPage(c, http.StatusConflict, &f, problems{}, true)
	}
	wrong, err := refused(in.print, err)
	if err != nil {
		return err
	}
	return a.entryPage(c, http.StatusUnprocessableEntity, &f, wrong, false)
}
