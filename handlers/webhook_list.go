package handlers

import (
	"context"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/policies"
	"shuke/views/webhookview"
)

func (a *App) listWebhooks(c echo.Context) error {
	in := inquiryOf(c)
	all, err := a.Webhooks.All(c.Request().Context(), in.Actor)
	if err != nil {
		return err
	}
	vm := webhookview.List{Hosts: hostNames(in.print, a.Webhooks.Hosts())}
	if vm.Hosts == "" {
		vm.NoHosts = in.print.T("webhook.no_hosts_way")
	} else if in.can(policies.WebhookManage) {
		vm.New = webhooksHref + "/new"
	}
	if vm.Hosts != "" {
		vm.Hosts = in.print.T("webhook.hosts", map[string]any{"Hosts": vm.Hosts})
	}
	for _, e := range all {
		vm.Rows = append(vm.Rows, webhookview.Row{Href: webhookHref(e.ID), Address: e.Address, Kinds: listed(in.print, kindWords(in.print, e.Kinds)), State: webhookState(in.print, e), Off: !e.On})
	}
	return a.page(c, http.StatusOK, in.print.T("webhook.title"), "", func(context.Context) templ.Component { return webhookview.ListPage(vm) })
}
