package intake

import (
	"context"
	"errors"
	"time"

	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/imports"
	"shuke/models/lease"
	"shuke/policies"
)

// leaseName is held while files are taken in: of all instances one does it, and
// one file after the other, so that a later file meets whom an earlier one made.
const leaseName = "imports"

// lookEvery is how soon work is found that another instance was told of.
const lookEvery = 5 * time.Second

// Run does what waits, until ctx ends: it reads files through, takes them in and
// takes them back. What was cut short by the end of a process goes on where it
// stopped.
func (s *Service) Run(ctx context.Context) {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		s.repeat(ctx, make(chan struct{}), s.checkNext)
	}()
	s.repeat(ctx, s.wake, s.workAll)
	<-ended
}

// repeat does a kind of work while there is some, and looks again now and then.
func (s *Service) repeat(ctx context.Context, wake <-chan struct{}, work func(context.Context) (bool, error)) {
	for ctx.Err() == nil {
		did, err := work(ctx)
		if err != nil && ctx.Err() == nil {
			s.Errors.Error("imports", "error", err)
		}
		if did && err == nil {
			continue
		}
		wait, stop := context.WithCancel(ctx)
		woken := make(chan struct{})
		go func() {
			defer close(woken)
			select {
			case <-wake:
				stop()
			case <-wait.Done():
			}
		}()
		_ = s.Clock.Wait(wait, lookEvery)
		stop()
		<-woken
	}
}

// checkNext reads the next long file through.
func (s *Service) checkNext(ctx context.Context) (bool, error) {
	all, err := s.read(ctx, "WHERE i.place = ? AND i.state = ? AND i.checked_edition <> i.edition AND i.file_gone_at = 0 ORDER BY i.used_at LIMIT 1", s.folder.place, Ready)
	if err != nil || len(all) == 0 {
		return false, err
	}
	in := all[0]
	a, err := s.actor(ctx, in.ChangedBy, policies.ImportRun)
	if err == nil {
		err = s.check(ctx, a, in)
	}
	if err != nil && ctx.Err() == nil && !fault.Is(err, fault.Unavailable) {
		return true, errors.Join(err, s.DB.InTx(ctx, func(tx *db.Tx) error {
			_, err := tx.Run("UPDATE intakes SET checked_edition = edition, failed = ? WHERE id = ? AND edition = ?", failure(err), in.ID, in.Edition)
			return err
		}))
	}
	return true, err
}

// next is the job that was at work when a process ended, or has waited longest.
func (s *Service) next(ctx context.Context) (Intake, bool, error) {
	all, err := s.read(ctx, "WHERE (i.place = ? AND i.state IN ?) OR i.state = ? ORDER BY i.began_at = 0, i.queued_at, i.id LIMIT 1", s.folder.place, []State{Waiting, Running}, Undoing)
	if err != nil || len(all) == 0 {
		return Intake{}, false, err
	}
	return all[0], true, nil
}

// workAll takes the lease and does all that waits, one after the other.
func (s *Service) workAll(ctx context.Context) (bool, error) {
	if _, found, err := s.next(ctx); err != nil || !found {
		return false, err
	}
	return true, s.Leases.Hold(ctx, leaseName, func(ctx context.Context, _ *lease.Lease) error {
		for {
			in, found, err := s.next(ctx)
			if err != nil || !found {
				return err
			}
			if in.State == Undoing {
				err = s.undo(ctx, in)
			} else {
				err = s.runOne(ctx, in)
			}
			if err != nil {
				return err
			}
		}
	})
}

var errStopped = errors.New("intake: somebody stopped it")

// runOne takes one file in. Its error is what is worth trying again; what is not
// ends the job and is told on its page.
func (s *Service) runOne(ctx context.Context, in Intake) error {
	if in.StopAsked {
		return s.end(ctx, in, Cancelled, nil, nil)
	}
	a, err := s.actor(ctx, in.StartedBy, policies.ImportRun)
	if err == nil && in.Total > s.alone {
		if in.ApprovedBy == 0 {
			err = errSecond
		} else {
			_, err = s.actor(ctx, in.ApprovedBy, policies.ImportApprove)
		}
	}
	if err != nil {
		return s.fail(ctx, in, err)
	}
	o, err := s.options(ctx, a, in)
	if err != nil {
		return err
	}
	if err := s.begun(ctx, in); err != nil {
		return err
	}
	within, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	o.Progress = func(r imports.Report) {
		asked, err := s.progress(ctx, in, r)
		if err == nil {
			_, err = s.actor(ctx, in.StartedBy, policies.ImportRun)
		}
		switch {
		case asked:
			stop(errStopped)
		case fault.Is(err, fault.Denied):
			stop(err)
		}
	}
	r, err := s.Imports.Run(within, o)
	cause := context.Cause(within)
	if in.ImportID != 0 && r.ImportID == in.ImportID {
		r.Already = false // by this very job, whose end could not be written
	}
	switch {
	case err == nil:
		return s.end(ctx, in, Done, &r, nil)
	case ctx.Err() != nil:
		return ctx.Err() // it goes on where it stopped
	case errors.Is(cause, errStopped):
		return s.end(ctx, in, Cancelled, &r, nil)
	case cause != nil:
		return s.end(ctx, in, Failed, &r, cause)
	}
	if fault.Is(err, fault.Unavailable) {
		return err
	}
	return s.fail(ctx, in, err)
}

func (s *Service) begun(ctx context.Context, in Intake) error {
	now := db.Millis(s.Clock.Now())
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Run("UPDATE intakes SET state = ?, began_at = CASE WHEN began_at = 0 THEN ? ELSE began_at END, used_at = ?, version = version + 1 WHERE id = ? AND state = ?", Running, now, now, in.ID, Waiting)
		return err
	})
}

// progress keeps how far a job is and reports whether it is to stop.
func (s *Service) progress(ctx context.Context, in Intake, r imports.Report) (stop bool, err error) {
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if _, err := tx.Run("UPDATE intakes SET import_id = ?, rows_total = ?, rows_done = ?, created = ?, joined = ?, refused = ?, skipped = ?, warned = ?, used_at = ? WHERE id = ? AND state = ?",
			r.ImportID, r.Total, r.Rows, r.Created, r.Joined, r.Refused, r.Skipped, r.Warned, db.Millis(s.Clock.Now()), in.ID, Running); err != nil {
			return err
		}
		return tx.Raw("SELECT stop_asked FROM intakes WHERE id = ?", in.ID).Row().Scan(&stop)
	})
	return stop, err
}

// fail ends a job that nobody can help by trying again.
func (s *Service) fail(ctx context.Context, in Intake, why error) error {
	if fault.KindOf(why) == fault.Internal {
		s.Errors.Error("import", "intake", in.ID, "error", why)
	}
	return s.end(ctx, in, Failed, nil, why)
}
