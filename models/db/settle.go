package db

import "context"

// Settle folds SQLite's log of writes into the file and empties it, so that what
// was deleted is not read from an old page of it. Elsewhere the server does so.
func (d *DB) Settle(ctx context.Context) error {
	if d.dialect != SQLite {
		return nil
	}
	return d.Read(ctx).Exec("PRAGMA wal_checkpoint(TRUNCATE)").Error
}
