package handlers

import (
	"slices"
	"strings"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/policies"
	"shuke/views/text"
)

func fieldHref(key string) string { return "/fields/" + key }

// listed joins words as the language does: 、 in Chinese, a comma in English.
func listed(p *text.Printer, words []string) string { return strings.Join(words, p.T("field.and")) }

func translated(p *text.Printer, prefix string, codes []string) []string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = p.T(prefix + c)
	}
	return out
}

// rolesOf names roles in the order of pages, whatever the order in the data.
func rolesOf(p *text.Printer, roles []string) string {
	var out []string
	for _, r := range policies.Roles {
		if slices.Contains(roles, string(r)) {
			out = append(out, p.T("role."+string(r)))
		}
	}
	return listed(p, out)
}

// repeatWords says how often a field stands on a card: several values, or one in
// each record such as a child; "" for a field that stands there once.
func (a *App) repeatWords(p *text.Printer, f customer.Field) string {
	if f.Repeat == catalogue.RepeatValue {
		return p.T("field.several")
	}
	for _, g := range a.groups {
		if labels, ok := g.Records[f.Record()]; ok {
			return p.T("field.in_record", map[string]any{"Record": labels.In(string(p.Language()))})
		}
	}
	return f.Record()
}

func (a *App) groupLabel(p *text.Printer, key string) string {
	if g, ok := a.groups[key]; ok {
		return g.Label(string(p.Language()))
	}
	return key
}
