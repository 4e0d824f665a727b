package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"shuke/models/db"
)

// Guests writes a CSV file as a list of guests has it, each row another person.
func Guests(path string, rows int) error {
	f, err := os.Create(filepath.Clean(path))
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<16)
	guests(w, rows)
	return errors.Join(w.Flush(), f.Close())
}

func guests(w io.Writer, rows int) {
	surnames, given := []rune("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"), []rune("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰")
	cities := []string{"上海", "北京", "广州", "深圳", "杭州", "成都"}
	fmt.Fprint(w, "姓名,手机,邮箱,生日,性别,城市,公司,备注,证件号\n")
	for i := range rows {
		n := i * 7919
		fmt.Fprintf(w, "%c%c%c,138%08d,guest%d@example.com,%d-%02d-%02d,%s,%s,%s第%d分公司,喜欢高楼层,P%08d\n",
			surnames[n%len(surnames)], given[n/3%len(given)], given[n/7%len(given)], n%100_000_000, i,
			1950+n%50, n%12+1, n%28+1, []string{"男", "女"}[n%2], cities[n%len(cities)], cities[n/5%len(cities)], n%30, i)
	}
}

// imported are the tables an import fills, with their columns.
var imported = map[bool][][2]string{
	false: {
		{"customers", "id, public_id, kind, name, reading, other_names, address_as, phones, emails, plates, member_no, tier, sex, language, city, employer, branch_id, version, facts, created_at, created_by, updated_at, signature_latin, signature_other"},
		{"facts", "customer_id, n, state, field, item, none, value, sealed, band, channel, trust, source, staff_id, branch_id, import_id, recorded_at, ended_at, ended_by"},
		{"customer_keys", "kind, k, customer_id, signature_latin, signature_other"},
		{"import_rows", "import_id, n, line, outcome, customer_id, problems, sealed"},
	},
	true: {{"data_keys", "owner, wrapped, created_at"}},
}

// Import compares an import that took so long with the same finished rows going
// into an empty database by its own bulk means: LOAD DATA on MariaDB, prepared
// inserts in one large transaction on SQLite.
func Import(ctx context.Context, w io.Writer, rows int, took time.Duration, from, to map[bool]*db.DB) error {
	var bare time.Duration
	for keys, tables := range imported {
		for _, t := range tables {
			values, err := wholeTable(ctx, from[keys], t[0], t[1])
			if err != nil {
				return err
			}
			begun := time.Now()
			if err := load(ctx, to[keys], t[0], t[1], values); err != nil {
				return err
			}
			bare += time.Since(begun)
		}
	}
	share := ratio(bare, took)
	Line{Name: "import, customers", Database: string(from[false].Dialect()), Size: rows, OK: share >= 1.0/3,
		Value: fmt.Sprintf("%.0f rows/s, bulk means %.0f rows/s, %.2f of that", float64(rows)/took.Seconds(), float64(rows)/bare.Seconds(), share),
		Limit: ">= 1/3 of the bulk means"}.Print(w)
	return nil
}

func wholeTable(ctx context.Context, d *db.DB, table, columns string) ([][]any, error) {
	rows, err := d.Pool().QueryContext(ctx, "SELECT "+columns+" FROM "+table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	n := strings.Count(columns, ",") + 1
	var out [][]any
	for rows.Next() {
		into, values := make([]any, n), make([]any, n)
		for i := range into {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		out = append(out, values)
	}
	return out, rows.Err()
}

func load(ctx context.Context, d *db.DB, table, columns string, values [][]any) error {
	if d.Dialect() == db.MySQL {
		return d.Bulk(ctx, func(b *db.Bulk) error { return b.Insert(ctx, table, columns, each(values)) })
	}
	tx, err := d.Pool().BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	n := strings.Count(columns, ",") + 1
	per := d.Dialect().RowsPerInsert(n)
	many, err := tx.PrepareContext(ctx, "INSERT INTO "+table+" ("+columns+") VALUES "+db.Rows(per, n))
	if err != nil {
		return errors.Join(err, tx.Rollback())
	}
	args := make([]any, 0, per*n)
	for i, row := range values {
		if args = append(args, row...); len(args) == per*n {
			if _, err := many.ExecContext(ctx, args...); err != nil {
				return errors.Join(err, tx.Rollback())
			}
			args = args[:0]
		} else if i == len(values)-1 {
			if _, err := tx.ExecContext(ctx, "INSERT INTO "+table+" ("+columns+") VALUES "+db.Rows(len(args)/n, n), args...); err != nil {
				return errors.Join(err, tx.Rollback())
			}
		}
	}
	return tx.Commit()
}

func each(values [][]any) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for _, v := range values {
			if !yield(v) {
				return
			}
		}
	}
}
