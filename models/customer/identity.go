package customer

import (
	"strings"
	"unicode/utf8"

	"shuke/models/name"
)

// identify fills the identity row from the facts in force. The row repeats
// them; it is never entered by hand.
func identify(c *Customer, facts []Fact) {
	one := map[string]string{}
	many := map[string][]string{}
	for _, f := range facts {
		if f.None || f.Sealed != nil || f.State != InForce {
			continue
		}
		if _, seen := one[f.Field]; !seen {
			one[f.Field] = f.Value
		}
		many[f.Field] = append(many[f.Field], f.Value)
	}
	if c.Kind == Enterprise {
		c.Name = one["company_name"]
		c.OtherNames = append(append([]string(nil), many["company_short_name"]...), many["company_former_name"]...)
		c.AddressAs, c.City, c.Employer = one["principal_address_as"], one["city"], ""
	} else {
		c.Name = one["name"]
		c.OtherNames = append(append([]string(nil), many["former_name"]...), many["alias"]...)
		c.AddressAs, c.City, c.Employer = one["address_as"], one["city"], one["employer"]
	}
	c.Reading = name.Shown(c.Name, one["reading"])
	c.Phones = nil
	for _, field := range []string{"phone", "home_phone", "work_phone"} {
		for _, p := range many[field] {
			c.Phones = appendNew(c.Phones, dialled(p))
		}
	}
	c.Emails, c.Plates = nil, nil
	for _, e := range many["email"] {
		c.Emails = appendNew(c.Emails, e)
	}
	for _, p := range many["plate"] {
		c.Plates = appendNew(c.Plates, p)
	}
	c.MemberNos, c.Tier, c.Sex, c.Language = many["member_no"], one["tier"], one["sex"], one["language"]
}

// entered is the reading that somebody entered; one that merely follows from
// the name explains nothing more than the name does.
func (c Customer) entered() string {
	if c.Reading == name.Reading(c.Name) {
		return ""
	}
	return c.Reading
}

func appendNew(list []string, value string) []string {
	for _, v := range list {
		if v == value {
			return list
		}
	}
	return append(list, value)
}

// identityArgs are the columns of the identity row that facts decide, in the
// order of identitySet.
func identityArgs(c Customer) []any {
	return []any{cut(c.Name, 200), cut(c.Reading, 200), cut(fit(c.OtherNames, 800), 800), cut(c.AddressAs, 80), fit(c.Phones, 400), fit(c.Emails, 800), fit(c.Plates, 200),
		numbers(c.MemberNos, 40), cut(c.Tier, 40), cut(c.Sex, 10), cut(c.Language, 40), cut(c.City, 80), cut(c.Employer, 200)}
}

const identitySet = `name = ?, reading = ?, other_names = ?, address_as = ?, phones = ?, emails = ?, plates = ?, member_no = ?, tier = ?, sex = ?, language = ?, city = ?, employer = ?`

// fit joins whole values as long as the column takes them; all of them stay in
// the facts and in the look-up keys.
func fit(values []string, limit int) string {
	var b strings.Builder
	for _, v := range values {
		if b.Len()+len(v)+1 > limit {
			break
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(v)
	}
	return b.String()
}

// numbers joins member numbers as long as the column takes them, in characters:
// the first always, if need be cut.
func numbers(values []string, limit int) string {
	if len(values) == 0 {
		return ""
	}
	out := cut(values[0], limit)
	for _, v := range values[1:] {
		if utf8.RuneCountInString(out)+utf8.RuneCountInString(v)+1 <= limit {
			out += "\n" + v
		}
	}
	return out
}

func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	r := []rune(s)
	if len(r) > n {
		r = r[:n]
	}
	return string(r)
}
