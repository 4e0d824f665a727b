package membership

import (
	"context"
	"strconv"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// Joining is a customer who joins a club.
type Joining struct {
	PublicID string
	ClubID   int64
	Number   string // of a card they have already; "" for the next
	Once     string
}

// Join makes a customer a member, once more one who had left, and returns the
// number.
func (s *Service) Join(ctx context.Context, a policies.Actor, j Joining) (string, error) {
	if err := s.guard.Require(a, policies.MembershipJoin); err != nil {
		return "", err
	}
	c, _, err := s.customers.Admit(ctx, a, j.PublicID)
	if err != nil {
		return "", err
	}
	id, err := s.members.Take(ctx, 1)
	if err != nil {
		return "", err
	}
	typed := normal(j.Number)
	once := db.Once{StaffID: a.StaffID, Key: j.Once, Request: []string{"join", j.PublicID, strconv.FormatInt(j.ClubID, 10), typed}}
	return s.once(ctx, once, func(tx *db.Tx) (string, []audit.Event, error) {
		w, err := s.open(ctx, tx, a, c.ID)
		if err != nil {
			return "", nil, err
		}
		club, known := w.clubs.Club(j.ClubID)
		if !known || !club.On || len(club.Tiers) == 0 {
			return "", nil, fault.Fields{"club": {Key: "error.choose"}}.Err()
		}
		if typed != "" {
			if wrong := club.check(typed); wrong.Key != "" {
				return "", nil, fault.Fields{"number": wrong}.Err()
			}
		}
		if m := w.member(club.ID); m != nil && !m.Left {
			return "", nil, fault.Fields{"club": {Key: "member.already"}}.Err()
		}
		number, err := w.join(club, id, a.BranchID, typed)
		if err != nil {
			return "", nil, err
		}
		events, err := w.close()
		return number, events, err
	})
}

// join writes a membership that begins, or begins again.
func (w *work) join(club Club, id, branchID int64, typed string) (string, error) {
	s, today := w.s, w.today()
	m := Member{ID: id, ClubID: club.ID, CustomerID: w.customer.ID, JoinedOn: today, BranchID: branchID, Version: 1}
	was := w.member(club.ID)
	if was != nil {
		m.ID, m.Number, m.Version = was.ID, was.Number, was.Version+1
	}
	if typed != "" && typed != m.Number || m.Number == "" {
		if was != nil {
			if err := s.endNumber(w.tx, m, "rejoined"); err != nil {
				return "", err
			}
		}
		var err error
		if m.Number, err = s.give(w.tx, club, m.ID, typed); err != nil {
			return "", err
		}
	}
	m = m.settled(club, w.dealings, today)
	write := s.insertMember
	if was != nil {
		write = s.updateMember
	}
	if err := write(w.tx, m); err != nil {
		return "", err
	}
	if was != nil {
		*was = m
	} else {
		w.members = append(w.members, m)
	}
	tier, _ := club.Tier(m.TierID)
	h := Happening{Kind: Joined, TierID: m.TierID, SetBy: ByRule, Months: tier.Months, Figures: m.Figures, staffID: w.by.StaffID, branchID: branchID}
	if err := s.happened(w.tx, m.ID, h); err != nil {
		return "", err
	}
	w.record("member.joined", club, "", audit.Detail{Name: "tier", Value: tier.NameZH})
	w.changed = true
	return m.Number, nil
}

// enrol makes the customer a member of clubs that ask nobody, with the first stay
// that takes place. Who left stays away.
func (w *work) enrol(branchID int64) error {
	for _, club := range w.clubs.List {
		if !club.On || club.Joining != Automatic || len(club.Tiers) == 0 || len(w.dealings) == 0 || w.member(club.ID) != nil {
			continue
		}
		id, err := nextID(w.tx, "member")
		if err != nil {
			return err
		}
		if _, err := w.join(club, id, branchID, ""); err != nil {
			return err
		}
	}
	return nil
}

// endNumber marks the number of a member as one that nobody shows any more.
func (s *Service) endNumber(tx *db.Tx, m Member, why string) error {
	_, err := tx.Run("UPDATE member_numbers SET ended_at = ?, ended_why = ? WHERE club_id = ? AND number = ?", db.Millis(s.clock.Now()), why, m.ClubID, m.Number)
	return err
}
