package api

import (
	"strings"

	"shuke/models/customer"
)

// SearchRequest is a look-up by what somebody has at hand.
type SearchRequest struct {
	Body struct {
		Query string `json:"q" maxLength:"200" doc:"Any part of a name, pinyin or initials, four or more digits of a telephone number, an email address, plate, member number or a whole document number; several words narrow each other." example:"zmy 1234"`
	}
}

// SearchAnswer is what was found, best first.
type SearchAnswer struct{ Body Found }

// Found are at most eight customers.
type Found struct {
	Results  []Hit `json:"results" maxItems:"8"`
	Withheld int   `json:"withheld" doc:"How many more match who may not be shown at the person's branch."`
	Narrow   bool  `json:"narrow" doc:"More may match than could be ranked: one more digit or letter helps."`
}

// Hit is one customer of a look-up.
type Hit struct {
	ID      string   `json:"id" example:"K-4T7Q2M9XAB"`
	Kind    string   `json:"kind" enum:"individual,enterprise"`
	Name    string   `json:"name"`
	Phone   string   `json:"phone" doc:"Masked; empty when none is known." example:"138****1234"`
	Matched []string `json:"matched" doc:"What matched: name, reading, other_name, employer, phone, email, plate, member, document."`
}

// NewFound puts a look-up's answer into the form of the API.
func NewFound(r customer.Results) *SearchAnswer {
	out := &SearchAnswer{Body: Found{Results: []Hit{}, Narrow: r.Narrow, Withheld: r.Withheld}}
	for _, h := range r.Hits {
		out.Body.Results = append(out.Body.Results, Hit{ID: h.PublicID, Kind: h.Kind.String(), Name: plain(h.Name), Phone: plain(h.Phone), Matched: matched(h)})
	}
	return out
}

func matched(h customer.Hit) []string {
	out := []string{}
	for _, m := range []struct {
		name  string
		parts []customer.Part
	}{{"name", h.Name}, {"reading", h.Reading}, {"other_name", h.Other}, {"employer", h.Employer}, {"phone", h.Phone}} {
		for _, p := range m.parts {
			if p.Mark {
				out = append(out, m.name)
				break
			}
		}
	}
	out = append(out, h.Because...)
	if len(out) == 0 { // digits that the mask hides explain a hit without a mark
		out = append(out, "phone")
	}
	return out
}

func plain(parts []customer.Part) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.Text)
	}
	return b.String()
}
