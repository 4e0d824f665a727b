// Package tabular reads tables as businesses really have them: CSV in whatever
// encoding, with whatever delimiter and line ends, under a title, with stray
// quotes and totals, packed or not; workbooks; cards of address books. All give
// the same rows, with each cell at fault or in doubt named. It streams: memory
// does not grow with the file. Apart reads in a process of its own, which a
// hostile file may end without harm. It also says which field a heading means
// and what a few simple cells mean. It must not know customers, phones, dates,
// documents or a database.
package tabular

import "errors"

// Limits of what is read. What is larger is a fault, never cut in silence.
const (
	MaxRecord  = 1 << 20  // bytes of one record as UTF-8
	MaxCell    = 64 << 10 // bytes of one cell as UTF-8
	MaxColumns = 1000     // cells of one record
)

// Options say what the caller knows about the file; zero values are detected.
type Options struct {
	Delimiter rune   // 0: comma, semicolon or tab, whichever divides the first lines evenly
	Encoding  string // "": UTF-8, UTF-16LE, UTF-16BE or GB18030; see Encodings for what else may be named
	NoHeader  bool   // the first row is data; cards have headings always
	Sheet     string // of a workbook; "": the first that can be seen and is not empty
}

// Kind is the format of a file, known by its content, never by its name.
type Kind string

// The kinds.
const (
	CSV   Kind = "csv"
	XLSX  Kind = "xlsx"
	VCard Kind = "vcard"
)

// Format is what was found out about a file. Encoding, LineEnds and Ignored are
// final only when Next has returned io.EOF: a file may begin with plain ASCII.
type Format struct {
	Kind       Kind
	Encoding   string
	BOM        bool
	Delimiter  rune
	LineEnds   []string // of CR, CRLF and LF, those that occur, in this order, also those inside quotes
	Gzip       bool
	Headings   []string // nil when the file has none
	HeaderLine int      // physical line of the headings, in a sheet their row, from 1; 0 when the file has none

	Sheet         string   // that is read
	Sheets        []Sheet  // of the workbook, in the order of their tabs
	HiddenColumns []string // headings of columns that were hidden; they are read
	Date1904      bool     // bare numbers of days count from 1904
	Ignored       []string // properties of cards for which there is no column
}

// Sheet is a sheet of a workbook.
type Sheet struct {
	Name   string
	Hidden bool
}

// Table gives the rows of one table, one after the other.
type Table interface {
	// Format is what is known of the file so far.
	Format() Format
	// Next returns the next row, io.EOF at the end. Faults of rows stand in the
	// row; an error is the file's, and no row can be read after it.
	Next() (Row, error)
	// Close ends the reading, also before the end.
	Close() error
}

// Row is one record after the headings.
type Row struct {
	Line   int      // physical line on which the record begins, from 1; CR, LF and CRLF each end one line; in a sheet the row
	Cells  []string // NFC, without blanks at the ends, at least one for each heading; a bad cell is empty
	Raw    string   // the record as decoded text, without its line end
	Fault  Reason   // why the row cannot be taken as it stands; "" when it can
	Bad    []Bad    // the cells at fault; none when the fault is the whole row's
	Doubts []Bad    // what stands in the row and a person should look at; column 0 for the whole row
}

// Bad names a cell that could not be taken.
type Bad struct {
	Column int // from 1
	Reason Reason
}

// Blank reports whether no cell of the row holds anything.
func (r Row) Blank() bool {
	for _, c := range r.Cells {
		if c != "" {
			return false
		}
	}
	return r.Fault == ""
}

// Reason is the key of why a file, a row, a cell or a mapping was refused.
type Reason string

// Reasons at rows and cells.
const (
	ColumnsMismatch   Reason = "columns_mismatch"   // more cells than headings
	ControlCharacter  Reason = "control_character"  // NUL, control or direction-changing character
	EncodingDamaged   Reason = "encoding_damaged"   // bytes that are no text in the file's encoding, or U+FFFD
	TooLong           Reason = "too_long"           // beyond MaxCell or MaxRecord
	QuoteUnterminated Reason = "quote_unterminated" // a quote opens and nothing closes it where it could
	GenderUnknown     Reason = "gender_unknown"     // a code without legend
	CellError         Reason = "cell_error"         // #N/A, #VALUE!
	DigitsLost        Reason = "digits_lost"        // a number longer than a spreadsheet can hold
	NoSuchDay         Reason = "date_invalid"       // a cell formatted as a date that is none
	FormulaEmpty      Reason = "formula"            // a formula of which nobody kept the result
	HiddenRow         Reason = "hidden_row"         // hidden in the sheet
	CardIncomplete    Reason = "vcard_incomplete"   // a card without end
	CardKind          Reason = "vcard_kind"         // a group, an organisation, a place
)

// Doubts: what they stand at is taken all the same.
const (
	FormulaValue Reason = "formula_value"    // the result of a formula
	YearHidden   Reason = "date_year_hidden" // a date shown without its year, taken as shown
	StrayLine    Reason = "vcard_line"       // a line of a card that says nothing
)

// Reasons at whole files.
const (
	EncodingUnknown Reason = "encoding_unknown" // not recognised, or a name nobody knows
	BinaryContent   Reason = "binary_content"   // no text at all
	EmptyFile       Reason = "empty_file"       // nothing but blanks
	NoRows          Reason = "no_rows"          // headings only
	NoHeader        Reason = "no_header"        // data from the first line on
	WrongType       Reason = "wrong_type"       // a spreadsheet, PDF, picture, web page, vCard …
	FileDamaged     Reason = "file_damaged"     // a packed file that does not unpack to its end
	DelimiterBad    Reason = "delimiter_invalid"
	NotWorkbook     Reason = "not_workbook"  // an archive of something else
	LockedOrOld     Reason = "locked_or_old" // .xls, or a workbook with a password
	Entities        Reason = "xml_entities"  // a workbook that declares entities
	TooHeavy        Reason = "too_heavy"     // more than is read: a bomb, memory or time used up
	BeyondSheet     Reason = "beyond_sheet"  // cells where no sheet has any
	NoSuchSheet     Reason = "no_such_sheet"
	Crashed         Reason = "reader_failed" // the process that read the file ended without an answer
)

// Reasons at mappings given by a person.
const (
	MapSyntax    Reason = "map_syntax"           // not COL=FIELD
	MapColumn    Reason = "map_column_unknown"   // no such heading or number
	MapAmbiguous Reason = "map_column_ambiguous" // two columns have this heading
	MapTwice     Reason = "map_column_twice"     // one column mapped twice
	MapField     Reason = "map_field_invalid"    // not the form of a field's key
)

// Error is a refusal with its reason. Item is what the reason speaks of where
// that is no personal data (the argument of a mapping, a name of an encoding).
type Error struct {
	Reason Reason
	Item   string
	cause  error
}

// Error gives the reason, for logs.
func (e *Error) Error() string {
	s := "tabular: " + string(e.Reason)
	if e.Item != "" {
		s += " " + e.Item
	}
	if e.cause != nil {
		s += ": " + e.cause.Error()
	}
	return s
}

// Unwrap returns the cause, if there is one.
func (e *Error) Unwrap() error { return e.cause }

// ReasonOf returns the reason of a refusal, or "" for any other error.
func ReasonOf(err error) Reason {
	var e *Error
	if errors.As(err, &e) {
		return e.Reason
	}
	return ""
}

func refuse(reason Reason) error { return &Error{Reason: reason} }
