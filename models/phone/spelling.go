package phone

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// fold brings the many ways to write the same sign to one: full width to half
// width, every dash to '-', every blank but the line end to ' ', small letters,
// invisible characters gone.
func fold(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		case r == '\r' || r == '\v' || r == '\f' || r == '\u2028' || r == '\u2029' || r == '\u0085':
			r = '\n'
		case r != '\n' && unicode.IsSpace(r):
			r = ' '
		case unicode.Is(unicode.Cf, r) || r == '\ufe0f':
			continue // joiners, direction marks, byte order marks left by copying
		case unicode.Is(unicode.Pd, r) || r == '−':
			r = '-'
		}
		b.WriteRune(unicode.ToLower(r))
	}
	// A spreadsheet's apostrophe in front marks text and is no part of it.
	return strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(b.String()), "'’‘`"))
}

var signsOnly = regexp.MustCompile(`^[\s\-/\\.、,;|()]+$`)

func isEmptyWord(s string) bool {
	switch s {
	case "无", "無", "没有", "沒有", "暂无", "暫無", "空", "不详", "不詳", "未知", "未填", "未提供", "不提供", "保密",
		"无电话", "无手机", "没有电话", "没有手机", "n/a", "na", "n.a.", "none", "nil", "null", "no", "unknown", "#n/a":
		return true
	}
	return signsOnly.MatchString(s)
}

var (
	exponent  = regexp.MustCompile(`^(\d)(?:\.(\d+))?e\+?(\d{1,3})$`)
	wholeReal = regexp.MustCompile(`^(\d{5,})\.0+$`)
)

// unfloat undoes a spreadsheet's number format where no digit was lost:
// 13812345678.0, or an exponent whose mantissa has all the digits.
func unfloat(s string) (string, error) {
	if m := wholeReal.FindStringSubmatch(s); m != nil {
		return m[1], nil
	}
	m := exponent.FindStringSubmatch(s)
	if m == nil {
		return s, nil
	}
	digits := m[1] + m[2]
	if power, err := strconv.Atoi(m[3]); err != nil || len(digits) != power+1 {
		return "", refuse(PrecisionLost)
	}
	return digits, nil
}

var maskSigns = regexp.MustCompile(`[*•●○×？?_]|\dx{2,}|x{3,}`)

func isMasked(s string) bool { return maskSigns.MatchString(s) }

// extension finds the words and signs before an extension.
var extension = regexp.MustCompile(
	`(\d)[\s()\-,.]*(?:;\s*ext\s*=|转接|转|轉|分机号|分机|分機|内线|內線|extension|extn|ext|x|#)[\s.:\-]*(?:分机|分機)?[\s.:]*(\d{1,6})`)

// label finds the words that say what kind of number follows or precedes. Words
// that say more (whose number it is, a fax, when not to ring) are not among
// them: such a cell is refused, so that a person reads it.
var label = regexp.MustCompile(
	`(?:手机号码|手机号|手机|手機|移动电话|联系电话|联系方式|固定电话|电话号码|电话|電話|固话|座机|住宅|家庭|家里|家中|宅电|办公室|办公|单位|公司|本人|号码|` +
		`\b(?:telephone|tel|mobile|mob|cell|phone|home|work|office)\b|\b(?:tel|mob)(?:[.:])|\b[tmho]:)[\s.:=]*`)

var (
	separators = regexp.MustCompile(`[/;、,\n|\\&]|或者|或|以及|及|\bor\b|\band\b`)
	brackets   = strings.NewReplacer("(", " ", ")", " ", "[", " ", "]", " ", "【", " ", "】", " ", "〔", " ", "〕", " ", "《", " ", "》", " ")
	dashes     = regexp.MustCompile(`\s*[.\-]+\s*`)
	pluses     = regexp.MustCompile(`\s*\+\s*`)
	blanks     = regexp.MustCompile(`\s+`)
)

// pieces cuts a folded cell where separators, labels or a plus stand. In each piece an
// extension is written #123 behind its number, brackets are blanks and dots are
// dashes; a piece may still hold several numbers with blanks between.
func pieces(s string) []string {
	s = extension.ReplaceAllString(s, "$1#$2 ")
	s = label.ReplaceAllString(s, ";")
	s = pluses.ReplaceAllString(s, ";+")
	var out []string
	for _, p := range separators.Split(s, -1) {
		p = brackets.Replace(p)
		p = dashes.ReplaceAllString(p, "-")
		out = append(out, strings.Trim(blanks.ReplaceAllString(p, " "), " -"))
	}
	return out
}

func onlyDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
