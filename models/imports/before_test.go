package imports

import (
	"os"
	"path/filepath"
	"testing"
)

func TestSecondRunForRefusedRowsMakesNobodyTwice(t *testing.T) {
	s := openShop(t)
	path := filepath.Join(t.TempDir(), "guests.csv")
	if err := os.WriteFile(path, []byte("姓名,生日\n王小明,1985-03-12\n李四,1985-02-30\n赵六,1990-01-01\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	first := s.run(t, options(path))
	if first.Created != 2 || first.Refused != 1 {
		t.Fatalf("%+v", first)
	}
	again := options(path)
	again.KeepGood = true
	if r := s.run(t, again); r.Created != 1 || r.Skipped != 2 || r.Refused != 0 {
		t.Fatalf("%+v", r)
	}
	var n int
	if err := s.Main.Read(t.Context()).Raw("SELECT COUNT(*) FROM customers").Row().Scan(&n); err != nil || n != 3 {
		t.Fatalf("%d customers, %v", n, err)
	}
}
