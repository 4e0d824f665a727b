// Package workbooktest writes workbooks for tests, XML as it stands, so that
// they can be as wrong as those of people and programs are. It is not for the
// product.
package workbooktest

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// Book is a workbook to be written.
type Book struct {
	Date1904 bool
	Sheets   []Sheet
	Parts    map[string]string // further parts, or others in place of those written
	Without  []string          // parts that are left out
}

// Sheet is a sheet of it.
type Sheet struct {
	Name   string
	State  string // hidden, veryHidden
	Kind   string // of relation, worksheet when empty
	Before string // XML before the cells: <cols>…</cols>
	Rows   []Row
	Merges []string
	After  string // XML behind the merges
	XML    string // the whole part, in place of what is written of the above
}

// Row is a row; Number 0 follows the one before.
type Row struct {
	Number int
	Attrs  string // hidden="1"
	Cells  []Cell
}

// Cell is a cell. The zero Cell is left out, what follows stands where it would.
type Cell struct {
	Type   string
	Format string // number format: its code, or #14 for the one of that number
	Value  string // XML of <v>, escaped
	Shared string // text in the table of shared strings
	Inner  string // XML within the cell, in place of all
	Styled bool   // an empty cell with a style
}

// Text is a text written in the cell.
func Text(s string) Cell {
	return Cell{Type: "inlineStr", Inner: `<is><t xml:space="preserve">` + escape(s) + `</t></is>`}
}

// Shared is a text in the table of shared strings.
func Shared(s string) Cell { return Cell{Type: "s", Shared: s} }

// Number is a number as it is to stand in the file.
func Number(literal string) Cell { return Cell{Value: literal} }

// Formatted is a number with a format.
func Formatted(literal, format string) Cell { return Cell{Value: literal, Format: format} }

// Formula is a formula with its kept result, none for "".
func Formula(formula, result string) Cell {
	inner := "<f>" + escape(formula) + "</f>"
	if result != "" {
		inner += "<v>" + escape(result) + "</v>"
	}
	return Cell{Inner: inner}
}

// Of makes a row of texts, those that are numbers as numbers.
func Of(cells ...Cell) Row { return Row{Cells: cells} }

// Texts makes a row of shared texts; "" is no cell.
func Texts(texts ...string) Row {
	var r Row
	for _, s := range texts {
		if s == "" {
			r.Cells = append(r.Cells, Cell{})
			continue
		}
		r.Cells = append(r.Cells, Shared(s))
	}
	return r
}

func escape(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}

// writer gathers what is shared between sheets.
type writer struct {
	shared  []string
	places  map[string]int
	formats []string // codes of styles, from 1
}

// Bytes writes the workbook.
func (b Book) Bytes() []byte {
	parts := map[string]string{}
	w := &writer{places: map[string]int{}}
	var sheets, links strings.Builder
	for i, s := range b.Sheets {
		name := fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)
		state := ""
		if s.State != "" {
			state = ` state="` + s.State + `"`
		}
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>`, escape(s.Name), i+1, state, i+1)
		fmt.Fprintf(&links, `<Relationship Id="rId%d" Type="%s/%s" Target="worksheets/sheet%d.xml"/>`, i+1, relations, cmp.Or(s.Kind, "worksheet"), i+1)
		parts[name] = s.xml(w)
	}
	fmt.Fprintf(&links, `<Relationship Id="rIdS" Type="%s/styles" Target="styles.xml"/><Relationship Id="rIdT" Type="%s/sharedStrings" Target="/xl/sharedStrings.xml"/>`, relations, relations)
	properties := "<workbookPr/>"
	if b.Date1904 {
		properties = `<workbookPr date1904="1"/>`
	}
	parts["[Content_Types].xml"] = head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`
	parts["_rels/.rels"] = head + `<Relationships xmlns="` + package2006 + `"><Relationship Id="rId1" Type="` + relations + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	parts["xl/workbook.xml"] = head + `<workbook xmlns="` + main + `" xmlns:r="` + relations + `">` + properties + `<sheets>` + sheets.String() + `</sheets></workbook>`
	parts["xl/_rels/workbook.xml.rels"] = head + `<Relationships xmlns="` + package2006 + `">` + links.String() + `</Relationships>`
	parts["xl/sharedStrings.xml"] = w.strings()
	parts["xl/styles.xml"] = w.styles()
	for name, text := range b.Parts {
		parts[name] = text
	}
	for _, name := range b.Without {
		delete(parts, name)
	}
	return Zip(parts)
}

const (
	head        = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	main        = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relations   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	package2006 = "http://schemas.openxmlformats.org/package/2006/relationships"
)

// Zip packs parts by name.
func Zip(parts map[string]string) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range parts {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			panic(err) // a buffer takes everything
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func (s Sheet) xml(w *writer) string {
	if s.XML != "" {
		return s.XML
	}
	var b strings.Builder
	b.WriteString(head + `<worksheet xmlns="` + main + `">` + s.Before + `<sheetData>`)
	number := 0
	for _, r := range s.Rows {
		if number++; r.Number > 0 {
			number = r.Number
		}
		fmt.Fprintf(&b, `<row r="%d" %s>`, number, r.Attrs)
		for i, c := range r.Cells {
			b.WriteString(c.xml(w, Column(i+1), number))
		}
		b.WriteString("</row>")
	}
	b.WriteString("</sheetData>")
	if len(s.Merges) > 0 {
		fmt.Fprintf(&b, `<mergeCells count="%d">`, len(s.Merges))
		for _, m := range s.Merges {
			fmt.Fprintf(&b, `<mergeCell ref="%s"/>`, m)
		}
		b.WriteString("</mergeCells>")
	}
	b.WriteString(s.After + "</worksheet>")
	return b.String()
}

// Column is the name of a column, from 1.
func Column(n int) string {
	if n == 0 {
		return ""
	}
	return Column((n-1)/26) + string(rune('A'+(n-1)%26))
}

func (c Cell) xml(w *writer, column string, row int) string {
	if c == (Cell{}) {
		return ""
	}
	attrs := ""
	if c.Type != "" {
		attrs += ` t="` + c.Type + `"`
	}
	if c.Format != "" || c.Styled {
		attrs += fmt.Sprintf(` s="%d"`, w.style(c.Format))
	}
	inner := c.Inner
	switch {
	case c.Shared != "":
		inner = fmt.Sprintf("<v>%d</v>", w.share(c.Shared))
	case inner == "" && c.Value != "":
		inner = "<v>" + c.Value + "</v>"
	}
	return fmt.Sprintf(`<c r="%s%d"%s>%s</c>`, column, row, attrs, inner)
}

func (w *writer) share(s string) int {
	i, there := w.places[s]
	if !there {
		i = len(w.shared)
		w.shared, w.places[s] = append(w.shared, s), i
	}
	return i
}

func (w *writer) style(format string) int {
	for i, f := range w.formats {
		if f == format {
			return i + 1
		}
	}
	w.formats = append(w.formats, format)
	return len(w.formats)
}

func (w *writer) strings() string {
	var b strings.Builder
	b.WriteString(head + `<sst xmlns="` + main + `">`)
	for _, s := range w.shared {
		if strings.HasPrefix(s, "<") {
			b.WriteString("<si>" + s + "</si>")
			continue
		}
		b.WriteString(`<si><t xml:space="preserve">` + escape(s) + "</t></si>")
	}
	return b.String() + "</sst>"
}

func (w *writer) styles() string {
	var codes, styles strings.Builder
	styles.WriteString(`<xf numFmtId="0"/>`)
	for i, f := range w.formats {
		id := fmt.Sprint(164 + i)
		if number, builtIn := strings.CutPrefix(f, "#"); builtIn && len(number) <= 2 {
			id = number
		} else {
			fmt.Fprintf(&codes, `<numFmt numFmtId="%s" formatCode="%s"/>`, id, escape(f))
		}
		fmt.Fprintf(&styles, `<xf numFmtId="%s" applyNumberFormat="1"/>`, id)
	}
	return head + `<styleSheet xmlns="` + main + `"><numFmts>` + codes.String() + `</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>` + styles.String() + `</cellXfs></styleSheet>`
}
