package api

import (
	"time"

	"shuke/models/card"
	"shuke/models/catalogue"
	"shuke/models/customer"
)

// CardRequest opens a customer's card.
type CardRequest struct {
	ID string `path:"id" maxLength:"40" example:"K-4T7Q2M9XAB"`
}

// CardAnswer is a card as the token's person may see it.
type CardAnswer struct{ Body Card }

// Card is who the customer is, what matters at once, and what is known.
type Card struct {
	ID        string    `json:"id"`
	Kind      string    `json:"kind" enum:"individual,enterprise"`
	Name      string    `json:"name"`
	Reading   string    `json:"reading,omitempty" doc:"The name in Latin letters."`
	Phone     string    `json:"phone,omitempty" doc:"Masked."`
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
	Glance    Glance    `json:"glance"`
	Version   int64     `json:"version" doc:"For changes that overwrite nobody's."`
	Groups    []Group   `json:"groups"`
	People    Relations `json:"people"`

	Standing    *Standing    `json:"standing,omitempty" doc:"What the customer is to the house; absent until it was worked out."`
	Memberships []Membership `json:"memberships"`
	Preferences []Preference `json:"preferences" doc:"What they want done or never done, safety first."`
	Visit       Visit        `json:"visit"`
	Questions   []Question   `json:"questions" doc:"Worth asking now, at most three."`
}

// Glance is what the first five seconds need.
type Glance struct {
	AddressAs    string        `json:"address_as,omitempty" doc:"How to address them."`
	Tier         string        `json:"tier,omitempty"`
	Language     string        `json:"language,omitempty" doc:"BCP 47 tag."`
	AgeBand      string        `json:"age_band,omitempty" example:"30-39"`
	Never        []Line        `json:"never" doc:"What must not be done or said, safety first."`
	Do           []Line        `json:"do" doc:"What to do."`
	Occasions    []Occasion    `json:"occasions" doc:"Birthdays and anniversaries within a fortnight."`
	Restrictions []Restriction `json:"restrictions" doc:"The customer's own restrictions on who may know or reach them."`
}

// Line is one instruction.
type Line struct {
	Field      string    `json:"field"`
	Text       string    `json:"text"`
	Safety     bool      `json:"safety" doc:"An allergy or the like."`
	Channel    string    `json:"channel"`
	RecordedAt time.Time `json:"recorded_at"`
}

// Occasion is a day that is near.
type Occasion struct {
	Field string `json:"field"`
	Label string `json:"label"`
	Days  int    `json:"days" doc:"From today at the person's branch."`
	Years int    `json:"years,omitempty" doc:"How many it is, on the day itself."`
	Lunar bool   `json:"lunar" doc:"Kept by the lunar calendar."`
}

// Group is a group of the field catalogue.
type Group struct {
	Key   string `json:"key" example:"basic"`
	Label string `json:"label"`
	Facts []Fact `json:"facts"`
}

// Fact is one thing known, or known and hidden.
type Fact struct {
	Field      string    `json:"field" example:"birth"`
	Label      string    `json:"label"`
	Item       int       `json:"item" doc:"Which of several: second number, first child."`
	Record     string    `json:"record,omitempty" doc:"Record to which the field belongs; equal items belong together."`
	Masked     bool      `json:"masked" doc:"There is a value that this call does not show. No call reveals it."`
	Hint       string    `json:"hint,omitempty" doc:"What may be seen of a masked telephone number or email address." example:"138****1234"`
	None       bool      `json:"none,omitempty" doc:"The answer is none, which is not unknown."`
	Value      string    `json:"value,omitempty" doc:"For programs: a choice's value, an amount with two decimals, a date as 1985-03-12, --03 or lunar:1985-04-12."`
	Text       string    `json:"text,omitempty" doc:"For people, in their language."`
	Channel    string    `json:"channel"`
	Trust      int       `json:"trust" minimum:"1" maximum:"3" doc:"How far the channel is trusted."`
	RecordedAt time.Time `json:"recorded_at"`
	Stale      bool      `json:"stale" doc:"Older than the half-life of such facts."`
}

// Words are what a card needs of the reader's language: Show writes an open value
// for programs and for people, Phone is the first number as the page has it, Say
// what may be said to the guest.
type Words struct {
	Lang       string
	Phone, Say string
	Show       func(customer.Field, customer.Fact) (value, words string)
}

// NewCard puts a card into the form of the API. Masked and denied facts carry
// no value whatever the card holds.
func NewCard(c card.Card, groups map[string]catalogue.Group, in Words) *CardAnswer {
	lang, show := in.Lang, in.Show
	out := Card{ID: c.PublicID, Kind: c.Kind.String(), Name: c.Name, Reading: c.Reading, Phone: in.Phone,
		CreatedAt: c.CreatedAt.UTC(), UpdatedAt: c.UpdatedAt.UTC(), Glance: glance(c, lang, show), Version: c.Version, Groups: []Group{}, People: Relations{People: []Related{}, More: c.People.More}, Preferences: NewPreferences(c.Wishes),
		Standing: standingOf(c.Club), Memberships: memberships(c.Club.Members, lang), Visit: newVisit(c, in), Questions: questions(c.Questions, lang)}
	for _, g := range c.Groups {
		group := Group{Key: g.Key, Label: groups[g.Key].Label(lang), Facts: []Fact{}}
		for _, e := range g.Entries {
			group.Facts = append(group.Facts, fact(e, lang, show))
		}
		out.Groups = append(out.Groups, group)
	}
	for _, p := range c.People.List {
		if p.Link != nil { // whom facts tell of stands with the facts
			out.People.People = append(out.People.People, related(*p.Link))
		}
	}
	return &CardAnswer{Body: out}
}

func glance(c card.Card, lang string, show func(customer.Field, customer.Fact) (value, words string)) Glance {
	out := Glance{AddressAs: c.AddressAs, Tier: c.Tier, Language: c.Language, AgeBand: c.AgeBand, Never: lines(c.Never, show), Do: lines(c.Do, show), Occasions: []Occasion{}, Restrictions: restrictions(c.Consents)}
	for _, o := range c.Occasions {
		near := Occasion{Field: o.Field.Key, Label: o.Field.Label(lang), Days: o.Days, Lunar: o.Lunar}
		if o.Days == 0 { // before the day the count would tell the year of birth
			near.Years = o.Years
		}
		out.Occasions = append(out.Occasions, near)
	}
	return out
}

func lines(in []card.Line, show func(customer.Field, customer.Fact) (value, words string)) []Line {
	out := []Line{}
	for _, l := range in {
		words := l.Text
		if l.Of.Own() { // of any type, where shipped instructions are texts
			_, words = show(l.Of, l.Fact)
		}
		out = append(out, Line{Field: l.Field, Text: words, Safety: l.Safety, Channel: string(l.Channel), RecordedAt: l.RecordedAt.UTC()})
	}
	return out
}

func fact(e card.Entry, lang string, show func(customer.Field, customer.Fact) (value, words string)) Fact {
	out := Fact{Field: e.Field.Key, Label: e.Field.Label(lang), Item: e.Item, Record: e.Field.Record(), Masked: e.Masked || e.Denied,
		Channel: string(e.Channel), Trust: e.Trust, RecordedAt: e.RecordedAt.UTC(), Stale: e.Stale}
	if out.Masked {
		out.Hint = e.Hint
		return out
	}
	out.None = e.None
	out.Value, out.Text = show(e.Field, e.Fact)
	return out
}
