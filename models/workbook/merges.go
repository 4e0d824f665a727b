package workbook

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// Merge is a block of cells that show what its first one holds.
type Merge struct{ FromColumn, FromRow, ToColumn, ToRow int }

// maxTail bounds what may follow the cells of a sheet: merges, rules, links.
const maxTail = 32 << 20

// mergesOf finds the merged cells of a sheet. They stand behind the rows they
// are needed for, so the part is unpacked once without being read, and what
// follows the last </sheetData> is read. Should a text have looked like that
// tag, Next finds other merges when it comes there, and refuses the file.
func (b *Book) mergesOf(sheet int) ([]Merge, error) {
	tail, err := b.tail(sheet)
	if err != nil {
		return nil, err
	}
	d := xml.NewDecoder(&rationed{from: bufio.NewReader(bytes.NewReader(tail)), left: len(tail)})
	var out []Merge
	for {
		t, err := d.RawToken()
		if err != nil {
			return out, nil // the tail of a whole is no whole: Next judges it
		}
		if tag, ok := t.(xml.StartElement); ok && tag.Name.Local == "mergeCell" {
			if out, err = addMerge(out, element{attrs: tag.Attr}.attr("ref")); err != nil {
				return nil, err
			}
		}
	}
}

var endOfCells = []byte("sheetData>")

// tail is what follows the cells of a sheet.
func (b *Book) tail(sheet int) ([]byte, error) {
	r, err := b.pack.open(b.Sheets[sheet].part, maxSheet)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	const overlap = 64 // more than </prefix:sheetData>
	buf := make([]byte, 0, 256<<10)
	var tail []byte
	found := false
	for {
		n, err := io.ReadFull(r, buf[len(buf):cap(buf)])
		fresh := len(buf)
		buf = buf[:len(buf)+n]
		if at := lastEnd(buf); at > fresh {
			found, tail = true, append(tail[:0], buf[at:]...)
		} else if found {
			tail = append(tail, buf[fresh:]...)
		}
		switch {
		case len(tail) > maxTail:
			return nil, refuse(TooHeavy)
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return tail, nil // whether that was the true end Next finds out
		case err != nil:
			return nil, damaged(err)
		}
		buf = buf[:copy(buf[:overlap], buf[len(buf)-overlap:])]
	}
}

// lastEnd is where the last tag that ends the cells stops, -1 without one.
func lastEnd(b []byte) int {
	for to := len(b); ; {
		at := bytes.LastIndex(b[:to], endOfCells)
		if at < 0 {
			return -1
		}
		before := b[:at]
		if i := bytes.LastIndexByte(before[max(0, at-40):], '<'); i >= 0 && strings.HasPrefix(string(before[max(0, at-40)+i:]), "</") {
			return at + len(endOfCells)
		}
		to = at
	}
}

// addMerge reads A1:D1. What is merged with nothing is left out.
func addMerge(all []Merge, ref string) ([]Merge, error) {
	if len(all) >= maxMerges {
		return nil, refuse(TooHeavy)
	}
	from, to, two := strings.Cut(ref, ":")
	if !two {
		return all, nil
	}
	var m Merge
	var ok, also bool
	m.FromColumn, m.FromRow, ok = reference(from)
	m.ToColumn, m.ToRow, also = reference(to)
	if !ok || !also || m.ToColumn < m.FromColumn || m.ToRow < m.FromRow || m.ToColumn > MaxColumns || m.ToRow > MaxRows {
		return nil, refuse(BeyondSheet)
	}
	return append(all, m), nil
}
