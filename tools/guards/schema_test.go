package guards

import (
	"context"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shuke/models/db"
	"shuke/models/modelstest"
)

func TestBothDialectsHaveTheSameMigrations(t *testing.T) {
	names := map[string][]string{}
	err := walk(func(path string, _ fs.DirEntry) error {
		if below, ok := strings.CutPrefix(path, "models/db/migrations/"); ok {
			folder := filepath.Dir(below)
			names[folder] = append(names[folder], filepath.Base(below))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(names) != 4 {
		t.Fatalf("migrations lie in %v", slices.Sorted(maps.Keys(names)))
	}
	for _, set := range []string{"", "keys_"} {
		if d := cmp.Diff(names[set+"sqlite"], names[set+"mysql"]); d != "" {
			t.Errorf("%ssqlite and %smysql differ:\n%s", set, set, d)
		}
	}
}

// table is the shape of a table in words both databases share.
type table struct {
	Columns []string // name, family of type, nullable
	Key     []string // columns of the primary key
	Indexes []string // columns of the others, sorted
}

func TestEveryTableHasAPrimaryKey(t *testing.T) {
	d := modelstest.Open(t)
	for _, schema := range []map[string]table{shape(t, d.Main), shape(t, d.Keys)} {
		for name, of := range schema {
			if len(of.Key) == 0 {
				t.Errorf("%s has no primary key", name)
			}
		}
	}
}

func TestBothDialectsHaveTheSameTables(t *testing.T) {
	if os.Getenv("SHUKE_TEST_MYSQL") == "" {
		t.Skip("compared on the run with MariaDB")
	}
	theirs := modelstest.Open(t)
	ctx := context.Background()
	for set, mysql := range map[db.Set]*db.DB{db.Main: theirs.Main, db.Keys: theirs.Keys} {
		sqlite, err := db.Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "shuke.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer sqlite.Close()
		if _, err := sqlite.Migrate(ctx, set); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(shape(t, sqlite), shape(t, mysql)); d != "" {
			t.Errorf("set %q: SQLite (-) and MySQL (+) differ:\n%s", set, d)
		}
	}
}

// The questions about columns and indexes of each database. The table of the
// migrations belongs to their library, and an index that bears its column's name
// was made by the server for a foreign key.
const (
	sqliteColumns = `SELECT m.name, c.name, c.type, c."notnull", c.pk FROM sqlite_master m, pragma_table_info(m.name) c
 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'goose_db_version' ORDER BY m.name, c.cid`
	sqliteIndexes = `SELECT m.name, i.name, c.name FROM sqlite_master m, pragma_index_list(m.name) i, pragma_index_info(i.name) c
 WHERE m.type = 'table' AND m.name <> 'goose_db_version' AND i.origin <> 'pk' ORDER BY m.name, i.name, c.seqno`
	mysqlColumns = `SELECT c.table_name, c.column_name, c.data_type, c.is_nullable = 'NO', COALESCE(k.ordinal_position, 0)
 FROM information_schema.columns c LEFT JOIN information_schema.key_column_usage k
 ON k.table_schema = c.table_schema AND k.table_name = c.table_name AND k.column_name = c.column_name AND k.constraint_name = 'PRIMARY'
 WHERE c.table_schema = DATABASE() AND c.table_name <> 'goose_db_version' ORDER BY c.table_name, c.ordinal_position`
	mysqlIndexes = `SELECT table_name, index_name, column_name FROM information_schema.statistics
 WHERE table_schema = DATABASE() AND index_name <> 'PRIMARY' AND NOT (non_unique = 1 AND index_name = column_name)
 AND table_name <> 'goose_db_version' ORDER BY table_name, index_name, seq_in_index`
)

func shape(t *testing.T, d *db.DB) map[string]table {
	t.Helper()
	columns, indexes := sqliteColumns, sqliteIndexes
	if d.Dialect() == db.MySQL {
		columns, indexes = mysqlColumns, mysqlIndexes
	}
	out, keys := map[string]table{}, map[string]map[int]string{}
	each(t, d, columns, func(scan func(...any) error) error {
		var name, column, kind string
		var required bool
		var key int
		if err := scan(&name, &column, &kind, &required, &key); err != nil {
			return err
		}
		of := out[name]
		words := column + " " + family(kind)
		if !required {
			words += " nullable"
		}
		of.Columns = append(of.Columns, words)
		out[name] = of
		if keys[name] == nil {
			keys[name] = map[int]string{}
		}
		if key > 0 {
			keys[name][key] = column
		}
		return nil
	})
	byIndex := map[[2]string]string{}
	each(t, d, indexes, func(scan func(...any) error) error {
		var name, index, column string
		err := scan(&name, &index, &column)
		byIndex[[2]string{name, index}] += column + " "
		return err
	})
	for at, words := range byIndex {
		of := out[at[0]]
		of.Indexes = append(of.Indexes, strings.TrimSpace(words))
		slices.Sort(of.Indexes)
		out[at[0]] = of
	}
	for name, of := range out {
		for _, position := range slices.Sorted(maps.Keys(keys[name])) {
			of.Key = append(of.Key, keys[name][position])
		}
		out[name] = of
	}
	return out
}

func each(t *testing.T, d *db.DB, query string, row func(func(...any) error) error) {
	t.Helper()
	rows, err := d.Read(context.Background()).Raw(query).Rows()
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			t.Fatal(err)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

// family is what a type is on either database.
func family(kind string) string {
	kind = strings.ToLower(kind)
	switch {
	case strings.Contains(kind, "int"):
		return "integer"
	case strings.Contains(kind, "blob"), strings.Contains(kind, "binary"):
		return "bytes"
	case strings.Contains(kind, "char"), strings.Contains(kind, "text"):
		return "text"
	}
	return kind
}
