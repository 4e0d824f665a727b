package handlers

import (
	"context"
	"net/http"
	"slices"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/relation"
	"shuke/policies"
	"shuke/views/deskview"
	"shuke/views/peopleview"
)

// newRelation asks who it is, found among the customers or by name, and with a
// customer chosen what the two are to one another.
func (a *App) newRelation(c echo.Context) error {
	return a.relationForm(c, http.StatusOK, form{}, problems{}, "", nil)
}

// findRelated answers the look-up of that form: the hits lead back to it.
func (a *App) findRelated(c echo.Context) error {
	in := inquiryOf(c)
	id, who := c.Param("id"), c.QueryParam("who")
	if !customer.ValidID(id) || who != "" && !relation.ValidWho(who) {
		return fault.New(fault.NotFound, "error.not_found")
	}
	f, err := readForm(c)
	if err != nil {
		return err
	}
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	query := f.trimmed("q")
	found, err := a.Customers.LookUp(c.Request().Context(), in.Actor, cat, query)
	if err != nil {
		return err
	}
	found.Hits = only(found.Hits, func(h customer.Hit) bool { return h.PublicID != id })
	vm := resultsVM(in, query, found)
	vm.MayAdd = false
	for g := range vm.Groups {
		for h := range vm.Groups[g].Hits {
			hit := &vm.Groups[g].Hits[h]
			hit.Href = newRelationHref(id, who, hit.Href[len("/customers/"):])
		}
	}
	if isFragment(c) {
		return a.part(c, http.StatusOK, deskview.Found(vm))
	}
	return a.relationForm(c, http.StatusOK, form{}, problems{}, query, deskview.Found(vm))
}

// relationForm prints the form, empty or as it was typed.
func (a *App) relationForm(c echo.Context, status int, typed form, wrong problems, query string, found templ.Component) error {
	in := inquiryOf(c)
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	id, who, with := c.Param("id"), c.QueryParam("who"), c.QueryParam("with")
	if typed.has("once") {
		who, with = typed.text("who"), typed.text("with")
	}
	o, err := a.Relations.Open(c.Request().Context(), in.Actor, cat, id, who, with)
	if err != nil && wrong.at("with") != "" { // nobody one could show
		with = ""
		o, err = a.Relations.Open(c.Request().Context(), in.Actor, cat, id, who, "")
	}
	if err != nil {
		return err
	}
	vm := peopleview.Add{Back: relationsHref(id), Find: relationsHref(id) + "/find", Query: query, Found: found, Again: newRelationHref(id, who, ""), Problems: wrong.list,
		Form: relationFields(in, id, who, with, typed, wrong)}
	if who != "" {
		vm.Find += "?who=" + who
	}
	kind, _ := relation.ParseKind(typed.text("kind"))
	offer := relation.Offered(cat, in.Actor.Role, o.Of.Kind)
	vm.Names = o.Somebody == nil && len(offer.Named) > 0
	if o.Somebody != nil {
		person := somebodyVM(in, *o.Somebody, o.Values)
		vm.Somebody = &person
		if kind == 0 {
			kind = o.Somebody.Kind
		}
		if in.can(policies.CustomerCreate) {
			vm.Make = "/customers/" + id + "/people/" + who + "/customer"
		}
	}
	if o.With != nil {
		chosen := briefVM(in, *o.With)
		chosen.Href = ""
		vm.With, vm.Form.MayLive = &chosen, relation.Household.Fits(o.Of.Kind, o.With.Kind)
		vm.Form.Kinds = relationOptions(in.print, relation.KindsFor(o.Of.Kind, o.With.Kind), kind)
	} else {
		offerVM(in.print, offer, kind, &vm.Form)
	}
	return a.page(c, status, in.print.T("people.add_title"), o.Of.Name+"·"+id, func(context.Context) templ.Component { return peopleview.AddPage(vm) })
}

func relationFields(in *inquiry, id, who, with string, typed form, wrong problems) peopleview.Form {
	key := once()
	if len(wrong.list) > 0 && typed.text("once") != "" {
		key = typed.text("once")
	}
	return peopleview.Form{Action: newRelationHref(id, "", ""), Once: key, With: with, Who: who, Channels: channelOptions(in.print, typed.text("channel")), Name: typed.text("name"),
		Born: typed.text("born"), Note: typed.text("note"), Minor: typed.has("minor"), Household: typed.has("household"), Wrong: wrong.fields}
}

// somebodyVM is a person known by facts or by a name, before they are a customer.
func somebodyVM(in *inquiry, who relation.Somebody, begins []customer.Value) peopleview.Person {
	vm := peopleview.Person{Kind: kindName(in.print, who.Kind)}
	at := slices.IndexFunc(begins, func(v customer.Value) bool { return v.Field == "name" || v.Field == "company_name" })
	if at >= 0 {
		vm.Name = begins[at].Text
	} else {
		vm.Mask = hiddenName(in, who.Kind)
	}
	return vm
}

func (a *App) createRelation(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	kind, _ := relation.ParseKind(f.text("kind"))
	d := relation.Draft{PublicID: c.Param("id"), Kind: kind, With: f.text("with"), Name: f.trimmed("name"), Born: f.trimmed("born"), Minor: f.has("minor"), Note: f.text("note"),
		Who: f.text("who"), Household: f.has("household"), Channel: customer.Channel(f.text("channel")), Once: f.text("once")}
	if _, err := a.Relations.Add(c.Request().Context(), in.Actor, cat, d); err != nil {
		wrong, err := refused(in.print, err)
		if err != nil {
			return err
		}
		return a.relationForm(c, http.StatusUnprocessableEntity, f, wrong, "", nil)
	}
	if err := in.say(c, "people.added"); err != nil {
		return err
	}
	return seeOther(c, "/customers/"+d.PublicID+"#people")
}
