package text

import (
	"context"
	"math"
	"testing"
	"time"
)

func printers(t testing.TB) (zh, en *Printer) {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	place := time.FixedZone("UTC+8", 8*3600)
	return c.Printer(Chinese, place), c.Printer(English, place)
}

// now is 2026-11-22 09:42, a Sunday, in UTC+8.
var now = time.Date(2026, 11, 22, 1, 42, 0, 0, time.UTC)

func TestDatesAreWrittenInThePlaceOfTheReader(t *testing.T) {
	zh, en := printers(t)
	late := time.Date(2025, 12, 31, 17, 0, 0, 0, time.UTC) // already the new year at UTC+8
	for _, c := range []struct {
		name, zh, en string
		f            func(*Printer) string
	}{
		{"date", "2026-11-22", "22 Nov 2026", func(p *Printer) string { return p.Date(now) }},
		{"date and time", "2026-11-22 09:42", "22 Nov 2026, 09:42", func(p *Printer) string { return p.DateTime(now) }},
		{"time", "09:42", "09:42", func(p *Printer) string { return p.Time(now) }},
		{"weekday", "周日", "Sun", func(p *Printer) string { return p.Weekday(now) }},
		{"head of a page", "2026-11-22 周日 09:42", "Sun 22 Nov 2026, 09:42", func(p *Printer) string { return p.Header(now) }},
		{"this year's day", "03-05", "5 Mar", func(p *Printer) string { return p.ShortDate(now.AddDate(0, -8, -17), now) }},
		{"another year's day", "2025-11-22", "22 Nov 2025", func(p *Printer) string { return p.ShortDate(now.AddDate(-1, 0, 0), now) }},
		{"the year turns at the place's midnight", "01-01", "1 Jan", func(p *Printer) string { return p.ShortDate(late, now) }},
		{"range within a year", "2027-01-08 至 01-26", "8 Jan to 26 Jan 2027", func(p *Printer) string {
			return p.DateRange(time.Date(2027, 1, 8, 0, 0, 0, 0, p.Location()), time.Date(2027, 1, 26, 0, 0, 0, 0, p.Location()))
		}},
		{"range over the turn of the year", "2026-12-30 至 2027-01-02", "30 Dec 2026 to 2 Jan 2027", func(p *Printer) string {
			return p.DateRange(time.Date(2026, 12, 30, 0, 0, 0, 0, p.Location()), time.Date(2027, 1, 2, 0, 0, 0, 0, p.Location()))
		}},
		{"duration", "3 时 18 分", "3 h 18 min", func(p *Printer) string { return p.Duration(3*time.Hour + 18*time.Minute + 59*time.Second) }},
		{"minutes", "18 分", "18 min", func(p *Printer) string { return p.Duration(-18 * time.Minute) }},
		{"seconds", "7 秒", "7 s", func(p *Printer) string { return p.Duration(7 * time.Second) }},
		{"days", "2 天 1 时", "2 d 1 h", func(p *Printer) string { return p.Duration(49*time.Hour + 30*time.Minute) }},
	} {
		if got := c.f(zh); got != c.zh {
			t.Errorf("%s: %q, want %q", c.name, got, c.zh)
		}
		if got := c.f(en); got != c.en {
			t.Errorf("%s: %q, want %q", c.name, got, c.en)
		}
	}
}

func TestOnlyTodayYesterdayAndTomorrowMorningHaveWords(t *testing.T) {
	zh, en := printers(t)
	at := func(day, hour, minute int) time.Time {
		return time.Date(2026, 11, day, hour, minute, 0, 0, zh.Location())
	}
	for _, c := range []struct {
		t      time.Time
		zh, en string
	}{
		{at(22, 14, 30), "今日 14:30", "Today 14:30"},
		{at(22, 0, 0), "今日 00:00", "Today 00:00"},
		{at(21, 23, 59), "昨日 23:59", "Yesterday 23:59"},
		{at(23, 6, 40), "明早 06:40", "Tomorrow 06:40"},
		{at(23, 12, 0), "2026-11-23 12:00", "23 Nov 2026, 12:00"},
		{at(20, 9, 0), "2026-11-20 09:00", "20 Nov 2026, 09:00"},
		{at(24, 9, 0), "2026-11-24 09:00", "24 Nov 2026, 09:00"},
	} {
		if got := zh.Relative(c.t, now); got != c.zh {
			t.Errorf("%v: %q, want %q", c.t, got, c.zh)
		}
		if got := en.Relative(c.t, now); got != c.en {
			t.Errorf("%v: %q, want %q", c.t, got, c.en)
		}
	}
	if got := zh.Day(at(21, 9, 0), now); got != "昨日" {
		t.Errorf("Day: %q", got)
	}
	if got := zh.Day(at(20, 9, 0), now); got != "11-20" {
		t.Errorf("Day: %q", got)
	}
}

func TestNumbersAndMoney(t *testing.T) {
	zh, en := printers(t)
	for n, want := range map[int64]string{
		0: "0", 7: "7", -7: "-7", 999: "999", 1000: "1,000", 38420: "38,420", -1234567: "-1,234,567",
		math.MinInt64: "-9,223,372,036,854,775,808",
	} {
		if got := zh.Number(n); got != want {
			t.Errorf("Number(%d) = %q, want %q", n, got, want)
		}
	}
	for _, c := range []struct {
		minor          int64
		currency, want string
	}{
		{16800, "CNY", "¥168"}, {3842000, "CNY", "¥38,420"}, {1250, "CNY", "¥12.50"}, {5, "CNY", "¥0.05"}, {-20000, "CNY", "-¥200"},
		{0, "CNY", "¥0"}, {1200, "JPY", "JPY 1,200"}, {123450, "USD", "USD 1,234.50"}, {1500, "KWD", "KWD 1.500"},
	} {
		if got := en.Money(c.minor, c.currency); got != c.want {
			t.Errorf("Money(%d, %s) = %q, want %q", c.minor, c.currency, got, c.want)
		}
	}
	for _, c := range []struct {
		p     *Printer
		minor int64
		want  string
	}{
		{zh, 441_200_00, "¥441,200"}, {zh, 4_412_000_00, "¥441.2 万"}, {zh, 100_000_000_00, "¥10,000 万"}, {zh, -4_412_000_00, "-¥441.2 万"},
		{en, 4_412_000_50, "¥4,412,001"}, {zh, 12_49, "¥12"},
	} {
		if got := c.p.RoundMoney(c.minor, "CNY"); got != c.want {
			t.Errorf("RoundMoney(%d) = %q, want %q", c.minor, got, c.want)
		}
	}
	if got := zh.Percent(0.958); got != "96%" {
		t.Errorf("Percent = %q", got)
	}
}

func TestMatchChoosesTheLanguage(t *testing.T) {
	for _, c := range []struct {
		rule, cookie, accept string
		want                 Language
	}{
		{"the person's choice wins", "en", "zh-CN", English},
		{"an unknown choice is none", "fr", "en-GB,en;q=0.9", English},
		{"nothing said", "", "", Chinese},
		{"British English is English", "", "en-GB", English},
		{"traditional Chinese is Chinese", "", "zh-TW,zh;q=0.9,en;q=0.8", Chinese},
		{"Hong Kong before English", "", "zh-HK,en;q=0.5", Chinese},
		{"a language we lack, then English", "", "fr-FR,en;q=0.5", English},
		{"only languages we lack", "", "fr-FR,de;q=0.5", Chinese},
		{"weights count", "", "en;q=0.2,zh;q=0.9", Chinese},
		{"rubbish", "", ";;;q=", Chinese},
	} {
		if got := Match(c.cookie, c.accept); got != c.want {
			t.Errorf("%s: %s, want %s", c.rule, got, c.want)
		}
	}
}

func TestMissingKeyComesBackAndIsCounted(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	ctx := With(context.Background(), c.Printer(English, nil))
	missing := "no.such." + "key"
	if got := T(ctx, missing); got != missing {
		t.Errorf("T = %q", got)
	}
	if c.Missing() != 1 || len(c.MissingKeys()) != 1 {
		t.Errorf("counted %d, kept %v", c.Missing(), c.MissingKeys())
	}
	if got := T(context.Background(), missing); got != missing {
		t.Errorf("T without a printer = %q", got)
	}
}

func TestPluralsFollowCount(t *testing.T) {
	zh, en := printers(t)
	for _, c := range []struct {
		p    *Printer
		n    int
		want string
	}{{en, 1, "1 thing to change"}, {en, 2, "2 things to change"}, {zh, 1, "有 1 处要改"}, {zh, 2, "有 2 处要改"}} {
		if got := c.p.T("form.problems", map[string]any{"Count": c.n}); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func BenchmarkPlainMessage(b *testing.B) {
	zh, _ := printers(b)
	for b.Loop() {
		zh.T("layout.recorded")
	}
}
