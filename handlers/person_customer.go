package handlers

import (
	"context"
	"net/http"
	"slices"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/relation"
	"shuke/views/customerview"
	"shuke/views/peopleview"
)

// personBoxes are what is asked of somebody of whom another customer told.
var personBoxes = map[customer.Kind][]string{
	customer.Individual: {"name", "address_as", "sex", "birth", "language", "city", "phone"},
	customer.Enterprise: {"company_name", "company_short_name", "city", "trade", "phone"},
}

// newPerson is the form that makes a customer of somebody around another.
func (a *App) newPerson(c echo.Context) error {
	return a.personForm(c, http.StatusOK, nil, problems{})
}

func (a *App) personForm(c echo.Context, status int, typed *form, wrong problems) error {
	in := inquiryOf(c)
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	id, who := c.Param("id"), c.Param("who")
	o, err := a.Relations.Open(c.Request().Context(), in.Actor, cat, id, who, "")
	if err != nil {
		return err
	}
	kind := o.Somebody.Kind.Other()
	part := peopleview.Make{Of: o.Of.Name, Person: kind == customer.Individual, KindError: wrong.at("relation"), Error: wrong.at("consent")}
	chosen := o.Somebody.Kind
	vm := customerview.Form{Action: "/customers/" + id + "/people/" + who + "/customer", Back: newRelationHref(id, who, ""), Submit: in.print.T("customer.add"), New: true,
		Firm: kind == customer.Enterprise, Once: once(), Problems: wrong.list}
	if typed == nil {
		typed = &form{begins(o.Values)}
	} else {
		chosen, _ = relation.ParseKind(typed.text("relation"))
		part.Consent = typed.has("consent")
		if key := typed.text("once"); key != "" {
			vm.Once = key
		}
	}
	if len(o.Values) == 0 {
		part.Hidden = hiddenName(in, o.Somebody.Kind)
	}
	part.Kinds = relationOptions(in.print, relation.KindsFor(o.Of.Kind, kind), chosen)
	b := &customerForm{in: in, groups: a.groups, typed: typed, wrong: wrong, watch: true}
	vm.Sections = []customerview.Section{b.section("who", in.print.T("customer.who"), personFields(in, cat, kind))}
	vm.Part = peopleview.MakePart(part)
	return a.page(c, status, in.print.T("people.make_title"), o.Of.Name+"·"+id, func(context.Context) templ.Component { return customerview.FormPage(vm) })
}

func begins(values []customer.Value) map[string][]string {
	out := map[string][]string{}
	for _, v := range values {
		out[v.Slot()] = []string{v.Text}
	}
	return out
}

func personFields(in *inquiry, cat *customer.Catalogue, kind customer.Kind) []customer.Field {
	var out []customer.Field
	for _, key := range personBoxes[kind] {
		if f, ok := cat.Field(key); ok && f.On && f.For(kind.String()) && f.MayChange(in.Actor.Role) && f.Sensitivity != catalogue.Sensitive {
			out = append(out, f)
		}
	}
	return out
}

// createPerson makes the customer and the relation together.
func (a *App) createPerson(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	kind, _ := relation.ParseKind(f.text("relation"))
	values := slices.DeleteFunc(f.customerValues(cat, false), func(v customer.Value) bool { return !slices.Contains(personBoxes[kind.Other()], v.Field) })
	made, err := a.Relations.Make(c.Request().Context(), in.Actor, cat, relation.Making{PublicID: c.Param("id"), Who: c.Param("who"), Kind: kind, Values: values,
		Consent: f.has("consent"), Once: f.text("once")})
	if err != nil {
		wrong, err := refused(in.print, err)
		if err != nil {
			return err
		}
		return a.personForm(c, http.StatusUnprocessableEntity, &f, wrong)
	}
	if err := in.say(c, "customer.added"); err != nil {
		return err
	}
	return seeOther(c, "/customers/"+made)
}
