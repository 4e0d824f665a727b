package vcard

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// Reader gives the cards of a file, one after the other.
type Reader struct {
	lines lines
	plain Decoder
	again bool // the line at hand belongs to the next card
	line  []byte
}

// NewReader reads cards from r. plain reads what says nothing of its charset.
func NewReader(r io.Reader, plain Decoder) *Reader { return &Reader{lines: newLines(r), plain: plain} }

// LineEnds are those of CR, CRLF and LF that occurred so far, in this order.
func (r *Reader) LineEnds() []string { return r.lines.ends() }

// Next returns the next card, io.EOF after the last. What stands between cards
// is nobody's. An error is the file's.
func (r *Reader) Next() (Card, error) {
	for {
		if err := r.next(); err != nil {
			return Card{}, err
		}
		if says(r.line, "BEGIN:VCARD") {
			return r.card()
		}
	}
}

// next moves to the next physical line.
func (r *Reader) next() error {
	if r.again {
		r.again = false
		return nil
	}
	var err error
	r.line, err = r.lines.next()
	return err
}

// card reads the card that has just begun.
func (r *Reader) card() (Card, error) {
	c := Card{Line: r.lines.number}
	var raw bytes.Buffer
	raw.WriteString("BEGIN:VCARD\n")
	last := Property{}
	for inner := 0; ; {
		err := r.next()
		if err == io.EOF {
			return r.close(c, &raw), nil
		}
		if err != nil {
			return Card{}, err
		}
		begins, ends := says(r.line, "BEGIN:VCARD"), says(r.line, "END:VCARD")
		switch {
		case begins && (inner > 0 || last.Name == "AGENT" && len(last.raw) == 0):
			inner++ // the card of an agent within the card
		case ends && inner > 0:
			inner--
		case begins:
			r.again = true
			return r.close(c, &raw), nil
		case ends:
			raw.WriteString("END:VCARD\n")
			c.Complete = true
			return r.close(c, &raw), nil
		case inner > 0, len(bytes.TrimSpace(r.line)) == 0:
		default:
			p, ok, err := r.property(c.Version == "2.1")
			if err != nil {
				return Card{}, err
			}
			c.take(p, ok, last, &raw)
			if ok {
				last = p
			}
		}
	}
}

func (r *Reader) close(c Card, raw *bytes.Buffer) Card {
	if text, ok := r.plain(raw.Bytes()); ok {
		c.Raw = text
	} else {
		c.Raw = strings.ToValidUTF8(raw.String(), "\uFFFD")
	}
	return c
}

// take adds a property, or counts the line as stray.
func (c *Card) take(p Property, ok bool, last Property, raw *bytes.Buffer) {
	switch {
	case !ok && (last.Media || last.packed()):
		return // the value of a photograph, folded without blanks
	case !ok:
		c.Stray++
	case p.Name == "VERSION":
		c.Version = strings.TrimSpace(string(p.raw))
	case len(c.Properties) == maxProperties || raw.Len() > MaxCard:
		c.TooLong = true
		return
	}
	if ok && p.Media {
		fmt.Fprintf(raw, "%s: …\n", p.Name)
	} else {
		raw.Write(p.whole)
		raw.WriteByte('\n')
	}
	if ok && p.Name != "VERSION" {
		c.Properties = append(c.Properties, p)
	}
}

// property reads the property that begins on the line at hand, with the lines
// that continue it.
func (r *Reader) property(old bool) (Property, bool, error) {
	whole := bytes.Clone(r.line)
	cut := r.lines.cut
	p, ok := header(whole)
	for {
		soft := ok && p.printable() && bytes.HasSuffix(whole, []byte("="))
		err := r.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return p, false, err
		}
		blank := len(r.line) > 0 && (r.line[0] == ' ' || r.line[0] == '\t')
		if !soft && !blank || says(r.line, "END:VCARD") || says(r.line, "BEGIN:VCARD") {
			r.again = true
			break
		}
		cut = cut || r.lines.cut
		rest := r.line
		switch {
		case soft:
			whole = whole[:len(whole)-1]
		case !old || p.packed() || p.Media:
			rest = rest[1:]
		}
		if len(whole)+len(rest) > maxLine {
			cut = true
		} else if !p.Media {
			whole = append(whole, rest...)
		}
	}
	p, ok = header(whole) // again: the header itself may have been folded
	p.TooLong, p.old, p.plain, p.whole = cut && !p.Media, old, r.plain, whole
	if p.Media {
		p.raw, p.whole = nil, nil
	}
	return p, ok, nil
}

// says compares a line with words of the format, without regard to case.
func says(line []byte, words string) bool {
	line = bytes.TrimSpace(line)
	if len(line) < len(words) || len(line) > len(words)+8 {
		return false
	}
	return strings.EqualFold(strings.Join(strings.Fields(strings.Replace(string(line), ":", " ", 1)), ":"), words)
}
