package handlers

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/imports"
	"shuke/models/intake"
	"shuke/models/tabular"
	"shuke/views/importview"
	"shuke/views/text"
	"shuke/views/ui"
)

// choiceLabels names what a column can become.
type choiceLabels struct {
	p   *text.Printer
	cat *customer.Catalogue
}

// of names a field of an import: one of the catalogue, or a part of one.
func (l choiceLabels) of(field string) string {
	key, kind, _ := strings.Cut(field, ":")
	label := key
	if f, known := l.cat.Field(key); known {
		label = f.Label(string(l.p.Language()))
	}
	if l.p.Has("import.part." + key) {
		label = l.p.T("import.part." + key)
	}
	if kind != "" {
		label = l.p.T("import.of_kind", map[string]any{"Field": label, "Kind": l.kind(key, kind)})
	}
	return label
}

func (l choiceLabels) kind(field, kind string) string {
	if l.p.Has("import.kind." + kind) {
		return l.p.T("import.kind." + kind)
	}
	if f, known := l.cat.Field(strings.TrimSuffix(field, "_no") + "_kind"); known {
		for _, o := range f.Options {
			if o.Value == kind {
				return o.Labels.In(string(l.p.Language()))
			}
		}
	}
	return kind
}

// parts are what columns of files hold besides whole fields.
var parts = []string{tabular.FieldFamilyName, tabular.FieldGivenName, tabular.FieldBirthDate, tabular.FieldBirthDate + ":solar", tabular.FieldBirthDate + ":lunar", tabular.FieldBirthLunar}

// importColumns are the rows of the mapping table.
func (a *App) importColumns(in *inquiry, choose importChoices, i intake.Intake, remembered map[int]bool, wrong map[string]string) []importview.Column {
	labels := choiceLabels{in.print, choose.cat}
	fields := a.importFields(labels, i.Target, choose.set.Key)
	var out []importview.Column
	for n, c := range i.Report.Columns {
		said := i.MapOf(n + 1)
		vm := importview.Column{Name: fmt.Sprintf("map.%d", n+1), Number: strconv.Itoa(n + 1), Heading: c.Heading, Samples: c.Samples, Remembered: remembered[n+1], Left: c.Field == "", Guess: c.Field != "" && c.Why == imports.ByValues}
		vm.Wrong = wrong[vm.Name]
		if c.Why != "" && in.print.Has("import.why."+c.Why) {
			vm.Why = in.print.T("import.why." + c.Why)
		}
		if vm.Remembered {
			vm.Why = ""
		}
		auto := in.print.T("import.left_out")
		if c.Guessed && c.Field != "" {
			auto = labels.of(c.Field)
		}
		vm.Options = append(vm.Options, ui.Option{Label: in.print.T("import.as_guessed", map[string]any{"Field": auto}), Selected: said == ""},
			ui.Option{Value: "-", Label: in.print.T("import.leave_out"), Selected: said == "-"})
		if said != "" && said != "-" && !slices.ContainsFunc(fields, func(o ui.Option) bool { return o.Value == said }) {
			vm.Options = append(vm.Options, ui.Option{Value: said, Label: labels.of(said), Selected: true})
		}
		for _, o := range fields {
			o.Selected = o.Value == said
			vm.Options = append(vm.Options, o)
		}
		out = append(out, vm)
	}
	return out
}

// importFields are the fields that a column can become, under the headings of the
// card.
func (a *App) importFields(labels choiceLabels, target imports.Target, key string) []ui.Option {
	p := labels.p
	var out []ui.Option
	add := func(group string, keys ...string) {
		for _, key := range keys {
			out = append(out, ui.Option{Value: key, Label: labels.of(key), Group: group})
		}
	}
	if target != imports.ToCustomers {
		add(p.T("import.group_of."+string(target)), target.Words()...)
		if key != "" {
			add(p.T("import.group_whose"), key)
		}
		return out
	}
	add(p.T("import.group_parts"), parts...)
	seen := map[string]bool{"birth": true}
	for _, kind := range []customer.Kind{customer.Individual, customer.Enterprise} {
		for _, f := range labels.cat.For(kind, false) {
			if seen[f.Key] || !f.On {
				continue
			}
			seen[f.Key] = true
			add(a.groupLabel(p, f.GroupFor(kind.String())), f.Key)
			if f.Type == catalogue.Document && f.Key == tabular.FieldDocumentNo {
				for _, kind := range []string{"id_card", "passport"} {
					add(a.groupLabel(p, f.GroupFor(customer.Individual.String())), f.Key+":"+kind)
				}
			}
		}
	}
	return out
}

var outcomeStates = map[imports.Outcome]importview.State{
	imports.Created: {Tone: ui.ToneOK, Icon: "plus", Text: "created"}, imports.Joined: {Tone: ui.ToneInfo, Icon: "user", Text: "joined"},
	imports.Refused: {Tone: ui.ToneBad, Icon: "x", Text: "refused"}, imports.Skipped: {Text: "skipped"},
}

// preview is what taking the file in would do.
func (w importWords) preview(labels choiceLabels) *importview.Preview {
	p, r := w.p, w.i.Report
	vm := importview.Preview{
		When: p.T("import.preview_at", map[string]any{"Time": p.Relative(r.At, w.in.Actor.Now)}), Counts: countVMs(p, r.Created, r.Joined, r.Refused, r.Skipped, r.Warned),
		Groups: groupVMs(p, r.Groups), More: w.more(), Notes: w.notes(), Version: strconv.FormatInt(w.i.Version, 10),
		RowsSay: p.T("import.first_rows", map[string]any{"Count": len(r.First)}),
	}
	if w.i.State == intake.Ready && w.i.Here {
		vm.Again = importHref(w.i.ID) + "/check"
	}
	for _, row := range r.First {
		look := outcomeStates[row.Outcome]
		look.Text = p.T("import.outcome." + row.Outcome.String())
		out := importview.PreviewRow{Line: strconv.Itoa(row.Line), State: look, Name: row.Name}
		if row.PublicID != "" {
			out.Href = "/customers/" + row.PublicID
		}
		for _, c := range row.Changes {
			out.Changes = append(out.Changes, importview.Change{Label: labels.of(c.Field), Was: stayValue(p, w.i.Target, c.Field, c.Was), Is: stayValue(p, w.i.Target, c.Field, c.Is)})
		}
		for _, problem := range row.Problems {
			words := p.T("import.reason." + string(problem.Reason))
			if problem.Column != "" {
				words = p.T("import.problem_at", map[string]any{"Column": problem.Column, "Problem": words})
			}
			out.Problems = append(out.Problems, words)
		}
		vm.Rows = append(vm.Rows, out)
	}
	return &vm
}

// stayValue writes a value of a stay as its page does; other values are written
// already.
func stayValue(p *text.Printer, target imports.Target, field, value string) string {
	switch {
	case target != imports.ToStays || value == "":
	case field == "status":
		return p.T("stay.status." + value)
	case field == "rate":
		if minor, err := strconv.ParseInt(value, 10, 64); err == nil {
			return p.Money(minor, "CNY")
		}
	}
	return value
}

// notes are what of the file a person should know that no row tells.
func (w importWords) notes() []ui.NoticeProps {
	p, r := w.p, w.i.Report
	var out []ui.NoticeProps
	note := func(key string, names []string) {
		if len(names) > 0 {
			out = append(out, ui.NoticeProps{Tone: ui.ToneInfo, Icon: "eye", Title: p.T(key), Body: listed(p, names)})
		}
	}
	if r.Already {
		out = append(out, ui.NoticeProps{Tone: ui.ToneWarn, Icon: "alert", Title: p.T("import.was_before"), Body: p.T("import.was_before_body")})
	}
	note("import.note_unmapped", r.Unmapped)
	note("import.note_hidden", r.Hidden)
	note("import.note_sheets", r.Sheets)
	return out
}
