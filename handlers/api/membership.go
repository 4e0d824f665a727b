package api

import (
	"github.com/danielgtaylor/huma/v2"

	"shuke/models/membership"
	"shuke/models/standing"
)

// Standing is what a customer is to the house, and by what.
type Standing struct {
	Standing  StandingKind `json:"standing"`
	SinceOn   string       `json:"since_on" doc:"First day of it." example:"2026-11-22"`
	ReachedOn string       `json:"reached_on,omitempty" doc:"First contact."`
	ReachedBy string       `json:"reached_by,omitempty" doc:"Channel of the first contact, or reservation."`
	LastOn    string       `json:"last_on,omitempty" doc:"Last day of the last stay."`
}

// StandingKind is one of those the house knows.
type StandingKind string

// Schema lists them.
func (StandingKind) Schema(huma.Registry) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeString, Description: "On a list only, in touch, a customer, or none any more: by the rules of the house."}
	for _, one := range standing.All {
		s.Enum = append(s.Enum, one.String())
	}
	return s
}

// Membership is one membership that lasts.
type Membership struct {
	Club     int64    `json:"club" doc:"For joining."`
	Name     string   `json:"name" doc:"Of the club."`
	Number   string   `json:"number,omitempty" example:"Q0000013"`
	Tier     string   `json:"tier"`
	Rank     int      `json:"rank" doc:"Of the level; 1 is the lowest."`
	TierOn   string   `json:"tier_on" doc:"First day of the level."`
	SetBy    string   `json:"set_by" enum:"rule,person" doc:"Who or what set the level."`
	UntilOn  string   `json:"until_on,omitempty" doc:"Until when a level is kept that the rule does not give."`
	JoinedOn string   `json:"joined_on"`
	Version  int64    `json:"version" doc:"For changes that overwrite nobody's."`
	Benefits []string `json:"benefits"`
	Next     *Next    `json:"next,omitempty" doc:"What is missing to the next level; absent at the top."`
}

// Next is what is missing to a level; 0 is there or not asked for.
type Next struct {
	Tier   string `json:"tier"`
	Any    bool   `json:"any" doc:"One of them is enough."`
	Nights int    `json:"nights"`
	Stays  int    `json:"stays"`
	Spend  int64  `json:"spend" doc:"Minor units."`
	Months int    `json:"months" doc:"Window that counts, 0 all time."`
}

func standingOf(a membership.Around) *Standing {
	if !a.Known {
		return nil
	}
	r := a.Standing
	return &Standing{Standing: StandingKind(r.Standing.String()), SinceOn: r.SinceOn, ReachedOn: r.ReachedOn, ReachedBy: r.ReachedBy, LastOn: r.LastOn}
}

func memberships(list []membership.Membership, lang string) []Membership {
	out := []Membership{}
	for _, m := range list {
		one := Membership{Club: m.ClubID, Name: m.Club.In(lang), Number: m.Number, Tier: m.Tier.In(lang), Rank: m.Tier.Rank, TierOn: m.TierOn, SetBy: membership.ByRule, UntilOn: m.HoldsTo,
			JoinedOn: m.JoinedOn, Version: m.Version, Benefits: append([]string{}, m.Tier.Benefits(lang)...)}
		if m.ByHand() {
			one.SetBy, one.UntilOn = membership.ByPerson, m.HandUntil
		}
		if n := m.Next; n != nil {
			one.Next = &Next{Tier: n.Next.In(lang), Any: n.Next.Any, Nights: n.Missing.Nights, Stays: n.Missing.Stays, Spend: n.Missing.Spend, Months: n.Months}
		}
		out = append(out, one)
	}
	return out
}

// JoinRequest makes a customer a member of a club.
type JoinRequest struct {
	ID   string `path:"id" maxLength:"40" example:"K-4T7Q2M9XAB"`
	Key  string `header:"Idempotency-Key" maxLength:"64" doc:"As for adding a customer."`
	Body struct {
		Club   int64  `json:"club" minimum:"1"`
		Number string `json:"number,omitempty" maxLength:"20" doc:"Of a card they have already; without one the next is given."`
	}
}

// JoinAnswer names the number.
type JoinAnswer struct {
	Body struct {
		Number string `json:"number" example:"Q0000013"`
	}
}

// Joining turns the request into one of the domain.
func (r *JoinRequest) Joining() membership.Joining {
	return membership.Joining{PublicID: r.ID, ClubID: r.Body.Club, Number: r.Body.Number, Once: r.Key}
}

var joinPlaces = Places{"club": "body.club", "number": "body.number"}

// Rejected names what is wrong with the request at its places.
func (r *JoinRequest) Rejected(err error) error { return &Rejected{Cause: err, At: joinPlaces.Of} }

// MemberRequest names one membership as it was read.
type MemberRequest struct {
	ID   string `path:"id" maxLength:"40" example:"K-4T7Q2M9XAB"`
	Club int64  `path:"club" minimum:"1"`
	Key  string `header:"Idempotency-Key" maxLength:"64" doc:"As for adding a customer."`
}

// LeaveRequest ends a membership.
type LeaveRequest struct {
	MemberRequest
	Body struct {
		Version int64  `json:"version" doc:"Of the membership as it was read."`
		Reason  string `json:"reason" maxLength:"120"`
	}
}

// NumberRequest gives a member another number, as when a card is lost.
type NumberRequest struct {
	MemberRequest
	Body struct {
		Version int64  `json:"version" doc:"Of the membership as it was read."`
		Reason  string `json:"reason" maxLength:"120"`
		Number  string `json:"number,omitempty" maxLength:"20" doc:"Of the new card; without one the next is given."`
	}
}

// Leaving turns the request into one of the domain.
func (r *LeaveRequest) Leaving() membership.Change {
	return membership.Change{PublicID: r.ID, ClubID: r.Club, Version: r.Body.Version, Reason: r.Body.Reason, Once: r.Key}
}

// Numbering turns the request into one of the domain.
func (r *NumberRequest) Numbering() membership.Change {
	return membership.Change{PublicID: r.ID, ClubID: r.Club, Version: r.Body.Version, Reason: r.Body.Reason, Number: r.Body.Number, Once: r.Key}
}

// Of returns the place of a field in the request.
func (MemberRequest) Of(field string) string { return "body." + field }

// AttendRequest says whether a customer came to an event of a club.
type AttendRequest struct {
	ID    string `path:"id" maxLength:"40" example:"K-4T7Q2M9XAB"`
	Event int64  `path:"event" minimum:"1"`
	Body  struct {
		Came bool `json:"came"`
	}
}
