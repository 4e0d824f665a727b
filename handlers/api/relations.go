package api

import (
	"time"

	"github.com/danielgtaylor/huma/v2"

	"shuke/models/customer"
	"shuke/models/relation"
)

// RelationsRequest asks for the people around a customer.
type RelationsRequest struct {
	ID string `path:"id" maxLength:"40" example:"K-4T7Q2M9XAB"`
}

// RelationsAnswer are those people, as the token's person may see them.
type RelationsAnswer struct{ Body Relations }

// Relations are at most twelve, in the order of the card.
type Relations struct {
	People []Related `json:"people" maxItems:"12"`
	More   bool      `json:"more" doc:"There are more than are listed."`
}

// Related is somebody around a customer: another customer, or a name.
type Related struct {
	Ref       string           `json:"ref" doc:"Name of the relation, the same in both directions." example:"1f0c9a7be2d443a5b6c7"`
	Relation  RelationKind     `json:"relation"`
	Customer  *RelatedCustomer `json:"customer,omitempty" doc:"Absent for somebody who is no customer."`
	Name      string           `json:"name,omitempty" doc:"Of somebody who is no customer."`
	Masked    bool             `json:"masked" doc:"There is a name that this call does not show."`
	Note      string           `json:"note,omitempty"`
	Channel   string           `json:"channel"`
	CreatedAt time.Time        `json:"created_at"`
}

// RelatedCustomer is all that a link tells of the customer at its other end.
type RelatedCustomer struct {
	ID        string `json:"id" example:"K-4T7Q2M9XAB"`
	Kind      string `json:"kind" enum:"individual,enterprise"`
	Name      string `json:"name"`
	AddressAs string `json:"address_as,omitempty"`
}

// RelationKind is what somebody is to the customer.
type RelationKind string

// Schema lists the kinds there are.
func (RelationKind) Schema(huma.Registry) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeString, Description: "What they are to the customer."}
	for _, k := range relation.KindsFor(0, 0) {
		s.Enum = append(s.Enum, k.String())
	}
	return s
}

// NewRelations puts the people around a customer into the form of the API.
func NewRelations(p relation.People) *RelationsAnswer {
	out := Relations{People: []Related{}, More: p.More}
	for _, l := range p.Links {
		out.People = append(out.People, related(l))
	}
	return &RelationsAnswer{Body: out}
}

func related(l relation.Link) Related {
	r := Related{Ref: l.Ref, Relation: RelationKind(l.Kind.String()), Name: l.Name, Masked: l.Sealed || l.Denied, Note: l.Note, Channel: string(l.Channel), CreatedAt: l.At.UTC()}
	if l.Other != nil {
		r.Customer = &RelatedCustomer{ID: l.Other.PublicID, Kind: l.Other.Kind.String(), Name: l.Other.Name, AddressAs: l.Other.AddressAs}
	}
	return r
}

// RelateRequest writes down somebody around a customer.
type RelateRequest struct {
	ID   string `path:"id" maxLength:"40" example:"K-4T7Q2M9XAB"`
	Key  string `header:"Idempotency-Key" maxLength:"64" doc:"As for adding a customer."`
	Body NewRelation
}

// NewRelation names another customer, or somebody who is none.
type NewRelation struct {
	Relation  RelationKind `json:"relation"`
	Customer  string       `json:"customer,omitempty" doc:"Id of the other customer." example:"K-4T7Q2M9XAB"`
	Name      string       `json:"name,omitempty" doc:"Of somebody who is no customer."`
	Born      string       `json:"born,omitempty" doc:"Of a child, as far as known: a year or a date."`
	Minor     bool         `json:"minor,omitempty" doc:"Somebody under 14; the name is then sealed."`
	Note      string       `json:"note,omitempty" doc:"Nothing sensitive, at most 60 characters."`
	Household bool         `json:"household,omitempty" doc:"The two live together."`
	Channel   Channel      `json:"channel"`
}

// RelateAnswer names the relation.
type RelateAnswer struct {
	Body struct {
		Ref string `json:"ref" example:"1f0c9a7be2d443a5b6c7"`
	}
}

// Draft turns the request into a draft of the domain.
func (r *RelateRequest) Draft() relation.Draft {
	kind, _ := relation.ParseKind(string(r.Body.Relation))
	return relation.Draft{PublicID: r.ID, Kind: kind, With: r.Body.Customer, Name: r.Body.Name, Born: r.Body.Born, Minor: r.Body.Minor, Note: r.Body.Note, Household: r.Body.Household,
		Channel: customer.Channel(r.Body.Channel), Once: r.Key}
}

// relatePlaces says where in the request the boxes of the form are.
var relatePlaces = Places{"kind": "body.relation", "with": "body.customer", "name": "body.name", "born": "body.born", "note": "body.note", "household": "body.household", "channel": "body.channel"}

// Rejected names what is wrong with the request at its places.
func (r *RelateRequest) Rejected(err error) error { return &Rejected{Cause: err, At: relatePlaces.Of} }

// UnrelateRequest ends a relation, in both directions.
type UnrelateRequest struct {
	ID   string `path:"id" maxLength:"40" example:"K-4T7Q2M9XAB"`
	Ref  string `path:"link" maxLength:"40" example:"1f0c9a7be2d443a5b6c7"`
	Key  string `header:"Idempotency-Key" maxLength:"64" doc:"As for adding a customer."`
	Body struct {
		Why string `json:"why" enum:"over,mistake,asked" doc:"It is so no longer, it never was, or the customer asked."`
	}
}
