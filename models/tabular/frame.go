package tabular

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// What the process that reads a file says to the one that asked: frames of a
// kind, a length and so many bytes. First the format or a refusal, then rows,
// at the end the format once more, now final, or a refusal.
const (
	frameFormat  = 'F'
	frameRow     = 'R'
	frameEnd     = 'E'
	frameRefusal = 'X'

	// maxFrame is more than a row can come to: its text, its cells and the
	// names of what is wrong with them.
	maxFrame = 8 << 20
)

var (
	// errGarbage is what a process says that is not in its senses.
	errGarbage = errors.New("tabular: what the reading process says makes no sense")
	// errSilence is what it says when it is gone. It is never io.EOF, which
	// would pass for the end of the table.
	errSilence = errors.New("tabular: the reading process ended without an answer")
)

func writeFrame(w *bufio.Writer, kind byte, payload []byte) error {
	var head [binary.MaxVarintLen64 + 1]byte
	head[0] = kind
	n := 1 + binary.PutUvarint(head[1:], uint64(len(payload)))
	_, err := w.Write(head[:n])
	if err == nil {
		_, err = w.Write(payload)
	}
	return err
}

// readFrame reads the next frame into buf, which it may make larger.
func readFrame(r *bufio.Reader, buf []byte) (kind byte, payload []byte, err error) {
	if kind, err = r.ReadByte(); err != nil {
		return 0, buf, silence(err)
	}
	size, err := binary.ReadUvarint(r)
	if err != nil {
		return 0, buf, silence(err)
	}
	if size > maxFrame {
		return 0, buf, errGarbage
	}
	if uint64(cap(buf)) < size {
		buf = make([]byte, size)
	}
	buf = buf[:size]
	if _, err := io.ReadFull(r, buf); err != nil {
		return 0, buf, silence(err)
	}
	return kind, buf, nil
}

func silence(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errSilence
	}
	return fmt.Errorf("%w: %v", errGarbage, err)
}

// appendRow writes a row down.
func appendRow(b []byte, r Row) []byte {
	b = binary.AppendUvarint(b, uint64(r.Line))
	b = appendText(b, string(r.Fault))
	b = appendText(b, r.Raw)
	b = binary.AppendUvarint(b, uint64(len(r.Cells)))
	for _, c := range r.Cells {
		b = appendText(b, c)
	}
	return appendBad(appendBad(b, r.Bad), r.Doubts)
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendBad(b []byte, bad []Bad) []byte {
	b = binary.AppendUvarint(b, uint64(len(bad)))
	for _, one := range bad {
		b = appendText(binary.AppendUvarint(b, uint64(one.Column)), string(one.Reason))
	}
	return b
}

// readRow reads a row that appendRow wrote down. Its texts are parts of s.
func readRow(s string) (Row, error) {
	in := &reading{rest: s}
	row := Row{Line: in.number(1 << 40), Fault: in.reason(), Raw: in.text()}
	if n := in.number(MaxColumns + 1); n > 0 && in.ok() {
		row.Cells = make([]string, n)
		for i := range row.Cells {
			row.Cells[i] = in.text()
		}
	}
	row.Bad, row.Doubts = in.bad(1, len(row.Cells)), in.bad(0, len(row.Cells))
	if !in.ok() || in.rest != "" {
		return Row{}, errGarbage
	}
	return row, nil
}

// reading takes a frame apart and believes nothing of it.
type reading struct {
	rest  string
	wrong bool
}

func (in *reading) ok() bool { return !in.wrong }

func (in *reading) number(most uint64) int {
	var n uint64
	for shift := 0; shift < 64 && in.rest != ""; shift += 7 {
		c := in.rest[0]
		in.rest = in.rest[1:]
		n |= uint64(c&0x7F) << shift
		if c < 0x80 {
			if n > most {
				break
			}
			return int(n)
		}
	}
	in.wrong, in.rest = true, ""
	return 0
}

func (in *reading) text() string {
	n := in.number(maxFrame)
	if n > len(in.rest) || !utf8.ValidString(in.rest[:n]) {
		in.wrong, in.rest = true, ""
		return ""
	}
	s := in.rest[:n]
	in.rest = in.rest[n:]
	return s
}

// reason is a key: nothing else becomes part of the name of a text.
func (in *reading) reason() Reason {
	s := in.text()
	if len(s) > 40 || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_0123456789") != "" {
		in.wrong = true
	}
	return Reason(s)
}

func (in *reading) bad(least, most int) []Bad {
	var out []Bad
	for n := in.number(MaxColumns + 1); n > 0 && in.ok(); n-- {
		b := Bad{Column: in.number(MaxColumns + 1), Reason: in.reason()}
		in.wrong = in.wrong || b.Column < least || b.Column > most || b.Reason == ""
		out = append(out, b)
	}
	return out
}
