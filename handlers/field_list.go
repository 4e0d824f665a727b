package handlers

import (
	"context"
	"net/http"
	"net/url"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/views/fieldview"
	"shuke/views/text"
	"shuke/views/ui"
)

func (a *App) listFields(c echo.Context) error {
	in := inquiryOf(c)
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	kind, known := customer.ParseKind(c.QueryParam("kind"))
	if !known {
		kind = customer.Individual
	}
	state := c.QueryParam("state")
	vm := fieldview.List{Kinds: kindViews(in.print, kind, state), States: stateViews(in.print, kind, state), Groups: a.fieldGroups(in.print, cat, kind, state)}
	return a.page(c, http.StatusOK, in.print.T("field.title"), "", func(context.Context) templ.Component { return fieldview.ListPage(vm) })
}

func fieldsHref(kind customer.Kind, state string) string {
	q := url.Values{}
	if kind == customer.Enterprise {
		q.Set("kind", kind.String())
	}
	if state != "" {
		q.Set("state", state)
	}
	if len(q) == 0 {
		return "/fields"
	}
	return "/fields?" + q.Encode()
}

func kindViews(p *text.Printer, now customer.Kind, state string) []ui.View {
	var out []ui.View
	for _, k := range []customer.Kind{customer.Individual, customer.Enterprise} {
		out = append(out, ui.View{Text: p.T("field.kind." + k.String()), Href: fieldsHref(k, state), Current: k == now})
	}
	return out
}

func stateViews(p *text.Printer, kind customer.Kind, now string) []ui.View {
	return []ui.View{
		{Text: p.T("field.all"), Href: fieldsHref(kind, ""), Current: now != "on" && now != "off"},
		{Text: p.T("field.on"), Href: fieldsHref(kind, "on"), Current: now == "on"},
		{Text: p.T("field.off"), Href: fieldsHref(kind, "off"), Current: now == "off"},
	}
}

// fieldGroups lists the fields under the headings of the card, in its order.
func (a *App) fieldGroups(p *text.Printer, cat *customer.Catalogue, kind customer.Kind, state string) []fieldview.Group {
	var out []fieldview.Group
	at := map[string]int{}
	for _, f := range cat.For(kind, true) {
		if (state == "on" && !f.On) || (state == "off" && f.On) {
			continue
		}
		key := f.GroupFor(kind.String())
		i, known := at[key]
		if !known {
			i = len(out)
			at[key], out = i, append(out, fieldview.Group{ID: "group-" + key, Label: a.groupLabel(p, key)})
		}
		out[i].Fields = append(out[i].Fields, a.fieldRow(p, f))
	}
	for i := range out {
		out[i].Count = p.T("field.count", map[string]any{"Count": len(out[i].Fields)})
	}
	return out
}

func (a *App) fieldRow(p *text.Printer, f customer.Field) fieldview.Row {
	return fieldview.Row{
		Href: fieldHref(f.Key), Label: f.Label(string(p.Language())), Type: p.T("type." + string(f.Type)), Repeat: a.repeatWords(p, f),
		Sensitivity: p.T("sensitivity." + string(f.Sensitivity)), Sealed: f.Sensitivity == catalogue.Sensitive, On: f.On,
		Purposes: listed(p, translated(p, "purpose.", f.Purposes)), Seers: rolesOf(p, f.See),
	}
}
