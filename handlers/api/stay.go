package api

import (
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

// StayOf names a stay of the branch of the token's person.
type StayOf struct {
	Stay string `path:"stay" maxLength:"40" example:"S-4T7Q2M9XAB"`
}

// GuestAnswer is one guest of the sheet.
type GuestAnswer struct{ Body Guest }

// NewGuest puts one guest into the form of the API.
func NewGuest(r arrival.Row) *GuestAnswer { return &GuestAnswer{Body: guest(r)} }

// TurnRequest brings a stay into another state.
type TurnRequest struct {
	StayOf
	Body struct {
		Status  string `json:"status" enum:"reserved,in_house,departed,no_show,cancelled"`
		Version int64  `json:"version" doc:"Of the stay as it was read."`
	}
}

// ClaimRequest says whose a stay is.
type ClaimRequest struct {
	StayOf
	Body struct {
		Customer string `json:"customer" maxLength:"40" example:"K-4T7Q2M9XAB"`
		Version  int64  `json:"version" doc:"Of the stay as it was read."`
	}
}
