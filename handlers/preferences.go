package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"shuke/models/staff"
	"shuke/views/text"
)

func (a *App) setLanguage(c echo.Context) error {
	return a.prefer(c, func(f form, s *staff.Session) (cookie, value string) {
		if lang, ok := text.ParseLanguage(f.text("language")); ok {
			s.Language = string(lang)
			return languageCookie, s.Language
		}
		return "", ""
	})
}

func (a *App) setTheme(c echo.Context) error {
	return a.prefer(c, func(f form, s *staff.Session) (cookie, value string) {
		s.Theme = theme(f.text("theme"))
		return themeCookie, s.Theme
	})
}

// prefer stores a choice with the person, and in a cookie for pages before
// sign-in, then goes back to where the person was.
func (a *App) prefer(c echo.Context, choose func(form, *staff.Session) (cookie, value string)) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	var s staff.Session
	in, err := a.inquire(c)
	if err == nil {
		s = in.staff
	}
	name, value := choose(f, &s)
	if name != "" {
		c.SetCookie(&http.Cookie{Name: name, Value: value, Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, Secure: a.url.Scheme == "https", SameSite: http.SameSiteLaxMode})
	}
	if in != nil {
		if err := a.Staff.SetPreferences(c.Request().Context(), in.Actor, s.Language, s.Theme); err != nil {
			return err
		}
	}
	return c.Redirect(http.StatusSeeOther, localPath(f.text("here")))
}
