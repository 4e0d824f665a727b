package tabular

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	wb "shuke/models/workbook/workbooktest"
)

func TestMain(m *testing.M) {
	ReaderProcess() // this program is also the one that reads apart
	os.Exit(m.Run())
}

// everything reads a table to its end.
func everything(t Table, err error) ([]Row, Format, error) {
	if err != nil {
		return nil, Format{}, err
	}
	defer t.Close()
	var rows []Row
	for {
		row, err := t.Next()
		if errors.Is(err, io.EOF) {
			return rows, t.Format(), nil
		}
		if err != nil {
			return rows, t.Format(), err
		}
		rows = append(rows, row)
	}
}

func samples(t testing.TB) map[string]string {
	return map[string]string{
		"csv":   "\xEF\xBB\xBF名单,,\n姓名,手机,备注\n王\x00伟,1,\"a\nb\"\n,,\n李,2,3,4\n赵,1,\n",
		"gzip":  pack(t, "姓名\t手机\n王\t1\n"),
		"cards": "BEGIN:VCARD\nVERSION:3.0\nFN:王伟\nTEL:1\nTEL:2\nPHOTO:x\nno line\nEND:VCARD\nBEGIN:VCARD\nFN:李\n",
		"book": string(wb.Book{Date1904: true, Sheets: []wb.Sheet{{Name: "空"}, {Name: "客户", Rows: []wb.Row{wb.Texts("姓名", "生日", "备注"), wb.Of(wb.Text("王"), wb.Formatted("31475", "#14"), wb.Formula("A1", "5")),
			{}, wb.Of(wb.Text("李"), wb.Formatted("-1", "#14"), wb.Formatted("31475", "#16"))}}}}.Bytes()),
	}
}

func TestApartGivesWhatReadingHereGives(t *testing.T) {
	for what, text := range samples(t) {
		here, format, err := everything(OpenTable(strings.NewReader(text), Options{}))
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		there, its, err := everything(Apart(context.Background(), iotest.OneByteReader(strings.NewReader(text)), Options{}))
		if err != nil {
			t.Fatalf("%s apart: %v", what, err)
		}
		if !reflect.DeepEqual(there, here) || !reflect.DeepEqual(its, format) {
			t.Errorf("%s\nthere %+v\nhere  %+v\n%+v\n%+v", what, there, here, its, format)
		}
	}
}

func TestApartTakesOptionsAlong(t *testing.T) {
	book := wb.Book{Sheets: []wb.Sheet{{Name: "a", Rows: []wb.Row{wb.Texts("x")}}, {Name: "王伟", State: "hidden", Rows: []wb.Row{wb.Texts("y")}}}}.Bytes()
	rows, format, err := everything(Apart(context.Background(), bytes.NewReader(book), Options{Sheet: "王伟", NoHeader: true}))
	if err != nil || len(rows) != 1 || rows[0].Cells[0] != "y" || format.Sheet != "王伟" {
		t.Errorf("%+v %+v %v", rows, format, err)
	}
}

func TestRefusalsComeBackFromApart(t *testing.T) {
	for want, text := range map[Reason]string{
		LockedOrOld: "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", NotWorkbook: string(wb.Zip(map[string]string{"a": "b"})), EmptyFile: " ", NoRows: "姓名,手机\n", NoHeader: "王,13810020030\n",
		WrongType: "%PDF-1.4", FileDamaged: "PK\x03\x04", NoSuchSheet: samples(t)["book"],
	} {
		if _, _, err := everything(Apart(context.Background(), strings.NewReader(text), Options{Sheet: map[bool]string{true: "x"}[want == NoSuchSheet]})); ReasonOf(err) != want {
			t.Errorf("%s: %v", want, err)
		}
	}
	_, err := Apart(context.Background(), strings.NewReader("a"), Options{Encoding: "klingon"})
	var e *Error
	if !errors.As(err, &e) || e.Item != "klingon" {
		t.Errorf("what a refusal speaks of: %v", err)
	}
}

// wide is a sheet of so many rows of numbers, hard enough to pack.
func wide(rows int) []byte {
	var b strings.Builder
	b.WriteString(`<worksheet><sheetData><row><c t="str"><v>姓名</v></c></row>`)
	x := uint32(1)
	for range rows {
		x = x*1664525 + 1013904223
		fmt.Fprintf(&b, "<row><c><v>%d</v></c></row>", x)
	}
	return wb.Book{Sheets: []wb.Sheet{{Name: "s", XML: b.String() + "</sheetData></worksheet>"}}}.Bytes()
}

// heavy are shared texts of so many megabytes.
func heavy(size int) []byte {
	var block strings.Builder
	x := uint32(1)
	for block.Len() < 30_000 {
		x = x*1664525 + 1013904223
		block.WriteByte('a' + byte(x>>24)%26)
	}
	one := "<si><t>" + block.String() + "</t></si>"
	return wb.Book{Sheets: []wb.Sheet{{Name: "s", Rows: []wb.Row{wb.Texts("姓名"), wb.Texts("王")}}},
		Parts: map[string]string{"xl/sharedStrings.xml": "<sst>" + strings.Repeat(one, size<<20/len(one)) + "</sst>"}}.Bytes()
}

func TestAFileThatUsesTooMuchEndsItsReaderAlone(t *testing.T) {
	tight, texts := usual, heavy(40)
	tight.Memory = 80 << 20
	if _, _, err := everything(startApart(context.Background(), bytes.NewReader(texts), Options{}, tight)); ReasonOf(err) != TooHeavy {
		t.Errorf("memory: %v", err)
	}
	if _, _, err := everything(startApart(context.Background(), bytes.NewReader(texts), Options{}, usual)); err != nil {
		t.Errorf("memory that is enough: %v", err)
	}
	short := usual
	short.Seconds = 1
	if _, _, err := everything(startApart(context.Background(), bytes.NewReader(wide(700_000)), Options{}, short)); ReasonOf(err) != TooHeavy {
		t.Errorf("time: %v", err)
	}
}

func TestAReaderThatIsKilledIsAFaultOfTheFile(t *testing.T) {
	table, err := Apart(context.Background(), bytes.NewReader(wide(200_000)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer table.Close()
	if err := table.(*apart).cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	rows, _, err := everything(table, nil)
	if ReasonOf(err) != Crashed || len(rows) >= 200_000 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	if _, again := table.Next(); again != err {
		t.Errorf("then %v", again)
	}
}

func TestAReaderThatTalksNonsenseIsNotBelieved(t *testing.T) {
	ours := command
	defer func() { command = ours }()
	format := `F\002{}`
	for rule, says := range map[string]string{
		"nothing":                              ``,
		"rubbish":                              `what is this`,
		"an endless frame":                     `F\377\377\377\377\377\377\377\377\377\001`,
		"a frame cut short":                    `F\100{}`,
		"a format that is none":                `F\002[]`,
		"rows before the format":               `R\001x`,
		"a refusal without reason":             `X\002{}`,
		"a refusal with a reason that is none": `X\034{"Reason":"../../etc/passwd"}`,
		"a row that is none":                   format + `R\003\377\377\377`,
		"a row with more than it has":          format + `R\004\001\000\000\011`,
		"an unknown frame":                     format + `Q\000`,
		"no end":                               format,
	} {
		command = func(ctx context.Context) *exec.Cmd {
			return exec.CommandContext(ctx, "/bin/sh", "-c", "printf '"+says+"'")
		}
		if _, _, err := everything(Apart(context.Background(), strings.NewReader("a"), Options{})); ReasonOf(err) != Crashed {
			t.Errorf("%s: %v", rule, err)
		}
	}
	command = func(ctx context.Context) *exec.Cmd {
		return exec.CommandContext(ctx, "/bin/sh", "-c", "printf '"+format+`E\002{}`+"'; exit 3")
	}
	if _, _, err := everything(Apart(context.Background(), strings.NewReader("a"), Options{})); ReasonOf(err) != Crashed {
		t.Errorf("an end and then a failure: %v", err)
	}
	command = func(ctx context.Context) *exec.Cmd { return exec.CommandContext(ctx, "/nowhere/at/all") }
	if _, err := Apart(context.Background(), strings.NewReader("a"), Options{}); err == nil || ReasonOf(err) != "" {
		t.Errorf("no program is no fault of the file: %v", err)
	}
	if len(atOnce) != 0 {
		t.Errorf("%d places are still taken", len(atOnce))
	}
}

func TestReadingApartEndsWithItsCaller(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	table, err := Apart(ctx, bytes.NewReader(wide(200_000)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := table.Next(); err != nil {
		t.Fatal(err)
	}
	cancel()
	if _, _, err := everything(table, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	closed, err := Apart(context.Background(), bytes.NewReader(wide(200_000)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := closed.Close(); err != nil || closed.(*apart).cmd.ProcessState == nil {
		t.Errorf("closed: %v, still running", err)
	}
	if _, err := closed.Next(); !errors.Is(err, os.ErrClosed) {
		t.Errorf("read after closing: %v", err)
	}
	if len(atOnce) != 0 {
		t.Errorf("%d places are still taken", len(atOnce))
	}
}

func TestAFailureOfTheFileIsNotTheReaders(t *testing.T) {
	broken := errors.New("disk")
	book := samples(t)["book"]
	for what, begin := range map[string]string{"a workbook": book[:len(book)/2], "rows": "姓名,手机\n" + strings.Repeat("王,1\n", 50_000)} {
		_, _, err := everything(Apart(context.Background(), io.MultiReader(strings.NewReader(begin), iotest.ErrReader(broken)), Options{}))
		if !errors.Is(err, broken) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestAReaderHasNothingButItsFile(t *testing.T) {
	t.Setenv("SHUKE_SECRET", "do not hand on")
	table, err := Apart(context.Background(), bytes.NewReader(wide(200_000)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer table.Close()
	of := fmt.Sprintf("/proc/%d/", table.(*apart).cmd.Process.Pid)
	environment, err := os.ReadFile(of + "environ")
	if err != nil {
		t.Skip("no /proc")
	}
	if strings.Contains(string(environment), "SHUKE") || strings.Contains(string(environment), "PATH") {
		t.Errorf("environment %q", environment)
	}
	limits, err := os.ReadFile(of + "limits")
	if err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]string{"Max file size": "0", "Max core file size": "0", "Max data size": fmt.Sprint(usual.Memory), "Max cpu time": fmt.Sprint(usual.Seconds)} {
		_, rest, _ := strings.Cut(string(limits), line)
		if f := strings.Fields(rest); len(f) < 2 || f[0] != want || f[1] != want && line != "Max cpu time" {
			t.Errorf("%s is not %s", line, want)
		}
	}
	threads, err := filepath.Glob(of + "task/*/stat")
	if err != nil || len(threads) == 0 {
		t.Fatal(threads, err)
	}
	for _, thread := range threads {
		stat, err := os.ReadFile(thread)
		if err != nil {
			continue // a thread that ended meanwhile
		}
		_, rest, _ := strings.Cut(string(stat), ") ")
		if f := strings.Fields(rest); f[16] != fmt.Sprint(politeness) { // the 19th, niceness
			t.Errorf("a thread is as urgent as %s", f[16])
		}
	}
	cwd, err := os.Readlink(of + "cwd")
	if err != nil || cwd != "/" {
		t.Errorf("it stands in %s, %v", cwd, err)
	}
}

func TestOnlySoManyFilesAreReadAtOnce(t *testing.T) {
	var open []Table
	for range cap(atOnce) {
		table, err := Apart(context.Background(), strings.NewReader(samples(t)["csv"]), Options{})
		if err != nil {
			t.Fatal(err)
		}
		open = append(open, table)
	}
	ctx, cancel := context.WithCancel(context.Background())
	waited := make(chan error, 1)
	go func() {
		_, err := Apart(ctx, strings.NewReader("a"), Options{})
		waited <- err
	}()
	cancel()
	if err := <-waited; !errors.Is(err, context.Canceled) {
		t.Errorf("one more: %v", err)
	}
	for _, table := range open {
		_ = table.Close()
	}
	if _, _, err := everything(Apart(context.Background(), strings.NewReader(samples(t)["csv"]), Options{})); err != nil {
		t.Errorf("when there is room again: %v", err)
	}
}

func TestAProgramThatDoesNotStandByStartsNothing(t *testing.T) {
	standing.Store(false)
	defer standing.Store(true)
	if _, err := Apart(context.Background(), strings.NewReader("a,b\n1,2\n"), Options{}); err == nil || ReasonOf(err) != "" {
		t.Errorf("%v", err)
	}
}
