package tabular

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
)

func openText(t testing.TB, text string, o Options) *Reader {
	t.Helper()
	r, err := Open(strings.NewReader(text), o)
	if err != nil {
		t.Fatalf("%.80q: %v", text, err)
	}
	return r
}

type brief struct {
	Line  int
	Cells []string
	Fault Reason
}

func briefs(rows []Row) []brief {
	var out []brief
	for _, r := range rows {
		out = append(out, brief{r.Line, r.Cells, r.Fault})
	}
	return out
}

func TestRecords(t *testing.T) {
	cells := func(c ...string) []string { return c }
	tests := []struct {
		rule, text string
		want       []brief
	}{
		{"LF, no end after the last row", "name,phone\na,1\nb,2", []brief{{2, cells("a", "1"), ""}, {3, cells("b", "2"), ""}}},
		{"CR alone ends a line", "name,phone\ra,1\rb,2\r", []brief{{2, cells("a", "1"), ""}, {3, cells("b", "2"), ""}}},
		{"mixed ends each count one", "name,phone\r\na,1\rb,2\n\n\r\nc,3\r\n", []brief{{2, cells("a", "1"), ""}, {3, cells("b", "2"), ""}, {6, cells("c", "3"), ""}}},
		{"empty lines are no rows, rows of delimiters are", "name,phone\n\n  \n,\na,1", []brief{{4, cells("", ""), ""}, {5, cells("a", "1"), ""}}},
		{"quotes hold delimiters, quotes and line ends", "name,note\n\"a,b\",\"say \"\"hi\"\"\r\nthere\rtoo\"\nc,d\n", []brief{{2, cells("a,b", "say \"hi\"\r\nthere\rtoo"), ""}, {5, cells("c", "d"), ""}}},
		{"blanks around quotes", "name,note\n \"a, b\" , \"c\"\t\n", []brief{{2, cells("a, b", "c"), ""}}},
		{"all kinds of blanks are trimmed", "name,note\n\u3000张三\u00a0,\u200b\ufeff x\t\n", []brief{{2, cells("张三", "x"), ""}}},
		{"cells are NFC", "name,note\nJu\u0308rgen,\uac00\n", []brief{{2, cells("Jürgen", "가"), ""}}},
		{"short rows are filled up", "name,phone,city\na\nb,1\n", []brief{{2, cells("a", "", ""), ""}, {3, cells("b", "1", ""), ""}}},
		{"empty cells beyond the headings do not matter", "name,phone\na,1,,\n", []brief{{2, cells("a", "1"), ""}}},
		{"a cell beyond the headings does", "name,phone\na,1,x\nb,2\n", []brief{{2, cells("a", "1", "x"), ColumnsMismatch}, {3, cells("b", "2"), ""}}},
		{"a quote inside a cell stands", "name,note\nO\"Neil,5\" x\n", []brief{{2, cells(`O"Neil`, `5" x`), ""}}},
		{"a quoted nickname stands", "name,note\n\"大头\"王伟,x\nb,y\n", []brief{{2, cells(`"大头"王伟`, "x"), ""}, {3, cells("b", "y"), ""}}},
		{"stray quotes inside quotes stand on one line", "name,note\na,\"he said \"yes\" twice, ok\"\nb,y\n", []brief{{2, cells("a", `he said "yes" twice, ok`), ""}, {3, cells("b", "y"), ""}}},
		{"a stray quote that took a neighbour in is a mismatch", "name,phone,note\n\"a\"b,1,\"c\"\nb,2,y\n", []brief{{2, cells(`a"b,1,"c`), ColumnsMismatch}, {3, cells("b", "2", "y"), ""}}},
		{"an unterminated quote costs its line", "name,note\na,x\n\"b,y\nc,z\nd,w\n", []brief{{2, cells("a", "x"), ""}, {3, cells(`"b,y`), QuoteUnterminated}, {4, cells("c", "z"), ""}, {5, cells("d", "w"), ""}}},
		{"an unterminated quote stops at a later quote", "name,note\n\"b,y\nc,\"z\"\nd,\"w\"\n", []brief{{2, cells(`"b,y`), QuoteUnterminated}, {3, cells("c", "z"), ""}, {4, cells("d", "w"), ""}}},
		{"an unterminated quote after a cell of two lines", "name,note\n\"a\nb\",\"c\nd,e\n", []brief{{2, cells("a\nb", `"c`), QuoteUnterminated}, {4, cells("d", "e"), ""}}},
		{"an unterminated quote on the last line", "name,note\na,x\n\"b,y", []brief{{2, cells("a", "x"), ""}, {3, cells(`"b,y`), QuoteUnterminated}}},
		{"NUL", "name,note\na\x00b,x\n", []brief{{2, cells("", "x"), ControlCharacter}}},
		{"a character that turns the writing", "name,note\na,\u202e31\n", []brief{{2, cells("a", ""), ControlCharacter}}},
		{"bytes that are no UTF-8", "姓名,备注,城市\n王伟,好\xff好,上海\n李四,\"a\"\"\xfe\",北京\n", []brief{{2, cells("王伟", "", "上海"), EncodingDamaged}, {3, cells("李四", "", "北京"), EncodingDamaged}}},
		{"U+FFFD was damage before", "name,note\n王\ufffd,x\n", []brief{{2, cells("", "x"), EncodingDamaged}}},
		{"a cell too long", "name,note\na," + strings.Repeat("x", MaxCell+1) + "\nb,y\n", []brief{{2, cells("a", ""), TooLong}, {3, cells("b", "y"), ""}}},
		{"a line too long", "name,note\na," + strings.Repeat("x", 2*MaxRecord+1) + "\r\nb,y\n", []brief{{2, nil, TooLong}, {3, cells("b", "y"), ""}}},
		{"a full-width comma is no delimiter", "name,note\n甲，乙,x\n", []brief{{2, cells("甲，乙", "x"), ""}}},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			got := briefs(readAll(t, openText(t, tt.text, Options{})))
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got  %.300s\nwant %.300s", fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", tt.want))
			}
			slow, err := Open(iotest.OneByteReader(strings.NewReader(tt.text)), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := briefs(readAll(t, slow)); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("byte by byte: %.300s", fmt.Sprintf("%+v", got))
			}
		})
	}
}

func TestBadCellsAreNamed(t *testing.T) {
	row := readAll(t, openText(t, "name,phone,note\na\x01,1,\u202eb\n", Options{}))[0]
	if want := []Bad{{1, ControlCharacter}, {3, ControlCharacter}}; !reflect.DeepEqual(row.Bad, want) || row.Raw != "a\x01,1,\u202eb" {
		t.Errorf("%+v", row)
	}
}

func TestTooManyColumns(t *testing.T) {
	wide := strings.Repeat("x,", MaxColumns) + "x"
	rows := readAll(t, openText(t, "a,b\n"+wide+"\nc,d\n", Options{}))
	if rows[0].Fault != ColumnsMismatch || len(rows[0].Cells) != MaxColumns || rows[1].Fault != "" {
		t.Errorf("%s %d", rows[0].Fault, len(rows[0].Cells))
	}
}

func TestHeaderIsFoundBelowTitles(t *testing.T) {
	tests := []struct {
		rule, text string
		line       int
		headings   []string
		first      int
	}{
		{"empty lines first", "\n \r\n\n姓名,手机\n王,1\n", 4, []string{"姓名", "手机"}, 5},
		{"a title with its delimiters", "2026年会员名单,,,\n姓名,手机,城市,备注\n王,1,,\n", 2, []string{"姓名", "手机", "城市", "备注"}, 3},
		{"a title without", "会员名单\n\n导出时间：2026-11-22,导出人：张三\n姓名,手机,城市,备注\n王,1,,\n", 4, []string{"姓名", "手机", "城市", "备注"}, 5},
		{"a quoted title of two lines", "\"会员\n名单\",,\n姓名,手机,城市\n王,1,\n", 3, []string{"姓名", "手机", "城市"}, 4},
		{"unknown headings", "List,,\nalpha,beta,gamma\nx,1,2\n", 2, []string{"alpha", "beta", "gamma"}, 3},
		{"a title that could be a heading", "Guest\n姓名,城市,甲,乙\n王,1,,\n李,2,,\n", 2, []string{"姓名", "城市", "甲", "乙"}, 3},
		{"one column", "手机\n13800138000\n", 1, []string{"手机"}, 2},
		{"one unknown column", "something\nx\n", 1, []string{"something"}, 2},
		{"a heading over two lines", "姓名,\"手机\n(必填)\"\n王,1\n", 1, []string{"姓名", "手机\n(必填)"}, 3},
		{"the separator line of Excel", "sep=;\r\n姓名;手机\r\n王;1\r\n", 2, []string{"姓名", "手机"}, 3},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			r := openText(t, tt.text, Options{})
			f := r.Format()
			rows := readAll(t, r)
			if f.HeaderLine != tt.line || !reflect.DeepEqual(f.Headings, tt.headings) || rows[0].Line != tt.first {
				t.Errorf("line %d, headings %q, first row on %d", f.HeaderLine, f.Headings, rows[0].Line)
			}
		})
	}
}

func TestWithoutHeader(t *testing.T) {
	r := openText(t, "\n王伟,13800138000,\n李四,13900139000,上海,x\n", Options{NoHeader: true})
	if f := r.Format(); f.Headings != nil || f.HeaderLine != 0 {
		t.Errorf("%+v", f)
	}
	want := []brief{{2, []string{"王伟", "13800138000", ""}, ""}, {3, []string{"李四", "13900139000", "上海", "x"}, ColumnsMismatch}}
	if got := briefs(readAll(t, r)); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestDelimiterIsTheOneThatDividesEvenly(t *testing.T) {
	tests := []struct {
		rule, text string
		want       rune
	}{
		{"comma", "a,b\n1,2\n", ','},
		{"semicolon with decimal commas", "a;b\n1,5;2,5\n3,5;4,5\n", ';'},
		{"tab with commas in cells", "a\tb\nx, y\tz\nu, v, w\tq\n", '\t'},
		{"comma with semicolons in quotes", "a,b\n\"x;y\",z\n\"u;v;w\",q\n", ','},
		{"delimiters in quotes do not count", "a;b\n\"1,2,3\";x\n\"4,5,6\";y\n", ';'},
		{"none: comma", "a\nb\nc\n", ','},
		{"known headings decide between two", "姓名;手机\n甲,乙;丙,丁\n", ';'},
		{"a title above", "名单, 2026\n姓名;手机;城市\n王;1;2\n", ';'},
	}
	for _, tt := range tests {
		if got := openText(t, tt.text, Options{}).Format().Delimiter; got != tt.want {
			t.Errorf("%s: %q, want %q", tt.rule, got, tt.want)
		}
	}
	r := openText(t, "a|b；c\n1|2；3\n", Options{Delimiter: '；'})
	if got := readAll(t, r)[0].Cells; !reflect.DeepEqual(got, []string{"1|2", "3"}) {
		t.Errorf("given delimiter: %q", got)
	}
}

func TestRefusedFiles(t *testing.T) {
	zipped := pack(t, "name,phone\na,1\n")
	tests := []struct {
		rule, text string
		o          Options
		want       Reason
	}{
		{"nothing", "", Options{}, EmptyFile},
		{"a mark only", "\xef\xbb\xbf", Options{}, EmptyFile},
		{"blanks only", " \r\n\n\t\n", Options{}, EmptyFile},
		{"headings only", "姓名,手机\n", Options{}, NoRows},
		{"headings and empty lines", "姓名,手机\n\n\n", Options{}, NoRows},
		{"data from the first line on", "王伟,13800138000\n李四,13900139000\n", Options{}, NoHeader},
		{"email from the first line on", "Ann,ann@example.com\n", Options{}, NoHeader},
		{"a spreadsheet", "PK\x03\x04aaaa", Options{}, WrongType},
		{"an old spreadsheet", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Options{}, WrongType},
		{"a web page", "\xef\xbb\xbf \n<HTML><table>", Options{}, WrongType},
		{"cards", "BEGIN:VCARD\r\n", Options{}, WrongType},
		{"packed twice", pack(t, zipped), Options{}, WrongType},
		{"binary", strings.Repeat("a\x00\x01\x02\x03b\x04", 40), Options{}, BinaryContent},
		{"Latin-1", "name,city\nM\xfcller,K\xf6ln\nLef\xe8vre,Orl\xe9ans\nNu\xf1ez,C\xe1diz\n", Options{}, EncodingUnknown},
		{"Big5", "\xa9m\xa6W,\xa4\xe2\xbe\xf7,\xa6a\xa7}\n\xa4\xfd\xa4p\xa9\xfa,1,\xa5x\xa5_\xa5\xab\xabH\xb8q\xb0\xcf\n", Options{}, EncodingUnknown},
		{"UTF-32", "\xff\xfe\x00\x00a\x00\x00\x00", Options{}, EncodingUnknown},
		{"an encoding nobody knows", "a,b\n1,2\n", Options{Encoding: "klingon"}, EncodingUnknown},
		{"a packed file cut off", zipped[:len(zipped)-9], Options{}, FileDamaged},
		{"a delimiter that cannot be", "a,b\n1,2\n", Options{Delimiter: '"'}, DelimiterBad},
	}
	for _, tt := range tests {
		_, err := Open(strings.NewReader(tt.text), tt.o)
		if ReasonOf(err) != tt.want {
			t.Errorf("%s: %v, want %s", tt.rule, err, tt.want)
		}
	}
}

func pack(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPackedFileIsReadAsItsContent(t *testing.T) {
	r := openText(t, pack(t, "姓名\t手机\n王\t1\n")+pack(t, "李\t2\n"), Options{})
	if rows := readAll(t, r); len(rows) != 2 || !r.Format().Gzip || rows[1].Line != 3 {
		t.Errorf("%+v", rows)
	}
}

func TestFailureOfTheSourceIsNoEnd(t *testing.T) {
	broken := errors.New("disk")
	text := "name,phone\n" + strings.Repeat("a,1\n", windowSize)
	r, err := Open(io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for err == nil {
		_, err = r.Next()
	}
	if !errors.Is(err, broken) {
		t.Errorf("ended with %v", err)
	}
}
