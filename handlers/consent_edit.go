package handlers

import (
	"context"
	"net/http"
	"slices"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/consent"
	"shuke/models/fault"
	"shuke/models/rights"
	"shuke/views/consentview"
	"shuke/views/ui"
)

func (a *App) editConsent(c echo.Context) error {
	return a.consentForm(c, http.StatusOK, nil, problems{})
}

// consentForm asks about one purpose, with the text to be read out first.
func (a *App) consentForm(c echo.Context, status int, typed *form, wrong problems) error {
	in := inquiryOf(c)
	p := consent.Purpose(c.Param("purpose"))
	if !p.Known() {
		return fault.New(fault.NotFound, "error.not_found")
	}
	opened, err := a.Rights.OpenToRecord(c.Request().Context(), in.Actor, c.Param("id"), "consent.form_opened")
	if err != nil {
		return err
	}
	if !slices.Contains(purposesFor(opened.Kind), p) {
		return fault.New(fault.NotFound, "error.not_found")
	}
	vm := a.consentFormVM(in, opened, p, consent.Channel(c.QueryParam("channel")), typed, wrong)
	return a.page(c, status, in.print.T("consent.title"), opened.Name+"·"+vm.Label, func(context.Context) templ.Component { return consentview.FormPage(vm) })
}

func (a *App) consentFormVM(in *inquiry, opened rights.Consents, p consent.Purpose, at consent.Channel, typed *form, wrong problems) consentview.Form {
	t, lang := in.print, string(in.print.Language())
	w := opened.Wordings[string(p)]
	vm := consentview.Form{Action: consentHref(opened.PublicID, p, ""), Back: consentsHref(opened.PublicID), Once: once(), Label: t.T("consent.purpose." + string(p)),
		ReadOut: w.In(lang), Other: w.In("en"), OtherLang: "en", Wording: w.String(), WordingWords: wordingWords(t, w.Text),
		Effect: t.T("consent.effect." + string(p)), Basis: t.T("consent.basis." + string(p.Basis())), Wrong: wrong.fields, Problems: wrong.list}
	if lang == "en" {
		vm.Other, vm.OtherLang = w.In("zh-CN"), "zh-CN"
	}
	given, who, how := !agreed(opened.States, p, at), consent.Self, consent.Spoken
	channels := []consent.Channel{at}
	if typed != nil {
		given, who, how, vm.Proof = typed.text("given") != "no", consent.Speaker(typed.text("who")), consent.How(typed.text("how")), typed.text("proof")
		channels = channelsOf(*typed)
		if key := typed.text("once"); key != "" {
			vm.Once = key
		}
	}
	vm.Decisions = []ui.Option{{Value: "yes", Label: t.T("consent.agrees"), Selected: given}, {Value: "no", Label: t.T("consent.declines"), Selected: !given}}
	for _, ch := range p.Channels() {
		vm.Channels = append(vm.Channels, ui.Option{Value: string(ch), Label: t.T("consent.channel." + string(ch)), Selected: slices.Contains(channels, ch)})
	}
	vm.Whos, vm.Hows = speakers(t, who), hows(t, how)
	return vm
}

// agreed reports whether a yes stands, so that the form begins with the other
// answer.
func agreed(s consent.States, p consent.Purpose, at consent.Channel) bool {
	d, asked := s.Decision(p, at)
	return asked && d.Given
}

func channelsOf(f form) []consent.Channel {
	var out []consent.Channel
	for _, ch := range f.all("channel") {
		out = append(out, consent.Channel(ch))
	}
	return out
}

func (a *App) recordConsent(c echo.Context) error {
	in := inquiryOf(c)
	f, err := readForm(c)
	if err != nil {
		return err
	}
	d := rights.Decision{PublicID: c.Param("id"), Purpose: consent.Purpose(c.Param("purpose")), Channels: channelsOf(f), Given: f.text("given") == "yes",
		Who: consent.Speaker(f.text("who")), How: consent.How(f.text("how")), Wording: consent.ParseText(f.text("wording")), Proof: f.text("proof"), Once: f.text("once")}
	if answer := f.text("given"); answer != "yes" && answer != "no" {
		err = fault.Fields{"given": {Key: "error.choose"}}.Err()
	} else {
		err = a.Rights.Record(c.Request().Context(), in.Actor, d)
	}
	if err == nil {
		if err := in.say(c, "consent.kept"); err != nil {
			return err
		}
		return seeOther(c, consentsHref(d.PublicID))
	}
	wrong, err := refused(in.print, err)
	if err != nil {
		return err
	}
	return a.consentForm(c, http.StatusUnprocessableEntity, &f, wrong)
}
