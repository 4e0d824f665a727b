package workbook

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/xuri/excelize/v2"

	wb "shuke/models/workbook/workbooktest"
)

func TestFilesThatAreNoPlainWorkbookAreRefused(t *testing.T) {
	good := one(wb.Texts("姓名", "手机"), wb.Texts("王伟", "1"))
	with := func(part, text string) []byte {
		b := good
		b.Parts = map[string]string{part: text}
		return b.Bytes()
	}
	without := func(parts ...string) []byte {
		b := good
		b.Without = parts
		return b.Bytes()
	}
	const sheet = "xl/worksheets/sheet1.xml"
	for _, c := range []struct {
		rule string
		data []byte
		want Reason
	}{
		{"nothing", nil, Damaged},
		{"no archive", []byte("PK\x03\x04 and no more"), Damaged},
		{"an old workbook", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on"), LockedOrOld},
		{"a workbook with a password", locked(t), LockedOrOld},
		{"an archive of a workbook", wb.Zip(map[string]string{"a.xlsx": string(good.Bytes())}), NotWorkbook},
		{"an open document", wb.Zip(map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}), NotWorkbook},
		{"a text document", with("xl/workbook.xml", "<document/>"), NotWorkbook},
		{"a binary workbook", with("_rels/.rels", `<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>`), NotWorkbook},
		{"a workbook elsewhere", with("_rels/.rels", `<Relationships><Relationship Id="r" Type="x/officeDocument" Target="http://x/workbook.xml" TargetMode="External"/></Relationships>`), NotWorkbook},
		{"a document type", with("xl/workbook.xml", `<!DOCTYPE x [<!ENTITY a "b">]><workbook/>`), Entities},
		{"a document type in the sheet", with(sheet, `<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>`), Entities},
		{"a document type in the texts", with("xl/sharedStrings.xml", `<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><sst><si><t>&lol2;</t></si></sst>`), Entities},
		{"an entity nobody declared", with("xl/sharedStrings.xml", `<sst><si><t>&xxe;</t></si></sst>`), Damaged},
		{"a charset but UTF-8", with("xl/workbook.xml", `<?xml version="1.0" encoding="UTF-16"?><workbook/>`), Damaged},
		{"no texts", without("xl/sharedStrings.xml"), Damaged},
		{"too few texts", with("xl/sharedStrings.xml", `<sst><si><t>a</t></si></sst>`), Damaged},
		{"a text of no number", with(sheet, `<worksheet><sheetData><row><c t="s"><v>x</v></c></row></sheetData></worksheet>`), Damaged},
		{"a text below zero", with(sheet, `<worksheet><sheetData><row><c t="s"><v>-1</v></c></row></sheetData></worksheet>`), Damaged},
		{"a sheet that is another thing", with(sheet, "<chartsheet/>"), Damaged},
		{"cells twice", with(sheet, "<worksheet><sheetData/><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"), Damaged},
		{"a sheet cut short", with(sheet, "<worksheet><sheetData><row><c><v>1</v></c></row>"), Damaged},
		{"a cell cut short", with(sheet, "<worksheet><sheetData><row><c><v>1"), Damaged},
		{"tags that cross", with(sheet, "<worksheet><sheetData><row></sheetData></row></worksheet>"), Damaged},
		{"elements in elements", with(sheet, "<worksheet>"+strings.Repeat("<a>", 1_000_000)), TooHeavy},
		{"elements in a cell", with(sheet, "<worksheet><sheetData><row><c><v>"+strings.Repeat("<a>", 1_000_000)), TooHeavy},
		{"a tag without end", with(sheet, `<worksheet><sheetData><row r="`+random(2<<20)), TooHeavy},
		{"a text without end", with(sheet, `<worksheet><sheetData><row><c t="str"><v>`+random(2<<20)), TooHeavy},
		{"a comment without end", with("xl/styles.xml", `<!-- `+random(2<<20)), TooHeavy},
		{"two parts of a name", twice(t, good.Bytes()), Damaged},
		{"too many sheets", manySheets(), TooHeavy},
		{"too many files", manyFiles(t), TooHeavy},
		{"a part behind a password", flagged(good.Bytes()), LockedOrOld},
		{"a large part of nothing", with("xl/styles.xml", "<a>"+strings.Repeat(" ", maxPart)+"</a>"), TooHeavy},
	} {
		_, err := read(t, c.data, "")
		if reasonOf(err) != c.want {
			t.Errorf("%s: %v, want %s", c.rule, err, c.want)
		}
	}
	if _, err := Open(bytes.NewReader(nil), MaxPacked+1); reasonOf(err) != TooHeavy {
		t.Errorf("a file beyond the limit: %v", err)
	}
}

func locked(t *testing.T) []byte {
	f := excelize.NewFile()
	defer f.Close()
	var out bytes.Buffer
	if err := f.Write(&out, excelize.Options{Password: "secret"}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// random is text that does not pack well, so that no rule about packing meets it.
func random(n int) string {
	var b strings.Builder
	x := uint32(1)
	for b.Len() < n {
		x = x*1664525 + 1013904223
		b.WriteByte('a' + byte(x>>24)%26)
	}
	return b.String()
}

// twice adds a second part of a name, in other letters.
func twice(t *testing.T, data []byte) []byte {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		if err := w.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Create(`XL\Workbook.xml`); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func manySheets() []byte {
	var b wb.Book
	for i := range maxSheets + 1 {
		b.Sheets = append(b.Sheets, wb.Sheet{Name: fmt.Sprint(i)})
	}
	return b.Bytes()
}

func manyFiles(t *testing.T) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := range maxEntries + 1 {
		if _, err := w.CreateRaw(&zip.FileHeader{Name: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// flagged marks every part as encrypted in the directory.
func flagged(data []byte) []byte {
	out := bytes.Clone(data)
	for at := 0; ; at += 4 {
		i := bytes.Index(out[at:], []byte("PK\x01\x02"))
		if i < 0 {
			return out
		}
		at += i
		out[at+8] |= 1
	}
}

const piece = 64 << 20

var zeroPiece = sync.OnceValues(func() ([]byte, error) {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestSpeed)
	if err == nil {
		_, err = w.Write(make([]byte, piece))
	}
	if err == nil {
		err = w.Flush()
	}
	return out.Bytes(), err
})

// zeros packs a sheet of so many zero bytes without writing them all: one piece
// is packed and stands there as often as needed.
func zeros(t *testing.T, part string, pieces int, says uint64) []byte {
	t.Helper()
	b, err := zeroPiece()
	if err != nil {
		t.Fatal(err)
	}
	packed := append(bytes.Repeat(b, pieces), 3, 0) // an empty last block
	if says == 0 {
		says = piece * uint64(pieces)
	}
	book := wb.Book{Sheets: []wb.Sheet{{Name: "s", Rows: []wb.Row{wb.Texts("a")}}}, Without: []string{part}}
	data := book.Bytes()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	for _, f := range z.File {
		if err := to.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := to.CreateRaw(&zip.FileHeader{Name: part, Method: zip.Deflate, CompressedSize64: uint64(len(packed)), UncompressedSize64: says})
	if err == nil {
		_, err = raw.Write(packed)
	}
	if err == nil {
		err = to.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestBombsAreNotUnpacked(t *testing.T) {
	const sheet = "xl/worksheets/sheet1.xml"
	for _, c := range []struct {
		rule string
		data []byte
		want Reason
	}{
		{"ten gigabytes of zeros", zeros(t, sheet, 160, 0), TooHeavy},
		{"as many that say they are few", zeros(t, sheet, 160, 1000), Damaged},
		{"as many that say they are endless", zeros(t, sheet, 1, 1<<63), TooHeavy},
		{"sixty-four megabytes", zeros(t, sheet, 1, 0), TooHeavy},
		{"zeros for texts", zeros(t, "xl/sharedStrings.xml", 1, 0), TooHeavy},
		{"zeros for the workbook", zeros(t, "xl/workbook.xml", 1, 0), TooHeavy},
	} {
		if _, err := read(t, c.data, ""); reasonOf(err) != c.want {
			t.Errorf("%s: %v, want %s", c.rule, err, c.want)
		}
	}
}

// A file that ends anywhere, or has any byte wrong, is refused or read, and
// never ends the reading process.
func TestNoByteOfAWorkbookMatters(t *testing.T) {
	data := one(wb.Texts("姓名", "手机"), wb.Of(wb.Text("王伟"), wb.Formatted("32937", "#14"), wb.Formula("A1", "5"))).Bytes()
	for n := 0; n < len(data); n += 5 {
		if _, err := read(t, data[:n], ""); err == nil {
			t.Fatalf("%d of %d bytes were a workbook", n, len(data))
		}
	}
	for i := range data {
		broken := bytes.Clone(data)
		broken[i] ^= byte(1 << (i % 8))
		_, _ = read(t, broken, "")
	}
}

func FuzzSheet(f *testing.F) {
	for _, seed := range []string{
		`<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData><mergeCells><mergeCell ref="A1:A2"/></mergeCells></worksheet>`,
		`<worksheet><cols><col min="1" max="3" hidden="1"/></cols><sheetData><row><c s="1"><f>A1</f><v>5</v></c><c t="inlineStr"><is><r><t>x</t></r></is></c></row></sheetData></worksheet>`,
		`<worksheet><sheetData/></worksheet>`, `</sheetData></sheetData>`, `<worksheet><sheetData><row r="99999999999999999999"/>`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, xml string) {
		data := wb.Book{Sheets: []wb.Sheet{{Name: "s", XML: xml + " "}}}.Bytes()
		b, err := Open(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := b.Rows(0)
		if err != nil {
			return
		}
		defer rows.Close()
		last := 0
		for {
			row, err := rows.Next()
			if err != nil {
				if !errors.Is(err, io.EOF) && reasonOf(err) == "" {
					t.Fatal(err)
				}
				return
			}
			if row.Number <= last || row.Number > MaxRows {
				t.Fatalf("row %d after %d", row.Number, last)
			}
			last = row.Number
			for i, c := range row.Cells {
				if c.Column < 1 || c.Column > MaxColumns || i > 0 && c.Column <= row.Cells[i-1].Column || c.Fault != "" && c.Text != "" {
					t.Fatalf("%+v", row)
				}
			}
		}
	})
}

func TestDirectoriesThatLieAreSeenThrough(t *testing.T) {
	data := one(wb.Texts("a")).Bytes()
	at := bytes.LastIndex(data, []byte("PK\x05\x06"))
	for _, n := range []uint16{maxEntries + 1, 0xFFFF} {
		lie := bytes.Clone(data)
		binary.LittleEndian.PutUint16(lie[at+8:], n)
		binary.LittleEndian.PutUint16(lie[at+10:], n)
		if _, err := read(t, lie, ""); reasonOf(err) != TooHeavy {
			t.Errorf("%d entries: %v", n, err)
		}
	}
}
