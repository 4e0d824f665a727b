package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	wb "shuke/models/workbook/workbooktest"
)

// read opens a workbook, reads its sheet and returns its rows in short.
func read(t testing.TB, data []byte, sheet string) ([]string, error) {
	t.Helper()
	b, err := Open(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	at, err := b.Choose(sheet)
	if err != nil {
		return nil, err
	}
	rows, err := b.Rows(at)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for {
		row, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		line := fmt.Sprint(row.Number)
		if row.Hidden {
			line += " hidden"
		}
		for _, c := range row.Cells {
			line += fmt.Sprintf(" %s=%s%s%s", wb.Column(c.Column), c.Text, c.Fault, c.Note)
		}
		out = append(out, line)
	}
}

func one(rows ...wb.Row) wb.Book { return wb.Book{Sheets: []wb.Sheet{{Name: "s", Rows: rows}}} }

func reasonOf(err error) Reason {
	var e *Error
	if errors.As(err, &e) {
		return e.Reason
	}
	return ""
}

func TestCellsOfEveryType(t *testing.T) {
	cells := []struct {
		rule string
		cell wb.Cell
		want string
	}{
		{"a shared text", wb.Shared("甲"), "甲"},
		{"a text in the cell", wb.Text("a<b>&"), "a<b>&"},
		{"pieces of a text", wb.Shared("<r><t>一</t></r><r><t xml:space=\"preserve\"> 二</t></r>"), "一 二"},
		{"how it is read is left out", wb.Shared("<t>東京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh>"), "東京"},
		{"escapes", wb.Text("a_x000A_b_x005F_x0041_ _x41_"), "a\nb_x0041_ _x41_"},
		{"an escaped pair", wb.Text("_xD83D__xDE00_"), "😀"},
		{"half a pair", wb.Text("_xD83D_"), "\uFFFD"},
		{"a number", wb.Number("1.3810170004E10"), "13810170004"},
		{"a number with blanks", wb.Number(" 7 "), "7"},
		{"no number", wb.Number("0x1F"), "cell_error"},
		{"not a number at all", wb.Number("NaN"), "cell_error"},
		{"true", wb.Cell{Type: "b", Value: "1"}, "TRUE"},
		{"false", wb.Cell{Type: "b", Value: "0"}, "FALSE"},
		{"neither", wb.Cell{Type: "b", Value: "2"}, "cell_error"},
		{"an error", wb.Cell{Type: "e", Value: "#N/A"}, "cell_error"},
		{"a date in words", wb.Cell{Type: "d", Value: "1990-03-05T00:00:00"}, "1990-03-05"},
		{"a formula with its number", wb.Formula("1+1", "2"), "2formula_value"},
		{"a formula with its text", wb.Cell{Type: "str", Inner: "<f>A1</f><v>x</v>"}, "xformula_value"},
		{"a formula with its truth", wb.Cell{Type: "b", Inner: "<f>A1</f><v>1</v>"}, "TRUEformula_value"},
		{"a formula with an error", wb.Cell{Type: "e", Inner: "<f>A1</f><v>#REF!</v>"}, "cell_error"},
		{"a formula without result", wb.Formula("1+1", ""), "formula"},
		{"a formula with an empty number", wb.Cell{Inner: "<f>1+1</f><v></v>"}, "formula"},
		{"part of a shared formula", wb.Cell{Inner: `<f t="shared" si="0"/><v>3</v>`}, "3formula_value"},
	}
	for _, c := range cells {
		got, err := read(t, one(wb.Of(c.cell)).Bytes(), "")
		if err != nil || len(got) != 1 || got[0] != "1 A="+c.want {
			t.Errorf("%s: %q %v, want %q", c.rule, got, err, c.want)
		}
	}
	for rule, c := range map[string]wb.Cell{"only a style": {Styled: true}, "blanks": wb.Text(" \n"), "a formula that gives nothing": {Type: "str", Inner: "<f>IF(1,\"\")</f><v></v>"}} {
		got, err := read(t, one(wb.Of(c, wb.Text("x"))).Bytes(), "")
		if err != nil || got[0] != "1 B=x" {
			t.Errorf("%s: %q %v", rule, got, err)
		}
	}
}

func TestRowsAndCellsStandWhereTheySay(t *testing.T) {
	sheet := func(xml string) wb.Book {
		return wb.Book{Sheets: []wb.Sheet{{Name: "s", XML: "<worksheet><sheetData>" + xml + "</sheetData></worksheet>"}}}
	}
	for _, c := range []struct {
		rule, xml string
		want      []string
		reason    Reason
	}{
		{"no references", "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>", []string{"1 A=1 B=2", "2 A=3"}, ""},
		{"gaps", `<row r="3"><c r="B3"><v>1</v></c><c><v>2</v></c></row><row><c r="AB4"><v>3</v></c></row>`, []string{"3 B=1 C=2", "4 AB=3"}, ""},
		{"cells in disorder", `<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c></row>`, []string{"1 A=1 C=3"}, ""},
		{"two cells in one place", `<row r="1"><c r="A1"><v>3</v></c><c r="A1"><v>1</v></c></row>`, nil, Damaged},
		{"rows in disorder", `<row r="2"><c><v>3</v></c></row><row r="1"><c><v>1</v></c></row>`, []string{"2 A=3"}, Damaged},
		{"a row twice", `<row r="2"><c><v>3</v></c></row><row r="2"><c><v>1</v></c></row>`, []string{"2 A=3"}, Damaged},
		{"a cell of another row", `<row r="2"><c r="A3"><v>3</v></c></row>`, nil, Damaged},
		{"no reference at all", `<row r="2"><c r="12"><v>3</v></c></row>`, nil, Damaged},
		{"the last cell of all", `<row r="1048576"><c r="XFD1048576"><v>3</v></c></row>`, []string{"1048576 XFD=3"}, ""},
		{"a column beyond", `<row r="1"><c r="XFE1"><v>3</v></c></row>`, nil, BeyondSheet},
		{"a row beyond", `<row r="1048577"><c r="A1048577"><v>3</v></c></row>`, nil, BeyondSheet},
		{"too many cells without reference", "<row>" + strings.Repeat("<c><v>1</v></c>", MaxColumns+1) + "</row>", nil, BeyondSheet},
		{"things nobody knows", `<row r="1"><x><c><v>9</v></c></x><c r="A1"><y/><v>1</v><extLst><v>5</v></extLst></c></row><z/>`, []string{"1 A=1"}, ""},
		{"hidden rows", `<row r="1" hidden="true"><c><v>1</v></c></row><row r="2" ht="0"><c><v>2</v></c></row>`, []string{"1 hidden A=1", "2 hidden A=2"}, ""},
		{"comments and declarations between", `<!-- x --><row r="1"><?y z?><c><!-- <v>5</v> --><v>1<!-- 2 --></v></c></row>`, []string{"1 A=1"}, ""},
	} {
		got, err := read(t, sheet(c.xml).Bytes(), "s")
		if !slices.Equal(got, c.want) || reasonOf(err) != c.reason {
			t.Errorf("%s: %q %v", c.rule, got, err)
		}
	}
}

func TestMergesAreKnownBeforeTheFirstRow(t *testing.T) {
	rows := func(s wb.Sheet) (*Rows, error) {
		data := wb.Book{Sheets: []wb.Sheet{s}}.Bytes()
		b, err := Open(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		return b.Rows(0)
	}
	long := wb.Sheet{Rows: []wb.Row{wb.Texts("a")}, Merges: []string{"A1:D1", "C4:C6", "B2"}}
	for range 30_000 { // so that what follows the cells straddles what is read at once
		long.Rows = append(long.Rows, wb.Of(wb.Number("123456789"), wb.Number("2")))
	}
	r, err := rows(long)
	if want := []Merge{{1, 1, 4, 1}, {3, 4, 3, 6}}; err != nil || !slices.Equal(r.Merges, want) {
		t.Fatalf("%v %v", r, err)
	}
	n := 0
	for ; err == nil; n++ {
		_, err = r.Next()
	}
	if !errors.Is(err, io.EOF) || n != 30_002 {
		t.Errorf("%d rows, %v", n, err)
	}
	for rule, s := range map[string]wb.Sheet{
		"a comment that looks like the end of the cells": {Rows: []wb.Row{wb.Texts("a")}, Merges: []string{"A1:A9"}, After: "<!-- </sheetData> -->"},
		"merges in a comment":                            {Rows: []wb.Row{wb.Texts("a")}, After: "<!-- x --><y z='</sheetData>'><mergeCell ref='A1:A9'/></y>"},
	} {
		r, err := rows(s)
		for err == nil {
			_, err = r.Next()
		}
		if reasonOf(err) != Damaged {
			t.Errorf("%s: %v", rule, err)
		}
	}
	if _, err := rows(wb.Sheet{Rows: []wb.Row{wb.Texts("a")}, Merges: []string{"A1:ZZZZ9"}}); reasonOf(err) != BeyondSheet {
		t.Errorf("a merge beyond the sheet: %v", err)
	}
	if _, err := rows(wb.Sheet{Rows: []wb.Row{wb.Texts("a")}, Merges: slices.Repeat([]string{"A1:A2"}, maxMerges+1)}); reasonOf(err) != TooHeavy {
		t.Errorf("a hundred thousand merges: %v", err)
	}
}

func TestTheFirstSheetToBeSeenThatHoldsAnythingIsRead(t *testing.T) {
	text := []wb.Row{wb.Texts("x")}
	data := wb.Book{Sheets: []wb.Sheet{{Name: "empty", Rows: []wb.Row{{Cells: []wb.Cell{{Styled: true}}}}}, {Name: "hidden", State: "hidden", Rows: text}, {Name: "deep", State: "veryHidden", Rows: text},
		{Name: "chart", Kind: "chartsheet", Rows: text}, {Name: "中", Rows: []wb.Row{wb.Texts("right")}}, {Name: "later", Rows: text}}}.Bytes()
	for sheet, want := range map[string]string{"": "right", "hidden": "x", "later": "x"} {
		if got, err := read(t, data, sheet); err != nil || got[0] != "1 A="+want {
			t.Errorf("%q: %q %v", sheet, got, err)
		}
	}
	for sheet, want := range map[string]Reason{"chart": NoSuchSheet, "none": NoSuchSheet} {
		if _, err := read(t, data, sheet); reasonOf(err) != want {
			t.Errorf("%q: %v", sheet, err)
		}
	}
	if _, err := read(t, wb.Book{Sheets: []wb.Sheet{{Name: "a"}, {Name: "b", State: "hidden", Rows: text}}}.Bytes(), ""); reasonOf(err) != Empty {
		t.Errorf("nothing to be seen: %v", err)
	}
	b, err := Open(bytes.NewReader(data), int64(len(data)))
	if err != nil || len(b.Sheets) != 6 || b.Sheets[1].Hidden != true || b.Sheets[2].Hidden != true || b.Sheets[4].Hidden || b.Sheets[3].Cells {
		t.Errorf("%+v %v", b, err)
	}
}

// What excelize writes and reads itself must come out the same here.
func TestAnotherProgramReadsTheSame(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	w, err := f.NewStreamWriter("Sheet1")
	must(err)
	for i := 1; i <= 2000; i++ {
		must(w.SetRow(fmt.Sprintf("A%d", i), []any{fmt.Sprintf("王%d <&> \"\n", i), 13800000000 + i, float64(i) / 7, i%2 == 0, nil, strings.Repeat("长", i%50)}))
	}
	must(w.Flush())
	var out bytes.Buffer
	must(f.Write(&out))
	theirs, err := f.GetRows("Sheet1", excelize.Options{RawCellValue: true})
	must(err)
	data := out.Bytes()
	b, err := Open(bytes.NewReader(data), int64(len(data)))
	must(err)
	rows, err := b.Rows(0)
	must(err)
	for i, their := range theirs {
		row, err := rows.Next()
		must(err)
		for _, c := range row.Cells {
			want := their[c.Column-1]
			switch c.Column {
			case 3:
				want = plain(float64(i+1) / 7)
			case 4:
				want = map[string]string{"1": "TRUE", "0": "FALSE", "TRUE": "TRUE", "FALSE": "FALSE"}[want]
			}
			if c.Text != want || c.Fault != "" {
				t.Fatalf("row %d, column %d: %q, want %q", i+1, c.Column, c.Text, want)
			}
			their[c.Column-1] = ""
		}
		if left := strings.TrimSpace(strings.Join(their, "")); left != "" {
			t.Fatalf("row %d: %q was not read", i+1, left)
		}
	}
	if _, err := rows.Next(); !errors.Is(err, io.EOF) {
		t.Error(err)
	}
}
