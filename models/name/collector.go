package name

import (
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	maxKeyRunes = 60  // a key is cut after so many characters
	maxAlpha    = 48  // alpha keys of one name
	maxChars    = 64  // character keys of one name
	maxSource   = 600 // bytes of a name that are looked at
)

// source tells which of the two texts a key was made from.
type source uint8

const (
	fromName source = iota
	fromReading
)

// collector receives each key as it is made. For KeysOf it gathers them; for
// Match it also stops at the first that a term begins. Both go the same way,
// so a key that can be found can be explained.
type collector struct {
	tables  *tables
	letters [2][]letter
	parts   [2][]part
	runs    []syllableRun
	keys    Keys

	key, line draft // scratch
	starts    []int
	styleSet  *[styles]bool

	wanted  string // prefix looked for by Match, empty for KeysOf
	kind    TermKind
	found   bool
	how     How
	src     source
	foundAt []uint16
}

// emit takes the key in c.key.
func (c *collector) emit(kind TermKind, how How, src source) {
	text := c.key.text
	if len(text) > maxKeyRunes {
		text = text[:cut(text)]
	}
	if len(c.keys.Alpha) >= maxAlpha || len(text) < 2 || utf8.RuneCount(text) < 2 {
		return
	}
	for _, k := range c.keys.Alpha {
		if k == string(text) {
			return
		}
	}
	k := string(text)
	c.keys.Alpha = append(c.keys.Alpha, k)
	c.look(kind, how, src, k, c.key.at)
}

// emitChars takes a key of characters, a part of one string they all share.
func (c *collector) emitChars(src source, s string, at []uint16) {
	if len(s) > maxKeyRunes {
		s = s[:cut([]byte(s))]
	}
	if len(c.keys.Chars) >= maxChars || slices.Contains(c.keys.Chars, s) {
		return
	}
	c.keys.Chars = append(c.keys.Chars, s)
	c.look(KindChars, HowChars, src, s, at)
}

// look keeps the first key that the wanted term begins.
func (c *collector) look(kind TermKind, how How, src source, k string, at []uint16) {
	if c.found || c.wanted == "" || kind != c.kind || !strings.HasPrefix(k, c.wanted) {
		return
	}
	c.found, c.how, c.src = true, how, src
	c.foundAt = append([]uint16(nil), at[:len(c.wanted)]...)
}

// full tells that no more alpha keys will be taken.
func (c *collector) full() bool { return len(c.keys.Alpha) >= maxAlpha }

// cut returns how many bytes the first maxKeyRunes characters have.
func cut(text []byte) int {
	n := 0
	for range maxKeyRunes {
		if n >= len(text) {
			break
		}
		_, size := utf8.DecodeRune(text[n:])
		n += size
	}
	return n
}

// clip shortens a text to what is looked at, at a character's boundary.
func clip(s string) string {
	if len(s) <= maxSource {
		return s
	}
	n := maxSource
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
