package text

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// How sources name a key. The last group is what follows the literal: a plus
// means that the key is composed and the literal only its prefix.
var uses = []*regexp.Regexp{
	regexp.MustCompile(`text\.T\(\s*[\w.()]+,\s*"([^"]+)"\s*(\+?)`),
	regexp.MustCompile(`(?:printer|print|p)\.T\("([^"]+)"\s*(\+?)`),
	regexp.MustCompile(`\.say\(c,\s*"([^"]+)"\s*(\+?)`),
	regexp.MustCompile(`fault\.Newf?\(\s*[\w.]+,\s*"([^"]+)"\s*(\+?)`),
	regexp.MustCompile(`fault\.Wrap\(\s*[^"]+,\s*[\w.]+,\s*"([^"]+)"\s*(\+?)`),
	regexp.MustCompile(`fault\.Message\{\s*(?:Key:\s*)?"([^"]+)"\s*(\+?)`),
	regexp.MustCompile(`\bKey:\s*"([a-z0-9_]+\.[a-z0-9_.]+)"\s*(\+?)`),
	regexp.MustCompile(`\.Add\((?:"[^"]*"|[\w.]+),\s*"([a-z0-9_]+\.[a-z0-9_.]+)"\s*(\+?)`),
}

// composedPrefixes reads the documented prefixes of keys put together at run time.
func composedPrefixes(t *testing.T) []string {
	t.Helper()
	b, err := os.ReadFile("messages/composed.txt")
	if err != nil {
		t.Fatal(err)
	}
	prefixes := strings.Fields(string(b))
	if !slices.IsSorted(prefixes) {
		t.Error("messages/composed.txt is not sorted")
	}
	return prefixes
}

func TestEveryKeyInTheSourcesExists(t *testing.T) {
	known := readAll(t, Chinese)
	prefixes := composedPrefixes(t)
	found := 0
	eachSource(t, func(name, src string) {
		for _, re := range uses {
			for _, m := range re.FindAllStringSubmatch(src, -1) {
				found++
				key, composed := m[1], m[2] == "+"
				if composed {
					if !slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(key, p) }) {
						t.Errorf("%s: prefix %q is not in messages/composed.txt", name, key)
					}
				} else if _, ok := known[key]; !ok {
					t.Errorf("%s: no message %q", name, key)
				}
			}
		}
	})
	if found == 0 {
		t.Error("no use of a key was found: the patterns no longer fit the sources")
	}
}

func TestEveryComposedPrefixHasMessages(t *testing.T) {
	known := readAll(t, Chinese)
	for _, p := range composedPrefixes(t) {
		has := false
		for k := range known {
			has = has || strings.HasPrefix(k, p)
		}
		if !has {
			t.Errorf("no message begins with %q", p)
		}
	}
}

// eachSource calls f for every hand-written Go and templ file of the module.
func eachSource(t *testing.T, f func(name, src string)) {
	t.Helper()
	root := "../.."
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if base := d.Name(); name != root && (strings.HasPrefix(base, ".") || base == "node_modules" || base == "data") {
				return filepath.SkipDir
			}
			return nil
		}
		generated := strings.HasSuffix(name, "_templ.go") || strings.HasSuffix(name, "_test.go")
		if generated || (filepath.Ext(name) != ".go" && filepath.Ext(name) != ".templ") {
			return nil
		}
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		f(name, string(b))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
