package imports

import (
	"context"

	"shuke/models/db"
)

// takenBefore skips the rows that an earlier import of the very same file took
// with other options. Without a key nothing else would keep a second run, meant
// for the rows that were refused, from making everybody twice. Rows are told by
// their line, which no option moves.
func (w *writer) takenBefore(ctx context.Context, rows []checked) error {
	if w.options.Key != "" && w.options.Target != ToStays || len(rows) == 0 {
		return nil
	}
	found, err := w.db.Read(ctx).Raw(`SELECT r.line FROM imports i JOIN import_rows r ON r.import_id = i.id
 WHERE i.file_hash = ? AND i.id <> ? AND i.target = ? AND i.undone_at = 0 AND r.n BETWEEN ? AND ? AND r.outcome IN (1, 2)`,
		w.file, w.begun.id, w.options.Target, rows[0].n-1, rows[len(rows)-1].n+1).Rows()
	if err != nil {
		return err
	}
	lines := map[int]bool{}
	err = db.Each(found, func() error {
		var line int
		err := found.Scan(&line)
		lines[line] = true
		return err
	})
	if err != nil {
		return err
	}
	for i := range rows {
		if lines[rows[i].line] {
			rows[i].outcome, rows[i].problems = Skipped, nil
		}
	}
	return nil
}
