package calendar

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestParseDateReadsTheSpellingsInUse(t *testing.T) {
	for in, want := range map[string]string{
		"1985-03-12": "1985-03-12", "1985/3/12": "1985-03-12", "1985.3.12": "1985-03-12", "1985. 3. 12.": "1985-03-12",
		"1985 3 12": "1985-03-12", "19850312": "1985-03-12", "1985年3月12日": "1985-03-12", "1985年03月12号": "1985-03-12",
		"１９８５－０３－１２": "1985-03-12", "1985年3月12": "1985-03-12", "一九八五年三月十二日": "1985-03-12",
		"一九八五年十二月三十一日": "1985-12-31", "二〇〇〇年二月二十九日": "2000-02-29", "'1985-03-12": "1985-03-12",
		"公历1985年3月12日": "1985-03-12", "1985-03-12（阳历）": "1985-03-12", "公历1985年三月十二": "1985-03-12",
		"1985-03-12 00:00:00": "1985-03-12", "1985-03-12T00:00:00Z": "1985-03-12", "1985/3/12 0:00": "1985-03-12",
		"1985-03-12T08:30:00+08:00": "1985-03-12", "85-03-12": "1985-03-12", "85年3月12日": "1985-03-12", "85.3.12": "1985-03-12",
		"850312": "1985-03-12", "198503": "1985-03", "31/12/1985": "1985-12-31", "12/31/1985": "1985-12-31", "25-12-85": "1985-12-25",
		"12-25-85": "1985-12-25", "3/3/1985": "1985-03-03", "12 Mar 1985": "1985-03-12", "March 12, 1985": "1985-03-12",
		"12-MAR-85": "1985-03-12", "12th March 1985": "1985-03-12", "1985-Mar-12": "1985-03-12", "2000-02-29": "2000-02-29",
		"1985": "1985", "1985年": "1985", "1985-03": "1985-03", "1985年3月": "1985-03", "1985年3月份": "1985-03", "--03-12": "--03-12",
		"--0312": "--03-12", "--02-29": "--02-29",
		"农历1985年三月十二": "lunar:1985-03-12", "农历1985年3月12日": "lunar:1985-03-12", "阴历1985-3-12": "lunar:1985-03-12",
		"农历19850312": "lunar:1985-03-12", "1985年三月十二（农历）": "lunar:1985-03-12", "lunar:1985-03-12": "lunar:1985-03-12",
		"Lunar 1985-3-12": "lunar:1985-03-12", "农历一九八五年三月十二日": "lunar:1985-03-12", "農曆1985年三月十二": "lunar:1985-03-12",
		"85年三月初十(农)": "lunar:1985-03-10", "1985年腊月廿九": "lunar:1985-12-29", "1985年正月初一": "lunar:1985-01-01",
		"1985年冬月二十": "lunar:1985-11-20", "农历1985年十一月卅": "", "农历1985年2月三十": "lunar:1985-02-30",
		"阴历2020年闰四月廿三": "lunar:2020-L04-23", "2020年閏四月二十三": "lunar:2020-L04-23", "农历2020-闰4-23": "lunar:2020-L04-23",
		"lunar:2020-L04-23": "lunar:2020-L04-23", "lunar:1985": "lunar:1985", "lunar:1985-04": "lunar:1985-04",
		"lunar:2020-L04": "lunar:2020-L04", "lunar:--08-15": "lunar:--08-15", "lunar:--L05-15": "lunar:--L05-15",
	} {
		got, err := ParseDate(in)
		if want == "" {
			if err == nil {
				t.Errorf("ParseDate(%q) = %v, want a refusal", in, got)
			}
			continue
		}
		if err != nil || got.String() != want {
			t.Errorf("ParseDate(%q) = %v, %v; want %s", in, got, err, want)
		}
	}
}

func TestParseDateRefusesWithItsReason(t *testing.T) {
	for in, want := range map[string]*Error{
		"": ErrInvalid, " ": ErrInvalid, "无": ErrInvalid, "1985-02-30": ErrInvalid, "1985-13-01": ErrInvalid, "1985-00-01": ErrInvalid,
		"1985-03-00": ErrInvalid, "0000-00-00": ErrInvalid, "1900-02-29": ErrInvalid, "2025-02-29": ErrInvalid, "1985-3-12-4": ErrInvalid,
		"19850230": ErrInvalid, "31/31/1985": ErrInvalid, "32937": ErrInvalid, "1985-04-31": ErrInvalid, "yesterday": ErrInvalid,
		"1985年2月30日": ErrInvalid, "一九八五年十三月一日": ErrInvalid, "--02-30": ErrInvalid, "--13-01": ErrInvalid, "30/2/1985": ErrInvalid,
		"1985-0x-12": ErrInvalid, "198-03-12": ErrInvalid, "12 Foo 1985": ErrInvalid, strings.Repeat("1985", 30): ErrInvalid,
		"3/12/1985": ErrAmbiguous, "12/3/85": ErrAmbiguous, "03-04-05": ErrAmbiguous, "05年3月12日": ErrAmbiguous, "12 Mar 05": ErrAmbiguous,
		"31/05/12": ErrAmbiguous, "050312": ErrAmbiguous, "200203": ErrAmbiguous, "201313": ErrInvalid, "庚午年二月初九": ErrAmbiguous, "农历庚午年二月初九": ErrAmbiguous,
		"1985年三月十二": ErrAmbiguous, "农历1985-03-12（公历）": ErrAmbiguous, "25/12/05": ErrAmbiguous,
		"3月12日": ErrIncomplete, "三月十二日": ErrIncomplete, "3-12": ErrIncomplete, "农历八月十五": ErrIncomplete, "正月初一": ErrIncomplete,
		"闰四月初一": ErrIncomplete, "农历8-15": ErrIncomplete, "08/15": ErrIncomplete,
		"农历1985年十三月初一": ErrLunarInvalid, "农历1985年正月三十": ErrLunarInvalid, "农历1985年闰四月初一": ErrLunarInvalid,
		"农历1985年三月三十一": ErrLunarInvalid, "lunar:1985-L04-12": ErrLunarInvalid, "lunar:2024-12-30": ErrLunarInvalid,
		"农历1985-0-1": ErrLunarInvalid, "农历1985-3-0": ErrLunarInvalid, "农历": ErrInvalid, "lunar:9999-01-01": ErrLunarInvalid, "农历1985年三月初十一": ErrLunarInvalid,
	} {
		got, err := ParseDate(in)
		if err == nil && got != (Date{}) || err != error(want) && !(in == "农历" && err == ErrLunarInvalid) {
			t.Errorf("ParseDate(%q) = %v, %v; want %v", in, got, err, want)
		}
	}
}

func TestParseLunarTakesWhatAColumnCallsLunar(t *testing.T) {
	for in, want := range map[string]string{
		"1990-02-30": "lunar:1990-02-30", "1990-2-9": "lunar:1990-02-09", "1990年2月9日": "lunar:1990-02-09", "19900209": "lunar:1990-02-09",
		"农历1990年二月初九": "lunar:1990-02-09", "一九九〇年二月初九": "lunar:1990-02-09", "90.2.9": "lunar:1990-02-09",
	} {
		if got, err := ParseLunar(in); err != nil || got.String() != want {
			t.Errorf("ParseLunar(%q) = %v, %v; want %s", in, got, err, want)
		}
	}
	if _, err := ParseLunar("公历1990-02-09"); err != ErrAmbiguous {
		t.Errorf("a solar text in a lunar column: %v", err)
	}
}

// randomDate returns an existing date of any completeness.
func randomDate(r *rand.Rand) Date {
	for {
		d := Date{Year: 1880 + r.IntN(250), Month: 1 + r.IntN(12), Day: 1 + r.IntN(31), Lunar: r.IntN(2) == 0}
		d.Leap = d.Lunar && r.IntN(4) == 0
		switch r.IntN(6) {
		case 0:
			d.Day = 0
		case 1:
			d.Month, d.Day, d.Leap = 0, 0, false
		case 2:
			d.Year = 0
		}
		if d.exists() == nil {
			return d
		}
	}
}

func TestTheStoredFormParsesToTheSameDate(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		d := randomDate(r)
		if got, err := ParseDate(d.String()); err != nil || got != d {
			t.Fatalf("ParseDate(%q) = %+v, %v; want %+v", d.String(), got, err, d)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"1985-03-12", "农历1985年闰四月初一", "--02-29", "lunar:--L05-30", "12 Mar 85", "0001-01-01", "（）"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		if err != nil {
			return
		}
		if back, err := ParseDate(d.String()); err != nil || back != d {
			t.Fatalf("%q gives %q, which gives %v, %v", s, d.String(), back, err)
		}
		today := Date{Year: 2026, Month: 11, Day: 22}
		_ = d.Check(today)
		d.Next(today)
		d.Age(today)
		_, _ = d.Solar()
		_, _ = FromSolar(d)
	})
}
