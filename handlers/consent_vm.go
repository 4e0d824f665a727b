package handlers

import (
	"slices"
	"strings"

	"shuke/models/card"
	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/policies"
	"shuke/views/customerview"
	"shuke/views/text"
	"shuke/views/ui"
)

func consentsHref(id string) string { return "/customers/" + id + "/consents" }

func consentHref(id string, p consent.Purpose, c consent.Channel) string {
	href := consentsHref(id) + "/" + string(p)
	if c != "" {
		href += "?channel=" + string(c)
	}
	return href
}

// purposesFor are those that a kind of customer decides about.
func purposesFor(k customer.Kind) []consent.Purpose {
	if k != customer.Enterprise {
		return consent.Purposes
	}
	return slices.DeleteFunc(slices.Clone(consent.Purposes), func(p consent.Purpose) bool { return !p.ForFirms() })
}

// consentLabel names a purpose with its channel: 营销·短信.
func consentLabel(t *text.Printer, p consent.Purpose, c consent.Channel) string {
	label := t.T("consent.purpose." + string(p))
	if c == "" {
		return label
	}
	return label + "·" + t.T("consent.channel."+string(c))
}

// consentSince says when and how it was said.
func consentSince(t *text.Printer, d consent.Decision) string {
	return t.Date(d.At) + " " + t.T("consent.how."+string(d.How))
}

// unasked says what holds while nobody has asked.
func unasked(t *text.Printer, s consent.States, p consent.Purpose, c consent.Channel) string {
	if s.Allows(p, c) {
		return t.T("consent.default_yes")
	}
	return t.T("consent.default_no")
}

// consentPanel is the panel of the card: what was decided, and of what was not
// what a clerk should know before using it.
func consentPanel(in *inquiry, c card.Card) customerview.Consents {
	out := customerview.Consents{Shown: in.can(policies.ConsentRead), Href: consentsHref(c.PublicID), History: consentsHref(c.PublicID) + "/history"}
	if !out.Shown {
		return out
	}
	if in.can(policies.CustomerSheet) {
		out.Sheet = "/customers/" + c.PublicID + "/sheet"
	}
	record := in.can(policies.ConsentRecord)
	add := func(p consent.Purpose, ch consent.Channel, asked bool, d consent.Decision) {
		row := consentRow(in.print, c, p, ch, asked, d)
		if record {
			row.Href = consentHref(c.PublicID, p, ch)
		}
		out.Rows = append(out.Rows, row)
	}
	for _, p := range purposesFor(c.Kind) {
		channels := p.Channels()
		some := false
		for _, ch := range channels {
			if d, asked := c.Consents.Decision(p, ch); asked {
				add(p, ch, true, d)
				some = true
			}
		}
		d, asked := c.Consents.Decision(p, "")
		switch {
		case len(channels) == 0 && (asked || heldFor(c, p) || p == consent.Service || p == consent.Partners):
			add(p, "", asked, d)
		case len(channels) > 0 && !some && p == consent.Marketing:
			add(p, "", false, consent.Decision{})
		}
	}
	return out
}

// heldFor reports whether the card shows something that stands under a purpose.
func heldFor(c card.Card, p consent.Purpose) bool {
	return slices.ContainsFunc(c.Groups, func(g card.Group) bool {
		return slices.ContainsFunc(g.Entries, func(e card.Entry) bool { return e.Field.Consent() == p && (p == consent.Safety || p == consent.Child) })
	})
}

func consentRow(t *text.Printer, c card.Card, p consent.Purpose, ch consent.Channel, asked bool, d consent.Decision) customerview.Consent {
	row := customerview.Consent{Label: consentLabel(t, p, ch)}
	switch {
	case !asked:
		row.Open = true
		row.Yes, row.State, row.Aside = c.Consents.Allows(p, ch), t.T("consent.unasked"), unasked(t, c.Consents, p, ch)
		row.ToAsk = p.Basis() == consent.Told && heldFor(c, p)
	case d.Given:
		row.Yes, row.Aside = true, consentSince(t, d)
	default:
		row.State, row.Aside = t.T("consent.refused"), consentSince(t, d)
		row.Note = withdrawnNote(t, d, c.Withdrawn[p])
	}
	return row
}

// withdrawnNote says what a withdrawal hides and when it is deleted.
func withdrawnNote(t *text.Printer, d consent.Decision, hidden int) string {
	var out []string
	if hidden > 0 {
		out = append(out, t.T("consent.hidden", map[string]any{"Count": hidden}))
	}
	if !d.ClearAt.IsZero() {
		out = append(out, t.T("consent.deleted_on", map[string]any{"Day": t.Date(d.ClearAt)}))
	}
	return strings.Join(out, t.T("consent.and"))
}

// restrictionIcons are the shapes beside restrictions.
var restrictionIcons = map[consent.Kind]string{consent.NotPerson: "quiet", consent.NotBranch: "building", consent.NotHours: "clock", consent.NoPhoto: "camera", consent.NoHousehold: "user", consent.OtherRestriction: "ban"}

// restrictionText puts a restriction into a sentence. The branch is named where its name is at
// hand.
func restrictionText(t *text.Printer, r consent.Restriction, branch string) string {
	var words string
	switch r.Kind {
	case consent.NotPerson:
		words = t.T("restriction.text_person", map[string]any{"Person": r.Person})
		if r.Relation != "" {
			words = t.T("restriction.text_person_relation", map[string]any{"Person": r.Person, "Relation": r.Relation})
		}
	case consent.NotBranch:
		words = t.T("restriction.text_some_branch")
		if branch != "" {
			words = t.T("restriction.text_branch", map[string]any{"Branch": branch})
		}
	case consent.NotHours:
		words = t.T("restriction.text_hours", map[string]any{"From": text.Clock(r.From), "Until": text.Clock(r.To)})
	case consent.NoPhoto:
		words = t.T("restriction.text_photo")
	case consent.NoHousehold:
		words = t.T("restriction.text_household")
	default:
		return r.Note
	}
	return joined(t.T("consent.and"), words, r.Note)
}

// pinned are the restrictions of a customer and what follows from a withdrawn safety, as
// lines under what must never be done.
func pinned(t *text.Printer, c card.Card) []customerview.Line {
	var out []customerview.Line
	if d, asked := c.Consents.Decision(consent.Safety, ""); asked && !d.Given {
		out = append(out, customerview.Line{Icon: "alert", Text: t.T("consent.ask_each_time"), Small: consentSince(t, d)})
	}
	for _, r := range c.Consents.Restrictions {
		out = append(out, customerview.Line{Icon: restrictionIcons[r.Kind], Text: restrictionText(t, r, ""), Small: t.T("restriction.own") + "·" + t.Date(r.At)})
	}
	return out
}

func hows(t *text.Printer, chosen consent.How) []ui.Option {
	var out []ui.Option
	for _, h := range consent.Hows {
		out = append(out, ui.Option{Value: string(h), Label: t.T("consent.how." + string(h)), Selected: h == chosen})
	}
	return out
}

func speakers(t *text.Printer, chosen consent.Speaker) []ui.Option {
	var out []ui.Option
	for _, w := range consent.Speakers {
		out = append(out, ui.Option{Value: string(w), Label: t.T("consent.who." + string(w)), Selected: w == chosen})
	}
	return out
}
