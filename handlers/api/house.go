package api

import (
	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/membership"
	"shuke/policies"
)

// HouseRequest asks for one of the lists of the house. Names are in the language
// of Accept-Language.
type HouseRequest struct{}

// FieldsAnswer is what may be known of a customer.
type FieldsAnswer struct{ Body Fields }

// Fields are those that are in use and that the token's person may see or fill in.
type Fields struct {
	Version int64   `json:"version" doc:"Grows with every change of the catalogue and of the house's lists."`
	Fields  []Field `json:"fields"`
}

// Field is one thing that may be known.
type Field struct {
	Key         string   `json:"key" example:"own_golf_club"`
	For         string   `json:"for" enum:"individual,enterprise,both"`
	Group       string   `json:"group" example:"interests"`
	Label       string   `json:"label"`
	Help        string   `json:"help,omitempty"`
	Type        string   `json:"type" example:"choice"`
	Unit        string   `json:"unit,omitempty" doc:"Of a number."`
	Options     []Option `json:"options,omitempty" doc:"Answers of a choice that are still offered."`
	Several     bool     `json:"several" doc:"It takes several values."`
	Record      string   `json:"record,omitempty" doc:"Record whose values belong together by number." example:"child"`
	Sensitivity string   `json:"sensitivity" enum:"open,personal,sensitive"`
	Masked      bool     `json:"masked" doc:"No call shows its values."`
	Writable    bool     `json:"writable" doc:"The token's person may fill it in."`
	None        bool     `json:"none" doc:"None is an answer, apart from unknown."`
	MaxLength   int      `json:"max_length,omitempty" doc:"In characters."`
	ImportKey   bool     `json:"import_key,omitempty" doc:"Customers may be found by it in files."`
	Consent     string   `json:"consent,omitempty" doc:"Purpose that the customer must not have refused." example:"child"`
	Purposes    []string `json:"purposes"`
	Benefit     string   `json:"benefit" doc:"What the customer has of it."`
	Own         bool     `json:"own" doc:"Made by the house itself."`
}

// Option is one answer of a choice.
type Option struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

// NewFields puts the catalogue into the form of the API, as a role may know it.
func NewFields(cat *customer.Catalogue, role policies.Role, lang string) *FieldsAnswer {
	out := Fields{Version: cat.Version, Fields: []Field{}}
	for _, f := range cat.All() {
		if f.On && (f.MaySee(role) || f.MayChange(role)) {
			out.Fields = append(out.Fields, field(f, role, lang))
		}
	}
	return &FieldsAnswer{Body: out}
}

func field(f customer.Field, role policies.Role, lang string) Field {
	out := Field{Key: f.Key, For: f.Kind, Group: f.Group, Label: f.Label(lang), Help: f.Help.In(lang), Type: string(f.Type), Unit: f.Unit.In(lang), Several: f.Repeat == catalogue.RepeatValue,
		Record: f.Record(), Sensitivity: string(f.Sensitivity), Masked: f.Masked(), Writable: f.MayChange(role), None: f.NoneAllowed, MaxLength: f.MaxLength, ImportKey: f.ImportKey,
		Consent: string(f.Consent()), Purposes: f.Purposes, Benefit: f.Benefit.In(lang), Own: f.Own()}
	for _, o := range f.Options {
		if !o.Retired {
			out.Options = append(out.Options, Option{Value: o.Value, Label: o.Labels.In(lang)})
		}
	}
	return out
}

// AreasAnswer is what wishes can be about, and who makes them ready.
type AreasAnswer struct{ Body Areas }

// Areas are the service areas and departments of the house that are in use.
type Areas struct {
	Version     int64        `json:"version" doc:"As of the fields."`
	Areas       []Area       `json:"areas"`
	Departments []Department `json:"departments"`
}

// Area is something that wishes are about.
type Area struct {
	Key        string `json:"key" example:"breakfast_food"`
	Name       string `json:"name"`
	Department string `json:"department"`
	Safety     bool   `json:"safety" doc:"Allergies and dangers: a wish of it needs the guest's word that it may be passed on."`
}

// Department makes things ready.
type Department struct {
	Key         string `json:"key" example:"housekeeping"`
	Name        string `json:"name"`
	LeadMinutes int    `json:"lead_minutes" doc:"How long before an arrival its work is due."`
}

// NewAreas puts the house's lists into the form of the API.
func NewAreas(cat *customer.Catalogue, lang string) *AreasAnswer {
	out := Areas{Version: cat.Version, Areas: []Area{}, Departments: []Department{}}
	for _, a := range cat.Areas(false) {
		out.Areas = append(out.Areas, Area{Key: a.Key, Name: a.In(lang), Department: a.Department, Safety: a.Safety})
	}
	for _, d := range cat.Departments(false) {
		out.Departments = append(out.Departments, Department{Key: d.Key, Name: d.In(lang), LeadMinutes: d.LeadMinutes})
	}
	return &AreasAnswer{Body: out}
}

// ClubsAnswer are the clubs of the house.
type ClubsAnswer struct{ Body Clubs }

// Clubs are those that take members.
type Clubs struct {
	Version int64  `json:"version" doc:"As of the fields."`
	Clubs   []Club `json:"clubs"`
}

// Club is one of them, with its levels, the lowest first.
type Club struct {
	ID      int64       `json:"id"`
	Name    string      `json:"name"`
	Joining string      `json:"joining" enum:"request,auto"`
	Tiers   []Tier      `json:"tiers"`
	Events  []ClubEvent `json:"events" doc:"The latest thirty, those to come too."`
}

// Tier is a level and its rule; a part that is 0 asks for nothing.
type Tier struct {
	Rank     int      `json:"rank" doc:"1 is the lowest."`
	Name     string   `json:"name"`
	Any      bool     `json:"any" doc:"One part of the rule is enough."`
	Months   int      `json:"months" doc:"Window that counts, 0 all time."`
	Nights   int      `json:"nights"`
	Stays    int      `json:"stays"`
	Spend    int64    `json:"spend" doc:"Minor units."`
	Benefits []string `json:"benefits"`
}

// ClubEvent is something a club invites its members to.
type ClubEvent struct {
	ID     int64  `json:"id"`
	Name   string `json:"name"`
	HeldOn string `json:"held_on" example:"2026-11-22"`
	Place  string `json:"place,omitempty"`
}

// NewClubs puts the clubs into the form of the API; events are by club.
func NewClubs(clubs *membership.Clubs, events map[int64][]membership.Event, lang string) *ClubsAnswer {
	out := Clubs{Version: clubs.Version, Clubs: []Club{}}
	for _, c := range clubs.List {
		if !c.On {
			continue
		}
		one := Club{ID: c.ID, Name: c.In(lang), Joining: c.Joining, Tiers: []Tier{}, Events: []ClubEvent{}}
		for _, t := range c.Tiers {
			one.Tiers = append(one.Tiers, Tier{Rank: t.Rank, Name: t.In(lang), Any: t.Any, Months: t.Months, Nights: t.Nights, Stays: t.Stays, Spend: t.Spend, Benefits: append([]string{}, t.Benefits(lang)...)})
		}
		for _, e := range events[c.ID] {
			one.Events = append(one.Events, ClubEvent{ID: e.ID, Name: e.In(lang), HeldOn: e.HeldOn, Place: e.Place})
		}
		out.Clubs = append(out.Clubs, one)
	}
	return &ClubsAnswer{Body: out}
}
