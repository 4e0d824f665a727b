package intake

import (
	"context"
	"database/sql"
	"encoding/json"

	"shuke/models/db"
	"shuke/models/fault"
	"shuke/policies"
)

// columns are those of an intake in the order in which scan reads them.
const columns = `i.id, i.version, i.state, i.staff_id, i.created_at, i.place, i.file_name, i.file_bytes, i.file_hash, i.file_gone_at,
 i.target, i.mode, i.channel, i.source, i.branch_id, i.key_field, i.make_missing, i.keep_good, i.no_header, i.sheet, i.maps,
 i.changed_by, i.edition, i.checked_edition, i.rows_total, i.asked_by, i.asked_at, i.approved_by, i.approved_at, i.approved_edition, i.declined,
 i.started_by, i.ended_at, i.stop_asked, i.import_id, i.already, i.rows_done, i.created, i.joined, i.refused, i.skipped, i.warned, i.failed,
 i.undo_by, i.undo_reason, CASE WHEN i.undone_at = 0 THEN COALESCE(m.undone_at, 0) ELSE i.undone_at END, ` + undone + `, COALESCE(m.os_user, '')`

// undone is what the taking back of an import m did.
const undone = `COALESCE(m.undone_customers, 0), COALESCE(m.undone_restored, 0), COALESCE(m.undone_facts, 0), COALESCE(m.undone_stays, 0)`

const intakesSQL = `SELECT ` + columns + ` FROM intakes i LEFT JOIN imports m ON m.id = i.import_id `

func (s *Service) scan(rows *sql.Rows) (Intake, error) {
	var in Intake
	var created, gone, checked, asked, approved, approvedEdition, ended, undone int64
	var place, maps, failed string
	err := rows.Scan(&in.ID, &in.Version, &in.State, &in.StaffID, &created, &place, &in.FileName, &in.FileBytes, &in.FileHash, &gone,
		&in.Target, &in.Mode, &in.Channel, &in.Source, &in.BranchID, &in.Key, &in.Create, &in.KeepGood, &in.NoHeader, &in.Sheet, &maps,
		&in.ChangedBy, &in.Edition, &checked, &in.Total, &in.AskedBy, &asked, &in.ApprovedBy, &approved, &approvedEdition, &in.Declined,
		&in.StartedBy, &ended, &in.StopAsked, &in.ImportID, &in.Already, &in.Rows, &in.Created, &in.Joined, &in.Refused, &in.Skipped, &in.Warned, &failed,
		&in.UndoBy, &in.UndoReason, &undone, &in.TakenBack.Customers, &in.TakenBack.Restored, &in.TakenBack.Facts, &in.TakenBack.Stays, &in.OSUser)
	if err != nil {
		return in, err
	}
	in.CreatedAt, in.AskedAt, in.ApprovedAt, in.EndedAt, in.UndoneAt = db.Time(created), db.Time(asked), db.Time(approved), db.Time(ended), db.Time(undone)
	in.FileGone, in.Here, in.Checked = gone != 0, place == s.folder.place, checked == in.Edition
	if undone != 0 && in.ended() {
		in.State = Undone // somebody took it back another way
	}
	if approvedEdition != in.Edition {
		in.ApprovedBy = 0 // of other settings
	}
	if failed != "" {
		if err := json.Unmarshal([]byte(failed), &in.Failure); err != nil {
			return in, err
		}
	}
	return in, json.Unmarshal([]byte(maps), &in.Maps)
}

func (s *Service) find(ctx context.Context, id string) (Intake, error) {
	all, err := s.read(ctx, "WHERE i.id = ?", id)
	if err != nil {
		return Intake{}, err
	}
	if len(all) == 0 {
		return Intake{}, errNone
	}
	return all[0], nil
}

// read reads intakes; what follows the table is written by its callers.
func (s *Service) read(ctx context.Context, whereSQL string, args ...any) ([]Intake, error) {
	rows, err := s.DB.Read(ctx).Raw(intakesSQL+whereSQL, args...).Rows()
	if err != nil {
		return nil, err
	}
	var out []Intake
	err = db.Each(rows, func() error {
		in, err := s.scan(rows)
		out = append(out, in)
		return err
	})
	return out, err
}

// Find returns an intake for its page. A draft is there for nobody: its form is
// not filled in.
func (s *Service) Find(ctx context.Context, a policies.Actor, id string) (Intake, error) {
	if err := s.may(a); err != nil {
		return Intake{}, err
	}
	var in Intake
	var err error
	if n, of := number(id); of {
		in, err = s.byCommand(ctx, n)
	} else {
		in, err = s.find(ctx, id)
	}
	if err != nil {
		return in, err
	}
	if in.State == Draft {
		return in, errNone
	}
	if _, of := number(in.ID); of {
		return in, nil
	}
	if err := s.openReport(ctx, &in); err != nil {
		return in, err
	}
	one := []Intake{in}
	err = s.name(ctx, one)
	return one[0], err
}

// name puts the names of people beside their numbers.
func (s *Service) name(ctx context.Context, all []Intake) error {
	var ids []int64
	for _, in := range all {
		ids = append(ids, in.StaffID, in.AskedBy, in.ApprovedBy, in.StartedBy, in.UndoBy)
	}
	names := map[int64]string{}
	rows, err := s.DB.Read(ctx).Raw("SELECT id, name FROM staff WHERE id IN ?", db.Padded(ids)).Rows()
	if err != nil {
		return err
	}
	err = db.Each(rows, func() error {
		var id int64
		var name string
		err := rows.Scan(&id, &name)
		names[id] = name
		return err
	})
	for i := range all {
		in := &all[i]
		in.By, in.AskedName, in.ApprovedName, in.StartedName, in.UndoName = names[in.StaffID], names[in.AskedBy], names[in.ApprovedBy], names[in.StartedBy], names[in.UndoBy]
	}
	return err
}

// failure is a refusal as a row keeps it: a key of a text with its values.
func failure(err error) string {
	m := fault.Message{Key: "import.broke"}
	if f, ok := asFault(err); ok && f.Kind != fault.Internal {
		m = f.Text
		for _, at := range f.Fields {
			m = at // what is wrong with a field says more than that something is
		}
	}
	text, err := json.Marshal(m)
	if err != nil {
		return `{"Key":"import.broke"}`
	}
	return string(text)
}
