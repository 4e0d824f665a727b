package imports

import "context"

// takenBefore skips the rows that an earlier import of the very same file took
// with other options. Without a key nothing else would keep a second run, meant
// for the rows that were refused, from making everybody twice. Rows are told by
// their line, which no option moves.
func (w *writer) takenBefore(ctx context.Context, rows []checked) error {
	if w.options.Key != "" || len(rows) == 0 {
		return nil
	}
	found, err := w.db.Read(ctx).Raw(`SELECT r.line FROM imports i JOIN import_rows r ON r.import_id = i.id
 WHERE i.file_hash = ? AND i.id <> ? AND r.n BETWEEN ? AND ? AND r.customer_id <> 0`,
		w.file, w.begun.id, rows[0].n-1, rows[len(rows)-1].n+1).Rows()
	if err != nil {
		return err
	}
	defer found.Close()
	lines := map[int]bool{}
	for found.Next() {
		var line int
		if err := found.Scan(&line); err != nil {
			return err
		}
		lines[line] = true
	}
	for i := range rows {
		if lines[rows[i].line] {
			rows[i].outcome, rows[i].problems = Skipped, nil
		}
	}
	return found.Err()
}
