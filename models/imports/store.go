package imports

import (
	"context"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"

	"shuke/models/db"
	"shuke/models/fault"
)

// progress is how far an import has come, as its row keeps it.
type progress struct {
	rows, line                                int64
	created, joined, refused, skipped, warned int64
}

// with is the progress after further rows.
func (p progress) with(rows []checked) progress {
	for _, r := range rows {
		p.rows, p.line = r.n, int64(r.line)
		switch r.outcome {
		case Created:
			p.created++
		case Joined:
			p.joined++
		case Refused:
			p.refused++
		case Skipped:
			p.skipped++
		}
		if r.outcome != Refused && len(r.problems) > 0 {
			p.warned++
		}
	}
	return p
}

// begun is an import in the database.
type begun struct {
	id       int64
	done     progress
	finished bool
	undoing  bool
}

// find looks for an import of the same file with the same options.
func find(q *gorm.DB, file, options string) (b begun, found bool, err error) {
	var finished, undoing int64
	err = q.Raw(`SELECT id, rows_done, line_done, created, joined, refused, skipped, warned, finished_at, undo_at FROM imports
 WHERE file_hash = ? AND options_hash = ?`, file, options).Row().
		Scan(&b.id, &b.done.rows, &b.done.line, &b.done.created, &b.done.joined, &b.done.refused, &b.done.skipped, &b.done.warned, &finished, &undoing)
	if db.NoRow(err) {
		return b, false, nil
	}
	b.finished, b.undoing = finished != 0, undoing != 0
	return b, err == nil, err
}

// begin finds the import or starts it. Whoever comes second to a start that is
// under way finds that one.
func (s *Service) begin(ctx context.Context, o Options, seen survey, options string, sh shape) (b begun, found bool, err error) {
	if b, found, err = find(s.db.Read(ctx), seen.hash, options); err != nil || found {
		return b, found, err
	}
	id, err := s.ids.Take(ctx, 1)
	if err != nil {
		return b, false, err
	}
	sealed, hash, err := s.sealShape(ctx, id, sh)
	if err != nil {
		return b, false, err
	}
	start := func(tx *db.Tx) error {
		if b, found, err = find(tx.DB, seen.hash, options); err != nil || found {
			return err
		}
		b = begun{id: id}
		_, err := tx.Run(`INSERT INTO imports (id, file_hash, options_hash, file_name, channel, source, started_at, staff_id, os_user, target, mode, format, delimiter, shape_hash, shape)
 VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`, id, seen.hash, options, o.FileName, o.Channel, o.Source, db.Millis(s.clock.Now()), o.Actor.StaffID, o.OSUser,
			o.Target, o.Mode, seen.format.Kind, delimiterOf(seen.format), hash, sealed)
		return err
	}
	err = s.db.InTx(ctx, start)
	if db.Duplicate(err) {
		err = s.db.InTx(ctx, start)
	}
	return b, found, err
}

var errOvertaken = fault.New(fault.Conflict, "import.running")

// advance moves the progress from what this run saw last. When another run has
// moved it meanwhile the whole transaction fails, and no row is taken twice.
func advance(tx *db.Tx, id int64, from, to progress, finished int64) error {
	n, err := tx.Run(`UPDATE imports SET rows_done = ?, line_done = ?, created = ?, joined = ?, refused = ?, skipped = ?, warned = ?, finished_at = ?
 WHERE id = ? AND rows_done = ? AND finished_at = 0 AND undo_at = 0`,
		to.rows, to.line, to.created, to.joined, to.refused, to.skipped, to.warned, finished, id, from.rows)
	if err == nil && n != 1 {
		return errOvertaken
	}
	return err
}

// original names a row for sealing: its text opens nowhere else.
func original(importID, n int64) string { return fmt.Sprintf("import_rows|%d|%d", importID, n) }

// keep stores the rows as they came, sealed, with what was wrong with them.
func keep(tx *db.Tx, importID int64, rows []checked) error {
	args := make([]any, 0, 7*len(rows))
	for _, r := range rows {
		problems, err := encodeProblems(r.problems)
		if err != nil {
			return err
		}
		args = append(args, importID, r.n, r.line, r.outcome, r.customerID, problems, r.sealed)
	}
	return tx.InsertAll("INSERT INTO import_rows (import_id, n, line, outcome, customer_id, problems, sealed) VALUES ", 7, args)
}

// storedProblem is a problem in import_rows.
type storedProblem struct {
	Column int    `json:"column,omitempty"` // from 1
	Field  string `json:"field,omitempty"`
	Reason Reason `json:"reason"`
	Taken  bool   `json:"taken,omitempty"` // the row was taken all the same
}

func encodeProblems(problems []Problem) (string, error) {
	if len(problems) == 0 {
		return "", nil
	}
	stored := make([]storedProblem, len(problems))
	for i, p := range problems {
		stored[i] = storedProblem{p.column, p.Field, p.Reason, !p.Refused}
	}
	text, err := json.Marshal(stored)
	return string(text), err
}

// problems reads back the first problems of the runs before.
func (s *Service) problems(ctx context.Context, importID int64, c *columns) ([]Problem, error) {
	rows, err := s.db.Read(ctx).Raw("SELECT line, problems FROM import_rows WHERE import_id = ? AND problems <> '' ORDER BY n LIMIT ?", importID, MostProblems).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Problem
	for rows.Next() && len(out) < MostProblems {
		var line int
		var text string
		if err := rows.Scan(&line, &text); err != nil {
			return nil, err
		}
		var stored []storedProblem
		if err := json.Unmarshal([]byte(text), &stored); err != nil {
			return nil, err
		}
		out = append(out, c.stored(line, stored)...)
	}
	return out[:min(len(out), MostProblems)], rows.Err()
}
