package handlers

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/handlers/fias"
	"shuke/views/linkview"
	"shuke/views/text"
	"shuke/views/ui"
)

func (a *App) listLinks(c echo.Context) error {
	in, ctx := inquiryOf(c), c.Request().Context()
	links, err := a.Links.List(ctx)
	if err != nil {
		return err
	}
	branches, err := a.Staff.Branches(ctx)
	if err != nil {
		return err
	}
	w := linkWords{in.print, in.Actor.Now, map[string]string{}}
	for _, b := range branches {
		w.branches[b.Code] = inLanguage(in.print, b.NameZH, b.NameEN)
	}
	vm := linkview.List{Again: "/links"}
	for _, l := range links {
		vm.Links = append(vm.Links, w.link(l))
	}
	return a.page(c, http.StatusOK, in.print.T("link.title"), "", func(context.Context) templ.Component { return linkview.ListPage(vm) })
}

// linkWords puts how links stand into the reader's words.
type linkWords struct {
	p        *text.Printer
	now      time.Time
	branches map[string]string // names by code
}

func (w linkWords) link(l fias.Shown) linkview.Link {
	p := w.p
	name, known := w.branches[l.Branch]
	if !known {
		name = l.Branch
	}
	out := linkview.Link{ID: "link-" + l.Branch, Branch: name, Code: l.Branch, State: p.T("link.state." + string(l.State)), Up: l.State == fias.Connected}
	switch {
	case l.State == fias.Off:
		out.Problem, out.Advice = p.T("link.problem.off"), p.T("link.do.off")
	case !l.Settled():
		out.Problem, out.Advice = p.T("link.problem."+string(l.Problem)), p.T("link.do."+string(l.Problem))
	}
	out.Tone, out.Icon = ui.ToneWarn, "alert"
	if out.Up {
		out.Tone, out.Icon = ui.ToneOK, "check"
	}
	out.Facts = w.facts(l)
	return out
}

func (w linkWords) facts(l fias.Shown) []linkview.Fact {
	p := w.p
	out := []linkview.Fact{{Label: p.T("link.since"), Value: w.moment(l.Since)}, {Label: p.T("link.last"), Value: w.moment(l.LastRecord)}}
	list := linkview.Fact{Label: p.T("link.list"), Value: w.moment(l.LastResync)}
	if !l.LastResync.IsZero() {
		list.Note = p.T("link.in_house", map[string]any{"Count": l.InHouse})
	}
	out = append(out, list,
		linkview.Fact{Label: p.T("link.records"), Value: p.Number(l.Records)},
		linkview.Fact{Label: p.T("link.skipped"), Value: p.Number(l.Skipped()), Note: w.reasons(l.Status, fias.SkipReasons)},
		linkview.Fact{Label: p.T("link.flawed"), Value: p.Number(l.Flawed()), Note: w.reasons(l.Status, fias.FlawReasons)},
		linkview.Fact{Label: p.T("link.connections"), Value: p.Number(l.Connections)},
		linkview.Fact{Label: p.T("link.counting"), Value: w.moment(l.Counting)})
	if l.Problem != "" && l.Settled() {
		out = append(out, linkview.Fact{Label: p.T("link.last_problem"), Value: p.T("link.problem." + string(l.Problem)), Note: w.moment(l.ProblemAt)})
	}
	return append(out, linkview.Fact{Label: p.T("link.address"), Value: l.Address, Note: p.T("link.charset", map[string]any{"Charset": strings.ToUpper(l.Charset), "Interface": l.Interface})})
}

func (w linkWords) moment(t time.Time) string {
	if t.IsZero() {
		return w.p.T("link.never")
	}
	return w.p.Relative(t, w.now)
}

// reasons tells how often each reason was met, those that were.
func (w linkWords) reasons(s fias.Status, of []fias.Reason) string {
	var words []string
	for _, r := range of {
		if n := s.Wrong[r]; n > 0 {
			words = append(words, w.p.T("link.reason."+string(r))+" "+w.p.Number(n))
		}
	}
	return listed(w.p, words)
}
