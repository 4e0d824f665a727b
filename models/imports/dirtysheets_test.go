package imports

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	wb "shuke/models/workbook/workbooktest"
)

func sheet(rows ...wb.Row) []byte {
	return wb.Book{Sheets: []wb.Sheet{{Name: "客户", Rows: rows}}}.Bytes()
}

// dirtySheets are workbooks.
func dirtySheets() []dirty {
	return []dirty{
		{what: "dates by every kind of format", file: "formats.xlsx", data: sheet(wb.Texts("姓名", "生日"),
			wb.Of(wb.Text("子一"), wb.Formatted("32937", "#14")), wb.Of(wb.Text("子二"), wb.Formatted("32937", "#31")), wb.Of(wb.Text("子三"), wb.Formatted("32937.75", `yyyy/m/d\ h:mm`)),
			wb.Of(wb.Text("子四"), wb.Formatted("32937", `[$-F800]dddd\,\ mmmm\ dd\,\ yyyy`)), wb.Of(wb.Text("子五"), wb.Formatted("32937", `[$-411]ggge"年"m"月"d"日"`)),
			wb.Of(wb.Text("子六"), wb.Formatted("32937", "#58")), wb.Of(wb.Text("子七"), wb.Formatted("32933", "#57")), wb.Of(wb.Text("子八"), wb.Formatted("32937", `yyyy"年"m"月";@`)),
			wb.Of(wb.Text("子九"), wb.Formatted("0.75", "#20")), wb.Of(wb.Text("子十"), wb.Formatted("60", "#14")), wb.Of(wb.Text("子十一"), wb.Formatted("2958466", "#14")),
			wb.Of(wb.Text("子十二"), wb.Formatted("0", "#14")), wb.Of(wb.Text("子十三"), wb.Cell{Type: "d", Value: "1990-03-05T00:00:00"}), wb.Of(wb.Text("子十四"), wb.Text("1990.3.5")),
			wb.Of(wb.Text("子十五"), wb.Number("1990")), wb.Of(wb.Text("子十六"), wb.Number("19900305")), wb.Of(wb.Text("子十七"), wb.Text("农历1990年二月初九"))),
			rows: map[int]string{
				2:  "map[birth:[1990-03-05] name:[子一]]",
				3:  "map[birth:[1990-03-05] name:[子二]]",
				4:  "map[birth:[1990-03-05] name:[子三]]",
				5:  "map[birth:[1990-03-05] name:[子四]]",
				6:  "map[birth:[1990-03-05] name:[子五]]",
				7:  "map[birth:[--03-05] name:[子六]] ~ birth date_year_hidden",
				8:  "map[birth:[1990-03] name:[子七]]",
				9:  "map[birth:[1990-03-05] name:[子八]]",
				10: "- birth birth_invalid",
				11: "- birth birth_invalid",
				12: "- birth birth_invalid",
				13: "- birth birth_invalid",
				14: "map[birth:[1990-03-05] name:[子十三]]",
				15: "map[birth:[1990-03-05] name:[子十四]]",
				16: "- birth birth_incomplete",
				17: "map[birth:[1990-03-05] name:[子十六]]",
				18: "map[birth:[lunar:1990-02-09] name:[子十七]]",
			}},
		{what: "a workbook whose days count from 1904", file: "mac.xlsx", data: wb.Book{Date1904: true, Sheets: []wb.Sheet{{Name: "a", Rows: []wb.Row{wb.Texts("姓名", "生日"),
			wb.Of(wb.Text("丑一"), wb.Formatted("31475", "#14")), wb.Of(wb.Text("丑二"), wb.Number("31475")), wb.Of(wb.Text("丑三"), wb.Formatted("-1", "#14"))}}}}.Bytes(),
			rows: map[int]string{
				2: "map[birth:[1990-03-05] name:[丑一]]",
				3: "map[birth:[1990-03-05] name:[丑二]]",
				4: "- birth birth_invalid",
			}},
		{what: "telephones and numbers of documents as numbers", file: "numbers.xlsx", data: sheet(wb.Texts("姓名", "手机", "证件号", "邮编", "会员号"),
			wb.Of(wb.Text("寅一"), wb.Number("13810390001"), wb.Text("310104198506123017"), wb.Formatted("1234", "000000"), wb.Formatted("88", "00000")),
			wb.Of(wb.Text("寅二"), wb.Number("1.3810390002E10"), wb.Number("1.10101199003074E+17")), wb.Of(wb.Text("寅三"), wb.Number("13810390003"), wb.Number("110101199003074477")),
			wb.Of(wb.Text("寅四"), wb.Number("8613810390004")), wb.Of(wb.Text("寅五"), wb.Number("13810390005.5")), wb.Of(wb.Text("寅六"), wb.Number("1.3810390006000001E+16")),
			wb.Of(wb.Text("寅七"), wb.Number("abc")), wb.Of(wb.Text("寅八"), wb.Formatted("13810390008", `000\ 0000\ 0000`), wb.Number("110101900307424"))),
			rows: map[int]string{
				2: "map[document_kind:[id_card] document_no:[310104198506123017] member_no:[00088] name:[寅一] phone:[+8613810390001] postcode:[001234]]",
				3: "- document_no id_precision_lost",
				4: "- document_no id_precision_lost",
				5: "map[name:[寅四] phone:[+8613810390004]]",
				6: "- phone phone_invalid",
				7: "- phone phone_precision_lost",
				8: "- phone cell_error",
				9: "map[document_kind:[id_card] document_no:[110101900307424] name:[寅八] phone:[+8613810390008]]",
			}},
		{what: "formulas with and without their results", file: "formulas.xlsx", data: sheet(wb.Texts("姓名", "手机", "城市", "备注"),
			wb.Of(wb.Cell{Type: "str", Inner: "<f>A9&amp;B9</f><v>卯一</v>"}, wb.Formula("C9", "13810400001")), wb.Of(wb.Text("卯二"), wb.Formula("VLOOKUP(A3,[1]x!A:B,2,0)", "")),
			wb.Of(wb.Text("卯三"), wb.Number("13810400003"), wb.Cell{Type: "str", Inner: `<f>IF(1,"","")</f><v></v>`}), wb.Of(wb.Text("卯四"), wb.Number("13810400004"), wb.Cell{Type: "e", Inner: "<f>1/0</f><v>#DIV/0!</v>"}),
			wb.Of(wb.Text("卯五"), wb.Number("13810400005"), wb.Cell{}, wb.Cell{Type: "str", Inner: `<f t="shared" si="0"/><v>共用</v>`}), wb.Of(wb.Text("=1+1"), wb.Number("13810400006")),
			wb.Of(wb.Text("卯七"), wb.Cell{}, wb.Cell{Inner: "<f>1+1</f><v/>"})),
			rows: map[int]string{
				2: "map[name:[卯一] phone:[+8613810400001]] ~ name formula_value phone formula_value",
				3: "- phone formula",
				4: "map[name:[卯三] phone:[+8613810400003]]",
				5: "- city cell_error",
				6: "map[name:[卯五] note:[共用] phone:[+8613810400005]] ~ note formula_value",
				7: "- name formula",
				8: "- city formula",
			}},
		{what: "errors and truths in cells", file: "errors.xlsx", data: sheet(wb.Texts("姓名", "生日", "农历", "城市", "备注", "颜色"),
			wb.Of(wb.Text("辰一"), wb.Text("1990-02-09"), wb.Cell{Type: "b", Value: "1"}), wb.Of(wb.Text("辰二"), wb.Text("1990-03-05"), wb.Cell{Type: "b", Value: "0"}),
			wb.Of(wb.Cell{Type: "e", Value: "#NAME?"}), wb.Of(wb.Text("辰四"), wb.Cell{}, wb.Cell{}, wb.Cell{Type: "e", Value: "#N/A"}), wb.Of(wb.Text("辰五"), wb.Cell{}, wb.Cell{}, wb.Cell{}, wb.Formatted("0.125", "0.0%")),
			wb.Of(wb.Text("辰六"), wb.Cell{}, wb.Cell{}, wb.Cell{}, wb.Number("0.30000000000000004"), wb.Cell{Type: "e", Value: "#REF!"})),
			rows: map[int]string{
				2: "map[birth:[lunar:1990-02-09] name:[辰一]]",
				3: "map[birth:[1990-03-05] name:[辰二]]",
				4: "- name cell_error",
				5: "- city cell_error",
				6: "map[name:[辰五] note:[12.5%]]",
				7: "map[name:[辰六] note:[0.3]]",
			}, left: []string{"颜色"}},
		{what: "texts in pieces, with escapes and how they are read", file: "rich.xlsx", data: sheet(wb.Texts("<r><t>姓</t></r><r><rPr><b/></rPr><t>名</t></r><rPh sb=\"0\" eb=\"1\"><t>xm</t></rPh>", "备注"),
			wb.Of(wb.Shared("<r><t>巳</t></r><r><t>一</t></r><phoneticPr fontId=\"1\"/>"), wb.Shared("一_x000D_\n二_x005F_x0041_")), wb.Of(wb.Cell{Type: "inlineStr", Inner: "<is><r><t>巳</t></r><r><t>二</t></r></is>"}, wb.Text("a_x0000_b")),
			wb.Of(wb.Text("巳三"), wb.Shared("<t><![CDATA[<b>&</b>]]></t>")), wb.Of(wb.Text("巳\u200b四"), wb.Text("emoji _xD83D__xDE00_ ok"))),
			rows: map[int]string{
				2: "map[name:[巳一] note:[一\n二_x0041_]]",
				3: "- note control_character",
				4: "map[name:[巳三] note:[<b>&</b>]]",
				5: "map[name:[巳四] note:[emoji 😀 ok]]",
			}},
		{what: "a title, headings of two storeys, merged regions with subtotals, a gap", file: "title.xlsx", data: wb.Book{Sheets: []wb.Sheet{{Name: "名单", Rows: []wb.Row{
			wb.Texts("二零二六年会员名单"), wb.Texts("城市", "姓名", "联系方式", "", "备注"), wb.Texts("", "", "手机", "邮箱"),
			wb.Of(wb.Text("上海"), wb.Text("午一"), wb.Number("13810410001"), wb.Text("w1@example.com")), wb.Of(wb.Cell{}, wb.Text("午二"), wb.Number("13810410002")), wb.Of(wb.Cell{}, wb.Text("小计"), wb.Number("2")),
			wb.Of(wb.Text("北京"), wb.Text("午三"), wb.Number("13810410003")), {Number: 10, Cells: []wb.Cell{wb.Text("广州"), wb.Text("午四"), wb.Number("13810410004"), {}, wb.Text("最后")}},
			{Number: 11, Cells: []wb.Cell{wb.Text("合计"), {}, wb.Formula("COUNTA(C4:C10)", "4")}}, {Number: 5000, Cells: []wb.Cell{wb.Text("制表人：陈静")}}, {Number: 1048576, Cells: []wb.Cell{{Styled: true}}}},
			Merges: []string{"A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "A4:A6", "A7:A8"}}}}.Bytes(),
			rows: map[int]string{
				4:    "map[city:[上海] email:[w1@example.com] name:[午一] phone:[+8613810410001]]",
				5:    "map[city:[上海] name:[午二] phone:[+8613810410002]]",
				6:    ".",
				7:    "map[city:[北京] name:[午三] phone:[+8613810410003]]",
				8:    ".",
				9:    ".",
				10:   "map[city:[广州] name:[午四] note:[最后] phone:[+8613810410004]]",
				11:   ".",
				5000: ".",
			}},
		{what: "hidden rows, hidden columns, empty and hidden sheets", file: "hidden.xlsx", data: wb.Book{Sheets: []wb.Sheet{
			{Name: "封面", Rows: []wb.Row{{Cells: []wb.Cell{{Styled: true}, {Styled: true}}}}}, {Name: "旧名单", State: "hidden", Rows: []wb.Row{wb.Texts("姓名"), wb.Texts("未零")}}, {Name: "图", Kind: "chartsheet", XML: "<chartsheet/>"},
			{Name: "名单", Before: `<cols><col min="2" max="2" hidden="1"/></cols>`, Rows: []wb.Row{wb.Texts("姓名", "手机"), wb.Of(wb.Text("未一"), wb.Number("13810420001")),
				{Attrs: `hidden="1"`, Cells: []wb.Cell{wb.Text("未二"), wb.Number("13810420002")}}, {Attrs: `ht="0" customHeight="1"`, Cells: []wb.Cell{wb.Text("未三")}}, {Attrs: `hidden="1"`, Cells: []wb.Cell{wb.Text("合计")}}}},
			{Name: "最深", State: "veryHidden"}}}.Bytes(),
			rows: map[int]string{
				2: "map[name:[未一] phone:[+8613810420001]]",
				3: "- hidden_row",
				4: "- hidden_row",
				5: ".",
			}, left: []string{"封面", "旧名单", "图", "最深"}, hidden: []string{"手机"}},
		{what: "a sheet chosen by name, though hidden", file: "chosen.xlsx", data: wb.Book{Sheets: []wb.Sheet{{Name: "一", Rows: []wb.Row{wb.Texts("姓名"), wb.Texts("申零")}}, {Name: "二", State: "hidden", Rows: []wb.Row{wb.Texts("姓名"), wb.Texts("申一")}}}}.Bytes(),
			spoil: func(o *Options) { o.Sheet = "二" }, rows: map[int]string{
				2: "map[name:[申一]]",
			}, left: []string{"一"}},
		{what: "cells beyond the headings, disorder, no references, called a CSV", file: "order.csv", data: wb.Book{Sheets: []wb.Sheet{{Name: "a", XML: `<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData>
			<x:row><x:c t="inlineStr"><x:is><x:t>姓名</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>手机</x:t></x:is></x:c></x:row>
			<x:row r="3"><x:c r="B3"><x:v>13810430001</x:v></x:c><x:c r="A3" t="inlineStr"><x:is><x:t>酉一</x:t></x:is></x:c></x:row>
			<x:row><x:c t="inlineStr"><x:is><x:t>酉二</x:t></x:is></x:c><x:c><x:v>13810430002</x:v></x:c><x:c t="inlineStr"><x:is><x:t>多</x:t></x:is></x:c></x:row>
			<x:row><x:c t="inlineStr"><x:is><x:t>酉三</x:t></x:is></x:c><x:c r="D5" t="inlineStr"><x:is><x:t> </x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`}}}.Bytes(),
			rows: map[int]string{
				2: ".",
				3: "map[name:[酉一] phone:[+8613810430001]]",
				4: "- columns_mismatch",
				5: "map[name:[酉三]]",
			}},
		{what: "what another program writes", file: "other.xlsx", data: another(), rows: map[int]string{
			2: "map[birth:[1990-03-05] city:[上海] name:[亥甲] note:[一] phone:[+8613810440001]]",
			3: "- note formula",
			4: "map[birth:[1990-03-05] city:[杭州] name:[亥丙] note:[TRUE] phone:[+8613810440003]]",
			5: "map[name:[亥丁]]",
		}, left: []string{"隐藏"}},
		{what: "with macros, links outside and parts nobody knows", file: "macros.xlsm", data: wb.Book{Sheets: []wb.Sheet{{Name: "a", Rows: []wb.Row{wb.Texts("姓名", "手机"), wb.Of(wb.Text("亥一"), wb.Number("13810450001"))}, After: `<hyperlinks><hyperlink ref="A2" r:id="rId9" xmlns:r="x"/></hyperlinks>`}},
			Parts: map[string]string{"xl/vbaProject.bin": "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1Auto_Open", "xl/externalLinks/externalLink1.xml": "<externalLink/>", "xl/nested.xlsx": "PK\x03\x04"}}.Bytes(),
			rows: map[int]string{
				2: "map[name:[亥一] phone:[+8613810450001]]",
			}},
		{what: "no headings", file: "bare.xlsx", data: sheet(wb.Of(wb.Text("戌一"), wb.Number("13810460001")), wb.Of(wb.Text("戌二"), wb.Number("13810460002"), wb.Text("备注"))),
			left: []string{"3"}, spoil: func(o *Options) { o.NoHeader, o.Maps = true, []string{"1=name", "2=phone"} }, rows: map[int]string{
				1: "map[name:[戌一] phone:[+8613810460001]]",
				2: "map[name:[戌二] phone:[+8613810460002]]",
			}},
		{what: "no headings and nobody says so", file: "bare.xlsx", data: sheet(wb.Of(wb.Text("戌一"), wb.Number("13810460001"))), refuse: "import.file.no_header"},
		{what: "an old or locked workbook", file: "old.xlsx", data: []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 2000)), refuse: "import.file.locked_or_old"},
		{what: "a workbook with a password", file: "locked.xlsx", data: locked(), refuse: "import.file.locked_or_old"},
		{what: "a workbook within an archive", file: "packed.xlsx", data: wb.Zip(map[string]string{"list.xlsx": string(sheet(wb.Texts("姓名"), wb.Texts("a")))}), refuse: "import.file.not_workbook"},
	}
}

// another writes a workbook with excelize, which knows nothing of our reader.
func another() []byte {
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	must(f.SetSheetName("Sheet1", "客人"))
	day, err := f.NewStyle(&excelize.Style{CustomNumFmt: func() *string { s := "yyyy-mm-dd"; return &s }()})
	must(err)
	must(f.SetSheetRow("客人", "A1", &[]any{"姓名", "手机", "生日", "备注", "城市"}))
	for i, row := range [][]any{{"亥甲", 13810440001, 32937, "一", "上海"}, {"亥乙", "13810440002", 32937.25, nil, nil}, {"亥丙", 1.3810440003e10, "1990年3月5日", true, "杭州"}} {
		must(f.SetSheetRow("客人", fmt.Sprintf("A%d", i+2), &row))
	}
	must(f.SetCellStyle("客人", "C2", "C3", day))
	must(f.MergeCell("客人", "E2", "E3"))
	must(f.SetCellFormula("客人", "D3", "A2&B2"))
	must(f.SetCellRichText("客人", "A5", []excelize.RichTextRun{{Text: "亥", Font: &excelize.Font{Bold: true}}, {Text: "丁"}}))
	_, err = f.NewSheet("隐藏")
	must(err)
	must(f.SetSheetVisible("隐藏", false))
	var out bytes.Buffer
	must(f.Write(&out))
	return out.Bytes()
}

func locked() []byte {
	f := excelize.NewFile()
	defer f.Close()
	var out bytes.Buffer
	if err := f.Write(&out, excelize.Options{Password: "secret"}); err != nil {
		panic(err)
	}
	return out.Bytes()
}
