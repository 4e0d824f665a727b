package catalogue

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// MostOptions is how many answers a house's own choice may have.
const MostOptions = 100

// Lengths of an answer's code and of its label, in characters.
const (
	longestCode   = 24
	longestOption = 40
)

// OptionFault says which line of answers is wrong and how: one of missing, code,
// long, twice and many. Line counts from 1.
type OptionFault struct {
	Line int
	Kind string
}

// Error names the fault for logs.
func (f *OptionFault) Error() string { return fmt.Sprintf("line %d: %s", f.Line, f.Kind) }

var codeForm = regexp.MustCompile(`^[a-z0-9]([a-z0-9_-]*[a-z0-9])?$`)

// ReadOptions reads the answers of a choice, one a line: code | 中文 | English.
// Without a code one is made of the English words; a line that begins with a
// minus is retired. It returns what it could read and the first *OptionFault.
func ReadOptions(text string) (out []Option, fault error) {
	wrong := func(line int, kind string) {
		if fault == nil {
			fault = &OptionFault{line, kind}
		}
	}
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimFunc(strings.ReplaceAll(norm.NFC.String(line), "｜", "|"), unicode.IsSpace)
		if line == "" {
			continue
		}
		rest, retired := strings.CutPrefix(line, "-")
		o, kind := readOption(rest)
		o.Retired = retired
		switch {
		case kind != "":
			wrong(i+1, kind)
		case slices.ContainsFunc(out, func(other Option) bool { return sameOption(other, o) }):
			wrong(i+1, "twice")
		case len(out) == MostOptions:
			wrong(i+1, "many")
		default:
			out = append(out, o)
		}
	}
	return out, fault
}

func readOption(line string) (o Option, kind string) {
	parts := strings.Split(line, "|")
	for i := range parts {
		parts[i] = strings.TrimFunc(parts[i], unicode.IsSpace)
	}
	if len(parts) == 2 {
		parts = append([]string{Slug(parts[1], longestCode)}, parts...)
	}
	if len(parts) != 3 || parts[1] == "" || parts[2] == "" {
		return o, "missing"
	}
	o = Option{Value: parts[0], Labels: Labels{languages[0]: parts[1], languages[1]: parts[2]}}
	switch {
	case len(o.Value) > longestCode || !codeForm.MatchString(o.Value):
		return o, "code"
	case len([]rune(parts[1])) > longestOption, len([]rune(parts[2])) > longestOption:
		return o, "long"
	case strings.ContainsFunc(line, unicode.IsControl):
		return o, "missing"
	}
	return o, ""
}

// sameOption reports whether two answers cannot stand beside one another: an
// import could not tell them apart.
func sameOption(a, b Option) bool {
	if a.Value == b.Value {
		return true
	}
	for _, lang := range languages {
		if strings.EqualFold(a.Labels[lang], b.Labels[lang]) {
			return true
		}
	}
	return false
}

// WriteOptions is the inverse of ReadOptions.
func WriteOptions(options []Option) string {
	lines := make([]string, len(options))
	for i, o := range options {
		lines[i] = o.Value + " | " + o.Labels[languages[0]] + " | " + o.Labels[languages[1]]
		if o.Retired {
			lines[i] = "- " + lines[i]
		}
	}
	return strings.Join(lines, "\n")
}

// Slug makes a code of the Latin letters and digits of a text: "Golf club" is
// golf_club. It is "" where there are none.
func Slug(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’': // the dots and strokes of letters
			return -1
		}
		return ' '
	}, strings.ToLower(norm.NFKD.String(text)))
	out := strings.Join(strings.Fields(text), "_")
	return strings.Trim(out[:min(len(out), most)], "_")
}

// Tells are the texts of a field by which one knows what it is about.
func (f Field) Tells() []string {
	out := []string{f.Labels[languages[0]], f.Labels[languages[1]]}
	if f.Type == Document {
		out = append(out, "证件") // whatever it is called, its values are numbers of documents
	}
	if f.Type == Choice {
		for _, o := range f.Options {
			out = append(out, o.Labels[languages[0]], o.Labels[languages[1]])
		}
	}
	return out
}
