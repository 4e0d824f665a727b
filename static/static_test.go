package static

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

func TestURLCarriesTheHashAndOpenResolvesIt(t *testing.T) {
	for _, name := range []string{"css/shuke.css", "js/shuke.js", "vendor/htmx-2.0.11.min.js", "favicon.svg"} {
		url := URL(name)
		if !regexp.MustCompile(`^/static/.+\.[0-9a-f]{8}\.(css|js|svg)$`).MatchString(url) {
			t.Errorf("URL(%q) = %q", name, url)
		}
		content, gzipped, ct, ok := Open(url)
		if !ok || ct == "" || len(content) == 0 {
			t.Fatalf("Open(%q): ok=%v type=%q, %d bytes", url, ok, ct, len(content))
		}
		zr, err := gzip.NewReader(bytes.NewReader(gzipped))
		if err != nil {
			t.Fatal(err)
		}
		if back, err := io.ReadAll(zr); err != nil || !bytes.Equal(back, content) {
			t.Errorf("%s: gzip does not give the content back: %v", name, err)
		}
	}
}

func TestOnlyTheHashedNameIsFound(t *testing.T) {
	for _, p := range []string{"", "css/shuke.css", "/static/css/shuke.css", "/static/css/shuke.00000000.css", "../go.mod", "css/base.css"} {
		if _, _, _, ok := Open(p); ok {
			t.Errorf("Open(%q) found something", p)
		}
	}
}

func TestUnknownNamePanicsInTests(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("URL of an unknown name did not panic")
		}
	}()
	URL("css/nothing.css")
}

func TestEveryPartIsInABundle(t *testing.T) {
	known := map[string]bool{}
	for _, parts := range bundles() {
		for _, p := range parts {
			known[p] = true
		}
	}
	for _, glob := range []string{"css/*.css", "js/*.js"} {
		found, err := fs.Glob(files, glob)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			if !known[f] {
				t.Errorf("%s is in no bundle", f)
			}
		}
	}
}

// The desk page has 60 KB for everything; the page itself and the mark keep 15.
func TestStyleAndScriptStayWithinTheirBudget(t *testing.T) {
	const limit = 45 << 10
	total := 0
	for _, name := range []string{"css/shuke.css", "js/shuke.js", "vendor/htmx-2.0.11.min.js"} {
		_, gzipped, _, _ := Open(URL(name))
		t.Logf("%s: %d bytes gzipped", name, len(gzipped))
		total += len(gzipped)
	}
	if total > limit {
		t.Errorf("style and script are %d bytes gzipped, limit %d", total, limit)
	}
}

func TestNoFileAsksAForeignHostOrEvaluates(t *testing.T) {
	foreign := regexp.MustCompile(`(?i)(https?:)?//[a-z0-9.-]+\.[a-z]{2,}`)
	for _, dir := range []string{"css", "js"} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			b, err := os.ReadFile(dir + "/" + e.Name())
			if err != nil {
				t.Fatal(err)
			}
			src := strings.ReplaceAll(string(b), "http://www.w3.org/2000/svg", "")
			if m := foreign.FindString(src); m != "" {
				t.Errorf("%s/%s names %s", dir, e.Name(), m)
			}
			for _, bad := range []string{"eval(", "new Function", "localStorage", "sessionStorage", "innerHTML", "@import"} {
				if strings.Contains(src, bad) {
					t.Errorf("%s/%s contains %s", dir, e.Name(), bad)
				}
			}
		}
	}
}
