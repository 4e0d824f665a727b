package handlers

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/consent"
	"shuke/views/consentview"
	"shuke/views/text"
	"shuke/views/ui"
)

func (a *App) consentHistory(c echo.Context) error {
	in := inquiryOf(c)
	before, _ := strconv.ParseInt(c.QueryParam("before"), 10, 64)
	who, said, err := a.Rights.History(c.Request().Context(), in.Actor, c.Param("id"), before)
	if err != nil {
		return err
	}
	vm := consentview.History{Back: consentsHref(who.PublicID)}
	if len(said) > consent.HistoryPage {
		said = said[:consent.HistoryPage]
		vm.Older = fmt.Sprintf("%s/history?before=%d", consentsHref(who.PublicID), said[len(said)-1].N)
	}
	for _, s := range said {
		vm.Said = append(vm.Said, saidVM(in.print, s))
	}
	return a.page(c, http.StatusOK, in.print.T("consent.history_title"), who.Name+"·"+who.PublicID, func(context.Context) templ.Component { return consentview.HistoryPage(vm) })
}

func saidVM(t *text.Printer, s consent.Said) consentview.Said {
	vm := consentview.Said{Purpose: consentLabel(t, s.Purpose, s.Channel), When: t.DateTime(s.At), Who: t.T("consent.who." + string(s.Who)), How: t.T("consent.how." + string(s.How)),
		Proof: s.Proof, Staff: s.StaffName, Where: inLanguage(t, s.BranchZH, s.BranchEN), Icon: "x", State: t.T("consent.refused")}
	if s.Given {
		vm.Tone, vm.Icon, vm.State = ui.ToneOK, "check", t.T("consent.given")
	}
	if s.Wording.Of != "" {
		vm.Wording, vm.WordingHref = wordingWords(t, s.Wording), wordingHref(s.Wording.Of)+fmt.Sprintf("#v%d", s.Wording.Version)
	}
	return vm
}
