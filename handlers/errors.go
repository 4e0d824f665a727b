package handlers

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/views/errorview"
	"shuke/views/layout"
	"shuke/views/text"
)

// statusError is a refusal that concerns the request itself and no subject.
type statusError struct{ status int }

func (e *statusError) Error() string { return http.StatusText(e.status) }

// statuses maps the kinds of the domain to HTTP, here and nowhere else.
var statuses = map[fault.Kind]int{
	fault.Internal: http.StatusInternalServerError, fault.NotFound: http.StatusNotFound, fault.Invalid: http.StatusUnprocessableEntity,
	fault.Conflict: http.StatusConflict, fault.Denied: http.StatusForbidden, fault.Unauthenticated: http.StatusUnauthorized,
	fault.TooMany: http.StatusTooManyRequests, fault.Gone: http.StatusGone, fault.Unavailable: http.StatusServiceUnavailable,
}

// pages maps statuses to the pages that explain them.
var pages = map[int]errorview.Kind{
	400: errorview.Invalid, 403: errorview.Denied, 404: errorview.NotFound, 405: errorview.Method, 409: errorview.Conflict, 410: errorview.Gone,
	413: errorview.TooLarge, 415: errorview.Invalid, 421: errorview.Misdirected, 422: errorview.Invalid, 429: errorview.TooMany, 503: errorview.Unavailable,
}

func asFault(err error) (*fault.Error, bool) {
	var f *fault.Error
	ok := errors.As(err, &f)
	return f, ok
}

func statusOf(err error) int {
	var s *statusError
	var e *echo.HTTPError
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &s):
		return s.status
	case errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge
	case errors.As(err, &e):
		return e.Code
	}
	return statuses[fault.KindOf(err)]
}

// handleError turns an error into a page or a problem document. Internal text
// goes to the log; the person gets a sentence and a reference.
func (a *App) handleError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	if gone(c, err) {
		c.Response().Status = statusGone
		return
	}
	if isCall(c) {
		a.answerProblem(c, err)
		return
	}
	if in := inquiryOf(c); mustChange(in) && statusOf(err) == http.StatusForbidden {
		_ = c.Redirect(http.StatusSeeOther, "/account")
		return
	}
	status, err := a.settle(c, err)
	if status == http.StatusUnauthorized {
		a.toSignIn(c)
		return
	}
	a.errorPage(c, status, err)
}

// statusGone stands in the log when nobody waited for the answer.
const statusGone = 499

// gone reports whether the client left before there was an answer.
func gone(c echo.Context, err error) bool {
	return errors.Is(err, context.Canceled) && c.Request().Context().Err() != nil
}

// settle finds the status of an error, writes failures to the log, and makes a
// refusal durable before it is answered; what cannot be recorded becomes the error.
func (a *App) settle(c echo.Context, err error) (int, error) {
	status := statusOf(err)
	if status >= 500 {
		a.log.Error("failed", "request", requestID(c), "route", c.Path(), "error", err)
	}
	if in := inquiryOf(c); status == http.StatusForbidden && in != nil {
		if recordErr := a.recordRefusal(c, in, err); recordErr != nil {
			a.log.Error("refusal not recorded", "request", requestID(c), "error", recordErr)
			return http.StatusServiceUnavailable, recordErr
		}
	}
	return status, err
}

// toSignIn leads to the sign-in page and back to where the person was going.
func (a *App) toSignIn(c echo.Context) {
	target := "/sign-in"
	if c.Request().Method == http.MethodGet && c.Request().URL.Path != "/" {
		target += "?next=" + url.QueryEscape(c.Request().URL.Path)
	}
	if isFragment(c) {
		c.Response().Header().Set("HX-Redirect", "/sign-in")
		_ = c.NoContent(http.StatusUnauthorized)
		return
	}
	_ = c.Redirect(http.StatusSeeOther, target)
}

// isFragment reports whether script asks for a part of a page.
func isFragment(c echo.Context) bool { return c.Request().Header.Get("HX-Request") == "true" }

// localPath returns a path of ours to come back to, or "/": never another host
// however it is spelled.
func localPath(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\t\r\n") || strings.IndexFunc(path, func(r rune) bool { return r < 33 || r > 126 }) >= 0 {
		return "/"
	}
	u, err := url.Parse(path)
	if err != nil || u.Host != "" || u.Scheme != "" || strings.HasPrefix(u.Path, "//") {
		return "/"
	}
	return path
}

func (a *App) errorPage(c echo.Context, status int, err error) {
	kind, known := pages[status]
	if !known {
		kind = errorview.Internal
		if status < 500 {
			kind = errorview.Invalid
		}
	}
	if customer.IsWithheld(err) {
		kind = errorview.Withheld
	}
	in := inquiryOf(c)
	p := a.printer(c, "", nil)
	if in != nil {
		p = in.print
	}
	ctx := text.With(c.Request().Context(), p)
	props := errorview.Props{Kind: kind, RequestID: requestID(c), Home: "/"}
	if f, ok := asFault(err); ok && f.Kind != fault.Internal && p.Has(f.Text.Key) {
		props.Detail = p.T(f.Text.Key, f.Text.Args)
	}
	if kind == errorview.Denied {
		props.Ask = p.T("error.ask_manager")
	}
	var writeErr error
	switch {
	case isFragment(c):
		writeErr = write(c, ctx, status, errorview.Panel(props))
	case in != nil:
		frame := a.frame(c, in, errorview.Title(ctx, kind), "")
		writeErr = write(c, ctx, status, errorview.Page(frame, props))
	default:
		plain := layout.PlainProps{Lang: string(p.Language()), Theme: theme(cookieValue(c, themeCookie)), Title: errorview.Title(ctx, kind), Links: layout.Links{Home: "/"}}
		writeErr = write(c, ctx, status, errorview.Plain(plain, props))
	}
	if writeErr != nil {
		a.log.Error("error page", "request", requestID(c), "error", writeErr)
	}
}
