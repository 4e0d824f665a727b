package browser

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

//go:embed testdata/axe-core-4.14.1.min.js
var axe string

// everyRule is what axe-core calls WCAG 2.2 A and AA and best practice;
// ofLooks are the rules whose verdict colours and widths can change.
const (
	everyRule = `{runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}, resultTypes: ['violations']}`
	ofLooks   = `{runOnly: {type: 'rule', values: ['color-contrast', 'target-size', 'link-in-text-block', 'scrollable-region-focusable']}, resultTypes: ['violations']}`
)

// look is a way of looking at a page.
type look struct {
	width int64
	theme string
	rules string
}

// looks are all of them. A rule that reads names and structure says the same in
// both themes, so each width is read whole once.
var looks = []look{{1440, "light", everyRule}, {1440, "dark", ofLooks}, {390, "dark", everyRule}, {390, "light", ofLooks}}

// further are those of a page that was seen in all looks in another language:
// colours are the same, words and widths are not.
var further = []look{{1440, "dark", everyRule}, {390, "light", everyRule}}

// inspect holds the page before the reader to what every page must keep: no
// complaint on the console, no key of a text where its words belong, nothing
// that axe-core finds, nothing that is wider than a telephone.
func (b *tab) inspect(name string) {
	b.t.Helper()
	b.inspectIn(looks, name)
}

func (b *tab) inspectIn(looks []look, name string) {
	b.t.Helper()
	b.quiet()
	if keys := strayKeys(b.value(everyText)); len(keys) > 0 {
		b.t.Errorf("%s shows the keys of texts: %s", name, strings.Join(keys, ", "))
	}
	b.run(chromedp.Evaluate(axe, nil))
	for _, l := range looks {
		b.see(l, whole)
		if over := b.value(sideways); over != "" {
			b.t.Errorf("%s is wider than its window of %d: %s", name, l.width, over)
		}
		for _, v := range b.violations(l.rules) {
			b.t.Errorf("%s, %d wide, %s: %s", name, l.width, l.theme, v)
		}
		b.picture(l, name)
	}
	b.see(looks[0], screen)
}

// Heights of the window: that of a screen, and one that holds any page whole, so
// that nothing lies below a bar that stays in sight.
const (
	screen = 900
	whole  = 12000
)

// see changes window and theme without loading the page again.
func (b *tab) see(l look, height int64) {
	b.t.Helper()
	b.run(emulation.SetDeviceMetricsOverride(l.width, height, 1, false), emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: l.theme}, {Name: "prefers-reduced-motion", Value: "reduce"}}))
}

// everyText is what people read or hear on a page.
const everyText = `[document.title, document.body.innerText, ...[...document.querySelectorAll('[aria-label],[title],[placeholder],[alt]')]
	.flatMap(e => ['aria-label', 'title', 'placeholder', 'alt'].map(a => e.getAttribute(a) || '')), ...[...document.querySelectorAll('.sr')].map(e => e.textContent)].join('\n')`

var keyLike = regexp.MustCompile(`(^|[^@\w./-])([a-z]{2,}(\.[a-z_]+)+)\b`)

// strayKeys are words that look like the key of a text; an address of mail has
// its host after an @.
func strayKeys(text string) []string {
	var out []string
	for _, m := range keyLike.FindAllStringSubmatch(text, -1) {
		out = append(out, m[2])
	}
	return out
}

// sideways names what makes the page wider than its window.
const sideways = `(() => { const root = document.documentElement; if (root.scrollWidth <= root.clientWidth) return '';
	const wide = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > root.clientWidth + 1 && !e.closest('.scroll'));
	return root.scrollWidth + ' by ' + wide.slice(0, 5).map(e => e.tagName + '.' + e.className).join(' '); })()`

func (b *tab) violations(rules string) []string {
	b.t.Helper()
	var out []string
	b.run(chromedp.Evaluate(`axe.run(document, `+rules+`).then(r => r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 4).map(n => n.target.join(' ') + ' (' + n.failureSummary.replace(/\s+/g, ' ').slice(0, 260) + ')').join('; ')))`,
		&out, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	return out
}

// picture keeps how the page looks, for whoever wants to see it.
func (b *tab) picture(l look, name string) {
	b.t.Helper()
	folder := os.Getenv("SHUKE_TEST_SHOTS")
	if folder == "" {
		return
	}
	b.see(l, screen)
	file := filepath.Join(folder, strings.ReplaceAll(fmt.Sprintf("%s-%d-%s.png", name, l.width, l.theme), " ", "_"))
	b.run(chromedp.ActionFunc(func(ctx context.Context) error {
		png, err := page.CaptureScreenshot().WithCaptureBeyondViewport(true).Do(ctx)
		if err != nil {
			return err
		}
		return os.WriteFile(file, png, 0o600)
	}))
}
