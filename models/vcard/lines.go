package vcard

import (
	"bufio"
	"io"
)

// lines gives physical lines. Of a longer one than is kept the beginning comes.
type lines struct {
	from   *bufio.Reader
	buf    []byte
	number int  // of the line given last, from 1
	cut    bool // the line was longer than what was given of it
	seen   [3]bool
}

func newLines(r io.Reader) lines { return lines{from: bufio.NewReaderSize(r, 64<<10)} }

// next returns the next line without its end; it is good until the next call.
func (l *lines) next() ([]byte, error) {
	l.buf, l.cut = l.buf[:0], false
	for begun := false; ; begun = true {
		c, err := l.from.ReadByte()
		switch {
		case err == io.EOF && begun:
			l.number++
			return l.buf, nil
		case err != nil:
			return nil, err
		case c == '\n':
			l.seen[2] = true
			l.number++
			return l.buf, nil
		case c == '\r':
			if next, err := l.from.Peek(1); err == nil && next[0] == '\n' {
				_, _ = l.from.Discard(1)
				l.seen[1] = true
			} else {
				l.seen[0] = true
			}
			l.number++
			return l.buf, nil
		case len(l.buf) < maxLine:
			l.buf = append(l.buf, c)
		default:
			l.cut = true
		}
	}
}

func (l *lines) ends() []string {
	var names []string
	for i, name := range [...]string{"CR", "CRLF", "LF"} {
		if l.seen[i] {
			names = append(names, name)
		}
	}
	return names
}
