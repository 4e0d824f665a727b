package intake

import (
	"context"
	"strconv"
	"strings"

	"shuke/models/audit"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/imports"
	"shuke/policies"
)

// ErrObstacles says that later work stands on what an import did.
var ErrObstacles = fault.New(fault.Conflict, "import.obstacles")

// ended reports whether an intake took something in that can be taken back.
func (in Intake) ended() bool {
	return in.ImportID != 0 && !in.Already && (in.State == Done || in.State == Failed || in.State == Cancelled)
}

// MayUndo reports whether there is something to take back.
func (in Intake) MayUndo() bool { return in.ended() }

// AskUndo queues the taking back of an import. When later work stands in the way
// it returns what, with ErrObstacles, and nothing is queued.
func (s *Service) AskUndo(ctx context.Context, a policies.Actor, id string, version int64, reason string) ([]imports.Obstacle, error) {
	if err := s.may(a); err != nil {
		return nil, err
	}
	in, err := s.seen(ctx, id, version)
	if err != nil {
		return nil, err
	}
	if !in.ended() {
		return nil, errPast
	}
	if reason, err = words("reason", reason); err != nil {
		return nil, err
	}
	obstacles, err := s.Imports.Undoable(ctx, in.ImportID)
	if err != nil {
		return nil, err
	}
	if len(obstacles) > 0 {
		return obstacles, ErrObstacles
	}
	err = s.change(ctx, in, event(a, "import.undo_asked", in, audit.Detail{Name: "import", Value: strconv.FormatInt(in.ImportID, 10)}),
		"UPDATE intakes SET state = ?, version = version + 1, undo_by = ?, undo_reason = ?, undo_from = state, queued_at = ?, used_at = ?, failed = '' WHERE id = ? AND state = ? AND version = ?",
		Undoing, a.StaffID, reason, db.Millis(s.Clock.Now()), db.Millis(s.Clock.Now()))
	if err == nil {
		s.poke()
	}
	return nil, err
}

// undo takes one import back. What came in the way since is told on its page.
func (s *Service) undo(ctx context.Context, in Intake) error {
	a, err := s.actor(ctx, in.UndoBy, policies.ImportRun)
	if err == nil {
		_, err = s.Imports.Undo(ctx, a, in.ImportID, in.UndoReason)
	}
	switch {
	case err == nil:
		now := db.Millis(s.Clock.Now())
		return s.DB.InTx(ctx, func(tx *db.Tx) error {
			_, err := tx.Run("UPDATE intakes SET state = ?, version = version + 1, undone_at = ?, used_at = ? WHERE id = ? AND state = ?", Undone, now, now, in.ID, Undoing)
			return err
		})
	case ctx.Err() != nil:
		return ctx.Err()
	case fault.Is(err, fault.Unavailable):
		return err
	}
	if fault.KindOf(err) == fault.Internal {
		s.Errors.Error("undo of an import", "intake", in.ID, "error", err)
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		_, err2 := tx.Run("UPDATE intakes SET state = undo_from, version = version + 1, failed = ? WHERE id = ? AND state = ?", failure(err), in.ID, Undoing)
		return err2
	})
}

// Settle gives an import of the command line a row of its own, so that something
// can be done with it; one that has a row keeps it. The id of an import without
// one is its number.
func (s *Service) Settle(ctx context.Context, a policies.Actor, id string) (string, error) {
	if err := s.may(a); err != nil {
		return "", err
	}
	number, is := number(id)
	if !is {
		return id, nil
	}
	in, err := s.byCommand(ctx, number)
	if err != nil {
		return "", err
	}
	if in.ID != id {
		return in.ID, nil
	}
	return s.settle(ctx, in)
}

const (
	lockImportSQL = "SELECT id FROM imports WHERE id = ?"
	settledSQL    = "SELECT id FROM intakes WHERE import_id = ? ORDER BY already, created_at LIMIT 1"
	settleSQL     = `INSERT INTO intakes (id, state, staff_id, created_at, used_at, place, file_name, file_bytes, file_hash, file_gone_at, target, mode, channel, source, maps, ended_at, import_id, rows_total, rows_done, created, joined, refused, skipped, warned, failed)
 SELECT ?,?,0,?,?,'',?,0,?,?,?,?,?,?,'[]',?,m.id,?,?,?,?,?,?,?,'' FROM imports m WHERE m.id = ? AND NOT EXISTS (SELECT 1 FROM intakes o WHERE o.import_id = m.id)`
)

// settle makes the row, unless somebody at the same time has made it: then it is
// theirs for both, since what is done with one of two would not be seen at the
// other.
func (s *Service) settle(ctx context.Context, in Intake) (id string, err error) {
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		var locked int64
		if err := tx.Raw(lockImportSQL+tx.Dialect.ForUpdate(), in.ImportID).Row().Scan(&locked); err != nil {
			return err
		}
		id = newID()
		n, err := tx.Run(settleSQL, id, in.State, db.Millis(in.CreatedAt), db.Millis(s.Clock.Now()), in.FileName, in.FileHash, db.Millis(in.CreatedAt), in.Target, in.Mode, in.Channel, in.Source,
			db.Millis(in.EndedAt), in.Rows, in.Rows, in.Created, in.Joined, in.Refused, in.Skipped, in.Warned, in.ImportID)
		if err != nil || n == 1 {
			return err
		}
		return tx.Raw(settledSQL, in.ImportID).Row().Scan(&id)
	})
	return id, err
}

// number reads the id of an import that has no row here.
func number(id string) (int64, bool) {
	digits, is := strings.CutPrefix(id, "n")
	n, err := strconv.ParseInt(digits, 10, 64)
	return n, is && err == nil && n > 0 && strconv.FormatInt(n, 10) == digits
}

const commandSQL = `SELECT i.id, i.file_hash, i.file_name, i.channel, i.source, i.rows_done, i.created, i.joined, i.refused, i.skipped, i.warned, i.started_at, i.finished_at, i.os_user, i.target, i.mode, i.undone_at, i.undo_reason,
 i.undone_customers, i.undone_restored, i.undone_facts, i.undone_stays FROM imports i `

// commands reads imports that have no row here; what follows the table is written
// by its callers.
func (s *Service) commands(ctx context.Context, whereSQL string, args ...any) ([]Intake, error) {
	rows, err := s.DB.Read(ctx).Raw(commandSQL+whereSQL, args...).Rows()
	if err != nil {
		return nil, err
	}
	var out []Intake
	err = db.Each(rows, func() error {
		var in Intake
		var started, finished, undone int64
		err := rows.Scan(&in.ImportID, &in.FileHash, &in.FileName, &in.Channel, &in.Source, &in.Rows, &in.Created, &in.Joined, &in.Refused, &in.Skipped, &in.Warned, &started, &finished, &in.OSUser, &in.Target, &in.Mode, &undone, &in.UndoReason,
			&in.TakenBack.Customers, &in.TakenBack.Restored, &in.TakenBack.Facts, &in.TakenBack.Stays)
		in.ID = "n" + strconv.FormatInt(in.ImportID, 10)
		in.State, in.FileGone, in.Total = Done, true, in.Rows
		switch {
		case undone != 0:
			in.State = Undone
		case finished == 0:
			in.State = Cancelled // nobody here can tell whether it goes on
		}
		in.CreatedAt, in.EndedAt, in.UndoneAt = db.Time(started), db.Time(finished), db.Time(undone)
		out = append(out, in)
		return err
	})
	return out, err
}

// byCommand is an import by its number, in the row it has been given or as it is.
func (s *Service) byCommand(ctx context.Context, number int64) (Intake, error) {
	all, err := s.read(ctx, "WHERE i.import_id = ? ORDER BY i.already, i.created_at LIMIT 1", number)
	if err == nil && len(all) == 0 {
		all, err = s.commands(ctx, "WHERE i.id = ?", number)
	}
	switch {
	case err != nil:
		return Intake{}, err
	case len(all) == 0:
		return Intake{}, errNone
	}
	return all[0], nil
}
