package tabular

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"shuke/models/vcard"
)

// cardColumn is one column of the table that cards make.
type cardColumn struct {
	heading string
	names   []string // properties it takes in
	lines   bool     // several values stand in lines, not beside each other
	read    func(card vcard.Card, out *values)
}

// cardColumns is built once and only read. The headings are words that Guess
// knows, so that a person may map them otherwise.
var cardColumns = []cardColumn{
	{heading: "FN", names: []string{"FN"}, read: first("FN")},
	{heading: "N (family)", names: []string{"N"}, read: parts(" ", 0)},
	{heading: "N (given)", read: parts(" ", 1, 2)},
	{heading: "N (prefix)", read: parts(" ", 3)},
	{heading: "NICKNAME", names: []string{"NICKNAME"}, read: first("NICKNAME")},
	{heading: "X-PHONETIC-NAME", names: phonetic, read: readPhonetic},
	{heading: "TEL", names: []string{"TEL"}, lines: true, read: func(c vcard.Card, out *values) { readPhones(c, out, false) }},
	{heading: "TEL (fax)", lines: true, read: func(c vcard.Card, out *values) { readPhones(c, out, true) }},
	{heading: "EMAIL", names: []string{"EMAIL"}, read: readEmails},
	{heading: "BDAY", names: []string{"BDAY"}, read: readBirthday},
	{heading: "X-GENDER", names: []string{"GENDER", "X-GENDER"}, read: readGender},
	{heading: "ADR (street)", names: []string{"ADR"}, read: address(false, 0, 2, 1)},
	{heading: "ADR (locality)", read: address(false, 3)},
	{heading: "ADR (region)", read: address(false, 4)},
	{heading: "ADR (postal code)", read: address(false, 5)},
	{heading: "ADR (work)", read: readWork},
	{heading: "ORG (first part)", names: []string{"ORG"}, read: readEmployer},
	{heading: "TITLE", names: []string{"TITLE"}, read: first("TITLE")},
	{heading: "X-WECHAT", names: []string{"X-WECHAT", "X-WEIXIN", "IMPP"}, read: readWeChat},
	{heading: "ANNIVERSARY", names: []string{"ANNIVERSARY", "X-ANNIVERSARY"}, read: first("ANNIVERSARY", "X-ANNIVERSARY")},
	{heading: "LANG", names: []string{"LANG"}, read: first("LANG")},
	{heading: "NOTE", names: []string{"NOTE"}, lines: true, read: readAllOf("NOTE")},
}

func cardHeadings() []string {
	out := make([]string, len(cardColumns))
	for i, c := range cardColumns {
		out[i] = c.heading
	}
	return out
}

func (c cardColumn) join() string {
	if c.lines {
		return "\n"
	}
	return "; "
}

// values is what a column finds in a card.
type values struct {
	texts []string
	fault Reason
	left  []string // what of the card's properties the column left out
}

// add takes a text with what is wrong with it.
func (v *values) add(p vcard.Property, text string, flaw vcard.Flaw) {
	text = strings.TrimFunc(text, blank)
	switch {
	case flaw != "":
		v.fault = Reason(flaw)
	case p.TooLong:
		v.fault = TooLong
	case text != "":
		v.texts = append(v.texts, text)
	}
}

// first reads the first of the properties that says anything.
func first(names ...string) func(vcard.Card, *values) {
	return func(c vcard.Card, out *values) {
		for _, p := range c.All(names...) {
			if text, flaw := p.Text(); len(out.texts) == 0 && out.fault == "" {
				out.add(p, text, flaw)
			}
		}
	}
}

func readAllOf(name string) func(vcard.Card, *values) {
	return func(c vcard.Card, out *values) {
		for _, p := range c.All(name) {
			text, flaw := p.Text()
			out.add(p, text, flaw)
		}
	}
}

// parts reads parts of the name.
func parts(between string, which ...int) func(vcard.Card, *values) {
	return func(c vcard.Card, out *values) {
		for _, p := range c.All("N") {
			all, flaw := p.Parts()
			switch {
			case flaw != "" && which[0] > 0: // the first part says it for all
			case len(out.texts) == 0 && out.fault == "":
				out.add(p, pick(all, between, which), flaw)
			}
			if len(all) > 4 && strings.TrimFunc(all[4], blank) != "" {
				out.left = append(out.left, "N (suffix)")
			}
		}
	}
}

// pick joins those of the parts that say anything.
func pick(all []string, between string, which []int) string {
	var out []string
	for _, i := range which {
		if i < len(all) && strings.TrimFunc(all[i], blank) != "" {
			out = append(out, strings.TrimFunc(all[i], blank))
		}
	}
	return strings.Join(out, between)
}

// address reads parts of the first address, of work or of home.
func address(work bool, which ...int) func(vcard.Card, *values) {
	return func(c vcard.Card, out *values) {
		taken := false
		for _, p := range c.All("ADR") {
			if (p.Is("WORK") && !p.Is("HOME")) != work {
				continue
			}
			all, flaw := p.Parts()
			switch {
			case taken:
				out.left = append(out.left, "ADR (further)")
			default:
				out.add(p, pick(all, " ", which), flaw)
			}
			taken = true
			if len(all) > 6 && strings.TrimFunc(all[6], blank) != "" {
				out.left = append(out.left, "ADR (country)")
			}
		}
	}
}

// readWork reads the address of work as one line, in the order of its writing.
func readWork(c vcard.Card, out *values) {
	var street, place values
	address(true, 0, 2, 1)(c, &street)
	address(true, 3, 4)(c, &place)
	out.fault, out.left = street.fault, street.left
	parts := append(street.texts, place.texts...)
	between := ", "
	if strings.IndexFunc(strings.Join(parts, ""), func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0 {
		slices.Reverse(parts)
		between = ""
	}
	if text := strings.Join(parts, between); text != "" {
		out.texts = []string{text}
	}
}

// readEmployer reads the organisation; its departments are left out.
func readEmployer(c vcard.Card, out *values) {
	for _, p := range c.All("ORG") {
		all, flaw := p.Parts()
		switch {
		case len(out.texts) > 0 || out.fault != "":
			out.left = append(out.left, "ORG (further)")
		default:
			out.add(p, pick(all, " ", []int{0}), flaw)
		}
		if pick(all, "", []int{1, 2, 3}) != "" {
			out.left = append(out.left, "ORG (unit)")
		}
	}
}

var phonetic = []string{"X-PHONETIC-LAST-NAME", "X-PHONETIC-FIRST-NAME", "X-PHONETIC-MIDDLE-NAME"}

func readPhonetic(c vcard.Card, out *values) {
	var words []string
	for _, name := range phonetic {
		for _, p := range c.All(name) {
			text, flaw := p.Text()
			if flaw != "" {
				out.fault = Reason(flaw)
			}
			words = append(words, text)
		}
	}
	if text := pick(words, " ", []int{0, 1, 2}); text != "" {
		out.texts = []string{text}
	}
}

var phoneContext = regexp.MustCompile(`(?i);(phone-context|isub|cic|type|pref)=[^;]*`)

// readPhones reads the numbers, or those of faxes. What is no telephone is
// left out.
func readPhones(c vcard.Card, out *values, fax bool) {
	for _, p := range c.All("TEL") {
		switch {
		case p.Is("PAGER") || p.Is("MODEM") || p.Is("BBS") || p.Is("ISDN") || p.Is("TEXTPHONE"):
			out.left = append(out.left, "TEL (pager)")
			continue
		case p.Is("FAX") != fax:
			continue
		}
		text, flaw := p.Text()
		text = withoutScheme(text, "tel:")
		text = phoneContext.ReplaceAllString(text, "")
		if number, ext, has := strings.Cut(text, ";ext="); has {
			text = number + " ext " + ext
		}
		out.add(p, text, flaw)
	}
}

func readEmails(c vcard.Card, out *values) {
	for _, p := range c.All("EMAIL") {
		text, flaw := p.Text()
		out.add(p, withoutScheme(text, "mailto:"), flaw)
	}
}

func withoutScheme(text, scheme string) string {
	text = strings.TrimFunc(text, blank)
	if len(text) >= len(scheme) && strings.EqualFold(text[:len(scheme)], scheme) {
		return text[len(scheme):]
	}
	return text
}

var withTime = regexp.MustCompile(`^(\d{8}|\d{4}-\d{2}-\d{2}|--\d{4}|--\d{2}-\d{2})[Tt].*$`)

// readBirthday reads the day. A year that the card itself calls none is none.
func readBirthday(c vcard.Card, out *values) {
	for _, p := range c.All("BDAY") {
		if len(out.texts) > 0 || out.fault != "" {
			continue
		}
		text, flaw := p.Text()
		text = withTime.ReplaceAllString(strings.TrimFunc(text, blank), "$1")
		if none := p.Param("X-APPLE-OMIT-YEAR"); none != "" {
			if rest, omitted := strings.CutPrefix(text, none); omitted {
				text = "--" + strings.TrimPrefix(rest, "-")
			}
		}
		out.add(p, text, flaw)
	}
}

// readGender reads M and F, and of version 4 the letters for others and for
// nothing said.
func readGender(c vcard.Card, out *values) {
	for _, p := range c.All("GENDER", "X-GENDER") {
		if len(out.texts) > 0 || out.fault != "" {
			continue
		}
		all, flaw := p.Parts()
		text := pick(all, "", []int{0})
		switch strings.ToUpper(text) {
		case "N", "U":
			text = ""
		case "O":
			text = "other"
		}
		out.add(p, text, flaw)
	}
}

func readWeChat(c vcard.Card, out *values) {
	readAllOf("X-WECHAT")(c, out)
	readAllOf("X-WEIXIN")(c, out)
	for _, p := range c.All("IMPP") {
		text, flaw := p.Text()
		id := withoutScheme(withoutScheme(text, "weixin:"), "wechat:")
		if id == strings.TrimFunc(text, blank) {
			out.left = append(out.left, "IMPP") // of another service
			continue
		}
		out.add(p, strings.Trim(id, "/"), flaw)
	}
}
