package handlers

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"shuke/handlers/api"
	"shuke/models/fault"
	"shuke/models/staff"
	"shuke/views/text"
)

// isCall reports whether the request is for the JSON API, existing or not.
func isCall(c echo.Context) bool {
	path := c.Request().URL.Path
	return path == "/api" || strings.HasPrefix(path, "/api/")
}

// longestToken is far above what tokens have; longer ones are not even hashed.
const longestToken = 200

// inquireByToken finds out whose token came, from the database, at every call.
// Cookies count for nothing here: no page of another site can make a browser
// call with somebody's rights.
func (a *App) inquireByToken(c echo.Context) (*inquiry, error) {
	token, ok := bearer(c.Request())
	if !ok {
		return nil, fault.New(fault.Unauthenticated, "api.token_needed")
	}
	loaded, err := a.Staff.LoadToken(c.Request().Context(), token)
	if fault.Is(err, fault.Unauthenticated) {
		return nil, fault.New(fault.Unauthenticated, "api.token_invalid")
	}
	if err != nil {
		return nil, err
	}
	in := &inquiry{Actor: loaded.Actor, staff: loaded, app: a}
	in.Actor.Address, in.Actor.RequestID = c.RealIP(), requestID(c)
	in.print = a.callPrinter(c, loaded.Language, loaded.Actor.Zone)
	c.Set(inquiryKey, in)
	return in, nil
}

// serveCall puts the gate before a call: token, its brakes, permission, then the
// call. Brakes come before the permission, since a refusal is written down.
func (a *App) serveCall(r route, c echo.Context) error {
	in, err := a.inquireByToken(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	end, err := a.Staff.Admit(ctx, in.staff, staff.Call{Reads: r.method == get || r.limit > 0, Shows: r.limit})
	if err != nil {
		return err
	}
	defer end()
	if err := a.Staff.TouchToken(ctx, in.staff); err != nil {
		return err
	}
	if err := a.Guard.Require(in.Actor, r.permission); err != nil {
		return err
	}
	return r.handle(c)
}

// bearer takes the token of the Authorization header (RFC 6750), and of no
// other place.
func bearer(r *http.Request) (string, bool) {
	headers := r.Header.Values("Authorization")
	if len(headers) != 1 {
		return "", false
	}
	scheme, token, _ := strings.Cut(headers[0], " ")
	token = strings.TrimSpace(token)
	return token, strings.EqualFold(scheme, "Bearer") && token != "" && len(token) <= longestToken
}

// callPrinter writes in the language the call asks for, else in its person's.
func (a *App) callPrinter(c echo.Context, own string, place *time.Location) *text.Printer {
	accepted := c.Request().Header.Get("Accept-Language")
	if accepted != "" {
		own = ""
	}
	return a.Texts.Printer(text.Match(own, accepted), place)
}

func (a *App) reader(c echo.Context) api.Reader {
	if in := inquiryOf(c); in != nil {
		return api.Reader{Print: in.print, RequestID: requestID(c)}
	}
	return api.Reader{Print: a.callPrinter(c, "", nil), RequestID: requestID(c)}
}

// problem explains an error to a program; a refusal is on record by then.
func (a *App) problem(c echo.Context, err error) *api.Problem {
	if gone(c, err) {
		return &api.Problem{Status: statusGone}
	}
	status, err := a.settle(c, err)
	a.hints(c, status, err)
	return api.NewProblem(a.reader(c), status, err)
}

// hints are the headers that tell a program what to do about a refusal: which
// token or scope (RFC 6750), or how long to wait.
func (a *App) hints(c echo.Context, status int, err error) {
	h, challenge := c.Response().Header(), `Bearer realm="shuke"`
	f, ok := asFault(err)
	if !ok {
		f = &fault.Error{}
	}
	switch {
	case status == http.StatusUnauthorized:
		if f.Text.Key == "api.token_invalid" {
			challenge += `, error="invalid_token"`
		}
		h.Set("WWW-Authenticate", challenge)
	case f.Text.Key == "api.scope_needed":
		h.Set("WWW-Authenticate", fmt.Sprintf(`%s, error="insufficient_scope", scope="%s"`, challenge, f.Text.Args["Scope"]))
	case status == http.StatusTooManyRequests:
		if seconds, known := f.Text.Args["Seconds"]; known {
			h.Set("Retry-After", fmt.Sprint(seconds))
		}
	}
}

// answerProblem sends what went wrong outside of an operation.
func (a *App) answerProblem(c echo.Context, err error) {
	p := a.problem(c, err)
	c.Response().Header().Set("Content-Type", api.ContentTypeProblem)
	if err := c.JSON(p.Status, p); err != nil {
		a.log.Error("problem document", "request", requestID(c), "error", err)
	}
}
