package customer

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"shuke/models/email"
	"shuke/models/name"
	"shuke/models/phone"
	"shuke/models/plate"
)

// Part is a piece of a text, marked when a term explains it.
type Part struct {
	Text string
	Mark bool
}

// Hit is one customer of a look-up: identity cues only, telephone masked.
type Hit struct {
	id       int64
	PublicID string
	Kind     Kind
	Name     []Part
	Reading  []Part
	Other    []Part // former name or alias, when it is what matched
	Phone    []Part
	Employer []Part
	Address  string // form of address
	City     string
	Tier     string
	Because  []string // kinds of match that show nowhere else: document, member, plate, email, phone
	Recent   bool
	Term     int // which term it matches, when nobody matches all
	withheld bool
}

// TermView is how a word was understood, as the page names it.
type TermView struct {
	Typed string
	As    string // digits_tail, digits, initials, pinyin, name, chars, email, plate, member, document
}

// explainer says why customers were found. A document's number is sealed, so
// those who have it are asked of the index, when nothing else explains them.
type explainer struct {
	ctx     context.Context
	service *Service
	sees    sight
	having  map[string][]int64 // customers by blind index
	err     error
}

// sameDocument bounds how many customers one number is looked for among; the
// numbers of other systems may repeat.
const sameDocument = 200

func (x *explainer) byDocument(h *Hit, t term) bool {
	if t.document == "" || !x.sees.documents || x.err != nil {
		return false
	}
	ids, asked := x.having[t.document]
	if !asked {
		ids, x.err = x.service.ids64(x.ctx, "SELECT customer_id FROM customer_keys WHERE kind = ? AND k = ? LIMIT ?", []any{keyDocument, t.document, sameDocument})
		if x.having == nil {
			x.having = map[string][]int64{}
		}
		x.having[t.document] = ids
	}
	if !slices.Contains(ids, h.id) {
		return false
	}
	h.Because = append(h.Because, "document")
	return true
}

// explain checks that every term holds for the customer and marks why. What no
// term explains is no hit: a key left behind by mistake shows nobody.
func (x *explainer) explain(c Customer, terms []term) (Hit, bool) {
	c = x.sees.of(c)
	h := Hit{id: c.ID, PublicID: c.PublicID, Kind: c.Kind, Address: c.AddressAs, City: c.City, Tier: c.Tier}
	m := marks{}
	for _, t := range terms { // told without taking names apart
		if t.namePrefix == "" && t.document == "" && !t.dials(c) && !t.writesTo(c) && !t.isMember(c) && !t.drives(c) {
			return Hit{}, false
		}
	}
	for _, t := range terms {
		if !m.explainTerm(&h, c, t) && !x.byDocument(&h, t) {
			return Hit{}, false
		}
	}
	h.Name, h.Reading = parts(c.Name, m.name), parts(c.Reading, m.reading)
	if c.Kind == Individual {
		h.Employer = parts(c.Employer, m.employer)
	}
	if m.other != "" {
		h.Other = parts(m.other, m.otherSpans)
	}
	h.Phone = maskedPhone(c.Phones, m.digits)
	return h, true
}

// marks collects what is to be marked, and the term's way for TermView.
type marks struct {
	name, reading, employer, otherSpans []name.Span
	other                               string
	digits                              string
}

func (m *marks) explainTerm(h *Hit, c Customer, t term) bool {
	found := false
	if t.namePrefix != "" {
		found = m.explainName(c, t)
	}
	if t.dials(c) {
		m.digits, found = t.digits, true
	}
	because := func(ok bool, kind string) {
		if ok {
			found = true
			h.Because = append(h.Because, kind)
		}
	}
	because(t.writesTo(c), "email")
	because(t.isMember(c), "member")
	because(t.drives(c), "plate")
	return found
}

// dials reports whether a telephone of the customer has the digits of the term.
func (t term) dials(c Customer) bool {
	return t.digits != "" && slices.ContainsFunc(c.Phones, func(p string) bool {
		return strings.Contains(phone.National(p), t.digits) && (t.number == "" || t.number == p)
	})
}

func (t term) writesTo(c Customer) bool {
	return t.email != "" && slices.ContainsFunc(c.Emails, func(e string) bool { return strings.HasPrefix(email.Key(e), t.email) })
}

func (t term) isMember(c Customer) bool {
	return t.member != "" && slices.ContainsFunc(c.MemberNos, func(n string) bool { return strings.HasPrefix(memberKey(n), t.member) })
}

func (t term) drives(c Customer) bool {
	return t.plate != "" && slices.ContainsFunc(c.Plates, func(p string) bool {
		return slices.ContainsFunc(plate.Keys(p), func(k string) bool { return strings.HasPrefix(k, t.plate) })
	})
}

func (m *marks) explainName(c Customer, t term) bool {
	if _, spans, reading, ok := name.Match(t.nameKind, t.namePrefix, c.Name, c.entered(), c.Reading); ok {
		m.name, m.reading = append(m.name, spans...), append(m.reading, reading...)
		return true
	}
	for _, other := range c.OtherNames {
		if _, spans, _, ok := name.Match(t.nameKind, t.namePrefix, other, "", ""); ok {
			m.other, m.otherSpans = other, append(m.otherSpans, spans...)
			return true
		}
	}
	if c.Employer != "" {
		if _, spans, _, ok := name.Match(t.nameKind, t.namePrefix, c.Employer, "", ""); ok {
			m.employer = append(m.employer, spans...)
			return true
		}
	}
	return false
}

// parts cuts a text at spans; overlapping and touching ones are one.
func parts(text string, spans []name.Span) []Part {
	if text == "" {
		return nil
	}
	slices.SortFunc(spans, func(a, b name.Span) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
	var out []Part
	at := 0
	for _, s := range spans {
		from, to := max(s.From, at), min(s.To, len(text))
		if from >= to {
			continue
		}
		if from > at {
			out = append(out, Part{Text: text[at:from]})
		}
		if n := len(out); n > 0 && out[n-1].Mark && from == at {
			out[n-1].Text += text[from:to]
		} else {
			out = append(out, Part{text[from:to], true})
		}
		at = to
	}
	if at < len(text) {
		out = append(out, Part{Text: text[at:]})
	}
	return out
}

// maskedPhone shows the number that matched, or the first, masked. Of the
// digits typed only those are marked that the mask leaves in sight.
func maskedPhone(phones []string, digits string) []Part {
	if len(phones) == 0 {
		return nil
	}
	shown := phones[0]
	for _, p := range phones {
		if digits != "" && strings.Contains(phone.National(p), digits) {
			shown = p
			break
		}
	}
	mask := phone.Mask(shown)
	if digits == "" {
		return []Part{{Text: mask}}
	}
	national := phone.National(shown)
	if tail := min(len(digits), 4); strings.HasSuffix(national, digits) && strings.HasSuffix(mask, digits[len(digits)-tail:]) {
		return []Part{{Text: mask[:len(mask)-tail]}, {mask[len(mask)-tail:], true}}
	}
	if head := min(len(digits), 3); strings.HasPrefix(national, digits) && strings.HasPrefix(mask, digits[:head]) {
		return []Part{{mask[:head], true}, {Text: mask[head:]}}
	}
	return []Part{{Text: mask}}
}

// viewTerm names how a word was understood, by how it found those it found.
func viewTerm(t term, hits []Hit) TermView {
	v := TermView{Typed: t.typed, As: t.kinds()}
	for _, h := range hits {
		switch {
		case t.digits != "" && slices.ContainsFunc(h.Phone, func(p Part) bool { return p.Mark && strings.HasSuffix(t.digits, p.Text) }):
			v.As = "digits_tail"
			return v
		case len(h.Because) > 0 && t.namePrefix == "" && t.digits == "":
			v.As = h.Because[0]
			return v
		}
	}
	switch {
	case t.digits != "":
		v.As = "digits"
	case t.nameKind == name.KindChars && t.namePrefix != "":
		v.As = "chars"
	case t.namePrefix != "" && t.member == "":
		v.As = "letters"
	case t.member != "":
		v.As = "number"
	}
	return v
}
