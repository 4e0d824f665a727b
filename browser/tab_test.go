package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// patience is how long a condition may take on a busy machine; nothing is said
// about how long it should take.
const patience = 30 * time.Second

// tab is one page of the browser, with what it complained about.
type tab struct {
	t      *testing.T
	ctx    context.Context
	base   string
	person cdp.BrowserContextID

	mu       sync.Mutex
	trouble  []string
	accepted int
}

// visitor opens a tab with cookies of its own: somebody at another computer.
func (s *site) visitor(t *testing.T) *tab {
	t.Helper()
	browser := overBrowser()
	person, err := target.CreateBrowserContext().Do(browser)
	must(t, err)
	t.Cleanup(func() { target.DisposeBrowserContext(person).Do(browser) })
	return newTab(t, s.url, person)
}

// beside opens another tab of the same person.
func (b *tab) beside() *tab {
	b.t.Helper()
	return newTab(b.t, b.base, b.person)
}

// overBrowser addresses the browser itself and not a page.
func overBrowser() context.Context {
	return cdp.WithExecutor(chrome.ctx, chromedp.FromContext(chrome.ctx).Browser)
}

// newTab opens a window: a tab behind another one would stand still.
func newTab(t *testing.T, base string, person cdp.BrowserContextID) *tab {
	t.Helper()
	id, err := target.CreateTarget("about:blank").WithBrowserContextID(person).WithNewWindow(true).Do(overBrowser())
	must(t, err)
	ctx, end := chromedp.NewContext(chrome.ctx, chromedp.WithTargetID(id))
	t.Cleanup(end)
	b := &tab{t: t, ctx: ctx, base: base, person: person}
	chromedp.ListenTarget(ctx, b.hear)
	must(t, chromedp.Run(ctx)) // the first run's context is the tab's life: no time limit on it
	b.run(chromedp.EmulateViewport(1440, 900))
	t.Cleanup(b.quiet)
	return b
}

// hear notes what a page says to the console when something is wrong, and lets
// go of a page with unsaved edits when asked.
func (b *tab) hear(event any) {
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		b.complain("exception: " + e.ExceptionDetails.Error())
	case *runtime.EventConsoleAPICalled:
		words := said(e.Args)
		// htmx says so when a request is given up because the page is left.
		abandoned := strings.Contains(words, "htmx:sendAbort") || strings.Contains(words, "htmx:afterRequest")
		if (e.Type == runtime.APITypeError || e.Type == runtime.APITypeWarning) && !abandoned {
			b.complain("console: " + words)
		}
	case *log.EventEntryAdded:
		// An answer that refuses is written there too: 422, 403, 404 are right.
		if e.Entry.Source != log.SourceNetwork && e.Entry.Level != log.LevelInfo && e.Entry.Level != log.LevelVerbose {
			b.complain(fmt.Sprintf("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL))
		}
	case *page.EventJavascriptDialogOpening:
		b.mu.Lock()
		b.accepted++
		b.mu.Unlock()
		go chromedp.Run(b.ctx, page.HandleJavaScriptDialog(true))
	}
}

func (b *tab) complain(what string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.trouble = append(b.trouble, what)
}

// complained waits for a complaint that a test provoked, and forgets it.
func (b *tab) complained(words string) {
	b.t.Helper()
	if !wait(func() bool {
		b.mu.Lock()
		defer b.mu.Unlock()
		before := len(b.trouble)
		b.trouble = slices.DeleteFunc(b.trouble, func(what string) bool { return strings.Contains(what, words) })
		return len(b.trouble) < before
	}) {
		b.t.Fatalf("the page did not complain of %q", words)
	}
}

// quiet fails for each complaint since it was last asked.
func (b *tab) quiet() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, what := range b.trouble {
		b.t.Errorf("the page complained: %s", what)
	}
	b.trouble = nil
}

func (b *tab) run(actions ...chromedp.Action) {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, patience)
	defer stop()
	if err := chromedp.Run(ctx, actions...); err != nil {
		b.t.Fatalf("%v\nat %s", err, b.where())
	}
}

// where describes the page for a failure.
func (b *tab) where() string {
	ctx, stop := context.WithTimeout(b.ctx, 5*time.Second)
	defer stop()
	var out string
	if err := chromedp.Run(ctx, chromedp.Evaluate(`location.href + '\n' + document.body.innerText.slice(0, 1500)`, &out)); err != nil {
		return err.Error()
	}
	return out
}

// open goes to a path of the site.
func (b *tab) open(path string) {
	b.t.Helper()
	b.run(chromedp.Navigate(b.base + path))
}

// is asks the page a question in JavaScript; a page on its way out says no.
func (b *tab) is(question string) bool {
	ctx, stop := context.WithTimeout(b.ctx, patience)
	defer stop()
	var yes bool
	err := chromedp.Run(ctx, chromedp.Evaluate("Boolean("+question+")", &yes))
	return err == nil && yes
}

// until waits for a question to be answered with yes.
func (b *tab) until(question string) {
	b.t.Helper()
	if !wait(func() bool { return b.is(question) }) {
		b.t.Fatalf("never came true: %s\nat %s", question, b.where())
	}
}

// wait asks until the answer is yes or patience ends.
func wait(question func() bool) bool {
	deadline := time.After(patience)
	again := time.NewTicker(15 * time.Millisecond)
	defer again.Stop()
	for !question() {
		select {
		case <-deadline:
			return false
		case <-again.C:
		}
	}
	return true
}

// said is what a call of the console was given.
func said(args []*runtime.RemoteObject) string {
	var out []string
	for _, a := range args {
		out = append(out, string(a.Value)+a.Description)
	}
	return strings.Join(out, " ")
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

// value evaluates an expression that gives a text.
func (b *tab) value(expression string) string {
	b.t.Helper()
	var out string
	b.run(chromedp.Evaluate(expression, &out))
	return out
}

// do runs a statement.
func (b *tab) do(statement string) {
	b.t.Helper()
	b.run(chromedp.Evaluate("(() => {"+statement+"})()", nil))
}

// text is what one reads at a selector; "body" is the whole page.
func (b *tab) text(selector string) string {
	b.t.Helper()
	return b.value("[...document.querySelectorAll(" + quoted(selector) + ")].map(e => e.innerText).join('\\n')")
}

// shows waits for words somewhere at a selector.
func (b *tab) shows(selector, words string) {
	b.t.Helper()
	b.until("[...document.querySelectorAll(" + quoted(selector) + ")].some(e => e.innerText.includes(" + quoted(words) + "))")
}

// lacks fails when the whole source of the page holds the words.
func (b *tab) lacks(words string) {
	b.t.Helper()
	if strings.Contains(b.value("document.documentElement.outerHTML"), words) {
		b.t.Errorf("the page holds %q\nat %s", words, b.where())
	}
}

// at waits for the tab to have arrived at a path, wholly loaded.
func (b *tab) at(path string) {
	b.t.Helper()
	b.until("location.pathname === " + quoted(path) + " && document.readyState === 'complete'")
}

func (b *tab) path() string {
	b.t.Helper()
	return b.value("location.pathname")
}

// quoted is a text as JavaScript writes it.
func quoted(s string) string {
	out, _ := json.Marshal(s) // a string always can
	return string(out)
}
