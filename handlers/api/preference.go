package api

import (
	"time"

	"shuke/models/card"
	"shuke/models/customer"
)

// NoteRequest writes down what a guest said.
type NoteRequest struct {
	ID   string `path:"id" maxLength:"40" example:"K-4T7Q2M9XAB"`
	Key  string `header:"Idempotency-Key" maxLength:"64" doc:"Chosen by the sender: the same request under it has its effect once."`
	Body Note
}

// Note is a wish or a taboo in the guest's own words; what is left out is read
// from them.
type Note struct {
	Words    string  `json:"words" maxLength:"300" example:"早餐鸡蛋要嫩一点"`
	Wording  string  `json:"wording,omitempty" maxLength:"120" doc:"What staff act on."`
	Area     string  `json:"area,omitempty" maxLength:"32" doc:"Service area of the house." example:"breakfast_food"`
	Act      string  `json:"act,omitempty" enum:"do,never"`
	Strength int     `json:"strength,omitempty" minimum:"0" maximum:"3" doc:"1 likes, 2 wants, 3 must."`
	Here     bool    `json:"here,omitempty" doc:"It holds at the branch of the token's person alone."`
	Until    string  `json:"until,omitempty" maxLength:"10" doc:"Last day on which it holds." example:"2026-12-31"`
	Channel  Channel `json:"channel"`
	Consent  string  `json:"consent,omitempty" enum:"spoken,written,message" doc:"How the guest agreed that it is passed on; needed for what is about safety."`
	Instead  int64   `json:"instead,omitempty" minimum:"0" doc:"Number of the preference that it contradicts."`
}

// Domain turns the request into a note of the domain.
func (r *NoteRequest) Domain() customer.Note {
	b := r.Body
	return customer.Note{PublicID: r.ID, Words: b.Words, Wording: b.Wording, Area: b.Area, Act: b.Act, Strength: b.Strength, Here: b.Here, UntilOn: b.Until,
		Channel: customer.Channel(b.Channel), Consent: b.Consent, Instead: b.Instead, Once: r.Key}
}

// NoteAnswer says what became of a note.
type NoteAnswer struct {
	Body struct {
		N     int64 `json:"n" doc:"Number of the preference."`
		Known bool  `json:"known" doc:"It was known already, and counts as confirmed today."`
	}
}

// NewNoted is the answer to a note.
func NewNoted(d customer.Noted) *NoteAnswer {
	out := &NoteAnswer{}
	out.Body.N, out.Body.Known = d.N, d.Known
	return out
}

// PreferenceRequest names one preference.
type PreferenceRequest struct {
	ID string `path:"id" maxLength:"40" example:"K-4T7Q2M9XAB"`
	N  int64  `path:"n" minimum:"1"`
}

// RetireRequest ends one.
type RetireRequest struct {
	PreferenceRequest
	Body struct {
		Reason string `json:"reason" enum:"changed,mistaken,other_person,asked"`
		Words  string `json:"words,omitempty" maxLength:"120" doc:"Needed for what is about safety."`
	}
}

// Empty is an answer without content.
type Empty struct{}

// Preference is one wish or taboo in force.
type Preference struct {
	N           int64      `json:"n"`
	Area        string     `json:"area"`
	Act         string     `json:"act" enum:"do,never"`
	Strength    int        `json:"strength"`
	Wording     string     `json:"wording"`
	Words       string     `json:"words,omitempty" doc:"The guest's own; sealed ones no call reveals."`
	Sealed      bool       `json:"sealed" doc:"The guest's own words are sealed."`
	Safety      bool       `json:"safety"`
	Here        bool       `json:"acts_here" doc:"It is acted upon at the branch of the token's person today."`
	Until       string     `json:"until,omitempty"`
	Channel     string     `json:"channel"`
	RecordedAt  time.Time  `json:"recorded_at"`
	ConfirmedAt *time.Time `json:"confirmed_at,omitempty"`
	Stale       bool       `json:"stale"`
}

// NewPreferences puts wishes into the form of the API.
func NewPreferences(list []card.Wish) []Preference {
	out := []Preference{}
	for _, w := range list {
		p := Preference{N: w.N, Area: w.Area.Key, Act: w.Preference.Act, Strength: w.Preference.Strength, Wording: w.Value, Words: w.Preference.Words, Sealed: w.Secret, Safety: w.Safety(),
			Here: w.Here, Until: w.Preference.UntilOn, Channel: string(w.Channel), RecordedAt: w.RecordedAt.UTC(), Stale: w.Stale}
		if at := w.Preference.ConfirmedAt; !at.IsZero() {
			at = at.UTC()
			p.ConfirmedAt = &at
		}
		out = append(out, p)
	}
	return out
}
