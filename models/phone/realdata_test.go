package phone

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
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
		if try := filepath.Join(dir, "shared", "data"); isDir(try) {
			return try
		}
	}
	t.Skip("no shared/data beside the repository")
	return ""
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func readJSON(t *testing.T, path string, into any) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestCaseFileOfPhones(t *testing.T) {
	var file struct {
		Cases []struct {
			ID, Input, Region, Expect, Ext, Reason string
			E164                                   []string
		}
	}
	readJSON(t, filepath.Join(realData(t), "cases", "phones.json"), &file)
	if len(file.Cases) < 20 {
		t.Fatalf("only %d cases", len(file.Cases))
	}
	for _, c := range file.Cases {
		got, err := Parse(c.Input, c.Region)
		if c.Expect == "reject" {
			if reasonOf(err) != Reason(c.Reason) || got != nil {
				t.Errorf("%s: want refusal %s, got %v (numbers: %d)", c.ID, c.Reason, err, len(got))
			}
			continue
		}
		if err != nil || !slices.Equal(e164s(got), c.E164) || got[len(got)-1].Ext != c.Ext {
			t.Errorf("%s: want %v ext %q, got %v, %v", c.ID, c.E164, c.Ext, got, err)
		}
	}
}

func reasonOf(err error) Reason {
	var e *Error
	if errors.As(err, &e) {
		return e.Reason
	}
	return ""
}

func e164s(numbers []Number) []string {
	var out []string
	for _, n := range numbers {
		out = append(out, n.E164)
	}
	return out
}

type importFile struct {
	File    string
	Mapping []struct{ Field string }
	Rows    []importRow
}

type importRow struct {
	N     int
	Clean *struct {
		Phones []string
		Ext    map[string]string
	}
	Reject, Field string
	Salvage       *struct{ Phones []string }
}

// classOf maps the reasons onto the classes of the import cases.
func classOf(err error) string {
	switch reasonOf(err) {
	case "", EmptyWord:
		return ""
	case AreaCodeMissing:
		return "phone_area_code_missing"
	case PrecisionLost:
		return "phone_precision_lost"
	}
	return "phone_invalid"
}

func TestPhoneColumnsOfImportCases(t *testing.T) {
	dir := filepath.Join(realData(t), "cases")
	var expected struct{ Files []importFile }
	readJSON(t, filepath.Join(dir, "imports", "expected.json"), &expected)
	// Those left out are no CSV, or need the importer's own reading of line ends.
	left := []string{"07_excel_dates.xlsx", "09_formulas.csv", "10_title_merged_totals.xlsx", "13_vcard21_quoted_printable.vcf"}
	checked := 0
	for _, f := range expected.Files {
		if slices.Contains(left, filepath.Base(f.File)) {
			continue
		}
		column := slices.IndexFunc(f.Mapping, func(m struct{ Field string }) bool { return m.Field == "phone" })
		records := readCSV(t, filepath.Join(dir, f.File))
		for _, row := range f.Rows {
			cell := ""
			if record := records[row.N]; column < len(record) {
				cell = record[column]
			}
			checkImportRow(t, f.File, row, cell)
			checked++
		}
	}
	if checked < 100 {
		t.Errorf("only %d rows checked", checked)
	}
}

func checkImportRow(t *testing.T, file string, row importRow, cell string) {
	t.Helper()
	got, err := Parse(cell, "CN")
	if row.Reject == "control_character" && row.Field == "phone" {
		if err == nil {
			t.Errorf("%s row %d: control character taken", file, row.N)
		}
		return
	}
	if row.Reject != "" && row.Field == "phone" {
		if classOf(err) != row.Reject || got != nil {
			t.Errorf("%s row %d: want %s, got %v", file, row.N, row.Reject, err)
		}
		return
	}
	var want []string
	ext := map[string]string{}
	switch {
	case row.Clean != nil:
		want = row.Clean.Phones
		if row.Clean.Ext != nil {
			ext = row.Clean.Ext
		}
	case row.Salvage != nil:
		want = row.Salvage.Phones
	default:
		return // a doubled row: nothing is said of its phone
	}
	if classOf(err) != "" || !slices.Equal(e164s(got), want) {
		t.Errorf("%s row %d: want %v, got %v, %v", file, row.N, want, got, err)
	}
	for _, n := range got {
		if n.Ext != ext[n.E164] {
			t.Errorf("%s row %d: want extensions %v, got %v", file, row.N, ext, got)
		}
	}
}

func readCSV(t *testing.T, path string) [][]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	switch filepath.Base(path)[:2] {
	case "02":
		text, err = simplifiedchinese.GB18030.NewDecoder().Bytes(text)
	case "03":
		text, err = unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Bytes(text)
	}
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	records, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return records
}
