package tabular

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// The names of encodings as Format gives them.
const (
	utf8Name    = "UTF-8"
	utf16LEName = "UTF-16LE"
	utf16BEName = "UTF-16BE"
	gbName      = "GB18030"
)

// codings are the encodings that Options.Encoding may name, by folded name.
func codings() map[string]string {
	return map[string]string{
		"utf8": utf8Name, "utf16le": utf16LEName, "utf16be": utf16BEName,
		"gb18030": gbName, "gbk": gbName, "gb2312": gbName, "cp936": gbName,
		"big5": "Big5", "windows1252": "Windows-1252", "cp1252": "Windows-1252", "iso88591": "Windows-1252", "latin1": "Windows-1252",
	}
}

// Encodings lists the names that Options.Encoding takes; case, blanks, hyphens
// and underscores do not matter.
func Encodings() []string { return slices.Compact(slices.Sorted(maps.Values(codings()))) }

func encodingNamed(name string) (string, bool) {
	folded := strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(name))
	canonical, ok := codings()[folded]
	return canonical, ok
}

// coding returns the decoder's side of an encoding; nil for UTF-8, which
// passes through and is checked row by row.
func coding(name string) encoding.Encoding {
	switch name {
	case utf16LEName:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case utf16BEName:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case gbName:
		return simplifiedchinese.GB18030
	case "Big5":
		return traditionalchinese.Big5
	case "Windows-1252":
		return charmap.Windows1252
	}
	return nil
}

// decoder turns the file into UTF-8. While only ASCII has come the encoding
// stays open, so that a name in line 90,000 still decides it rightly.
type decoder struct {
	src  *bufio.Reader
	name string // "" while undecided
	bom  bool
	out  io.Reader // nil while undecided
}

var boms = [...]struct{ mark, name string }{
	{"\xFF\xFE\x00\x00", ""}, {"\x00\x00\xFE\xFF", ""}, // UTF-32: nobody writes it
	{"\xEF\xBB\xBF", utf8Name}, {"\xFF\xFE", utf16LEName}, {"\xFE\xFF", utf16BEName}, {"\x84\x31\x95\x33", gbName},
}

func newDecoder(src *bufio.Reader, label string) (*decoder, error) {
	d := &decoder{src: src}
	head, _ := src.Peek(headSize)
	named, known := encodingNamed(label)
	if label != "" && !known {
		return nil, &Error{Reason: EncodingUnknown, Item: label}
	}
	for _, b := range boms {
		if !bytes.HasPrefix(head, []byte(b.mark)) {
			continue
		}
		if b.name == "" {
			return nil, refuse(EncodingUnknown)
		}
		d.bom = true
		_, _ = src.Discard(len(b.mark))
		d.decide(b.name)
		break
	}
	if known {
		d.decide(named)
	}
	if d.name == "" {
		if name := guessUTF16(head); name != "" {
			d.decide(name)
		}
	}
	if !strings.HasPrefix(d.name, "UTF-16") && isBinary(head) {
		return nil, refuse(BinaryContent)
	}
	return d, nil
}

func (d *decoder) decide(name string) {
	d.name, d.out = name, d.src
	if c := coding(name); c != nil {
		d.out = c.NewDecoder().Reader(d.src)
	}
}

// Encoding is the name found, UTF-8 while only ASCII has come.
func (d *decoder) Encoding() string {
	if d.name == "" {
		return utf8Name
	}
	return d.name
}

func (d *decoder) Read(p []byte) (int, error) {
	if d.out != nil {
		return d.out.Read(p)
	}
	if _, err := d.src.Peek(1); err != nil {
		return 0, err
	}
	ready, _ := d.src.Peek(d.src.Buffered())
	if n := asciiPrefix(ready[:min(len(ready), len(p))]); n > 0 {
		return d.src.Read(p[:n])
	}
	window, err := d.src.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, err
	}
	name := judge(window, len(window) < headSize)
	if name == "" {
		return 0, refuse(EncodingUnknown)
	}
	d.decide(name)
	return d.out.Read(p)
}

func asciiPrefix(b []byte) int {
	for i, c := range b {
		if c >= 0x80 {
			return i
		}
	}
	return len(b)
}
