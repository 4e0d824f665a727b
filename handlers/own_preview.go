package handlers

import (
	"shuke/models/card"
	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/views/customerview"
	"shuke/views/fieldview"
	"shuke/views/text"
)

// ownPreview shows a field as the form and the card would, with a made-up value.
func (a *App) ownPreview(in *inquiry, d customer.OwnDraft) fieldview.Preview {
	p := in.print
	f := customer.Field{Field: d.Field()}
	f.Key = catalogue.OwnPrefix + "preview"
	if f.Label(string(p.Language())) == "" {
		f.Labels = catalogue.Labels{"zh-CN": p.T("own.unnamed"), "en": p.T("own.unnamed")}
	}
	fact := customer.Fact{Field: f.Key, Value: sample(p, f), Channel: "service", Trust: 3, RecordedAt: in.Actor.Now}
	b := &customerForm{in: in, groups: a.groups}
	input := b.input(f, 0)
	shown := customerview.Fact{Label: f.Label(string(p.Language())), Src: source(p, fact), Pips: fact.Trust, PipsLabel: p.T("card.trust_3")}
	if f.Masked() {
		shown.Mask = &customerview.Mask{Text: f.Hint(fact.Value), Label: p.T("reveal.hidden", map[string]any{"Field": shown.Label}), Why: p.T("reveal.ask")}
	} else {
		shown.Value = valueText(p, f, fact, in.Actor)
	}
	out := fieldview.Preview{Input: customerview.PreviewInput(input), Fact: customerview.PreviewFact(a.groupLabel(p, f.GroupFor(kindOf(f))), shown), Several: f.Repeats()}
	if f.Glance != "" && shown.Mask == nil {
		out.Head, out.HeadOf = lineText(p, card.Line{Of: f, Fact: fact}, in.Actor), p.T("own.glance."+f.Glance)
	}
	return out
}

// kindOf is a kind of customer that has the field.
func kindOf(f customer.Field) string {
	if f.Kind == catalogue.Enterprise {
		return catalogue.Enterprise
	}
	return catalogue.Individual
}

// sample is a made-up value as it would be stored.
func sample(p *text.Printer, f customer.Field) string {
	switch f.Type {
	case catalogue.Choice, catalogue.Language:
		for _, o := range f.Options {
			if !o.Retired {
				return o.Value
			}
		}
		return p.T("own.sample.text")
	case catalogue.Number:
		return "42"
	case catalogue.Money:
		return "128000"
	case catalogue.Date:
		return "2026-11-22"
	case catalogue.Phone:
		return "+8613800001234"
	case catalogue.Email:
		return "name@example.com"
	case catalogue.URL:
		return "https://example.com/"
	case catalogue.Plate:
		return "浙A12345"
	case catalogue.Document:
		return "E12345678"
	case catalogue.Address:
		return p.T("own.sample.address")
	case catalogue.Name, catalogue.PersonName, catalogue.Reading:
		return p.T("own.sample.name")
	}
	return p.T("own.sample.text")
}
