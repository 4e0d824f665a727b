package handlers

import (
	"context"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/policies"
	"shuke/views/branchview"
)

func (a *App) listBranches(c echo.Context) error {
	in := inquiryOf(c)
	branches, err := a.Staff.Branches(c.Request().Context())
	if err != nil {
		return err
	}
	vm := branchview.List{}
	manage := in.can(policies.BranchManage)
	if manage {
		vm.New = "/branches/new"
	}
	for _, b := range branches {
		row := branchview.Row{Code: b.Code, NameZH: b.NameZH, NameEN: b.NameEN, TimeZone: b.TimeZone, Region: b.Region, Active: b.Active}
		if manage {
			row.Edit = branchEditHref(b.Code)
		}
		vm.Branches = append(vm.Branches, row)
	}
	return a.page(c, http.StatusOK, in.print.T("branch.title"), "", func(context.Context) templ.Component { return branchview.ListPage(vm) })
}
