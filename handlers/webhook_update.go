package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"shuke/models/webhook"
	"shuke/views/text"
	"shuke/views/ui"
)

func (a *App) updateWebhook(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	d := webhookDraft(f)
	d.ID = c.Param("hook")
	err = a.Webhooks.Edit(c.Request().Context(), in.Actor, d)
	if isStale(err) {
		return a.staleWebhook(c, d)
	}
	if err != nil {
		wrong, err := refused(in.print, err)
		if err != nil {
			return err
		}
		return a.webhookPage(c, http.StatusUnprocessableEntity, &d, wrong, nil)
	}
	if err := in.say(c, "webhook.saved"); err != nil {
		return err
	}
	return seeOther(c, webhookHref(d.ID))
}

// staleWebhook brings the form back with what stands now beside what was typed.
func (a *App) staleWebhook(c echo.Context, typed webhook.Draft) error {
	in := inquiryOf(c)
	now, err := a.Webhooks.Find(c.Request().Context(), in.Actor, typed.ID)
	if err != nil {
		return err
	}
	typed.Version = now.Version
	p := in.print
	return a.webhookPage(c, http.StatusConflict, &typed, problems{}, staleNotice(p,
		ui.Difference{Label: p.T("webhook.address"), Now: now.Address, Typed: typed.Address},
		ui.Difference{Label: p.T("webhook.kinds"), Now: listed(p, kindWords(p, now.Kinds)), Typed: listed(p, kindWords(p, typed.Kinds))},
		ui.Difference{Label: p.T("webhook.state"), Now: onOff(p, now.On), Typed: onOff(p, typed.On)},
	))
}

func onOff(p *text.Printer, on bool) string {
	if on {
		return p.T("webhook.state_on")
	}
	return p.T("webhook.state_off")
}
