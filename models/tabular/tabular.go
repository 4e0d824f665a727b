// Package tabular reads tables as businesses really have them: CSV in whatever
// encoding, with whatever delimiter and line ends, under a title, with stray
// quotes and totals, packed or not. It streams: memory does not grow with the
// file. It also says which field a heading means and what a few simple cells
// mean. It must not know customers, phones, dates, documents or a database.
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
	NoHeader  bool   // the first row is data
}

// Format is what was found out about a file. Encoding and LineEnds are final
// only when Next has returned io.EOF: a file may begin with plain ASCII.
type Format struct {
	Encoding   string
	BOM        bool
	Delimiter  rune
	LineEnds   []string // of CR, CRLF and LF, those that occur, in this order, also those inside quotes
	Gzip       bool
	Headings   []string // nil when the file has none
	HeaderLine int      // physical line of the headings, from 1; 0 when the file has none
}

// Row is one record after the headings.
type Row struct {
	Line  int      // physical line on which the record begins, from 1; CR, LF and CRLF each end one line
	Cells []string // NFC, without blanks at the ends, at least one for each heading; a bad cell is empty
	Raw   string   // the record as decoded text, without its line end
	Fault Reason   // why the row cannot be taken as it stands; "" when it can
	Bad   []Bad    // the cells at fault; none when the fault is the whole row's
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
