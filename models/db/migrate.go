package db

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations
var migrations embed.FS

// Set names a group of migrations with its own history.
type Set string

// The sets: the main database, and the one that holds customers' data keys.
const (
	Main Set = ""
	Keys Set = "keys_"
)

// ErrBehind and ErrAhead say that the schema does not fit this program.
var (
	ErrBehind = errors.New("the database is older than this program: run `shuke migrate`")
	ErrAhead  = errors.New("the database is newer than this program: start the newer program")
)

func (d *DB) provider(set Set) (*goose.Provider, error) {
	dialect := goose.DialectSQLite3
	if d.dialect == MySQL {
		dialect = goose.DialectMySQL
	}
	files, err := fs.Sub(migrations, "migrations/"+string(set)+string(d.dialect))
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(dialect, d.pool, files, goose.WithVerbose(false))
}

// Migrate brings the schema up to date and returns how many steps it took. A
// step that was cut short is run again, so each statement bears repeating.
func (d *DB) Migrate(ctx context.Context, set Set) (steps int, err error) {
	if err := d.CheckSchema(ctx, set); err == nil || errors.Is(err, ErrAhead) {
		return 0, err
	}
	p, err := d.provider(set)
	if err != nil {
		return 0, err
	}
	results, err := p.Up(ctx)
	if err != nil {
		return len(results), fmt.Errorf("migration: %w", err)
	}
	return len(results), nil
}

// CheckSchema returns nil when the schema is exactly what this program expects.
func (d *DB) CheckSchema(ctx context.Context, set Set) error {
	p, err := d.provider(set)
	if err != nil {
		return err
	}
	current, target, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("schema version: %w", err)
	}
	switch {
	case current < target:
		return ErrBehind
	case current > target:
		return ErrAhead
	}
	return nil
}
