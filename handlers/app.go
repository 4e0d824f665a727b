// Package handlers turns requests into calls of the domain and answers into
// pages. It is the only place that knows HTTP, echo and sessions in cookies. It
// decides nothing about customers and knows no SQL.
package handlers

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"sync"

	"github.com/gorilla/sessions"
	"github.com/labstack/echo/v4"

	"shuke/config"
	"shuke/handlers/fias"
	"shuke/handlers/webhooks"
	"shuke/models/arrival"
	"shuke/models/audit"
	"shuke/models/card"
	"shuke/models/catalogue"
	"shuke/models/clock"
	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/disclosure"
	"shuke/models/intake"
	"shuke/models/live"
	"shuke/models/membership"
	"shuke/models/purpose"
	"shuke/models/relation"
	"shuke/models/rights"
	"shuke/models/staff"
	"shuke/models/standing"
	"shuke/models/webhook"
	"shuke/policies"
	"shuke/views/text"
)

// Services are what the pages work with.
type Services struct {
	Staff     *staff.Service
	Customers *customer.Service
	Relations *relation.Service
	Cards     *card.Reader
	Arrivals  *arrival.Service
	Hub       *live.Hub
	Purposes  *purpose.Service
	Library   *consent.Library
	Rights    *rights.Service
	Standing  *standing.Service
	Members   *membership.Service
	Gate      *disclosure.Gate
	Guard     *policies.Guard
	Events    *audit.Reader
	Links     fias.Links // to property systems
	Webhooks  *webhook.Service
	// Dispatcher sends events that somebody tries by hand.
	Dispatcher *webhooks.Dispatcher
	Intakes    *intake.Service // files that custodians hand in
	Clock      clock.Clock
	Texts      *text.Catalog
	// Ready reports whether the databases answer.
	Ready func(context.Context) error
}

// App answers requests.
type App struct {
	Services
	house   string
	url     *url.URL
	proxies []netip.Prefix
	log     *slog.Logger
	store   sessions.Store
	metrics *metrics
	groups  map[string]catalogue.Group // groups of the card, by key
	echo    *echo.Echo
	routes  []route
	openAPI []byte // the description of the JSON API
	// stopping is closed when the server drains: streams end then.
	stopping chan struct{}
	stopOnce sync.Once
}

// New wires the application. It fails on a settings error only.
func New(settings config.Settings, services Services, log *slog.Logger) (*App, error) {
	u, err := url.Parse(settings.URL)
	if err != nil {
		return nil, err
	}
	a := &App{Services: services, metrics: newMetrics(), house: settings.House, url: u, proxies: settings.TrustedProxies, log: log, stopping: make(chan struct{})}
	a.store = &sessionStore{staff: services.Staff, secure: settings.Secure()}
	groups, err := catalogue.ShippedGroups()
	if err != nil {
		return nil, err
	}
	a.groups = map[string]catalogue.Group{}
	for _, g := range groups {
		a.groups[g.Key] = g
	}
	a.echo = a.newEcho(settings.Secure())
	a.routes = a.table()
	if a.openAPI, err = bindCalls(a.routes); err != nil {
		return nil, err
	}
	for _, r := range a.routes {
		a.echo.Add(r.method, r.path, a.serve(r))
	}
	return a, nil
}

// ServeHTTP answers one request.
func (a *App) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.echo.ServeHTTP(w, r) }

// Stop ends the streams, so that a server that drains need not wait for them.
func (a *App) Stop() { a.stopOnce.Do(func() { close(a.stopping) }) }

func (a *App) newEcho(secure bool) *echo.Echo {
	e := echo.New()
	e.HideBanner, e.HidePort, e.Debug = true, true, false
	e.IPExtractor = a.peer
	e.HTTPErrorHandler = a.handleError
	e.Pre(a.recoverPanics, a.identify, a.logRequests, securityHeaders(secure), a.checkHost, limitBody, a.crossOrigin())
	return e
}
