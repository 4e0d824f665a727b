// Package db opens databases, runs transactions and hides the few differences
// between SQLite and MySQL. It knows no table of any subject.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// Dialect names the family of SQL a database speaks.
type Dialect string

// The dialects. MariaDB and TiDB count as MySQL.
const (
	SQLite Dialect = "sqlite"
	MySQL  Dialect = "mysql"
)

// DB is one open database.
type DB struct {
	gorm    *gorm.DB
	pool    *sql.DB
	dialect Dialect
	// writer lets one goroutine write at a time on SQLite. Its own lock is
	// polled with sleeps, which turns eight waiting clerks into slow ones.
	writer chan struct{}
}

// Open opens sqlite:PATH or mysql://user:password@host:port/name and checks
// that it answers.
func Open(ctx context.Context, address string) (*DB, error) {
	kind, rest, found := strings.Cut(address, ":")
	if !found {
		return nil, fmt.Errorf("database address must begin with sqlite: or mysql://")
	}
	var d *DB
	var err error
	switch kind {
	case "sqlite":
		d, err = openSQLite(rest)
	case "mysql":
		d, err = openMySQL(address)
	default:
		return nil, fmt.Errorf("unknown kind of database %q", kind)
	}
	if err != nil {
		return nil, err
	}
	if err := d.pool.PingContext(ctx); err != nil {
		d.pool.Close()
		return nil, fmt.Errorf("database does not answer: %w", err)
	}
	return d, nil
}

func open(dialector gorm.Dialector, pool *sql.DB, dialect Dialect) (*DB, error) {
	g, err := gorm.Open(dialector, &gorm.Config{
		SkipDefaultTransaction: true,
		TranslateError:         true,
		DisableAutomaticPing:   true,
		// GORM's own logger prints values, and values are customers.
		Logger: logger.Discard,
	})
	if err != nil {
		return nil, err
	}
	if err := recordStatements(g); err != nil {
		return nil, err
	}
	return &DB{gorm: g, pool: pool, dialect: dialect, writer: make(chan struct{}, 1)}, nil
}

// Dialect tells which SQL this database speaks.
func (d *DB) Dialect() Dialect { return d.dialect }

// Pool is the plain database/sql handle, for migrations, bulk loading and the
// yardstick of the benchmarks.
func (d *DB) Pool() *sql.DB { return d.pool }

// Close closes the database, waiting for statements that run.
func (d *DB) Close() error { return d.pool.Close() }

// Read returns a handle for statements outside a transaction.
func (d *DB) Read(ctx context.Context) *gorm.DB { return d.gorm.WithContext(ctx) }

// Ping tells whether the database answers.
func (d *DB) Ping(ctx context.Context) error { return d.pool.PingContext(ctx) }

// Tx is an open transaction.
type Tx struct {
	*gorm.DB
	Dialect Dialect
}

// attempts is how often a transaction that lost to another is tried anew:
// a deadlock or, on a cluster, a conflict at commit.
const attempts = 5

// InTx runs work in a transaction and commits it. Work may run more than once
// (after a deadlock), so it must not touch anything but the transaction.
func (d *DB) InTx(ctx context.Context, work func(*Tx) error) error {
	var err error
	for try := range attempts {
		if err = d.once(ctx, work); err == nil || !lost(err) {
			return unavailable(err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(try+1) * 5 * time.Millisecond):
		}
	}
	return err
}

func (d *DB) once(ctx context.Context, work func(*Tx) error) error {
	if d.dialect == SQLite {
		select {
		case d.writer <- struct{}{}:
			defer func() { <-d.writer }()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return d.gorm.WithContext(ctx).Transaction(func(g *gorm.DB) error {
		return work(&Tx{DB: g, Dialect: d.dialect})
	})
}

// Run runs one statement and returns how many rows it met.
func (tx *Tx) Run(query string, args ...any) (int64, error) {
	result := tx.DB.Exec(query, args...)
	return result.RowsAffected, result.Error
}

// Millis is how moments are stored: milliseconds since 1970 in UTC, the same on
// every database, comparable and free of time zones.
func Millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// Time is the inverse of Millis; zero gives the zero time.
func Time(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// NoRow reports whether err says that a row asked for is not there.
func NoRow(err error) bool {
	return errors.Is(err, gorm.ErrRecordNotFound) || errors.Is(err, sql.ErrNoRows)
}

// Duplicate reports whether err says that a unique key is taken.
func Duplicate(err error) bool {
	return errors.Is(err, gorm.ErrDuplicatedKey) || duplicateMySQL(err) || duplicateSQLite(err)
}
