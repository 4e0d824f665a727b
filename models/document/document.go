// Package document reads the numbers of identity documents and of companies,
// checks them, and brings them to the one form under which they are found. It
// knows no customer and no keys: what it returns is still clear text.
package document

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Kind is a kind of document.
type Kind string

// The kinds.
const (
	IDCard           Kind = "id_card"           // 居民身份证, 居民身份证号码 of 18 or 15 digits
	Passport         Kind = "passport"          // 护照 of any country
	HKMacauPermit    Kind = "hk_macau_permit"   // 港澳居民来往内地通行证, 往来港澳通行证
	TaiwanPermit     Kind = "taiwan_permit"     // 台湾居民来往大陆通行证, 大陆居民往来台湾通行证
	ForeignResidence Kind = "foreign_residence" // 外国人永久居留身份证
	Officer          Kind = "officer"           // 军官证, 警官证, 士兵证
	Licence          Kind = "licence"           // 统一社会信用代码, 注册号 of a company
	Other            Kind = "other"
)

// Kinds returns all kinds in the order a person is offered them.
func Kinds() []Kind {
	return []Kind{IDCard, Passport, HKMacauPermit, TaiwanPermit, ForeignResidence, Officer, Licence, Other}
}

// Reason says why a text is no number of its kind.
type Reason string

// The reasons.
const (
	Checksum      Reason = "id_checksum"       // the check digit is wrong
	Invalid       Reason = "id_invalid"        // letters, a date or a region that cannot be
	Length        Reason = "id_length"         // too few or too many signs
	PrecisionLost Reason = "id_precision_lost" // a spreadsheet cut the last digits
)

// Error is the refusal of a text. It never contains what was typed.
type Error struct{ Reason Reason }

// Error names the reason for logs.
func (e *Error) Error() string { return "document: " + string(e.Reason) }

func refuse(r Reason) error { return &Error{Reason: r} }

// maxText is the longest text, in characters, that is looked into.
const maxText = 64

var exponent = regexp.MustCompile(`^\d(?:[.,]\d+)?E\+?\d{1,2}$`)

// Parse reads the number of a document of a kind and returns it as it is kept:
// half width, capitals, no blanks and dashes. It returns an *Error for a text
// that is none; an empty text is one of the wrong length.
func Parse(kind Kind, text string) (canonical string, err error) {
	if utf8.RuneCountInString(text) > maxText {
		return "", refuse(Length)
	}
	s := clean(text)
	switch {
	case s == "":
		return "", refuse(Length)
	case exponent.MatchString(s):
		return "", refuse(PrecisionLost)
	}
	switch kind {
	case IDCard:
		err = checkIDCard(s)
	case ForeignResidence:
		err = checkForeignResidence(s)
	case Licence:
		err = checkLicence(s)
	case Passport, HKMacauPermit, TaiwanPermit, Officer, Other:
		err = checkShape(kind, s)
	default:
		err = refuse(Invalid)
	}
	if err != nil {
		return "", err
	}
	return s, nil
}

// Normalize returns the form for the blind index, under which every spelling of
// a number is the same: compatibility forms folded, capitals, no blanks, dashes
// and invisible signs, and an ID number of 15 digits as the one of 18 that
// replaced it. It takes any text and never fails.
func Normalize(text string) string {
	s := clean(text)
	if len(s) == oldIDLength && checkIDCard(s) == nil {
		return lengthen(s)
	}
	return s
}

// clean folds the spelling. Control characters other than blanks stay, so that
// Parse refuses them.
func clean(text string) string {
	s := strings.TrimSpace(norm.NFKC.String(text))
	s = strings.TrimLeft(s, "'’‘`") // a spreadsheet's sign for text
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || unicode.Is(unicode.Cf, r) || r == '−' {
			return -1
		}
		return r
	}, s)
	return strings.ToUpper(s)
}
