package handlers

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/staff"
	"shuke/views/branchview"
	"shuke/views/ui"
)

func branchEditHref(code string) string { return "/branches/" + code + "/edit" }

func (a *App) newBranch(c echo.Context) error {
	in := inquiryOf(c)
	// A new house is most often in the country and zone of those who found it.
	return a.branchPage(c, http.StatusOK, true, staff.Branch{TimeZone: in.print.Location().String(), Region: in.Actor.Region}, problems{}, nil)
}

func branchDraft(f form) staff.Branch {
	return staff.Branch{
		Code: strings.ToLower(f.trimmed("code")), NameZH: f.trimmed("name_zh"), NameEN: f.trimmed("name_en"), TimeZone: f.trimmed("time_zone"),
		Region: strings.ToUpper(f.trimmed("region")), Active: f.text("active") == "yes", Version: f.int("version"),
	}
}

func (a *App) branchPage(c echo.Context, status int, isNew bool, b staff.Branch, wrong problems, stale *ui.StaleProps) error {
	p := inquiryOf(c).print
	vm := branchview.Form{
		New: isNew, Action: "/branches", Back: "/branches", Code: b.Code, NameZH: b.NameZH, NameEN: b.NameEN, TimeZone: b.TimeZone, Region: b.Region, Active: b.Active,
		Version: strconv.FormatInt(b.Version, 10), Wrong: wrong.fields, Problems: wrong.list, Stale: stale,
	}
	sub := p.T("branch.new")
	if !isNew {
		vm.Action, sub = branchEditHref(b.Code), b.Code
	}
	return a.page(c, status, p.T("branch.title"), sub, func(context.Context) templ.Component { return branchview.FormPage(vm) })
}
