package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"shuke/models/staff"
	"shuke/views/text"
	"shuke/views/ui"
)

func (a *App) updateStaff(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	d := staffDraft(f)
	d.Login = c.Param("login")
	err = a.Staff.Edit(c.Request().Context(), in.Actor, d)
	if isStale(err) {
		return a.staleStaff(c, d)
	}
	if err != nil {
		wrong, err := refused(in.print, err)
		if err != nil {
			return err
		}
		return a.editStaffPage(c, http.StatusUnprocessableEntity, d, wrong, nil)
	}
	if err := in.say(c, "staff.saved"); err != nil {
		return err
	}
	return seeOther(c, staffHref(d.Login))
}

// staleStaff brings the form back with what stands now beside what was typed;
// sending it again is a decision made with both in sight.
func (a *App) staleStaff(c echo.Context, typed staff.Draft) error {
	now, err := a.Staff.Person(c.Request().Context(), typed.Login)
	if err != nil {
		return err
	}
	branches, err := a.Staff.Branches(c.Request().Context())
	if err != nil {
		return err
	}
	typed.Version = now.Version
	p := inquiryOf(c).print
	return a.editStaffPage(c, http.StatusConflict, typed, problems{}, staleNotice(p, staffDifferences(p, branches, now.Draft, typed)...))
}

func staffDifferences(p *text.Printer, branches []staff.Branch, now, typed staff.Draft) []ui.Difference {
	branch := func(code string) string {
		for _, b := range branches {
			if b.Code == code {
				return inLanguage(p, b.NameZH, b.NameEN)
			}
		}
		return code
	}
	return []ui.Difference{
		{Label: p.T("staff.name"), Now: now.Name, Typed: typed.Name},
		{Label: p.T("staff.role"), Now: p.T("role." + string(now.Role)), Typed: p.T("role." + string(typed.Role))},
		{Label: p.T("staff.branch"), Now: branch(now.Branch), Typed: branch(typed.Branch)},
		{Label: p.T("staff.status"), Now: p.T("status." + string(now.Status)), Typed: p.T("status." + string(typed.Status))},
		{Label: p.T("staff.employment"), Now: p.T("employment." + string(now.Employment)), Typed: p.T("employment." + string(typed.Employment))},
		{Label: p.T("staff.hired_on"), Now: dayWords(p, now.HiredOn), Typed: dayWords(p, typed.HiredOn)},
		{Label: p.T("staff.notice_on"), Now: dayWords(p, now.NoticeOn), Typed: dayWords(p, typed.NoticeOn)},
		{Label: p.T("staff.last_on"), Now: dayWords(p, now.LastOn), Typed: dayWords(p, typed.LastOn)},
		{Label: p.T("staff.pay_band"), Now: now.PayBand, Typed: typed.PayBand},
	}
}
