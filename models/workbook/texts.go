package workbook

import (
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
)

// texts are the shared strings: in few large pieces, for two million strings of
// their own would cost more than what they hold.
type texts struct {
	pieces [][]byte
	places []place
	size   int
}

type place struct {
	piece, from, size uint32
}

const pieceSize = 1 << 20

func (t *texts) add(s string) error {
	if t.size += len(s); t.size > maxTexts || len(t.places) >= maxTexts/8 {
		return refuse(TooHeavy)
	}
	last := len(t.pieces) - 1
	if last < 0 || len(t.pieces[last])+len(s) > cap(t.pieces[last]) {
		t.pieces = append(t.pieces, make([]byte, 0, max(pieceSize, len(s))))
		last++
	}
	t.places = append(t.places, place{uint32(last), uint32(len(t.pieces[last])), uint32(len(s))})
	t.pieces[last] = append(t.pieces[last], s...)
	return nil
}

func (t *texts) get(i int) (string, bool) {
	if i < 0 || i >= len(t.places) {
		return "", false
	}
	p := t.places[i]
	return string(t.pieces[p.piece][p.from : p.from+p.size]), true
}

// shared is the shared string of the number. The table is read when the first
// cell asks for it.
func (b *Book) shared(i int) (string, bool, error) {
	if b.texts == nil {
		b.texts = &texts{}
		if err := b.readTexts(); err != nil {
			return "", false, err
		}
	}
	s, ok := b.texts.get(i)
	return s, ok, nil
}

func (b *Book) readTexts() error {
	if !b.pack.has(b.strings) {
		return nil
	}
	r, err := b.pack.open(b.strings, maxStrings)
	if err != nil {
		return err
	}
	defer r.Close()
	m := newMarkup(r)
	for {
		e, err := m.element()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e.name == "si" && e.depth == 2 && !e.end {
			s, err := m.rich()
			if err == nil {
				err = b.texts.add(s)
			}
			if err != nil {
				return err
			}
		}
	}
}

// rich reads a text that may consist of pieces of several fonts, up to the end
// of the element that has just begun. How it is pronounced is left out.
func (m *markup) rich() (string, error) {
	depth := m.depth
	text := ""
	for {
		e, err := m.element()
		if err != nil {
			return "", cutShort(err)
		}
		switch {
		case e.end && e.depth == depth:
			return unescape(text), nil
		case e.end:
		case e.name == "rPh":
			err = m.skip()
		case e.name == "t":
			var piece string
			if piece, err = m.text(); len(text) <= maxText {
				text += piece
			}
		}
		if err != nil {
			return "", err
		}
	}
}

// unescape reads _x000D_, by which workbooks write what XML cannot hold.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for s != "" {
		var units []uint16
		for unit, ok := escaped(s); ok; unit, ok = escaped(s) {
			units, s = append(units, unit), s[7:]
		}
		b.WriteString(string(utf16.Decode(units)))
		next := len(s)
		if s != "" {
			if at := strings.Index(s[1:], "_x"); at >= 0 {
				next = at + 1
			}
		}
		b.WriteString(s[:next])
		s = s[next:]
	}
	return b.String()
}

// escaped reads _xHHHH_ at the beginning of s.
func escaped(s string) (unit uint16, ok bool) {
	if len(s) < 7 || s[:2] != "_x" || s[6] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(s[2:6], 16, 16)
	return uint16(n), err == nil
}
