package api

import (
	"time"

	"shuke/models/arrival"
	"shuke/views/text"
)

// ArrivalsRequest asks for the work with guests of a day.
type ArrivalsRequest struct {
	Day  string `query:"day" maxLength:"10" doc:"From yesterday to the day after tomorrow; today without." example:"2026-11-22"`
	View string `query:"view" enum:"arriving,staying" doc:"Who arrives, or who is in house."`
}

// ArrivalsAnswer is the sheet.
type ArrivalsAnswer struct{ Body Arrivals }

// Arrivals is the sheet of a day.
type Arrivals struct {
	Day    string  `json:"day"`
	View   string  `json:"view"`
	Cut    bool    `json:"cut" doc:"There are more guests than one sheet shows."`
	Guests []Guest `json:"guests"`
}

// Guest is one row of the sheet.
type Guest struct {
	Stay         string        `json:"stay" example:"S-4T7Q2M9XAB"`
	Version      int64         `json:"version"`
	Customer     string        `json:"customer,omitempty" doc:"Empty as long as nobody knows whose the stay is."`
	Name         string        `json:"name"`
	AddressAs    string        `json:"address_as,omitempty"`
	Tier         string        `json:"tier,omitempty"`
	Language     string        `json:"language,omitempty"`
	Status       string        `json:"status"`
	ArriveOn     string        `json:"arrive_on"`
	DepartOn     string        `json:"depart_on"`
	ETA          string        `json:"eta,omitempty" doc:"Time of arrival by the clocks of the branch; left out when nobody knows it." example:"14:30"`
	Room         string        `json:"room,omitempty"`
	Restrictions []Restriction `json:"restrictions" doc:"What the guest asked of whoever serves them."`
	AskSafety    bool          `json:"ask_safety" doc:"They do not let us keep allergies: ask each time before serving food."`
	Visit        int           `json:"visit" doc:"The number of the visit that this is."`
	Preparations []Preparation `json:"preparations"`
}

// Preparation is something to make ready, or to keep away.
type Preparation struct {
	Key        string     `json:"key"`
	Wording    string     `json:"wording"`
	Department string     `json:"department"`
	Never      bool       `json:"never"`
	Safety     bool       `json:"safety"`
	Due        *time.Time `json:"due,omitempty"`
	Late       bool       `json:"late"`
	DoneAt     *time.Time `json:"done_at,omitempty"`
}

// NewArrivals puts a sheet into the form of the API.
func NewArrivals(s arrival.Sheet) *ArrivalsAnswer {
	out := Arrivals{Day: s.Day, View: string(s.View), Cut: s.Cut, Guests: []Guest{}}
	for _, r := range s.Rows {
		out.Guests = append(out.Guests, guest(r))
	}
	return &ArrivalsAnswer{Body: out}
}

func guest(r arrival.Row) Guest {
	g := Guest{Stay: r.PublicID, Version: r.Version, Customer: r.Guest.PublicID, Name: r.Guest.Name, AddressAs: r.Guest.AddressAs, Tier: r.Guest.Tier, Language: r.Guest.Language,
		Status: string(r.Status), ArriveOn: r.ArriveOn, DepartOn: r.DepartOn, ETA: text.Clock(r.ETA), Room: r.Room, Visit: r.Times(), Restrictions: restricted(r.Restrictions), AskSafety: r.AskSafety, Preparations: []Preparation{}}
	for _, list := range [][]arrival.Preparation{r.Never, r.Preparations} {
		for _, p := range list {
			one := Preparation{Key: p.Key, Wording: p.Wording, Department: p.Department, Never: p.Never, Safety: p.Safety, Late: p.Late}
			if !p.Due.IsZero() {
				due := p.Due.UTC()
				one.Due = &due
			}
			if p.Done() {
				done := p.DoneAt.UTC()
				one.DoneAt = &done
			}
			g.Preparations = append(g.Preparations, one)
		}
	}
	return g
}
