package tabular

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"
)

// Reader gives the rows of one table, one after the other.
type Reader struct {
	text   *decoder
	win    *window
	scan   scanner
	format Format
	width  int // cells a row may have
	line   int // physical line at which the window stands, from 1
	ends   ends
	ahead  *Row // the first row, read by Open to know that there is one
}

// Open looks at the beginning of a CSV file and gets ready to read its rows; for
// a file of any format see OpenTable. Errors are of type *Error where the file
// is refused, else the failure of r.
func Open(r io.Reader, o Options) (*Reader, error) {
	src, zipped, err := openSource(r)
	if err != nil {
		return nil, err
	}
	return openCSV(src, zipped, o)
}

func openCSV(src *bufio.Reader, zipped bool, o Options) (*Reader, error) {
	if o.Delimiter != 0 && !delimiterAllowed(o.Delimiter) {
		return nil, &Error{Reason: DelimiterBad, Item: string(o.Delimiter)}
	}
	head, err := src.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if err := checkContent(head); err != nil {
		return nil, err
	}
	text, err := newDecoder(src, o.Encoding)
	if err != nil {
		return nil, err
	}
	rd := &Reader{text: text, win: newWindow(text), line: 1, format: Format{Kind: CSV, Gzip: zipped, BOM: text.bom}}
	if err := rd.skipEmptyLines(); err != nil {
		return nil, err
	}
	if err := rd.chooseDelimiter(o.Delimiter); err != nil {
		return nil, err
	}
	if err := rd.begin(o.NoHeader); err != nil {
		return nil, err
	}
	return rd, nil
}

// begin reads the headings and the first row.
func (r *Reader) begin(noHeader bool) error {
	if !noHeader {
		if err := r.readHeader(); err != nil {
			return err
		}
		r.width = len(r.format.Headings)
	}
	first, err := r.Next()
	if err == io.EOF {
		return refuse(NoRows)
	}
	if err != nil {
		return err
	}
	if noHeader {
		r.width = len(first.Cells)
	}
	r.ahead = &first
	return nil
}

// Format returns what is known of the file so far.
func (r *Reader) Format() Format {
	f := r.format
	f.Encoding, f.LineEnds = r.text.Encoding(), r.ends.names()
	f.Headings = slices.Clone(f.Headings)
	return f
}

// Close does nothing: who opened the file closes it.
func (r *Reader) Close() error { return nil }

// Next returns the next row that holds anything but an empty line. At the end
// it returns io.EOF. Faults of rows stand in the row; an error is the file's,
// and no row can be read after it.
func (r *Reader) Next() (Row, error) {
	if r.ahead != nil {
		row := *r.ahead
		r.ahead = nil
		return row, nil
	}
	for {
		whole, err := r.record()
		if err != nil {
			return Row{}, err
		}
		b, _ := r.win.bytes()
		row := r.row(b, whole)
		empty := len(r.scan.cells) == 1 && row.Blank()
		if err := r.consume(whole); err != nil {
			return Row{}, err
		}
		if !empty {
			return row, nil
		}
	}
}

// record makes the scanner hold the next record. whole is false when it is
// larger than the window.
func (r *Reader) record() (whole bool, err error) {
	for {
		b, final := r.win.bytes()
		if len(b) > 0 && r.scan.scan(b, final) {
			return true, nil
		}
		if r.win.more() {
			continue
		}
		if err := r.win.failed(); err != nil {
			return false, err
		}
		b, final = r.win.bytes()
		if len(b) == 0 {
			return false, io.EOF
		}
		if !final && b[len(b)-1] == '\r' {
			b = b[:len(b)-1] // whether it is half of a CRLF is not known yet
		}
		r.scan.scan(b, true)
		return final || r.scan.ended, nil
	}
}

// consume steps over the record; of one larger than the window also over the
// rest of its line.
func (r *Reader) consume(whole bool) error {
	r.win.pos += r.scan.next
	r.line += r.scan.lines
	r.ends |= r.scan.ends
	if whole {
		return nil
	}
	for {
		b, final := r.win.bytes()
		i := bytes.IndexAny(b, "\r\n")
		if i >= 0 {
			if n := r.scan.lineBreak(b, i, final); n > 0 {
				r.win.pos += i + n
				r.ends |= r.scan.ends
				return nil
			}
			r.win.pos += i // a CR that may be half of a CRLF
		} else {
			r.win.pos = r.win.end
		}
		if r.win.more() {
			continue
		}
		if err := r.win.failed(); err != nil {
			return err
		}
		if b, _ := r.win.bytes(); len(b) == 0 {
			return nil
		}
	}
}
