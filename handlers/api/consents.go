package api

import (
	"time"

	"shuke/models/consent"
	"shuke/models/customer"
	"shuke/models/rights"
)

// ConsentsRequest reads what a customer agreed to.
type ConsentsRequest struct {
	ID string `path:"id" maxLength:"40" example:"K-4T7Q2M9XAB"`
}

// ConsentsAnswer is what holds for a customer now.
type ConsentsAnswer struct{ Body Consents }

// Consents are every purpose with its state, and the customer's own restrictions.
type Consents struct {
	Consents     []Consent     `json:"consents"`
	Restrictions []Restriction `json:"restrictions" doc:"Who may know or reach the customer."`
}

// Consent is how one purpose stands on one channel.
type Consent struct {
	Purpose string     `json:"purpose" example:"marketing"`
	Channel string     `json:"channel,omitempty" doc:"For purposes that are decided by channel." example:"sms"`
	State   string     `json:"state" enum:"given,refused,not_asked"`
	Allowed bool       `json:"allowed" doc:"Whether data may be used for it now; while nobody asked, by the basis of the purpose."`
	Basis   string     `json:"basis" enum:"contract,told,objection,asked" doc:"What holds while nobody asked."`
	How     string     `json:"how,omitempty" enum:"spoken,written,web,wechat,call"`
	At      *time.Time `json:"at,omitempty"`
	Wording string     `json:"wording" doc:"Name and version of the text that is to be read before agreeing." example:"marketing@1"`
	Text    string     `json:"text" doc:"That text, in the language of Accept-Language."`
}

// Restriction is a restriction in force. Of times of day it holds minutes since midnight.
type Restriction struct {
	N        int64     `json:"n" doc:"Number of it with this customer."`
	Kind     string    `json:"kind" enum:"person,branch,hours,photo,household,other"`
	Person   string    `json:"person,omitempty" doc:"Nothing may be told to this person."`
	Relation string    `json:"relation,omitempty"`
	From     int       `json:"from,omitempty" doc:"No telephone from this minute of the day."`
	Until    int       `json:"until,omitempty" doc:"Until this minute of the day."`
	Note     string    `json:"note,omitempty"`
	At       time.Time `json:"at"`
}

// NewConsents puts what holds into the form of the API.
func NewConsents(of rights.Consents, lang string) *ConsentsAnswer {
	out := Consents{Consents: []Consent{}, Restrictions: restrictions(of.States)}
	for _, p := range consent.Purposes {
		if of.Kind == customer.Enterprise && !p.ForFirms() {
			continue
		}
		channels := p.Channels()
		if len(channels) == 0 {
			channels = []consent.Channel{""}
		}
		for _, c := range channels {
			out.Consents = append(out.Consents, newConsent(of, p, c, lang))
		}
	}
	return &ConsentsAnswer{Body: out}
}

func newConsent(of rights.Consents, p consent.Purpose, c consent.Channel, lang string) Consent {
	w := of.Wordings[string(p)]
	one := Consent{Purpose: string(p), Channel: string(c), State: "not_asked", Allowed: of.States.Allows(p, c), Basis: string(p.Basis()), Wording: w.String(), Text: w.In(lang)}
	if d, asked := of.States.Decision(p, c); asked {
		one.State, one.How = "refused", string(d.How)
		if d.Given {
			one.State = "given"
		}
		at := d.At.UTC()
		one.At = &at
	}
	return one
}

func restrictions(s consent.States) []Restriction { return restricted(s.Restrictions) }

func restricted(list []consent.Restriction) []Restriction {
	out := []Restriction{}
	for _, r := range list {
		out = append(out, Restriction{N: r.N, Kind: string(r.Kind), Person: r.Person, Relation: r.Relation, From: r.From, Until: r.To, Note: r.Note, At: r.At.UTC()})
	}
	return out
}

// ConsentRequest records what a customer says.
type ConsentRequest struct {
	ID   string `path:"id" maxLength:"40" example:"K-4T7Q2M9XAB"`
	Key  string `header:"Idempotency-Key" maxLength:"64" doc:"Chosen by the sender. The same request under the same key has its effect once; another request under it is a conflict."`
	Body struct {
		Purpose  string   `json:"purpose" enum:"service,safety,notices,marketing,profiling,partners,child,photo"`
		Channels []string `json:"channels,omitempty" maxItems:"5" doc:"For purposes that are decided by channel: which." example:"[\"sms\"]"`
		Given    bool     `json:"given" doc:"true agrees, false withdraws."`
		Who      string   `json:"who,omitempty" enum:"self,guardian,agent" default:"self"`
		How      string   `json:"how" enum:"spoken,written,web,wechat,call"`
		Wording  string   `json:"wording,omitempty" maxLength:"40" doc:"Name and version of the text that was read; needed to agree." example:"marketing@1"`
		Proof    string   `json:"proof,omitempty" maxLength:"500" doc:"Where it can be seen again; needed for written ones. Kept encrypted."`
	}
}

// Decision turns the request into one of the domain.
func (r *ConsentRequest) Decision() rights.Decision {
	d := rights.Decision{PublicID: r.ID, Purpose: consent.Purpose(r.Body.Purpose), Given: r.Body.Given, Who: consent.Speaker(r.Body.Who), How: consent.How(r.Body.How),
		Wording: consent.ParseText(r.Body.Wording), Proof: r.Body.Proof, Once: r.Key}
	for _, c := range r.Body.Channels {
		d.Channels = append(d.Channels, consent.Channel(c))
	}
	return d
}

// Of returns the place of a field of a decision in the request.
func (r *ConsentRequest) Of(field string) string {
	if field == "channel" {
		return "body.channels"
	}
	return "body." + field
}
