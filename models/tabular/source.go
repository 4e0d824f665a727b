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

// openSource unpacks gzip.
func openSource(r io.Reader) (src *bufio.Reader, zipped bool, err error) {
	src = bufio.NewReaderSize(r, headSize)
	head, err := src.Peek(2)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, false, err
	}
	if !bytes.Equal(head, gzipMagic) {
		return src, false, nil
	}
	packed := &counted{r: src}
	unzip, err := gzip.NewReader(packed)
	if err != nil {
		return nil, true, &Error{Reason: FileDamaged, cause: err}
	}
	return bufio.NewReaderSize(&bombReader{r: damageReader{unzip}, packed: packed}, headSize), true, nil
}

// counted counts what is read of it. It gives single bytes too, or the unpacker
// would put a buffer before it.
type counted struct {
	r *bufio.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

func (c *counted) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

// A packed table is a bomb when it unpacks to so many times its size, once there
// is enough of it to tell. Real ones come to five or ten times.
const (
	bombRatio = 250
	bombFrom  = 64 << 20
)

// bombReader refuses to unpack what was packed only to fill a disk.
type bombReader struct {
	r      io.Reader
	packed *counted
	n      int64
}

func (b *bombReader) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.n += int64(n); b.n > bombFrom && b.n/bombRatio > b.packed.n {
		return 0, refuse(TooHeavy)
	}
	return n, err
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
