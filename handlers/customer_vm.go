package handlers

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"shuke/models/card"
	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/views/customerview"
	"shuke/views/memberview"
	"shuke/views/peopleview"
	"shuke/views/text"
)

// cardVM puts a card into finished words.
func cardVM(in *inquiry, groups map[string]catalogue.Group, cat *customer.Catalogue, c card.Card) customerview.Card {
	p := in.print
	vm := customerview.Card{
		PublicID: c.PublicID, Firm: c.Kind == customer.Enterprise, Name: c.Name, AddressAs: c.AddressAs, Tier: in.level(c.Tier), Since: p.Date(c.CreatedAt),
		Shows: c.Shows, Names: utf8.RuneCountInString(c.Name),
	}
	vm.Under = joined("·", c.Reading, firstPhone(c))
	if c.Language != "" {
		vm.Languages = []string{languageSpoken(p, c)}
	}
	if c.Sex != "" || c.AgeBand != "" {
		age := ""
		if c.AgeBand != "" {
			age = p.T("card.age", map[string]any{"Band": strings.ReplaceAll(c.AgeBand, "-", "–")})
		}
		vm.SexAge = joined("·", sexName(p, c), age)
	}
	for _, l := range c.Do {
		line := customerview.Line{Icon: l.Icon, Text: lineText(p, l, in.Actor), Small: source(p, l.Fact)}
		line.Tag, line.Tone = readyTag(p, c, l)
		vm.Do = append(vm.Do, line)
	}
	safe := 0 // lines that stand before the customer's own restrictions
	for _, l := range c.Never {
		icon := "ban"
		if l.Safety {
			icon = "alert"
			safe++
		}
		vm.Never = append(vm.Never, customerview.Line{Icon: icon, Text: lineText(p, l, in.Actor), Small: source(p, l.Fact)})
	}
	vm.Worth = worthPanel(in, c)
	vm.Never = slices.Concat(vm.Never[:safe], pinned(p, c), vm.Never[safe:])
	vm.Consents = consentPanel(in, c)
	for _, o := range c.Occasions {
		vm.Occasions = append(vm.Occasions, occasionVM(in, o))
	}
	for _, words := range lifeVM(p, c.Life) {
		vm.Occasions = append(vm.Occasions, customerview.Occasion{Icon: "flag", Label: words, When: p.T("life.lately")})
	}
	vm.Club = memberview.CardPanel(memberPanel(in, c.PublicID, c.Club))
	if panel := peoplePanel(in, c.PublicID, c.People); panel != nil {
		vm.People = peopleview.CardPanel(*panel)
	}
	if c.More > 0 {
		vm.More = p.T("card.more_to_do", map[string]any{"Count": c.More})
	}
	vm.Visit = visitVM(in, c)
	vm.Wishes = wishesPanel(in, cat, c)
	for _, g := range c.Groups {
		label := groups[g.Key].Label(string(p.Language()))
		edit := ""
		if g.MayEdit {
			edit = "/customers/" + c.PublicID + "/edit/" + g.Key
		}
		if len(g.Entries) == 0 {
			vm.Empty = append(vm.Empty, customerview.GroupLink{Label: label, Href: edit})
			continue
		}
		if allDenied(g.Entries) {
			vm.Groups = append(vm.Groups, customerview.Group{ID: "g-" + g.Key, Label: label, Count: p.T("card.count", map[string]any{"Count": len(g.Entries)}), Denied: p.T("reveal.denied")})
			continue
		}
		vm.Groups = append(vm.Groups, customerview.Group{ID: "g-" + g.Key, Label: label, Count: p.T("card.count", map[string]any{"Count": len(g.Entries)}), EditHref: edit,
			Records: recordVMs(in, groups[g.Key], c.PublicID, g.Entries)})
	}
	for _, v := range c.Viewers {
		vm.Viewers = append(vm.Viewers, customerview.Viewer{When: p.Relative(v.LastAt, in.Actor.Now), Who: p.T("card.viewer", map[string]any{
			"Name": v.Name, "Role": p.T("role." + v.Role), "Surface": p.T(fmt.Sprintf("card.surface_%d", v.Surface)), "Count": v.Times})})
	}
	return vm
}

func allDenied(entries []card.Entry) bool {
	for _, e := range entries {
		if !e.Denied {
			return false
		}
	}
	return true
}

func joined(by string, parts ...string) string {
	var out []string
	for _, s := range parts {
		if s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, by)
}

// capital begins a line with a capital letter, in scripts that have them.
func capital(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + s[n:]
}

func firstPhone(c card.Card) string {
	if len(c.Phones) == 0 {
		return ""
	}
	return c.Phones[0]
}

// languageSpoken names the language of the identity as its field does.
func languageSpoken(p *text.Printer, c card.Card) string {
	for _, g := range c.Groups {
		for _, e := range g.Entries {
			if e.Field.Key == "language" && !e.Denied {
				return languageLabel(p, e.Field, c.Language)
			}
		}
	}
	return languageName(p, c.Language)
}

func sexName(p *text.Printer, c card.Card) string {
	for _, g := range c.Groups {
		for _, e := range g.Entries {
			if e.Field.Key == "sex" && !e.Denied && !e.Masked {
				return e.Field.OptionLabel(e.Value, string(p.Language()))
			}
		}
	}
	return ""
}

func occasionVM(in *inquiry, o card.Occasion) customerview.Occasion {
	p := in.print
	vm := customerview.Occasion{Icon: "rings", Label: o.Field.Label(string(p.Language())), When: p.T("card.in_days", map[string]any{"Count": o.Days})}
	if strings.Contains(o.Field.Key, "birth") {
		vm.Icon = "cake"
	}
	if o.Field.Birthday() { // its day shows on the day itself: a count of days would tell it before
		vm.When = p.T("card.soon")
	}
	if o.Days == 0 {
		vm.When = p.T("card.today")
		if o.Years > 0 {
			vm.Note = p.T("card.years", map[string]any{"Count": o.Years})
		}
	}
	if o.Lunar {
		vm.Note = joined(", ", vm.Note, p.T("card.by_lunar"))
	}
	return vm
}

// recordVMs keeps what belongs together under one title: each child, each job.
func recordVMs(in *inquiry, g catalogue.Group, publicID string, entries []card.Entry) []customerview.Record {
	var out []customerview.Record
	last := "-"
	for _, e := range entries {
		title := ""
		if r := e.Field.Record(); r != "" {
			title = fmt.Sprintf("%s %d", g.Records[r].In(string(in.print.Language())), e.Item+1)
		}
		if title != last || len(out) == 0 {
			out = append(out, customerview.Record{Title: title})
			last = title
		}
		out[len(out)-1].Facts = append(out[len(out)-1].Facts, factVM(in, publicID, e))
	}
	return out
}

func factVM(in *inquiry, publicID string, e card.Entry) customerview.Fact {
	p := in.print
	vm := customerview.Fact{Label: e.Field.Label(string(p.Language())), Src: source(p, e.Fact), Pips: e.Trust, PipsLabel: p.T(fmt.Sprintf("card.trust_%d", e.Trust)),
		Stale: e.Stale, History: fmt.Sprintf("/customers/%s/facts/%s/%d", publicID, e.Field.Key, e.Item)}
	if e.Masked || e.Denied {
		vm.Mask = maskVM(in, publicID, e)
		return vm
	}
	vm.Value = valueText(p, e.Field, e.Fact, in.Actor)
	if e.Field.Key == "tier" {
		vm.Value = in.level(vm.Value).Text
	}
	vm.Long = e.Stale || utf8.RuneCountInString(vm.Value) > shortValue
	if e.Field.Type == catalogue.URL {
		vm.Href = e.Value
	}
	return vm
}

// shortValue is how many letters stand beside their source on one line.
const shortValue = 9

func maskVM(in *inquiry, publicID string, e card.Entry) *customerview.Mask {
	p := in.print
	m := &customerview.Mask{ID: fmt.Sprintf("mask-%d", e.N), Text: e.Hint, Label: p.T("reveal.hidden", map[string]any{"Field": e.Field.Label(string(p.Language()))}), Why: p.T("reveal.denied")}
	if e.Reveal {
		m.Reveal = fmt.Sprintf("/customers/%s/reveal/%d", publicID, e.N)
	}
	return m
}

// source says where a fact is from: channel and day, small and grey.
func source(p *text.Printer, f customer.Fact) string {
	return p.T("channel."+string(f.Channel)) + "·" + p.Date(f.RecordedAt)
}
