package main

import (
	"context"
	"strings"
	"time"
	"unicode"

	"shuke/handlers/fias"
	"shuke/models/arrival"
	"shuke/models/staff"
)

// linkSink hands what a property system tells to the stays.
type linkSink struct{ p *program }

// Take keeps what happened to one guest.
func (s linkSink) Take(ctx context.Context, branchID int64, g fias.Guest) error {
	zone, err := s.zone(ctx, branchID)
	if err != nil {
		return err
	}
	event := map[fias.Event]arrival.LinkEvent{fias.CheckedIn: arrival.LinkCheckedIn, fias.Changed: arrival.LinkChanged, fias.CheckedOut: arrival.LinkCheckedOut}[g.Event]
	return s.p.arrivals.TakeFromLink(ctx, branchID, zone, arrival.FromLink{Event: event, Reservation: g.Reservation, Room: g.Room, Name: fullName(g), Language: g.Language,
		ArriveOn: g.Arrival, DepartOn: g.Departure, At: g.At, Resync: g.Resync})
}

// ResyncEnded ends the stays that the property system no longer names.
func (s linkSink) ResyncEnded(ctx context.Context, branchID int64, named []string) error {
	zone, err := s.zone(ctx, branchID)
	if err != nil {
		return err
	}
	return s.p.arrivals.ResyncedFromLink(ctx, branchID, zone, named)
}

func (s linkSink) zone(ctx context.Context, branchID int64) (*time.Location, error) {
	branches, err := s.p.staff.Branches(ctx)
	if err != nil {
		return nil, err
	}
	for _, b := range branches {
		if b.ID == branchID {
			return staff.Zone(b.TimeZone), nil
		}
	}
	return time.UTC, nil
}

// fullName joins the parts of a name unless the last one has them all: "Koehler,
// Andreas". Chinese names are written family name first, without a space.
func fullName(g fias.Guest) string {
	last, first, parted := cutName(g.LastName)
	if parted && g.FirstName == "" {
		return first + " " + last
	}
	if g.FirstName == "" || last == "" {
		return last + g.FirstName
	}
	if hasHan(last) && hasHan(g.FirstName) {
		return last + g.FirstName
	}
	return g.FirstName + " " + last
}

func hasHan(name string) bool {
	return strings.ContainsFunc(name, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// cutName takes apart a name that is written last name first, with a comma.
func cutName(name string) (last, first string, parted bool) {
	last, first, parted = strings.Cut(strings.ReplaceAll(name, "，", ","), ",")
	return strings.TrimSpace(last), strings.TrimSpace(first), parted && strings.TrimSpace(first) != ""
}
