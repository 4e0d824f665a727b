package tabular

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"

	"shuke/models/workbook"
)

// OpenTable looks at the beginning of r, finds out its format and gets ready to
// read its rows, in this process: for files of strangers see Apart. A workbook
// is read into memory as it is packed. Errors are of type *Error where the file
// is refused, else the failure of r.
func OpenTable(r io.Reader, o Options) (Table, error) {
	src, zipped, kind, err := detect(r)
	switch {
	case err != nil:
		return nil, err
	case kind == CSV:
		return asTable(openCSV(src, zipped, o))
	case kind == VCard:
		return asTable(openCards(src, zipped, o))
	}
	file, err := readPieces(src, workbook.MaxPacked)
	if err != nil {
		return nil, err
	}
	return asTable(openBook(file, file.size, o))
}

// asTable keeps a nil reader from becoming a table.
func asTable[T Table](t T, err error) (Table, error) {
	if err != nil {
		return nil, err
	}
	return t, nil
}

// Detect says what format a file has by its beginning. It returns an *Error for
// one that is recognised and not read.
func Detect(r io.Reader) (Kind, error) {
	_, _, kind, err := detect(r)
	return kind, err
}

func detect(r io.Reader) (src *bufio.Reader, zipped bool, kind Kind, err error) {
	if src, zipped, err = openSource(r); err != nil {
		return nil, zipped, "", err
	}
	head, err := src.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, zipped, "", err
	}
	switch {
	case workbook.Ole(head):
		return nil, zipped, "", refuse(LockedOrOld)
	case workbook.Zip(head) && zipped:
		return nil, zipped, "", refuse(WrongType) // packed twice: once is what a workbook is
	case workbook.Zip(head):
		return src, zipped, XLSX, nil
	case beginsCard(head):
		return src, zipped, VCard, nil
	}
	return src, zipped, CSV, checkContent(head)
}

// beginsCard reports the beginning of a card, in UTF-16 too.
func beginsCard(head []byte) bool {
	text := head[:min(len(head), 512)]
	for _, bom := range [...]string{"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"} {
		text = bytes.TrimPrefix(text, []byte(bom))
	}
	text = bytes.TrimLeft(bytes.ReplaceAll(text, []byte{0}, nil), " \t\r\n")
	const begin = "begin:vcard"
	return len(text) >= len(begin) && strings.EqualFold(string(text[:len(begin)]), begin)
}

// pieces is a file in memory, in parts that need not be copied to grow.
type pieces struct {
	parts [][]byte
	size  int64
}

const pieceSize = 1 << 20

func readPieces(r io.Reader, most int64) (*pieces, error) {
	p := &pieces{}
	for {
		part := make([]byte, pieceSize)
		n, err := io.ReadFull(r, part)
		p.parts = append(p.parts, part[:n])
		p.size += int64(n)
		switch {
		case p.size > most:
			return nil, refuse(TooHeavy)
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return p, nil
		case err != nil:
			return nil, err
		}
	}
}

// ReadAt makes the pieces one file again.
func (p *pieces) ReadAt(b []byte, off int64) (n int, err error) {
	if off < 0 {
		return 0, errors.New("tabular: negative offset")
	}
	for n < len(b) && off < p.size {
		got := copy(b[n:], p.parts[off/pieceSize][off%pieceSize:])
		n, off = n+got, off+int64(got)
	}
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}
