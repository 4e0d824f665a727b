package handlers

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/intake"
	"shuke/views/importview"
	"shuke/views/text"
	"shuke/views/ui"
)

func (a *App) listImports(c echo.Context) error {
	in, ctx := inquiryOf(c), c.Request().Context()
	p := in.print
	var before time.Time
	if ms, err := strconv.ParseInt(c.QueryParam("before"), 10, 64); err == nil && ms > 0 {
		before = time.UnixMilli(ms)
	}
	all, more, err := a.Intakes.List(ctx, in.Actor, before)
	if err != nil {
		return err
	}
	waits, first, err := a.Intakes.Waits(ctx, in.Actor)
	if err != nil {
		return err
	}
	vm := importview.List{New: importsHref + "/new"}
	if waits > 0 {
		vm.Waits, vm.WaitsHref = p.T("import.waits", map[string]any{"Count": waits}), importHref(first)
	}
	if !before.IsZero() {
		vm.Newest = importsHref
	}
	for _, i := range all {
		vm.Rows = append(vm.Rows, importRow(p, i, in.Actor.Now))
	}
	if more {
		vm.Older = importsHref + "?before=" + strconv.FormatInt(all[len(all)-1].CreatedAt.UnixMilli(), 10)
	}
	return a.page(c, http.StatusOK, p.T("import.title"), "", func(context.Context) templ.Component { return importview.ListPage(vm) })
}

func importRow(p *text.Printer, i intake.Intake, now time.Time) importview.Row {
	return importview.Row{
		Href: importHref(i.ID), Name: i.FileName, Source: i.Source, What: p.T("import.target." + string(i.Target)), Who: importBy(p, i), When: p.Relative(i.CreatedAt, now),
		State: importState(p, i), Result: importResult(p, i),
	}
}

// importBy is who handed a file in; what the command line took in has only the
// user of its machine.
func importBy(p *text.Printer, i intake.Intake) string {
	switch {
	case i.StaffID != 0:
		return i.By
	case i.OSUser != "":
		return p.T("import.by_command", map[string]any{"User": i.OSUser})
	}
	return p.T("via.command")
}

// importState is how far an import is, in a word or two.
func importState(p *text.Printer, i intake.Intake) importview.State {
	look := map[intake.State]importview.State{
		intake.Ready: {Tone: ui.ToneInfo, Icon: "eye", Text: "previewed"}, intake.Asking: {Tone: ui.ToneWarn, Icon: "shield", Text: "asking"},
		intake.Waiting: {Tone: ui.ToneInfo, Icon: "clock", Text: "waiting"}, intake.Running: {Tone: ui.ToneAct, Icon: "clock", Text: "running"},
		intake.Done: {Tone: ui.ToneOK, Icon: "check", Text: "done"}, intake.Failed: {Tone: ui.ToneBad, Icon: "alert", Text: "failed"},
		intake.Cancelled: {Icon: "x", Text: "cancelled"}, intake.Undoing: {Tone: ui.ToneAct, Icon: "clock", Text: "undoing"}, intake.Undone: {Icon: "back", Text: "undone"},
	}[i.State]
	switch {
	case i.State == intake.Ready && i.FileGone, i.State == intake.Asking && i.FileGone:
		look = importview.State{Icon: "x", Text: "expired"}
	case i.State == intake.Ready && !i.Checked:
		look = importview.State{Tone: ui.ToneInfo, Icon: "clock", Text: "uploaded"}
	case i.State == intake.Ready && i.Failure.Key != "":
		look = importview.State{Tone: ui.ToneWarn, Icon: "alert", Text: "unfit"}
	case i.State == intake.Running && i.StopAsked:
		look.Text = "stopping"
	}
	look.Text = p.T("import.state." + look.Text)
	return look
}

// importResult is what came of an import, or how far it is.
func importResult(p *text.Printer, i intake.Intake) string {
	switch i.State {
	case intake.Running:
		if i.Total > 0 {
			return p.T("import.progress", map[string]any{"Done": p.Number(i.Rows), "Total": p.Number(i.Total)})
		}
	case intake.Failed:
		return p.T(i.Failure.Key, i.Failure.Args)
	case intake.Done, intake.Cancelled, intake.Undone:
		if i.Already {
			return p.T("import.already")
		}
		return p.T("import.counts", map[string]any{"Created": p.Number(i.Created), "Joined": p.Number(i.Joined), "Refused": p.Number(i.Refused)})
	case intake.Ready, intake.Asking, intake.Waiting:
		if i.Checked && i.Total > 0 {
			return p.T("import.total", map[string]any{"Rows": p.Number(i.Total)})
		}
	}
	return ""
}
