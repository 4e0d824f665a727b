package imports

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"shuke/models/calendar"
)

func TestFebrlIsTakenInWithItsThreeImpossibleBirthsNamed(t *testing.T) {
	path := realData(t, "febrl/dataset1.csv")
	for _, keepGood := range []bool{false, true} {
		t.Run(fmt.Sprintf("keep good %v", keepGood), func(t *testing.T) {
			s := openShop(t)
			o := options(path)
			o.KeepGood = keepGood
			r := s.run(t, o)
			var cells []Problem
			repeats := 0
			for _, p := range r.Problems {
				if p.Reason == NumberRepeats {
					repeats++
					continue
				}
				cells = append(cells, p)
			}
			lines := []int{146, 149, 588}
			if len(cells) != 3 {
				t.Fatalf("problems:\n%s", reasons(Report{Problems: cells}))
			}
			for i, p := range cells {
				if p.Line != lines[i] || p.Column != "date_of_birth" || p.Field != "birth" || p.Reason != BirthInvalid || p.Refused == keepGood {
					t.Errorf("%+v", p)
				}
			}
			want := int64(997)
			if keepGood {
				want = 1000
			}
			if r.Total != 1000 || r.Created != want || r.Refused != 1000-want || !slices.Equal(r.Unmapped, []string{"rec_id"}) {
				t.Errorf("%+v", Report{Total: r.Total, Created: r.Created, Refused: r.Refused, Unmapped: r.Unmapped})
			}
			if n := s.count(t, "SELECT COUNT(*) FROM customers"); int64(n) != want {
				t.Errorf("%d customers", n)
			}
			if n := s.count(t, "SELECT COUNT(*) FROM customers WHERE name = ''"); n != 0 {
				t.Errorf("%d without name", n)
			}
			if keepGood {
				s.febrlNumbers(t, path, r, repeats)
			}
		})
	}
}

// febrlNumbers looks every number up as the product would.
func (s *shop) febrlNumbers(t *testing.T, path string, r Report, repeats int) {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in := csv.NewReader(f)
	in.TrimLeadingSpace = true
	records, err := in.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	lines := map[string][]int{}
	for i, record := range records[1:] {
		number := strings.TrimSpace(record[10])
		lines[number] = append(lines[number], i+2)
	}
	if len(lines) != 550 || repeats != 1000-550 {
		t.Errorf("%d numbers, %d repeats reported", len(lines), repeats)
	}
	for number, at := range lines {
		holders, err := s.customers.Holders(context.Background(), "document_no", number, 50)
		if err != nil || len(holders) != len(at) {
			t.Fatalf("%d of %d found, %v", len(holders), len(at), err)
		}
		id, err := s.customers.ByKey(context.Background(), "document_no", number)
		if want := s.byLine(t, r.ImportID, at[0]); err != nil || len(at) == 1 && id != want || len(at) > 1 && id != 0 {
			t.Fatalf("line %d: customer %d, want %d, %v", at[0], id, want, err)
		}
	}
	first := s.known(t, s.byLine(t, r.ImportID, 3))
	want := map[string][]string{"name": {"lachlan berry"}, "home_address": {"69 giblin street, killarney"}, "city": {"bittern"}, "postcode": {"4814"},
		"province": {"qld"}, "birth": {"1999-02-19"}, "document_kind": {"other"}, "document_no": {"7364009"}}
	if fmt.Sprint(first) != fmt.Sprint(want) {
		t.Errorf("line 3: %v", first)
	}
}

func TestOrdersGiveTheirCustomersByEmail(t *testing.T) {
	s := openShop(t)
	o := options(realData(t, "rfm_orders/rfm_data_orders.csv"))
	o.Key, o.Create, o.Channel = "email", true, "pos"
	r := s.run(t, o)
	if r.Created != 995 || r.Joined != 3911 || r.Refused != 0 || r.Warned != 0 {
		t.Errorf("%+v", r)
	}
	if n := s.count(t, "SELECT COUNT(*) FROM customers"); n != 995 {
		t.Errorf("%d customers", n)
	}
	id, err := s.customers.ByKey(context.Background(), "email", "BRION_stark@rfmail.com")
	if err != nil || id == 0 {
		t.Fatal(id, err)
	}
	if got := s.known(t, id); fmt.Sprint(got) != "map[email:[brion_stark@rfmail.com] name:[Brion Stark]]" {
		t.Errorf("%v", got)
	}
	again := s.run(t, o)
	if !again.Already || again.Created != 995 || s.count(t, "SELECT COUNT(*) FROM import_rows") != 4906 {
		t.Errorf("the second time: %+v", again)
	}
}

// The cases with known answers: expected.json beside the files.
type expectedFile struct {
	File, Format, Outcome string
	Rows                  []expectedRow
	Counts                struct{ Clean, Reject, Skip int }
}

type expectedRow struct {
	Line    int
	Row     int `json:"sheet_row"`
	Clean   *expectedCustomer
	Reject  string
	Field   string
	Salvage *expectedCustomer
	Skip    string
	Also    []struct {
		Clean  *expectedCustomer
		Reject string
		Skip   string
		Join   int
	}
	Never map[string][]string
}

type expectedCustomer struct {
	Name       string
	Phones     []string
	Ext        map[string]string
	Email      string
	Birth      string
	Lunar      bool
	LunarLeap  bool   `json:"lunar_leap"`
	BirthSolar string `json:"birth_solar"`
	Gender     string
	City       string
	Company    string
	Note       string
	IDNumber   string `json:"id_number"`
}

// fields are our names of theirs.
var fields = map[string]string{"phone": "phone", "email": "email", "birth": "birth", "gender": "sex", "city": "city", "company": "employer",
	"note": "note", "id_number": "document_no", "name": "name"}

// facts are the facts that a customer as expected has.
func (c expectedCustomer) facts() map[string][]string {
	out := map[string][]string{}
	for key, v := range map[string]string{"name": c.Name, "email": c.Email, "sex": c.Gender, "city": c.City, "employer": c.Company, "note": c.Note, "document_no": c.IDNumber} {
		if v != "" {
			out[key] = []string{v}
		}
	}
	for _, p := range c.Phones {
		if ext := c.Ext[p]; ext != "" {
			p += ";ext=" + ext
		}
		out["phone"] = append(out["phone"], p)
	}
	slices.Sort(out["phone"])
	switch {
	case c.Birth == "":
	case c.Lunar && c.LunarLeap:
		out["birth"] = []string{"lunar:" + c.Birth[:5] + "L" + c.Birth[5:]}
	case c.Lunar:
		out["birth"] = []string{"lunar:" + c.Birth}
	default:
		out["birth"] = []string{c.Birth}
	}
	return out
}

func TestCasesComeOutAsTheySay(t *testing.T) {
	text, err := os.ReadFile(realData(t, "cases/imports/expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases struct{ Files []expectedFile }
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	for _, keepGood := range []bool{false, true} {
		s := openShop(t)
		for _, c := range cases.Files {
			for i := range c.Rows { // of a sheet the row is what we call its line
				c.Rows[i].Line = max(c.Rows[i].Line, c.Rows[i].Row)
			}
			if c.Format != "tsv" {
				t.Run(fmt.Sprintf("%s keep good %v", filepath.Base(c.File), keepGood), func(t *testing.T) { c.compare(t, s, keepGood) })
			}
		}
	}
}

func (c expectedFile) compare(t *testing.T, s *shop, keepGood bool) {
	before := s.count(t, "SELECT COUNT(*) FROM customers")
	o := options(realData(t, filepath.Join("cases", c.File)))
	o.KeepGood = keepGood
	r := s.run(t, o)
	customers := 0
	for _, row := range c.Rows {
		var problems []Problem
		for _, p := range r.Problems {
			if p.Line == row.Line {
				problems = append(problems, p)
			}
		}
		id := s.byLine(t, r.ImportID, row.Line)
		got := map[string][]string{}
		if id != 0 {
			customers++
			got = s.known(t, id)
			for _, theyHaveNot := range []string{"document_kind", "home_address", "province", "postcode"} {
				delete(got, theyHaveNot)
			}
			slices.Sort(got["phone"])
		}
		var want *expectedCustomer
		switch {
		case row.Clean != nil:
			want = row.Clean
			if len(problems) > 0 {
				t.Errorf("line %d: %v", row.Line, problems)
			}
		case row.Reject != "":
			if len(problems) != 1 || string(problems[0].Reason) != row.Reject || problems[0].Field != fields[row.Field] {
				t.Errorf("line %d: %v, want %s at %s", row.Line, problems, row.Reject, row.Field)
			}
			if keepGood && row.Field != "" && row.Salvage != nil && row.Salvage.Name != "" {
				want = row.Salvage
			}
		}
		facts := map[string][]string{}
		if want != nil {
			facts = want.facts()
			if want.BirthSolar != "" {
				d, err := calendar.ParseDate(got["birth"][0])
				if err == nil {
					d, err = d.Solar()
				}
				if err != nil || d.String() != want.BirthSolar {
					t.Errorf("line %d: born on %v, %v", row.Line, d, err)
				}
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(facts) {
			t.Errorf("line %d: got %v\nwant %v", row.Line, got, facts)
		}
		for field, values := range row.Never {
			for _, v := range values {
				if slices.Contains(got[fields[field]], v) {
					t.Errorf("line %d: %s holds what must never be there", row.Line, field)
				}
			}
		}
	}
	if n := s.count(t, "SELECT COUNT(*) FROM customers") - before; n != customers || !keepGood && n != c.Counts.Clean {
		t.Errorf("%d customers, %d with a row, want %d", n, customers, c.Counts.Clean)
	}
	if int(r.Created) != customers || int(r.Rows) != len(c.Rows) || !keepGood && (int(r.Refused) != c.Counts.Reject || int(r.Skipped) != c.Counts.Skip) {
		t.Errorf("%+v", r)
	}
}
