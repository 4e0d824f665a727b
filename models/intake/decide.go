package intake

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// NeedsSecond reports whether the file is so long that another custodian has to
// agree, and nobody has to these settings.
func (in Intake) NeedsSecond() bool { return in.Total > AloneRows && in.ApprovedBy == 0 }

// Sound reports whether the file can be taken in as it is set.
func (in Intake) Sound() bool { return in.Checked && in.Failure.Key == "" }

// MayApprove reports whether somebody is another than all who had a hand in what
// is to be approved.
func (in Intake) MayApprove(a policies.Actor) bool {
	return in.State == Asking && !slices.Contains([]int64{in.StaffID, in.ChangedBy, in.AskedBy}, a.StaffID)
}

var (
	errUnchecked = fault.New(fault.Conflict, "import.unchecked")
	errSecond    = fault.New(fault.Conflict, "import.second_needed")
	errSame      = fault.New(fault.Denied, "import.same_person")
)

func rowDetails(in Intake) []audit.Detail {
	return []audit.Detail{{Name: "rows", Value: strconv.FormatInt(in.Total, 10)}, {Name: "edition", Value: strconv.FormatInt(in.Edition, 10)}}
}

// Start queues the job that takes the file in, or lets it go on. A long file
// waits for its approval.
func (s *Service) Start(ctx context.Context, a policies.Actor, id string, version int64) error {
	if err := s.may(a); err != nil {
		return err
	}
	in, err := s.seen(ctx, id, version)
	if err != nil {
		return err
	}
	resumes := in.State == Cancelled || in.State == Failed
	switch {
	case in.FileGone:
		return errFileGone
	case in.State != Ready && !resumes:
		return errPast
	case in.State == Ready && !in.Sound():
		return errUnchecked
	case in.NeedsSecond():
		return errSecond
	}
	now := db.Millis(s.Clock.Now())
	return s.queue(ctx, in, event(a, "import.queued", in, rowDetails(in)...),
		"UPDATE intakes SET state = ?, version = version + 1, started_by = ?, queued_at = ?, used_at = ?, stop_asked = 0, failed = '', ended_at = 0 WHERE id = ? AND state = ? AND version = ?",
		Waiting, a.StaffID, now, now)
}

// queue changes an intake to a waiting job and keeps its mapping for the next
// file of the source.
func (s *Service) queue(ctx context.Context, in Intake, e audit.Event, statement string, args ...any) error {
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		n, err := tx.Run(statement, append(args, in.ID, in.State, in.Version)...)
		if err != nil {
			return err
		}
		if n != 1 {
			return errStale
		}
		if err := s.remember(tx, in); err != nil {
			return err
		}
		return s.Log.Append(tx, e)
	})
	if err == nil {
		s.poke()
	}
	return err
}

// Ask asks for another custodian's approval of a long file.
func (s *Service) Ask(ctx context.Context, a policies.Actor, id string, version int64) error {
	if err := s.may(a); err != nil {
		return err
	}
	in, err := s.seen(ctx, id, version)
	if err != nil {
		return err
	}
	switch {
	case in.State != Ready || in.FileGone:
		return errPast
	case !in.Sound():
		return errUnchecked
	}
	now := db.Millis(s.Clock.Now())
	return s.change(ctx, in, event(a, "import.asked", in, rowDetails(in)...),
		"UPDATE intakes SET state = ?, version = version + 1, asked_by = ?, asked_at = ?, used_at = ?, declined = '' WHERE id = ? AND state = ? AND version = ?", Asking, a.StaffID, now, now)
}

// Approve agrees to a file as it is set at this version, and queues it. Who had
// a hand in it cannot.
func (s *Service) Approve(ctx context.Context, a policies.Actor, id string, version int64) error {
	in, err := s.asked(ctx, a, id, version)
	if err != nil {
		return err
	}
	now := db.Millis(s.Clock.Now())
	e := event(a, "import.approved", in, rowDetails(in)...)
	return s.queue(ctx, in, e, `UPDATE intakes SET state = ?, version = version + 1, approved_by = ?, approved_at = ?, approved_edition = edition, started_by = asked_by, queued_at = ?, used_at = ?, stop_asked = 0
 WHERE id = ? AND state = ? AND version = ?`, Waiting, a.StaffID, now, now, now)
}

// Decline gives a request back with a reason.
func (s *Service) Decline(ctx context.Context, a policies.Actor, id string, version int64, reason string) error {
	in, err := s.asked(ctx, a, id, version)
	if err != nil {
		return err
	}
	if reason, err = words("reason", reason); err != nil {
		return err
	}
	return s.change(ctx, in, event(a, "import.declined", in, rowDetails(in)...),
		"UPDATE intakes SET state = ?, version = version + 1, asked_by = 0, asked_at = 0, declined = ? WHERE id = ? AND state = ? AND version = ?", Ready, reason)
}

func (s *Service) asked(ctx context.Context, a policies.Actor, id string, version int64) (Intake, error) {
	if err := s.Guard.Require(a, policies.ImportApprove); err != nil {
		return Intake{}, err
	}
	in, err := s.seen(ctx, id, version)
	switch {
	case err != nil:
		return in, err
	case in.State != Asking:
		return in, errPast
	case in.FileGone:
		return in, errFileGone
	case !in.MayApprove(a):
		return in, errSame
	}
	return in, nil
}

// Cancel takes a request or a waiting job back, or tells one that runs to stop
// after the rows it is at. What was taken in until then stays.
func (s *Service) Cancel(ctx context.Context, a policies.Actor, id string, version int64) error {
	if err := s.may(a); err != nil {
		return err
	}
	in, err := s.seen(ctx, id, version)
	if err != nil {
		return err
	}
	e := event(a, "import.cancelled", in, audit.Detail{Name: "done", Value: strconv.FormatInt(in.Rows, 10)})
	switch {
	case in.State == Asking || in.State == Waiting && in.ImportID == 0:
		return s.change(ctx, in, e, "UPDATE intakes SET state = ?, version = version + 1, asked_by = 0, asked_at = 0, queued_at = 0 WHERE id = ? AND state = ? AND version = ?", Ready)
	case in.State == Waiting:
		return s.change(ctx, in, e, "UPDATE intakes SET state = ?, version = version + 1, ended_at = ? WHERE id = ? AND state = ? AND version = ?", Cancelled, db.Millis(s.Clock.Now()))
	case in.State == Running:
		return s.change(ctx, in, e, "UPDATE intakes SET stop_asked = 1, version = version + 1 WHERE id = ? AND state = ? AND version = ?")
	}
	return errPast
}

// words checks a reason that somebody has to give.
func words(field, text string) (string, error) {
	text = strings.TrimSpace(text)
	problems := fault.Fields{}
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		problems.Add(field, "error.required", nil)
	case n > mostWords:
		problems.Add(field, "error.too_long", map[string]any{"Max": mostWords})
	}
	return text, problems.Err()
}
