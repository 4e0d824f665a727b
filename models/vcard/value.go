package vcard

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"
)

// Text is the value as one text.
func (p Property) Text() (string, Flaw) {
	text, flaw := p.decoded(p.raw)
	return p.unescaped(text), flaw
}

// Parts are the parts of a value that has several, divided by semicolons.
func (p Property) Parts() ([]string, Flaw) {
	var parts []string
	if p.printable() {
		// What is written as =3B belongs to a part and divides nothing.
		for _, raw := range splitBytes(p.raw) {
			text, flaw := p.decoded(raw)
			if flaw != "" {
				return nil, flaw
			}
			parts = append(parts, p.unescaped(text))
		}
		return parts, ""
	}
	text, flaw := p.decoded(p.raw)
	if flaw != "" {
		return nil, flaw
	}
	from := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case ';':
			parts = append(parts, p.unescaped(text[from:i]))
			from = i + 1
		}
	}
	return append(parts, p.unescaped(text[from:])), ""
}

func splitBytes(b []byte) [][]byte {
	var parts [][]byte
	from := 0
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case ';':
			parts = append(parts, b[from:i])
			from = i + 1
		}
	}
	return append(parts, b[from:])
}

// decoded undoes the encoding and reads the charset.
func (p Property) decoded(raw []byte) (string, Flaw) {
	if p.printable() {
		var ok bool
		if raw, ok = unquote(raw); !ok {
			return "", Undecodable
		}
	} else if p.packed() {
		plain, err := base64.StdEncoding.DecodeString(string(bytes.Join(bytes.Fields(raw), nil)))
		if err != nil {
			return "", Undecodable
		}
		raw = plain
	}
	charset := strings.ToLower(strings.TrimSpace(p.Param("CHARSET")))
	if charset == "" || ascii(raw) {
		if text, ok := p.plain(raw); ok {
			return text, ""
		}
		return "", Undecodable
	}
	return inCharset(raw, charset)
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 || c == 0x1B { // ISO-2022-JP hides behind escapes
			return false
		}
	}
	return true
}

// inCharset reads bytes in the charset that the line names.
func inCharset(raw []byte, charset string) (string, Flaw) {
	if charset == "gbk" || charset == "gb2312" || charset == "gb18030" || charset == "cp936" {
		text, _, err := transform.Bytes(simplifiedchinese.GB18030.NewDecoder(), raw)
		return string(text), flawOf(err)
	}
	e, err := htmlindex.Get(charset)
	if err != nil {
		return "", CharsetUnknown
	}
	if name, err := htmlindex.Name(e); err == nil && name == "utf-8" {
		return string(raw), "" // bytes that are none show as such in the cell
	}
	text, _, err := transform.Bytes(e.NewDecoder(), raw)
	return string(text), flawOf(err)
}

func flawOf(err error) Flaw {
	if err != nil {
		return Undecodable
	}
	return ""
}

// unquote undoes quoted-printable; its soft line breaks are gone already. A
// sign of equality that stands for itself is a damage.
func unquote(b []byte) ([]byte, bool) {
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		if b[i] != '=' {
			out = append(out, b[i])
			continue
		}
		if i+2 >= len(b) {
			return nil, false
		}
		var c [1]byte
		if _, err := hex.Decode(c[:], b[i+1:i+3]); err != nil {
			return nil, false
		}
		out, i = append(out, c[0]), i+2
	}
	return out, true
}

// unescaped undoes backslashes. In version 2.1 they stand for themselves but
// before what divides.
func (p Property) unescaped(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch c := s[i]; {
		case c == ';' || c == ',':
			b.WriteByte(c)
		case p.old:
			b.WriteByte('\\')
			b.WriteByte(c)
		case c == 'n' || c == 'N':
			b.WriteByte('\n')
		case c == '\\' || c == ':' || c == '"':
			b.WriteByte(c)
		default:
			b.WriteByte('\\')
			b.WriteByte(c)
		}
	}
	return b.String()
}
