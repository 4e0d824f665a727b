// Package workbook reads the rows of .xlsx workbooks that nobody vouches for,
// as they come, in memory that does not grow with the sheet. It says of each
// cell what a person saw there and what is doubtful about it: a date whose year
// the format hid, digits that a float has lost, a formula, an error. It must
// not know what a table is, what headings mean or who a customer is.
//
// It reads archive/zip and encoding/xml itself instead of using excelize. That
// library's iterator of rows gives text without its type, style or formula, and
// asking for them cell by cell loads the whole sheet; parts above 16 MB it
// writes to temporary files in the clear, or holds in memory whole; and a
// malformed workbook can end the process. What is needed here is little: no
// writing, no formulas, no drawings, and to refuse what is not plain.
package workbook

import (
	"errors"
	"io"
	"strings"
)

// Limits of what is read. What is larger is refused, never cut in silence.
const (
	MaxPacked  = 64 << 20  // bytes of the file
	MaxRows    = 1_048_576 // what a sheet can have
	MaxColumns = 16_384
	maxEntries = 10_000    // files in the archive
	maxPart    = 16 << 20  // bytes of a small part: workbook, relations, styles
	maxStrings = 256 << 20 // bytes of the shared strings as XML
	maxTexts   = 96 << 20  // bytes of the shared strings as text
	maxSheet   = 2 << 30   // bytes of a sheet as XML
	maxSheets  = 1000
	maxMerges  = 100_000
	maxStyles  = 100_000
	maxRow     = 4 << 20 // bytes of text in one row

	// A part that unpacks to so many times its size is a bomb; sheets of styled
	// empty cells reach thirty. Small parts may be as they like.
	maxRatio  = 200
	ratioFrom = 16 << 20
)

// Reason says why a workbook is refused.
type Reason string

// The refusals.
const (
	Damaged     Reason = "file_damaged"  // no zip, cut short, not the XML it should be
	NotWorkbook Reason = "not_workbook"  // a zip of something else: .docx, .ods, .xlsb, a packed file
	LockedOrOld Reason = "locked_or_old" // an OLE file: .xls, or .xlsx with a password
	Entities    Reason = "xml_entities"  // a document type, by which entities are declared
	TooHeavy    Reason = "too_heavy"     // beyond a limit: a bomb, or more than is read
	BeyondSheet Reason = "beyond_sheet"  // a cell outside of what a sheet can have
	NoSuchSheet Reason = "no_such_sheet" // none of that name, or it holds no cells
	Empty       Reason = "empty_file"    // no visible sheet holds anything
)

// Error is a refusal.
type Error struct {
	Reason Reason
	cause  error
}

// Error gives the reason, for logs.
func (e *Error) Error() string {
	if e.cause != nil {
		return "workbook: " + string(e.Reason) + ": " + e.cause.Error()
	}
	return "workbook: " + string(e.Reason)
}

// Unwrap returns the cause, if there is one.
func (e *Error) Unwrap() error { return e.cause }

func refuse(r Reason) error { return &Error{Reason: r} }

func damaged(cause error) error {
	var e *Error
	if errors.As(cause, &e) {
		return e
	}
	if errors.Is(cause, io.EOF) {
		cause = io.ErrUnexpectedEOF // the end of one thing is not that of the rows
	}
	return &Error{Reason: Damaged, cause: cause}
}

// Sheet is one sheet of a workbook.
type Sheet struct {
	Name   string
	Hidden bool // also those that only a program can show
	Cells  bool // a worksheet, not a chart, dialog or macro sheet
	part   string
}

// Book is an open workbook.
type Book struct {
	Sheets   []Sheet // in the order of their tabs
	Date1904 bool    // days count from 1904, as early Macintoshes had it

	pack    *pack
	formats []format // by the number of a cell's style
	texts   *texts   // shared strings, nil until a cell needs one
	strings string   // their part, "" for none
}

// Open reads what a workbook says of itself. Nothing of it is ever run: macros
// are parts that nobody opens. Errors are of type *Error where the file is
// refused, else the failure of r.
func Open(r io.ReaderAt, size int64) (*Book, error) {
	p, err := openPack(r, size)
	if err != nil {
		return nil, err
	}
	b := &Book{pack: p}
	main, err := b.mainPart()
	if err != nil {
		return nil, err
	}
	links, err := p.relations(main)
	if err != nil {
		return nil, err
	}
	if err := b.readWorkbook(main, links); err != nil {
		return nil, err
	}
	for _, l := range links {
		switch {
		case l.is("sharedStrings"):
			b.strings = l.part
		case l.is("styles"):
			if err := b.readStyles(l.part); err != nil {
				return nil, err
			}
		}
	}
	return b, nil
}

// mainPart is the part of the workbook itself.
func (b *Book) mainPart() (string, error) {
	links, err := b.pack.relations("")
	if err != nil {
		return "", err
	}
	for _, l := range links {
		if l.is("officeDocument") && !strings.HasSuffix(l.part, ".bin") && b.pack.has(l.part) {
			return l.part, nil
		}
	}
	return "", refuse(NotWorkbook)
}

// Ole reports the signature of the container in which .xls files and workbooks
// with a password lie.
func Ole(head []byte) bool {
	return strings.HasPrefix(string(head), "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
}

// Zip reports the signature of an archive.
func Zip(head []byte) bool {
	return strings.HasPrefix(string(head), "PK\x03\x04") || strings.HasPrefix(string(head), "PK\x05\x06")
}
