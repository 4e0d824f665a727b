package handlers

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/models/audit"
	"shuke/views/auditview"
	"shuke/views/text"
	"shuke/views/ui"
)

// eventPage is how many events a page of the record holds.
const eventPage = 50

// eventSubjects are what the record can be narrowed to: the first words of
// actions. Nothing else reaches the query.
var eventSubjects = [...]string{"", "customer", "fact", "preference", "arrival", "stay", "preparation", "member", "club", "standing", "import", "list", "consent", "restriction", "erasure", "wording", "staff", "token", "webhook", "branch", "field", "relation", "household", "life", "house", "request", "audit"}

func (a *App) listEvents(c echo.Context) error {
	in, ctx := inquiryOf(c), c.Request().Context()
	subject := c.QueryParam("of")
	if !slices.Contains(eventSubjects[:], subject) {
		subject = ""
	}
	before, err := strconv.ParseInt(c.QueryParam("before"), 10, 64)
	if err != nil || before < 0 {
		before = 0
	}
	events, older, err := a.Events.Page(ctx, before, subject, eventPage)
	if err != nil {
		return err
	}
	cat, err := in.catalogue(c)
	if err != nil {
		return err
	}
	// Who reads the record is in the record before they see it.
	if err := a.Gate.Record(ctx, readEvent(in, subject, before, len(events))); err != nil {
		return err
	}
	vm := auditview.List{Subjects: subjectOptions(in.print, subject)}
	if before > 0 {
		vm.Newest = eventsHref(subject, 0)
	}
	if older > 0 {
		vm.Older = eventsHref(subject, older)
	}
	w := eventWords{in.print, cat, a.groupLabel}
	for _, e := range events {
		vm.Events = append(vm.Events, w.event(e))
	}
	return a.page(c, http.StatusOK, in.print.T("event.title"), "", func(context.Context) templ.Component { return auditview.ListPage(vm) })
}

func readEvent(in *inquiry, subject string, before int64, n int) audit.Event {
	e := audit.By(in.Actor, "audit.read")
	e.Object = subject
	e.Details = []audit.Detail{{Name: "results", Value: strconv.Itoa(n)}}
	if before > 0 {
		e.Details = append(e.Details, audit.Detail{Name: "before", Value: strconv.FormatInt(before, 10)})
	}
	return e
}

func eventsHref(subject string, before int64) string {
	q := url.Values{}
	if subject != "" {
		q.Set("of", subject)
	}
	if before > 0 {
		q.Set("before", strconv.FormatInt(before, 10))
	}
	if len(q) == 0 {
		return "/audit"
	}
	return "/audit?" + q.Encode()
}

func subjectOptions(p *text.Printer, now string) []ui.Option {
	var out []ui.Option
	for _, s := range eventSubjects {
		label := p.T("event.all")
		if s != "" {
			label = p.T("event.of." + s)
		}
		out = append(out, ui.Option{Value: s, Label: label, Selected: s == now})
	}
	return out
}
