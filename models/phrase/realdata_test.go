package phrase

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// realData finds the folder of cases, or skips the test.
func realData(t *testing.T) string {
	t.Helper()
	if dir := os.Getenv("SHUKE_REALDATA"); dir != "" {
		return dir
	}
	dir, err := os.Getwd()
	for err == nil && dir != filepath.Dir(dir) {
		dir = filepath.Dir(dir)
		try := filepath.Join(dir, "shared", "data")
		if info, err := os.Stat(try); err == nil && info.IsDir() {
			return try
		}
	}
	t.Skip("no shared/data beside the repository")
	return ""
}

// TestCaseFilePreferences counts strictly: the first answer alone is right.
func TestCaseFilePreferences(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(realData(t), "cases", "preferences.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Areas   []Area
		Phrases []struct {
			ID, Phrase string
			Area       Area
			Kind       Kind
			AlsoArea   []Area `json:"also_area"`
			AlsoKind   []Kind `json:"also_kind"`
		}
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Phrases) < 60 {
		t.Fatal("preferences.json is not what it was")
	}
	if !slices.Equal(file.Areas, Areas()) {
		t.Errorf("areas %v, want %v", Areas(), file.Areas)
	}
	var strict []example
	for _, p := range file.Phrases {
		strict = append(strict, example{[]Area{p.Area}, []Kind{p.Kind}, p.Phrase})
		r := Read(p.Phrase, nil)
		if r.Area != p.Area && !slices.Contains(p.AlsoArea, r.Area) {
			t.Errorf("%s: area %s, want %s: %s", p.ID, r.Area, p.Area, p.Phrase)
		}
		if r.Kind != p.Kind && !slices.Contains(p.AlsoKind, r.Kind) {
			t.Errorf("%s: kind %s, want %s: %s", p.ID, r.Kind, p.Kind, p.Phrase)
		}
	}
	measure(t, strict).atLeast(t, 95, 95)
}
