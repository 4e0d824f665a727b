package handlers

import (
	"context"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/views/webhookview"
)

func (a *App) createWebhook(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	d := webhookDraft(f)
	id, secret, err := a.Webhooks.Add(c.Request().Context(), in.Actor, d)
	if err == nil {
		return a.webhookSecretPage(c, id, d.Address, secret)
	}
	wrong, err := refused(in.print, err)
	if err != nil {
		return err
	}
	return a.newWebhookPage(c, http.StatusUnprocessableEntity, d, wrong)
}

// webhookSecretPage shows a key on the answer to the form that made it: it is in
// no address, no session and no later page.
func (a *App) webhookSecretPage(c echo.Context, id, address, secret string) error {
	vm := webhookview.Secret{Secret: secret, Address: address, Back: webhookHref(id)}
	return a.page(c, http.StatusOK, inquiryOf(c).print.T("webhook.title"), "", func(context.Context) templ.Component { return webhookview.SecretPage(vm) })
}
