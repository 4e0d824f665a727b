package imports

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"shuke/models/db"
	"shuke/models/modelstest"
)

// generate writes rows as a list of guests has them: every one another name,
// telephone and number.
func generate(w io.Writer, rows int) {
	surnames, given := []rune("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"), []rune("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰")
	cities := []string{"上海", "北京", "广州", "深圳", "杭州", "成都"}
	out := bufio.NewWriterSize(w, 1<<16)
	defer out.Flush()
	_, _ = out.WriteString("姓名,手机,邮箱,生日,性别,城市,公司,备注,证件号\n")
	for i := range rows {
		n := i * 7919
		_, _ = fmt.Fprintf(out, "%c%c%c,138%08d,guest%d@example.com,%d-%02d-%02d,%s,%s,%s第%d分公司,喜欢高楼层,P%08d\n",
			surnames[n%len(surnames)], given[n/3%len(given)], given[n/7%len(given)], n%100_000_000, i,
			1950+n%50, n%12+1, n%28+1, []string{"男", "女"}[n%2], cities[n%len(cities)], cities[n/5%len(cities)], n%30, i)
	}
}

func generated(t testing.TB, rows int) string {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "guests.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	generate(f, rows)
	return f.Name()
}

// BenchmarkImport reports how many rows a second an import takes in, and how
// many the same finished rows make when they go in by prepared statements of
// many rows in one transaction.
func BenchmarkImport(b *testing.B) {
	const rows = 50_000
	path := generated(b, rows)
	for range b.N {
		s := openShop(b)
		start, cpu := time.Now(), processorTime(b)
		r := s.run(b, options(path))
		took, cpuTook := time.Since(start), processorTime(b)-cpu
		if r.Created != rows {
			b.Fatalf("%d customers", r.Created)
		}
		bare, cpuBare := s.copyBare(b)
		b.ReportMetric(rows/took.Seconds(), "rows/s")
		b.ReportMetric(rows/bare.Seconds(), "bare_rows/s")
		b.ReportMetric(took.Seconds()/bare.Seconds(), "ratio")
		b.ReportMetric(cpuTook.Seconds()/cpuBare.Seconds(), "processor_ratio") // for a machine that others use
	}
}

// written are the tables an import fills, with their columns.
var written = []struct {
	keys           bool
	table, columns string
}{
	{false, "customers", "id, public_id, kind, name, reading, other_names, address_as, phones, emails, plates, member_no, tier, sex, language, city, employer, branch_id, version, facts, created_at, created_by, updated_at, signature_latin, signature_other"},
	{false, "facts", "customer_id, n, state, field, item, none, value, sealed, band, channel, trust, source, staff_id, branch_id, import_id, recorded_at, ended_at, ended_by"},
	{false, "customer_keys", "kind, k, customer_id, signature_latin, signature_other"},
	{false, "import_rows", "import_id, n, line, outcome, customer_id, problems, sealed"},
	{true, "data_keys", "owner, wrapped, created_at"},
}

// copyBare reads the finished rows into memory and inserts them into fresh
// databases by prepared statements, one transaction a database.
func (s *shop) copyBare(b *testing.B) (took, cpu time.Duration) {
	to := modelstest.Open(b)
	args := 120 // what is quickest with the driver of SQLite
	if to.Main.Dialect() == db.MySQL {
		args = 4000
	}
	for _, keys := range []bool{false, true} {
		source, target := s.Main, to.Main
		if keys {
			source, target = s.Keys, to.Keys
		}
		type load struct {
			insert string
			n      int
			args   []any
		}
		var loads []load
		for _, w := range written {
			if w.keys == keys {
				n := strings.Count(w.columns, ",") + 1
				loads = append(loads, load{"INSERT INTO " + w.table + " (" + w.columns + ") VALUES ", n, all(b, source, "SELECT "+w.columns+" FROM "+w.table, n)})
			}
		}
		start, before := time.Now(), processorTime(b)
		tx, err := target.Pool().Begin()
		if err != nil {
			b.Fatal(err)
		}
		for _, l := range loads {
			per := max(1, args/l.n)
			many, err := tx.Prepare(l.insert + db.Rows(per, l.n))
			if err != nil {
				b.Fatal(err)
			}
			for len(l.args) >= per*l.n {
				if _, err := many.Exec(l.args[:per*l.n]...); err != nil {
					b.Fatal(err)
				}
				l.args = l.args[per*l.n:]
			}
			if len(l.args) > 0 {
				if _, err := tx.Exec(l.insert+db.Rows(len(l.args)/l.n, l.n), l.args...); err != nil {
					b.Fatal(err)
				}
			}
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
		took, cpu = took+time.Since(start), cpu+processorTime(b)-before
	}
	return took, cpu
}

// processorTime is what this process has used so far.
func processorTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func all(b *testing.B, d *db.DB, query string, columns int) []any {
	rows, err := d.Pool().QueryContext(context.Background(), query)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	var out []any
	for rows.Next() {
		into, values := make([]any, columns), make([]any, columns)
		for i := range into {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			b.Fatal(err)
		}
		out = append(out, values...)
	}
	return out
}
