package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"shuke/models/audit"
	"shuke/models/fault"
	"shuke/models/staff"
	"shuke/policies"
)

// inquire finds out who asks, from the database, at every request.
func (a *App) inquire(c echo.Context) (*inquiry, error) {
	session, err := a.store.Get(c.Request(), "shuke")
	if err != nil {
		return nil, err
	}
	loaded, ok := session.Values[valueStaff].(staff.Session)
	if !ok {
		return nil, fault.New(fault.Unauthenticated, "signin.needed")
	}
	in := &inquiry{Actor: loaded.Actor, staff: loaded, session: session, app: a}
	in.Actor.Address, in.Actor.RequestID = c.RealIP(), requestID(c)
	in.print = a.printer(c, loaded.Language, loaded.Actor.Zone)
	c.Set(inquiryKey, in)
	if err := a.Staff.Touch(c.Request().Context(), loaded); err != nil {
		return nil, err
	}
	return in, nil
}

// recordRefusal makes a denial durable before it is answered.
func (a *App) recordRefusal(c echo.Context, in *inquiry, denied error) error {
	e := audit.By(in.Actor, "request.refused")
	e.Outcome, e.Object = audit.Refused, c.Request().Method+" "+c.Path()
	e.Reason = permissionOf(denied)
	return a.Gate.Record(c.Request().Context(), e)
}

func permissionOf(err error) string {
	if f, ok := asFault(err); ok {
		if p, ok := f.Text.Args["Permission"].(string); ok {
			return p
		}
		return f.Text.Key
	}
	return ""
}

// mustChange sends a person with a first password to the page where it is
// changed, whatever they asked for.
func mustChange(in *inquiry) bool { return in != nil && in.Actor.PasswordTemporary }

func (a *App) home(c echo.Context) error {
	in := inquiryOf(c)
	for _, way := range []struct {
		p  policies.Permission
		to string
	}{{policies.CustomerLookUp, "/desk"}, {policies.ArrivalRead, "/arrivals"}, {policies.StaffManage, "/staff"}, {policies.AuditRead, "/audit"}} {
		if in.can(way.p) {
			return c.Redirect(http.StatusSeeOther, way.to)
		}
	}
	return c.Redirect(http.StatusSeeOther, "/account")
}
