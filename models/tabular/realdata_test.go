package tabular

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
)

// realData returns the path of a file of the real data, or skips.
func realData(t testing.TB, path string) string {
	t.Helper()
	if dir := os.Getenv("SHUKE_REALDATA"); dir != "" {
		return filepath.Join(dir, path)
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		found := filepath.Join(filepath.Dir(dir), "shared", "data", path)
		if _, err := os.Stat(found); err == nil {
			return found
		}
	}
	t.Skip("no real data: set SHUKE_REALDATA")
	return ""
}

func openFile(t testing.TB, path string, o Options) *Reader {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	r, err := Open(f, o)
	if err != nil {
		t.Fatalf("%s: %v", filepath.Base(path), err)
	}
	return r
}

func readAll(t testing.TB, r *Reader) []Row {
	t.Helper()
	var rows []Row
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
}

type expectedFile struct {
	File       string
	Format     string
	Encoding   string
	BOM        bool
	Delimiter  string
	LineEnds   []string `json:"line_ends"`
	HeaderLine int      `json:"header_line"`
	HeaderRow  int      `json:"header_row"`
	Sheet      string
	Outcome    any
	Mapping    []struct{ Heading, Field string }
	Rows       []struct {
		N, Line             int
		Row                 int `json:"sheet_row"`
		Reject, Skip, Field string
		Clean               map[string]any
	}
}

// theirs are the names that the cases use for our fields.
var theirs = map[string]string{FieldBirthDate: "birth", FieldBirthLunar: "lunar", FieldSex: "gender", FieldEmployer: "company", FieldDocumentNo: "id_number"}

func TestCasesAreReadAsExpected(t *testing.T) {
	raw, err := os.ReadFile(realData(t, "cases/imports/expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all struct{ Files []expectedFile }
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	for _, want := range all.Files {
		t.Run(filepath.Base(want.File), func(t *testing.T) {
			if want.Format == "csv" || want.Format == "tsv" {
				checkCase(t, want)
			} else {
				checkTable(t, want)
			}
		})
	}
}

// checkTable looks at what is known of a workbook or of cards before anybody
// reads their cells.
func checkTable(t *testing.T, want expectedFile) {
	f, err := os.Open(realData(t, "cases/"+want.File))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, format, err := everything(Apart(context.Background(), f, Options{}))
	if err != nil || string(format.Kind) != want.Format || format.Sheet != want.Sheet || len(rows) != len(want.Rows) {
		t.Fatalf("%d rows, %+v, %v", len(rows), format, err)
	}
	if want.Format == "xlsx" && format.HeaderLine != want.HeaderRow || !slices.Equal(format.LineEnds, want.LineEnds) {
		t.Errorf("%+v", format)
	}
	for i, w := range want.Rows {
		if rows[i].Line != max(w.Line, w.Row) {
			t.Errorf("row %d is on %d, want %d", w.N, rows[i].Line, max(w.Line, w.Row))
		}
	}
	fields := map[string]string{"N": FieldName} // which stands here in two columns
	for _, m := range Guess(format.Headings) {
		fields[m.Heading] = m.Field
	}
	for _, m := range want.Mapping {
		field, known := fields[m.Heading]
		if their, ok := theirs[field]; ok {
			field = their
		}
		if !known || field != m.Field {
			t.Errorf("%q is %q, want %q", m.Heading, field, m.Field)
		}
	}
}

func checkCase(t *testing.T, want expectedFile) {
	path := realData(t, "cases/"+want.File)
	if refusal, ok := want.Outcome.(map[string]any); ok {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if _, err := Open(f, Options{}); string(ReasonOf(err)) != refusal["refuse"] {
			t.Fatalf("refused with %v, want %v", err, refusal)
		}
		return
	}
	r := openFile(t, path, Options{})
	rows := readAll(t, r)
	f := r.Format()
	got := Format{Encoding: f.Encoding, BOM: f.BOM, Delimiter: f.Delimiter, LineEnds: f.LineEnds, HeaderLine: f.HeaderLine}
	expect := Format{Encoding: want.Encoding, BOM: want.BOM, Delimiter: []rune(want.Delimiter)[0], LineEnds: want.LineEnds, HeaderLine: want.HeaderLine}
	if !reflect.DeepEqual(got, expect) {
		t.Errorf("format %+v, want %+v", got, expect)
	}
	maps := Guess(f.Headings)
	for i, m := range want.Mapping {
		field := maps[i].Field
		if their, ok := theirs[field]; ok {
			field = their
		}
		if f.Headings[i] != m.Heading || field != m.Field {
			t.Errorf("column %d is %q %q, want %+v", i+1, f.Headings[i], field, m)
		}
	}
	checkRows(t, want, rows, maps)
}

func checkRows(t *testing.T, want expectedFile, rows []Row, maps []Mapping) {
	if len(rows) != len(want.Rows) {
		t.Fatalf("%d rows, want %d", len(rows), len(want.Rows))
	}
	for i, w := range want.Rows {
		row := rows[i]
		if row.Line != w.Line {
			t.Errorf("row %d begins on line %d, want %d", w.N, row.Line, w.Line)
		}
		if skip := row.Blank() || Footer(row.Cells); skip != (w.Skip != "") {
			t.Errorf("row %d skipped %v, want %q", w.N, skip, w.Skip)
		}
		ours := w.Reject == string(ControlCharacter) || w.Reject == string(ColumnsMismatch) || w.Reject == string(TooLong)
		if (row.Fault != "") != ours || ours && string(row.Fault) != w.Reject {
			t.Errorf("row %d has fault %q, want %q", w.N, row.Fault, w.Reject)
		}
		for _, b := range row.Bad {
			if maps[b.Column-1].Field != w.Field {
				t.Errorf("row %d: fault in %s, want %s", w.N, maps[b.Column-1].Field, w.Field)
			}
		}
		for c, m := range maps {
			formula := Formula(row.Cells[c])
			if refuse := m.Field == FieldName && formula; refuse != (w.Reject == "formula") && m.Field == FieldName {
				t.Errorf("row %d: name taken for a formula: %v", w.N, refuse)
			}
			text, isText := w.Clean[m.Field].(string)
			if isText && (m.Field == FieldNote || m.Field == FieldCity) && row.Cells[c] != text {
				t.Errorf("row %d: %s differs", w.N, m.Field)
			}
			if sex, err := Sex(row.Cells[c]); m.Field == FieldSex && (err != nil || sex != w.Clean["gender"]) {
				t.Errorf("row %d: sex %q %v", w.N, sex, err)
			}
		}
	}
}

func TestFebrlHeadingsWithBlanks(t *testing.T) {
	r := openFile(t, realData(t, "febrl/dataset1.csv"), Options{})
	rows := readAll(t, r)
	if len(rows) != 1000 || rows[0].Line != 2 || rows[999].Line != 1001 {
		t.Fatalf("%d rows", len(rows))
	}
	want := []string{"", FieldGivenName, FieldFamilyName, FieldHomeAddress, FieldHomeAddress, FieldHomeAddress, FieldCity, FieldPostcode, FieldProvince, FieldBirthDate, FieldDocumentNo}
	maps := Guess(r.Format().Headings)
	empty := map[string]int{}
	for i, m := range maps {
		if m.Field != want[i] {
			t.Errorf("%q is %q, want %q", m.Heading, m.Field, want[i])
		}
		for _, row := range rows {
			if row.Fault != "" {
				t.Fatalf("line %d: %s", row.Line, row.Fault)
			}
			if row.Cells[i] == "" {
				empty[m.Field]++
			}
		}
	}
	if maps[3].Part != 1 || maps[4].Part != 2 || maps[5].Part != 3 || maps[10].Kind != "other" {
		t.Errorf("parts or kind: %+v", maps)
	}
	if empty[FieldFamilyName] != 18 || empty[FieldGivenName] != 44 || empty[FieldBirthDate] != 41 {
		t.Errorf("empty cells: %v", empty)
	}
}

func TestOrdersNameTheirCustomers(t *testing.T) {
	r := openFile(t, realData(t, "rfm_orders/rfm_data_orders.csv"), Options{})
	maps := Guess(r.Format().Headings)
	var fields []string
	for _, m := range maps {
		fields = append(fields, m.Field)
	}
	if !slices.Equal(fields, []string{"", "", "", FieldGivenName, FieldFamilyName, FieldEmail}) {
		t.Errorf("fields %q", fields)
	}
	emails := map[string]bool{}
	rows := readAll(t, r)
	for _, row := range rows {
		emails[row.Cells[5]] = true
	}
	if len(rows) != 4906 || len(emails) != 995 {
		t.Errorf("%d rows, %d customers", len(rows), len(emails))
	}
}

func TestRealPackedFile(t *testing.T) {
	if testing.Short() {
		t.Skip("half a million rows")
	}
	r := openFile(t, realData(t, "online_retail/online_retail_II_2009_2010.csv.gz"), Options{})
	n := 0
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || row.Fault != "" {
			t.Fatalf("line %d: %v %s %q", row.Line, err, row.Fault, row.Raw)
		}
		n++
	}
	if n != 525461 || !r.Format().Gzip {
		t.Errorf("%d rows", n)
	}
}
