package customer

import (
	"hash/fnv"
	"strings"

	"shuke/models/db"
)

// signature is a superimposed code (C. Mooers, Zatocoding, 1947) of the
// beginnings of a customer's look-up keys. It lies beside every key, so that a
// scan of one word tells who cannot have the other without reading anything
// else. Whoever has a key that begins with a word has all bits of the word;
// some others have them too, so what passes is still looked at.
//
// Latin words have 63 bits of their own, digits of telephones and Chinese
// characters another 63: so about a third of the bits is set in each.
type signature struct{ latin, other int64 }

// signatureBits keeps signatures positive: databases disagree on the sign of &.
const signatureBits = 63

// signatureOf is the code of all keys of a customer.
func signatureOf(keys []key) signature {
	var s signature
	for _, k := range keys {
		s.add(k.kind, k.k)
	}
	return s
}

// covers reports whether everything that has the bits of t may pass s.
func (s signature) covers(t signature) bool {
	return s.latin&t.latin == t.latin && s.other&t.other == t.other
}

// add superimposes the grams of one key, or of the beginning of one: two and
// three letters from the front, the first character, every two digits.
func (s *signature) add(kind keyKind, text string) {
	letters := []rune(strings.ToLower(text))
	switch kind {
	case keyPhone:
		for i := 2; i <= len(letters); i++ {
			s.other |= gram('d', letters[i-2:i])
		}
	case keyChars, keyOrgChars:
		if len(letters) >= 1 {
			s.other |= gram('c', letters[:1])
		}
	default:
		for n := 2; n <= min(3, len(letters)); n++ {
			s.latin |= gram('l', letters[:n])
		}
	}
}

// gram is the bit of a gram. It must stay what it is: it is stored.
func gram(class byte, letters []rune) int64 {
	h := fnv.New64a()
	h.Write([]byte{class})
	h.Write([]byte(string(letters)))
	sum := h.Sum64()
	return 1 << ((sum ^ sum>>31) % signatureBits)
}

// mayHoldSQL tells from the signature of a row whether its customer may meet the
// term.
func (t term) mayHoldSQL() (string, []any) {
	var parts []string
	var args []any
	seen := map[signature]bool{}
	for _, r := range t.ranges {
		var mask signature
		mask.add(r.kind, r.from)
		switch {
		case seen[mask]:
			continue
		case mask.latin != 0:
			parts, args = append(parts, "signature_latin & ? = ?"), append(args, mask.latin, mask.latin)
		case mask.other != 0:
			parts, args = append(parts, "signature_other & ? = ?"), append(args, mask.other, mask.other)
		default: // a single letter says nothing
			return "1 = 1", nil
		}
		seen[mask] = true
	}
	return "(" + strings.Join(parts, " OR ") + ")", args
}

// allMayHoldSQL is mayHoldSQL of several terms.
func allMayHoldSQL(terms []term) (string, []any) {
	var conditions []string
	var args []any
	for _, t := range terms {
		condition, more := t.mayHoldSQL()
		conditions, args = append(conditions, condition), append(args, more...)
	}
	return strings.Join(conditions, " AND "), args
}

// signRecents brings the lists of lately seen customers in step.
func signRecents(tx *db.Tx, customerID int64, s signature) error {
	_, err := tx.Run("UPDATE recents SET signature_latin = ?, signature_other = ? WHERE branch_id IN (SELECT id FROM branches) AND customer_id = ?", s.latin, s.other, customerID)
	return err
}
