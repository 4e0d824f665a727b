package workbook

import (
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

const (
	maxToken = 1 << 20 // bytes of one tag or text
	maxDepth = 64      // elements within elements
	maxText  = 128 << 10
)

// markup reads XML that may be hostile: no document types, no entities but the
// five of the language, and nothing so long or deep that it fills the memory.
type markup struct {
	dec   *xml.Decoder
	src   *rationed
	depth int
}

func newMarkup(r io.Reader) *markup {
	src := &rationed{from: bufio.NewReaderSize(r, 32<<10)}
	return &markup{dec: xml.NewDecoder(src), src: src}
}

// rationed gives a token so many bytes and no more.
type rationed struct {
	from *bufio.Reader
	left int
}

func (r *rationed) ReadByte() (byte, error) {
	if r.left--; r.left < 0 {
		return 0, refuse(TooHeavy)
	}
	return r.from.ReadByte()
}

func (r *rationed) Read(p []byte) (int, error) { return r.from.Read(p[:min(len(p), 1)]) }

// token is the next tag or text; io.EOF at the end of the part.
func (m *markup) token() (xml.Token, error) {
	for {
		m.src.left = maxToken
		t, err := m.dec.Token()
		if errors.Is(err, io.EOF) {
			return nil, io.EOF
		}
		if err != nil {
			return nil, damaged(err)
		}
		switch t.(type) {
		case xml.StartElement:
			if m.depth++; m.depth > maxDepth {
				return nil, refuse(TooHeavy)
			}
			return t, nil
		case xml.EndElement:
			m.depth--
			return t, nil
		case xml.CharData:
			return t, nil
		case xml.Directive:
			return nil, refuse(Entities)
		}
	}
}

// element is a tag. Prefixes are dropped: what a name means here follows from
// where it stands.
type element struct {
	name  string
	attrs []xml.Attr
	depth int // 1 for the root, the same at begin and end
	end   bool
}

func (e element) attr(name string) string {
	for _, a := range e.attrs {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// link is the value of r:id.
func (e element) link() string {
	for _, a := range e.attrs {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

// truth reads a boolean attribute.
func (e element) truth(name string) bool {
	v := e.attr(name)
	return v == "1" || v == "true"
}

// element is the next tag, texts are stepped over.
func (m *markup) element() (element, error) {
	for {
		t, err := m.token()
		if err != nil {
			return element{}, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			return element{name: t.Name.Local, attrs: t.Attr, depth: m.depth}, nil
		case xml.EndElement:
			return element{name: t.Name.Local, depth: m.depth + 1, end: true}, nil
		}
	}
}

// text reads the element that has just begun up to its end: its text, and what
// stands in elements within it is nobody's. Of a longer text than a cell can
// hold so much is kept that it is seen to be too long.
func (m *markup) text() (string, error) {
	depth := m.depth
	var first string
	var more strings.Builder
	for {
		t, err := m.token()
		if err != nil {
			return "", cutShort(err)
		}
		switch t := t.(type) {
		case xml.EndElement:
			if m.depth < depth {
				return first + more.String(), nil
			}
		case xml.CharData:
			switch {
			case m.depth != depth || len(first)+more.Len() > maxText:
			case first == "":
				first = string(t)
			default:
				more.Write(t)
			}
		}
	}
}

// skip steps over the rest of the element that has just begun.
func (m *markup) skip() error {
	for depth := m.depth; m.depth >= depth; {
		if _, err := m.token(); err != nil {
			return cutShort(err)
		}
	}
	return nil
}

// cutShort makes of the end of a part where it cannot end a damage.
func cutShort(err error) error {
	if errors.Is(err, io.EOF) {
		return refuse(Damaged)
	}
	return err
}
