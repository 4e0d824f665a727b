// Package phone reads telephone numbers as people write them, keeps them as
// E.164, shows and masks them, and makes the keys by which they are found.
// It knows no customer, no database and no language: a refusal is a Reason.
package phone

import "unicode/utf8"

// Number is one telephone number.
type Number struct {
	E164 string // with the plus: +8613812345678
	Ext  string // extension digits, empty when there is none
}

// Reason says why a text is no telephone number.
type Reason string

// The reasons.
const (
	TooShort        Reason = "too_short"
	TooLong         Reason = "too_long"
	Invalid         Reason = "invalid"           // length right, no such range
	NotDigits       Reason = "not_digits"        // letters or signs among the digits
	Masked          Reason = "masked"            // stars put there by another system
	PrecisionLost   Reason = "precision_lost"    // a spreadsheet's 1.38E+10
	AreaCodeMissing Reason = "area_code_missing" // a landline that only its own city understands
	ShortCode       Reason = "short_code"        // 95588: has no E.164 form
	Ambiguous       Reason = "ambiguous"         // more than one reading
	EmptyWord       Reason = "empty_word"        // a word for "none"
)

// Error is the refusal of a text. It never contains what was typed.
type Error struct{ Reason Reason }

// Error names the reason for logs.
func (e *Error) Error() string { return "phone: " + string(e.Reason) }

func refuse(r Reason) *Error { return &Error{Reason: r} }

// maxCell is the longest cell, in characters, that is looked into.
const maxCell = 300

// Parse reads the numbers of one cell in order of appearance, each once.
// region is the ISO 3166 code whose national spellings are understood; with an
// empty region only international ones are. A blank cell gives no number and no
// error. When any number of the cell is bad the whole cell is refused with an
// *Error and no number is returned: half a cell must not pass for the whole.
func Parse(text, region string) ([]Number, error) {
	if utf8.RuneCountInString(text) > maxCell {
		return nil, refuse(TooLong)
	}
	s := fold(text)
	if s == "" {
		return nil, nil
	}
	if isEmptyWord(s) {
		return nil, refuse(EmptyWord)
	}
	s, err := unfloat(s)
	if err != nil {
		return nil, err
	}
	if isMasked(s) {
		return nil, refuse(Masked)
	}
	var found []Number
	for _, piece := range pieces(s) {
		if piece == "" || isEmptyWord(piece) {
			continue
		}
		numbers, err := readPiece(piece, region)
		if err != nil {
			if isTailOf(piece, found) {
				err = refuse(Ambiguous)
			}
			return nil, err
		}
		found = add(found, numbers)
	}
	if len(found) == 0 {
		return nil, refuse(EmptyWord)
	}
	return found, nil
}

// isTailOf recognises "62345678/79": the tail that a second number of the same
// switchboard would end in, which may replace two digits or be an extension.
func isTailOf(piece string, found []Number) bool {
	return len(found) > 0 && len(piece) <= 4 && onlyDigits(piece)
}

func add(found, more []Number) []Number {
next:
	for _, n := range more {
		for _, have := range found {
			if have == n {
				continue next
			}
		}
		found = append(found, n)
	}
	return found
}
