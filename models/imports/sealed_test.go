package imports

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"shuke/models/db"
	"shuke/models/vault"
)

const sentinel = "SENTINEL7788990"

func TestOriginalsOpenUnderTheirKeyAndStandNowhereInTheClear(t *testing.T) {
	s := openShop(t)
	taken := "王伟,13810020030," + sentinel + ",内部编号" + sentinel
	refusedRow := "李娜,1381002," + sentinel + "1,内部编号" + sentinel
	r := s.run(t, options(file(t, "姓名,手机,社保号,旧系统\n"+taken+"\n"+refusedRow+"\n合计,,"+sentinel+",\n")))
	if r.Created != 1 || r.Refused != 1 || r.Skipped != 1 || strings.Join(r.Unmapped, ",") != "旧系统" {
		t.Fatalf("%+v\n%s", r, reasons(r))
	}
	ctx := context.Background()
	rows, err := s.Main.Read(ctx).Raw("SELECT n, customer_id, sealed FROM import_rows ORDER BY n").Rows()
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for _, want := range []string{taken, refusedRow, "合计,," + sentinel + ","} {
		var n, customerID int64
		var sealed []byte
		if !rows.Next() || rows.Scan(&n, &customerID, &sealed) != nil {
			t.Fatal("a row is missing")
		}
		owner := vault.Import(r.ImportID)
		if customerID != 0 {
			owner = vault.Customer(customerID)
		}
		key, err := s.vault.Key(ctx, owner)
		if err != nil {
			t.Fatal(err)
		}
		if text, err := key.Open(sealed, original(r.ImportID, n)); err != nil || text != want {
			t.Errorf("row %d: %v", n, err)
		}
		if _, err := key.Open(sealed, original(r.ImportID, n+1)); err == nil {
			t.Errorf("row %d opens as another row", n)
		}
	}
	for _, p := range s.strings(t, "SELECT problems FROM import_rows") {
		if strings.Contains(p, "1381002") {
			t.Errorf("a problem repeats the value: %s", p)
		}
	}
	s.nowhere(t, sentinel)
	if err := s.vault.Destroy(ctx, vault.Import(r.ImportID)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.vault.Key(ctx, vault.Import(r.ImportID)); err == nil {
		t.Error("the key of the import is still there")
	}
}

// nowhere greps the files of SQLite, or on a server every text of the tables.
func (s *shop) nowhere(t *testing.T, text string) {
	t.Helper()
	if s.Main.Dialect() != db.SQLite {
		for _, table := range []string{"customers", "facts", "customer_keys", "imports", "audit_events"} {
			for _, column := range s.strings(t, "SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ?", table) {
				if n := s.count(t, "SELECT COUNT(*) FROM "+table+" WHERE CAST("+column+" AS BINARY) LIKE ?", "%"+text+"%"); n > 0 {
					t.Errorf("%d rows of %s hold it in %s", n, table, column)
				}
			}
		}
		return
	}
	for _, address := range []string{s.MainAddress, s.KeysAddress} {
		paths, err := filepath.Glob(strings.TrimPrefix(address, "sqlite:") + "*")
		if err != nil || len(paths) == 0 {
			t.Fatal(paths, err)
		}
		for _, path := range paths {
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(content, []byte(text)) {
				t.Errorf("%s holds it", filepath.Base(path))
			}
		}
	}
}

func TestOneEventABatchSaysWhomItMade(t *testing.T) {
	s := openShop(t)
	s.imports.batchRows = 7
	r := s.run(t, mixedOptions(file(t, mixed(30))))
	events := s.events(t)
	if len(events) != 5 {
		t.Fatalf("%d events", len(events))
	}
	var rows, made int64
	for _, e := range events {
		if e.Action != "customers.imported" || e.OSUser != "tester" || e.Via != "command" || len(e.Object) != 64 || detail(e, "import") != strconv.FormatInt(r.ImportID, 10) {
			t.Errorf("%+v", e)
		}
		rows, made = rows+number(t, detail(e, "rows")), made+number(t, detail(e, "created"))
		for span := range strings.FieldsSeq(detail(e, "made.01")) {
			first, last, many := strings.Cut(span, "-")
			if !many {
				last = first
			}
			made -= number(t, last) - number(t, first) + 1
		}
	}
	if rows != 30 || made != 0 {
		t.Errorf("%d rows, %d customers made that are not named", rows, made)
	}
}

func number(t *testing.T, text string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
