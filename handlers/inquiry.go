package handlers

import (
	"time"

	"github.com/gorilla/sessions"
	"github.com/labstack/echo/v4"

	"shuke/models/customer"
	"shuke/models/membership"
	"shuke/models/staff"
	"shuke/policies"
	"shuke/views/text"
)

// inquiry is one request of a signed-in person: who asks, in which language.
type inquiry struct {
	Actor   policies.Actor
	staff   staff.Session
	session *sessions.Session
	print   *text.Printer
	app     *App
	may     map[policies.Permission]bool // what can has asked so far
	preps   map[prep]string              // what prepText has written so far
	clubs   *membership.Clubs            // read with the catalogue
}

const inquiryKey = "inquiry"

func inquiryOf(c echo.Context) *inquiry {
	in, _ := c.Get(inquiryKey).(*inquiry)
	return in
}

// catalogue returns the field catalogue that the session saw. The clubs are of the
// same version.
func (in *inquiry) catalogue(c echo.Context) (*customer.Catalogue, error) {
	var err error
	if in.clubs, err = in.app.Members.Clubs(c.Request().Context(), in.staff.FieldsVersion); err != nil {
		return nil, err
	}
	return in.app.Customers.Catalogue(c.Request().Context(), in.staff.FieldsVersion)
}

// can reports whether the person may, for showing or leaving out ways. A sheet
// asks the same thousands of times: the guard is asked once a request.
func (in *inquiry) can(p policies.Permission) bool {
	may, asked := in.may[p]
	if !asked {
		may = in.app.Guard.Can(in.Actor, p)
		if in.may == nil {
			in.may = map[policies.Permission]bool{}
		}
		in.may[p] = may
	}
	return may
}

// say puts a text on the next page.
func (in *inquiry) say(c echo.Context, key string) error {
	in.session.AddFlash(key)
	return in.session.Save(c.Request(), c.Response())
}

// languageCookie and themeCookie remember the choice on the sign-in page, before
// anybody is known.
const (
	languageCookie = "shuke-language"
	themeCookie    = "shuke-theme"
)

func cookieValue(c echo.Context, name string) string {
	cookie, err := c.Cookie(name)
	if err != nil {
		return ""
	}
	return cookie.Value
}

// printer writes for the request: the person's own choice, else the browser's.
func (a *App) printer(c echo.Context, chosen string, place *time.Location) *text.Printer {
	if chosen == "" {
		chosen = cookieValue(c, languageCookie)
	}
	if place == nil {
		place = time.UTC
	}
	return a.Texts.Printer(text.Match(chosen, c.Request().Header.Get("Accept-Language")), place)
}

func theme(choice string) string {
	if choice == "light" || choice == "dark" {
		return choice
	}
	return ""
}
