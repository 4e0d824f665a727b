package calendar

import (
	"testing"
	"time"

	lunisolar "github.com/6tail/lunar-go/calendar"
)

func TestCheckAgainstToday(t *testing.T) {
	today := Date{Year: 2026, Month: 11, Day: 22}
	for _, c := range []struct {
		d    Date
		want error
	}{
		{Date{Year: 2026, Month: 11, Day: 22}, nil},
		{Date{Year: 2026, Month: 11, Day: 23}, ErrFuture},
		{Date{Year: 2027}, ErrFuture},
		{Date{Year: 2026}, nil},
		{Date{Year: 2026, Month: 12}, ErrFuture},
		{Date{Year: 2026, Month: 11}, nil},
		{Date{Year: 2026, Month: 10, Day: 13, Lunar: true}, nil},
		{Date{Year: 2026, Month: 10, Day: 15, Lunar: true}, ErrFuture},
		{Date{Year: 2026, Month: 12, Lunar: true}, ErrFuture},
		{Date{Year: 1896, Month: 11, Day: 22}, nil},
		{Date{Year: 1896, Month: 11, Day: 21}, ErrImplausible},
		{Date{Year: 1896}, nil},
		{Date{Year: 1895}, ErrImplausible},
		{Date{Year: 985, Month: 3, Day: 12}, ErrImplausible},
		{Date{Year: 1985, Month: 2, Day: 29}, ErrInvalid},
		{Date{Year: 1984, Month: 2, Day: 29}, nil},
		{Date{Month: 2, Day: 29}, nil},
		{Date{Month: 2, Day: 30}, ErrInvalid},
		{Date{Month: 2}, ErrInvalid},
		{Date{}, ErrInvalid},
		{Date{Year: 1985, Day: 3}, ErrInvalid},
		{Date{Year: 1985, Month: 4, Day: 1, Leap: true}, ErrInvalid},
		{Date{Year: 1985, Month: 4, Day: 1, Leap: true, Lunar: true}, ErrLunarInvalid},
		{Date{Year: 2020, Month: 4, Day: 29, Leap: true, Lunar: true}, nil},
		{Date{Year: 2020, Month: 4, Day: 30, Leap: true, Lunar: true}, ErrLunarInvalid},
		{Date{Year: 1000, Month: 4, Day: 30, Lunar: true}, ErrLunarInvalid},
		{Date{Month: 8, Day: 30, Lunar: true}, nil},
		{Date{Month: 8, Day: 31, Lunar: true}, ErrLunarInvalid},
	} {
		if err := c.d.Check(today); err != c.want {
			t.Errorf("%v (%+v): %v, want %v", c.d, c.d, err, c.want)
		}
	}
}

func TestEveryDayConvertsToLunarAndBack(t *testing.T) {
	last := Date{}
	for day := time.Date(1890, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2100; day = day.AddDate(0, 0, 1) {
		solar := ofTime(day)
		lunar, err := FromSolar(solar)
		if err != nil {
			t.Fatalf("%v: %v", solar, err)
		}
		if last != (Date{}) && lunar.Day != last.Day+1 && lunar.Day != 1 {
			t.Fatalf("%v is %v after %v", solar, lunar, last)
		}
		if back, err := lunar.Solar(); err != nil || back != solar {
			t.Fatalf("%v is %v, which is %v, %v", solar, lunar, back, err)
		}
		last = lunar
	}
}

func TestTheLibrarysOwnConversionAgrees(t *testing.T) {
	for day := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2100; day = day.AddDate(0, 0, 97) {
		want := lunisolar.NewLunarFromSolar(lunisolar.NewSolarFromYmd(day.Year(), int(day.Month()), day.Day()))
		got, err := FromSolar(ofTime(day))
		if err != nil || got.Year != want.GetYear() || got.Day != want.GetDay() || got.Month != max(want.GetMonth(), -want.GetMonth()) || got.Leap != (want.GetMonth() < 0) {
			t.Fatalf("%v: %v, library %d %d %d", ofTime(day), got, want.GetYear(), want.GetMonth(), want.GetDay())
		}
	}
}

func TestConversionRefusesPartsAndFarYears(t *testing.T) {
	for _, d := range []Date{{Year: 1985}, {Month: 3, Day: 1}, {Year: 1985, Month: 3, Lunar: true}} {
		if _, err := d.Solar(); err != ErrIncomplete {
			t.Errorf("Solar of %v: %v", d, err)
		}
		if _, err := FromSolar(d); err != ErrIncomplete {
			t.Errorf("FromSolar of %v: %v", d, err)
		}
	}
	for _, d := range []Date{{Year: 1, Month: 1, Day: 1}, {Year: 9999, Month: 12, Day: 31}, {Year: 1985, Month: 2, Day: 30}, {Year: -4, Month: 1, Day: 1}, {Year: 1 << 40, Month: 1, Day: 1}} {
		if _, err := FromSolar(d); err != ErrInvalid {
			t.Errorf("FromSolar of %v: %v", d, err)
		}
	}
}

func TestSolarBirthdays(t *testing.T) {
	leap := Date{Year: 2000, Month: 2, Day: 29}
	for y, want := range map[int]string{2000: "2000-02-29", 2001: "2001-02-28", 2004: "2004-02-29", 2100: "2100-02-28"} {
		if got, ok := leap.BirthdayIn(y); !ok || got.String() != want {
			t.Errorf("29 February in %d: %v, %v", y, got, ok)
		}
	}
	for _, c := range []struct{ born, from, want string }{
		{"1985-03-12", "2026-03-12", "2026-03-12"}, {"1985-03-12", "2026-03-13", "2027-03-12"}, {"--03-12", "2026-11-22", "2027-03-12"},
		{"2000-02-29", "2026-02-28", "2026-02-28"}, {"2000-02-29", "2026-03-01", "2027-02-28"}, {"2000-02-29", "2027-03-01", "2028-02-29"},
		{"2000-02-29", "2028-02-28", "2028-02-29"}, {"1985-12-31", "2026-12-31", "2026-12-31"}, {"1985-01-01", "2026-12-31", "2027-01-01"},
		{"2030-05-01", "2026-01-01", "2030-05-01"}, {"lunar:--08-15", "2026-11-22", "2027-09-15"}, {"lunar:2020-L04-23", "2026-01-01", "2026-06-08"},
	} {
		born, err := ParseDate(c.born)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := born.Next(day(t, c.from)); !ok || got.String() != c.want {
			t.Errorf("next of %s from %s: %v, %v; want %s", c.born, c.from, got, ok, c.want)
		}
	}
	for _, d := range []Date{{}, {Year: 1985}, {Year: 1985, Month: 3}, {Year: 1985, Month: 2, Day: 30}} {
		if got, ok := d.Next(Date{Year: 2026, Month: 1, Day: 1}); ok {
			t.Errorf("next of %v: %v", d, got)
		}
	}
	if _, ok := leap.BirthdayIn(1999); ok {
		t.Error("a birthday before the birth")
	}
}

func TestNextIsTheEarliestBirthdayThatIsNotPast(t *testing.T) {
	for _, born := range []Date{{Year: 1982, Month: 12, Day: 30, Lunar: true}, {Year: 1984, Month: 10, Day: 20, Lunar: true, Leap: true}, {Year: 1985, Month: 1, Day: 1, Lunar: true}, {Year: 1984, Month: 2, Day: 29}} {
		kept := map[Date]bool{}
		for y := 2019; y < 2036; y++ {
			if d, ok := born.BirthdayIn(y); ok {
				kept[d] = true
			}
		}
		want := Date{}
		for at := time.Date(2034, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() >= 2021; at = at.AddDate(0, 0, -1) {
			today := ofTime(at)
			if kept[today] {
				want = today
			}
			if want == (Date{}) {
				continue
			}
			if got, ok := born.Next(today); !ok || got != want {
				t.Fatalf("%v from %v: %v, want %v", born, today, got, want)
			}
		}
	}
}

func TestAge(t *testing.T) {
	for _, c := range []struct {
		born, today string
		years       int
		ok          bool
	}{
		{"1985-03-12", "2026-03-11", 40, true}, {"1985-03-12", "2026-03-12", 41, true}, {"2000-02-29", "2026-02-28", 25, true},
		{"2000-02-29", "2026-03-01", 26, true}, {"2000-02-29", "2028-02-29", 28, true}, {"lunar:1990-12-30", "2026-02-14", 35, true},
		{"lunar:1990-12-30", "2026-02-13", 34, true}, {"1985-03", "2026-11-22", 41, true}, {"1985-12", "2026-11-22", 40, true},
		{"1985-11", "2026-11-22", 0, false}, {"1985", "2026-11-22", 0, false}, {"--03-12", "2026-11-22", 0, false},
		{"2026-11-23", "2026-11-22", 0, false}, {"2026-11-22", "2026-11-22", 0, true}, {"lunar:1985", "2026-11-22", 0, false},
	} {
		born, err := ParseDate(c.born)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := born.Age(day(t, c.today)); got != c.years || ok != c.ok {
			t.Errorf("%s on %s: %d, %v", c.born, c.today, got, ok)
		}
	}
}

func TestAgeBand(t *testing.T) {
	for years, want := range map[int]string{-1: "", 0: "0-13", 13: "0-13", 14: "14-17", 17: "14-17", 18: "18-24", 24: "18-24", 25: "25-29", 29: "25-29", 30: "30-34", 74: "70-74", 75: "75+", 120: "75+"} {
		if got := AgeBand(years); got != want {
			t.Errorf("AgeBand(%d) = %q, want %q", years, got, want)
		}
	}
}

func TestBeforeComparesSolarDays(t *testing.T) {
	lunar := Date{Year: 2026, Month: 1, Day: 1, Lunar: true} // 2026-02-17
	for _, c := range []struct {
		a, b Date
		want bool
	}{
		{Date{Year: 2026, Month: 2, Day: 16}, lunar, true}, {lunar, Date{Year: 2026, Month: 2, Day: 17}, false},
		{Date{Year: 2026, Month: 2, Day: 17}, lunar, false}, {lunar, Date{Year: 2026, Month: 2, Day: 18}, true},
		{Date{Year: 2025}, lunar, true}, {Date{Year: 2026, Month: 3}, Date{Year: 2026, Month: 3, Day: 1}, true},
	} {
		if got := c.a.Before(c.b); got != c.want {
			t.Errorf("%v before %v: %v", c.a, c.b, got)
		}
	}
}

func TestTodayDependsOnThePlace(t *testing.T) {
	at := time.Date(2026, 11, 22, 17, 0, 0, 0, time.UTC)
	if got := Today(at, time.FixedZone("CST", 8*3600)).String(); got != "2026-11-23" {
		t.Errorf("in Shanghai %s", got)
	}
	if got := Today(at, time.FixedZone("PST", -8*3600)).String(); got != "2026-11-22" {
		t.Errorf("in Seattle %s", got)
	}
}

func TestSerialDays(t *testing.T) {
	for _, c := range []struct {
		n    int
		b04  bool
		want string
	}{
		{32937, false, "1990-03-05"}, {29281, false, "1980-03-01"}, {36585, false, "2000-02-29"}, {60000, false, "2064-04-08"},
		{1, false, "1900-01-01"}, {59, false, "1900-02-28"}, {61, false, "1900-03-01"}, {3654, false, "1910-01-01"}, {2958465, false, "9999-12-31"},
		{0, true, "1904-01-01"}, {31475, true, "1990-03-05"}, {60, false, ""}, {0, false, ""}, {-5, false, ""}, {2958466, false, ""}, {-1, true, ""},
	} {
		got, err := FromSerial(c.n, c.b04)
		if got.String() != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%d: %v, %v; want %s", c.n, got, err, c.want)
		}
	}
	today := Date{Year: 2026, Month: 11, Day: 22}
	for n, want := range map[int]bool{3653: false, 3654: true, 1990: false, 46348: true, 46349: false} {
		if got := IsBareSerial(n, false, today); got != want {
			t.Errorf("IsBareSerial(%d) = %v", n, got)
		}
	}
}

func TestConversionsAreSafeTogether(t *testing.T) {
	done := make(chan error)
	for i := range 4 {
		go func() {
			var err error
			for y := 1950; y < 2020 && err == nil; y++ {
				_, err = FromSolar(Date{Year: y + i, Month: 6, Day: 1})
			}
			done <- err
		}()
	}
	for range 4 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}
