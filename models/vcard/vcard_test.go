package vcard

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

func plain(b []byte) (string, bool) { return string(b), utf8.Valid(b) }

func cards(t testing.TB, text string) []Card {
	t.Helper()
	var out []Card
	r := NewReader(iotest.OneByteReader(strings.NewReader(text)), plain)
	for {
		c, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
}

// lines are the properties of a card in short.
func (c Card) lines() []string {
	var out []string
	for _, p := range c.Properties {
		text, flaw := p.Text()
		out = append(out, fmt.Sprintf("%s=%s%s", p.Name, text, flaw))
	}
	return out
}

func TestPropertiesAsVersionsWriteThem(t *testing.T) {
	for _, c := range []struct {
		rule, version, text string
		want                []string
	}{
		{"plain", "3.0", "FN:John Doe\n", []string{"FN=John Doe"}},
		{"in small letters, with blanks", "3.0", "fn ;x=y:a\n", []string{"FN=a"}},
		{"a group", "3.0", "item1.TEL;type=pref:1\n", []string{"TEL=1"}},
		{"a colon in a quoted parameter", "4.0", "TEL;LABEL=\"a:b;c\":1\n", []string{"TEL=1"}},
		{"a quote that nothing closes", "4.0", "TEL;LABEL=\"a:1\n", []string{"TEL=1"}},
		{"a fold", "3.0", "NOTE:ab\n c\n\td\n", []string{"NOTE=abcd"}},
		{"a fold within a character", "3.0", "NOTE:a\xE6\xA5\n \xBCb\n", []string{"NOTE=a楼b"}},
		{"a fold of version 2.1 keeps its blank", "2.1", "NOTE:ab\n cd\n", []string{"NOTE=ab cd"}},
		{"a folded header", "4.0", "TEL;TYPE=\n cell:1\n", []string{"TEL=1"}},
		{"escapes", "3.0", `NOTE:a\nb\Nc\,d\;e\\f\:g\x` + "\n", []string{"NOTE=a\nb\nc,d;e\\f:g\\x"}},
		{"backslashes of version 2.1", "2.1", `NOTE:C:\new\;x\,y\\z` + "\n", []string{`NOTE=C:\new;x,y\\z`}},
		{"quoted-printable", "2.1", "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=E6=A5=BC=0D=0Ax=3D\n", []string{"NOTE=楼\r\nx="}},
		{"its soft breaks", "2.1", "NOTE;QUOTED-PRINTABLE:a=\nb =\n c=\nEND:VCARD\n", []string{"NOTE=encoding_damaged"}},
		{"its soft breaks before another property", "2.1", "NOTE;QUOTED-PRINTABLE:a=\nb=\n c\nTEL:1\n", []string{"NOTE=ab c", "TEL=1"}},
		{"a broken code", "2.1", "NOTE;QUOTED-PRINTABLE:=4X\n", []string{"NOTE=encoding_damaged"}},
		{"GBK", "2.1", "FN;CHARSET=gbk;ENCODING=QUOTED-PRINTABLE:=BA=AB\n", []string{"FN=韩"}},
		{"Latin-1 as bytes", "2.1", "FN;CHARSET=ISO-8859-1:J\xFCrgen\n", []string{"FN=Jürgen"}},
		{"a charset nobody knows", "2.1", "FN;CHARSET=KLINGON:\xFC\n", []string{"FN=encoding_unknown"}},
		{"a charset nobody knows, of ASCII", "2.1", "FN;CHARSET=KLINGON:abc\n", []string{"FN=abc"}},
		{"base64", "3.0", "NOTE;ENCODING=b:5qW8\n", []string{"NOTE=楼"}},
		{"base64 that is none", "3.0", "NOTE;ENCODING=b:***\n", []string{"NOTE=encoding_damaged"}},
		{"bytes in no charset", "3.0", "FN:J\xFCrgen\n", []string{"FN=encoding_damaged"}},
		{"a photograph, folded with blanks", "3.0", "PHOTO;ENCODING=b:AAAA\n BBBB\n CCCC\nTEL:1\n", []string{"PHOTO=", "TEL=1"}},
		{"a photograph, folded without", "2.1", "PHOTO;BASE64:AAAA\nBBBB\nCCCC\n\nTEL:1\n", []string{"PHOTO=", "TEL=1"}},
	} {
		all := cards(t, "BEGIN:VCARD\nVERSION:"+c.version+"\n"+c.text+"END:VCARD\n")
		if len(all) != 1 || !all[0].Complete || all[0].Stray > 0 || all[0].Version != c.version || !slices.Equal(all[0].lines(), c.want) {
			t.Errorf("%s: %+v %q", c.rule, all, all[0].lines())
		}
	}
}

func TestPartsAreDividedWhereTheyAreMeantToBe(t *testing.T) {
	for value, want := range map[string][]string{
		"N:Doe;John;;;":              {"Doe", "John", "", "", ""},
		`N:a\;b;c\,d`:                {"a;b", "c,d"},
		"N;QUOTED-PRINTABLE:a=3Bb;c": {"a;b", "c"},
		"N;QUOTED-PRINTABLE:a\\;b;c": {"a;b", "c"},
		"N:":                         {""},
		"N;CHARSET=X:\xFF;b":         nil,
		"N;QUOTED-PRINTABLE:=Z;b":    nil,
	} {
		c := cards(t, "BEGIN:VCARD\nVERSION:2.1\n"+value+"\nEND:VCARD\n")[0]
		if parts, flaw := c.Properties[0].Parts(); !slices.Equal(parts, want) || (want == nil) != (flaw != "") {
			t.Errorf("%q: %q %s", value, parts, flaw)
		}
	}
}

func TestCardsBeginAndEndWhereTheySay(t *testing.T) {
	type short struct {
		line     int
		complete bool
		names    string
		stray    int
	}
	text := "rubbish\nTEL:9\nBEGIN:VCARD\r\nFN:a\r\nEND:VCARD\r\n\r\nbegin : vcard\rFN:b\rBEGIN:VCARD\nFN:c\nAGENT:\nBEGIN:VCARD\nFN:agent\nEND:VCARD\nTEL:1\nno property\nX-王:1\n END:VCARD \nBEGIN:VCARD\nFN:d"
	var got []short
	for _, c := range cards(t, text) {
		names := ""
		for _, p := range c.Properties {
			text, _ := p.Text()
			names += p.Name + text + " "
		}
		got = append(got, short{c.Line, c.Complete, names, c.Stray})
	}
	want := []short{{3, true, "FNa ", 0}, {7, false, "FNb ", 0}, {9, true, "FNc AGENT TEL1 ", 2}, {19, false, "FNd ", 0}}
	if !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	r := NewReader(strings.NewReader(text), plain)
	for err := error(nil); err == nil; {
		_, err = r.Next()
	}
	if ends := r.LineEnds(); !slices.Equal(ends, []string{"CR", "CRLF", "LF"}) {
		t.Errorf("line ends %q", ends)
	}
}

func TestPreferredComeFirst(t *testing.T) {
	c := cards(t, "BEGIN:VCARD\nTEL;CELL:1\nTEL;TYPE=HOME,PREF:2\nTEL;PREF=1:3\nTEL;PREF:4\nTEL;TYPE=\"work,voice\":5\nEND:VCARD\n")[0]
	order := ""
	for _, p := range c.All("TEL") {
		text, _ := p.Text()
		order += text
	}
	if order != "23415" || !c.Properties[4].Is("VOICE") || c.Properties[4].Is("HOME") || c.Properties[0].Param("PREF") != "" {
		t.Errorf("%s %+v", order, c.Properties)
	}
}

func TestCardsKeepTheirOriginalWithoutPhotographs(t *testing.T) {
	c := cards(t, "BEGIN:VCARD\nVERSION:3.0\nFN:王\nPHOTO;ENCODING=b:AAAA\n BBBB\nNOTE:a\n b\nEND:VCARD\n")[0]
	if want := "BEGIN:VCARD\nVERSION:3.0\nFN:王\nPHOTO: …\nNOTE:ab\nEND:VCARD\n"; c.Raw != want {
		t.Errorf("%q", c.Raw)
	}
}

func TestLimitsAreNamed(t *testing.T) {
	c := cards(t, "BEGIN:VCARD\nFN:a\nNOTE:"+strings.Repeat("x", maxLine)+"\nTEL:1\nEND:VCARD\n")[0]
	if c.TooLong || !c.Properties[1].TooLong || c.Properties[2].TooLong {
		t.Errorf("a long line: %v %+v", c.TooLong, c.Properties)
	}
	c = cards(t, "BEGIN:VCARD\nNOTE:a\n"+strings.Repeat(" "+strings.Repeat("x", 1000)+"\n", 200)+"TEL:1\nEND:VCARD\n")[0]
	if !c.Properties[0].TooLong || len(c.Properties) != 2 {
		t.Errorf("long by folds: %+v", c.Properties)
	}
	for rule, text := range map[string]string{"many properties": strings.Repeat("TEL:1\n", maxProperties+1), "a large card": strings.Repeat("X:"+strings.Repeat("x", 1000)+"\n", 300)} {
		if c := cards(t, "BEGIN:VCARD\n"+text+"END:VCARD\n")[0]; !c.TooLong || !c.Complete || len(c.Raw) > MaxCard+maxLine {
			t.Errorf("%s: %v %d", rule, c.TooLong, len(c.Raw))
		}
	}
	c = cards(t, "BEGIN:VCARD\nPHOTO;ENCODING=b:"+strings.Repeat("A", 2*MaxCard)+"\nFN:a\nEND:VCARD\n")[0]
	if c.TooLong || len(c.Raw) > 200 || len(c.lines()) != 2 {
		t.Errorf("a large photograph: %v %d", c.TooLong, len(c.Raw))
	}
}

func TestAFailureOfTheFileIsNoEnd(t *testing.T) {
	broken := errors.New("disk")
	for _, text := range []string{"", "BEGIN:VCARD\n", "BEGIN:VCARD\nFN:a\n", "BEGIN:VCARD\nFN:a", "BEGIN:VCARD\nNOTE;QUOTED-PRINTABLE:a=\n"} {
		r := NewReader(io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken)), plain)
		if _, err := r.Next(); !errors.Is(err, broken) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzReader(f *testing.F) {
	f.Add("BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=BA=AB;=\n=C3\nPHOTO;BASE64:AA\nAGENT:\nBEGIN:VCARD\nEND:VCARD\nEND:VCARD\n")
	f.Add("BEGIN:VCARD\rVERSION:4.0\r\na.TEL;TYPE=\"x,y\":tel:+1;ext=2\r\n \\\\\\nx\rEND:VCARD")
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, c := range cards(t, text) {
			if c.Line <= last || !utf8.ValidString(c.Raw) {
				t.Fatalf("%+v", c)
			}
			last = c.Line
			for _, p := range c.Properties {
				_, _ = p.Text()
				_, _ = p.Parts()
				if !nameOf(p.Name) {
					t.Fatalf("%+v", p)
				}
			}
		}
	})
}
