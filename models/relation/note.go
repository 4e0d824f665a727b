package relation

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"shuke/models/fault"
)

// noteLength is how long a note may be, in characters.
const noteLength = 60

// Digits as numbers of documents, cards and telephones have them: seven in a
// row, or eleven with blanks and dashes between. A day with its hour has ten.
var (
	digitsInARow = regexp.MustCompile(`\p{Nd}{7}`)
	digitsApart  = regexp.MustCompile(`(?:\p{Nd}[ \-.·]?){11}`)
)

// readNote tidies a note. A note stands on a card in the clear, so numbers of
// documents and telephones and addresses of mail do not belong into it.
func readNote(text string) (string, fault.Message) {
	note := strings.TrimSpace(norm.NFC.String(text))
	if len([]rune(note)) > noteLength {
		return "", fault.Message{Key: "error.too_long", Args: map[string]any{"Max": noteLength}}
	}
	hidden := func(r rune) bool {
		return unicode.IsControl(r) || r == '\ufffd' || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
	}
	if strings.ContainsFunc(note, hidden) {
		return "", fault.Message{Key: "error.control_character"}
	}
	plain := norm.NFKC.String(note) // full-width digits are digits
	if digitsInARow.MatchString(plain) || digitsApart.MatchString(plain) || strings.Contains(plain, "@") {
		return "", fault.Message{Key: "people.note_number"}
	}
	return note, fault.Message{}
}
