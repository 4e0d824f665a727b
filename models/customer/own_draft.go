package customer

import (
	"slices"
	"strconv"
	"strings"

	"shuke/models/catalogue"
)

// OwnDraft is a field of the house's own as somebody describes it: lists and
// numbers stand as they were typed.
type OwnDraft struct {
	NameZH, NameEN            string
	HelpZH, HelpEN            string
	Kind, Group, CompanyGroup string
	Type                      string
	Options                   string // an answer a line, see catalogue.ReadOptions
	Length                    string // in characters, empty for the usual one
	UnitZH, UnitEN            string // of a number
	Several, NoneAllowed      bool
	Sensitivity, OpenReason   string
	Purposes                  []string
	BenefitZH, BenefitEN      string
	HalfLife                  string // days, empty for what does not age
	See, Change               []string
	Band, Glance              string
	ImportKey                 bool
}

// DraftOf describes a field as its form does.
func DraftOf(f catalogue.Field) OwnDraft {
	d := OwnDraft{
		NameZH: f.Label("zh-CN"), NameEN: f.Label("en"), HelpZH: f.Help["zh-CN"], HelpEN: f.Help["en"], Kind: f.Kind, Group: f.Group, CompanyGroup: f.CompanyGroup,
		Type: string(f.Type), UnitZH: f.Unit["zh-CN"], UnitEN: f.Unit["en"], Several: f.Repeat != "", NoneAllowed: f.NoneAllowed,
		Sensitivity: string(f.Sensitivity), OpenReason: f.OpenReason, Purposes: f.Purposes, BenefitZH: f.Benefit["zh-CN"], BenefitEN: f.Benefit["en"],
		See: f.See, Change: f.Change, Band: f.Band, Glance: f.Glance, ImportKey: f.ImportKey,
	}
	if f.Kind == catalogue.Enterprise {
		d.Group, d.CompanyGroup = "", f.Group
	}
	if f.Type == catalogue.Choice {
		d.Options = catalogue.WriteOptions(f.Options)
	}
	if standard, _ := f.Type.Length(); f.MaxLength != standard && f.MaxLength > 0 {
		d.Length = strconv.Itoa(f.MaxLength)
	}
	if f.HalfLifeDays > 0 {
		d.HalfLife = strconv.Itoa(f.HalfLifeDays)
	}
	return d
}

// Field is what the draft describes, as far as it makes sense; Check says where
// it does not.
func (d OwnDraft) Field() catalogue.Field {
	f := catalogue.Field{
		Kind: d.Kind, Group: d.Group, Labels: bilingual(d.NameZH, d.NameEN), Help: bilingual(d.HelpZH, d.HelpEN), Type: catalogue.Type(d.Type),
		Sensitivity: catalogue.Sensitivity(d.Sensitivity), Purposes: chosenOf(Purposes, d.Purposes), Benefit: bilingual(d.BenefitZH, d.BenefitEN),
		See: chosenOf(catalogue.Roles(), d.See), Change: chosenOf(catalogue.Roles(), d.Change), NoneAllowed: d.NoneAllowed, Band: d.Band, Glance: d.Glance, On: true,
	}
	f.ImportKey = d.ImportKey
	switch f.Kind {
	case catalogue.Both:
		f.CompanyGroup = d.CompanyGroup
	case catalogue.Enterprise:
		f.Group = d.CompanyGroup
	}
	if d.Several {
		f.Repeat = catalogue.RepeatValue
	}
	if f.Sensitivity != catalogue.Sensitive && len(catalogue.SensitiveClasses(f.Tells()...)) > 0 {
		f.OpenReason = tidy(d.OpenReason)
	}
	f.HalfLifeDays, _ = strconv.Atoi(strings.TrimSpace(d.HalfLife))
	standard, most := f.Type.Length()
	if f.MaxLength = standard; most > 0 && strings.TrimSpace(d.Length) != "" {
		f.MaxLength, _ = strconv.Atoi(strings.TrimSpace(d.Length))
	}
	switch f.Type {
	case catalogue.Choice:
		f.Options, _ = catalogue.ReadOptions(d.Options)
	case catalogue.Language:
		f.Options = languageOptions()
	case catalogue.Number:
		f.Unit = bilingual(d.UnitZH, d.UnitEN)
	}
	return f
}

// bilingual is a text in both languages, nil when it is in neither.
func bilingual(zh, en string) catalogue.Labels {
	if zh, en = tidy(zh), tidy(en); zh == "" && en == "" {
		return nil
	}
	return catalogue.Labels{"zh-CN": zh, "en": en}
}

// chosenOf are the known values among those sent, in the order of the list.
func chosenOf(list, sent []string) []string {
	var out []string
	for _, v := range list {
		if slices.Contains(sent, v) {
			out = append(out, v)
		}
	}
	return out
}

// languageOptions are the languages of the shipped field of that type.
func languageOptions() []catalogue.Option {
	shipped, err := catalogue.Shipped()
	if err != nil {
		return nil
	}
	i := slices.IndexFunc(shipped, func(f catalogue.Field) bool { return f.Key == "language" })
	if i < 0 {
		return nil
	}
	return shipped[i].Options
}
