package handlers

import (
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"
	"unicode"

	"github.com/labstack/echo/v4"
	"golang.org/x/text/width"

	"shuke/models/imports"
	"shuke/views/text"
)

// importBadRows sends the rows of which something was wrong, as they came, with
// line and reasons. What goes wrong after the first byte breaks the connection:
// a file that ends early must not look whole.
func (a *App) importBadRows(c echo.Context) error {
	in := inquiryOf(c)
	w := c.Response()
	out := csv.NewWriter(w)
	waiting := newPatient(c, nil)
	columns := 0
	head := func(headings []string) error {
		h := w.Header()
		h.Set("Content-Type", "text/csv; charset=utf-8")
		h.Set("Content-Disposition", `attachment; filename="bad-rows-`+c.Param("id")+`.csv"`)
		w.WriteHeader(http.StatusOK)
		if _, err := w.Write([]byte("\ufeff")); err != nil { // spreadsheets know UTF-8 by it
			return err
		}
		columns = len(headings)
		return out.Write(safeCells(append([]string{in.print.T("import.line"), in.print.T("import.why_refused")}, headings...)))
	}
	n := 0
	err := a.Intakes.BadRows(c.Request().Context(), in.Actor, c.Param("id"), head, func(r imports.BadRow) error {
		if n++; n%200 == 0 {
			if err := waiting.more(); err != nil {
				return err
			}
		}
		cells := r.Cells
		for len(cells) < columns {
			cells = append(cells, "")
		}
		return out.Write(safeCells(append([]string{strconv.Itoa(r.Line), reasonsOf(in.print, r.Problems)}, cells...)))
	})
	out.Flush()
	if err == nil {
		err = out.Error()
	}
	if err != nil && w.Committed {
		a.log.Error("bad rows cut short", "request", requestID(c), "error", err)
		panic(http.ErrAbortHandler)
	}
	return err
}

// reasonsOf says what is wrong with a row, column by column.
func reasonsOf(p *text.Printer, all []imports.Problem) string {
	var out []string
	for _, problem := range all {
		words := p.T("import.reason." + string(problem.Reason))
		if problem.Column != "" {
			words = p.T("import.problem_at", map[string]any{"Column": problem.Column, "Problem": words})
		}
		out = append(out, words)
	}
	return strings.Join(out, p.T("import.between"))
}

// unseen reports whether a rune leaves no mark on paper.
func unseen(r rune) bool {
	return unicode.IsSpace(r) || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zs, unicode.Mn)
}

// safeCells marks as text what a spreadsheet would run as a formula, also behind
// blanks and what cannot be seen, and in full width.
func safeCells(cells []string) []string {
	out := make([]string, len(cells))
	for i, cell := range cells {
		first := strings.TrimLeftFunc(width.Fold.String(cell), unseen)
		if strings.HasPrefix(cell, "\t") || strings.HasPrefix(cell, "\r") || first != "" && strings.ContainsRune("=+-@|%", rune(first[0])) {
			cell = "'" + cell
		}
		out[i] = cell
	}
	return out
}
