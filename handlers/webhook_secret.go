package handlers

import "github.com/labstack/echo/v4"

func (a *App) renewWebhookSecret(c echo.Context) error {
	in, ctx, id := inquiryOf(c), c.Request().Context(), c.Param("hook")
	secret, err := a.Webhooks.Renew(ctx, in.Actor, id)
	if err != nil {
		return err
	}
	e, err := a.Webhooks.Find(ctx, in.Actor, id)
	if err != nil {
		return err
	}
	return a.webhookSecretPage(c, id, e.Address, secret)
}
