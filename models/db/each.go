package db

import (
	"database/sql"
	"errors"
)

// Each calls read for every row and closes rows, whatever happens: an iterator
// that is not asked for its error loses rows silently.
func Each(rows *sql.Rows, read func() error) error {
	var err error
	for err == nil && rows.Next() {
		err = read()
	}
	return errors.Join(err, rows.Err(), rows.Close())
}
