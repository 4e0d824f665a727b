package api

import (
	"time"

	"shuke/models/consent"
	"shuke/models/rights"
)

// RequestsRequest asks what a customer asked of the house.
type RequestsRequest struct {
	ID string `path:"id" maxLength:"40" example:"K-4T7Q2M9XAB"`
}

// RequestsAnswer are those requests, the latest first.
type RequestsAnswer struct{ Body Requests }

// Requests are what a customer asked to be corrected or erased.
type Requests struct {
	Requests []Request `json:"requests"`
}

// Request is one of them.
type Request struct {
	N       int64      `json:"n"`
	Kind    string     `json:"kind" enum:"correction,erasure"`
	About   string     `json:"about"`
	Who     string     `json:"who" enum:"self,guardian,agent"`
	How     string     `json:"how" enum:"spoken,written,web,wechat,call"`
	AskedAt time.Time  `json:"asked_at"`
	DueAt   time.Time  `json:"due_at" doc:"Until when it is to be answered."`
	Outcome string     `json:"outcome,omitempty" enum:"done,kept" doc:"Absent while it is open."`
	Reply   string     `json:"reply,omitempty" doc:"What the customer was told."`
	DoneAt  *time.Time `json:"done_at,omitempty"`
}

// NewRequests puts requests into the form of the API.
func NewRequests(list []rights.Request) *RequestsAnswer {
	out := Requests{Requests: []Request{}}
	for _, r := range list {
		one := Request{N: r.N, Kind: string(r.Kind), About: r.About, Who: string(r.Who), How: string(r.How), AskedAt: r.AskedAt.UTC(), DueAt: r.DueAt.UTC(), Outcome: r.Outcome, Reply: r.Reply}
		if r.Outcome != "" {
			at := r.DoneAt.UTC()
			one.DoneAt = &at
		}
		out.Requests = append(out.Requests, one)
	}
	return &RequestsAnswer{Body: out}
}

// AskRequest takes down what a customer asks; people of the house answer it.
type AskRequest struct {
	ID   string `path:"id" maxLength:"40" example:"K-4T7Q2M9XAB"`
	Key  string `header:"Idempotency-Key" maxLength:"64" doc:"Chosen by the sender: the same request under it has its effect once."`
	Body struct {
		Kind  string `json:"kind" enum:"correction,erasure"`
		About string `json:"about" maxLength:"1000" doc:"In the customer's words."`
		Who   string `json:"who,omitempty" enum:"self,guardian,agent" default:"self"`
		How   string `json:"how" enum:"spoken,written,web,wechat,call"`
	}
}

// Asking turns the request into one of the domain.
func (r *AskRequest) Asking() rights.Ask {
	return rights.Ask{PublicID: r.ID, Kind: rights.RequestKind(r.Body.Kind), About: r.Body.About, Who: consent.Speaker(r.Body.Who), How: consent.How(r.Body.How), Once: r.Key}
}

// Of returns the place of a field in the request.
func (r *AskRequest) Of(field string) string { return "body." + field }
