package main

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"shuke/handlers"
	"shuke/handlers/fias"
	"shuke/handlers/webhooks"
	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/rights"
	"shuke/views/text"
)

type serveCommand struct {
	Addr string `help:"Address to listen on." placeholder:"HOST:PORT"`
	URL  string `help:"The one public address." placeholder:"URL"`
	Demo bool   `help:"Serve a house of sample data, filling an empty database first."`

	DemoCustomers int `default:"80000" hidden:""`
}

// Limits of the listener: a slow or endless request takes nobody else's turn.
const (
	headerTimeout = 10 * time.Second
	readTimeout   = 30 * time.Second
	writeTimeout  = 60 * time.Second
	idleTimeout   = 120 * time.Second
	headerBytes   = 32 << 10
	drainTimeout  = 20 * time.Second
)

// letGarbageGather lets more garbage gather than Go does by itself: what lives on
// is small, and collecting it took a seventh of the time of a look-up. Memory in
// bytes bounds it. GOGC and GOMEMLIMIT, when set, stand.
func letGarbageGather() {
	const percent, memory = 300, 80 << 20
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memory)
	}
}

// Run serves until told to stop, then lets running requests end.
func (s *serveCommand) Run(c *commands) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	flags := map[string]any{"addr": s.Addr, "url": s.URL}
	settings, err := c.settings(flags)
	if err != nil {
		return err
	}
	log := newLog(settings.LogLevel)
	slog.SetDefault(log)
	letGarbageGather()
	p, err := c.open(ctx, flags, ours(settings))
	if err != nil {
		return err
	}
	defer p.close()
	if s.Demo {
		err = spoken(p.readyDemo(ctx, s.DemoCustomers))
	} else {
		err = p.announceSetup(ctx)
	}
	if err != nil {
		return err
	}
	app, err := p.app(log)
	if err != nil {
		return err
	}
	go p.sweep(ctx, log)
	go p.passTime(ctx, log)
	go p.settle(ctx, log)
	go p.writeUses(ctx, log)
	go p.hub.Run(ctx)
	defer p.runLinks(ctx, linkSink{p}, log)()
	taken := make(chan struct{})
	go func() { p.intakes.Run(ctx); close(taken) }()
	defer func() { stop(); <-taken }() // before the databases are closed
	context.AfterFunc(ctx, app.Stop)
	sent := make(chan struct{})
	go func() { p.sending.Run(ctx); close(sent) }()
	defer func() { stop(); <-sent }() // before the databases are closed
	if err := p.serveMetrics(ctx, app.Metrics(), log); err != nil {
		return err
	}
	log.Info("serving", "address", p.settings.Addr, "url", p.settings.URL, "database", db.Describe(p.settings.Database))
	return listen(ctx, stop, p, app, log)
}

func (p *program) app(log *slog.Logger) (*handlers.App, error) {
	texts, err := text.Load()
	if err != nil {
		return nil, err
	}
	p.sending = webhooks.NewDispatcher(p.webhooks, p.clock, log)
	return handlers.New(p.settings, handlers.Services{
		Staff: p.staff, Customers: p.customers, Relations: p.relations, Cards: p.cards, Standing: p.standing, Members: p.members, Purposes: p.purposes, Library: p.library, Rights: p.rights, Arrivals: p.arrivals, Hub: p.hub, Gate: p.gate, Guard: p.guard, Events: audit.NewReader(p.main), Clock: p.clock, Texts: texts,
		Webhooks: p.webhooks, Dispatcher: p.sending, Intakes: p.intakes,
		Links: fias.NewLinks(p.leases, p.linkSettings()),
		Ready: func(ctx context.Context) error { return errors.Join(p.main.Ping(ctx), p.keys.Ping(ctx)) },
	}, log)
}

// listen serves until ctx is done, then drains. Release gives the signals back,
// so that a second one ends the draining.
func listen(ctx context.Context, release func(), p *program, app http.Handler, log *slog.Logger) error {
	server := &http.Server{
		Addr: p.settings.Addr, Handler: app, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: headerBytes, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
		TLSConfig: &tls.Config{MinVersion: tls.VersionTLS12},
	}
	listener, err := net.Listen("tcp", p.settings.Addr)
	if err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() {
		if p.settings.TLSCert != "" {
			ended <- server.ServeTLS(listener, p.settings.TLSCert, p.settings.TLSKey)
		} else {
			ended <- server.Serve(listener)
		}
	}()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		release()
	}
	log.Info("stopping", "drain", drainTimeout.String())
	drain, cancel := context.WithTimeout(context.Background(), drainTimeout)
	defer cancel()
	if err := server.Shutdown(drain); err != nil {
		return errors.Join(err, server.Close())
	}
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// serveMetrics answers /metrics on its own listener, when the settings name one.
func (p *program) serveMetrics(ctx context.Context, metrics http.Handler, log *slog.Logger) error {
	if p.settings.MetricsAddr == "" {
		return nil
	}
	listener, err := net.Listen("tcp", p.settings.MetricsAddr)
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", metrics)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout}
	context.AfterFunc(ctx, func() { server.Close() })
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error("metrics", "error", err)
		}
	}()
	return nil
}

// sweep takes away what has run out, and writes down the stages of life that
// have come, every few minutes: each is an event once.
func (p *program) sweep(ctx context.Context, log *slog.Logger) {
	ticker := time.NewTicker(5 * time.Minute)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if err := errors.Join(p.staff.Sweep(ctx), p.webhooks.Sweep(ctx), p.intakes.Sweep(ctx), p.imports.SweepOriginals(ctx)); err != nil && ctx.Err() == nil {
				log.Error("sweep", "error", err)
			}
			if _, err := p.relations.Due(ctx, p.relations.Today()); err != nil && ctx.Err() == nil {
				log.Error("stages of life", "error", err)
			}
			swept, err := p.rights.Sweep(ctx)
			if err != nil && ctx.Err() == nil {
				log.Error("sweep of what customers withdrew", "error", err)
			}
			if swept != (rights.Swept{}) {
				log.Info("forgotten", "customers", swept.Erased, "purposes", swept.Cleared)
			}
		}
	}
}

// passTime brings in step what customers are to the house, and the levels of
// members, with the day and with rules that were changed; at first what an upgrade
// brought, or days without the program. What is not due is not looked at, so that
// one can ask every few minutes. A change of rules looks at everybody and takes
// its time, for which no erasure may wait: hence apart from sweep.
func (p *program) passTime(ctx context.Context, log *slog.Logger) {
	ticker := time.NewTicker(5 * time.Minute)
	defer ticker.Stop()
	for {
		if _, err := p.standing.Sweep(ctx); err != nil && ctx.Err() == nil {
			log.Error("standing", "error", err)
		}
		if _, err := p.members.Sweep(ctx); err != nil && ctx.Err() == nil {
			log.Error("levels of members", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// settle brings values in step with own fields that changed: what a restart left,
// at once, and what was too much for the request that changed them.
func (p *program) settle(ctx context.Context, log *slog.Logger) {
	ticker := time.NewTicker(time.Minute)
	defer ticker.Stop()
	for {
		if _, err := p.customers.Settle(ctx, 0); err != nil && ctx.Err() == nil {
			log.Error("settle", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// writeUses writes every minute which facts were used; what is left when the
// program stops is written as it closes.
func (p *program) writeUses(ctx context.Context, log *slog.Logger) {
	ticker := time.NewTicker(time.Minute)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if err := p.flushUses(ctx); err != nil && ctx.Err() == nil {
				log.Error("uses", "error", err)
			}
		}
	}
}

// announceSetup prints the one-time link of an empty house.
func (p *program) announceSetup(ctx context.Context) error {
	token, err := p.staff.SetupLink(ctx)
	if err != nil || token == "" {
		return err
	}
	say("\n  尚无账号。总经理请在 24 小时内打开此链接建立账号，用过即失效：\n  Nobody has an account yet. The owner opens this link once, within 24 hours:\n\n    %s/set-up/%s\n\n", p.settings.URL, token)
	return nil
}
