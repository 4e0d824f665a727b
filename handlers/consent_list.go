package handlers

import (
	"context"
	"fmt"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/consent"
	"shuke/models/rights"
	"shuke/models/staff"
	"shuke/policies"
	"shuke/views/consentview"
	"shuke/views/ui"
)

func (a *App) listConsents(c echo.Context) error {
	return a.consentsPage(c, http.StatusOK, form{}, problems{})
}

// consentsPage shows what holds for a customer, with the form for a wish as it
// was typed.
func (a *App) consentsPage(c echo.Context, status int, typed form, wrong problems) error {
	in, ctx := inquiryOf(c), c.Request().Context()
	branches, err := a.Staff.Branches(ctx)
	if err != nil {
		return err
	}
	opened, err := a.Rights.Open(ctx, in.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	vm := consentview.Page{Back: "/customers/" + opened.PublicID, Ways: consentWays(in, opened)}
	record := in.can(policies.ConsentRecord)
	for _, p := range purposesFor(opened.Kind) {
		vm.Purposes = append(vm.Purposes, purposeVM(in, opened, p, record))
	}
	for _, r := range opened.Restrictions {
		vm.Restrictions = append(vm.Restrictions, restrictionVM(in, opened, r, branches, record))
	}
	if record {
		vm.Form = restrictionFormVM(in, opened.PublicID, branches, typed, wrong)
	}
	return a.page(c, status, in.print.T("consent.title"), opened.Name+"·"+opened.PublicID, func(context.Context) templ.Component { return consentview.Show(vm) })
}

func purposeVM(in *inquiry, opened rights.Consents, p consent.Purpose, record bool) consentview.Purpose {
	t := in.print
	vm := consentview.Purpose{Label: t.T("consent.purpose." + string(p)), Basis: t.T("consent.basis." + string(p.Basis()))}
	if record {
		vm.Change, vm.ChangeLabel = consentHref(opened.PublicID, p, ""), t.T("consent.change_of", map[string]any{"Purpose": vm.Label})
	}
	channels := p.Channels()
	if len(channels) == 0 {
		channels = []consent.Channel{""}
	}
	if _, decided := opened.Decision(p, ""); decided { // what held before is of no more use
		vm.Basis = ""
	}
	for _, ch := range channels {
		vm.States = append(vm.States, stateVM(in, opened.States, p, ch))
	}
	return vm
}

func stateVM(in *inquiry, s consent.States, p consent.Purpose, ch consent.Channel) consentview.State {
	t := in.print
	vm := consentview.State{Text: t.T("consent.unasked"), Aside: unasked(t, s, p, ch)}
	if d, asked := s.Decision(p, ch); asked {
		vm.Aside = consentSince(t, d)
		if d.Given {
			vm.Tone, vm.Icon, vm.Text = ui.ToneOK, "check", t.T("consent.given")
		} else {
			vm.Icon, vm.Text, vm.Note = "x", t.T("consent.refused"), withdrawnNote(t, d, 0)
		}
	}
	if ch != "" {
		vm.Text = t.T("consent.channel."+string(ch)) + "·" + vm.Text
	}
	return vm
}

func restrictionVM(in *inquiry, opened rights.Consents, r consent.Restriction, branches []staff.Branch, record bool) consentview.Restriction {
	t := in.print
	vm := consentview.Restriction{Icon: restrictionIcons[r.Kind], Text: restrictionText(t, r, branchName(in, branches, r.NotAt)),
		Small: joined("·", t.Date(r.At), t.T("consent.how."+string(r.How)), branchName(in, branches, r.Branch))}
	if record {
		vm.End = fmt.Sprintf("/customers/%s/restrictions/%d/end", opened.PublicID, r.N)
		vm.EndLabel = t.T("restriction.end_of", map[string]any{"Restriction": vm.Text})
	}
	return vm
}

func branchName(in *inquiry, branches []staff.Branch, id int64) string {
	for _, b := range branches {
		if b.ID == id {
			return inLanguage(in.print, b.NameZH, b.NameEN)
		}
	}
	return ""
}

// consentWays are what else can be done for the customer.
func consentWays(in *inquiry, opened rights.Consents) []consentview.Way {
	t, base := in.print, "/customers/"+opened.PublicID
	ways := []consentview.Way{{Icon: "clock", Text: t.T("consent.history_title"), Href: base + "/consents/history"}}
	if in.can(policies.CustomerSheet) {
		ways = append(ways, consentview.Way{Icon: "print", Text: t.T("sheet.title"), Href: base + "/sheet"})
	}
	if in.can(policies.ConsentRecord) {
		ways = append(ways, consentview.Way{Icon: "chat", Text: t.T("request.title"), Href: base + "/requests"})
	}
	if in.can(policies.CustomerErase) {
		ways = append(ways, consentview.Way{Icon: "x", Text: t.T("erasure.title"), Href: base + "/erasure"})
	}
	return append(ways, consentview.Way{Icon: "doc", Text: t.T("wording.title"), Href: "/wordings"})
}
