package tabular

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Mapping says what one column holds.
type Mapping struct {
	Heading string // as written in the file
	Field   string // key of a field, "" for none
	Part    int    // from 1: place among the columns of the same field, in the order they are joined; 0 without field
	Kind    string // document_no: id_card, passport, other or "" to guess; birth_date: lunar, solar or "" to guess
}

// The field keys that Guess gives. A person may map to any other key.
const (
	FieldName         = "name"
	FieldFamilyName   = "family_name"
	FieldGivenName    = "given_name"
	FieldReading      = "reading"
	FieldAddressAs    = "address_as"
	FieldFormerName   = "former_name"
	FieldAlias        = "alias"
	FieldSex          = "sex"
	FieldBirthDate    = "birth_date"
	FieldBirthLunar   = "birth_lunar" // a column of yes and no: is the birth date a lunar one
	FieldPhone        = "phone"
	FieldHomePhone    = "home_phone"
	FieldWorkPhone    = "work_phone"
	FieldFax          = "fax"
	FieldEmail        = "email"
	FieldWeChat       = "wechat"
	FieldPlate        = "plate"
	FieldMemberNo     = "member_no"
	FieldTier         = "tier"
	FieldNationality  = "nationality"
	FieldLanguage     = "language"
	FieldDocumentNo   = "document_no"
	FieldDocumentKind = "document_kind"
	FieldHomeAddress  = "home_address"
	FieldCity         = "city"
	FieldProvince     = "province"
	FieldPostcode     = "postcode"
	FieldEmployer     = "employer"
	FieldWorkAddress  = "work_address"
	FieldPost         = "post"
	FieldAnniversary  = "wedding_anniversary"
	FieldNote         = "note"
	FieldCompanyName  = "company_name"
	FieldLegalForm    = "legal_form"
	FieldTrade        = "trade"
)

// meaning is what a heading says when it is known.
type meaning struct {
	field string // "" for a known heading that is nobody's field: a row number, an amount
	kind  string
	rank  int  // order among the parts of one field
	weak  bool // gives way to a column that names the field outright
}

// Guess says for each heading which field it means. Case, blanks, punctuation,
// units and remarks in brackets, and whose it is (客户手机) do not matter; a
// heading it does not know has no field.
func Guess(headings []string) []Mapping { return GuessWith(nil, headings) }

// GuessWith is Guess where the house's own names are known besides.
func GuessWith(names Names, headings []string) []Mapping {
	means := make([]meaning, len(headings))
	for i, h := range headings {
		means[i], _ = names.understand(h)
	}
	settle(headings, means)
	maps := make([]Mapping, len(headings))
	for i, m := range means {
		maps[i] = Mapping{Heading: headings[i], Field: m.field, Kind: m.kind}
	}
	number(maps, func(i int) int { return means[i].rank })
	return maps
}

// settle decides what depends on the other headings.
func settle(headings []string, means []meaning) {
	strong := map[string]bool{}
	for _, m := range means {
		if !m.weak {
			strong[m.field] = true
		}
	}
	person := strong[FieldName] || strong[FieldFamilyName] || strong[FieldGivenName]
	for i := range means {
		m := &means[i]
		switch {
		case m.field == FieldName && strong[FieldFamilyName] && !strong[FieldGivenName] && bareName(headings[i]):
			m.field = FieldGivenName // "Name, Surname" names the two halves
		case m.field == FieldEmployer && m.weak && !person:
			m.field = FieldCompanyName // without a person this is a list of companies
		case m.field == FieldCity && m.weak && strong[FieldCity]:
			m.field, m.rank = FieldHomeAddress, 9 // a suburb beside its city
		case m.field != FieldEmployer && m.weak && strong[m.field]:
			m.field, m.kind = "", ""
		}
	}
}

func bareName(heading string) bool {
	h := fold(heading)
	return h == "name" || h == "名字"
}

// number sets the parts of columns that share a field, by rank, then as they stand.
func number(maps []Mapping, rank func(i int) int) {
	of := map[string][]int{}
	for i, m := range maps {
		maps[i].Part = 0
		if m.Field != "" {
			of[m.Field] = append(of[m.Field], i)
		}
	}
	for _, columns := range of {
		slices.SortStableFunc(columns, func(a, b int) int { return rank(a) - rank(b) })
		for part, i := range columns {
			maps[i].Part = part + 1
		}
	}
}

// knownHeadings counts the cells that are headings we know.
func knownHeadings(cells []string) int {
	n := 0
	for _, c := range cells {
		if _, ok := understand(c); ok {
			n++
		}
	}
	return n
}

// IsHeading reports whether the list of headings knows a text, as a field's or as
// nobody's.
func IsHeading(text string) bool {
	_, known := understand(text)
	return known
}

// understand looks a heading up without names of a house's own.
func understand(heading string) (meaning, bool) { return Names(nil).understand(heading) }

// understand looks a heading up: whole, without what stands in brackets,
// without whose it is and its number, and as two names of one field. In each
// form the house's own name goes before the list.
func (n Names) understand(heading string) (meaning, bool) {
	if len(heading) > 200 {
		return meaning{}, false
	}
	full, bare := fold(heading), fold(withoutBrackets(heading))
	for _, h := range [...]string{full, bare, undecorated(full), undecorated(bare)} {
		if field := n[h]; field != "" {
			return meaning{field: field}, true
		}
		if m, ok := synonyms[h]; ok && h != "" {
			return m, true
		}
	}
	return eitherOf(heading)
}

// eitherOf understands 手机/电话 and 身份证号或护照号: one field, two names.
func eitherOf(heading string) (meaning, bool) {
	halves := strings.FieldsFunc(norm.NFKC.String(heading), func(r rune) bool { return strings.ContainsRune("/、|或", r) })
	if len(halves) < 2 {
		return meaning{}, false
	}
	var both meaning
	for i, half := range halves {
		m, ok := synonyms[undecorated(fold(half))]
		if !ok || i > 0 && m.field != both.field {
			return meaning{}, false
		}
		if i > 0 && m.kind != both.kind {
			m.kind = ""
		}
		both = m
	}
	return both, true
}

// fold leaves letters and digits: compatible forms made one, small, simplified.
func fold(heading string) string {
	return strings.Map(func(r rune) rune {
		if s, ok := simplified[r]; ok {
			return s
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(heading))
}

func withoutBrackets(heading string) string {
	depth := 0
	return strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune("([{【〔「<《", r):
			depth++
			return -1
		case strings.ContainsRune(")]}】〕」>》", r):
			depth = max(0, depth-1)
			return -1
		case depth > 0:
			return -1
		}
		return r
	}, norm.NFKC.String(heading))
}

// undecorated drops whose a folded heading is and the number behind it.
func undecorated(folded string) string {
	for _, whose := range [...]string{"客户", "客人", "会员", "顾客", "宾客", "旅客", "住客", "用户", "本人", "个人", "您的", "customer", "client", "guest", "member", "contact", "user", "your"} {
		if rest, ok := strings.CutPrefix(folded, whose); ok && rest != "" {
			folded = rest
			break
		}
	}
	for _, end := range [...]string{"必填", "选填", "required", "optional"} {
		folded = strings.TrimSuffix(folded, end)
	}
	return strings.TrimRight(folded, "0123456789一二三")
}
