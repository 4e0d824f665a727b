package handlers

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/rights"
	"shuke/policies"
	"shuke/views/consentview"
	"shuke/views/ui"
)

func requestsHref(id string) string { return "/customers/" + id + "/requests" }

// replied is an answer to a request as it was typed and refused.
type replied struct {
	n     int64
	typed form
	wrong problems
}

func (a *App) customerRequests(c echo.Context) error {
	return a.requestsPage(c, http.StatusOK, form{}, problems{}, replied{})
}

func (a *App) requestsPage(c echo.Context, status int, typed form, wrong problems, answer replied) error {
	in := inquiryOf(c)
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	who, list, err := a.Rights.Requests(c.Request().Context(), in.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	vm := consentview.Requests{Back: consentsHref(who.PublicID), Form: requestFormVM(in, who.PublicID, typed, wrong)}
	for _, r := range list {
		given := replied{}
		if r.N == answer.n {
			given = answer
		}
		vm.List = append(vm.List, a.requestVM(in, cat, who, r, given))
	}
	return a.page(c, status, in.print.T("request.title"), who.Name+"·"+who.PublicID, func(context.Context) templ.Component { return consentview.RequestsPage(vm) })
}

func requestFormVM(in *inquiry, id string, typed form, wrong problems) consentview.RequestForm {
	t := in.print
	who, how := consent.Speaker(typed.text("who")), consent.How(typed.text("how"))
	if len(wrong.list) == 0 {
		who, how = consent.Self, consent.Spoken
	}
	vm := consentview.RequestForm{Action: requestsHref(id), Once: once(), About: typed.text("about"), Whos: speakers(t, who), Hows: hows(t, how), Wrong: wrong.fields, Problems: wrong.list}
	if key := typed.text("once"); key != "" {
		vm.Once = key
	}
	for _, k := range rights.RequestKinds {
		vm.Kinds = append(vm.Kinds, ui.Option{Value: string(k), Label: t.T("request.kind." + string(k)), Hint: t.T("request.does." + string(k)), Selected: string(k) == typed.text("kind")})
	}
	return vm
}

func (a *App) requestVM(in *inquiry, cat *customer.Catalogue, who customer.Customer, r rights.Request, given replied) consentview.Request {
	t := in.print
	vm := consentview.Request{ID: fmt.Sprintf("request-%d", r.N), Kind: t.T("request.kind." + string(r.Kind)), About: r.About, Reply: r.Reply,
		Asked: joined("·", t.DateTime(r.AskedAt), t.T("consent.who."+string(r.Who)), t.T("consent.how."+string(r.How)), r.ByName)}
	vm.Tone, vm.State = dueTone(in, r)
	if r.Outcome != "" {
		vm.Ended = joined("·", t.DateTime(r.DoneAt), r.DoneByName)
		return vm
	}
	switch {
	case r.Kind == rights.Correct:
		vm.Edit = a.correctIn(in, cat, who)
	case in.can(policies.CustomerErase):
		vm.Erase = "/customers/" + who.PublicID + "/erasure"
	}
	vm.Answer = &consentview.AnswerForm{Action: requestsHref(who.PublicID) + "/" + strconv.FormatInt(r.N, 10), Reply: given.typed.text("reply"), Wrong: given.wrong.fields, Problems: given.wrong.list}
	for _, o := range rights.Outcomes {
		vm.Answer.Outcomes = append(vm.Answer.Outcomes, ui.Option{Value: o, Label: t.T("request.outcome." + o), Selected: o == given.typed.text("outcome")})
	}
	return vm
}

// correctIn are the forms in which this person can correct something, as a
// request of the customer.
func (a *App) correctIn(in *inquiry, cat *customer.Catalogue, who customer.Customer) []consentview.Way {
	var out []consentview.Way
	seen := map[string]bool{}
	for _, f := range cat.For(who.Kind, false) {
		g := f.GroupFor(who.Kind.String())
		if !seen[g] && f.MayChange(in.Actor.Role) && in.can(policies.CustomerEdit) {
			seen[g] = true
			out = append(out, consentview.Way{Text: a.groupLabel(in.print, g), Href: "/customers/" + who.PublicID + "/edit/" + g + "?channel=asked"})
		}
	}
	return out
}

// dueTone says how a request stands: answered, or how long there is.
func dueTone(in *inquiry, r rights.Request) (ui.Tone, string) {
	t := in.print
	switch {
	case r.Outcome == rights.Done:
		return ui.ToneOK, t.T("request.outcome.done")
	case r.Outcome != "":
		return ui.ToneNone, t.T("request.outcome." + r.Outcome)
	case in.Actor.Now.After(r.DueAt):
		return ui.ToneBad, t.T("request.overdue", map[string]any{"Day": t.Date(r.DueAt)})
	}
	return ui.ToneWarn, t.T("request.due_on", map[string]any{"Day": t.Date(r.DueAt)})
}

func (a *App) takeRequest(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	q := rights.Ask{PublicID: c.Param("id"), Kind: rights.RequestKind(f.text("kind")), About: f.text("about"), Who: consent.Speaker(f.text("who")), How: consent.How(f.text("how")), Once: f.text("once")}
	err = a.Rights.Take(c.Request().Context(), in.Actor, q)
	if err == nil {
		if err := in.say(c, "request.taken"); err != nil {
			return err
		}
		return seeOther(c, requestsHref(q.PublicID))
	}
	wrong, err := refused(in.print, err)
	if err != nil {
		return err
	}
	return a.requestsPage(c, http.StatusUnprocessableEntity, f, wrong, replied{})
}

func (a *App) answerRequest(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	n, err := strconv.ParseInt(c.Param("request"), 10, 64)
	if err != nil {
		return fault.New(fault.NotFound, "error.not_found")
	}
	err = a.Rights.Answer(c.Request().Context(), in.Actor, rights.Close{PublicID: c.Param("id"), N: n, Outcome: f.text("outcome"), Reply: f.text("reply")})
	if err == nil {
		if err := in.say(c, "request.closed"); err != nil {
			return err
		}
		return seeOther(c, requestsHref(c.Param("id")))
	}
	wrong, err := refused(in.print, err)
	if err != nil {
		return err
	}
	for i := range wrong.list { // the boxes of each request have ids of their own
		wrong.list[i].Field = fmt.Sprintf("#request-%d-%s", n, wrong.list[i].Field)
	}
	return a.requestsPage(c, http.StatusUnprocessableEntity, form{}, problems{}, replied{n, f, wrong})
}

func (a *App) listRequests(c echo.Context) error {
	in := inquiryOf(c)
	t := in.print
	open, err := a.Rights.OpenRequests(c.Request().Context(), in.Actor)
	if err != nil {
		return err
	}
	vm := consentview.Queue{ID: "requests", Title: t.T("request.queue"), Hint: t.T("request.queue_hint"), None: t.T("request.queue_none")}
	for _, r := range open {
		row := consentview.Queued{Customer: r.PublicID, Href: requestsHref(r.PublicID), Kind: t.T("request.kind." + string(r.Kind)), Asked: t.Date(r.AskedAt), By: r.ByName, Due: t.Date(r.DueAt)}
		row.Tone, row.State = dueTone(in, r)
		vm.Rows = append(vm.Rows, row)
	}
	return a.page(c, http.StatusOK, vm.Title, "", func(context.Context) templ.Component { return consentview.QueuePage(vm) })
}
