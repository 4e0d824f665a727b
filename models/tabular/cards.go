package tabular

import (
	"bufio"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"shuke/models/vcard"
)

// cards gives a row for each card of an address book. Its headings are always
// the same; what they mean Guess says, as of those of any file.
type cards struct {
	reader  *vcard.Reader
	format  Format
	plain   plainText
	ignored map[string]bool
	ahead   *Row
}

// maxIgnored is how many names of ignored properties are remembered: a hostile
// file can make up any number.
const maxIgnored = 50

func openCards(src *bufio.Reader, zipped bool, o Options) (*cards, error) {
	named, known := encodingNamed(o.Encoding)
	if o.Encoding != "" && !known {
		return nil, &Error{Reason: EncodingUnknown, Item: o.Encoding}
	}
	c := &cards{ignored: map[string]bool{}, format: Format{Kind: VCard, Gzip: zipped, Headings: cardHeadings()}}
	var from io.Reader = src
	head, _ := src.Peek(headSize)
	switch {
	case strings.HasPrefix(string(head), "\xFF\xFE"), strings.HasPrefix(string(head), "\xFE\xFF"), guessUTF16(head) != "":
		text, err := newDecoder(src, "")
		if err != nil {
			return nil, err
		}
		from, c.plain.name, c.format.BOM = text, text.Encoding(), text.bom
	case strings.HasPrefix(string(head), "\xEF\xBB\xBF"):
		_, _ = src.Discard(3)
		c.plain.name, c.format.BOM = utf8Name, true
	case known:
		c.plain.name = named
	default:
		c.plain.look(head)
	}
	c.reader = vcard.NewReader(from, c.plain.text)
	first, err := c.Next()
	if errors.Is(err, io.EOF) {
		return nil, refuse(NoRows)
	}
	if err != nil {
		return nil, err
	}
	c.ahead = &first
	return c, nil
}

// plainText reads bytes of which no line says the charset: in that of the file,
// for old telephones wrote what they were set to.
type plainText struct{ name string }

// look judges the file by its beginning from the first byte above ASCII on.
func (p *plainText) look(head []byte) {
	if at := asciiPrefix(head); at < len(head) {
		p.name = judge(head[at:], len(head) < headSize)
	}
}

func (p *plainText) text(b []byte) (string, bool) {
	if asciiPrefix(b) == len(b) {
		return string(b), true
	}
	if p.name == "" {
		p.name = judge(b, true)
	}
	switch p.name {
	case "":
		return "", false
	case gbName:
		text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
		return string(text), err == nil
	case utf8Name, utf16LEName, utf16BEName:
		if !utf8.Valid(b) && judge(b, true) == gbName {
			text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
			return string(text), err == nil
		}
		return string(mend(b)), true
	}
	text, err := coding(p.name).NewDecoder().Bytes(b)
	return string(text), err == nil
}

// Format returns what is known of the cards so far.
func (c *cards) Format() Format {
	f := c.format
	f.Encoding, f.LineEnds = c.plain.name, c.reader.LineEnds()
	if f.Encoding == "" {
		f.Encoding = utf8Name
	}
	f.Headings = slices.Clone(f.Headings)
	for name := range c.ignored {
		f.Ignored = append(f.Ignored, name)
	}
	slices.Sort(f.Ignored)
	return f
}

// Close does nothing: who opened the file closes it.
func (c *cards) Close() error { return nil }

// Next returns the next card.
func (c *cards) Next() (Row, error) {
	if c.ahead != nil {
		row := *c.ahead
		c.ahead = nil
		return row, nil
	}
	card, err := c.reader.Next()
	if err != nil {
		return Row{}, err
	}
	return c.row(card), nil
}

// row makes a Row of a card.
func (c *cards) row(card vcard.Card) Row {
	out := Row{Line: card.Line, Raw: card.Raw, Cells: make([]string, len(cardColumns))}
	known := map[string]bool{}
	for i, column := range cardColumns {
		var found values
		for _, name := range column.names {
			known[name] = true
		}
		column.read(card, &found)
		text, fault := clean(strings.Join(found.texts, column.join()))
		if found.fault != "" {
			text, fault = "", found.fault
		}
		out.Cells[i] = text
		if fault != "" {
			out.Bad = append(out.Bad, Bad{Column: i + 1, Reason: fault})
		}
		for _, name := range found.left {
			c.ignore(name)
		}
	}
	for _, p := range card.Properties {
		if !known[p.Name] && !silent(p.Name) {
			c.ignore(p.Name)
		}
	}
	if card.Stray > 0 {
		out.Doubts = append(out.Doubts, Bad{Reason: StrayLine})
	}
	c.judge(&out, card)
	return out
}

// judge sets the row's fault.
func (c *cards) judge(row *Row, card vcard.Card) {
	switch {
	case !card.Complete:
		row.Fault = CardIncomplete
	case card.TooLong:
		row.Fault = TooLong
	case !ofPerson(card):
		row.Fault = CardKind
	case len(row.Bad) > 0:
		row.Fault = row.Bad[0].Reason
		return
	}
	if row.Fault != "" {
		row.Bad, row.Doubts = nil, nil
	}
}

// ofPerson reports whether the card is an individual's: groups, organisations
// and places have cards too.
func ofPerson(card vcard.Card) bool {
	for _, p := range card.All("KIND", "X-ADDRESSBOOKSERVER-KIND", "X-ABSHOWAS") {
		if text, _ := p.Text(); text != "" && !strings.EqualFold(strings.TrimSpace(text), "individual") {
			return false
		}
	}
	return true
}

func (c *cards) ignore(name string) {
	if len(c.ignored) < maxIgnored {
		c.ignored[name] = true
	}
}

// silent are properties about the card itself, of which nobody misses anything.
func silent(name string) bool {
	switch name {
	case "VERSION", "PRODID", "REV", "UID", "CLIENTPIDMAP", "X-ABLABEL", "X-ABUID", "KIND", "X-ADDRESSBOOKSERVER-KIND", "X-ABSHOWAS", "PROFILE", "CLASS", "MAILER":
		return true
	}
	return false
}
