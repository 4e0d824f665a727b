package handlers

import (
	"context"
	"net/http"
	"net/url"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/staff"
	"shuke/policies"
	"shuke/views/staffview"
)

func (a *App) listStaff(c echo.Context) error {
	in := inquiryOf(c)
	after := c.QueryParam("after")
	people, err := a.Staff.People(c.Request().Context(), after)
	if err != nil {
		return err
	}
	vm := staffview.List{}
	if in.can(policies.StaffManage) {
		vm.New = "/staff/new"
	}
	if after != "" {
		vm.First = "/staff"
	}
	if len(people) > staff.PeoplePage {
		people = people[:staff.PeoplePage]
		vm.Next = "/staff?after=" + url.QueryEscape(people[len(people)-1].Login)
	}
	for _, p := range people {
		vm.People = append(vm.People, staffview.Row{
			Href: staffHref(p.Login), Name: p.Name, Login: p.Login, Role: in.print.T("role." + string(p.Role)), Branch: inLanguage(in.print, p.BranchNameZH, p.BranchNameEN),
			Employment: in.print.T("employment." + string(p.Employment)), States: staffStates(in, p), Off: !staffActor(in, p).Working(),
		})
	}
	return a.page(c, http.StatusOK, in.print.T("staff.title"), "", func(context.Context) templ.Component { return staffview.ListPage(vm) })
}
