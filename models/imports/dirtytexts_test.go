package imports

import (
	"bytes"
	"compress/gzip"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"

	"shuke/models/tabular"
)

// dirtyTexts are files of CSV.
func dirtyTexts() []dirty {
	return []dirty{
		{what: "dates in more than eight spellings, with mark, CRLF", file: "dates.csv",
			data: []byte("\xEF\xBB\xBF姓名,生日\r\n甲一,1990-03-05\r\n甲二,1990/3/5\r\n甲三,1990.3.5\r\n甲四,1990年3月5日\r\n甲五,19900305\r\n甲六,5 March 1990\r\n甲七,\"Mar 5, 1990\"\r\n" +
				"甲八,一九九〇年三月五日\r\n甲九,05/03/1990\r\n甲十,25/12/1990\r\n甲十一,1990-02-30\r\n甲十二,1990-03-05T18:30:00+08:00\r\n甲十三,90/3/25\r\n甲十四,三月五日\r\n甲十五,１９９０－０３－０５\r\n"),
			rows: map[int]string{
				2:  "map[birth:[1990-03-05] name:[甲一]]",
				3:  "map[birth:[1990-03-05] name:[甲二]]",
				4:  "map[birth:[1990-03-05] name:[甲三]]",
				5:  "map[birth:[1990-03-05] name:[甲四]]",
				6:  "map[birth:[1990-03-05] name:[甲五]]",
				7:  "map[birth:[1990-03-05] name:[甲六]]",
				8:  "map[birth:[1990-03-05] name:[甲七]]",
				9:  "map[birth:[1990-03-05] name:[甲八]]",
				10: "- birth birth_ambiguous",
				11: "map[birth:[1990-12-25] name:[甲十]]",
				12: "- birth birth_invalid",
				13: "map[birth:[1990-03-05] name:[甲十二]]",
				14: "map[birth:[1990-03-25] name:[甲十三]]",
				15: "- birth birth_incomplete",
				16: "map[birth:[1990-03-05] name:[甲十五]]",
			}},
		{what: "telephones, GB18030, tabs", file: "phones.txt", data: gb("客户姓名\t联系电话\t备注\n㑇一\t13810350001\t\n㑇二\t+86 138-1035-0002\t\n㑇三\t０１３８１０３５０００３\t\n㑇四\t1.381035E+10\t\n㑇五\t(021) 6234 5005转802\t\n" +
			"㑇六\t13810350006/13810350007\t\n㑇七\t62345008\t\n㑇八\t138****0009\t\n㑇九\t+1 206 555 0199\t\n㑇十\t无\t\n"),
			rows: map[int]string{
				2:  "map[name:[㑇一] phone:[+8613810350001]]",
				3:  "map[name:[㑇二] phone:[+8613810350002]]",
				4:  "map[name:[㑇三] phone:[+8613810350003]]",
				5:  "- phone phone_precision_lost",
				6:  "map[name:[㑇五] phone:[+862162345005;ext=802]]",
				7:  "map[name:[㑇六] phone:[+8613810350006 +8613810350007]]",
				8:  "- phone phone_area_code_missing",
				9:  "- phone phone_invalid",
				10: "map[name:[㑇九] phone:[+12065550199]]",
				11: "map[name:[㑇十]]",
			}},
		{what: "what Excel calls Unicode text: UTF-16, tabs", file: "unicode.txt", data: utf16le("姓名\t性别\t城市\t备注\r\n乙一\t男\t上海\t\"一,二\"\r\n乙二\tF\t北京\t\"说\"\"好\"\"\"\r\n乙三\t1\t广州\t\r\n乙四\t\t\t\r\n\t\t\t\r\n"),
			rows: map[int]string{
				2: "map[city:[上海] name:[乙一] note:[一,二] sex:[male]]",
				3: `map[city:[北京] name:[乙二] note:[说"好"] sex:[female]]`,
				4: "- sex gender_unknown",
				5: "map[name:[乙四]]",
				6: ".",
			}},
		{what: "semicolons, the separator named, stray and missing quotes", file: "quotes.csv", data: []byte("sep=;\nname;e-mail;remarks\nAnn Ode;ann.ode@example.com;\"two\nlines; one cell\"\nBob \"Bo\" Pi;bob.pi@example.com;5\" floor\n\"Cid Rho;cid.rho@example.com;lost\nDan Tau;dan.tau@example.com;a;b\nEve Phi;eve.phi@example.com;\"said \"yes\" twice\"\nFay Psi;fay.psi@example;\n"),
			rows: map[int]string{
				3: "map[email:[ann.ode@example.com] name:[Ann Ode] note:[two\nlines; one cell]]",
				5: `map[email:[bob.pi@example.com] name:[Bob "Bo" Pi] note:[5" floor]]`,
				6: "- quote_unterminated",
				7: "- columns_mismatch",
				8: `map[email:[eve.phi@example.com] name:[Eve Phi] note:[said "yes" twice]]`,
				9: "- email email_invalid",
			}},
		{what: "old Macintosh line ends, NULs, marks of no width, turned writing", file: "mac.csv", data: []byte("姓名,手机,备注\r丙\u200b一,13810360001,a\r丙二,13810360002,b\x00c\r丙三,13810360003,\u202e321\r\u3000丙四\u00a0,\ufeff13810360004,\r丙\x01五,13810360005,\r"),
			rows: map[int]string{
				2: "map[name:[丙一] note:[a] phone:[+8613810360001]]",
				3: "- note control_character",
				4: "- note control_character",
				5: "map[name:[丙四] phone:[+8613810360004]]",
				6: "- name control_character",
			}},
		{what: "lunar birthdays by word, by form, by a column of yes and no", file: "lunar.csv", data: []byte("姓名,生日,是否农历\n丁一,农历1990年二月初九,\n丁二,1990年闰五月初三,\n丁三,1990-02-09,是\n丁四,1990-03-05,否\n丁五,1990年二月三十,是\n丁六,阴历1985.4.12,\n丁七,一九八五年腊月廿三,\n丁八,农历1990年二月初九,否\n丁九,1991年闰五月初三,\n丁十,农历八月十五,\n"),
			rows: map[int]string{
				2:  "map[birth:[lunar:1990-02-09] name:[丁一]]",
				3:  "map[birth:[lunar:1990-L05-03] name:[丁二]]",
				4:  "map[birth:[lunar:1990-02-09] name:[丁三]]",
				5:  "map[birth:[1990-03-05] name:[丁四]]",
				6:  "map[birth:[lunar:1990-02-30] name:[丁五]]",
				7:  "map[birth:[lunar:1985-04-12] name:[丁六]]",
				8:  "map[birth:[lunar:1985-12-23] name:[丁七]]",
				9:  "- birth birth_ambiguous",
				10: "- birth lunar_invalid",
				11: "- birth birth_incomplete",
			}},
		{what: "days that a spreadsheet left as numbers", file: "serials.csv", data: []byte("姓名,生日\n戊一,32937\n戊二,32937.75\n戊三,1990\n戊四,60\n戊五,60000\n戊六,3653\n戊七,3654\n戊八,#N/A\n戊九,########\n"),
			rows: map[int]string{
				2:  "map[birth:[1990-03-05] name:[戊一]]",
				3:  "- birth birth_invalid",
				4:  "map[birth:[1990] name:[戊三]]",
				5:  "- birth birth_invalid",
				6:  "- birth birth_invalid",
				7:  "- birth birth_future",
				8:  "map[birth:[1910-01-01] name:[戊七]]",
				9:  "- birth birth_invalid",
				10: "- birth birth_invalid",
			}},
		{what: "numbers of documents that a spreadsheet rounded", file: "ids.csv", data: []byte("姓名,证件号码,手机\n己一,110101199003074477,\n己二,1.10101199003074E+17,\n己三,110101199003074000,\n己四,'110101199003070599,\n己五,11010119900307051x,\n己六,110101900307421,\n己七,G12345678,\n己八,110101199003071,1.38104E+10\n"),
			rows: map[int]string{
				2: "map[document_kind:[id_card] document_no:[110101199003074477] name:[己一]]",
				3: "- document_no id_precision_lost",
				4: "map[document_kind:[other] document_no:[110101199003074000] name:[己三]]",
				5: "map[document_kind:[id_card] document_no:[110101199003070599] name:[己四]]",
				6: "map[document_kind:[other] document_no:[11010119900307051X] name:[己五]]",
				7: "map[document_kind:[id_card] document_no:[110101900307421] name:[己六]]",
				8: "map[document_kind:[passport] document_no:[G12345678] name:[己七]]",
				9: "- phone phone_precision_lost",
			}},
		{what: "packed, under a title, with totals, and called a workbook", file: "members.xlsx", data: packed("2026年会员名单,,,\n导出时间：2026-11-20,,,\n姓名,手机,等级,消费金额\n庚一,13810370001,金卡,100\n庚二,13810370002,,200\n小计,,,300\n\n,,,\n庚三,13810370003,银卡,50\n合计：3人,,,350\n制表人：陈静,,,\n第1页 共1页,,,\n"),
			rows: map[int]string{
				4:  "map[name:[庚一] phone:[+8613810370001] tier:[金卡]]",
				5:  "map[name:[庚二] phone:[+8613810370002]]",
				6:  ".",
				8:  ".",
				9:  "map[name:[庚三] phone:[+8613810370003] tier:[银卡]]",
				10: ".",
				11: ".",
				12: ".",
			}, left: []string{"消费金额"}},
		{what: "formulas as text", file: "formulas.csv", data: []byte("姓名,手机,备注\n=cmd|' /C calc'!A0,13810380001,\n辛二,13810380002,=HYPERLINK(\"http://x\")\n@辛三,13810380003,\n辛四,+8613810380004,-5%\n－1+1,13810380005,\n"),
			rows: map[int]string{
				2: "- name formula",
				3: `map[name:[辛二] note:[=HYPERLINK("http://x")] phone:[+8613810380002]]`,
				4: "- name formula",
				5: "map[name:[辛四] note:[-5%] phone:[+8613810380004]]",
				6: "- name formula",
			}},
	}
}

func gb(text string) []byte {
	out, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
	if err != nil {
		panic(err)
	}
	return out
}

func utf16le(text string) []byte {
	out := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(text)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

func packed(text string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write([]byte(text))
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(err)
	}
	return b.Bytes()
}

var _ = strings.ToUpper
var _ tabular.Kind
