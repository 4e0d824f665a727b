package tabular

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// row makes a Row of the record that the scanner holds in b.
func (r *Reader) row(b []byte, whole bool) Row {
	s := &r.scan
	row := Row{Line: r.line}
	if !whole {
		row.Fault, row.Raw = TooLong, string(mend(b[:min(s.size, MaxCell)]))
		return row
	}
	text := b[:s.size]
	spans := s.cells
	valid := utf8.Valid(text)
	if valid {
		row.Raw = string(text)
	} else {
		row.Raw = string(mend(text))
	}
	row.Cells = make([]string, len(spans), max(len(spans), r.width))
	for i, c := range spans {
		var cell string
		switch {
		case c.doubled:
			cell = string(mend(bytes.ReplaceAll(text[c.from:c.to], []byte(`""`), []byte(`"`))))
		case valid:
			cell = row.Raw[c.from:c.to] // no copy: the row's text is kept anyway
		default:
			cell = string(mend(text[c.from:c.to]))
		}
		cell, fault := clean(cell)
		if fault != "" {
			row.Bad = append(row.Bad, Bad{Column: i + 1, Reason: fault})
		}
		row.Cells[i] = cell
	}
	r.judgeRow(&row)
	return row
}

// judgeRow sets the row's fault and fits its cells to the headings.
func (r *Reader) judgeRow(row *Row) {
	s := &r.scan
	used := len(row.Cells)
	for used > r.width && row.Cells[used-1] == "" && (len(row.Bad) == 0 || row.Bad[len(row.Bad)-1].Column < used) {
		used--
	}
	switch {
	case s.broken:
		row.Fault = QuoteUnterminated
	case s.wide, r.width > 0 && used > r.width, r.width > 0 && s.loose && len(row.Cells) != r.width:
		// With a stray quote even a short row is suspect: the quote may have
		// taken its neighbours in.
		row.Fault = ColumnsMismatch
	case len(row.Bad) > 0:
		row.Fault = row.Bad[0].Reason
	}
	if s.broken || row.Fault == ColumnsMismatch {
		row.Bad = nil
		return
	}
	if r.width == 0 {
		return
	}
	row.Cells = row.Cells[:used]
	for len(row.Cells) < r.width {
		row.Cells = append(row.Cells, "")
	}
}

// clean returns a cell in NFC without blanks at its ends, or "" and its fault.
func clean(cell string) (string, Reason) {
	ascii, control := true, false
	for i := 0; i < len(cell); i++ {
		c := cell[i]
		ascii = ascii && c < utf8.RuneSelf
		control = control || c < 0x20 || c == 0x7F
	}
	if ascii && !control {
		cell = strings.Trim(cell, " ")
	} else {
		cell = strings.TrimFunc(cell, blank)
		if fault := unclean(cell); fault != "" {
			return "", fault
		}
		cell = norm.NFC.String(withoutNothing(cell))
	}
	if len(cell) > MaxCell {
		return "", TooLong
	}
	return cell, ""
}

// blank reports what people cannot see at the end of a cell: all spaces, and
// the marks of no width that come along with a copied text.
func blank(r rune) bool {
	switch r {
	case 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x180E, 0x2800, 0x3164, 0xFFA0:
		return true
	}
	return unicode.IsSpace(r)
}

// withoutNothing drops signs within a text that neither show nor join anything:
// a copied name that holds one is found by nobody.
func withoutNothing(cell string) string {
	if !strings.ContainsAny(cell, "\u200B\u2060\uFEFF\u180E") {
		return cell
	}
	return strings.NewReplacer("\u200B", "", "\u2060", "", "\uFEFF", "", "\u180E", "").Replace(cell)
}

func unclean(cell string) Reason {
	for _, r := range cell {
		switch {
		case r == unicode.ReplacementChar:
			return EncodingDamaged
		case r == '\t' || r == '\n' || r == '\r':
		case unicode.IsControl(r), turnsText(r):
			return ControlCharacter
		}
	}
	return ""
}

// turnsText reports the characters that change the direction of writing: with
// them a name on the screen is not the name that is stored.
func turnsText(r rune) bool {
	return r == 0x061C || r == 0x200E || r == 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}
