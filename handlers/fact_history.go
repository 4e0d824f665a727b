package handlers

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/card"
	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/policies"
	"shuke/views/customerview"
	"shuke/views/text"
	"shuke/views/ui"
)

func (a *App) showHistory(c echo.Context) error {
	in := inquiryOf(c)
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	item, err := strconv.Atoi(c.Param("item"))
	if err != nil {
		return fault.New(fault.NotFound, "error.not_found")
	}
	before, _ := strconv.ParseInt(c.QueryParam("before"), 10, 64)
	who, past, err := a.Customers.History(c.Request().Context(), in.Actor, cat, c.Param("id"), c.Param("field"), item, before)
	if err != nil {
		return err
	}
	f, _ := cat.Field(c.Param("field"))
	vm := customerview.History{Back: "/customers/" + who.PublicID, Label: f.Label(string(in.print.Language()))}
	if len(past) > customer.HistoryPage {
		past = past[:customer.HistoryPage]
		vm.Older = fmt.Sprintf("/customers/%s/facts/%s/%d?before=%d", who.PublicID, f.Key, item, past[len(past)-1].N)
	}
	for _, p := range past {
		vm.Past = append(vm.Past, pastVM(in, who.PublicID, f, p))
	}
	return a.page(c, http.StatusOK, in.print.T("history.page"), who.Name+"·"+vm.Label, func(context.Context) templ.Component { return customerview.HistoryPage(vm) })
}

// pastVM is masked like the card is.
func pastVM(in *inquiry, id string, f customer.Field, past customer.Past) customerview.Past {
	p := in.print
	vm := customerview.Past{When: p.DateTime(past.RecordedAt), Channel: p.T("channel." + string(past.Channel)), Pips: past.Trust, PipsLabel: p.T(fmt.Sprintf("card.trust_%d", past.Trust)),
		Who: joined(", ", past.StaffName, past.Source), Where: past.BranchZH}
	if p.Language() == text.English {
		vm.Where = past.BranchEN
	}
	switch past.State {
	case customer.InForce:
		vm.State, vm.Tone = p.T("history.in_force"), ui.ToneOK
	case customer.Outranked:
		vm.State = p.T("history.outranked")
	default:
		vm.State = p.T("history.superseded")
		if past.EndedBy == 0 {
			vm.State = p.T("history.removed")
		}
		vm.Ended = p.DateTime(past.EndedAt)
	}
	if e := card.See(in.Actor, f, past.Fact, in.can(policies.CustomerReveal)); e.Masked || e.Denied {
		e.Hint = past.Hint
		vm.Mask = maskVM(in, id, e)
	} else {
		vm.Value = valueText(p, f, past.Fact, in.Actor)
	}
	return vm
}
