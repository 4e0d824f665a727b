//go:build soak

package soak

import (
	"archive/zip"
	"bufio"
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// cuts is how often an import is killed.
const cuts = 20

// Memory that an import may take, in bytes, whatever the size of its file: the
// program and the process that reads the file for it.
const mostMemory = 300 << 20

// An import of a large file that is killed at random moments ends in exactly what
// one that nobody touched ends in.
func TestSoakImportsOfLargeFilesKilled(t *testing.T) {
	texts := list(t, 1, number(t, "SHUKE_SOAK_CSV", 1_000_000))
	sheets := workbook(t, list(t, 2, number(t, "SHUKE_SOAK_XLSX", 200_000)))
	onBoth(t, func(t *testing.T, h *house) {
		dice, uncut := dice(t), h.another()
		for _, path := range []string{texts, sheets} {
			took := uncut.takes(path)
			done := 0
			for running := true; running && done < cuts; {
				p := start(t, "", h.env(), binary, taking(path)...)
				select {
				case <-p.ended:
					running = false
				case <-time.After(time.Duration(dice.Int64N(int64(took) * 3 / (2 * cuts)))):
					p.kill()
					done++
				}
			}
			if done < cuts/2 {
				t.Errorf("it was killed %d times only before its end", done)
			}
			h.takes(path)
		}
		want, got := uncut.open(), h.open()
		defer want.close()
		defer got.close()
		was, is := imported(t, want), imported(t, got)
		t.Logf("%d customers and outcomes compared", len(was))
		if len(was) < 1000 || !maps.Equal(was, is) {
			t.Errorf("what was cut %d times differs from what was not: %d and %d", cuts, len(is), len(was))
		}
	})
}

// takes imports a file to its end, and holds the memory it took against the limit.
func (h *house) takes(path string) time.Duration {
	h.t.Helper()
	began := time.Now()
	p := start(h.t, "", h.env(), binary, taking(path)...)
	if code, err := p.wait(time.Hour); err != nil || code != 0 {
		h.t.Fatalf("%d, %v: %s", code, err, p.out.tail())
	}
	took := time.Since(began)
	used := p.cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10
	h.t.Logf("%s: %v, %d MB at the most", path[strings.LastIndex(path, ".")+1:], took.Round(time.Second), used>>20)
	if used > mostMemory {
		h.t.Errorf("%d MB", used>>20)
	}
	return took
}

// workbook writes a list as a workbook of one sheet, as programs write them.
func workbook(t *testing.T, from string) string {
	t.Helper()
	in, err := os.Open(from)
	must(t, err)
	defer in.Close()
	path := strings.TrimSuffix(from, ".csv") + ".xlsx"
	out, err := os.Create(path)
	must(t, err)
	defer out.Close()
	z := zip.NewWriter(out)
	part := func(name, text string) io.Writer {
		w, err := z.Create(name)
		must(t, err)
		_, err = io.WriteString(w, xml.Header+text)
		must(t, err)
		return w
	}
	part("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`)
	part("_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	part("xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="客人" sheetId="1" r:id="r1"/></sheets></workbook>`)
	part("xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`)
	w := bufio.NewWriter(part("xl/worksheets/sheet1.xml", `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`))
	rows := csv.NewReader(in)
	for n := 1; ; n++ {
		row, err := rows.Read()
		if err == io.EOF {
			break
		}
		must(t, err)
		fmt.Fprintf(w, `<row r="%d">`, n)
		for i, cell := range row {
			fmt.Fprintf(w, `<c r="%c%d" t="inlineStr"><is><t>`, 'A'+i, n)
			must(t, xml.EscapeText(w, []byte(cell)))
			io.WriteString(w, `</t></is></c>`)
		}
		io.WriteString(w, `</row>`)
	}
	io.WriteString(w, `</sheetData></worksheet>`)
	must(t, w.Flush())
	must(t, z.Close())
	return path
}
