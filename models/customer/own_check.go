package customer

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"shuke/models/catalogue"
	"shuke/models/fault"
	"shuke/models/tabular"
)

// Bounds of what one may type, in characters; names must fit their column.
const (
	longestNameZH = 12
	longestNameEN = 32
	longestUnit   = 12
	longestWords  = 200
	longestReason = 500
	// shortestReason is how many letters say why something is not sensitive.
	shortestReason = 8
	// oldest is the longest half-life, a hundred years in days.
	oldest = 36500
)

// Check says what is wrong with a draft, at the boxes of its form. Others are
// the fields there are, so that no two are called the same; was is the field
// before, nil for a new one.
func (d OwnDraft) Check(others []Field, was *catalogue.Field) fault.Fields {
	p, f := fault.Fields{}, d.Field()
	d.checkNames(p, f, others, was)
	d.checkTexts(p, f)
	d.checkPlace(p, f)
	d.checkType(p, f)
	d.checkProtection(p, f)
	d.checkSight(p, f)
	d.checkUse(p, f)
	return p
}

func (d OwnDraft) checkNames(p fault.Fields, f catalogue.Field, others []Field, was *catalogue.Field) {
	for box, most := range map[string]int{"name_zh": longestNameZH, "name_en": longestNameEN} {
		lang := map[string]string{"name_zh": "zh-CN", "name_en": "en"}[box]
		name := f.Labels[lang]
		script := func(r rune) bool { return unicode.Is(unicode.Latin, r) }
		if lang == "zh-CN" {
			script = unicode.IsLetter
		}
		switch {
		case name == "":
			p.Add(box, "error.required", nil)
		case utf8.RuneCountInString(name) > most:
			p.Add(box, "error.too_long", map[string]any{"Max": most})
		case !strings.ContainsFunc(name, script) || hasControls(name, false) || lang == "en" && catalogue.Slug(name, 1) == "":
			p.Add(box, "own.name_letters", nil)
		case was != nil && was.Labels[lang] == name: // what was taken stays
		default:
			if other, taken := calledSo(name, others, f.Key, was); taken {
				p.Add(box, "own.name_taken", map[string]any{"Key": other})
			}
		}
	}
}

// calledSo finds the field that already has the name, as a label, a key or a
// heading that imports take for it.
func calledSo(name string, others []Field, key string, was *catalogue.Field) (string, bool) {
	for _, o := range others {
		if was != nil && o.Key == was.Key {
			continue
		}
		if tabular.Same(name, o.Key) || tabular.Same(name, o.Labels["zh-CN"]) || tabular.Same(name, o.Labels["en"]) {
			return o.Key, true
		}
	}
	meant := tabular.Guess([]string{name})[0].Field
	return meant, meant != ""
}

func (d OwnDraft) checkTexts(p fault.Fields, f catalogue.Field) {
	for _, t := range []struct{ box, lang, text, other string }{
		{"help_zh", "zh-CN", d.HelpZH, d.HelpEN}, {"help_en", "en", d.HelpEN, d.HelpZH},
	} {
		text := tidy(t.text)
		switch {
		case text == "" && tidy(t.other) != "":
			p.Add(t.box, "own.both_languages", nil)
		case utf8.RuneCountInString(text) > longestWords:
			p.Add(t.box, "error.too_long", map[string]any{"Max": longestWords})
		case hasControls(text, false):
			p.Add(t.box, "error.control_character", nil)
		}
	}
	for box, lang := range map[string]string{"benefit_zh": "zh-CN", "benefit_en": "en"} {
		text := f.Benefit[lang]
		switch {
		case text == "":
			p.Add(box, "own.benefit_needed", nil)
		case utf8.RuneCountInString(text) > longestWords:
			p.Add(box, "error.too_long", map[string]any{"Max": longestWords})
		case hasControls(text, false):
			p.Add(box, "error.control_character", nil)
		case !catalogue.SaysSomething(lang, text):
			p.Add(box, "own.benefit_empty", nil)
		}
	}
}

func (d OwnDraft) checkPlace(p fault.Fields, f catalogue.Field) {
	groups, err := catalogue.ShippedGroups()
	known := func(kind, key string) bool {
		return err == nil && slices.ContainsFunc(groups, func(g catalogue.Group) bool { return g.Kind == kind && g.Key == key })
	}
	switch f.Kind {
	case catalogue.Individual, catalogue.Enterprise, catalogue.Both:
	default:
		p.Add("kind", "error.choose", nil)
	}
	if f.Kind != catalogue.Enterprise && !known(catalogue.Individual, d.Group) {
		p.Add("group", "error.choose", nil)
	}
	if f.Kind != catalogue.Individual && f.Kind != "" && !known(catalogue.Enterprise, d.CompanyGroup) {
		p.Add("company_group", "error.choose", nil)
	}
}

func (d OwnDraft) checkType(p fault.Fields, f catalogue.Field) {
	if !slices.Contains(catalogue.Types(), f.Type) {
		p.Add("type", "error.choose", nil)
		return
	}
	if _, most := f.Type.Length(); most > 0 && strings.TrimSpace(d.Length) != "" && (f.MaxLength < 1 || f.MaxLength > most) {
		p.Add("length", "own.length_between", map[string]any{"Max": most})
	}
	switch f.Type {
	case catalogue.Choice:
		checkOptions(p, d.Options)
	case catalogue.Number:
		for box, unit := range map[string]string{"unit_zh": f.Unit["zh-CN"], "unit_en": f.Unit["en"]} {
			switch {
			case f.Unit == nil:
			case unit == "":
				p.Add(box, "own.both_languages", nil)
			case utf8.RuneCountInString(unit) > longestUnit:
				p.Add(box, "error.too_long", map[string]any{"Max": longestUnit})
			case strings.ContainsFunc(unit, unicode.IsNumber) || hasControls(unit, false):
				p.Add(box, "own.unit_letters", nil)
			}
		}
	}
}

func checkOptions(p fault.Fields, text string) {
	options, err := catalogue.ReadOptions(text)
	var wrong *catalogue.OptionFault
	switch open := slices.ContainsFunc(options, func(o catalogue.Option) bool { return !o.Retired }); {
	case errors.As(err, &wrong):
		p.Add("options", "own.option_"+wrong.Kind, map[string]any{"Line": wrong.Line, "Max": catalogue.MostOptions})
	case len(options) < 2:
		p.Add("options", "own.options_needed", nil)
	case !open:
		p.Add("options", "own.options_all_retired", nil)
	}
}

// checkProtection holds names against the words of sensitive data. Whoever says
// that a field is not sensitive although it sounds so says why, and is on record.
func (d OwnDraft) checkProtection(p fault.Fields, f catalogue.Field) {
	if f.Sensitivity.Rank() < 0 {
		p.Add("sensitivity", "error.choose", nil)
		return
	}
	classes := catalogue.SensitiveClasses(f.Tells()...)
	if f.Sensitivity == catalogue.Sensitive || len(classes) == 0 {
		return
	}
	letters := 0
	for _, r := range f.OpenReason {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	switch {
	case letters < shortestReason:
		p.Add("sensitivity", "own.sounds."+classes[0], nil)
		p.Add("open_reason", "own.open_reason_needed", map[string]any{"Min": shortestReason})
	case utf8.RuneCountInString(f.OpenReason) > longestReason:
		p.Add("open_reason", "error.too_long", map[string]any{"Max": longestReason})
	case hasControls(f.OpenReason, false):
		p.Add("open_reason", "error.control_character", nil)
	}
}

func (d OwnDraft) checkSight(p fault.Fields, f catalogue.Field) {
	switch {
	case len(f.See) == 0:
		p.Add("see", "own.see_needed", nil)
	case f.Sensitivity == catalogue.Sensitive && slices.Contains(f.See, "floor"):
		p.Add("see", "own.see_floor", nil)
	}
	switch {
	case len(f.Change) == 0:
		p.Add("change", "own.change_needed", nil)
	case slices.ContainsFunc(f.Change, func(r string) bool { return !slices.Contains(f.See, r) }):
		p.Add("change", "own.change_within_see", nil)
	}
}

func (d OwnDraft) checkUse(p fault.Fields, f catalogue.Field) {
	if len(f.Purposes) == 0 {
		p.Add("purposes", "field.purpose_needed", nil)
	}
	if text := strings.TrimSpace(d.HalfLife); text != "" {
		if n, err := strconv.Atoi(text); err != nil || n < 0 || n > oldest {
			p.Add("half_life", "own.half_life_between", map[string]any{"Max": oldest})
		}
	}
	if f.Band != "" && !slices.Contains(catalogue.BandsOf(f.Type, f.Sensitivity), f.Band) {
		p.Add("band", "own.band_fits_not", nil)
	}
	if f.Glance != "" && !slices.Contains(catalogue.GlancesOf(f.Type, f.Sensitivity), f.Glance) {
		p.Add("glance", "own.glance_fits_not", nil)
	}
	if f.ImportKey && (f.Repeat != "" || !slices.Contains(catalogue.KeyTypes(), f.Type)) {
		p.Add("import_key", "own.key_fits_not", nil)
	}
}
