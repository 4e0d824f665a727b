package db

import (
	"database/sql"
	sqldriver "database/sql/driver"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"gorm.io/driver/sqlite"
	driver "modernc.org/sqlite"
)

// openSQLite opens the file with settings in the address, so that every
// connection of the pool has them: write-ahead log, synced at each commit,
// foreign keys, overwritten deletions, and transactions that take the write
// lock at once (a read that turns into a write would fail at random).
func openSQLite(path string) (*DB, error) {
	if dir := filepath.Dir(path); dir != "." {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, err
		}
	}
	if err := createPrivate(path); err != nil {
		return nil, err
	}
	options := url.Values{"_txlock": {"immediate"}, "_pragma": {
		"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(ON)", "secure_delete(ON)",
		"cache_size(-16000)", "temp_store(MEMORY)", "mmap_size(0)",
	}}
	connector, err := driver.NewConnector("file:" + (&url.URL{Path: path}).EscapedPath() + "?" + options.Encode())
	if err != nil {
		return nil, err
	}
	pool := sql.OpenDB(keepsCompiled{connector})
	pool.SetMaxOpenConns(12)
	pool.SetMaxIdleConns(12)
	return open(sqlite.New(sqlite.Config{Conn: pool}), pool, SQLite)
}

// SQLite itself folds ASCII alone, so that É and é, or Д and д, were different on one
// database and the same on the other: a name that must not be told to somebody has
// to be known in any capitals.
func init() {
	driver.MustRegisterDeterministicScalarFunction("lower", 1, func(_ *driver.FunctionContext, args []sqldriver.Value) (sqldriver.Value, error) {
		if text, is := args[0].(string); is {
			return strings.ToLower(text), nil
		}
		return args[0], nil
	})
}

// createPrivate makes the file readable by its owner alone before SQLite does
// with wider rights.
func createPrivate(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// The result codes of SQLite that concern us, by its documentation of result
// codes: https://sqlite.org/rescode.html
const (
	sqliteBusy             = 5
	sqliteConstraintPK     = 1555
	sqliteConstraintUnique = 2067
)

type sqliteCode interface{ Code() int }

func duplicateSQLite(err error) bool {
	var coded sqliteCode
	if errors.As(err, &coded) {
		return coded.Code() == sqliteConstraintPK || coded.Code() == sqliteConstraintUnique
	}
	return err != nil && strings.Contains(err.Error(), "UNIQUE constraint failed")
}

func busySQLite(err error) bool {
	var coded sqliteCode
	return errors.As(err, &coded) && coded.Code()&0xff == sqliteBusy
}
