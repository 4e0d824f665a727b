package arrival

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/models/fault"
	"shuke/models/stay"
	"shuke/policies"
)

// Booking is a stay as a person or a program enters it.
type Booking struct {
	StayID    string // of the stay that is changed, "" for a new one
	Version   int64
	Customer  string // public id, "" not known yet; of a stay that is there Claim says it
	Ref       string // number of the reservation in the program that sends it
	Status    stay.Status
	ArriveOn  string
	DepartOn  string
	ETA       int // minutes after midnight, -1 unknown
	Room      string
	RoomType  string
	Facing    string
	Floor     string
	Rate      int64 // a night, minor units
	Adults    int
	Children  int
	Party     string
	GuestName string
	Language  string
	Note      string
	Once      string
}

// check says what is wrong with a booking, by field; one of whom nobody knows
// whose it is has a name.
func (b *Booking) check(a policies.Actor, known bool) error {
	f := fault.Fields{}
	arrive, err := time.Parse(time.DateOnly, b.ArriveOn)
	if err != nil {
		f.Add("arrive_on", "value.date_invalid", nil)
	} else if stay.Far(arrive, a.Now) {
		f.Add("arrive_on", "stay.day_far", nil)
	}
	if b.DepartOn == "" {
		f.Add("depart_on", "error.required", nil)
	} else if depart, err := time.Parse(time.DateOnly, b.DepartOn); err != nil {
		f.Add("depart_on", "value.date_invalid", nil)
	} else if depart.Before(arrive) {
		f.Add("depart_on", "stay.departs_before", nil)
	} else if stay.Nights(b.ArriveOn, b.DepartOn) > stay.LongestNights {
		f.Add("depart_on", "stay.too_long", map[string]any{"Max": stay.LongestNights})
	}
	if !slices.Contains(stay.Statuses, b.Status) {
		f.Add("status", "error.choose", nil)
	}
	if b.ETA < -1 || b.ETA >= 24*60 {
		f.Add("eta", "stay.time_invalid", nil)
	}
	if b.Rate < 0 || b.Rate > stay.HighestRate {
		f.Add("rate", "value.money_invalid", nil)
	}
	if b.Adults < 0 || b.Adults > stay.MostPeople || b.Children < 0 || b.Children > stay.MostPeople {
		f.Add("adults", "value.number_invalid", nil)
	}
	for field, text := range map[string]*string{"room": &b.Room, "room_type": &b.RoomType, "facing": &b.Facing, "floor": &b.Floor, "party": &b.Party, "guest_name": &b.GuestName,
		"language": &b.Language, "note": &b.Note, "ref": &b.Ref} {
		*text = strings.TrimSpace(*text)
		if most := stay.Lengths[field]; len([]rune(*text)) > most {
			f.Add(field, "error.too_long", map[string]any{"Max": most})
		}
		if strings.ContainsFunc(*text, func(r rune) bool { return r < ' ' || r == '\u202e' }) {
			f.Add(field, "error.control_character", nil)
		}
	}
	if !known && b.GuestName == "" {
		f.Add("guest_name", "stay.guest_needed", nil)
	}
	return f.Err()
}

func (b Booking) request() []string {
	return []string{"book", b.StayID, strconv.FormatInt(b.Version, 10), b.Customer, b.Ref, string(b.Status), b.ArriveOn, b.DepartOn, strconv.Itoa(b.ETA), b.Room, b.RoomType, b.Facing, b.Floor,
		strconv.FormatInt(b.Rate, 10), strconv.Itoa(b.Adults), strconv.Itoa(b.Children), b.Party, b.GuestName, b.Language, b.Note}
}

// onto puts a booking onto a stay.
func (b Booking) onto(in *stay.Stay, now time.Time) {
	in.ArriveOn, in.DepartOn, in.ETA = b.ArriveOn, b.DepartOn, b.ETA
	in.Room, in.RoomType, in.Facing, in.Floor, in.Rate = b.Room, b.RoomType, b.Facing, b.Floor, b.Rate
	in.Adults, in.Children, in.Party, in.Note = b.Adults, b.Children, b.Party, b.Note
	if b.Language != "" { // the form does not ask for it
		in.Language = b.Language
	}
	in.GuestName = b.GuestName
	if in.CustomerID != 0 {
		in.GuestName = ""
	}
	in.Turn(b.Status, now)
}

// Book adds a stay at the actor's branch and returns its public id. A stay of
// the same reservation number and source is changed instead: programs send the
// same thing again.
func (s *Service) Book(ctx context.Context, a policies.Actor, b Booking) (string, error) {
	if err := s.guard.Require(a, policies.StayEdit); err != nil {
		return "", err
	}
	if err := b.check(a, b.Customer != ""); err != nil {
		return "", err
	}
	customerID, err := s.customerID(ctx, a, b.Customer)
	if err != nil {
		return "", err
	}
	id, err := s.stays.Take(ctx, 1)
	if err != nil {
		return "", err
	}
	source := stay.ByHand
	if a.Via == policies.Token {
		source = stay.ByAPI
	}
	once := db.Once{StaffID: a.StaffID, Key: b.Once, Request: b.request()}
	var answer string
	err = s.tell(ctx, func(tx *db.Tx) error {
		before, done, err := once.Before(tx)
		if answer = before; err != nil || done {
			return err
		}
		answer, err = s.book(ctx, tx, a, b, stay.Stay{ID: id, BranchID: a.BranchID, CustomerID: customerID, Source: source, Ref: b.Ref, CreatedBy: a.StaffID}, once)
		return err
	})
	if db.Duplicate(err) {
		return s.bookedMeanwhile(ctx, once, err)
	}
	return answer, err
}

// bookedMeanwhile finds what another request with the same key did.
func (s *Service) bookedMeanwhile(ctx context.Context, once db.Once, cause error) (answer string, err error) {
	if once.Key == "" {
		return "", fault.Wrap(cause, fault.Conflict, "error.stale")
	}
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		var done bool
		if answer, done, err = once.Before(tx); err == nil && !done {
			err = fault.Wrap(cause, fault.Conflict, "error.stale")
		}
		return err
	})
	return answer, err
}

func (s *Service) book(ctx context.Context, tx *db.Tx, a policies.Actor, b Booking, fresh stay.Stay, once db.Once) (string, error) {
	now := s.clock.Now()
	in, was, action := fresh, fresh.CustomerID, "stay.booked"
	if b.Ref != "" {
		known, found, err := stay.LockRef(tx, fresh.BranchID, fresh.Source, b.Ref)
		if err != nil {
			return "", err
		}
		if found {
			in, was, action = known, known.CustomerID, "stay.changed"
			if fresh.CustomerID != 0 {
				in.CustomerID = fresh.CustomerID
			}
			if known.Status.TookPlace() && !b.Status.TookPlace() {
				b.Status = known.Status // what the house did is not undone by the same reservation sent again
			}
		}
	}
	if fresh.CustomerID != 0 { // asked once more where it is written: they may say so at the same moment
		if err := s.customers.Hold(tx, a, fresh.CustomerID); err != nil {
			return "", err
		}
	}
	b.onto(&in, now)
	write := func() error { return s.stays.Insert(tx, &in) }
	if action == "stay.changed" {
		write = func() error { return s.stays.Update(tx, &in, was) }
	}
	if err := write(); err != nil {
		return "", err
	}
	return in.PublicID, s.settle(ctx, tx, a, in, was, action, once, now)
}

// settle ends each write of a stay: the key of the form, the people at open
// sheets, the memberships of the guest and of whose it was, the latest of the
// branch, the record.
func (s *Service) settle(ctx context.Context, tx *db.Tx, a policies.Actor, in stay.Stay, was int64, action string, once db.Once, now time.Time) error {
	if err := once.After(tx, in.PublicID, now); err != nil {
		return err
	}
	if err := announce(tx, in, Ticked{Kind: "row"}, now); err != nil {
		return err
	}
	levels, err := s.members.AfterStays(ctx, tx, a, in.BranchID, in.CustomerID, was)
	if err != nil {
		return err
	}
	if in.CustomerID != 0 && (in.Status == stay.InHouse || in.Status == stay.Reserved) {
		if err := disclosure.MarkRecent(tx, in.BranchID, in.CustomerID, db.Millis(now)); err != nil {
			return err
		}
	}
	e := audit.By(a, action)
	e.CustomerID, e.Object = in.CustomerID, in.PublicID
	e.Details = []audit.Detail{{Name: "status", Value: string(in.Status)}, {Name: "arrive_on", Value: in.ArriveOn}}
	return s.log.Append(tx, append(levels, e)...)
}

func (s *Service) customerID(ctx context.Context, a policies.Actor, publicID string) (int64, error) {
	if publicID == "" {
		return 0, nil
	}
	c, _, err := s.customers.Admit(ctx, a, publicID)
	return c.ID, err
}

// Change changes a stay, and never whose it is: that may be somebody whom its
// reader is not to know. A form made before somebody else's change gets a conflict.
func (s *Service) Change(ctx context.Context, a policies.Actor, b Booking) error {
	if err := s.guard.Require(a, policies.StayEdit); err != nil {
		return err
	}
	was, err := s.stays.Find(ctx, b.StayID)
	if err != nil {
		return err
	}
	if err := reach(a, was); err != nil {
		return err
	}
	if err := b.check(a, was.CustomerID != 0); err != nil {
		return err
	}
	once := db.Once{StaffID: a.StaffID, Key: b.Once, Request: b.request()}
	return s.change(ctx, a, b.StayID, "stay.changed", once, func(_ *db.Tx, in *stay.Stay, now time.Time) error {
		if in.Version != b.Version {
			return fault.New(fault.Conflict, "error.stale")
		}
		b.onto(in, now)
		return nil
	})
}

// reach is mine for changes: a program that names a stay has it from the system
// that booked it, and brings its past in order too.
func reach(a policies.Actor, in stay.Stay) error {
	if a.Via == policies.Browser {
		return mine(a, in)
	}
	if in.BranchID != a.BranchID {
		return errElsewhere
	}
	return nil
}

// change locks a stay of the actor's branch, changes it and writes it.
func (s *Service) change(ctx context.Context, a policies.Actor, publicID, action string, once db.Once, change func(*db.Tx, *stay.Stay, time.Time) error) error {
	return s.tell(ctx, func(tx *db.Tx) error {
		if _, done, err := once.Before(tx); err != nil || done {
			return err
		}
		in, err := stay.Lock(tx, publicID)
		if err != nil {
			return err
		}
		if err := reach(a, in); err != nil {
			return err
		}
		was, now := in.CustomerID, s.clock.Now()
		if err := change(tx, &in, now); err != nil {
			return err
		}
		if err := s.stays.Update(tx, &in, was); err != nil {
			return err
		}
		return s.settle(ctx, tx, a, in, was, action, once, now)
	})
}
