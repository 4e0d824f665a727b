package handlers

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"shuke/models/calendar"
	"shuke/models/card"
	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/phone"
	"shuke/policies"
	"shuke/views/text"
)

// valueText writes a stored value for the reader. Birthdays show their month:
// the day shows on the day itself.
func valueText(p *text.Printer, f customer.Field, fact customer.Fact, a policies.Actor) string {
	if fact.None {
		return p.T("customer.none")
	}
	if f.Birthday() {
		return birthText(p, fact.Value, calendar.Today(a.Now, a.Zone))
	}
	return plainText(p, f, fact.Value)
}

// plainText writes a value whole, as it is revealed or edited.
func plainText(p *text.Printer, f customer.Field, value string) string {
	lang := string(p.Language())
	switch f.Type {
	case catalogue.Choice:
		return f.OptionLabel(value, lang)
	case catalogue.Language:
		return languageLabel(p, f, value)
	case catalogue.Phone:
		number, ext, _ := strings.Cut(value, ";ext=")
		return joined(" ", phone.Format(number), extText(p, ext))
	case catalogue.Money:
		minor, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			return value
		}
		return p.Money(minor, "CNY")
	case catalogue.Date:
		return dayText(p, value)
	case catalogue.Number:
		return joined(" ", value, f.Unit.In(lang))
	}
	return value
}

// lineText is an instruction as the head of a card has it. Those of own fields
// bear their name: an answer alone says nothing.
func lineText(p *text.Printer, l card.Line, a policies.Actor) string {
	if !l.Of.Own() {
		return l.Text
	}
	return p.T("own.line", map[string]any{"Field": l.Of.Label(string(p.Language())), "Value": valueText(p, l.Of, l.Fact, a)})
}

func extText(p *text.Printer, ext string) string {
	if ext == "" {
		return ""
	}
	return p.T("value.extension", map[string]any{"Number": ext})
}

// dayText writes a date as pages write days; one that is lunar or known in part
// stands as dateText has it.
func dayText(p *text.Printer, value string) string {
	if strings.HasPrefix(value, "lunar:") {
		return dateText(p, value)
	}
	return dayWords(p, value)
}

// dateText writes a solar or lunar date, whole or in part.
func dateText(p *text.Printer, value string) string {
	d, err := calendar.ParseDate(value)
	if err != nil || !d.Lunar {
		return value
	}
	args := map[string]any{"Year": d.Year, "Month": d.Month, "Day": d.Day}
	if d.Leap {
		return p.T("value.lunar_leap", args)
	}
	return p.T("value.lunar", args)
}

func birthText(p *text.Printer, value string, today calendar.Date) string {
	d, err := calendar.ParseDate(value)
	if err != nil {
		return ""
	}
	if next, ok := d.Next(today); ok && next == today {
		return p.T("value.birthday_today")
	}
	args := map[string]any{"Month": d.Month, "Name": monthName(p, d.Month)}
	switch {
	case d.Month == 0:
		return p.T("value.birth_year_known")
	case d.Lunar:
		return p.T("value.birth_month_lunar", args)
	default:
		return p.T("value.birth_month", args)
	}
}

func monthName(p *text.Printer, month int) string {
	if month < 1 || month > 12 {
		return ""
	}
	return p.T(fmt.Sprintf("month.%d", month))
}

// languageLabel names a language as the field's list does, else as texts do.
func languageLabel(p *text.Printer, f customer.Field, tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	if label := f.OptionLabel(base, string(p.Language())); label != base {
		return label
	}
	return languageName(p, tag)
}

func languageName(p *text.Printer, tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	if p.Has("language." + base) {
		return p.T("language." + base)
	}
	if known, err := language.Parse(tag); err == nil {
		if name := display.Languages(language.Make(string(p.Language()))).Name(known); name != "" {
			return name
		}
	}
	return tag
}
