package intake

import (
	"context"
	"errors"
	"strconv"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/imports"
	"shuke/models/vault"
	"shuke/policies"
)

// end writes how a job ended. The file of one that was done goes: its rows are
// kept by the import. That of another stays for a while, so that it can go on.
func (s *Service) end(ctx context.Context, in Intake, state State, r *imports.Report, why error) error {
	failed := ""
	if why != nil {
		failed = failure(why)
	}
	if r == nil {
		r = &imports.Report{ImportID: in.ImportID, Total: in.Total, Rows: in.Rows, Created: in.Created, Joined: in.Joined, Refused: in.Refused, Skipped: in.Skipped, Warned: in.Warned}
	}
	if err := s.openReport(ctx, &in); err != nil {
		return err
	}
	if len(r.Problems) > 0 || state == Done {
		columns, first := in.Report.Columns, in.Report.First
		if state == Done { // nobody maps it any more: no value of a customer stays
			first = nil
			for i := range columns {
				columns[i].Samples = nil
			}
		}
		in.Report = Report{Columns: columns, First: first}
		in.Report.take(*r, s.Clock.Now())
	}
	sealed, err := s.sealReport(ctx, in.ID, in.Report)
	if err != nil {
		return err
	}
	now := db.Millis(s.Clock.Now())
	by, err := s.starter(ctx, in)
	if err != nil {
		return err
	}
	e := event(by, "import.ended", in, audit.Detail{Name: "import", Value: strconv.FormatInt(r.ImportID, 10)}, audit.Detail{Name: "state", Value: string(state)},
		audit.Detail{Name: "done", Value: strconv.FormatInt(r.Rows, 10)}, audit.Detail{Name: "refused", Value: strconv.FormatInt(r.Refused, 10)})
	if state == Failed {
		e.Outcome = audit.Failed
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		n, err := tx.Run(`UPDATE intakes SET state = ?, version = version + 1, ended_at = ?, used_at = ?, stop_asked = 0, import_id = ?, already = ?, rows_total = ?, rows_done = ?, created = ?, joined = ?, refused = ?, skipped = ?, warned = ?, failed = ?, report = ?
 WHERE id = ? AND state IN ?`, state, now, now, r.ImportID, r.Already, r.Total, r.Rows, r.Created, r.Joined, r.Refused, r.Skipped, r.Warned, failed, sealed, in.ID, []State{Waiting, Running})
		if err != nil || n == 0 {
			return err
		}
		return s.Log.Append(tx, e)
	})
	if err != nil || state != Done {
		return err
	}
	return s.dropFile(ctx, in.ID)
}

// starter is who started a job, for the record: what ends it may be that they
// may no longer.
func (s *Service) starter(ctx context.Context, in Intake) (policies.Actor, error) {
	a, known, err := s.Staff.ActorByID(ctx, in.StartedBy)
	if !known {
		a = policies.Actor{}
	}
	a.Via = policies.System
	return a, err
}

// dropFile deletes the sealed file and the key it lies under, in this order: a
// key that is left opens nothing.
func (s *Service) dropFile(ctx context.Context, id string) error {
	if err := s.folder.remove(id); err != nil {
		return err
	}
	if err := s.Vault.Destroy(ctx, vault.Upload(id)); err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Run("UPDATE intakes SET file_gone_at = ? WHERE id = ? AND file_gone_at = 0", db.Millis(s.Clock.Now()), id)
		return err
	})
}

// discard drops a draft with its file.
func (s *Service) discard(ctx context.Context, id string) error {
	if err := s.dropFile(ctx, id); err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Run("DELETE FROM intakes WHERE id = ? AND state = ?", id, Draft)
		return err
	})
}

// Sweep deletes files that nobody used for a week, and what a process that ended
// left half written. What was asked of such a file is over.
func (s *Service) Sweep(ctx context.Context) error {
	before := s.Clock.Now().Add(-KeptUnused)
	unused, err := s.read(ctx, "WHERE i.place = ? AND i.file_gone_at = 0 AND i.used_at < ? AND i.state NOT IN ?", s.folder.place, db.Millis(before), []State{Waiting, Running})
	if err != nil {
		return err
	}
	var failed error
	for _, in := range unused {
		if in.State == Draft {
			failed = errors.Join(failed, s.discard(ctx, in.ID))
			continue
		}
		failed = errors.Join(failed, s.dropFile(ctx, in.ID))
		if in.State == Asking {
			failed = errors.Join(failed, s.DB.InTx(ctx, func(tx *db.Tx) error {
				_, err := tx.Run("UPDATE intakes SET state = ?, version = version + 1, asked_by = 0, asked_at = 0 WHERE id = ? AND state = ? AND file_gone_at <> 0", Ready, in.ID, Asking)
				return err
			}))
		}
	}
	return errors.Join(failed, s.sweepOrphans(ctx))
}

// sweepOrphans deletes files of no intake: a process that ended between file and
// row left them. A file that is just being written is young.
func (s *Service) sweepOrphans(ctx context.Context) error {
	names, err := s.folder.old(ctx, s.Clock.Now().Add(-orphanAge))
	if err != nil {
		return err
	}
	for _, name := range names {
		var n int64
		if err := s.DB.Read(ctx).Raw("SELECT COUNT(*) FROM intakes WHERE id = ? AND file_gone_at = 0", name).Row().Scan(&n); err != nil {
			return err
		}
		if n == 0 {
			if err := s.folder.remove(name); err != nil {
				return err
			}
		}
	}
	return nil
}
