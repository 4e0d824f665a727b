package imports

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"shuke/models/calendar"
	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/document"
	"shuke/models/tabular"
)

// joinName makes one name of its halves: the family name first and no blank
// where both are written in characters of China, Japan or Korea.
func joinName(family, given string) string {
	switch {
	case family == "":
		return given
	case given == "":
		return family
	case eastern(family) && eastern(given):
		return family + given
	}
	return given + " " + family
}

func eastern(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool {
		return !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) && r != 'ー' && r != '々' && r != '·'
	}) < 0
}

// joinAddress sets parts one after the other: nothing between characters, a
// blank behind a house number, else a comma.
func joinAddress(parts []string) string {
	var b strings.Builder
	for i, p := range parts {
		if i > 0 {
			before := []rune(parts[i-1])
			switch {
			case wide(before[len(before)-1]) || wide([]rune(p)[0]):
			case unicode.IsDigit(before[len(before)-1]):
				b.WriteByte(' ')
			default:
				b.WriteString(", ")
			}
		}
		b.WriteString(p)
	}
	return b.String()
}

func wide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// sex takes the words for one; a code that only the sender can read is refused.
func (s *said) sex(x column, text string) {
	if other := option(x.field, text); other == "other" {
		s.say(x.at, x.field, other)
		return
	}
	sex, err := tabular.Sex(text)
	if err != nil {
		s.wrong(x.at, x.field.Key, GenderUnknown)
	} else if sex != "" {
		s.say(x.at, x.field, sex)
	}
}

// birth reads the days of birth of a row. Two columns may give it, the solar
// and the lunar day: then they must be one day, and the lunar one is kept, from
// which the other follows.
func (s *said) birth(cells []string) {
	flag := s.lunarFlag(cells)
	var kept calendar.Date
	at, known := column{}, false
	for _, x := range s.columns.list {
		text := oneLine(x.cell(cells))
		if x.use != asBirth || text == "" {
			continue
		}
		kind := x.kind
		if kind == "" {
			kind = flag
		}
		d, err := s.columns.readBirth(text, kind, s.today)
		if err != nil {
			s.wrong(x.at, x.field.Key, dateReason(x.field.Key, calendarReason(err)))
			continue
		}
		switch {
		case !known:
			kept, at, known = d, x, true
		case !sameDay(kept, d):
			s.wrong(x.at, x.field.Key, BirthAmbiguous)
		case d.Lunar:
			kept = d
		}
	}
	if known {
		s.say(at.at, at.field, kept.String())
	}
}

// lunarFlag reads the column of yes and no: "lunar", "solar" or "".
func (s *said) lunarFlag(cells []string) string {
	for _, x := range s.columns.list {
		if x.use != asLunarFlag || x.at >= len(cells) {
			continue
		}
		switch text := strings.ToLower(width.Fold.String(cells[x.at])); text {
		case "是", "y", "yes", "true", "t", "1", "√", "✓", "✔", "农历", "阴历", "旧历", "农", "阴", "lunar":
			return "lunar"
		case "否", "不是", "非", "n", "no", "false", "f", "0", "×", "✗", "公历", "阳历", "新历", "公", "阳", "solar":
			return "solar"
		default:
			if !tabular.Empty(text) {
				s.wrong(x.at, x.field.Key, LunarUnknown)
			}
		}
	}
	return ""
}

// readBirth reads a cell of a column of births: a date in any spelling, or the
// serial number that a spreadsheet left of one. In a sheet 1990 could be such a
// number too, a day of 1905: there a year alone is not taken.
func (c *columns) readBirth(text, kind string, today calendar.Date) (calendar.Date, error) {
	if kind == "lunar" {
		return calendar.ParseLunar(text)
	}
	n, err := strconv.Atoi(width.Fold.String(text))
	switch {
	case err == nil && len(text) <= 5 && calendar.IsBareSerial(n, c.date1904, today):
		return calendar.FromSerial(n, c.date1904)
	case err == nil && len(text) <= 4 && c.sheet:
		return calendar.Date{}, calendar.ErrIncomplete
	}
	d, err := calendar.ParseDate(text)
	if err == nil && d.Lunar && kind == "solar" {
		return d, calendar.ErrAmbiguous
	}
	return d, err
}

func calendarReason(err error) string {
	if e, ok := err.(*calendar.Error); ok {
		return string(e.Reason)
	}
	return "invalid"
}

// sameDay compares a solar and a lunar spelling of a day.
func sameDay(a, b calendar.Date) bool {
	return a == b || a.Whole() && b.Whole() && !a.Before(b) && !b.Before(a)
}

// kindOfDocument decides what a number is of.
func kindOfDocument(heading, row, number string) string {
	switch {
	case heading != "":
		return heading
	case row != "":
		return row
	}
	if kind, ok := document.Guess(number); ok && kind != document.Licence {
		return string(kind)
	}
	if shapeOfIDCard.MatchString(strings.ToUpper(width.Fold.String(number))) {
		return string(document.IDCard) // and a wrong one: a check sign, or an end that a spreadsheet lost
	}
	return string(document.Other)
}

// shapeOfIDCard is a region, a day of birth and four signs more.
var shapeOfIDCard = regexp.MustCompile(`^\W*[1-8]\d{5}(18|19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dX]\W*$`)

// documentKind reads the name of a kind of document.
func documentKind(f customer.Field, text string) (kind string, known bool) {
	kind = option(f, text)
	if slices.ContainsFunc(f.Options, func(o catalogue.Option) bool { return o.Value == kind }) {
		return kind, true
	}
	switch strings.ToLower(strings.TrimSuffix(text, "号码")) {
	case "身份证", "二代身份证", "第二代身份证", "中国居民身份证", "id", "id card", "idcard", "identity card", "identity":
		return string(document.IDCard), true
	case "因私护照", "普通护照", "外国护照", "中国护照":
		return string(document.Passport), true
	case "港澳通行证", "回乡证", "港澳居民来往内地通行证", "往来港澳通行证", "港澳居民居住证":
		return string(document.HKMacauPermit), true
	case "台胞证", "台湾通行证", "台湾居民来往大陆通行证", "大陆居民往来台湾通行证":
		return string(document.TaiwanPermit), true
	case "外国人永久居留身份证", "永久居留证", "外国人居留证", "residence permit":
		return string(document.ForeignResidence), true
	case "军官证", "警官证", "士兵证", "军人证":
		return string(document.Officer), true
	case "其他证件", "其它", "others":
		return string(document.Other), true
	}
	return "", false
}
