package tabular

import (
	"bytes"
	"compress/gzip"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

func TestFormatsAreKnownByTheirContent(t *testing.T) {
	all := samples(t)
	for text, want := range map[string]Kind{
		all["csv"]: CSV, all["gzip"]: CSV, all["book"]: XLSX, all["cards"]: VCard, "": CSV, "begin:vcard": VCard, " \r\n\tBEGIN:VCARD": VCard, "\xEF\xBB\xBFBEGIN:VCARD": VCard,
		"\xFF\xFEB\x00E\x00G\x00I\x00N\x00:\x00V\x00C\x00A\x00R\x00D\x00": VCard, "B\x00E\x00G\x00I\x00N\x00:\x00V\x00C\x00A\x00R\x00D\x00\n\x00": VCard, pack(t, all["cards"]): VCard,
		"姓名,BEGIN:VCARD": CSV,
	} {
		if kind, err := Detect(iotest.HalfReader(strings.NewReader(text))); err != nil || kind != want {
			t.Errorf("%.20q is %q, %v, want %s", text, kind, err, want)
		}
	}
	for text, want := range map[string]Reason{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1": LockedOrOld, pack(t, all["book"]): WrongType, "%PDF-": WrongType, "<html>": WrongType, "\x1f\x8b\x08": FileDamaged} {
		if _, err := Detect(strings.NewReader(text)); ReasonOf(err) != want {
			t.Errorf("%.20q: %v, want %s", text, err, want)
		}
	}
}

func TestAPackedTableThatIsABombIsRefused(t *testing.T) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, "姓名,手机\n"); err != nil {
		t.Fatal(err)
	}
	line := []byte("王," + strings.Repeat("1", 60_000) + "\n")
	for range 2000 {
		if _, err := w.Write(line); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	rows, _, err := everything(OpenTable(&b, Options{}))
	if ReasonOf(err) != TooHeavy || len(rows) == 0 || len(rows) >= 2000 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

// zeros never end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func TestTenGigabytesOfZerosAreSeenThroughAtOnce(t *testing.T) {
	const size = 10 << 30
	for begin, want := range map[string]Reason{"": BinaryContent, "姓名,手机\n": BinaryContent, "PK\x03\x04": TooHeavy, "\x1f\x8b\x08\x00": FileDamaged, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1": LockedOrOld} {
		all := &io.LimitedReader{R: zeros{}, N: size}
		_, _, err := everything(OpenTable(io.MultiReader(strings.NewReader(begin), all), Options{}))
		if ReasonOf(err) != want || size-all.N > 100<<20 {
			t.Errorf("%q and zeros: %v after %d bytes", begin, err, size-all.N)
		}
	}
}

func TestPiecesAreOneFile(t *testing.T) {
	whole := bytes.Repeat([]byte("0123456789"), pieceSize/4)
	p, err := readPieces(bytes.NewReader(whole), int64(len(whole)))
	if err != nil || p.size != int64(len(whole)) {
		t.Fatal(err)
	}
	if err := iotest.TestReader(io.NewSectionReader(p, 0, p.size), whole); err != nil {
		t.Error(err)
	}
	if _, err := readPieces(bytes.NewReader(whole), int64(len(whole))-1); ReasonOf(err) != TooHeavy {
		t.Errorf("more than the limit: %v", err)
	}
}

func TestCardsMakeATable(t *testing.T) {
	rows, f, err := everything(OpenTable(strings.NewReader("BEGIN:VCARD\nVERSION:3.0\nN:Doe;John;Q.,R.;Dr.;Jr.\nFN:\nTEL;TYPE=CELL:1\nTEL;TYPE=FAX:2\nTEL:tel:+3;phone-context=x;ext=4\nTEL;TYPE=PAGER:5\n"+
		"EMAIL:a@x\nEMAIL:mailto:b@x\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-03-05\nADR;TYPE=HOME:box;2nd;1 Pine St;Seattle;WA;98101;USA\nADR;TYPE=WORK:;;5 Oak;Tacoma;WA;;\nADR:;;other\n"+
		"ORG:Acme;Unit\nTITLE:Chief\nIMPP:weixin:wx1\nIMPP:xmpp:x\nNOTE:one\nNOTE:two\nX-FOO:1\nPHOTO:x\nEND:VCARD\n"), Options{NoHeader: true}))
	if err != nil || len(rows) != 1 || rows[0].Fault != "" {
		t.Fatalf("%+v %v", rows, err)
	}
	got := map[string]string{}
	for i, h := range f.Headings {
		if rows[0].Cells[i] != "" {
			got[h] = rows[0].Cells[i]
		}
	}
	want := map[string]string{"N (family)": "Doe", "N (given)": "John Q.,R.", "N (prefix)": "Dr.", "TEL": "1\n+3 ext 4", "TEL (fax)": "2", "EMAIL": "a@x; b@x", "BDAY": "--03-05",
		"ADR (street)": "box 1 Pine St 2nd", "ADR (locality)": "Seattle", "ADR (region)": "WA", "ADR (postal code)": "98101", "ADR (work)": "5 Oak, Tacoma WA", "ORG (first part)": "Acme",
		"TITLE": "Chief", "X-WECHAT": "wx1", "NOTE": "one\ntwo"}
	for h, w := range want {
		if got[h] != w {
			t.Errorf("%s is %q, want %q", h, got[h], w)
		}
		delete(got, h)
	}
	if len(got) > 0 {
		t.Errorf("also %q", got)
	}
	if left := []string{"ADR (country)", "ADR (further)", "IMPP", "N (suffix)", "ORG (unit)", "PHOTO", "TEL (pager)", "X-FOO"}; !slices.Equal(f.Ignored, left) {
		t.Errorf("ignored %q", f.Ignored)
	}
}

func TestEveryColumnOfCardsIsAFieldThatGuessKnows(t *testing.T) {
	taken := map[string]string{}
	for _, m := range Guess(cardHeadings()) {
		if m.Field == "" || taken[m.Field] != "" {
			t.Errorf("%s and %s are both %q", m.Heading, taken[m.Field], m.Field)
		}
		taken[m.Field] = m.Heading
	}
	for heading, field := range map[string]string{"FN": FieldName, "N (family)": FieldFamilyName, "TEL": FieldPhone, "TEL (fax)": FieldFax, "BDAY": FieldBirthDate, "X-GENDER": FieldSex, "ADR (locality)": FieldCity, "ORG (first part)": FieldEmployer} {
		if taken[field] != heading {
			t.Errorf("%s is not %s", heading, field)
		}
	}
}
