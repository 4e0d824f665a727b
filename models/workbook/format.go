package workbook

import "strings"

// format says what a number format shows of a number.
type format struct {
	year, month, day, clock bool // a date or a time of day, and which parts of it
	elapsed                 bool // hours that go on beyond a day
	percent                 bool
	zeros                   int // digits that are always shown: 000123 is a number of six
}

func (f format) date() bool { return f.year || f.month || f.day }

// Formats that every program knows by number and that no file spells out
// (ECMA-376 part 1, 18.8.30). Those from 27 on differ by country; as written
// here they are those of mainland China, whose Excel gives 57 to 1990年3月
// and 58 to 3月5日.
var (
	wholeDay  = format{year: true, month: true, day: true}
	ofMonth   = format{year: true, month: true}
	ofYear    = format{month: true, day: true}
	timeOfDay = format{clock: true}
	moment    = format{year: true, month: true, day: true, clock: true}
	length    = format{clock: true, elapsed: true}
	share     = format{percent: true}
)

func builtIn(id int) format {
	switch id {
	case 9, 10:
		return share
	case 14, 15, 30, 31:
		return wholeDay
	case 16, 28, 29, 51, 53, 54, 58:
		return ofYear
	case 17, 27, 36, 50, 52, 57:
		return ofMonth
	case 18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56:
		return timeOfDay
	case 22:
		return moment
	case 46:
		return length
	}
	return format{}
}

func formatOf(id int, codes map[int]string) format {
	if code, said := codes[id]; said {
		return readFormat(code)
	}
	return builtIn(id)
}

// readFormat understands the code of a number format. Its first section is the
// one for positive numbers, which dates are.
func readFormat(code string) format {
	if len(code) > 1000 {
		return format{}
	}
	f, placeholders, plain := format{}, 0, true
	letters := strings.Builder{} // of dates, in order, to tell minutes from months
	for i := 0; i < len(code); i++ {
		c := code[i]
		switch {
		case c == ';':
			i = len(code)
		case c == '"':
			plain = false
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				end = len(code) - i - 2
			}
			i += end + 1
		case c == '\\' || c == '_' || c == '*':
			i++
			plain = false
		case c == '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return format{}
			}
			if inside := strings.ToLower(code[i+1 : i+end]); inside != "" && strings.Trim(inside, inside[:1]) == "" && strings.Contains("hms", inside[:1]) {
				f.elapsed = true
				letters.WriteByte('h')
			}
			i += end
		case len(code)-i >= 7 && strings.EqualFold(code[i:i+7], "general"):
			i += 6
		case (c == 'E' || c == 'e') && i+1 < len(code) && (code[i+1] == '+' || code[i+1] == '-'):
			i++
			plain = false
		case strings.IndexByte("yYeEmMdDhHsSgGbB", c) >= 0:
			letters.WriteByte(c | 0x20)
		case c == '%':
			f.percent = true
		case c == '0':
			placeholders++
		case c != '@' && c != ' ':
			plain = false
		}
	}
	f.readLetters(letters.String())
	if plain && letters.Len() == 0 && !f.percent && placeholders > 1 {
		f.zeros = placeholders
	}
	return f
}

// readLetters takes the letters of a date apart. An m beside hours or seconds
// is a minute.
func (f *format) readLetters(letters string) {
	var runs []byte
	for i := 0; i < len(letters); i++ {
		if i == 0 || letters[i] != letters[i-1] {
			runs = append(runs, letters[i])
		}
	}
	for i, c := range runs {
		switch c {
		case 'y', 'e', 'b':
			f.year = true
		case 'd':
			f.day = true
		case 'h', 's':
			f.clock = true
		case 'm':
			if i > 0 && runs[i-1] == 'h' || i+1 < len(runs) && runs[i+1] == 's' {
				f.clock = true
			} else {
				f.month = true
			}
		}
	}
	if !f.date() && !f.clock {
		f.elapsed = false
	}
}
