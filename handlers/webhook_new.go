package handlers

import (
	"context"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/webhook"
	"shuke/views/webhookview"
)

func (a *App) newWebhook(c echo.Context) error {
	return a.newWebhookPage(c, http.StatusOK, webhook.Draft{Once: once()}, problems{})
}

func (a *App) newWebhookPage(c echo.Context, status int, d webhook.Draft, wrong problems) error {
	in := inquiryOf(c)
	vm := a.webhookForm(in.print, d, wrong)
	vm.New, vm.Action, vm.Back = true, webhooksHref, webhooksHref
	return a.page(c, status, in.print.T("webhook.title"), in.print.T("webhook.new"), func(context.Context) templ.Component { return webhookview.FormPage(vm) })
}
