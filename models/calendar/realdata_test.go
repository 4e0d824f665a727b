package calendar

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// realData finds the folder of cases, or skips the test.
func realData(t *testing.T) string {
	t.Helper()
	if dir := os.Getenv("SHUKE_REALDATA"); dir != "" {
		return dir
	}
	dir, err := os.Getwd()
	for err == nil && dir != filepath.Dir(dir) {
		dir = filepath.Dir(dir)
		try := filepath.Join(dir, "shared", "data")
		if info, err := os.Stat(try); err == nil && info.IsDir() {
			return try
		}
	}
	t.Skip("no shared/data beside the repository")
	return ""
}

func readJSON(t *testing.T, path string, into any) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

type lunarCase struct {
	Year, Month, Day int
	Leap             bool
}

func (c lunarCase) date() Date {
	return Date{Year: c.Year, Month: c.Month, Day: c.Day, Leap: c.Leap, Lunar: true}
}

type lunarFile struct {
	Pairs []struct {
		ID, Solar string
		Lunar     lunarCase
	}
	Invalid []struct {
		Lunar lunarCase
		Why   string
	} `json:"invalid_lunar_dates"`
	Birthdays []struct {
		ID        string
		BornLunar lunarCase                         `json:"born_lunar"`
		BornSolar string                            `json:"born_solar"`
		ByYear    map[string]struct{ Solar string } `json:"by_lunar_year"`
		Next      map[string]string                 `json:"next_on_or_after"`
	}
}

func readLunarFile(t *testing.T) lunarFile {
	var file lunarFile
	readJSON(t, filepath.Join(realData(t), "cases", "lunar.json"), &file)
	if len(file.Pairs) < 20 || len(file.Invalid) < 3 || len(file.Birthdays) < 8 {
		t.Fatal("lunar.json is not what it was")
	}
	return file
}

func TestCaseFilePairsConvertBothWays(t *testing.T) {
	for _, p := range readLunarFile(t).Pairs {
		if got, err := p.Lunar.date().Solar(); err != nil || got.String() != p.Solar {
			t.Errorf("%s: solar %v, %v; want %s", p.ID, got, err, p.Solar)
		}
		if got, err := FromSolar(day(t, p.Solar)); err != nil || got != p.Lunar.date() {
			t.Errorf("%s: lunar %v, %v; want %v", p.ID, got, err, p.Lunar)
		}
	}
}

func TestCaseFileInvalidLunarDates(t *testing.T) {
	for _, c := range readLunarFile(t).Invalid {
		d := c.Lunar.date()
		if err := d.Check(day(t, "2026-11-22")); err != ErrLunarInvalid {
			t.Errorf("%s: Check gave %v", c.Why, err)
		}
		if _, err := d.Solar(); err != ErrLunarInvalid {
			t.Errorf("%s: Solar gave %v", c.Why, err)
		}
		if _, err := ParseDate(d.String()); err != ErrLunarInvalid {
			t.Errorf("%s: ParseDate gave %v", c.Why, err)
		}
	}
}

func TestCaseFileBirthdays(t *testing.T) {
	for _, c := range readLunarFile(t).Birthdays {
		d := c.BornLunar.date()
		if got, err := d.Solar(); err != nil || got.String() != c.BornSolar {
			t.Errorf("%s: born %v, %v; want %s", c.ID, got, err, c.BornSolar)
		}
		for y, want := range c.ByYear {
			n, _ := number(y[2:])
			if got, ok := d.BirthdayIn(2000 + n); !ok || got.String() != want.Solar {
				t.Errorf("%s: in %s kept on %v, %v; want %s", c.ID, y, got, ok, want.Solar)
			}
		}
		for from, want := range c.Next {
			if got, ok := d.Next(day(t, from)); !ok || got.String() != want {
				t.Errorf("%s: next from %s is %v, %v; want %s", c.ID, from, got, ok, want)
			}
		}
	}
}

func day(t *testing.T, s string) Date {
	t.Helper()
	d, err := ParseDate(s)
	if err != nil || !d.Whole() || d.Lunar {
		t.Fatalf("%s is no day: %v", s, err)
	}
	return d
}

type importRow struct {
	N     int
	Clean *struct {
		Birth      string
		BirthSolar string `json:"birth_solar"`
		Lunar      bool
		LunarLeap  bool `json:"lunar_leap"`
	}
	Reject, Field string
	Salvage       *struct{ Birth string }
}

func TestBirthColumnsOfImportCases(t *testing.T) {
	dir := filepath.Join(realData(t), "cases")
	var expected struct {
		Files []struct {
			File    string
			Mapping []struct{ Field string }
			Rows    []importRow
		}
	}
	readJSON(t, filepath.Join(dir, "imports", "expected.json"), &expected)
	checked := 0
	for _, f := range expected.Files {
		if !slices.Contains([]string{"01", "02", "04", "06"}, filepath.Base(f.File)[:2]) {
			continue
		}
		birth, lunar := -1, -1
		for i, m := range f.Mapping {
			switch m.Field {
			case "birth":
				birth = i
			case "lunar":
				lunar = i
			}
		}
		records := readCSV(t, filepath.Join(dir, f.File))
		for _, row := range f.Rows {
			record := records[row.N]
			sign := ""
			if lunar >= 0 && lunar < len(record) {
				sign = record[lunar]
			}
			checkImportRow(t, f.File, row, record[birth], sign)
			checked++
		}
	}
	if checked < 100 {
		t.Errorf("only %d rows checked", checked)
	}
}

func checkImportRow(t *testing.T, file string, row importRow, cell, sign string) {
	t.Helper()
	if strings.TrimSpace(cell) == "" {
		return
	}
	parse := ParseDate
	if sign == "是" || sign == "yes" {
		parse = ParseLunar
	}
	got, err := parse(cell)
	if err == nil {
		err = got.Check(Date{Year: 2026, Month: 11, Day: 22})
	}
	if row.Reject != "" && row.Field == "birth" {
		if class := classOf(err); class != row.Reject {
			t.Errorf("%s row %d: want %s, got %s (%v)", file, row.N, row.Reject, class, got)
		}
		return
	}
	if err != nil {
		t.Errorf("%s row %d: %v", file, row.N, err)
		return
	}
	if c := row.Clean; c != nil {
		plain := got
		plain.Lunar, plain.Leap = false, false
		solar, err := got.Solar()
		if plain.String() != c.Birth || got.Lunar != c.Lunar || got.Leap != c.LunarLeap || err != nil {
			t.Errorf("%s row %d: want %+v, got %v", file, row.N, *c, got)
		}
		if c.Lunar && solar.String() != c.BirthSolar {
			t.Errorf("%s row %d: want solar %s, got %v", file, row.N, c.BirthSolar, solar)
		}
	} else if row.Salvage != nil && got.String() != row.Salvage.Birth {
		t.Errorf("%s row %d: want %s, got %v", file, row.N, row.Salvage.Birth, got)
	}
}

// classOf maps the reasons onto the classes of the import cases.
func classOf(err error) string {
	var e *Error
	switch {
	case !errors.As(err, &e):
		return ""
	case e == ErrLunarInvalid:
		return "lunar_invalid"
	}
	return "birth_" + string(e.Reason)
}

func readCSV(t *testing.T, path string) [][]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err == nil && strings.HasPrefix(filepath.Base(path), "02") {
		text, err = simplifiedchinese.GB18030.NewDecoder().Bytes(text)
	}
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(strings.NewReader(string(text)))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	records, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return records
}
