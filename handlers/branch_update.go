package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"shuke/models/staff"
	"shuke/views/text"
	"shuke/views/ui"
)

func (a *App) updateBranch(c echo.Context) error {
	in, ctx := inquiryOf(c), c.Request().Context()
	f, err := readForm(c)
	if err != nil {
		return err
	}
	now, err := a.Staff.Branch(ctx, c.Param("code"))
	if err != nil {
		return err
	}
	b := branchDraft(f)
	b.Code = now.Code
	err = a.Staff.EditBranch(ctx, in.Actor, b)
	if isStale(err) {
		return a.staleBranch(c, b)
	}
	if err != nil {
		wrong, err := refused(in.print, err)
		if err != nil {
			return err
		}
		return a.branchPage(c, http.StatusUnprocessableEntity, false, b, wrong, nil)
	}
	if err := in.say(c, "branch.saved"); err != nil {
		return err
	}
	return seeOther(c, "/branches")
}

func (a *App) staleBranch(c echo.Context, typed staff.Branch) error {
	now, err := a.Staff.Branch(c.Request().Context(), typed.Code)
	if err != nil {
		return err
	}
	typed.Version = now.Version
	p := inquiryOf(c).print
	return a.branchPage(c, http.StatusConflict, false, typed, problems{}, staleNotice(p,
		ui.Difference{Label: p.T("branch.name_zh"), Now: now.NameZH, Typed: typed.NameZH},
		ui.Difference{Label: p.T("branch.name_en"), Now: now.NameEN, Typed: typed.NameEN},
		ui.Difference{Label: p.T("branch.time_zone"), Now: now.TimeZone, Typed: typed.TimeZone},
		ui.Difference{Label: p.T("branch.region"), Now: now.Region, Typed: typed.Region},
		ui.Difference{Label: p.T("branch.state"), Now: branchState(p, now.Active), Typed: branchState(p, typed.Active)},
	))
}

func branchState(p *text.Printer, active bool) string {
	if active {
		return p.T("branch.open")
	}
	return p.T("branch.closed")
}
