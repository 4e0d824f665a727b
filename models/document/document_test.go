package document

import (
	"errors"
	"strings"
	"testing"
)

func reasonOf(err error) Reason {
	var e *Error
	if errors.As(err, &e) {
		return e.Reason
	}
	return ""
}

func TestParseChecksEachKind(t *testing.T) {
	for _, c := range []struct {
		kind   Kind
		in     string
		want   string // canonical, or empty
		reason Reason
	}{
		{IDCard, "110101199003070011", "110101199003070011", ""},
		{IDCard, "44030519880808104x", "44030519880808104X", ""},
		{IDCard, "440305 19880808 104X", "44030519880808104X", ""},
		{IDCard, "440305-19880808-104X", "44030519880808104X", ""},
		{IDCard, "４４０３０５１９８８０８０８１０４Ｘ", "44030519880808104X", ""},
		{IDCard, "'110101199003070011", "110101199003070011", ""},
		{IDCard, "\t110101199003070011\u200b", "110101199003070011", ""},
		{IDCard, "810000199003070031", "810000199003070031", ""},
		{IDCard, "110101900307003", "110101900307003", ""},
		{IDCard, "110101901307003", "", Invalid},
		{IDCard, "990101900307003", "", Invalid},
		{IDCard, "11010190030700X", "", Invalid},
		{IDCard, "110101199003070012", "", Checksum},
		{IDCard, "11010119900307001X", "", Checksum},
		{IDCard, "11010119900231001X", "", Invalid},
		{IDCard, "990101199003070015", "", Invalid},
		{IDCard, "11010118400307001X", "", Invalid},
		{IDCard, "110101199003070000", "", PrecisionLost},
		{IDCard, "1.10101E+17", "", PrecisionLost},
		{IDCard, "1.10101199003070E17", "", PrecisionLost},
		{IDCard, "1101011990030700", "", Length},
		{IDCard, "1101011990030700111", "", Length},
		{IDCard, "", "", Length},
		{IDCard, strings.Repeat("1", 200), "", Length},
		{IDCard, "110101********0011", "", Invalid},
		{IDCard, "1101011990O3070011", "", Invalid},
		{IDCard, "X10101199003070011", "", Invalid},
		{IDCard, "110101\x00199003070011", "", Invalid},
		{IDCard, "无", "", Invalid},
		{Passport, "E12345678", "E12345678", ""},
		{Passport, "ea 1234567", "EA1234567", ""},
		{Passport, "123456789", "123456789", ""},
		{Passport, "AB12", "", Length},
		{Passport, "E123456789012", "", Length},
		{Passport, "E1234*678", "", Invalid},
		{Passport, "PASSPORT", "", Invalid},
		{HKMacauPermit, "H12345678", "H12345678", ""},
		{HKMacauPermit, "M1234567801", "M1234567801", ""},
		{HKMacauPermit, "C12345678", "C12345678", ""},
		{HKMacauPermit, "CA1234567", "CA1234567", ""},
		{HKMacauPermit, "W12345678", "W12345678", ""},
		{HKMacauPermit, "H1234", "", Length},
		{HKMacauPermit, "X12345678", "", Invalid},
		{TaiwanPermit, "12345678", "12345678", ""},
		{TaiwanPermit, "1234567890（B）", "1234567890(B)", ""},
		{TaiwanPermit, "T12345678", "T12345678", ""},
		{TaiwanPermit, "1234567", "", Length},
		{TaiwanPermit, "A12345678", "", Invalid},
		{ForeignResidence, "911840199003070022", "911840199003070022", ""},
		{ForeignResidence, "911840199003070023", "", Checksum},
		{ForeignResidence, "999840199003070024", "", Invalid},
		{ForeignResidence, "usa110012345678", "USA110012345678", ""},
		{ForeignResidence, "110101199003070011", "", Invalid},
		{ForeignResidence, "USA1", "", Length},
		{Officer, "军字第1234567号", "军字第1234567号", ""},
		{Officer, "南字第 12345678 号", "南字第12345678号", ""},
		{Officer, "1234567", "1234567", ""},
		{Officer, "军", "", Length},
		{Officer, "军官证号码abcdef", "", Invalid},
		{Licence, "91350100M000100Y43", "91350100M000100Y43", ""},
		{Licence, "91350100m000100y43", "91350100M000100Y43", ""},
		{Licence, "91350100M000100Y44", "", Checksum},
		{Licence, "91350100M000100I43", "", Invalid},
		{Licence, "9135010AM000100Y43", "", Invalid},
		{Licence, "9135", "", Length},
		{Licence, "110108000000016", "110108000000016", ""},
		{Licence, "110108000000017", "", Checksum},
		{Licence, "9.1350E+17", "", PrecisionLost},
		{Other, "A-1234", "A1234", ""},
		{Other, "学生证1234", "学生证1234", ""},
		{Other, "A1", "", Length},
		{Other, "abcdef", "", Invalid},
		{Other, "1234*", "", Invalid},
		{Kind("club"), "1234567", "", Invalid},
	} {
		got, err := Parse(c.kind, c.in)
		if got != c.want || reasonOf(err) != c.reason {
			t.Errorf("Parse(%s, %q) = %q, %v; want %q %s", c.kind, c.in, got, err, c.want, c.reason)
		}
		if err != nil && len(c.in) > 3 && strings.Contains(err.Error(), c.in) {
			t.Errorf("the error repeats what was typed: %v", err)
		}
	}
}

func TestEveryWrongDigitOfAnIDNumberIsSeen(t *testing.T) {
	for _, good := range []string{"110101199003070011", "44030519880808104X", "91350100M000100Y43"} {
		kind := IDCard
		if good[0] == '9' {
			kind = Licence
		}
		for i := range len(good) - 1 {
			if good[i] < '0' || good[i] > '9' {
				continue
			}
			for d := byte('0'); d <= '9'; d++ {
				wrong := good[:i] + string(d) + good[i+1:]
				if _, err := Parse(kind, wrong); wrong != good && err == nil {
					t.Errorf("%s taken for %s", wrong, good)
				}
			}
		}
	}
}

func TestNormalizeMakesSpellingsAlike(t *testing.T) {
	for in, want := range map[string]string{
		"44030519880808104x": "44030519880808104X", "440305 1988-0808 104Ｘ": "44030519880808104X", "'110101199003070011": "110101199003070011",
		"110101900307003": "110101199003070038", "110101901307003": "110101901307003", "e 1234 5678": "E12345678", "Ｅ１２３４５６７８": "E12345678",
		"军字第1234567号": "军字第1234567号", "": "", " ": "",
	} {
		got := Normalize(in)
		if got != want {
			t.Errorf("Normalize(%q) = %q, want %q", in, got, want)
		}
		if Normalize(got) != got {
			t.Errorf("Normalize is not idempotent on %q", in)
		}
	}
}

func TestOldAndNewIDNumberNormalizeAlike(t *testing.T) {
	for _, full := range []string{"110101199003070011", "110101192512310018"} {
		old := full[:6] + full[8:17]
		if _, err := Parse(IDCard, old); err != nil {
			t.Fatal(err)
		}
		if got := Normalize(old); got != full {
			t.Errorf("Normalize(%q) = %q, want %q", old, got, full)
		}
	}
}

func TestGuessForALookUp(t *testing.T) {
	for in, want := range map[string]Kind{
		"110101199003070011": IDCard, "440305 19880808 104x": IDCard, "110101900307003": IDCard, "911840199003070022": ForeignResidence,
		"USA110012345678": ForeignResidence, "91350100M000100Y43": Licence, "110108000000016": Licence, "E12345678": Passport,
		"ea1234567": Passport, "H12345678": HKMacauPermit, "M1234567801": HKMacauPermit, "C12345678": HKMacauPermit, "T12345678": TaiwanPermit,
		"军字第1234567号": Officer, "110101199003070012": Other, "13812345678": Other, "12345": Other, "AB123": Other, "A1234567(B)": Other,
	} {
		if got, ok := Guess(in); !ok || got != want {
			t.Errorf("Guess(%q) = %q, %v; want %s", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "王小明", "1234", "wangxiaoming", "沪A12345", "a@b.com1", "110101****0011", strings.Repeat("1", 65)} {
		if got, ok := Guess(in); ok {
			t.Errorf("Guess(%q) = %q", in, got)
		}
	}
}

func TestBirthAndSexOfAnIDNumber(t *testing.T) {
	for in, want := range map[string]string{
		"110101199003070011": "1990-03-07 male", "44030519880808104X": "1988-08-08 female", "110101900307003": "1990-03-07 male",
		"110101900307002": "1990-03-07 female", "911840199003070022": "1990-03-07 female",
	} {
		if birth, sex, ok := BirthAndSex(in); !ok || birth+" "+sex != want {
			t.Errorf("BirthAndSex(%q) = %s %s %v; want %s", in, birth, sex, ok, want)
		}
	}
	for _, in := range []string{"", "110101199003070012", "E12345678", "91350100M000100Y43"} {
		if _, _, ok := BirthAndSex(in); ok {
			t.Errorf("BirthAndSex(%q)", in)
		}
	}
}

func TestKindsAreParsed(t *testing.T) {
	for _, k := range Kinds() {
		if _, err := Parse(k, "!"); err == nil {
			t.Errorf("%s takes anything", k)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"110101199003070011", "军字第1号", "", "9", "91", "1E5", "\x00", "ﷺ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, k := range Kinds() {
			got, err := Parse(k, s)
			if err != nil {
				continue
			}
			if again, err := Parse(k, got); err != nil || again != got {
				t.Fatalf("%s: %q is not kept: %q, %v", k, got, again, err)
			}
			if Normalize(s) != Normalize(got) {
				t.Fatalf("%s: %q and %q normalise differently", k, s, got)
			}
		}
		Guess(s)
		BirthAndSex(s)
	})
}
