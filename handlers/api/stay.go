package api

import (
	"fmt"
	"time"

	"shuke/models/arrival"
	"shuke/models/stay"
)

// StayRequest books a stay; the same reservation sent again changes it.
type StayRequest struct {
	Key  string `header:"Idempotency-Key" maxLength:"64" doc:"Chosen by the sender: the same request under it has its effect once."`
	Body NewStay
}

// NewStay is a visit to the branch of the token's person.
type NewStay struct {
	Reservation string `json:"reservation,omitempty" maxLength:"64" doc:"Number in the program that sends it; the same number again changes the stay."`
	Customer    string `json:"customer,omitempty" maxLength:"40" doc:"Whose it is; without one the guest's name is needed." example:"K-4T7Q2M9XAB"`
	GuestName   string `json:"guest_name,omitempty" maxLength:"120"`
	Status      string `json:"status" enum:"reserved,in_house,departed,no_show,cancelled"`
	ArriveOn    string `json:"arrive_on" maxLength:"10" example:"2026-11-22"`
	DepartOn    string `json:"depart_on" maxLength:"10" example:"2026-11-24"`
	ETA         string `json:"eta,omitempty" maxLength:"5" doc:"Time of arrival by the clocks of the branch." example:"14:30"`
	Room        string `json:"room,omitempty" maxLength:"16"`
	RoomType    string `json:"room_type,omitempty" maxLength:"40"`
	Facing      string `json:"facing,omitempty" maxLength:"24"`
	Floor       string `json:"floor,omitempty" maxLength:"12"`
	Rate        int64  `json:"rate,omitempty" minimum:"0" doc:"A night, in minor units."`
	Adults      int    `json:"adults,omitempty" minimum:"0" maximum:"99"`
	Children    int    `json:"children,omitempty" minimum:"0" maximum:"99"`
	Party       string `json:"party,omitempty" maxLength:"120"`
	Language    string `json:"language,omitempty" maxLength:"12"`
	Note        string `json:"note,omitempty" maxLength:"300"`
}

// Booking turns the request into one of the domain; eta is read by the caller.
func (r *StayRequest) Booking(eta int) arrival.Booking {
	b := r.Body
	return arrival.Booking{Customer: b.Customer, Ref: b.Reservation, Status: stay.Status(b.Status), ArriveOn: b.ArriveOn, DepartOn: b.DepartOn, ETA: eta, Room: b.Room, RoomType: b.RoomType,
		Facing: b.Facing, Floor: b.Floor, Rate: b.Rate, Adults: b.Adults, Children: b.Children, Party: b.Party, GuestName: b.GuestName, Language: b.Language, Note: b.Note, Once: r.Key}
}

// StayAnswer names the stay.
type StayAnswer struct {
	Body struct {
		ID string `json:"id" example:"S-4T7Q2M9XAB"`
	}
}

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

// clockOf is a time of day given in minutes, "" when it is not known.
func clockOf(minutes int) string {
	if minutes < 0 {
		return ""
	}
	return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60)
}

func guest(r arrival.Row) Guest {
	g := Guest{Stay: r.PublicID, Version: r.Version, Customer: r.Guest.PublicID, Name: r.Guest.Name, AddressAs: r.Guest.AddressAs, Tier: r.Guest.Tier, Language: r.Guest.Language,
		Status: string(r.Status), ArriveOn: r.ArriveOn, DepartOn: r.DepartOn, ETA: clockOf(r.ETA), Room: r.Room, Visit: r.Times(), Preparations: []Preparation{}}
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

// TurnRequest brings a stay into another state.
type TurnRequest struct {
	Stay string `path:"stay" maxLength:"40" example:"S-4T7Q2M9XAB"`
	Body struct {
		Status  string `json:"status" enum:"reserved,in_house,departed,no_show,cancelled"`
		Version int64  `json:"version" doc:"Of the stay as it was read."`
	}
}

// TickRequest says that something is ready, or not after all.
type TickRequest struct {
	Stay string `path:"stay" maxLength:"40" example:"S-4T7Q2M9XAB"`
	Key  string `path:"key" maxLength:"24" example:"w12"`
	Body struct {
		Done bool `json:"done"`
	}
}

// FactsRequest changes what is known of a customer.
type FactsRequest struct {
	ID   string `path:"id" maxLength:"40" example:"K-4T7Q2M9XAB"`
	Key  string `header:"Idempotency-Key" maxLength:"64" doc:"Chosen by the sender: the same request under it has its effect once."`
	Body struct {
		Facts   Facts   `json:"facts"`
		Channel Channel `json:"channel"`
		Version int64   `json:"version,omitempty" minimum:"0" doc:"Of the customer as the card told it; with it nothing that others changed meanwhile is overwritten."`
	}
}
