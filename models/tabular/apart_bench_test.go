package tabular

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	wb "shuke/models/workbook/workbooktest"
)

// mostMemory is what the process may take that reads a workbook of 200,000 rows.
const mostMemory = 300 << 20

// largeBook writes a workbook of guests in twelve columns, most of whose texts
// occur once: the worst case for the table of shared strings.
func largeBook(t testing.TB, rows int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "large.xlsx")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	to := zip.NewWriter(f)
	frame := wb.Book{Sheets: []wb.Sheet{{Name: "客户", Rows: []wb.Row{wb.Of(wb.Formatted("1", "#14"))}}}}.Bytes()
	small, err := zip.NewReader(bytes.NewReader(frame), int64(len(frame)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range small.File {
		if part.Name != "xl/worksheets/sheet1.xml" && part.Name != "xl/sharedStrings.xml" {
			if err := to.Copy(part); err != nil {
				t.Fatal(err)
			}
		}
	}
	part := func(name string, write func(w *bufio.Writer)) {
		w, err := to.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		b := bufio.NewWriterSize(w, 1<<16)
		write(b)
		if err := b.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	words := []string{"姓名", "手机", "邮箱", "生日", "性别", "城市", "公司", "备注", "证件号", "地址", "职务", "微信"}
	part("xl/sharedStrings.xml", func(w *bufio.Writer) {
		_, _ = w.WriteString(`<sst>`)
		for _, word := range append(words, "男", "上海", "经理") {
			fmt.Fprintf(w, "<si><t>%s</t></si>", word)
		}
		for i := range rows {
			for _, word := range []string{"王伟", "guest@example.com", "锦江物流分公司", "喜欢高楼层", "P", "南京东路", "wx"} {
				_, _ = w.WriteString("<si><t>" + word + strconv.Itoa(i) + "</t></si>")
			}
		}
		_, _ = w.WriteString("</sst>")
	})
	part("xl/worksheets/sheet1.xml", func(w *bufio.Writer) {
		_, _ = w.WriteString(`<worksheet><sheetData><row r="1">`)
		for i := range words {
			fmt.Fprintf(w, `<c r="%s1" t="s"><v>%d</v></c>`, wb.Column(i+1), i)
		}
		_, _ = w.WriteString("</row>")
		for i := range rows {
			r, s := i+2, 15+7*i
			fmt.Fprintf(w, `<row r="%d" spans="1:12"><c r="A%d" t="s"><v>%d</v></c><c r="B%d"><v>138%08d</v></c><c r="C%d" t="s"><v>%d</v></c><c r="D%d" s="1"><v>%d</v></c><c r="E%d" t="s"><v>12</v></c><c r="F%d" t="s"><v>13</v></c>`,
				r, r, s, r, i, r, s+1, r, 20000+i%15000, r, r)
			fmt.Fprintf(w, `<c r="G%d" t="s"><v>%d</v></c><c r="H%d" t="s"><v>%d</v></c><c r="I%d" t="s"><v>%d</v></c><c r="J%d" t="s"><v>%d</v></c><c r="K%d" t="s"><v>14</v></c><c r="L%d" t="s"><v>%d</v></c></row>`,
				r, s+2, r, s+3, r, s+4, r, s+5, r, r, s+6)
		}
		_, _ = w.WriteString("</sheetData></worksheet>")
	})
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// readLarge reads the workbook apart and returns the most memory its process had.
func readLarge(t testing.TB, path string, rows int) (most int) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	table, err := Apart(context.Background(), f, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer table.Close()
	n := 0
	for ; ; n++ {
		row, err := table.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || row.Fault != "" || row.Line != n+2 || len(row.Cells) != 12 {
			t.Fatalf("row %d: %+v %v", n, row, err)
		}
		if n%5000 == 0 {
			most = max(most, resident(table.(*apart).cmd.Process.Pid))
		}
	}
	if n != rows {
		t.Fatalf("%d rows of %d", n, rows)
	}
	return most
}

// resident is the most memory in bytes a process has had, 0 where nobody says.
func resident(pid int) int {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	if f := strings.Fields(rest); len(f) > 0 {
		n, _ := strconv.Atoi(f[0])
		return n << 10
	}
	return 0
}

func TestMemoryOfAWorkbooksReaderStaysSmall(t *testing.T) {
	rows := 20_000
	if testing.Short() {
		rows = 5_000
	}
	if most := readLarge(t, largeBook(t, rows), rows); most > mostMemory/2 {
		t.Errorf("%d MB for %d rows", most>>20, rows)
	}
}

// BenchmarkWorkbookApart fails above the memory that is promised for 200,000 rows.
func BenchmarkWorkbookApart(b *testing.B) {
	const rows = 200_000
	path := largeBook(b, rows)
	most := 0
	for b.Loop() {
		most = max(most, readLarge(b, path, rows))
	}
	if most > mostMemory {
		b.Errorf("%d MB", most>>20)
	}
	b.ReportMetric(float64(most)/(1<<20), "MB")
	b.ReportMetric(float64(rows*b.N)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkCSVApart is what the way through another process costs.
func BenchmarkCSVApart(b *testing.B) {
	const rows = 1_000_000
	most := 0
	for b.Loop() {
		from, to := io.Pipe()
		go func() {
			_, _ = io.WriteString(to, "姓名,手机,邮箱,备注\n")
			block := strings.Repeat("王伟,13800138000,guest@example.com,喜欢高楼层\n", 1000)
			for range rows / 1000 {
				_, _ = io.WriteString(to, block)
			}
			_ = to.Close()
		}()
		table, err := Apart(context.Background(), from, Options{})
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for ; err == nil; n++ {
			if _, err = table.Next(); n%50_000 == 0 {
				most = max(most, resident(table.(*apart).cmd.Process.Pid))
			}
		}
		if n != rows+1 || !errors.Is(err, io.EOF) {
			b.Fatal(n, err)
		}
	}
	b.ReportMetric(float64(most)/(1<<20), "MB")
	b.ReportMetric(float64(rows*b.N)/b.Elapsed().Seconds(), "rows/s")
}
