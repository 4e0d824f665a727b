package handlers

import (
	"context"
	"net/http"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/imports"
	"shuke/models/intake"
	"shuke/views/importview"
	"shuke/views/ui"
)

// importSeen is what a page of an import shows beside the import itself: what was
// typed and refused, and what stands in the way.
type importSeen struct {
	typed     *intake.Settings
	reason    string
	wrong     problems
	obstacles []imports.Obstacle
	scanWrong string
}

// ofReason reports whether what was refused is a decision, not the mapping.
func (s importSeen) ofReason() bool { return s.wrong.at("reason") != "" }

func (a *App) showImport(c echo.Context) error {
	return a.importPage(c, http.StatusOK, importSeen{})
}

func (a *App) importPage(c echo.Context, status int, seen importSeen) error {
	in, ctx := inquiryOf(c), c.Request().Context()
	i, err := a.Intakes.Find(ctx, in.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	words, err := a.importWords(c, i, seen)
	if err != nil {
		return err
	}
	vm := importview.Import{
		Name: i.FileName, State: importState(in.print, i), Facts: words.facts(), Notices: words.notices(), Busy: words.busy(), Result: words.result(), Decide: words.decide(),
	}
	if words.before() {
		if err := a.Intakes.Show(ctx, in.Actor, i); err != nil {
			return err
		}
		if vm.Work, err = a.importWork(c, words); err != nil {
			return err
		}
	}
	if len(seen.wrong.fields) == 0 || seen.ofReason() {
		vm.Problems = seen.wrong.list // something that stands in the way, or a decision without its reason
	}
	if vm.Scans, err = a.importScans(c, i, seen.scanWrong); err != nil {
		return err
	}
	return a.page(c, status, in.print.T("import.title"), i.FileName, func(context.Context) templ.Component { return importview.Page(vm) })
}

// importWork is mapping and preview of a file that is not yet taken in.
func (a *App) importWork(c echo.Context, w importWords) (*importview.Work, error) {
	in, ctx := inquiryOf(c), c.Request().Context()
	vm := importview.Work{Version: strconv.FormatInt(w.i.Version, 10), Wrong: w.seen.wrong.fields}
	if len(w.seen.wrong.fields) > 0 && !w.seen.ofReason() {
		vm.Problems = w.seen.wrong.list
	}
	if w.i.Open() {
		remembered, err := a.Intakes.IsRemembered(ctx, w.i)
		if err != nil {
			return nil, err
		}
		set := w.i.Settings
		if w.seen.typed != nil {
			set = *w.seen.typed
		}
		choose, err := a.importChoices(c, set)
		if err != nil {
			return nil, err
		}
		vm.Action = importHref(w.i.ID) + "/mapping"
		vm.Modes, vm.Channels, vm.Branches, vm.Keys, vm.Sheets = choose.modes(), choose.channels(), choose.branches, choose.keys(), w.sheets(set)
		vm.Create, vm.Keep, vm.Bare = set.Create, set.KeepGood, set.NoHeader
		vm.Columns = a.importColumns(in, choose, w.i, remembered, vm.Wrong)
		if w.i.Checked && w.i.State == intake.Ready && w.i.Failure.Key != "" {
			vm.Problems = append(vm.Problems, ui.Problem{Text: in.print.T(w.i.Failure.Key, w.i.Failure.Args)})
		}
	}
	if w.i.Sound() {
		vm.Preview = w.preview(choiceLabels{in.print, w.cat})
	}
	return &vm, nil
}
