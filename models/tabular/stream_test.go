package tabular

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
)

// generate writes about size bytes of rows, some of two lines, and returns how
// many there are.
func generate(w io.Writer, size int) (rows int) {
	out := bufio.NewWriterSize(w, 1<<16)
	_, _ = out.WriteString("姓名,手机,邮箱,备注\n")
	for written := 0; written < size; rows++ {
		n, _ := fmt.Fprintf(out, "王伟%d,138%08d,guest%d@example.com,\"喜欢高楼层\n不抽烟\"\n", rows%100, rows, rows)
		written += n
	}
	_ = out.Flush()
	return rows
}

func TestMemoryDoesNotGrowWithTheFile(t *testing.T) {
	size := 200 << 20
	if testing.Short() {
		size = 20 << 20
	}
	pr, pw := io.Pipe()
	sent := make(chan int, 1)
	go func() {
		sent <- generate(pw, size)
		_ = pw.Close()
	}()
	live := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	base := live()
	r, err := Open(pr, Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || row.Fault != "" || row.Line != 2+2*rows {
			t.Fatalf("row %d: %v %s line %d", rows, err, row.Fault, row.Line)
		}
		rows++
		if rows%200_000 == 0 {
			if now := live(); now > base+8<<20 {
				t.Fatalf("%d bytes live after %d rows, %d at the start", now, rows, base)
			}
		}
	}
	if want := <-sent; rows != want {
		t.Errorf("%d rows of %d", rows, want)
	}
	runtime.KeepAlive(r)
}

func TestHostileQuotesStayWithinTheWindow(t *testing.T) {
	const lines = 60_000
	for name, line := range map[string]string{"opening": "\"a,b\n", "pairs": "\"\"\"\",\"\"x\n", "only the first": "c,dddddddddddddddddddddddddddddddddddddddddddddd\n"} {
		r := openText(t, "name,note\n\"x,y\n"+strings.Repeat(line, lines), Options{})
		rows := readAll(t, r)
		if last := rows[len(rows)-1]; last.Line != lines+2 || len(r.win.buf) > MaxRecord {
			t.Errorf("%s: last row on line %d", name, last.Line)
		}
		if rows[0].Fault != QuoteUnterminated {
			t.Errorf("%s: first row %s", name, rows[0].Fault)
		}
	}
}

func FuzzNext(f *testing.F) {
	for _, seed := range []string{
		"name,phone\na,1\n", sampleText, "a;b\r\"x\r\ny\";\"\"\"\"\r\n", "\"a\"b,c\n\"d", "\xff\xfea\x00,\x00b\x00\n\x00", "\xd0\xd5\xc3\xfb,x\n\xcd\xf5,\x80\n",
		"sep=|\n\"a|b\"|c\n", "\n\n\"", "\"\n\"\r", "名单\n姓名,手机\n\x00,\u202e\n合计,1\n", "a,b\n\"c\n\"d\n\"e\"\"", "\x1f\x8b", "x\ty\n\"\t\"\t\"\n",
	} {
		f.Add([]byte(seed), false)
		f.Add([]byte(seed), true)
	}
	f.Fuzz(func(t *testing.T, data []byte, noHeader bool) {
		o := Options{NoHeader: noHeader}
		r, err := Open(strings.NewReader(string(data)), o)
		if err != nil {
			return
		}
		line, rows := r.Format().HeaderLine, 0
		for {
			row, err := r.Next()
			if err != nil {
				break
			}
			if row.Line <= line {
				t.Fatalf("line %d after line %d", row.Line, line)
			}
			if row.Fault == "" && (len(row.Bad) > 0 || len(row.Cells) == 0 || !noHeader && len(row.Cells) != r.width) {
				t.Fatalf("%+v", row)
			}
			line = row.Line
			if rows++; rows > len(data)*8+1 {
				t.Fatal("more rows than bytes")
			}
		}
	})
}

func BenchmarkNext(b *testing.B) {
	const rows = 100_000
	text := "姓名,手机,邮箱,备注\n" + strings.Repeat("王伟,13800138000,guest@example.com,喜欢高楼层\n", rows)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		r, err := Open(strings.NewReader(text), Options{})
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for ; err == nil; n++ {
			_, err = r.Next()
		}
		if n != rows+1 {
			b.Fatal(n, err)
		}
	}
	b.ReportMetric(float64(rows*b.N)/b.Elapsed().Seconds(), "rows/s")
}
