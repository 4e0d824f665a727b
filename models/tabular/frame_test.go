package tabular

import (
	"bufio"
	"bytes"
	"reflect"
	"strings"
	"testing"
)

func TestRowsComeOverWhole(t *testing.T) {
	for _, row := range []Row{
		{Line: 1, Cells: []string{""}},
		{Line: 1 << 33, Raw: "a,\"b\nc\"", Cells: []string{"甲", "", "😀"}, Fault: ControlCharacter, Bad: []Bad{{2, ControlCharacter}, {3, TooLong}}, Doubts: []Bad{{0, StrayLine}, {1, FormulaValue}}},
		{Line: 2, Fault: TooLong, Raw: strings.Repeat("x", MaxCell)},
		{Line: 3, Cells: make([]string, MaxColumns)},
	} {
		got, err := readRow(string(appendRow(nil, row)))
		if err != nil || !reflect.DeepEqual(got, row) {
			t.Errorf("%.200v %v", got, err)
		}
	}
}

func TestRowsThatNameWhatIsNotThereAreNone(t *testing.T) {
	for rule, row := range map[string]Row{
		"a cell beyond the row":     {Line: 1, Cells: []string{"a"}, Bad: []Bad{{2, CellError}}},
		"a bad cell that is none":   {Line: 1, Cells: []string{"a"}, Bad: []Bad{{0, CellError}}},
		"a doubt beyond the row":    {Line: 1, Cells: []string{"a"}, Doubts: []Bad{{2, CellError}}},
		"no reason":                 {Line: 1, Cells: []string{"a"}, Bad: []Bad{{1, ""}}},
		"a reason that is a path":   {Line: 1, Cells: []string{"a"}, Bad: []Bad{{1, "../x"}}},
		"a fault that is a value":   {Line: 1, Cells: []string{"a"}, Fault: "王伟"},
		"a text that is no text":    {Line: 1, Cells: []string{"\xff"}},
		"more cells than there are": {Line: 1, Cells: make([]string, MaxColumns+2)},
	} {
		if got, err := readRow(string(appendRow(nil, row))); err == nil {
			t.Errorf("%s: %+v", rule, got)
		}
	}
}

// Whatever a process says is a row in order, or none.
func FuzzReadRow(f *testing.F) {
	f.Add(string(appendRow(nil, Row{Line: 7, Raw: "a", Cells: []string{"a", "b"}, Fault: CellError, Bad: []Bad{{2, CellError}}, Doubts: []Bad{{0, StrayLine}}})))
	f.Add("\x01\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01")
	f.Fuzz(func(t *testing.T, s string) {
		row, err := readRow(s)
		if err != nil {
			return
		}
		for _, b := range append(row.Bad, row.Doubts...) {
			if b.Column < 0 || b.Column > len(row.Cells) || b.Reason == "" || strings.ContainsAny(string(b.Reason), "./ \n") {
				t.Fatalf("%+v", row)
			}
		}
		again, err := readRow(string(appendRow(nil, row)))
		if err != nil || !reflect.DeepEqual(again, row) {
			t.Fatalf("%+v became %+v, %v", row, again, err)
		}
	})
}

func TestFramesCutShortAreNone(t *testing.T) {
	var b bytes.Buffer
	w := bufio.NewWriter(&b)
	if err := writeFrame(w, frameRow, []byte("payload")); err != nil {
		t.Fatal(err)
	}
	_ = w.Flush()
	for n := range b.Len() {
		if _, _, err := readFrame(bufio.NewReader(bytes.NewReader(b.Bytes()[:n])), nil); err == nil {
			t.Errorf("%d bytes were a frame", n)
		}
	}
	if kind, payload, err := readFrame(bufio.NewReader(&b), nil); err != nil || kind != frameRow || string(payload) != "payload" {
		t.Errorf("%c %q %v", kind, payload, err)
	}
}
