package handlers

import (
	"context"
	"net/http"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/staff"
	"shuke/policies"
	"shuke/views/staffview"
	"shuke/views/text"
)

func (a *App) showStaff(c echo.Context) error { return a.staffPage(c, http.StatusOK, "") }

// staffPage shows an account; the notice says why what was asked did not happen.
func (a *App) staffPage(c echo.Context, status int, notice string) error {
	in, ctx := inquiryOf(c), c.Request().Context()
	p, err := a.Staff.Person(ctx, c.Param("login"))
	if err != nil {
		return err
	}
	history, err := a.Staff.EmploymentHistory(ctx, p)
	if err != nil {
		return err
	}
	vm := staffview.Person{Notice: notice, Name: p.Name, Login: p.Login, States: staffStates(in, p), Facts: staffFacts(in.print, p), Acts: a.staffActs(ctx, in, p)}
	for i, e := range history {
		vm.History = append(vm.History, employmentVM(in.print, e, i == 0))
	}
	var tokens templ.Component = templ.NopComponent
	if in.can(policies.StaffManage) {
		if tokens, err = a.staffTokens(ctx, in, p); err != nil {
			return err
		}
	}
	return a.page(c, status, in.print.T("staff.title"), p.Name, func(context.Context) templ.Component { return templ.Join(staffview.PersonPage(vm), tokens) })
}

func staffFacts(p *text.Printer, s staff.Person) []staffview.Fact {
	facts := []staffview.Fact{
		{Label: p.T("staff.role"), Value: p.T("role." + string(s.Role))},
		{Label: p.T("staff.branch"), Value: inLanguage(p, s.BranchNameZH, s.BranchNameEN)},
		{Label: p.T("staff.status"), Value: p.T("status." + string(s.Status))},
		{Label: p.T("staff.employment"), Value: p.T("employment." + string(s.Employment))},
		{Label: p.T("staff.hired_on"), Value: dayWords(p, s.HiredOn)},
	}
	for _, optional := range []staffview.Fact{
		{Label: p.T("staff.notice_on"), Value: dayWords(p, s.NoticeOn)},
		{Label: p.T("staff.last_on"), Value: dayWords(p, s.LastOn)},
		{Label: p.T("staff.pay_band"), Value: s.PayBand},
	} {
		if optional.Value != "" {
			facts = append(facts, optional)
		}
	}
	return facts
}

func employmentVM(p *text.Printer, e staff.EmploymentChange, inForce bool) staffview.Change {
	c := staffview.Change{
		Entered: p.DateTime(e.EnteredAt), EnteredBy: byWhom(p, e.EnteredBy, e.EnteredVia), Employment: p.T("employment." + string(e.Employment)), PayBand: e.PayBand,
		Hired: dayWords(p, e.HiredOn), Notice: dayWords(p, e.NoticeOn), Leave: dayWords(p, e.LastOn), Waits: inForce && e.ConfirmedAt.IsZero(),
	}
	switch {
	case !e.ConfirmedAt.IsZero():
		c.Confirmed, c.ConfirmedBy = p.DateTime(e.ConfirmedAt), e.ConfirmedBy
	case !inForce:
		c.Confirmed = p.T("staff.overtaken")
	}
	return c
}

// byWhom names who entered something, or the way it came where nobody is named.
func byWhom(p *text.Printer, name string, via policies.Via) string {
	if name == "" {
		return p.T("via." + string(via))
	}
	return name
}

// staffActs offers what the reader may do and says why not where they would
// look for it. Whoever may nothing at all sees no such panel.
func (a *App) staffActs(ctx context.Context, in *inquiry, p staff.Person) staffview.Acts {
	acts := staffview.Acts{Version: strconv.FormatInt(p.Version, 10)}
	href := staffHref(p.Login)
	if in.can(policies.StaffConfirm) && !p.Confirmed {
		if err := a.Staff.MayConfirm(in.Actor, p); err != nil {
			acts.NoConfirm = sentence(in.print, err)
		} else {
			acts.Confirm = href + "/confirm"
		}
	}
	if !in.can(policies.StaffManage) {
		return acts
	}
	if err := a.Staff.MayChange(ctx, in.Actor, p); err != nil {
		acts.NoChange = sentence(in.print, err)
	} else {
		acts.Edit, acts.Password = href+"/edit", href+"/password"
	}
	if p.ID != in.Actor.StaffID {
		acts.EndSessions = href + "/sessions/end"
	}
	return acts
}

// sentence is what a refusal says to people.
func sentence(p *text.Printer, err error) string {
	if f, ok := asFault(err); ok && p.Has(f.Text.Key) {
		return p.T(f.Text.Key, f.Text.Args)
	}
	return p.T("error.internal")
}
