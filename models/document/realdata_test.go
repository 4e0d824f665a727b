package document

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
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

type importFile struct {
	File    string
	Mapping []struct{ Field string }
	Rows    []struct {
		N     int
		Clean *struct {
			Number string `json:"id_number"`
		}
		Reject, Field string
	}
}

func TestIDColumnOfImportCases(t *testing.T) {
	dir := filepath.Join(realData(t), "cases", "imports")
	text, err := os.ReadFile(filepath.Join(dir, "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var expected struct{ Files []importFile }
	if err := json.Unmarshal(text, &expected); err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, f := range expected.Files {
		if filepath.Base(f.File) != "08_ids.csv" {
			continue
		}
		column := 0
		for i, m := range f.Mapping {
			if m.Field == "id_number" {
				column = i
			}
		}
		records := readCSV(t, filepath.Join(dir, "08_ids.csv"))
		for _, row := range f.Rows {
			cell := records[row.N][column]
			if strings.TrimSpace(cell) == "" {
				continue
			}
			checked++
			got, err := Parse(IDCard, cell)
			if row.Clean != nil && (err != nil || got != row.Clean.Number) {
				t.Errorf("row %d: %v", row.N, err)
			}
			if row.Clean != nil && Normalize(cell) != row.Clean.Number {
				t.Errorf("row %d normalises otherwise than it is kept", row.N)
			}
			if row.Field == "id_number" && string(reasonOf(err)) != row.Reject {
				t.Errorf("row %d: want %s, got %v", row.N, row.Reject, err)
			}
		}
	}
	if checked < 15 {
		t.Errorf("only %d numbers checked", checked)
	}
}

func readCSV(t *testing.T, path string) [][]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	records, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return records
}
