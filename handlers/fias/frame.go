package fias

import (
	"bufio"
	"io"
)

// The bytes around a record, and the most that may stand between them.
const (
	stx, etx = 0x02, 0x03
	longest  = 4 << 10
)

// piece is a whole record, or the reason why there is none.
type piece struct {
	body  []byte
	wrong Reason
}

// frames cuts a stream into records. What is no record is counted and skipped,
// never kept: memory does not grow with garbage.
type frames struct {
	r       *bufio.Reader
	inside  bool
	noise   int    // bytes outside of records since the last piece
	body    []byte // of the record begun
	endless bool   // the record begun is longer than any
}

func newFrames(r io.Reader) *frames {
	return &frames{r: bufio.NewReaderSize(r, longest)}
}

// next returns the next piece, or the error that ended the stream.
func (f *frames) next() (piece, error) {
	for {
		b, err := f.r.ReadByte()
		if err != nil {
			return piece{}, err
		}
		if p, ok := f.take(b); ok {
			return p, nil
		}
	}
}

// take moves on by one byte and reports whether that ended a piece.
func (f *frames) take(b byte) (piece, bool) {
	switch {
	case b == stx && f.inside:
		p := f.end(Cut) // the end of that record was lost
		f.inside = true
		return p, true
	case b == stx:
		f.inside = true
		if f.noise > 0 {
			f.noise = 0
			return piece{wrong: Noise}, true
		}
	case b == etx && f.inside:
		return f.end(""), true
	case b == etx:
		f.noise = 0
		return piece{wrong: Cut}, true // the beginning of that record was lost
	case f.inside && len(f.body) < longest:
		f.body = append(f.body, b)
	case f.inside:
		f.endless = true
	case b != '\r' && b != '\n' && b != ' ' && b != 0:
		if f.noise++; f.noise == longest {
			f.noise = 0
			return piece{wrong: Noise}, true
		}
	}
	return piece{}, false
}

func (f *frames) end(wrong Reason) piece {
	p := piece{body: f.body, wrong: wrong}
	if f.endless {
		p.wrong = Oversized
	}
	if p.wrong != "" {
		p.body = nil
	}
	f.inside, f.endless, f.body = false, false, nil
	return p
}
