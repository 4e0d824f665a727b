package tabular

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Formula reports whether a spreadsheet that opens the text would run it:
// after blanks, controls and full-width forms are seen through it begins with
// = or @, or with + or - and goes on as an expression. Telephones (+86 21 …),
// signed numbers and notes that begin with a dash are no formulas.
func Formula(text string) bool {
	if !mayBeFormula(text) {
		return false
	}
	text = norm.NFKC.String(strings.TrimLeftFunc(text, unseen))
	body := strings.TrimFunc(text[1:], unseen)
	switch text[0] {
	case '=', '@':
		return body != ""
	case '+', '-':
		return expression(body)
	}
	return false
}

// mayBeFormula is the cheap look at the first visible character.
func mayBeFormula(text string) bool {
	for _, r := range text {
		if unseen(r) {
			continue
		}
		return strings.ContainsRune("=+-@＝＋－＠﹦﹢﹣﹫", r)
	}
	return false
}

func unseen(r rune) bool { return blank(r) || unicode.IsControl(r) || turnsText(r) }

// expression reports whether what follows a sign computes something.
func expression(body string) bool {
	if body == "" || signedNumber(body) || telephone(body) {
		return false
	}
	body = strings.TrimLeft(body, "+- ")
	if body == "" || signedNumber(body) {
		return false
	}
	if body[0] == '=' || body[0] == '@' {
		return true
	}
	if word := leadingWord(body); reference(word) && word == body {
		return true
	}
	first := rune(body[0])
	operand := unicode.IsDigit(first) || unicode.IsLetter([]rune(body)[0]) || strings.ContainsRune(`$("'[`, first)
	return operand && strings.ContainsAny(body, "+*/^&=<>!|(") || unicode.IsDigit(first) && strings.Contains(body, "-")
}

// signedNumber accepts what stands behind the sign of -1,234.50, +3 % and -1e5.
func signedNumber(body string) bool {
	digits := 0
	for i, r := range body {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case strings.ContainsRune(".,%¥$€£ ", r):
		case (r == 'e' || r == 'E') && digits > 0 && exponent(body[i+1:]):
			return true
		default:
			return false
		}
	}
	return digits > 0
}

func exponent(s string) bool {
	s = strings.TrimLeft(s, "+-")
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// telephone accepts digits as people group them, seven at least.
func telephone(body string) bool {
	lower := strings.ToLower(body)
	for _, ext := range [...]string{"extension", "ext", "x", "转", "分机"} {
		lower = strings.ReplaceAll(lower, ext, " ")
	}
	digits := 0
	for _, r := range lower {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case !strings.ContainsRune("-.() ", r):
			return false
		}
	}
	return digits >= 7
}

func leadingWord(body string) string {
	end := strings.IndexFunc(body, func(r rune) bool {
		return r != '$' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
	if end < 0 {
		return body
	}
	return body[:end]
}

// reference accepts the name of a cell: A1, $B$12, XFD1048576.
func reference(word string) bool {
	word = strings.ReplaceAll(word, "$", "")
	letters := strings.IndexFunc(word, unicode.IsDigit)
	return letters >= 1 && letters <= 3 && len(word)-letters <= 7 && strings.Trim(word[letters:], "0123456789") == ""
}
