package browser

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// onPaper shows the page as it prints, as wide as the text on a sheet of A4.
func (b *tab) onPaper() {
	b.t.Helper()
	b.run(emulation.SetDeviceMetricsOverride(687, whole, 1, false), emulation.SetEmulatedMedia().WithMedia("print").WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}))
}

func TestTheSheetPrintsInInkAloneWhateverTheTheme(t *testing.T) {
	s := newSite(t)
	b := s.visitor(t)
	b.as(s.SignIn("manager"))
	b.open("/customers/" + s.ids["林开口"] + "/sheet")
	b.click("button[name=theme][value=dark]")
	b.until("document.documentElement.dataset.theme === 'dark' && document.readyState === 'complete'")
	b.onPaper()
	for _, gone := range []string{".rail", ".topbar", ".no-print", "[data-print]", "details.form__more"} {
		if !b.is("[...document.querySelectorAll('" + gone + "')].every(e => e.offsetParent === null)") {
			t.Errorf("%s is on the paper", gone)
		}
	}
	if ink := b.value(coloured); ink != "" {
		t.Errorf("colours on the paper: %s", ink)
	}
	if over := b.value(sideways); over != "" {
		t.Errorf("wider than the paper: %s", over)
	}
	if text := b.text(".paper"); !strings.Contains(text, "林开口") || !strings.Contains(text, "我们的承诺") || strings.Contains(text, "E33445566") {
		t.Errorf("%s", text)
	}
	b.run(chromedp.ActionFunc(func(ctx context.Context) error {
		pdf, _, err := page.PrintToPDF().WithPaperWidth(8.27).WithPaperHeight(11.69).WithPreferCSSPageSize(true).Do(ctx)
		if err != nil {
			return err
		}
		if pages := strings.Count(string(pdf), "/Type /Page\n"); pages < 1 || pages > 4 {
			t.Errorf("%d sheets of paper", pages)
		}
		folder := os.Getenv("SHUKE_TEST_SHOTS")
		if folder == "" {
			return nil
		}
		png, err := page.CaptureScreenshot().WithCaptureBeyondViewport(true).WithClip(&page.Viewport{Width: 687, Height: 2400, Scale: 1}).Do(ctx)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, "sheet.pdf"), pdf, 0o600); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(folder, "sheet-print.png"), png, 0o600)
	}))
}

// coloured names what is not ink on paper: text that is no grey or too light to
// read, and grounds that are not white.
const coloured = `(() => { const grey = c => { const m = c.match(/[\d.]+/g).map(Number); return m[3] === 0 || Math.max(m[0], m[1], m[2]) - Math.min(m[0], m[1], m[2]) < 12; };
	const light = c => c.match(/[\d.]+/g).map(Number)[0];
	return [...document.querySelectorAll('main *')].filter(e => e.offsetParent !== null).flatMap(e => { const s = getComputedStyle(e); const out = [];
		if (!grey(s.color) || light(s.color) > 110) out.push(e.tagName + '.' + e.className + ' ' + s.color);
		const ground = s.backgroundColor.match(/[\d.]+/g).map(Number);
		if (ground[3] !== 0 && ground.slice(0, 3).some(v => v < 250)) out.push(e.tagName + '.' + e.className + ' on ' + s.backgroundColor);
		return out; }).slice(0, 6).join('; '); })()`
