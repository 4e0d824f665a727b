package handlers

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/card"
	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/views/customerview"
)

// editing is one group of one customer, open for change.
type editing struct {
	cat    *customer.Catalogue
	group  string
	c      customer.Customer
	facts  []customer.Fact
	fields []customer.Field
}

// open loads what the form needs; it counts as showing the customer.
func (a *App) openGroup(c echo.Context, in *inquiry) (editing, error) {
	cat, err := in.catalogue(c)
	if err != nil {
		return editing{}, err
	}
	e := editing{cat: cat, group: c.Param("group")}
	opened, err := a.Cards.OpenForEdit(c.Request().Context(), in.Actor, cat, c.Param("id"), e.group)
	if err != nil {
		return editing{}, err
	}
	e.c, e.facts = opened.Customer, opened.Facts
	for _, f := range cat.For(e.c.Kind, false) {
		if f.GroupFor(e.c.Kind.String()) == e.group && f.MayChange(in.Actor.Role) && opened.Consents.Allows(f.Consent(), "") {
			e.fields = append(e.fields, f)
		}
	}
	if len(e.fields) == 0 {
		return editing{}, fault.New(fault.NotFound, "error.not_found")
	}
	return e, nil
}

func (a *App) editCustomer(c echo.Context) error {
	e, err := a.openGroup(c, inquiryOf(c))
	if err != nil {
		return err
	}
	return a.editForm(c, http.StatusOK, e, nil, problems{}, nil)
}

func (a *App) editForm(c echo.Context, status int, e editing, typed *form, wrong problems, stale []customerview.Changed) error {
	in := inquiryOf(c)
	b := &customerForm{in: in, groups: a.groups, typed: typed, wrong: wrong, facts: byField(e.facts)}
	label := a.groups[e.group].Label(string(in.print.Language()))
	back := "/customers/" + e.c.PublicID
	vm := customerview.Form{Action: back + "/edit/" + e.group, Back: back, Submit: in.print.T("form.save"), Once: once(), Version: strconv.FormatInt(e.c.Version, 10),
		Base: strconv.FormatInt(e.c.Facts, 10), Problems: wrong.list, Stale: stale, Sections: []customerview.Section{b.section("group", label, e.fields)}}
	channel := c.QueryParam("channel")
	if typed != nil {
		channel = typed.text("channel")
		if len(wrong.list) > 0 {
			vm.Version, vm.Base = typed.text("version"), typed.text("base")
		}
	}
	for _, f := range e.fields {
		for _, fact := range b.facts[f.Key] {
			if f.Repeats() {
				vm.Had = append(vm.Had, slotName(fact.Field, fact.Item))
			}
		}
	}
	vm.Channels = channelOptions(in.print, channel)
	return a.page(c, status, in.print.T("customer.edit_title"), e.c.Name+"·"+label, func(context.Context) templ.Component { return customerview.FormPage(vm) })
}

func (a *App) updateCustomer(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	edit := customer.Edit{PublicID: c.Param("id"), Values: f.customerValues(cat, true), Channel: customer.Channel(f.text("channel")), Version: f.int("version"), Once: f.text("once")}
	err = a.Customers.Edit(c.Request().Context(), in.Actor, cat, edit)
	if err == nil {
		if err := in.say(c, "customer.saved"); err != nil {
			return err
		}
		return seeOther(c, "/customers/"+edit.PublicID+"#g-"+c.Param("group"))
	}
	var stale *customer.Stale
	wrong, err := refused(in.print, err)
	if err != nil && !errors.As(err, &stale) {
		return err
	}
	e, openErr := a.openGroup(c, in)
	if openErr != nil {
		return openErr
	}
	if stale != nil {
		return a.editForm(c, http.StatusConflict, e, &f, problems{}, a.changed(in, e, f.int("base")))
	}
	return a.editForm(c, http.StatusUnprocessableEntity, e, &f, wrong, nil)
}

// changed names what others saved in this group after the form was made, as far
// as this person may see it.
func (a *App) changed(in *inquiry, e editing, base int64) []customerview.Changed {
	var out []customerview.Changed
	for _, fact := range e.facts {
		f, known := e.cat.Field(fact.Field)
		if !known || fact.N <= base || f.GroupFor(e.c.Kind.String()) != e.group {
			continue
		}
		now := in.print.T("customer.changed_hidden")
		if entry := card.See(in.Actor, f, fact, false); !entry.Masked && !entry.Denied {
			now = valueText(in.print, f, fact, in.Actor)
		}
		out = append(out, customerview.Changed{Label: f.Label(string(in.print.Language())), Now: now})
	}
	if len(out) == 0 {
		out = append(out, customerview.Changed{Label: in.print.T("customer.elsewhere"), Now: in.print.T("customer.elsewhere_what")})
	}
	return out
}
