package handlers

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"shuke/models/fault"
)

// requestIDKey is where the request's id lies in echo's context.
const requestIDKey = "request_id"

func requestID(c echo.Context) string {
	id, _ := c.Get(requestIDKey).(string)
	return id
}

// identify gives each request an id of our own making: one from outside could
// carry anything into the logs.
func (a *App) identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		raw := make([]byte, 8)
		rand.Read(raw)
		id := hex.EncodeToString(raw)
		c.Set(requestIDKey, id)
		c.Response().Header().Set("X-Request-Id", id)
		return next(c)
	}
}

// recoverPanics keeps the process alive; the person sees a reference, the log
// gets the stack.
func (a *App) recoverPanics(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			if r := recover(); r != nil {
				if r == http.ErrAbortHandler {
					panic(r)
				}
				a.log.Error("panic", "request", requestID(c), "panic", fmt.Sprintf("%T", r), "stack", string(debug.Stack()))
				a.handleError(fault.New(fault.Internal, "error.internal"), c)
			}
		}()
		return next(c)
	}
}

// logRequests writes one line a request: the pattern of the route and never the
// address itself, so that no id and no query reaches a log.
func (a *App) logRequests(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		started := time.Now()
		err := next(c)
		if err != nil {
			c.Error(err)
		}
		a.metrics.observe(c, time.Since(started))
		level := slog.LevelInfo
		if c.Response().Status >= 500 {
			level = slog.LevelError
		}
		attrs := []any{"request", requestID(c), "method", known(c.Request().Method), "route", c.Path(), "status", c.Response().Status, "ms", time.Since(started).Milliseconds()}
		if in := inquiryOf(c); in != nil {
			attrs = append(attrs, "staff", in.Actor.StaffID)
		}
		a.log.Log(c.Request().Context(), level, "request", attrs...)
		return nil
	}
}

func known(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodOptions:
		return method
	}
	return "other"
}

// contentPolicy allows our own style, script and images and nothing else: no
// inline code, no frame, no foreign address.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

func securityHeaders(secure bool) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			h := c.Response().Header()
			h.Set("Content-Security-Policy", contentPolicy)
			h.Set("X-Content-Type-Options", "nosniff")
			h.Set("Referrer-Policy", "same-origin")
			h.Set("Cross-Origin-Opener-Policy", "same-origin")
			h.Set("Cross-Origin-Resource-Policy", "same-origin")
			h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
			h.Set("Cache-Control", "no-store")
			if secure {
				h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
			}
			return next(c)
		}
	}
}

// checkHost answers only to the one public address. A foreign Host could put
// foreign addresses into pages, and a rebound name could read ours.
func (a *App) checkHost(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		switch c.Request().URL.Path {
		case "/healthz", "/readyz": // asked by address, by balancers
			return next(c)
		}
		if !a.ours(c.Request().Host) {
			return &statusError{status: http.StatusMisdirectedRequest}
		}
		return next(c)
	}
}

func (a *App) ours(host string) bool {
	if strings.EqualFold(host, a.url.Host) {
		return true
	}
	// On a developer's machine localhost and the loopback address are the same.
	name, port, err := net.SplitHostPort(host)
	if err != nil || port != a.url.Port() || a.url.Hostname() != "localhost" {
		return false
	}
	return name == "127.0.0.1" || name == "::1"
}

// bodyLimit bounds what a form or call may send, but for forms with files.
const bodyLimit = 1 << 20

func limitBody(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		limit := int64(bodyLimit)
		if most, carries := uploadMost(c.Request()); carries {
			limit = most
		}
		if c.Request().ContentLength > limit {
			return &statusError{status: http.StatusRequestEntityTooLarge}
		}
		c.Request().Body = http.MaxBytesReader(c.Response(), c.Request().Body, limit)
		return next(c)
	}
}

// crossOrigin refuses changes that another site's page sends, by Fetch Metadata
// and Origin. Calls with a bearer token carry no cookie and are not refused.
func (a *App) crossOrigin() echo.MiddlewareFunc {
	protection := http.NewCrossOriginProtection()
	if err := protection.AddTrustedOrigin(a.url.Scheme + "://" + a.url.Host); err != nil {
		a.log.Error("cross-origin protection", "error", err)
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if err := protection.Check(c.Request()); err != nil || a.otherScheme(c.Request()) {
				return &statusError{status: http.StatusForbidden}
			}
			return next(c)
		}
	}
}

// otherScheme reports a change sent by a page of our own host over the other
// scheme. Browsers without Fetch Metadata would pass the check of the library,
// which cannot know by which scheme it is reached.
func (a *App) otherScheme(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	return origin != "" && r.Method != http.MethodGet && r.Method != http.MethodHead && !strings.HasPrefix(origin, a.url.Scheme+"://")
}

// peer is the address of whoever asks: the connection's own, or what a trusted
// proxy says. Headers from anybody else are ignored.
func (a *App) peer(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return ""
	}
	forwarded := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(forwarded) - 1; i >= 0 && a.trusted(addr); i-- {
		next, err := netip.ParseAddr(strings.TrimSpace(forwarded[i]))
		if err != nil {
			break
		}
		addr = next
	}
	return addr.Unmap().String()
}

func (a *App) trusted(addr netip.Addr) bool {
	for _, p := range a.proxies {
		if p.Contains(addr.Unmap()) {
			return true
		}
	}
	return false
}
