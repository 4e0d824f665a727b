package vcard

import (
	"bytes"
	"strings"
)

// header takes a line apart: group.NAME;PARAMETERS:value. ok is false for a
// line that is no property.
func header(line []byte) (p Property, ok bool) {
	colon := endOfHeader(line)
	if colon < 0 {
		return p, false
	}
	parts := divide(string(line[:colon]))
	group, name, grouped := strings.Cut(parts[0], ".")
	if !grouped {
		group, name = "", parts[0]
	}
	p.Group, p.Name = group, strings.ToUpper(strings.TrimSpace(name))
	if !nameOf(p.Name) {
		return p, false
	}
	for _, part := range parts[1:min(len(parts), maxParameters)] {
		p.params = append(p.params, parameter(part))
	}
	p.raw, p.Media = line[colon+1:], media(p.Name)
	return p, true
}

// endOfHeader is the first colon outside of quotes.
func endOfHeader(line []byte) int {
	quoted := false
	for i, c := range line {
		switch {
		case c == '"':
			quoted = !quoted
		case c == ':' && !quoted:
			return i
		}
	}
	return bytes.IndexByte(line, ':') // a quote that nothing closes
}

// divide parts a header at the semicolons outside of quotes.
func divide(s string) []string {
	var parts []string
	from, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case s[i] == ';' && !quoted:
			parts = append(parts, s[from:i])
			from = i + 1
		}
	}
	return append(parts, s[from:])
}

// nameOf reports the signs that names of properties have.
func nameOf(s string) bool {
	return s != "" && len(s) <= 64 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == ""
}

// parameter reads TYPE=HOME, and HOME alone as version 2.1 has it.
func parameter(s string) param {
	name, value, named := strings.Cut(s, "=")
	name = strings.ToUpper(strings.TrimSpace(name))
	value = strings.Trim(strings.TrimSpace(value), `"`)
	switch {
	case named:
		return param{name, value}
	case name == "QUOTED-PRINTABLE" || name == "BASE64" || name == "B" || name == "8BIT" || name == "7BIT":
		return param{"ENCODING", name}
	}
	return param{"TYPE", name}
}

// printable reports whether the value is in quoted-printable.
func (p Property) printable() bool { return strings.EqualFold(p.Param("ENCODING"), "QUOTED-PRINTABLE") }

// packed reports whether the value is in base64.
func (p Property) packed() bool {
	e := p.Param("ENCODING")
	return strings.EqualFold(e, "BASE64") || strings.EqualFold(e, "B")
}
