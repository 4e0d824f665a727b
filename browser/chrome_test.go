package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"github.com/chromedp/chromedp"

	"shuke/models/tabular"
)

// chrome is the one browser of the package; every test gets a context of its
// own in it, with cookies of its own. Without a browser, missing says why.
var chrome struct {
	ctx     context.Context
	missing string
}

// names under which chromium is known.
var names = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

func TestMain(m *testing.M) {
	tabular.ReaderProcess() // files that are handed in are read by this program
	os.Exit(run(m))
}

func run(m *testing.M) int {
	path := ""
	for _, name := range names {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		chrome.missing = "no chromium in the PATH: pages are not tested in a browser"
		return m.Run()
	}
	profile, err := os.MkdirTemp("", "shuke-browser")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(profile)
	allocator, stop := chromedp.NewExecAllocator(context.Background(), flags(path, profile)...)
	defer stop()
	silent := func(string, ...any) {} // chromium is younger than the list of its events
	ctx, end := chromedp.NewContext(allocator, chromedp.WithErrorf(silent), chromedp.WithLogf(silent))
	defer end()
	if err := chromedp.Run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "chromium does not start:", err)
		return 1
	}
	chrome.ctx = ctx
	return m.Run()
}

// flags make a browser that asks nobody anything: no first run, no updates, no
// network of its own, an empty profile.
func flags(path, profile string) []chromedp.ExecAllocatorOption {
	out := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.UserDataDir(profile), chromedp.WindowSize(1440, 900)}
	for _, name := range []string{"headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "no-default-browser-check", "disable-background-networking",
		"disable-component-update", "disable-sync", "disable-extensions", "disable-dev-shm-usage", "disable-default-apps", "hide-scrollbars", "mute-audio",
		"no-proxy-server", "disable-background-timer-throttling", "disable-backgrounding-occluded-windows", "disable-renderer-backgrounding"} {
		out = append(out, chromedp.Flag(name, true))
	}
	return append(out, chromedp.Flag("lang", "zh-CN"), chromedp.Flag("accept-lang", "zh-CN"), chromedp.Flag("disable-features", "Translate,MediaRouter,AutofillServerCommunication,OptimizationHints"))
}

// needChrome skips on a machine without a browser, and fails in CI, where a
// skipped test would pass for a page that works.
func needChrome(t *testing.T) {
	t.Helper()
	if chrome.missing == "" {
		return
	}
	if os.Getenv("CI") != "" {
		t.Fatal(chrome.missing)
	}
	t.Skip(chrome.missing)
}
