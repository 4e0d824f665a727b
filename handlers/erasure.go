package handlers

import (
	"context"
	"net/http"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/consent"
	"shuke/models/rights"
	"shuke/views/consentview"
	"shuke/views/text"
	"shuke/views/ui"
)

func erasureHref(id string) string { return "/customers/" + id + "/erasure" }

func (a *App) showErasure(c echo.Context) error {
	return a.erasurePage(c, http.StatusOK, form{}, problems{})
}

func (a *App) erasurePage(c echo.Context, status int, typed form, wrong problems) error {
	in := inquiryOf(c)
	e, err := a.Rights.Erasure(c.Request().Context(), in.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	t := in.print
	vm := consentview.Erasure{Back: consentsHref(e.PublicID), Steps: erasureSteps(t, e)}
	if !e.Open {
		vm.Form = leaveFormVM(t, e.PublicID, typed, wrong)
	} else {
		vm.Back = "/erasures"
		vm.Number = strconv.FormatInt(e.Erasure.N, 10)
		vm.Facts = []consentview.Line{{Label: t.T("erasure.when"), Value: t.DateTime(e.AskedAt)}, {Label: t.T("consent.who"), Value: t.T("consent.who." + string(e.Who))},
			{Label: t.T("consent.how"), Value: t.T("consent.how." + string(e.How))}, {Label: t.T("consent.proof"), Value: e.Proof}, {Label: t.T("erasure.on"), Value: t.Date(e.DueAt)}}
		if !e.Begun() {
			vm.Withdraw = erasureHref(e.PublicID) + "/withdraw"
		}
		switch {
		case e.Confirmed():
			vm.Waits = t.T("erasure.is_confirmed")
		case e.Mine:
			vm.Waits = t.T("erasure.another")
		default:
			vm.Confirm = erasureHref(e.PublicID) + "/confirm"
		}
	}
	return a.page(c, status, t.T("erasure.title"), e.Name+"·"+e.PublicID, func(context.Context) templ.Component { return consentview.ErasurePage(vm) })
}

// erasureSteps are the way to being forgotten, and how far it has been gone.
func erasureSteps(t *text.Printer, e rights.Erasing) []consentview.Step {
	steps := []consentview.Step{
		{Text: t.T("erasure.step_asked"), Small: t.T("erasure.step_asked_small"), Done: e.Open},
		{Text: t.T("erasure.step_confirmed"), Small: t.T("erasure.step_confirmed_small"), Done: e.Open && (e.Confirmed() || e.Begun())},
		{Text: t.T("erasure.step_grace"), Small: t.T("erasure.step_grace_small"), Done: e.Begun()},
		{Text: t.T("erasure.step_gone"), Small: t.T("erasure.step_gone_small")},
	}
	if e.Open {
		steps[2].Small = t.T("erasure.until", map[string]any{"Day": t.Date(e.DueAt)})
	}
	for i := range steps {
		if !steps[i].Done {
			steps[i].Now = true
			break
		}
	}
	return steps
}

func leaveFormVM(t *text.Printer, id string, typed form, wrong problems) *consentview.LeaveForm {
	who, how := consent.Speaker(typed.text("who")), consent.How(typed.text("how"))
	if len(wrong.list) == 0 {
		who, how = consent.Self, consent.Written
	}
	vm := &consentview.LeaveForm{Action: erasureHref(id), Once: once(), Proof: typed.text("proof"), Whos: speakers(t, who), Hows: hows(t, how), Wrong: wrong.fields, Problems: wrong.list}
	if key := typed.text("once"); key != "" {
		vm.Once = key
	}
	return vm
}

func (a *App) askErasure(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	l := rights.Leave{PublicID: c.Param("id"), Who: consent.Speaker(f.text("who")), How: consent.How(f.text("how")), Proof: f.text("proof"), Once: f.text("once")}
	err = a.Rights.AskErasure(c.Request().Context(), in.Actor, l)
	if err == nil {
		if err := in.say(c, "erasure.taken"); err != nil {
			return err
		}
		return seeOther(c, erasureHref(l.PublicID))
	}
	wrong, err := refused(in.print, err)
	if err != nil {
		return err
	}
	return a.erasurePage(c, http.StatusUnprocessableEntity, f, wrong)
}

func (a *App) confirmErasure(c echo.Context) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	in := inquiryOf(c)
	if err := a.Rights.ConfirmErasure(c.Request().Context(), in.Actor, c.Param("id"), f.int("number")); err != nil {
		return err
	}
	if err := in.say(c, "erasure.confirmed_now"); err != nil {
		return err
	}
	return seeOther(c, erasureHref(c.Param("id")))
}

func (a *App) withdrawErasure(c echo.Context) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	in := inquiryOf(c)
	if err := a.Rights.WithdrawErasure(c.Request().Context(), in.Actor, c.Param("id"), f.int("number")); err != nil {
		return err
	}
	if err := in.say(c, "erasure.withdrawn_now"); err != nil {
		return err
	}
	return seeOther(c, "/customers/"+c.Param("id"))
}

func (a *App) listErasures(c echo.Context) error {
	in := inquiryOf(c)
	t := in.print
	open, err := a.Rights.Erasures(c.Request().Context(), in.Actor)
	if err != nil {
		return err
	}
	vm := consentview.Queue{ID: "erasures", Title: t.T("erasure.queue"), Hint: t.T("request.queue_hint"), None: t.T("erasure.queue_none")}
	for _, e := range open {
		row := consentview.Queued{Customer: e.PublicID, Href: erasureHref(e.PublicID), Kind: t.T("request.kind.erasure"), Asked: t.Date(e.AskedAt), By: t.T("consent.how." + string(e.How)), Due: t.Date(e.DueAt),
			Tone: ui.ToneWarn, State: t.T("erasure.waits")}
		if e.Confirmed() {
			row.Tone, row.State = ui.ToneInfo, t.T("erasure.is_confirmed")
		}
		vm.Rows = append(vm.Rows, row)
	}
	return a.page(c, http.StatusOK, vm.Title, "", func(context.Context) templ.Component { return consentview.QueuePage(vm) })
}
