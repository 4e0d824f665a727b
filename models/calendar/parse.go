package calendar

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxText is the longest text, in characters, that is looked into.
const maxText = 60

var (
	lunarWords = regexp.MustCompile(`农历|農曆|阴历|陰曆|旧历|舊曆|夏历|古历|[(\[]?\b(?:lunar)\b[)\]]?:?|\(农\)|\[农\]|^农(?:历)?|农$`)
	solarWords = regexp.MustCompile(`公历|公曆|阳历|陽曆|新历|新曆|西历|国历|公元|西元|\b(?:solar)\b:?|\(公\)|\(阳\)`)
	timeOfDay  = regexp.MustCompile(`[t ]+\d{1,2}[:时]\d{2}(?:[:分]\d{2}(?:\.\d+)?秒?)?\s*(?:[ap]m)?(?:z|[+-]\d{2}:?\d{2})?$`)
	stemYear   = regexp.MustCompile(`[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]`)
	emptyPairs = regexp.MustCompile(`\(\s*\)|\[\s*\]`)
	// lunarForms are ways to name months and days that only lunar dates have.
	lunarForms = regexp.MustCompile(`闰|閏|正月|冬月|腊月|臘月|初[一二三四五六七八九十\d]|廿|卅`)
)

// ParseDate reads a date in any spelling in use, or the stored form of String.
// Texts that are marked as lunar, or use names only lunar dates have, give lunar
// dates. Two-digit years 30 to 99 are in the 1900s. It returns ErrAmbiguous when
// there is more than one reading, ErrIncomplete when a text lacks its year,
// ErrLunarInvalid or ErrInvalid when there is no such day. Whether the date is in
// the future is for Check.
func ParseDate(text string) (Date, error) {
	s, lunar, solar, err := prepare(text)
	switch {
	case err != nil:
		return Date{}, err
	case lunar && solar:
		return Date{}, ErrAmbiguous
	case lunar:
		return readLunar(s)
	case lunarForms.MatchString(s) && !solar:
		return readLunar(s)
	}
	return readSolar(s, solar)
}

// ParseLunar reads a text that something beside it, such as a column of its own,
// says is lunar. A text that itself says solar gives ErrAmbiguous.
func ParseLunar(text string) (Date, error) {
	s, _, solar, err := prepare(text)
	switch {
	case err != nil:
		return Date{}, err
	case solar:
		return Date{}, ErrAmbiguous
	}
	return readLunar(s)
}

// prepare folds the text and takes the words for the calendar out of it.
func prepare(text string) (s string, lunar, solar bool, err error) {
	if utf8.RuneCountInString(text) > maxText {
		return "", false, false, ErrInvalid
	}
	s = fold(text)
	if s == "" {
		return "", false, false, ErrInvalid
	}
	if lunarWords.MatchString(s) {
		lunar, s = true, lunarWords.ReplaceAllString(s, "")
	}
	if solarWords.MatchString(s) {
		solar, s = true, solarWords.ReplaceAllString(s, "")
	}
	s = emptyPairs.ReplaceAllString(s, "")
	s = strings.Trim(s, " :,()[]")
	s = strings.TrimSpace(timeOfDay.ReplaceAllString(s, ""))
	if stemYear.MatchString(s) {
		return "", false, false, ErrAmbiguous // the cycle names a year in sixty
	}
	return s, lunar, solar, nil
}

// fold brings full width to half width, dashes to '-', blanks to ' ', letters to
// small ones, and drops invisible characters and a spreadsheet's apostrophe.
func fold(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		case r == '【' || r == '〔':
			r = '('
		case r == '】' || r == '〕':
			r = ')'
		case unicode.IsSpace(r):
			r = ' '
		case unicode.Is(unicode.Cf, r):
			continue
		case unicode.Is(unicode.Pd, r) || r == '−':
			r = '-'
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(b.String()), "'’‘`"))
}
