package handlers

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/policies"
	"shuke/views/fieldview"
	"shuke/views/text"
	"shuke/views/ui"
)

func (a *App) showField(c echo.Context) error {
	f, err := inquiryOf(c).field(c, c.Param("key"))
	if err != nil {
		return err
	}
	return a.fieldPage(c, http.StatusOK, f, customer.Switch{On: f.On, Purposes: f.Purposes, Edition: f.Edition}, problems{}, nil)
}

func (in *inquiry) field(c echo.Context, key string) (customer.Field, error) {
	cat, err := in.catalogue(c)
	if err != nil {
		return customer.Field{}, err
	}
	f, known := cat.Field(key)
	if !known {
		return f, errNoField
	}
	return f, nil
}

var errNoField = fault.New(fault.NotFound, "error.not_found")

// fieldPage shows a field and, to those who decide about it, the decision as
// they typed it.
func (a *App) fieldPage(c echo.Context, status int, f customer.Field, typed customer.Switch, wrong problems, stale *ui.StaleProps) error {
	in := inquiryOf(c)
	p := in.print
	lang := string(p.Language())
	vm := fieldview.Field{Label: f.Label(lang), Help: f.Help.In(lang), Benefit: f.Benefit.In(lang), On: f.On, Facts: a.fieldFacts(p, f)}
	for _, o := range f.Options {
		vm.Options = append(vm.Options, fieldview.Option{Label: o.Labels.In(lang), Retired: o.Retired})
	}
	if f.Own() {
		own, err := a.ownWays(c, in, f)
		if err != nil {
			return err
		}
		vm.Own = own
	}
	switch {
	case customer.AlwaysOn(f.Key):
		vm.Fixed = p.T("field.name_stays")
	case in.can(policies.FieldManage):
		vm.Form = fieldForm(p, f, typed, wrong, stale)
	}
	return a.page(c, status, p.T("field.title"), vm.Label, func(context.Context) templ.Component { return fieldview.FieldPage(vm) })
}

func fieldForm(p *text.Printer, f customer.Field, typed customer.Switch, wrong problems, stale *ui.StaleProps) *fieldview.Form {
	form := &fieldview.Form{Action: fieldHref(f.Key), Edition: strconv.FormatInt(typed.Edition, 10), Reason: typed.Reason, Wrong: wrong.fields, Problems: wrong.list, Stale: stale}
	form.On = []ui.Option{{Value: "yes", Label: p.T("field.on"), Selected: typed.On}, {Value: "no", Label: p.T("field.off"), Selected: !typed.On}}
	for _, purpose := range customer.Purposes {
		form.Purposes = append(form.Purposes, ui.Option{Value: purpose, Label: p.T("purpose." + purpose), Selected: slices.Contains(typed.Purposes, purpose)})
	}
	return form
}

func (a *App) fieldFacts(p *text.Printer, f customer.Field) []fieldview.Fact {
	kinds := p.T("field.kind." + f.Kind)
	var groups []string
	for _, kind := range []string{catalogue.Individual, catalogue.Enterprise} {
		if g := f.GroupFor(kind); g != "" {
			groups = append(groups, a.groupLabel(p, g))
		}
	}
	facts := []fieldview.Fact{
		{Label: p.T("field.key"), Value: f.Key, Code: true},
		{Label: p.T("field.kinds"), Value: kinds},
		{Label: p.T("field.group"), Value: listed(p, slices.Compact(groups))},
		{Label: p.T("field.type"), Value: p.T("type." + string(f.Type))},
		{Label: p.T("field.repeat"), Value: a.repeatWords(p, f)},
		{Label: p.T("field.sensitivity"), Value: p.T("sensitivity." + string(f.Sensitivity))},
		{Label: p.T("field.purposes"), Value: listed(p, translated(p, "purpose.", f.Purposes))},
		{Label: p.T("field.seers"), Value: rolesOf(p, f.See)},
		{Label: p.T("field.changers"), Value: rolesOf(p, f.Change)},
	}
	if f.HalfLifeDays > 0 {
		facts = append(facts, fieldview.Fact{Label: p.T("field.half_life"), Value: p.T("field.days", map[string]any{"Count": f.HalfLifeDays})})
	}
	reason := f.Reason
	switch {
	case f.Own():
		facts = append(facts, a.ownFacts(p, f)...)
	case reason == "":
		reason = p.T("field.as_shipped")
	}
	facts = append(facts, fieldview.Fact{Label: p.T("field.reason_now"), Value: reason})
	return slices.DeleteFunc(facts, func(f fieldview.Fact) bool { return f.Value == "" })
}
