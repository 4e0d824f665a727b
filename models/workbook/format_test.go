package workbook

import (
	"math"
	"testing"
)

func TestANumberIsReadAsItsFormatShowsIt(t *testing.T) {
	type shown struct {
		text        string
		fault, note Doubt
	}
	for _, c := range []struct {
		code string
		v    float64
		want shown
	}{
		{"General", 32937.75, shown{text: "32937.75"}},
		{"@", 13810020030, shown{text: "13810020030"}},
		{"yyyy-mm-dd", 32937.75, shown{text: "1990-03-05"}},
		{`yyyy"年"m"月"d"日"`, 32937, shown{text: "1990-03-05"}},
		{`[$-804]yyyy"年"m"月"d"日";@`, 32937, shown{text: "1990-03-05"}},
		{`[DBNum1][$-804]yyyy"年"m"月"d"日"`, 32937, shown{text: "1990-03-05"}},
		{`[$-F800]dddd\,\ mmmm\ dd\,\ yyyy`, 32937, shown{text: "1990-03-05"}},
		{`[$-411]ge.m.d`, 32937, shown{text: "1990-03-05"}},
		{`e"年"m"月"d"日"`, 32937, shown{text: "1990-03-05"}},
		{"m/d/yy h:mm", 32937.75, shown{text: "1990-03-05 18:00"}},
		{"yyyy-mm-dd hh:mm:ss", 32937.750011574, shown{text: "1990-03-05 18:00:01"}},
		{"yyyy-mm-dd hh:mm:ss.000", 32937, shown{text: "1990-03-05"}},
		{"yyyy-mm-dd hh:mm", 32937.9999999, shown{text: "1990-03-06"}},
		{"h:mm AM/PM", 32937.75, shown{text: "18:00"}},
		{"mm:ss", 0.0007, shown{text: "00:01"}},
		{"[h]:mm", 1.5, shown{text: "36:00"}},
		{"[mm]:ss", 0.5, shown{text: "12:00"}},
		{`m"月"d"日"`, 32937, shown{text: "--03-05", note: YearHidden}},
		{"dddd", 32937, shown{text: "--03-05", note: YearHidden}},
		{"mmm-yy", 32937, shown{text: "1990-03-05"}},
		{"mmm-yy", 32933, shown{text: "1990-03"}},
		{"yyyy", 32874, shown{text: "1990"}},
		{"yyyy", 32937, shown{text: "1990-03-05"}},
		{"yyyy-mm-dd", 60, shown{fault: NoSuchDay}},
		{"yyyy-mm-dd", 59, shown{text: "1900-02-28"}},
		{"yyyy-mm-dd", 61, shown{text: "1900-03-01"}},
		{"yyyy-mm-dd", 1, shown{text: "1900-01-01"}},
		{"yyyy-mm-dd", 0.5, shown{fault: NoSuchDay}},
		{"yyyy-mm-dd", -5, shown{fault: NoSuchDay}},
		{"yyyy-mm-dd", 2958465, shown{text: "9999-12-31"}},
		{"yyyy-mm-dd", 2958466, shown{fault: NoSuchDay}},
		{"yyyy-mm-dd", 1e300, shown{fault: NoSuchDay}},
		{"h:mm", -0.5, shown{fault: NoSuchDay}},
		{"0.00E+00", 12345, shown{text: "12345"}},
		{"0%", 0.5, shown{text: "50%"}},
		{"0.00%", 0.1234, shown{text: "12.34%"}},
		{`#,##0.00"元"`, 1234.5, shown{text: "1234.5"}},
		{`"day"0`, 3, shown{text: "3"}},
		{`0\d`, 3, shown{text: "3"}},
		{"[Red]0.00", 3, shown{text: "3"}},
		{`0_ ;[Red]\-0\ `, 3, shown{text: "3"}},
		{"000000", 123, shown{text: "000123"}},
		{"000000", 1234567, shown{text: "1234567"}},
		{"000000", 12.5, shown{text: "12.5"}},
		{"0", 999999999999999, shown{text: "999999999999999"}},
		{"0", 1e15, shown{fault: DigitsLost}},
		{"0", -510107197604193547, shown{fault: DigitsLost}},
		{"General", 0.1 + 0.2, shown{text: "0.3"}},
		{"General", 1e-7, shown{text: "0.0000001"}},
		{"General", math.Copysign(0, -1), shown{text: "0"}},
		{"[", 5, shown{text: "5"}},
		{`"`, 5, shown{text: "5"}},
		{`\`, 5, shown{text: "5"}},
	} {
		text, fault, note := readFormat(c.code).number(c.v, false)
		if got := (shown{text, fault, note}); got != c.want {
			t.Errorf("%v as %s: %+v, want %+v", c.v, c.code, got, c.want)
		}
	}
}

func TestFormatsKnownByNumber(t *testing.T) {
	for id, want := range map[int]string{0: "32937.75", 1: "32937.75", 9: "3293775%", 14: "1990-03-05", 16: "--03-05", 17: "1990-03-05", 20: "18:00", 22: "1990-03-05 18:00",
		27: "1990-03-05", 31: "1990-03-05", 32: "18:00", 46: "790506:00", 49: "32937.75", 57: "1990-03-05", 58: "--03-05", 999: "32937.75"} {
		if text, _, _ := formatOf(id, nil).number(32937.75, false); text != want {
			t.Errorf("format %d: %s, want %s", id, text, want)
		}
	}
	if text, _, _ := formatOf(14, map[int]string{14: "0"}).number(5, false); text != "5" {
		t.Errorf("a format that the file spells out: %s", text)
	}
}

func TestDaysFrom1904(t *testing.T) {
	for v, want := range map[float64]string{0: "1904-01-01", 31475: "1990-03-05", -1: "", 2957003: "9999-12-31", 2957004: ""} {
		if text, _, _ := wholeDay.number(v, true); text != want {
			t.Errorf("%v: %s, want %s", v, text, want)
		}
	}
}
