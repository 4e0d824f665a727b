package handlers

import (
	"context"
	"net/http"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/imports"
	"shuke/models/intake"
	"shuke/views/importview"
	"shuke/views/text"
	"shuke/views/ui"
)

const importsHref = "/imports"

func importHref(id string) string { return importsHref + "/" + id }

// importTyped is the form of a new import as it was sent.
type importTyped struct {
	form
	draft string // a file that has arrived
}

func (a *App) newImport(c echo.Context) error {
	return a.newImportPage(c, http.StatusOK, importTyped{form: form{map[string][]string{"target": {string(imports.ToCustomers)}, "mode": {string(imports.Add)}, "keep": {"yes"}}}}, problems{})
}

func (a *App) newImportPage(c echo.Context, status int, typed importTyped, wrong problems) error {
	in, ctx := inquiryOf(c), c.Request().Context()
	p := in.print
	sources, err := a.Intakes.Sources(ctx, in.Actor)
	if err != nil {
		return err
	}
	set, err := a.importSettings(c, typed.form)
	if err != nil {
		return err
	}
	if !typed.has("branch") {
		set.BranchID = in.Actor.BranchID
	}
	choose, err := a.importChoices(c, set)
	if err != nil {
		return err
	}
	vm := importview.Form{
		Action: importsHref, Back: importsHref, Once: typed.text("once"), Draft: typed.draft, Most: strconv.Itoa(intake.MostBytes),
		Source: set.Source, Sheet: set.Sheet, Sources: sources, Targets: choose.targets(), Modes: choose.modes(), Channels: choose.channels(), Branches: choose.branches, Keys: choose.keys(),
		Create: set.Create, Keep: set.KeepGood, Bare: set.NoHeader, Wrong: wrong.fields, Problems: wrong.list,
	}
	if vm.Once == "" {
		vm.Once = once()
	}
	if typed.draft != "" {
		name, size, err := a.Intakes.DraftFile(ctx, in.Actor, typed.draft)
		switch {
		case fault.Is(err, fault.NotFound):
			vm.Draft = ""
		case err != nil:
			return err
		default:
			vm.Arrived = p.T("import.arrived_file", map[string]any{"Name": name, "Size": sizeWords(p, size)})
		}
	}
	return a.page(c, status, p.T("import.title"), p.T("import.new"), func(context.Context) templ.Component { return importview.FormPage(vm) })
}

// importChoices are the lists that the settings of a file are chosen from.
type importChoices struct {
	p        *text.Printer
	set      intake.Settings
	cat      *customer.Catalogue
	branches []ui.Option
}

func (a *App) importChoices(c echo.Context, set intake.Settings) (importChoices, error) {
	in := inquiryOf(c)
	out := importChoices{p: in.print, set: set}
	var err error
	if out.cat, err = in.catalogue(c); err != nil {
		return out, err
	}
	all, err := a.Staff.Branches(c.Request().Context())
	if err != nil {
		return out, err
	}
	for _, b := range all {
		name := b.NameZH
		if in.print.Language() == text.English {
			name = b.NameEN
		}
		if b.Active || b.ID == set.BranchID {
			out.branches = append(out.branches, ui.Option{Value: b.Code, Label: name, Selected: b.ID == set.BranchID})
		}
	}
	return out, nil
}

func (o importChoices) targets() []ui.Option {
	var out []ui.Option
	for _, t := range imports.Targets {
		out = append(out, ui.Option{Value: string(t), Label: o.p.T("import.target." + string(t)), Hint: o.p.T("import.target_hint." + string(t)), Selected: t == o.set.Target})
	}
	return out
}

func (o importChoices) modes() []ui.Option {
	var out []ui.Option
	for _, m := range []imports.Mode{imports.Add, imports.Update} {
		out = append(out, ui.Option{Value: string(m), Label: o.p.T("import.mode." + string(m)), Hint: o.p.T("import.mode_hint." + string(m)), Selected: m == o.set.Mode})
	}
	return out
}

func (o importChoices) channels() []ui.Option {
	var out []ui.Option
	for _, c := range customer.Channels {
		out = append(out, ui.Option{Value: string(c), Label: o.p.T("channel." + string(c)), Selected: c == o.set.Channel})
	}
	return out
}

// keys are the fields by which rows find a customer: those that are keys by
// nature, and fields of the house's own that were made one.
func (o importChoices) keys() []ui.Option {
	var out []ui.Option
	for _, key := range customer.KeyFields {
		if f, known := o.cat.Field(key); known && f.On {
			out = append(out, ui.Option{Value: key, Label: f.Label(string(o.p.Language())), Selected: key == o.set.Key})
		}
	}
	for _, f := range o.cat.Own() {
		if f.On && f.ImportKey && catalogue.IsOwn(f.Key) {
			out = append(out, ui.Option{Value: f.Key, Label: f.Label(string(o.p.Language())), Selected: f.Key == o.set.Key})
		}
	}
	return out
}

// sizeWords writes a number of bytes as people say it.
func sizeWords(p *text.Printer, n int64) string {
	switch {
	case n >= 1<<20:
		return p.T("import.size_mb", map[string]any{"N": p.Number((n + 1<<19) >> 20)})
	case n >= 1<<10:
		return p.T("import.size_kb", map[string]any{"N": p.Number((n + 1<<9) >> 10)})
	}
	return p.T("import.size_b", map[string]any{"N": p.Number(n)})
}
