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
