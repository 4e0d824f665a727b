package imports

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"shuke/models/fault"
)

// mixed is a list with something of everything: joins by email, bad cells,
// numbers that repeat, doubles, totals and rows that name nobody.
func mixed(rows int) string {
	var b strings.Builder
	b.WriteString("姓名,手机,邮箱,生日,证件号,备注\n")
	for i := range rows {
		n := strconv.Itoa(i)
		switch i % 10 {
		case 3: // joins, for its email was there
			b.WriteString("王二" + n + ",138" + pad(i-1) + ",guest" + strconv.Itoa(i-1) + "@example.com,,,又来了\n")
		case 5:
			b.WriteString("张三" + n + ",138" + pad(i) + ",five" + n + "@example.com,1990-02-30,,\n")
		case 6:
			b.WriteString(",138" + pad(i) + ",six" + n + "@example.com,,,\n")
		case 7: // a number of elsewhere that others have
			b.WriteString("李四" + n + ",138" + pad(i) + ",seven" + n + "@example.com,1980-05-06,A7788" + strconv.Itoa(i%3) + ",\"两行\n备注\"\n")
		case 8:
			b.WriteString("合计,,,,,\n")
		case 9: // the double of the row before the totals
			b.WriteString("李四" + strconv.Itoa(i-2) + ",+86 138" + pad(i-2) + ",,,,\n")
		default:
			b.WriteString("王二" + n + ",138" + pad(i) + ",guest" + n + "@example.com,1985-03-12,,\n")
		}
	}
	return b.String()
}

func pad(i int) string { return strconv.Itoa(10_000_000 + i) }

func mixedOptions(path string) Options {
	o := options(path)
	o.Key, o.Create, o.KeepGood = "email", true, true
	return o
}

func TestCutImportsEndAsAnUncutOne(t *testing.T) {
	path := file(t, mixed(90))
	whole := openShop(t)
	whole.imports.batchRows = 7
	want := whole.run(t, mixedOptions(path))
	if want.Rows != 90 || want.Joined != 9 || want.Skipped != 9 || want.Refused != 18 || want.Warned == 0 {
		t.Fatalf("%+v", want)
	}
	wanted := whole.dump(t)
	for seed := range uint64(3) {
		random := rand.New(rand.NewPCG(seed, 1))
		s := openShop(t)
		s.imports.batchRows = 7
		var last Report
		for runs := 0; ; runs++ {
			if runs > 100 {
				t.Fatal("it does not come to an end")
			}
			ctx, cancel := context.WithCancel(context.Background())
			left := random.IntN(5)
			o := mixedOptions(path)
			o.Progress = func(Report) {
				if left--; left < 0 {
					cancel()
				}
			}
			var err error
			last, err = s.imports.Run(ctx, o)
			cancel()
			if err == nil {
				break
			}
			if !errors.Is(err, context.Canceled) {
				t.Fatal(err)
			}
		}
		if got := s.dump(t); !slices.Equal(got, wanted) {
			t.Fatalf("seed %d: %s", seed, firstDifference(got, wanted))
		}
		if !last.Resumed || last.Rows != want.Rows || last.Created != want.Created || last.Joined != want.Joined || last.Warned != want.Warned {
			t.Errorf("%+v\nwant %+v", last, want)
		}
		if reasons(last) != reasons(want) {
			t.Errorf("seed %d: other problems are reported:\n%s\nwant:\n%s", seed, reasons(last), reasons(want))
		}
		s.events(t)
	}
}

func firstDifference(got, want []string) string {
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			return got[i] + "\nwant " + want[i]
		}
	}
	return strconv.Itoa(len(got)) + " lines, want " + strconv.Itoa(len(want))
}

func TestTheSameFileTwiceChangesNothing(t *testing.T) {
	s := openShop(t)
	o := mixedOptions(file(t, mixed(30)))
	first := s.run(t, o)
	before, events := s.dump(t), len(s.events(t))
	second := s.run(t, o)
	if !second.Already || second.ImportID != first.ImportID || second.Created != first.Created || reasons(second) != reasons(first) {
		t.Errorf("%+v", second)
	}
	if !slices.Equal(s.dump(t), before) || len(s.events(t)) != events {
		t.Error("the second time changed something")
	}
	o.Source = "another list"
	if other := s.run(t, o); other.Already {
		t.Error("other options are another import")
	}
}

func TestTwoAtOnceTakeNoRowTwice(t *testing.T) {
	path := file(t, mixed(90))
	s := openShop(t)
	s.imports.batchRows = 7
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for {
				_, err := s.imports.Run(context.Background(), mixedOptions(path))
				if err == nil {
					return
				}
				if !fault.Is(err, fault.Conflict) {
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	alone := openShop(t)
	alone.imports.batchRows = 7
	alone.run(t, mixedOptions(path))
	if got, want := s.dump(t), alone.dump(t); !slices.Equal(got, want) {
		t.Error(firstDifference(got, want))
	}
}

func TestPackedFilesAreReadAsTheyAre(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.csv.gz")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	_, _ = io.WriteString(z, mixed(20))
	if err := errors.Join(z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	s := openShop(t)
	if r := s.run(t, mixedOptions(path)); !r.Gzip || r.Rows != 20 {
		t.Errorf("%+v", r)
	}
	packed, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, packed[:len(packed)-20], 0o600); err != nil {
		t.Fatal(err)
	}
	before := s.count(t, "SELECT COUNT(*) FROM import_rows")
	if _, err := s.imports.Run(context.Background(), mixedOptions(path)); !fault.Is(err, fault.Invalid) {
		t.Errorf("a damaged file: %v", err)
	}
	if s.count(t, "SELECT COUNT(*) FROM import_rows") != before || s.count(t, "SELECT COUNT(*) FROM imports") != 1 {
		t.Error("a damaged file was begun")
	}
}

func TestMemoryDoesNotGrowWithTheFile(t *testing.T) {
	rows := 300_000
	if testing.Short() || os.Getenv("SHUKE_SOAK") == "" {
		rows = 6_000
	}
	path := generated(t, rows)
	s := openShop(t)
	o := options(path)
	batches, base := 0, uint64(0)
	o.Progress = func(Report) {
		if batches++; batches%4 != 0 {
			return
		}
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		if base == 0 {
			base = m.HeapAlloc
		} else if m.HeapAlloc > base+16<<20 {
			t.Fatalf("%d bytes live after %d batches, %d after four", m.HeapAlloc, batches, base)
		}
	}
	if r := s.run(t, o); int(r.Created) != rows {
		t.Errorf("%d customers", r.Created)
	}
}
