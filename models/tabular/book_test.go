package tabular

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	wb "shuke/models/workbook/workbooktest"
)

func readBook(t testing.TB, s wb.Sheet, o Options) ([]Row, Format, error) {
	t.Helper()
	s.Name = "名单"
	return everything(OpenTable(bytes.NewReader(wb.Book{Sheets: []wb.Sheet{s}}.Bytes()), o))
}

func TestHeadingsOfSheetsAreFoundAsThoseOfFilesAre(t *testing.T) {
	guest := wb.Texts("王伟", "13800138000", "上海")
	for _, c := range []struct {
		rule     string
		sheet    wb.Sheet
		line     int
		headings []string
		first    int
	}{
		{"in the first row", wb.Sheet{Rows: []wb.Row{wb.Texts("姓名", "手机", "城市"), guest}}, 1, []string{"姓名", "手机", "城市"}, 2},
		{"below a merged title and a remark", wb.Sheet{Rows: []wb.Row{wb.Texts("会员名单"), {}, wb.Texts("单位：人"), wb.Texts("姓名", "手机", "城市"), guest}, Merges: []string{"A1:C1"}}, 4, []string{"姓名", "手机", "城市"}, 5},
		{"unknown words", wb.Sheet{Rows: []wb.Row{wb.Texts("List"), wb.Texts("alpha", "beta", "gamma"), wb.Texts("x", "1", "2"), wb.Texts("y", "1", "2")}}, 2, []string{"alpha", "beta", "gamma"}, 3},
		{"a column without one", wb.Sheet{Rows: []wb.Row{wb.Texts("姓名", "", "手机"), wb.Texts("王", "x", "1")}}, 1, []string{"姓名", "", "手机"}, 2},
		{"two storeys, the first known", wb.Sheet{Rows: []wb.Row{wb.Texts("姓名", "联系方式", "", "备注"), wb.Texts("", "手机", "邮箱"), guest}, Merges: []string{"A1:A2", "B1:C1", "D1:D2"}}, 1, []string{"姓名", "手机", "邮箱", "备注"}, 3},
		{"two storeys, the second known", wb.Sheet{Rows: []wb.Row{wb.Texts("客人", "怎样找到", "", "其他一", "其他二"), wb.Texts("", "手机", "邮箱", "城市", "地址"), guest}, Merges: []string{"A1:A2", "B1:C1"}}, 2, []string{"客人", "手机", "邮箱", "城市", "地址"}, 3},
		{"a merge that goes on into the rows", wb.Sheet{Rows: []wb.Row{wb.Texts("姓名", "手机", "城市"), wb.Texts("王伟", "13800138000"), wb.Texts("李", "13800138001")}, Merges: []string{"C1:C3"}}, 1, []string{"姓名", "手机", "城市"}, 2},
		{"a merge that goes far down among rows without numbers", wb.Sheet{Rows: []wb.Row{wb.Texts("姓名", "备注", "城市"), wb.Texts("王伟", "甲"), wb.Texts("李娜", "乙"), wb.Texts("赵强", "丙"), wb.Texts("孙丽", "丁")}, Merges: []string{"C1:C5"}}, 1, []string{"姓名", "备注", "城市"}, 2},
	} {
		rows, f, err := readBook(t, c.sheet, Options{})
		if err != nil || f.HeaderLine != c.line || !slices.Equal(f.Headings, c.headings) || rows[0].Line != c.first || f.Kind != XLSX {
			t.Errorf("%s: row %d %q, first %+v, %v", c.rule, f.HeaderLine, f.Headings, rows, err)
		}
	}
	for rule, c := range map[string]struct {
		sheet wb.Sheet
		want  Reason
	}{
		"data from the first row on": {wb.Sheet{Rows: []wb.Row{guest, guest}}, NoHeader},
		"headings only":              {wb.Sheet{Rows: []wb.Row{wb.Texts("姓名", "手机")}}, NoRows},
		"nothing":                    {wb.Sheet{Rows: []wb.Row{{Cells: []wb.Cell{{Styled: true}}}}}, EmptyFile},
		"more headings than columns": {wb.Sheet{Rows: []wb.Row{wb.Texts(slices.Repeat([]string{"x"}, MaxColumns+1)...), guest}}, NoHeader},
	} {
		if _, _, err := readBook(t, c.sheet, Options{}); ReasonOf(err) != c.want {
			t.Errorf("%s: %v", rule, err)
		}
	}
}

func TestSheetsWithoutHeadings(t *testing.T) {
	rows, f, err := readBook(t, wb.Sheet{Rows: []wb.Row{{Number: 3, Cells: []wb.Cell{wb.Text("王")}}, wb.Texts("李", "1", "2")}}, Options{NoHeader: true})
	want := []brief{{3, []string{"王", "", ""}, ""}, {4, []string{"李", "1", "2"}, ""}}
	if err != nil || f.Headings != nil || f.HeaderLine != 0 || !reflect.DeepEqual(briefs(rows), want) {
		t.Errorf("%+v %+v %v", rows, f, err)
	}
}

func TestRowsOfSheets(t *testing.T) {
	head := wb.Texts("姓名", "手机", "城市")
	for _, c := range []struct {
		rule string
		rows []wb.Row
		want []brief
	}{
		{"short rows are filled up", []wb.Row{wb.Texts("王")}, []brief{{2, []string{"王", "", ""}, ""}}},
		{"empty rows between are rows, those behind are none", []wb.Row{wb.Texts("王"), {Number: 5, Cells: []wb.Cell{wb.Text("李")}}, {Cells: []wb.Cell{{Styled: true}}}},
			[]brief{{2, []string{"王", "", ""}, ""}, {3, []string{"", "", ""}, ""}, {4, []string{"", "", ""}, ""}, {5, []string{"李", "", ""}, ""}}},
		{"a long gap is none", []wb.Row{wb.Texts("王"), {Number: 1000, Cells: []wb.Cell{wb.Text("李")}}}, []brief{{2, []string{"王", "", ""}, ""}, {1000, []string{"李", "", ""}, ""}}},
		{"a cell beyond the headings", []wb.Row{wb.Texts("王", "", "", "x")}, []brief{{2, []string{"王", "", "", "x"}, ColumnsMismatch}}},
		{"a style beyond the headings is nothing", []wb.Row{{Cells: []wb.Cell{wb.Text("王"), {}, {}, {}, {Styled: true}, wb.Text(" \u200b")}}}, []brief{{2, []string{"王", "", ""}, ""}}},
		{"cells beyond all columns", []wb.Row{wb.Texts(slices.Repeat([]string{"x"}, MaxColumns+5)...)}, []brief{{2, slices.Repeat([]string{"x"}, MaxColumns), ColumnsMismatch}}},
		{"cells are NFC without blanks", []wb.Row{wb.Of(wb.Text(" Ju\u0308r\u200bgen\u3000"))}, []brief{{2, []string{"Jürgen", "", ""}, ""}}},
		{"control characters", []wb.Row{wb.Of(wb.Text("王"), wb.Text("a_x0000_"), wb.Text("\u202eb"))}, []brief{{2, []string{"王", "", ""}, ControlCharacter}}},
		{"a cell too long", []wb.Row{wb.Of(wb.Text("王"), wb.Text(strings.Repeat("x", MaxCell+1)))}, []brief{{2, []string{"王", "", ""}, TooLong}}},
		{"a hidden row", []wb.Row{{Attrs: `hidden="1"`, Cells: []wb.Cell{wb.Text("王")}}}, []brief{{2, []string{"王", "", ""}, HiddenRow}}},
		{"a hidden total is a total", []wb.Row{wb.Texts("王"), {Attrs: `hidden="1"`, Cells: []wb.Cell{wb.Text("合计"), {Type: "e", Value: "#REF!"}}}}, []brief{{2, []string{"王", "", ""}, ""}, {3, []string{"合计", "", ""}, ""}}},
	} {
		rows, _, err := readBook(t, wb.Sheet{Rows: append([]wb.Row{head}, c.rows...)}, Options{})
		if err != nil || !reflect.DeepEqual(briefs(rows), c.want) {
			t.Errorf("%s: %.300s, %v", c.rule, fmt.Sprintf("%+v", briefs(rows)), err)
		}
	}
}

func TestFaultsAndDoubtsOfSheetsAreNamedByColumn(t *testing.T) {
	rows, _, err := readBook(t, wb.Sheet{Rows: []wb.Row{wb.Texts("姓名", "手机", "生日", "城市", "备注"),
		wb.Of(wb.Cell{Type: "e", Value: "#N/A"}, wb.Number("510107197604193547"), wb.Formatted("60", "#14"), wb.Formula("A1", ""), wb.Formula("A1", "5")),
		wb.Of(wb.Text("王"), wb.Cell{}, wb.Formatted("32937", "#58"))}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if want := []Bad{{1, CellError}, {2, DigitsLost}, {3, NoSuchDay}, {4, FormulaEmpty}}; !reflect.DeepEqual(rows[0].Bad, want) || !reflect.DeepEqual(rows[0].Doubts, []Bad{{5, FormulaValue}}) || rows[0].Cells[4] != "5" {
		t.Errorf("%+v", rows[0])
	}
	if rows[1].Fault != "" || !reflect.DeepEqual(rows[1].Doubts, []Bad{{3, YearHidden}}) || rows[1].Cells[2] != "--03-05" {
		t.Errorf("%+v", rows[1])
	}
	if want := "{#N/A},{510107197604193547},{60},{=A1},5 {=A1}"; strings.ReplaceAll(rows[0].Raw, " ", "") != strings.ReplaceAll(want, " ", "") {
		t.Errorf("original %q", rows[0].Raw)
	}
}

func TestMergedCellsHoldForEveryRowTheyCover(t *testing.T) {
	rows, _, err := readBook(t, wb.Sheet{Rows: []wb.Row{wb.Texts("大区", "姓名", "城市", "备注"),
		wb.Texts("华东", "甲", "上海", "a"), wb.Texts("", "乙", "", "b"), wb.Texts("", "小计", "2"), {}, wb.Texts("", "丙", "杭州"), wb.Texts("华北", "丁", "北京"), wb.Texts("", "", "", ""),
		wb.Of(wb.Text("华南"), wb.Text("戊"), wb.Formula("x", "")), wb.Of(wb.Cell{}, wb.Text("己"))},
		Merges: []string{"A2:A6", "C2:C3", "D2:E3", "A7:A8", "C9:C10", "A9:A1048576"}}, Options{})
	want := []brief{{2, []string{"华东", "甲", "上海", "a"}, ""}, {3, []string{"华东", "乙", "上海", "b"}, ""}, {4, []string{"", "小计", "2", ""}, ""}, {5, []string{"", "", "", ""}, ""},
		{6, []string{"华东", "丙", "杭州", ""}, ""}, {7, []string{"华北", "丁", "北京", ""}, ""}, {8, []string{"", "", "", ""}, ""}, {9, []string{"华南", "戊", "", ""}, FormulaEmpty}, {10, []string{"华南", "己", "", ""}, FormulaEmpty}}
	if err != nil || !reflect.DeepEqual(briefs(rows), want) {
		t.Errorf("%+v %v", briefs(rows), err)
	}
}

func TestSheetsAndHiddenColumnsAreNamed(t *testing.T) {
	book := wb.Book{Sheets: []wb.Sheet{{Name: "封面"}, {Name: "旧", State: "hidden", Rows: []wb.Row{wb.Texts("a")}}, {Name: "名单", Before: `<cols><col min="2" max="3" hidden="1"/><col min="9" max="9" hidden="1"/></cols>`, Rows: []wb.Row{wb.Texts("姓名", "手机", "城市", "备注"), wb.Texts("王")}}}}.Bytes()
	_, f, err := everything(OpenTable(bytes.NewReader(book), Options{}))
	want := []Sheet{{"封面", false}, {"旧", true}, {"名单", false}}
	if err != nil || f.Sheet != "名单" || !reflect.DeepEqual(f.Sheets, want) || !slices.Equal(f.HiddenColumns, []string{"手机", "城市"}) || f.Encoding != "" || f.Date1904 {
		t.Errorf("%+v %v", f, err)
	}
}

// One long text can stand in every cell of a sheet without making the file large.
func TestATextInEveryCellIsRefusedInTime(t *testing.T) {
	long := wb.Shared(strings.Repeat("长", 20_000))
	rows, _, err := readBook(t, wb.Sheet{Rows: []wb.Row{wb.Texts("姓名", "备注"), {Cells: slices.Repeat([]wb.Cell{long}, 40)}, wb.Texts("王")}}, Options{})
	if err != nil || rows[0].Fault != TooLong || rows[0].Raw != "" || rows[1].Fault != "" {
		t.Errorf("a row beyond what a row can hold: %.200v %v", rows, err)
	}
	sheet := wb.Sheet{Name: "a", Rows: []wb.Row{wb.Texts("姓名")}}
	for range 100 {
		sheet.Rows = append(sheet.Rows, wb.Of(long))
	}
	data := wb.Book{Sheets: []wb.Sheet{sheet}}.Bytes()
	b, err := openBook(bytes.NewReader(data), int64(len(data)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	b.left -= maxGiven - 40*60_000
	if rows, _, err = everything(b, nil); ReasonOf(err) != TooHeavy || len(rows) < 39 {
		t.Errorf("more text than is given: %d rows, %v", len(rows), err)
	}
}
