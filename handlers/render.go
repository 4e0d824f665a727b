package handlers

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"slices"
	"sync"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"shuke/policies"
	"shuke/views/layout"
	"shuke/views/text"
	"shuke/views/ui"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// write renders into a buffer, then sends status and bytes: a failure while
// rendering can still become an error page.
func write(c echo.Context, ctx context.Context, status int, page templ.Component) error {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := page.Render(ctx, b); err != nil {
		return err
	}
	return c.Blob(status, echo.MIMETextHTMLCharsetUTF8, b.Bytes())
}

// page sends a page of a signed-in person in its frame.
func (a *App) page(c echo.Context, status int, title, sub string, content func(context.Context) templ.Component) error {
	in := inquiryOf(c)
	ctx := text.With(c.Request().Context(), in.print)
	frame := a.frame(c, in, title, sub)
	for _, f := range in.session.Flashes() {
		if key, ok := f.(string); ok {
			frame.Flash = append(frame.Flash, layout.Flash{Tone: ui.ToneOK, Text: in.print.T(key)})
		}
	}
	if err := in.session.Save(c.Request(), c.Response()); err != nil {
		return err
	}
	body := content(ctx)
	return write(c, ctx, status, templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return layout.Page(frame).Render(templ.WithChildren(ctx, body), w)
	}))
}

// templOf is content that needs no context to be made.
func templOf(content templ.Component) func(context.Context) templ.Component {
	return func(context.Context) templ.Component { return content }
}

// part sends a fragment that script puts into a page.
func (a *App) part(c echo.Context, status int, content templ.Component) error {
	return write(c, text.With(c.Request().Context(), inquiryOf(c).print), status, content)
}

// plain sends a page of somebody not signed in.
func (a *App) plain(c echo.Context, status int, titleKey, subKey string, content templ.Component) error {
	p := a.printer(c, "", nil)
	ctx := text.With(c.Request().Context(), p)
	props := layout.PlainProps{
		Lang: string(p.Language()), Theme: theme(cookieValue(c, themeCookie)), Title: p.T(titleKey), Here: localPath(c.Request().URL.Path),
		Links: layout.Links{Home: "/", Language: "/language", Theme: "/theme"},
	}
	if subKey != "" {
		props.Sub = p.T(subKey, map[string]any{"House": a.house})
	}
	return write(c, ctx, status, templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return layout.Plain(props).Render(templ.WithChildren(ctx, content), w)
	}))
}

// frame is what every page of a signed-in person has around it.
func (a *App) frame(c echo.Context, in *inquiry, title, sub string) layout.Props {
	p := in.print
	branch := in.staff.BranchNameZH
	if p.Language() == text.English {
		branch = in.staff.BranchNameEN
	}
	links := layout.Links{Home: "/", Language: "/language", Theme: "/theme", SignOut: "/sign-out"}
	if in.can(policies.CustomerLookUp) {
		links.Lookup = "/look-up"
	}
	return layout.Props{
		Lang: string(p.Language()), Theme: theme(in.staff.Theme), Title: title, Sub: sub, Groups: a.navigation(c, in), Branch: branch, House: a.house,
		Me: layout.Person{Name: in.Actor.Name, Login: in.Actor.Login, Role: p.T("role." + string(in.Actor.Role))}, Links: links,
		Here: a.here(c), NoLookup: slices.Contains(ownLookup[:], c.Path()),
	}
}

// ownLookup are the pages that have a look-up of their own.
var ownLookup = [...]string{"/desk", "/look-up", "/customers/:id/relations/new", "/customers/:id/relations/find"}

// here is the page that the switches of language and theme come back to: this
// one, unless it answers a form sent to an address that has no page.
func (a *App) here(c echo.Context) string {
	for _, r := range a.routes {
		if r.method == get && r.path == c.Path() {
			return localPath(c.Request().URL.Path)
		}
	}
	return "/"
}

// navigation lists the pages this person can open.
func (a *App) navigation(c echo.Context, in *inquiry) []layout.NavGroup {
	item := func(p policies.Permission, href, icon, key string, paths ...string) []layout.NavItem {
		if !in.can(p) {
			return nil
		}
		n := layout.NavItem{Href: href, Icon: icon, Text: in.print.T(key)}
		for _, path := range append(paths, href) {
			n.Current = n.Current || c.Path() == path
		}
		return []layout.NavItem{n}
	}
	var groups []layout.NavGroup
	add := func(key string, items ...[]layout.NavItem) {
		g := layout.NavGroup{Label: in.print.T(key)}
		for _, i := range items {
			g.Items = append(g.Items, i...)
		}
		if len(g.Items) > 0 {
			groups = append(groups, g)
		}
	}
	add("nav.desk", item(policies.CustomerLookUp, "/desk", "search", "nav.desk_home", "/look-up"), item(policies.ArrivalRead, "/arrivals", "calendar", "nav.arrivals", "/arrivals/print", "/stays/:stay", "/stays/new", "/stays/:stay/check-in", "/stays/:stay/note"), item(policies.CustomerCreate, "/customers/new", "plus", "nav.customer_new", "/customers"), item(policies.ConsentRecord, "/requests", "chat", "nav.requests"))
	add("nav.house", item(policies.StaffRead, "/staff", "user", "nav.staff", "/staff/new", "/staff/:login", "/staff/:login/edit"), item(policies.BranchRead, "/branches", "building", "nav.branches", "/branches/new", "/branches/:code/edit"),
		item(policies.StaffManage, "/tokens", "lock", "nav.tokens", "/staff/:login/tokens/new", "/staff/:login/tokens"),
		item(policies.WebhookRead, "/webhooks", "export", "nav.webhooks", "/webhooks/new", "/webhooks/:hook", "/webhooks/:hook/test", "/webhooks/:hook/secret"),
		item(policies.LinkRead, "/links", "bed", "nav.links"))
	add("nav.service", item(policies.AreaRead, "/lists", "gift", "nav.lists", "/lists/:list", "/lists/:list/new", "/lists/:list/:item"),
		item(policies.ClubRead, "/clubs", "user", "nav.clubs", "/clubs/new", "/clubs/standing", "/clubs/:club", "/clubs/:club/:part", "/clubs/:club/:part/new", "/clubs/:club/:part/:item"))
	add("nav.custody", item(policies.ImportRun, "/imports", "bill", "nav.imports", "/imports/new", "/imports/:id", "/imports/:id/mapping", "/imports/:id/start", "/imports/:id/ask", "/imports/:id/approve", "/imports/:id/decline", "/imports/:id/cancel", "/imports/:id/undo", "/imports/:id/scans"),
		item(policies.FieldRead, "/fields", "doc", "nav.fields", "/fields/:key", "/fields/new", "/fields/:key/edit"), item(policies.PurposeRead, "/purposes", "chart", "nav.purposes", "/purposes/weights"), item(policies.WordingManage, "/wordings", "chat", "nav.wordings", "/wordings/:wording"), item(policies.CustomerErase, "/erasures", "x", "nav.erasures"), item(policies.AuditRead, "/audit", "shield", "nav.audit"))
	add("nav.me", item(policies.AccountUse, "/account", "key", "nav.account", "/account/password"))
	return groups
}

func seeOther(c echo.Context, to string) error {
	if isFragment(c) {
		c.Response().Header().Set("HX-Redirect", to)
		return c.NoContent(http.StatusOK)
	}
	return c.Redirect(http.StatusSeeOther, to)
}
