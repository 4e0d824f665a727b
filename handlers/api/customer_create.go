package api

import (
	"fmt"

	"github.com/danielgtaylor/huma/v2"

	"shuke/models/customer"
	"shuke/models/fault"
)

// CreateRequest adds a customer.
type CreateRequest struct {
	Key  string `header:"Idempotency-Key" maxLength:"64" doc:"Chosen by the sender. The same request under the same key has its effect once and gets the same answer for three days; another request under it is a conflict."`
	Body NewCustomer
}

// NewCustomer is what is known of a customer at first.
type NewCustomer struct {
	Kind    string   `json:"kind" enum:"individual,enterprise"`
	Name    string   `json:"name" doc:"Name of the person or company."`
	Phones  []string `json:"phones,omitempty" maxItems:"50" doc:"Telephone numbers in any spelling; without a prefix they are of the branch's country."`
	Facts   Facts    `json:"facts,omitempty"`
	Channel Channel  `json:"channel"`
}

// Channel is the way the facts reached the house.
type Channel string

// Schema lists the channels there are.
func (Channel) Schema(huma.Registry) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeString, Description: "How the facts reached the house; it decides how far they are trusted."}
	for _, c := range customer.Channels {
		s.Enum = append(s.Enum, string(c))
	}
	return s
}

// CreateAnswer names the customer added.
type CreateAnswer struct {
	Location string `header:"Location" doc:"Address of the card."`
	Body     struct {
		ID string `json:"id" example:"K-4T7Q2M9XAB"`
	}
}

// NewCreated is the answer to a create.
func NewCreated(id, location string) *CreateAnswer {
	out := &CreateAnswer{Location: location}
	out.Body.ID = id
	return out
}

// Draft turns the request into a draft of the domain. Places says where in the
// request each of its slots was; the error names what cannot be a value at all.
func (r *CreateRequest) Draft(cat *customer.Catalogue) (d customer.Draft, at Places, err error) {
	kind, _ := customer.ParseKind(r.Body.Kind)
	d = customer.Draft{Kind: kind, Channel: customer.Channel(r.Body.Channel), Once: r.Key}
	b := reading{cat: cat, kind: kind, at: Places{"channel": "body.channel"}, problems: fault.Fields{}}
	name := "name"
	if kind == customer.Enterprise {
		name = "company_name"
	}
	b.add(name, 0, "body.name", customer.Value{Text: r.Body.Name})
	for i, number := range r.Body.Phones {
		b.add("phone", i, fmt.Sprintf("body.phones[%d]", i), customer.Value{Text: number})
	}
	b.facts(r.Body.Facts)
	d.Values = b.values
	return d, b.at, b.problems.Err()
}

// Values turns the request into values of the domain, with their places.
func (r *FactsRequest) Values(cat *customer.Catalogue, kind customer.Kind) ([]customer.Value, Places, error) {
	b := reading{cat: cat, kind: kind, at: Places{"channel": "body.channel"}, problems: fault.Fields{}}
	b.facts(r.Body.Facts)
	return b.values, b.at, b.problems.Err()
}

// Places maps slots such as phone.0 to places in the request.
type Places map[string]string

// Of returns the place of a slot.
func (p Places) Of(slot string) string {
	if at, known := p[slot]; known {
		return at
	}
	return "body"
}

// records are the repeating records of a kind of customer, such as child.
func records(cat *customer.Catalogue, kind customer.Kind) map[string]bool {
	out := map[string]bool{}
	for _, f := range cat.For(kind, false) {
		if r := f.Record(); r != "" {
			out[r] = true
		}
	}
	return out
}
