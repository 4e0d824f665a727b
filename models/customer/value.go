package customer

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"shuke/models/calendar"
	"shuke/models/catalogue"
	"shuke/models/document"
	"shuke/models/email"
	"shuke/models/fault"
	"shuke/models/phone"
	"shuke/models/plate"
)

// surroundings are what a value is checked against besides its own field.
type surroundings struct {
	region       string // country for telephone numbers without a prefix
	today        calendar.Date
	documentKind document.Kind
}

// hardLimit bounds values of fields that name no length of their own.
const hardLimit = 2000

// canonical checks a typed value and returns it as it is stored; one cell may
// hold several telephone numbers, so several values may come back. The error is
// the key of a text and never repeats what was typed.
func canonical(f Field, text string, in surroundings) ([]string, fault.Message) {
	text = tidy(text)
	if text == "" {
		return nil, fault.Message{}
	}
	limit := f.MaxLength
	if limit == 0 {
		limit = hardLimit
	}
	if len([]rune(text)) > limit {
		return nil, fault.Message{Key: "error.too_long", Args: map[string]any{"Max": limit}}
	}
	if hasControls(text, f.Type == catalogue.LongText || f.Type == catalogue.Address) {
		return nil, fault.Message{Key: "error.control_character"}
	}
	return canonicalType(f, text, in)
}

func canonicalType(f Field, text string, in surroundings) ([]string, fault.Message) {
	var value string
	var err error
	switch f.Type {
	case catalogue.Name, catalogue.PersonName:
		if !strings.ContainsFunc(text, unicode.IsLetter) || strings.ContainsRune("=@", []rune(text)[0]) {
			return nil, fault.Message{Key: "value.name_invalid"}
		}
		value = text
	case catalogue.Phone:
		return phones(text, in.region)
	case catalogue.Email:
		value, err = email.Parse(text)
		return one(value, err, "value.email_invalid")
	case catalogue.Plate:
		value, err = plate.Parse(text)
		return one(value, err, "value.plate_invalid")
	case catalogue.Document:
		value, err = document.Parse(in.documentKind, text)
		return one(value, err, "value."+reason(err, "document_invalid"))
	case catalogue.Date:
		return date(f, text, in.today)
	case catalogue.Choice:
		return choice(f, text)
	case catalogue.Number:
		return number(f, text)
	case catalogue.Money:
		return money(text)
	case catalogue.Language:
		// The field's own list has what is no tag: sign language, another one.
		if slices.ContainsFunc(f.Options, func(o catalogue.Option) bool { return o.Value == text }) {
			return []string{text}, fault.Message{}
		}
		tag, err := language.Parse(text)
		return one(tag.String(), err, "error.choose")
	case catalogue.URL:
		u, err := url.Parse(text)
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
			return nil, fault.Message{Key: "value.url_invalid"}
		}
		value = text
	default:
		value = text
	}
	return []string{value}, fault.Message{}
}

func one(value string, err error, key string) ([]string, fault.Message) {
	if err != nil {
		return nil, fault.Message{Key: key}
	}
	return []string{value}, fault.Message{}
}

// reason takes the class of a parsing error, such as "id_checksum".
func reason(err error, otherwise string) string {
	var p *phone.Error
	var d *document.Error
	var c *calendar.Error
	switch {
	case errors.As(err, &p):
		return "phone_" + string(p.Reason)
	case errors.As(err, &d):
		return string(d.Reason)
	case errors.As(err, &c):
		return "date_" + string(c.Reason)
	}
	return otherwise
}

func phones(text, region string) ([]string, fault.Message) {
	numbers, err := phone.Parse(text, region)
	if err != nil {
		return nil, fault.Message{Key: "value." + reason(err, "phone_invalid")}
	}
	out := make([]string, len(numbers))
	for i, n := range numbers {
		out[i] = n.E164
		if n.Ext != "" {
			out[i] += extension + n.Ext // as in RFC 3966
		}
	}
	return out, fault.Message{}
}

const extension = ";ext="

// dialled is a stored telephone number without its extension.
func dialled(stored string) string {
	number, _, _ := strings.Cut(stored, extension)
	return number
}

func date(f Field, text string, today calendar.Date) ([]string, fault.Message) {
	d, err := calendar.ParseDate(text)
	if err == nil && !f.Own() && pastOnly(f.Key) {
		err = d.Check(today)
	}
	if err != nil {
		return nil, fault.Message{Key: "value." + reason(err, "date_invalid")}
	}
	return []string{d.String()}, fault.Message{}
}

// pastOnly reports whether a date of the field cannot lie ahead.
func pastOnly(key string) bool {
	switch key {
	case "birth", "founded", "wedding_anniversary", "joined_on":
		return true
	}
	return strings.HasSuffix(key, "_birth") || strings.HasSuffix(key, "_from")
}

func choice(f Field, text string) ([]string, fault.Message) {
	for _, o := range f.Options {
		if text == o.Value && !o.Retired {
			return []string{o.Value}, fault.Message{}
		}
	}
	for _, o := range f.Options { // imports bring labels, not values
		for _, label := range o.Labels {
			if strings.EqualFold(text, label) && !o.Retired {
				return []string{o.Value}, fault.Message{}
			}
		}
	}
	return nil, fault.Message{Key: "error.choose"}
}

func number(f Field, text string) ([]string, fault.Message) {
	plain := withoutUnit(f, strings.ReplaceAll(norm.NFKC.String(text), ",", ""))
	if v, err := strconv.ParseFloat(plain, 64); err != nil || v != v || v > 1e15 || v < -1e15 {
		return nil, fault.Message{Key: "value.number_invalid"}
	}
	return []string{plain}, fault.Message{}
}

// withoutUnit takes the field's unit off the end of a number, in any language.
func withoutUnit(f Field, text string) string {
	for _, unit := range f.Unit {
		unit = norm.NFKC.String(unit)
		if at := len(text) - len(unit); unit != "" && at > 0 && strings.EqualFold(text[at:], unit) {
			return strings.TrimSpace(text[:at])
		}
	}
	return text
}

// money reads an amount with at most two decimals into integer minor units.
func money(text string) ([]string, fault.Message) {
	plain := strings.NewReplacer(",", "", "¥", "", "￥", "", " ", "").Replace(norm.NFKC.String(text))
	whole, cents, _ := strings.Cut(plain, ".")
	if len(whole) == 0 || len(whole) > 13 || len(cents) > 2 || strings.Trim(whole+cents, "0123456789") != "" {
		return nil, fault.Message{Key: "value.money_invalid"}
	}
	minor, err := strconv.ParseInt(whole+(cents + "00")[:2], 10, 64)
	return one(strconv.FormatInt(minor, 10), err, "value.money_invalid")
}

// tidy gives text its stored form: NFC, line ends as LF, blanks of all kinds
// off both ends.
func tidy(s string) string {
	return strings.TrimFunc(norm.NFC.String(strings.ReplaceAll(s, "\r\n", "\n")), func(r rune) bool {
		return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff'
	})
}

// hasControls finds what has no place in a value: control characters and those
// that turn the direction of writing or hide.
func hasControls(s string, linesAllowed bool) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		switch {
		case r == '\n' && linesAllowed:
			return false
		case unicode.IsControl(r), r == '\ufffd', r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return true
		}
		return false
	})
}
