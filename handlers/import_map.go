package handlers

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"shuke/views/importview"
)

// mapImport reads the file as somebody says and shows what would come of it: the
// part alone to script, else the page again.
func (a *App) mapImport(c echo.Context) error {
	in, ctx := inquiryOf(c), c.Request().Context()
	f, err := readForm(c)
	if err != nil {
		return err
	}
	set, err := a.importSettings(c, f)
	if err != nil {
		return err
	}
	set.Maps = typedMaps(f)
	err = a.Intakes.Remap(ctx, in.Actor, c.Param("id"), f.int("version"), set)
	seen := importSeen{typed: &set}
	if err != nil {
		if seen.wrong, err = refused(in.print, err); err != nil {
			return a.importRefused(c, err)
		}
	}
	switch {
	case isFragment(c):
		return a.importPart(c, seen)
	case len(seen.wrong.list) > 0:
		return a.importPage(c, http.StatusUnprocessableEntity, seen)
	}
	return seeOther(c, importHref(c.Param("id"))+"#import-work")
}

// typedMaps are the columns of which somebody said what they are.
func typedMaps(f form) []string {
	var out []string
	for _, name := range f.names() {
		number, is := strings.CutPrefix(name, "map.")
		n, err := strconv.Atoi(number)
		if !is || err != nil || n < 1 || f.text(name) == "" {
			continue
		}
		out = append(out, strconv.Itoa(n)+"="+f.text(name))
	}
	return out
}

// importPart is mapping, preview and decision as they are after a change. A file
// that is read through in the background makes the page wait, so it is fetched
// whole.
func (a *App) importPart(c echo.Context, seen importSeen) error {
	in, ctx := inquiryOf(c), c.Request().Context()
	i, err := a.Intakes.Find(ctx, in.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	status := http.StatusOK
	if len(seen.wrong.list) > 0 {
		status = http.StatusUnprocessableEntity
	} else if seen.typed = nil; !i.Checked {
		c.Response().Header().Set("HX-Refresh", "true")
		return c.NoContent(http.StatusOK)
	}
	w, err := a.importWords(c, i, seen)
	if err != nil {
		return err
	}
	if err := a.Intakes.Show(ctx, in.Actor, i); err != nil {
		return err
	}
	vm, err := a.importWork(c, w)
	if err != nil {
		return err
	}
	decide := w.decide()
	vm.Decide = &decide
	return a.part(c, status, importview.WorkPart(*vm))
}

// progress is the part of a page that shows a job; when the job has ended the
// page is fetched anew.
func (a *App) importProgress(c echo.Context) error {
	in := inquiryOf(c)
	i, err := a.Intakes.Find(c.Request().Context(), in.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	busy := importWords{in: in, p: in.print, i: i}.busy()
	if busy == nil {
		c.Response().Header().Set("HX-Refresh", "true")
		return c.NoContent(http.StatusOK)
	}
	return a.part(c, http.StatusOK, importview.BusyPart(*busy))
}
