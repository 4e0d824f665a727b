package fias

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// unreadable stands in a decoded text for bytes that are not of its character
// set.
const unreadable = string(utf8.RuneError)

// decoders turn the bytes of a whole record into text. They take all of it, as
// in GB 18030 the bar between two fields may be the second half of a character.
var decoders = map[string]func([]byte) string{
	"utf-8":        func(b []byte) string { return strings.ToValidUTF8(string(b), unreadable) },
	"gb18030":      func(b []byte) string { return decoded(simplifiedchinese.GB18030.NewDecoder().Bytes(b)) },
	"windows-1252": func(b []byte) string { return decoded(charmap.Windows1252.NewDecoder().Bytes(b)) },
}

// decoded drops what came with an error: these decoders have none, but write
// unreadable instead.
func decoded(b []byte, err error) string {
	if err != nil {
		return unreadable
	}
	return string(b)
}
