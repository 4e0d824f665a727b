package handlers

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/policies"
	"shuke/views/fieldview"
	"shuke/views/text"
	"shuke/views/ui"
)

// fieldFilter is what of the catalogue somebody looks at.
type fieldFilter struct {
	kind                 customer.Kind
	state, origin, query string
}

func (a *App) listFields(c echo.Context) error {
	in := inquiryOf(c)
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	f := fieldFilter{state: c.QueryParam("state"), origin: c.QueryParam("origin"), query: strings.TrimSpace(c.QueryParam("q"))}
	var known bool
	if f.kind, known = customer.ParseKind(c.QueryParam("kind")); !known {
		f.kind = customer.Individual
	}
	p := in.print
	vm := fieldview.List{Kinds: f.kinds(p), States: f.states(p), Origins: f.origins(p), Groups: a.fieldGroups(p, cat, f), Query: f.query, Kept: f.kept(),
		Own: p.T("own.count", map[string]any{"Count": len(cat.Own()), "Max": customer.MostOwnFields})}
	if in.can(policies.FieldManage) {
		vm.New = "/fields/new"
	}
	return a.page(c, http.StatusOK, p.T("field.title"), "", func(context.Context) templ.Component { return fieldview.ListPage(vm) })
}

// kept are the choices beside the search.
func (f fieldFilter) kept() []fieldview.Kept {
	var out []fieldview.Kept
	for _, k := range []fieldview.Kept{{Name: "kind", Value: f.kind.String()}, {Name: "state", Value: f.state}, {Name: "origin", Value: f.origin}} {
		if k.Value != "" && k.Value != catalogue.Individual {
			out = append(out, k)
		}
	}
	return out
}

func (f fieldFilter) href() string {
	q := url.Values{}
	for _, k := range f.kept() {
		q.Set(k.Name, k.Value)
	}
	if f.query != "" {
		q.Set("q", f.query)
	}
	if len(q) == 0 {
		return "/fields"
	}
	return "/fields?" + q.Encode()
}

func (f fieldFilter) kinds(p *text.Printer) []ui.View {
	var out []ui.View
	for _, k := range []customer.Kind{customer.Individual, customer.Enterprise} {
		other := f
		other.kind = k
		out = append(out, ui.View{Text: p.T("field.kind." + k.String()), Href: other.href(), Current: k == f.kind})
	}
	return out
}

func (f fieldFilter) states(p *text.Printer) []ui.View {
	view := func(word, state string, current bool) ui.View {
		other := f
		other.state = state
		return ui.View{Text: word, Href: other.href(), Current: current}
	}
	return []ui.View{
		view(p.T("field.all"), "", f.state != "on" && f.state != "off"), view(p.T("field.on"), "on", f.state == "on"), view(p.T("field.off"), "off", f.state == "off"),
	}
}

func (f fieldFilter) origins(p *text.Printer) []ui.View {
	view := func(word, origin string, current bool) ui.View {
		other := f
		other.origin = origin
		return ui.View{Text: word, Href: other.href(), Current: current}
	}
	return []ui.View{
		view(p.T("field.all"), "", f.origin != "own" && f.origin != "shipped"), view(p.T("own.tag"), "own", f.origin == "own"), view(p.T("own.shipped"), "shipped", f.origin == "shipped"),
	}
}

// shows reports whether a field is among those looked at. A search reads names in
// both languages, keys and helps.
func (f fieldFilter) shows(of customer.Field) bool {
	switch {
	case f.state == "on" && !of.On, f.state == "off" && of.On, f.origin == "own" && !of.Own(), f.origin == "shipped" && of.Own():
		return false
	case f.query == "":
		return true
	}
	query := strings.ToLower(f.query)
	for _, words := range []string{of.Key, of.Labels["zh-CN"], of.Labels["en"], of.Help["zh-CN"], of.Help["en"]} {
		if strings.Contains(strings.ToLower(words), query) {
			return true
		}
	}
	return false
}

// fieldGroups lists the fields under the headings of the card, in its order.
func (a *App) fieldGroups(p *text.Printer, cat *customer.Catalogue, filter fieldFilter) []fieldview.Group {
	var out []fieldview.Group
	at := map[string]int{}
	for _, f := range cat.For(filter.kind, true) {
		if !filter.shows(f) {
			continue
		}
		key := f.GroupFor(filter.kind.String())
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
		Sensitivity: p.T("sensitivity." + string(f.Sensitivity)), Sealed: f.Sensitivity == catalogue.Sensitive, On: f.On, Own: f.Own(),
		Purposes: listed(p, translated(p, "purpose.", f.Purposes)), Seers: rolesOf(p, f.See),
	}
}
