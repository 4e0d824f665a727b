package tabular

import (
	"bytes"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// judge says what encoding bytes are in that begin with one above ASCII; ""
// when none fits. whole says that nothing follows them.
func judge(b []byte, whole bool) string {
	good, bad := countUTF8(b, whole)
	if bad == 0 || good >= 4*bad {
		return utf8Name // a few damaged bytes are their rows' fault
	}
	usual, pairs, wrong := countGB(b, whole)
	if pairs > 0 && usual*2 >= pairs && wrong*20 <= pairs {
		return gbName
	}
	return ""
}

// countUTF8 counts the sequences above ASCII and the bytes that belong to none.
func countUTF8(b []byte, whole bool) (good, bad int) {
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			b = b[1:]
			continue
		}
		r, n := utf8.DecodeRune(b)
		switch {
		case r != utf8.RuneError || n == 3:
			good++
		case !whole && !utf8.FullRune(b):
			return good, bad
		default:
			bad++
		}
		b = b[n:]
	}
	return good, bad
}

// countGB counts two-byte characters, among them the usual ones (the first
// level of GB 2312 and its punctuation), and bytes that fit nowhere. Western
// and Big5 texts often pass as GB18030, but their pairs are seldom usual ones.
// Four-byte characters are rare and say nothing against a text.
func countGB(b []byte, whole bool) (usual, pairs, wrong int) {
	for len(b) > 0 {
		lead := b[0]
		switch {
		case lead < 0x80:
			b = b[1:]
			continue
		case lead == 0x80 || lead == 0xFF:
			wrong, b = wrong+1, b[1:]
			continue
		case len(b) < 2 || (digit(b[1]) && len(b) < 4):
			if whole {
				wrong++
			}
			return usual, pairs, wrong
		case digit(b[1]) && b[2] > 0x80 && b[2] < 0xFF && digit(b[3]):
			b = b[4:]
			continue
		}
		trail := b[1]
		if trail < 0x40 || trail == 0x7F || trail == 0xFF {
			wrong, b = wrong+1, b[1:]
			continue
		}
		pairs++
		if trail >= 0xA1 && (lead >= 0xB0 && lead <= 0xD7 || lead == 0xA1 || lead == 0xA3) {
			usual++
		}
		b = b[2:]
	}
	return usual, pairs, wrong
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// guessUTF16 recognises UTF-16 without a mark by the zero halves of its ASCII
// characters, one in twenty at least, and by what the text would then be: the
// zeros alone do not tell the side, for 一 is 4E00.
func guessUTF16(head []byte) string {
	head = head[:len(head)&^1]
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i&1]++
		}
	}
	units := len(head) / 2
	for side, name := range [...]string{utf16BEName, utf16LEName} {
		if zeros[side]*20 < units || zeros[side] == 0 {
			continue
		}
		if plausibleUTF16(head, side == 0) {
			return name
		}
	}
	return ""
}

func plausibleUTF16(head []byte, bigEndian bool) bool {
	units := make([]uint16, len(head)/2)
	for i := range units {
		hi, lo := head[2*i], head[2*i+1]
		if !bigEndian {
			hi, lo = lo, hi
		}
		units[i] = uint16(hi)<<8 | uint16(lo)
	}
	text := utf16.Decode(units)
	odd, divided := 0, false
	for _, r := range text {
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == ',' || r == ';':
			divided = true
		case r == unicode.ReplacementChar || !unicode.IsPrint(r) && !unicode.IsSpace(r):
			odd++
		}
	}
	return divided && odd*20 <= len(text)
}

// mend makes invalid UTF-8 visible as U+FFFD.
func mend(b []byte) []byte { return bytes.ToValidUTF8(b, []byte("\uFFFD")) }
