package fias

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// cut reads a stream to its end, in words: bodies as they are, reasons in
// brackets.
func cut(t testing.TB, r io.Reader) []string {
	t.Helper()
	var out []string
	f := newFrames(r)
	for {
		p, err := f.next()
		switch {
		case err != nil:
			if cap(f.body) > 2*longest {
				t.Errorf("keeps %d bytes", cap(f.body))
			}
			return out
		case p.wrong != "":
			out = append(out, "["+string(p.wrong)+"]")
		default:
			out = append(out, string(p.body))
		}
	}
}

func TestStreamIsCutIntoRecordsAndGarbageIsSkipped(t *testing.T) {
	long := strings.Repeat("A", longest)
	for name, c := range map[string]struct {
		stream string
		want   []string
	}{
		"two":                    {"\x02LS|\x03\x02LA|\x03", []string{"LS|", "LA|"}},
		"line ends between":      {"\x02LS|\x03\r\n \x00\x02LA|\x03", []string{"LS|", "LA|"}},
		"noise between":          {"xx\x02LS|\x03LRC\x02LA|\x03", []string{"[noise]", "LS|", "[noise]", "LA|"}},
		"an end without a begin": {"I|RN1|\x03\x02LA|\x03", []string{"[cut]", "LA|"}},
		"a begin without an end": {"\x02GI|RN1\x02LA|\x03", []string{"[cut]", "LA|"}},
		"empty":                  {"\x02\x03", []string{""}},
		"longest":                {"\x02" + long + "\x03", []string{long}},
		"too long":               {"\x02" + long + "A\x03\x02LA|\x03", []string{"[oversized]", "LA|"}},
		"too long without end":   {"\x02" + strings.Repeat(long, 5) + "\x02LA|\x03", []string{"[oversized]", "LA|"}},
		"endless noise":          {strings.Repeat("x", 2*longest), []string{"[noise]", "[noise]"}},
		"cut by the end":         {"\x02GI|RN1", nil},
	} {
		if d := cmp.Diff(c.want, cut(t, strings.NewReader(c.stream))); d != "" {
			t.Errorf("%s:\n%s", name, d)
		}
		if d := cmp.Diff(c.want, cut(t, iotest.OneByteReader(strings.NewReader(c.stream)))); d != "" {
			t.Errorf("%s, byte by byte:\n%s", name, d)
		}
	}
}

var shanghai = must(time.LoadLocation("Asia/Shanghai"))

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// parsed reads one record in a character set.
func parsed(charset string, body []byte) (Guest, []Reason, error) {
	r, err := parseRecord(decoders[charset](body))
	if err != nil {
		return Guest{}, nil, err
	}
	return guestOf(r, shanghai)
}

func TestGuestIsReadFromItsRecord(t *testing.T) {
	for text, want := range map[string]Guest{
		"GI|RN102|G#12345666|GTMr.|GFAndreas|GNKoehler, Andreas|GLEA|GV0|": {Event: CheckedIn, Room: "102", Reservation: "12345666", Title: "Mr.", FirstName: "Andreas", LastName: "Koehler", Language: "EA", VIP: "0"},
		"GI|RN102|G#7|GSY|SF|GA261120|GD261124|DA261122|TI094200|GN王|GF小明|": {Event: CheckedIn, Room: "102", Reservation: "7", Shared: true, Resync: true, Arrival: "2026-11-20", Departure: "2026-11-24",
			At: time.Date(2026, 11, 22, 1, 42, 0, 0, time.UTC), LastName: "王", FirstName: "小明"},
		"GC|RN101|RO102|G#7|GSN|":             {Event: Changed, Room: "101", OldRoom: "102", Reservation: "7"},
		"GC|RN101|RO101|G#7|":                 {Event: Changed, Room: "101", Reservation: "7"},
		"GO|RN102|GSN|G#7|CS3|SF|":            {Event: CheckedOut, Room: "102", Reservation: "7", Resync: true},
		"GO|G#7|":                             {Event: CheckedOut, Reservation: "7"},
		"GO|RN102|GSN|":                       {Event: CheckedOut, Room: "102"},
		"GI|G# 7 |RN 102 | |":                 {Event: CheckedIn, Room: "102", Reservation: "7"},
		"GI|RN1|G#2|GNLi, Dr.|GFAnna|":        {Event: CheckedIn, Room: "1", Reservation: "2", LastName: "Li, Dr.", FirstName: "Anna"},
		"GI|RN1|G#2|GN王，小明|":                  {Event: CheckedIn, Room: "1", Reservation: "2", LastName: "王", FirstName: "小明"},
		"GI|RN1|G#2|GNLi,|GFAnna|":            {Event: CheckedIn, Room: "1", Reservation: "2", LastName: "Li", FirstName: "Anna"},
		"GI|RN1|G#2|GN, Anna|":                {Event: CheckedIn, Room: "1", Reservation: "2", LastName: ", Anna"},
		"GI|RN1|G#2|GNLi, Anna Maria|GFAnna|": {Event: CheckedIn, Room: "1", Reservation: "2", LastName: "Li", FirstName: "Anna"},
		"GI|RN1|G#2|DA261122|":                {Event: CheckedIn, Room: "1", Reservation: "2"},
	} {
		got, flaws, err := parsed("utf-8", []byte(text))
		if err != nil || len(flaws) > 0 || got != want {
			t.Errorf("%s\n got %+v, flaws %v, %v\nwant %+v", text, got, flaws, err, want)
		}
	}
}

func TestRecordThatTellsNobodyIsSkippedWithItsReason(t *testing.T) {
	for text, want := range map[string]Reason{
		"":                Malformed,
		"|":               Malformed,
		"gi|RN1|G#2|":     Malformed,
		"GIX|RN1|G#2|":    Malformed,
		"GI|RN1|x|G#2|":   Malformed,
		"GI|RN1|G#2|G#3|": Malformed,
		"GI|RN1|GNWang|":  NoReservation,
		"GI|RN1|G#\xff|":  NoReservation,
		"GI|RN1|G#\x01|":  NoReservation,
		"GI|RN1|G#" + strings.Repeat("1", longestKey+1) + "|": NoReservation,
		"GO|RN1|G#\xff|": NoReservation, // not everybody in the room
		"GO|RN1|GSY|":    NoReservation, // one of several, and nobody knows who
		"GO|":            NoRoom,
		"GI|G#2|GNWang|": NoRoom,
		"GC|G#2|RN\xff|": NoRoom,
	} {
		g, _, err := parsed("utf-8", []byte(text))
		if !errors.Is(err, want) {
			t.Errorf("%q: %+v, %v; want %v", text, g, err, want)
		}
	}
}

func TestFieldThatCannotBeReadIsLeftOut(t *testing.T) {
	for text, want := range map[string]Reason{
		"GI|RN1|G#2|GN\xcd\xf5|GFLi|":      BadText,
		"GI|RN1|G#2|GNWa\x07ng|GFLi|":      BadText,
		"GI|RN1|G#2|GA261301|GFLi|":        BadDate,
		"GI|RN1|G#2|GD26113|GFLi|":         BadDate,
		"GI|RN1|G#2|DA261122|TI2561|GFLi|": BadDate,
		"GI|RN1|G#2|GSX|GFLi|":             BadFlag,
	} {
		g, flaws, err := parsed("utf-8", []byte(text))
		if err != nil || cmp.Diff([]Reason{want}, flaws) != "" || g != (Guest{Event: CheckedIn, Room: "1", Reservation: "2", FirstName: "Li"}) {
			t.Errorf("%q: %+v, flaws %v, %v", text, g, flaws, err)
		}
	}
	g, flaws, err := parsed("utf-8", []byte("GI|RN1|G#2|GF"+strings.Repeat("李", longestName+9)+"|"))
	if err != nil || g.FirstName != strings.Repeat("李", longestName) || cmp.Diff([]Reason{TooLong}, flaws) != "" {
		t.Errorf("long name: %d characters, %v, %v", len([]rune(g.FirstName)), flaws, err)
	}
}

// In GB 18030 the second half of a character may be the bar between two fields.
func TestCharactersOfEachSetAreRead(t *testing.T) {
	for charset, name := range map[string]string{"utf-8": "䶮 王", "gb18030": "瓅 䶮", "windows-1252": "Müller–Šulc"} {
		text := "GI|RN1|G#2|GN" + name + "|GFa|"
		body := []byte(text)
		switch charset {
		case "gb18030":
			body = must(simplifiedchinese.GB18030.NewEncoder().Bytes(body))
			if bytes.Count(body, []byte("|")) <= strings.Count(text, "|") {
				t.Errorf("the name in %s shows nothing: no character of it holds a bar", charset)
			}
		case "windows-1252":
			body = []byte("GI|RN1|G#2|GNM\xfcller\x96\x8aulc|GFa|")
		}
		g, flaws, err := parsed(charset, body)
		if err != nil || len(flaws) > 0 || g.LastName != name || g.FirstName != "a" {
			t.Errorf("%s: %+v, %v, %v", charset, g, flaws, err)
		}
	}
}

// Where the settings name the wrong character set, a guest is in the right room
// without a name.
func TestWrongCharacterSetCostsTheNameAlone(t *testing.T) {
	body := must(simplifiedchinese.GB18030.NewEncoder().Bytes([]byte("GI|RN102|G#7|GN王|GF小明|")))
	g, flaws, err := parsed("utf-8", body)
	if err != nil || g.Room != "102" || g.Reservation != "7" || g.LastName != "" || len(flaws) == 0 {
		t.Errorf("%+v, %v, %v", g, flaws, err)
	}
}

func TestReasonsTellNothingOfTheRecord(t *testing.T) {
	for _, r := range append(append([]Reason{}, SkipReasons...), FlawReasons...) {
		if len(r) == 0 || len(r) > 20 || strings.Trim(string(r), "abcdefghijklmnopqrstuvwxyz_") != "" {
			t.Errorf("%q is no reason", r)
		}
	}
}

func FuzzStream(f *testing.F) {
	for _, seed := range []string{
		"\x02GI|RN102|G#12345666|GTMr.|GFAndreas|GNKoehler, Andreas|GLEA|GV0|\x03", "\x02GC|RN101|RO102|G#1|GSY|DA261122|TI010203|\x03x\x02GO|RN1|\x03",
		"\x02GI|G#\xff|RN\x81\x30\x81\x30|GN\xe7\x8e\x8b|GA999999|\x03", "\x03\x03\x02\x02|||\x03", "\x02GI|G#1|RN1|GN,|GF|GN,,，|\x03",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, stream []byte) {
		for _, body := range cut(t, bytes.NewReader(stream)) {
			for charset, decode := range decoders {
				r, _ := parseRecord(decode([]byte(body)))
				g, flaws, err := guestOf(r, shanghai)
				if err != nil || g.Event == 0 {
					continue
				}
				if g.Reservation == "" && (g.Event != CheckedOut || g.Room == "" || g.Shared) || g.Room == "" && g.Event != CheckedOut {
					t.Errorf("%s: %q tells nobody: %+v", charset, body, g)
				}
				for _, v := range []string{g.Reservation, g.Room, g.OldRoom, g.LastName, g.FirstName, g.Title, g.Language, g.VIP} {
					if strings.ContainsAny(v, "|\x02\x03\x00") || strings.Contains(v, unreadable) || len([]rune(v)) > longestName {
						t.Errorf("%s: %q gave %q, flaws %v", charset, body, v, flaws)
					}
				}
			}
		}
	})
}
