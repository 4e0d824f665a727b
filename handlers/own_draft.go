package handlers

import (
	"slices"
	"strings"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/policies"
	"shuke/views/text"
	"shuke/views/ui"
)

// firstDraft is what a new field of the house's own begins as.
func firstDraft() customer.OwnDraft {
	seers := catalogue.Roles()
	return customer.OwnDraft{
		Kind: catalogue.Individual, Group: "life", CompanyGroup: "company_dealing", Type: string(catalogue.Text), Sensitivity: string(catalogue.Personal),
		See:    slices.DeleteFunc(slices.Clone(seers), func(r string) bool { return r == string(policies.Floor) }),
		Change: slices.DeleteFunc(seers, func(r string) bool { return r == string(policies.Floor) || r == string(policies.Owner) }),
	}
}

func ownDraft(f form) customer.OwnDraft {
	return customer.OwnDraft{
		NameZH: f.trimmed("name_zh"), NameEN: f.trimmed("name_en"), HelpZH: f.trimmed("help_zh"), HelpEN: f.trimmed("help_en"),
		Kind: f.text("kind"), Group: f.text("group"), CompanyGroup: f.text("company_group"), Type: f.text("type"),
		Options: strings.ReplaceAll(f.text("options"), "\r\n", "\n"), Length: f.trimmed("length"), UnitZH: f.trimmed("unit_zh"), UnitEN: f.trimmed("unit_en"),
		Several: f.has("several"), NoneAllowed: f.has("none"), Sensitivity: f.text("sensitivity"), OpenReason: f.trimmed("open_reason"),
		Purposes: f.all("purposes"), BenefitZH: f.trimmed("benefit_zh"), BenefitEN: f.trimmed("benefit_en"), HalfLife: f.trimmed("half_life"),
		See: f.all("see"), Change: f.all("change"), Band: f.text("band"), Glance: f.text("glance"), ImportKey: f.has("import_key"),
	}
}

// draftLines says a draft in words, a line a box: what of it differs from
// another is found by comparing the lines.
func (a *App) draftLines(p *text.Printer, d customer.OwnDraft) []ui.Difference {
	named := func(prefix, code string) string {
		if !p.Has(prefix + code) {
			return p.T("own.none_of_these")
		}
		return p.T(prefix + code)
	}
	yes := func(is bool) string {
		if is {
			return p.T("own.yes")
		}
		return p.T("own.no")
	}
	line := func(label, value string) ui.Difference { return ui.Difference{Label: label, Now: value} }
	return []ui.Difference{
		line(p.T("own.name_zh"), d.NameZH), line(p.T("own.name_en"), d.NameEN), line(p.T("own.help_zh"), d.HelpZH), line(p.T("own.help_en"), d.HelpEN),
		line(p.T("own.kind"), named("field.kind.", d.Kind)), line(p.T("own.group"), a.groupLabel(p, d.Group)), line(p.T("own.company_group"), a.groupLabel(p, d.CompanyGroup)),
		line(p.T("own.type"), named("type.", d.Type)), line(p.T("own.options"), strings.ReplaceAll(d.Options, "\n", "; ")), line(p.T("own.length"), d.Length),
		line(p.T("own.unit_zh"), d.UnitZH), line(p.T("own.unit_en"), d.UnitEN), line(p.T("own.several"), yes(d.Several)), line(p.T("own.none"), yes(d.NoneAllowed)),
		line(p.T("own.sensitivity"), named("sensitivity.", d.Sensitivity)), line(p.T("own.open_reason"), d.OpenReason),
		line(p.T("own.see"), rolesOf(p, d.See)), line(p.T("own.change"), rolesOf(p, d.Change)),
		line(p.T("own.purposes"), listed(p, purposeWords(p, d.Purposes))), line(p.T("own.benefit_zh"), d.BenefitZH), line(p.T("own.benefit_en"), d.BenefitEN),
		line(p.T("own.half_life"), d.HalfLife), line(p.T("own.band"), named("own.band.", d.Band)), line(p.T("own.glance"), named("own.glance.", d.Glance)),
		line(p.T("own.import_key"), yes(d.ImportKey)),
	}
}

// draftDifferences puts what stands beside what was typed, without what the
// chosen kind and type have no use for.
func (a *App) draftDifferences(p *text.Printer, now, typed customer.OwnDraft) *ui.StaleProps {
	lines, other := a.draftLines(p, now), a.draftLines(p, customer.DraftOf(typed.Field()))
	for i := range lines {
		lines[i].Typed = other[i].Now
	}
	return staleNotice(p, lines...)
}

// ownChoices are the lists of the form, with what is chosen.
type ownChoices struct {
	p *text.Printer
	d customer.OwnDraft
}

func (c ownChoices) of(prefix string, chosen []string, codes ...string) []ui.Option {
	var out []ui.Option
	for _, code := range codes {
		out = append(out, ui.Option{Value: code, Label: c.p.T(prefix + code), Selected: slices.Contains(chosen, code)})
	}
	return out
}

func (c ownChoices) kinds() []ui.Option {
	return c.of("field.kind.", []string{c.d.Kind}, catalogue.Individual, catalogue.Enterprise, catalogue.Both)
}

func (c ownChoices) types() []ui.Option {
	var codes []string
	for _, t := range catalogue.Types() {
		codes = append(codes, string(t))
	}
	return c.of("type.", []string{c.d.Type}, codes...)
}

func (c ownChoices) sensitivities() []ui.Option {
	out := c.of("sensitivity.", []string{c.d.Sensitivity}, string(catalogue.Open), string(catalogue.Personal), string(catalogue.Sensitive))
	for i := range out {
		out[i].Hint = c.p.T("own.explain." + out[i].Value)
	}
	return out
}

func (c ownChoices) roles(chosen []string) []ui.Option {
	return c.of("role.", chosen, catalogue.Roles()...)
}

func (c ownChoices) purposes() []ui.Option {
	return c.of("purpose.", c.d.Purposes, customer.Purposes...)
}

func (c ownChoices) bands() []ui.Option {
	return c.of("own.band.", []string{c.d.Band}, catalogue.BandAge, catalogue.BandYear, catalogue.BandIncome, catalogue.BandRegion, catalogue.BandCode)
}

func (c ownChoices) glances() []ui.Option {
	return c.of("own.glance.", []string{c.d.Glance}, catalogue.GlanceDo, catalogue.GlanceNever, catalogue.GlanceOccasion)
}

// groups are those of a kind of customer, in the order of the card.
func (c ownChoices) groups(kind, chosen string) []ui.Option {
	all, err := catalogue.ShippedGroups()
	if err != nil {
		return nil
	}
	var out []ui.Option
	for _, g := range all {
		if g.Kind == kind {
			out = append(out, ui.Option{Value: g.Key, Label: g.Label(string(c.p.Language())), Selected: g.Key == chosen})
		}
	}
	return out
}
