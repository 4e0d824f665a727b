package tabular

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

const sampleText = "姓名,手机,备注\r\n王伟,13800138000,喜欢高楼层，一个人住\r\n李𠮷,13900139000,€100 押金\r\n"

func encode(t testing.TB, e encoding.Encoding, text string) string {
	t.Helper()
	out, err := e.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEncodingsAreRecognised(t *testing.T) {
	be, le := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	gb := simplifiedchinese.GB18030
	ascii := "name,phone\n" + strings.Repeat("Ann,13800138000\n", 9000)
	english := "name,phone\nAnn,13800138000\n"
	tests := []struct {
		rule, file, text string
		o                Options
		want             string
		bom              bool
	}{
		{"UTF-8", sampleText, sampleText, Options{}, utf8Name, false},
		{"UTF-8 with a mark", "\xef\xbb\xbf" + sampleText, sampleText, Options{}, utf8Name, true},
		{"GB18030", encode(t, gb, sampleText), sampleText, Options{}, gbName, false},
		{"GB18030 with a mark", "\x84\x31\x95\x33" + encode(t, gb, sampleText), sampleText, Options{}, gbName, true},
		{"UTF-16BE", encode(t, be, sampleText), sampleText, Options{}, utf16BEName, false},
		{"UTF-16BE with a mark", "\xfe\xff" + encode(t, be, sampleText), sampleText, Options{}, utf16BEName, true},
		{"UTF-16LE", encode(t, le, sampleText), sampleText, Options{}, utf16LEName, false},
		{"UTF-16LE with a mark", "\xff\xfe" + encode(t, le, sampleText), sampleText, Options{}, utf16LEName, true},
		{"UTF-16LE of English", encode(t, le, english), english, Options{}, utf16LEName, false},
		{"UTF-16BE with many a 一", encode(t, be, "姓名,备注\n一一,一一一\n一,一一\n"), "姓名,备注\n一一,一一一\n一,一一\n", Options{}, utf16BEName, false},
		{"ASCII", english, english, Options{}, utf8Name, false},
		{"GB18030 after 140 KB of ASCII", ascii + encode(t, gb, "王伟,1\n"), ascii + "王伟,1\n", Options{}, gbName, false},
		{"UTF-8 after 140 KB of ASCII", ascii + "王伟,1\n", ascii + "王伟,1\n", Options{}, utf8Name, false},
		{"accents in UTF-8", "name,city\nMüller,Köln\n", "name,city\nMüller,Köln\n", Options{}, utf8Name, false},
		{"Big5 by name", encode(t, traditionalchinese.Big5, "姓名,手機\n王小明,1\n"), "姓名,手機\n王小明,1\n", Options{Encoding: "BIG-5"}, "Big5", false},
		{"GBK by name", encode(t, gb, "姓名,手机\n㑇㔂,1\n"), "姓名,手机\n㑇㔂,1\n", Options{Encoding: "gbk"}, gbName, false},
		{"Latin-1 by name", "name,city\nM\xfcller,K\xf6ln\n", "name,city\nMüller,Köln\n", Options{Encoding: "iso-8859-1"}, "Windows-1252", false},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			r := openText(t, tt.file, tt.o)
			rows := readAll(t, r)
			f := r.Format()
			if f.Encoding != tt.want || f.BOM != tt.bom {
				t.Errorf("%s bom %v", f.Encoding, f.BOM)
			}
			want := readAll(t, openText(t, tt.text, Options{Encoding: "utf-8"}))
			if len(rows) != len(want) {
				t.Fatalf("%d rows, want %d", len(rows), len(want))
			}
			for i := range rows {
				if rows[i].Raw != want[i].Raw || rows[i].Fault != "" {
					t.Fatalf("row %d: %q %s", i, rows[i].Raw, rows[i].Fault)
				}
			}
		})
	}
}

func TestDamageIsSeenInEveryEncoding(t *testing.T) {
	body := strings.Repeat("王伟,喜欢高楼层\n", 30)
	be := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	gb := simplifiedchinese.GB18030
	tests := map[string]string{
		"UTF-8":    "姓名,备注\n" + body + "李\xe4\xbd,x\n" + body,
		"GB18030":  encode(t, gb, "姓名,备注\n"+body) + "\xc0\xee\xff,x\n" + encode(t, gb, body),
		"UTF-16BE": encode(t, be, "姓名,备注\n"+body) + "\xd8\x00\x00,\x00x\x00\n" + encode(t, be, body),
	}
	for name, file := range tests {
		r := openText(t, file, Options{})
		bad := 0
		for _, row := range readAll(t, r) {
			if row.Fault != "" {
				bad++
				if row.Fault != EncodingDamaged || row.Line != 32 {
					t.Errorf("%s: line %d %s", name, row.Line, row.Fault)
				}
			}
		}
		if bad != 1 || r.Format().Encoding != name {
			t.Errorf("%s: %d rows damaged in %s", name, bad, r.Format().Encoding)
		}
	}
}
