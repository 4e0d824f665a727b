package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"shuke/models/customer"
	"shuke/views/customerview"
	"shuke/views/deskview"
)

func (a *App) createCustomer(c echo.Context) error {
	in := inquiryOf(c)
	f, d, cat, err := a.draft(c, in)
	if err != nil {
		return err
	}
	id, err := a.Customers.Create(c.Request().Context(), in.Actor, cat, d)
	if err == nil {
		if err := in.say(c, "customer.added"); err != nil {
			return err
		}
		return seeOther(c, "/customers/"+id)
	}
	wrong, err := refused(in.print, err)
	if err != nil {
		return err
	}
	return a.newForm(c, http.StatusUnprocessableEntity, d.Kind, &f, wrong)
}

func (a *App) draft(c echo.Context, in *inquiry) (form, customer.Draft, *customer.Catalogue, error) {
	f, err := readForm(c)
	if err != nil {
		return f, customer.Draft{}, nil, err
	}
	cat, err := in.catalogue(c)
	if err != nil {
		return f, customer.Draft{}, nil, err
	}
	kind, ok := customer.ParseKind(f.text("kind"))
	if !ok {
		kind = customer.Individual
	}
	return f, customer.Draft{Kind: kind, Values: f.customerValues(cat, false), Channel: customer.Channel(f.text("channel")), Once: f.text("once")}, cat, nil
}

// likelyCustomer answers while one types: nothing, or one row.
func (a *App) likelyCustomer(c echo.Context) error {
	in := inquiryOf(c)
	_, d, cat, err := a.draft(c, in)
	if err != nil {
		return err
	}
	hit, err := a.Customers.Likely(c.Request().Context(), in.Actor, cat, d)
	if err != nil {
		return err
	}
	if hit == nil {
		return c.HTML(http.StatusOK, "")
	}
	vm := hitVM(in, *hit)
	return a.part(c, http.StatusOK, customerview.LikelyNotice(customerview.Likely{Href: vm.Href, Row: deskview.Row(vm, false)}))
}
