package fias

import (
	"context"
	"errors"

	"shuke/models/fault"
)

// take deals with what came. It returns why the line must be dropped, if it
// must.
func (s *session) take(ctx context.Context, p piece) Problem {
	if p.wrong != "" {
		s.skip(p.wrong, Guest{}, p.wrong != Noise)
		return ""
	}
	r, err := parseRecord(decoders[s.Charset](p.body))
	if err != nil {
		g, _, _ := guestOf(r, s.branch.Zone)
		s.skip(Malformed, g, r.kind == "" || g.Event != 0)
		return ""
	}
	s.heard = s.now()
	s.gauge.set(func(st *Status) { st.LastRecord = s.clock.Now() })
	switch r.kind {
	case linkStart:
		return s.started()
	case linkAlive:
		return s.answer()
	case linkEnd:
		return Ended
	case resyncStart:
		problem := s.rise()
		s.beginList()
		return problem
	case resyncEnd:
		return s.endList(ctx)
	case guestIn, guestChange, guestOut:
		if problem := s.rise(); problem != "" {
			return problem
		}
		return s.guest(ctx, r)
	}
	return "" // of no concern: the night audit, a room's maid status
}

// guest hands a guest on.
func (s *session) guest(ctx context.Context, r record) Problem {
	g, flaws, err := guestOf(r, s.branch.Zone)
	var reason Reason
	if errors.As(err, &reason) {
		// Somebody without a number is nobody we could ever have taken; one whose
		// number is damaged may be.
		s.skip(reason, g, r.lost["G#"])
		return ""
	}
	if s.list.open && g.Event == CheckedOut && g.Reservation == "" {
		s.list.move(g.Resync, s.now())
		return "" // an empty room: that nobody is named in it says the same
	}
	swap := g.Resync
	g.Resync = swap || s.list.open
	err = s.hand(ctx, g)
	switch {
	case fault.Is(err, fault.Invalid):
		s.skip(Refused, g, false)
		return ""
	case err != nil:
		if ctx.Err() == nil {
			s.log.Error("guest record not stored", "record", r.kind, "error", err)
		}
		return NotStored
	}
	s.list.note(g, swap, s.now())
	s.gauge.wrong(flaws...)
	s.gauge.set(func(st *Status) { st.Records++ })
	return ""
}

func (s *session) hand(ctx context.Context, g Guest) error {
	ctx, cancel := context.WithTimeout(ctx, takeLimit)
	defer cancel()
	return s.sink.Take(ctx, s.branch.ID, g)
}

// skip counts a record that is not taken. When its reservation could be read, a
// list that is being told still names it.
func (s *session) skip(why Reason, g Guest, hides bool) {
	s.gauge.wrong(why)
	switch {
	case g.Reservation != "" && (g.Event == CheckedIn || g.Event == Changed):
		s.list.note(g, g.Resync, s.now())
	case hides:
		s.list.missed()
	}
}
