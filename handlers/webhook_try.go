package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"shuke/views/ui"
)

// tryWebhook sends an event without a customer, now, and shows what came of it.
func (a *App) tryWebhook(c echo.Context) error {
	in, id := inquiryOf(c), c.Param("hook")
	r, err := a.Dispatcher.Try(c.Request().Context(), in.Actor, id)
	if err != nil {
		return err
	}
	if r.Reason == "" {
		if err := in.say(c, "webhook.test_ok"); err != nil {
			return err
		}
		return seeOther(c, webhookHref(id))
	}
	return a.webhookPage(c, http.StatusOK, nil, problems{}, nil,
		ui.NoticeProps{Tone: ui.ToneWarn, Icon: "alert", Title: in.print.T("webhook.test_failed"), Body: reasonWords(in.print, r.Reason, r.Status), Alert: true})
}
