package document

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Shapes of numbers that have no check digit. Passports follow ICAO 9303 with
// up to nine signs, and a little more for issuers that have more.
var (
	passportShape  = regexp.MustCompile(`^[A-Z0-9]{5,11}$`)
	letterPassport = regexp.MustCompile(`^[A-Z]{1,2}\d{7,8}$`)
	homeReturn     = regexp.MustCompile(`^[HM]\d{8}(?:\d{2})?$`)
	toHKMacau      = regexp.MustCompile(`^(?:C[A-Z]?\d{7,8}|W\d{8})$`)
	fromTaiwan     = regexp.MustCompile(`^(?:\d{8}|\d{10}(?:\([A-Z]\)|[A-Z])?)$`)
	toTaiwan       = regexp.MustCompile(`^[TL]\d{8}$`)
	officerShape   = regexp.MustCompile(`^\p{Han}{1,6}\d{4,8}号?$`)
	oldResidence   = regexp.MustCompile(`^[A-Z]{3}\d{12}$`)
	otherShape     = regexp.MustCompile(`^[\p{L}\d/.()]{3,40}$`)
	mainSigns      = regexp.MustCompile(`^[A-Z0-9()]+$`)
)

// checkShape checks the kinds that only have a shape.
func checkShape(kind Kind, s string) error {
	shortest, longest, ok := 0, 0, false
	digits := countDigits(s)
	switch kind {
	case Passport:
		shortest, longest, ok = 5, 11, passportShape.MatchString(s) && digits >= 3
	case HKMacauPermit:
		shortest, longest, ok = 9, 11, homeReturn.MatchString(s) || toHKMacau.MatchString(s)
	case TaiwanPermit:
		shortest, longest, ok = 8, 13, fromTaiwan.MatchString(s) || toTaiwan.MatchString(s)
	case Officer:
		shortest, longest, ok = 5, 16, officerShape.MatchString(s) || allDigits(s) && digits >= 6 && digits <= 8
	default:
		shortest, longest, ok = 3, 40, otherShape.MatchString(s) && digits > 0
	}
	switch n := utf8.RuneCountInString(s); {
	case ok:
		return nil
	case (n < shortest || n > longest) && (mainSigns.MatchString(s) || kind == Officer):
		return refuse(Length)
	}
	return refuse(Invalid)
}

func countDigits(s string) int {
	return strings.Count(strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '0'
		}
		return -1
	}, s), "0")
}

// checkForeignResidence checks the number of a foreigner's permanent residence
// card: since 2023 eighteen digits beginning with 9, built like an ID number,
// before that three letters and twelve digits.
func checkForeignResidence(s string) error {
	switch {
	case oldResidence.MatchString(s):
		return nil
	case idSigns(s) && len(s) == idLength && s[0] == '9':
		return checkID18(s)
	case mainSigns.MatchString(s) && len(s) != idLength && len(s) != oldIDLength:
		return refuse(Length)
	}
	return refuse(Invalid)
}

// Guess says of which kind a typed text could be the whole number, for a
// look-up. Numbers with a right check digit and telling letters are named; any
// other run of five or more letters and digits with a digit in it is Other. ok is
// false for what cannot be a document's number.
func Guess(text string) (kind Kind, ok bool) {
	if utf8.RuneCountInString(text) > maxText {
		return "", false
	}
	s := clean(text)
	switch {
	case checkIDCard(s) == nil && len(s) == idLength && s[0] == '9':
		return ForeignResidence, true
	case checkIDCard(s) == nil:
		return IDCard, true
	case checkLicence(s) == nil:
		return Licence, true
	case oldResidence.MatchString(s):
		return ForeignResidence, true
	case homeReturn.MatchString(s), toHKMacau.MatchString(s):
		return HKMacauPermit, true
	case toTaiwan.MatchString(s):
		return TaiwanPermit, true
	case letterPassport.MatchString(s):
		return Passport, true
	case officerShape.MatchString(s) && strings.Contains(s, "字"):
		return Officer, true
	case len(s) >= 5 && mainSigns.MatchString(s) && countDigits(s) > 0:
		return Other, true
	}
	return "", false
}
