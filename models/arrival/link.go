package arrival

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/stay"
	"shuke/policies"
)

// FromLink is what a property system tells of one guest.
type FromLink struct {
	Event       LinkEvent
	Reservation string
	Room        string
	Name        string
	Language    string
	ArriveOn    string // 2006-01-02, "" unknown
	DepartOn    string
	At          time.Time // zero when not told
	Resync      bool      // how things stand, not what happened just now
}

// LinkEvent is what happened to a guest.
type LinkEvent int

// The events of a link.
const (
	LinkCheckedIn LinkEvent = iota + 1
	LinkChanged
	LinkCheckedOut
)

// system is who acts for a link in the record.
func (s *Service) system(branchID int64, zone *time.Location) policies.Actor {
	return policies.Actor{BranchID: branchID, Via: policies.System, Now: s.clock.Now(), Zone: zone, Name: ""}
}

// TakeFromLink keeps what a property system told. The same told again changes
// nothing; a guest it never named before is new, and nobody's customer until
// somebody says so or exactly one reserved stay of the day has the name.
func (s *Service) TakeFromLink(ctx context.Context, branchID int64, zone *time.Location, g FromLink) error {
	if g.Event == LinkCheckedOut && g.Reservation == "" && g.Room != "" {
		return s.endFromLink(ctx, branchID, zone, func(in stay.Stay) bool { return in.Room == g.Room })
	}
	if g.Reservation == "" || len(g.Reservation) > 64 {
		return fault.New(fault.Invalid, "stay.ref_invalid")
	}
	a := s.system(branchID, zone)
	id, err := s.stays.Take(ctx, 1)
	if err != nil {
		return err
	}
	return s.tell(ctx, func(tx *db.Tx) error {
		in, known, err := s.linked(tx, branchID, g)
		if err != nil {
			return err
		}
		now := s.clock.Now()
		if !known {
			if g.Event == LinkCheckedOut {
				return nil // one of before the link
			}
			in = stay.Stay{ID: id, BranchID: branchID, Source: stay.ByLink, Ref: g.Reservation, Status: stay.Reserved, ETA: -1, Adults: 1, GuestName: short(g.Name, 120)}
		}
		before := in
		if !known && g.Event == LinkChanged {
			g.Event = LinkCheckedIn // whoever is moved is in house
		}
		g.onto(&in, a.Today(), now)
		if known && in == before {
			return nil
		}
		action := "stay.linked"
		if !known {
			if err := s.stays.Insert(tx, &in); err != nil {
				return err
			}
		} else if err := s.stays.Update(tx, &in, before.CustomerID); err != nil {
			return err
		}
		return s.settle(ctx, tx, a, in, before.CustomerID, action, db.Once{}, now)
	})
}

// onto puts what was told onto a stay.
func (g FromLink) onto(in *stay.Stay, today string, now time.Time) {
	at := g.At
	if at.IsZero() || at.After(now) {
		at = now
	}
	in.Linked = true
	if g.Room != "" {
		in.Room = short(g.Room, 16)
	}
	if g.ArriveOn != "" {
		in.ArriveOn = g.ArriveOn
	} else if in.ArriveOn == "" {
		in.ArriveOn = today
	}
	if g.DepartOn != "" && g.DepartOn >= in.ArriveOn {
		in.DepartOn = g.DepartOn
	} else if in.DepartOn < in.ArriveOn {
		in.DepartOn = in.ArriveOn
	}
	if g.Language != "" {
		in.Language = short(g.Language, 12)
	}
	if in.CustomerID == 0 && g.Name != "" {
		in.GuestName = short(g.Name, 120)
	}
	switch {
	case g.Event == LinkCheckedOut && in.Status != stay.Departed:
		in.Turn(stay.Departed, at)
	case g.Event == LinkCheckedIn && in.Status != stay.InHouse:
		in.DepartedAt = time.Time{}
		in.Turn(stay.InHouse, at)
	}
}

// linked finds the stay that a property system speaks of: by its number in any
// source, else the one reserved stay of that day in that name.
func (s *Service) linked(tx *db.Tx, branchID int64, g FromLink) (stay.Stay, bool, error) {
	for _, source := range []string{stay.ByLink, stay.ByAPI, stay.ByImport, stay.ByHand} {
		in, found, err := stay.LockRef(tx, branchID, source, g.Reservation)
		if err != nil || found {
			return in, found, err
		}
	}
	if g.Event != LinkCheckedIn || g.Name == "" || g.ArriveOn == "" {
		return stay.Stay{}, false, nil
	}
	in, found, err := stay.LockNamed(tx, branchID, g.ArriveOn, sameName(g.Name))
	if found {
		in.Source, in.Ref = stay.ByLink, g.Reservation
	}
	return in, found, err
}

// sameName compares names as two systems write them: capitals, accents, the order
// of the parts and what stands between them are no difference.
func sameName(told string) func(string) bool {
	forms := func(name string) [2]string {
		name = strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return unicode.ToLower(r)
		}, norm.NFD.String(name))
		parts := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) })
		asWritten := strings.Join(parts, "")
		slices.Sort(parts)
		return [2]string{asWritten, strings.Join(parts, "")}
	}
	want := forms(told)
	return func(name string) bool {
		is := forms(name)
		return want[0] != "" && (is[0] == want[0] || is[1] == want[1])
	}
}

// ResyncedFromLink ends the stays that a property system named once and names no
// longer. A stay that it never named (entered by hand, or booked by a program
// whose numbers it does not know) is none of its business: a guest who is in house
// must not vanish from the sheet because two systems count differently.
func (s *Service) ResyncedFromLink(ctx context.Context, branchID int64, zone *time.Location, named []string) error {
	still := make(map[string]bool, len(named))
	for _, ref := range named {
		still[ref] = true
	}
	return s.endFromLink(ctx, branchID, zone, func(in stay.Stay) bool { return in.Linked && !still[in.Ref] })
}

// endFromLink ends those of the stays in house that a property system knows and
// that have left.
func (s *Service) endFromLink(ctx context.Context, branchID int64, zone *time.Location, left func(stay.Stay) bool) error {
	a := s.system(branchID, zone)
	list, err := s.stays.InHouse(ctx, branchID)
	if err != nil {
		return err
	}
	for _, in := range list {
		if in.Ref == in.PublicID || !left(in) {
			continue
		}
		err := s.change(ctx, a, in.PublicID, "stay.linked", db.Once{}, func(_ *db.Tx, now *stay.Stay, at time.Time) error {
			if now.Status == stay.InHouse {
				now.Turn(stay.Departed, at)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func short(text string, most int) string {
	r := []rune(strings.TrimSpace(text))
	if len(r) > most {
		r = r[:most]
	}
	return string(r)
}
