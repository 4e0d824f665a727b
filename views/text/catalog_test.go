package text

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// readAll returns the messages of a language as they stand in its files.
func readAll(t *testing.T, lang Language) map[string]any {
	t.Helper()
	all := map[string]any{}
	for _, name := range messageFiles(t, lang) {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var m map[string]any
		if err := json.Unmarshal(b, &m); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		maps.Copy(all, m)
	}
	return all
}

func messageFiles(t *testing.T, lang Language) []string {
	t.Helper()
	names, err := filepath.Glob("messages/" + string(lang) + "/*.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("no messages for %s: %v", lang, err)
	}
	return names
}

func TestLanguagesHaveTheSameKeysInTheSameFiles(t *testing.T) {
	base := messageFiles(t, Chinese)
	for _, name := range base {
		if _, err := os.Stat(strings.Replace(name, string(Chinese), string(English), 1)); err != nil {
			t.Errorf("%s has no English file", name)
		}
	}
	zh, en := readAll(t, Chinese), readAll(t, English)
	for k := range zh {
		if _, ok := en[k]; !ok {
			t.Errorf("%s is missing in English", k)
		}
	}
	for k := range en {
		if _, ok := zh[k]; !ok {
			t.Errorf("%s is missing in Chinese", k)
		}
	}
}

var hole = regexp.MustCompile(`\{\{\s*\.(\w+)\s*\}\}`)

func holes(v any) []string {
	found := map[string]bool{}
	switch s := v.(type) {
	case string:
		for _, m := range hole.FindAllStringSubmatch(s, -1) {
			found[m[1]] = true
		}
	case map[string]any:
		for _, m := range hole.FindAllStringSubmatch(s["other"].(string), -1) {
			found[m[1]] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

func TestLanguagesHaveTheSameHoles(t *testing.T) {
	zh, en := readAll(t, Chinese), readAll(t, English)
	for k, v := range zh {
		if a, b := holes(v), holes(en[k]); !slices.Equal(a, b) {
			t.Errorf("%s: holes %v in Chinese, %v in English", k, a, b)
		}
	}
}

func TestKeysAreSortedFlatAndOfTheirOwn(t *testing.T) {
	for _, lang := range Languages() {
		for _, name := range messageFiles(t, lang) {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			keys := topKeys(t, name, b)
			for i, k := range keys {
				if !regexp.MustCompile(`^[a-z0-9_]+(\.[a-z0-9_]+)+$`).MatchString(k) {
					t.Errorf("%s: %q is no key: lower case words joined by dots", name, k)
				}
				if i > 0 && keys[i-1] >= k {
					t.Errorf("%s: %q stands after %q", name, k, keys[i-1])
				}
			}
		}
	}
}

// topKeys reads the keys in the order of the file; a map would lose it and
// would hide a key that stands twice.
func topKeys(t *testing.T, name string, b []byte) []string {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(b))
	if _, err := d.Token(); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var keys []string
	for d.More() {
		k, err := d.Token()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var skip json.RawMessage
		if err := d.Decode(&skip); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		keys = append(keys, k.(string))
	}
	return keys
}

func TestWordingKeepsToTheRules(t *testing.T) {
	for _, lang := range Languages() {
		for k, v := range readAll(t, lang) {
			s, _ := v.(string)
			if strings.ContainsAny(s, "!！") {
				t.Errorf("%s %s: no exclamation marks", lang, k)
			}
			if strings.Contains(s, "您") && !strings.Contains(k, ".say") && !strings.Contains(k, ".guest") {
				t.Errorf("%s %s: 您 only in what is said to guests (keys with .say or .guest)", lang, k)
			}
		}
	}
}

func TestLoad(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range Languages() {
		p := c.Printer(lang, nil)
		for k := range readAll(t, lang) {
			if !p.Has(k) {
				t.Errorf("%s %s was not loaded", lang, k)
			}
			if s := p.T(k, map[string]any{"Count": 2}); s == k || s == "" {
				t.Errorf("%s %s gives %q", lang, k, s)
			}
		}
	}
	if n := c.Missing(); n != 0 {
		t.Errorf("%d keys missing: %v", n, c.MissingKeys())
	}
}
