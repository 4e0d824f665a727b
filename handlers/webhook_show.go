package handlers

import (
	"context"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/webhook"
	"shuke/policies"
	"shuke/views/ui"
	"shuke/views/webhookview"
)

func (a *App) showWebhook(c echo.Context) error {
	return a.webhookPage(c, http.StatusOK, nil, problems{}, nil)
}

// webhookPage shows an endpoint with its form: as it stands, or as it was typed.
func (a *App) webhookPage(c echo.Context, status int, typed *webhook.Draft, wrong problems, stale *ui.StaleProps, notices ...ui.NoticeProps) error {
	in, ctx := inquiryOf(c), c.Request().Context()
	e, err := a.Webhooks.Find(ctx, in.Actor, c.Param("hook"))
	if err != nil {
		return err
	}
	all, err := a.Webhooks.History(ctx, in.Actor, e.ID)
	if err != nil {
		return err
	}
	vm := webhookview.Endpoint{
		Address: e.Address, State: webhookState(in.print, e), Notices: append(notices, webhookNotices(in.print, e, in.Actor.Now)...),
		Waiting: deliveryVMs(in.print, all.Waiting, in.Actor.Now), Ended: deliveryVMs(in.print, all.Ended, in.Actor.Now), More: all.More,
	}
	if in.can(policies.WebhookManage) {
		if typed == nil {
			typed = &webhook.Draft{Address: e.Address, Kinds: e.Kinds, On: e.On, Version: e.Version}
		}
		typed.ID = e.ID
		form := a.webhookForm(in.print, *typed, wrong)
		form.Stale = stale
		vm.Form = &form
		href := webhookHref(e.ID)
		vm.Test, vm.Renew, vm.Remove = href+"/test", href+"/secret", href+"/remove"
	}
	return a.page(c, status, in.print.T("webhook.title"), e.Address, func(context.Context) templ.Component { return webhookview.EndpointPage(vm) })
}
