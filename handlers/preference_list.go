package handlers

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/card"
	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/policies"
	"shuke/views/preferenceview"
	"shuke/views/text"
)

// listPreferences shows everything a customer wants and wanted, with who heard
// it where.
func (a *App) listPreferences(c echo.Context) error {
	in := inquiryOf(c)
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	before, _ := strconv.ParseInt(c.QueryParam("before"), 10, 64)
	who, now, ended, err := a.Customers.Wanted(c.Request().Context(), in.Actor, cat, c.Param("id"), before)
	if err != nil {
		return err
	}
	back := "/customers/" + who.PublicID
	vm := preferenceview.List{Back: back}
	if len(ended) > customer.WantedPage {
		ended = ended[:customer.WantedPage]
		vm.Older = fmt.Sprintf("%s/preferences?before=%d", back, ended[len(ended)-1].N)
	}
	vm.Panel = wantedPanel(in, cat, who.PublicID, now)
	if in.can(policies.CustomerEdit) {
		newest, _ := strconv.ParseInt(c.QueryParam("new"), 10, 64)
		vm.Same = sameVM(in, cat, who.PublicID, now, newest)
	}
	for _, w := range ended {
		vm.Ended = append(vm.Ended, endedVM(in, cat, w))
	}
	return a.page(c, http.StatusOK, in.print.T("preference.title"), who.Name, func(context.Context) templ.Component { return preferenceview.ListPage(vm) })
}

func wantedPanel(in *inquiry, cat *customer.Catalogue, publicID string, now []customer.Wanted) preferenceview.Panel {
	heard := map[int64]customer.Wanted{}
	var wishes []card.Wish
	for _, w := range now {
		heard[w.N] = w
		wishes = append(wishes, card.WishOf(in.Actor, cat, w.Fact))
	}
	card.SortWishes(wishes)
	return preferenceview.Panel{Count: in.print.T("preference.count", map[string]any{"Count": len(now)}),
		Areas: wishesVM(in, publicID, wishes, func(w card.Wish) string { return heardBy(in.print, heard[w.N]) })}
}

// heardBy says who heard a wish, where, on which channel and when.
func heardBy(p *text.Printer, w customer.Wanted) string {
	where := w.BranchZH
	if p.Language() == text.English {
		where = w.BranchEN
	}
	return joined("·", joined(", ", w.StaffName, w.Source), where, p.T("channel."+string(w.Channel)), p.Date(w.RecordedAt))
}

func endedVM(in *inquiry, cat *customer.Catalogue, w customer.Wanted) preferenceview.Ended {
	p := in.print
	vm := preferenceview.Ended{Wording: w.Value, Area: cat.Area(w.Preference.Area).In(string(p.Language())), Src: heardBy(p, w), When: p.Date(w.EndedAt), Never: w.Preference.Act == catalogue.ActNever}
	reason, words, _ := strings.Cut(w.Preference.RetiredWhy, " ")
	switch {
	case w.EndedWording != "":
		vm.How = p.T("preference.ended_by", map[string]any{"Wording": w.EndedWording})
	case reason != "" && p.Has("preference.reason."+reason):
		vm.How = p.T("preference.ended_why", map[string]any{"Why": joined(", ", p.T("preference.reason."+reason), words)})
	default:
		vm.How = p.T("history.superseded")
	}
	return vm
}

// sameVM asks which holds of the wish that was just noted and those that may be
// about the same thing; nil when there are none.
func sameVM(in *inquiry, cat *customer.Catalogue, publicID string, now []customer.Wanted, n int64) *preferenceview.Same {
	var facts []customer.Fact
	heard := map[int64]customer.Wanted{}
	for _, w := range now {
		facts, heard[w.N] = append(facts, w.Fact), w
	}
	vm := &preferenceview.Same{New: heard[n].Value, By: strconv.FormatInt(n, 10), Keep: "/customers/" + publicID + "#wishes"}
	for _, f := range customer.Alike(cat, facts, n) {
		vm.Old = append(vm.Old, preferenceview.SameOld{Wording: f.Value, Never: f.Preference.Act == catalogue.ActNever, Src: heardBy(in.print, heard[f.N]),
			Replace: fmt.Sprintf("/customers/%s/preferences/%d/replace", publicID, f.N)})
	}
	if len(vm.Old) == 0 {
		return nil
	}
	return vm
}
