package handlers

import (
	"context"
	"net/http"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/card"
	"shuke/models/relation"
	"shuke/policies"
	"shuke/views/peopleview"
	"shuke/views/ui"
)

func (a *App) showHousehold(c echo.Context) error {
	return a.householdPage(c, http.StatusOK, "", problems{})
}

// householdPage is the work list; leaving names the member whose form came back.
func (a *App) householdPage(c echo.Context, status int, leaving string, wrong problems) error {
	in := inquiryOf(c)
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	h, err := a.Cards.Household(c.Request().Context(), in.Actor, cat, c.Param("id"))
	if err != nil {
		return err
	}
	id := h.Of.PublicID
	vm := peopleview.Household{Back: "/customers/" + id, People: relationsHref(id)}
	for _, m := range h.Members {
		member := memberVM(in, m)
		if h.MayEdit {
			member.Leave = &peopleview.Leave{Action: "/customers/" + id + "/household/leave", Once: once(), Version: strconv.FormatInt(h.Version, 10), Member: m.PublicID,
				ID: "leave-" + m.PublicID, Whys: reasonOptions(in.print, "relation.why.", relation.EndReasons)}
			if m.PublicID == leaving {
				member.Leave.Open, member.Leave.Error = true, wrong.at("why")
				vm.Problems = append(vm.Problems, ui.Problem{Field: "#" + member.Leave.ID, Text: wrong.at("why")})
			}
		}
		vm.Members = append(vm.Members, member)
	}
	return a.page(c, status, in.print.T("people.household"), h.Of.Name+"·"+id, func(context.Context) templ.Component { return peopleview.HouseholdPage(vm) })
}

func memberVM(in *inquiry, m card.Member) peopleview.Member {
	p := in.print
	vm := peopleview.Member{Name: m.Name, Kind: p.T("people.lives_here")}
	switch {
	case m.Self:
		vm.Kind = p.T("people.self_label")
	case m.Kind != 0:
		vm.Kind = kindName(p, m.Kind)
	}
	if in.can(policies.CustomerRead) {
		vm.Href = "/customers/" + m.PublicID
	}
	if m.AddressAs != "" {
		vm.Address = p.T("lookup.address_as", map[string]any{"Name": m.AddressAs})
	}
	if m.Occasion != nil {
		o := occasionVM(in, *m.Occasion)
		vm.Occasion, vm.When = o.Label, o.When
	}
	return vm
}

// joinHousehold brings somebody linked to the customer under the same roof.
func (a *App) joinHousehold(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	err = a.Relations.Join(c.Request().Context(), in.Actor, relation.Move{PublicID: c.Param("id"), Ref: f.text("ref"), Version: f.int("version"), Once: f.text("once")})
	if err != nil {
		wrong, err := refused(in.print, err)
		if err != nil {
			return err
		}
		return a.relationsPage(c, http.StatusUnprocessableEntity, refusedAct{ref: f.text("ref"), act: "join", typed: f, wrong: wrong})
	}
	if err := in.say(c, "people.joined"); err != nil {
		return err
	}
	return seeOther(c, "/customers/"+c.Param("id")+"/household")
}

// leaveHousehold takes a member out.
func (a *App) leaveHousehold(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	err = a.Relations.Leave(c.Request().Context(), in.Actor, relation.Move{PublicID: c.Param("id"), Member: f.text("member"), Why: f.text("why"), Version: f.int("version"), Once: f.text("once")})
	if err != nil {
		wrong, err := refused(in.print, err)
		if err != nil {
			return err
		}
		return a.householdPage(c, http.StatusUnprocessableEntity, f.text("member"), wrong)
	}
	if err := in.say(c, "people.left"); err != nil {
		return err
	}
	return seeOther(c, "/customers/"+c.Param("id")+"/household")
}
