package api

import (
	"shuke/models/card"
	"shuke/models/stay"
)

// Visit is what the head of a card tells of stays.
type Visit struct {
	Number  int      `json:"number" doc:"Of the present or coming visit, else how many there were."`
	Now     *Stay    `json:"now,omitempty" doc:"In house, or coming, at any branch."`
	Last    *Stay    `json:"last,omitempty" doc:"The last one that took place."`
	NextOn  string   `json:"next_on,omitempty" example:"2026-12-24"`
	Say     string   `json:"say" doc:"What may be said: only what is true yet, and of preparations only what is done."`
	Gesture *Gesture `json:"gesture,omitempty" doc:"Suggested by the house's own table; absent when none fits."`
}

// Stay is one visit.
type Stay struct {
	ID       string `json:"id,omitempty" doc:"Of a stay at the branch of the token's person." example:"S-4T7Q2M9XAB"`
	Status   string `json:"status" enum:"reserved,in_house,departed,no_show,cancelled"`
	ArriveOn string `json:"arrive_on" example:"2026-11-22"`
	DepartOn string `json:"depart_on"`
	Nights   int    `json:"nights"`
	Room     string `json:"room,omitempty"`
}

// Gesture is a small attention.
type Gesture struct {
	Text     string `json:"text"`
	Price    int64  `json:"price" doc:"Minor units."`
	Post     string `json:"post" doc:"Role that may grant it." example:"front_desk"`
	MayGrant bool   `json:"may_grant" doc:"The token's person may."`
}

func newVisit(c card.Card, in Words) Visit {
	v := c.Visit
	out := Visit{Number: v.Times, Last: oneStay(v.Last), Now: oneStay(v.Now), Say: in.Say}
	if out.Now != nil {
		if v.Here {
			out.Now.ID = v.Now.PublicID
		} else { // where in another house is that house's to know
			out.Now.Room = ""
		}
	}
	if v.Totals.NextOn != "" && (v.Now == nil || v.Totals.NextOn != v.Now.ArriveOn) {
		out.NextOn = v.Totals.NextOn
	}
	if g := c.Gesture; g != nil {
		out.Gesture = &Gesture{Text: g.In(in.Lang), Price: g.Price, Post: string(g.Post), MayGrant: g.MayGrant}
	}
	return out
}

func oneStay(s *stay.Stay) *Stay {
	if s == nil {
		return nil
	}
	return &Stay{Status: string(s.Status), ArriveOn: s.ArriveOn, DepartOn: s.DepartOn, Nights: s.Nights, Room: s.Room}
}
