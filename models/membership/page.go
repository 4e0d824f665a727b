package membership

import (
	"context"

	"shuke/models/audit"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/disclosure"
	"shuke/policies"
)

// Page is all that is known of a customer's memberships, for the page on which
// they are changed.
type Page struct {
	Of      customer.Customer
	Around  Around
	History map[int64][]Happening // by club
	Events  map[int64][]Event     // of clubs that the customer is in, held so far
	Free    []Club                // that the customer could join
}

// Open returns the page; it is recorded like opening the card.
func (s *Service) Open(ctx context.Context, a policies.Actor, gate *disclosure.Gate, cat *customer.Catalogue, publicID string) (Page, error) {
	if err := s.guard.Require(a, policies.CustomerRead); err != nil {
		return Page{}, err
	}
	c, _, err := s.customers.Admit(ctx, a, publicID)
	if err != nil {
		return Page{}, err
	}
	clubs, err := s.Clubs(ctx, cat.Version)
	if err != nil {
		return Page{}, err
	}
	out := Page{Of: c, Events: map[int64][]Event{}}
	if out.Around, err = Of(ctx, s.db, clubs, c.ID, a.Today()); err != nil {
		return Page{}, err
	}
	out.Around = out.Around.Seen(cat, a.Role)
	if out.History, err = s.history(ctx, c.ID); err != nil {
		return Page{}, err
	}
	member := map[int64]bool{}
	for _, m := range out.Around.Members {
		member[m.ClubID] = true
		if out.Events[m.ClubID], err = s.events(ctx, m.ClubID, a.Today()); err != nil {
			return Page{}, err
		}
	}
	for _, club := range clubs.List {
		if club.On && len(club.Tiers) > 0 && !member[club.ID] {
			out.Free = append(out.Free, club)
		}
	}
	e := audit.By(a, "member.opened")
	e.CustomerID = c.ID
	return out, gate.Show(ctx, a, e, disclosure.Card, 1, c.ID)
}

// eventsShown is how many events of a club a page lists.
const eventsShown = 30

const eventsSQL = `SELECT e.id, e.club_id, e.name_zh, e.name_en, e.held_on, e.place, e.branch_id, e.version, (SELECT COUNT(*) FROM attendances t WHERE t.event_id = e.id)
 FROM club_events e WHERE e.club_id = ? AND e.held_on <= ? ORDER BY e.held_on DESC, e.id DESC LIMIT ?`

// ever is later than every day.
const ever = "9999-12-31"

// events reads the latest events of a club, up to a day.
func (s *Service) events(ctx context.Context, clubID int64, until string) ([]Event, error) {
	rows, err := s.db.Read(ctx).Raw(eventsSQL, clubID, until, eventsShown).Rows()
	if err != nil {
		return nil, err
	}
	var out []Event
	err = db.Each(rows, func() error {
		var e Event
		err := rows.Scan(&e.ID, &e.ClubID, &e.NameZH, &e.NameEN, &e.HeldOn, &e.Place, &e.BranchID, &e.Version, &e.Came)
		out = append(out, e)
		return err
	})
	return out, err
}

// Events are the latest events of a club, those to come too, and how many came to
// each: no names.
func (s *Service) Events(ctx context.Context, a policies.Actor, clubID int64) ([]Event, error) {
	if err := s.guard.Require(a, policies.HouseRead); err != nil {
		return nil, err
	}
	return s.events(ctx, clubID, ever)
}
