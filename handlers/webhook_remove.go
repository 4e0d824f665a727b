package handlers

import "github.com/labstack/echo/v4"

func (a *App) removeWebhook(c echo.Context) error {
	in := inquiryOf(c)
	if err := a.Webhooks.Remove(c.Request().Context(), in.Actor, c.Param("hook")); err != nil {
		return err
	}
	if err := in.say(c, "webhook.removed"); err != nil {
		return err
	}
	return seeOther(c, webhooksHref)
}
