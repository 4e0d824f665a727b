package imports

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"

	"shuke/models/fault"
	"shuke/models/tabular"
	wb "shuke/models/workbook/workbooktest"
)

// uploaded are options for content that is in no file.
func uploaded(content []byte) Options {
	o := options("/nowhere/upload.csv")
	o.Open = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }
	return o
}

func TestUploadsAreReadWhateverTheyAre(t *testing.T) {
	s := openShop(t)
	for what, content := range map[string][]byte{
		"CSV":      []byte("姓名,手机\n王伟,13810510001\n"),
		"workbook": sheet(wb.Texts("姓名", "手机"), wb.Of(wb.Text("李娜"), wb.Number("13810510002"))),
		"cards":    []byte(card("3.0", "FN:赵强", "TEL:13810510003")),
	} {
		r := s.run(t, uploaded(content))
		if r.Created != 1 || r.Total != 1 {
			t.Errorf("%s: %+v", what, r)
		}
		if again := s.run(t, uploaded(content)); !again.Already {
			t.Errorf("%s a second time: %+v", what, again)
		}
	}
	if names := s.strings(t, "SELECT DISTINCT file_name FROM imports"); len(names) != 1 || names[0] != "upload.csv" {
		t.Errorf("names %q", names)
	}
}

func TestAnUploadThatCannotBeReadIsNoFaultOfTheFile(t *testing.T) {
	s := openShop(t)
	o, lost := uploaded(nil), errors.New("a piece is gone")
	o.Open = func() (io.ReadCloser, error) { return nil, lost }
	if _, err := s.imports.Run(context.Background(), o); !errors.Is(err, lost) || fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
}

func TestAHostileFileIsRefusedAndTheNextOneTaken(t *testing.T) {
	s := openShop(t)
	for key, content := range map[string][]byte{
		"import.file.xml_entities": wb.Book{Parts: map[string]string{"xl/workbook.xml": `<!DOCTYPE x [<!ENTITY a "b">]><workbook/>`}}.Bytes(),
		"import.file.too_heavy":    wb.Book{Parts: map[string]string{"xl/styles.xml": string(bytes.Repeat([]byte(" "), 20<<20))}}.Bytes(),
		"import.file.beyond_sheet": sheet(wb.Texts("姓名"), wb.Row{Number: 2_000_000, Cells: []wb.Cell{wb.Text("王")}}),
		"import.file.file_damaged": sheet(wb.Texts("姓名"))[:400],
		"import.file.wrong_type":   []byte("%PDF-1.7"),
	} {
		_, err := s.imports.Run(context.Background(), uploaded(content))
		f, is := err.(*fault.Error)
		if !is || f.Kind != fault.Invalid || f.Text.Key != key {
			t.Errorf("%v, want %s", err, key)
		}
	}
	if n := s.count(t, "SELECT COUNT(*) FROM imports"); n != 0 {
		t.Errorf("%d imports were begun", n)
	}
	if r := s.run(t, uploaded(sheet(wb.Texts("姓名"), wb.Texts("王伟")))); r.Created != 1 {
		t.Errorf("then %+v", r)
	}
}

func TestSheetsOfAWorkbookAreTablesOfTheirOwn(t *testing.T) {
	s := openShop(t)
	book := wb.Book{Sheets: []wb.Sheet{{Name: "一月", Rows: []wb.Row{wb.Texts("姓名", "手机"), wb.Of(wb.Text("王伟"), wb.Number("13810520001"))}},
		{Name: "二月", Rows: []wb.Row{wb.Texts("姓名", "手机"), wb.Of(wb.Text("李娜"), wb.Number("13810520002"))}}}}.Bytes()
	first := s.run(t, uploaded(book))
	o := uploaded(book)
	o.Sheet = "二月"
	second := s.run(t, o)
	if first.Sheet != "一月" || second.Sheet != "二月" || first.Created != 1 || second.Created != 1 || second.Skipped != 0 || second.Already {
		t.Errorf("%+v\n%+v", first, second)
	}
	o.Sheet = "一月" // named now, and the same table
	if third := s.run(t, o); !third.Already {
		t.Errorf("%+v", third)
	}
}

func TestAnImportOfAWorkbookGoesOnWhereItWasCutShort(t *testing.T) {
	s := openShop(t)
	s.imports.batchRows = 2
	rows := []wb.Row{wb.Texts("姓名", "手机")}
	for i := range 9 {
		rows = append(rows, wb.Of(wb.Text("客人"+string(rune('甲'+i))), wb.Number("1381053000"+string(rune('0'+i)))))
	}
	o := uploaded(sheet(rows...))
	ctx, cancel := context.WithCancel(context.Background())
	o.Progress = func(r Report) {
		if r.Rows >= 4 {
			cancel()
		}
	}
	if _, err := s.imports.Run(ctx, o); !errors.Is(err, context.Canceled) {
		t.Fatalf("cut short: %v", err)
	}
	o.Progress = nil
	r := s.run(t, o)
	if !r.Resumed || r.Created != 9 || r.Rows != 9 || s.count(t, "SELECT COUNT(*) FROM customers") != 9 {
		t.Errorf("%+v", r)
	}
}

func TestCardsHaveHeadingsAlsoWhenSomebodySaysTheyHaveNone(t *testing.T) {
	s := openShop(t)
	o := uploaded([]byte(card("3.0", "FN:王伟", "TITLE:经理")))
	o.NoHeader, o.Maps = true, []string{"TITLE=note"}
	r := s.run(t, o)
	if got := s.known(t, s.byLine(t, r.ImportID, 1)); r.Kind != tabular.VCard || len(got["note"]) != 1 || got["note"][0] != "经理" {
		t.Errorf("%+v %v", r, got)
	}
}
