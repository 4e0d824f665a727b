package tabular

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"errors"
	"io"
	"strings"
)

// headSize is how much of a file is looked at before a decision is made.
const headSize = 64 << 10

// openSource unpacks gzip and refuses what is plainly another kind of file.
func openSource(r io.Reader) (src *bufio.Reader, zipped bool, err error) {
	src = bufio.NewReaderSize(r, headSize)
	if head, _ := src.Peek(2); bytes.Equal(head, gzipMagic) {
		unzip, err := gzip.NewReader(src)
		if err != nil {
			return nil, true, &Error{Reason: FileDamaged, cause: err}
		}
		src, zipped = bufio.NewReaderSize(damageReader{unzip}, headSize), true
	}
	head, err := src.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, zipped, err
	}
	return src, zipped, checkContent(head)
}

// damageReader tells a packed file that ends too early from one that ends.
type damageReader struct{ r io.Reader }

func (d damageReader) Read(p []byte) (int, error) {
	n, err := d.r.Read(p)
	var corrupt flate.CorruptInputError
	if errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) || errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &corrupt) {
		err = &Error{Reason: FileDamaged, cause: err}
	}
	return n, err
}

var gzipMagic = []byte{0x1f, 0x8b}

// Beginnings of files that people take for tables: an .xls saved by a web shop
// is often HTML, an .xlsx renamed to .csv is a zip. Those of texts in small
// letters.
var (
	foreignBinary = [...]string{"PK\x03\x04", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "%PDF-", "\x89PNG\r\n", "\xFF\xD8\xFF\xE0", "\xFF\xD8\xFF\xE1", "GIF8", "\x7FELF", "SQLite format 3", "\x1f\x8b"}
	foreignText   = [...]string{`{\rtf`, "begin:vcard", "<html", "<!doctype", "<?xml", "<table", `{"`, `[{"`}
)

func checkContent(head []byte) error {
	text := string(bytes.TrimPrefix(head[:min(len(head), 512)], []byte("\xEF\xBB\xBF")))
	for _, magic := range foreignBinary {
		if strings.HasPrefix(text, magic) {
			return refuse(WrongType)
		}
	}
	text = strings.TrimLeft(text, " \t\r\n")
	for _, magic := range foreignText {
		if len(text) >= len(magic) && strings.ToLower(text[:len(magic)]) == magic {
			return refuse(WrongType)
		}
	}
	return nil
}

// isBinary reports whether so many bytes are controls that this is no text. A
// few NULs in cells are the rows' fault, not the file's. Not for UTF-16.
func isBinary(head []byte) bool {
	controls := 0
	for _, c := range head {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' {
			controls++
		}
	}
	return controls >= 8 && controls*20 > len(head)
}
