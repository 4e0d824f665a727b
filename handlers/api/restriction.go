package api

import (
	"shuke/models/consent"
	"shuke/models/rights"
)

// RestrictRequest records a restriction that the customer asks for.
type RestrictRequest struct {
	ID   string `path:"id" maxLength:"40" example:"K-4T7Q2M9XAB"`
	Key  string `header:"Idempotency-Key" maxLength:"64" doc:"Chosen by the sender: the same request under it has its effect once."`
	Body struct {
		Kind     string `json:"kind" enum:"person,branch,hours,photo,household,other"`
		Person   string `json:"person,omitempty" maxLength:"60" doc:"Of kind person: whom nothing may be told."`
		Relation string `json:"relation,omitempty" maxLength:"30" doc:"What that person is to the customer."`
		Branch   string `json:"branch,omitempty" maxLength:"40" doc:"Of kind branch: its code; who works there knows the customer no more."`
		From     string `json:"from,omitempty" maxLength:"5" doc:"Of kind hours: no telephone from this time of the customer's day." example:"22:00"`
		Until    string `json:"until,omitempty" maxLength:"5" doc:"Until this time; it may be on the next day." example:"08:30"`
		Note     string `json:"note,omitempty" maxLength:"500" doc:"Of kind other: in the customer's words."`
		How      string `json:"how" enum:"spoken,written,web,wechat,call"`
	}
}

// Restricting turns the request into one of the domain; times of day and the
// branch are read by the caller.
func (r *RestrictRequest) Restricting(from, until int, branch int64) rights.Restricting {
	b := r.Body
	return rights.Restricting{PublicID: r.ID, Once: r.Key, Restriction: consent.Restriction{Kind: consent.Kind(b.Kind), Person: b.Person, Relation: b.Relation, Note: b.Note,
		NotAt: branch, From: from, To: until, How: consent.How(b.How)}}
}

var restrictPlaces = Places{"kind": "body.kind", "person": "body.person", "relation": "body.relation", "not_at": "body.branch", "from": "body.from", "until": "body.until", "note": "body.note", "how": "body.how"}

// Rejected names what is wrong with the request at its places.
func (r *RestrictRequest) Rejected(err error) error {
	return &Rejected{Cause: err, At: restrictPlaces.Of}
}

// LiftRequest ends a restriction.
type LiftRequest struct {
	ID          string `path:"id" maxLength:"40" example:"K-4T7Q2M9XAB"`
	Restriction int64  `path:"restriction" minimum:"1" doc:"Its number."`
}
