// Package modelstest opens databases for tests: a fresh SQLite file, or a fresh
// schema on the MariaDB that SHUKE_TEST_MYSQL names. Nothing is mocked.
package modelstest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"shuke/models/db"
)

// Databases are the main database and the one of data keys, migrated.
type Databases struct {
	Main, Keys               *db.DB
	MainAddress, KeysAddress string
}

// Open gives a test its own databases, on SQLite, or on MariaDB when
// SHUKE_TEST_MYSQL (mysql://root@/?socket=PATH) is set; both go when it ends.
func Open(t testing.TB) Databases {
	t.Helper()
	if server := os.Getenv("SHUKE_TEST_MYSQL"); server != "" {
		return openMySQL(t, server)
	}
	dir := t.TempDir()
	return migrated(t, "sqlite:"+filepath.Join(dir, "shuke.db"), "sqlite:"+filepath.Join(dir, "keys.db"))
}

func migrated(t testing.TB, main, keys string) Databases {
	t.Helper()
	ctx := context.Background()
	d := Databases{MainAddress: main, KeysAddress: keys}
	var err error
	if d.Main, err = db.Open(ctx, main); err != nil {
		t.Fatal(err)
	}
	if d.Keys, err = db.Open(ctx, keys); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Main.Close(); d.Keys.Close() })
	if _, err := d.Main.Migrate(ctx, db.Main); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Keys.Migrate(ctx, db.Keys); err != nil {
		t.Fatal(err)
	}
	return d
}

func openMySQL(t testing.TB, server string) Databases {
	t.Helper()
	ctx := context.Background()
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/mysql"
	admin, err := db.Open(ctx, u.String())
	if err != nil {
		t.Fatal(err)
	}
	var random [6]byte
	rand.Read(random[:])
	names := []string{fmt.Sprintf("t_%x", random), fmt.Sprintf("t_%x_keys", random)}
	var addresses []string
	for _, name := range names {
		if _, err := admin.Pool().ExecContext(ctx, "CREATE DATABASE "+name+" CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"); err != nil {
			t.Fatal(err)
		}
		u.Path = "/" + name
		addresses = append(addresses, u.String())
	}
	t.Cleanup(func() {
		for _, name := range names {
			admin.Pool().ExecContext(ctx, "DROP DATABASE "+name)
		}
		admin.Close()
	})
	return migrated(t, addresses[0], addresses[1])
}
