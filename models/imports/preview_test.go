package imports

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"shuke/models/modelstest"
	"shuke/policies"
)

func (s *shop) preview(t testing.TB, o Options, rows int) Preview {
	t.Helper()
	p, err := s.imports.Preview(context.Background(), o, rows)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// everything is every row of every table of both databases but the record.
func (s *shop) everything(t *testing.T) string {
	t.Helper()
	var out []string
	for _, table := range []string{"imports", "import_rows", "import_before", "sequences", "customers", "facts", "preferences", "customer_keys", "stays", "stay_totals", "changes", "recents", "webhook_deliveries"} {
		out = append(out, fmt.Sprint(table, s.count(t, "SELECT COUNT(*) FROM "+table)))
	}
	out = append(out, s.strings(t, "SELECT CONCAT(name, next) FROM sequences ORDER BY name")...)
	var keys int
	must(t, s.Keys.Read(context.Background()).Raw("SELECT COUNT(*) FROM data_keys").Row().Scan(&keys))
	return strings.Join(append(out, s.content(t)...), "\n") + fmt.Sprint(keys)
}

// What a preview counts and reports is what a run then does, whatever the size of
// a batch: also where rows meet what earlier rows leave.
func TestAPreviewSaysWhatTheRunThenDoes(t *testing.T) {
	files := map[string]func(h *modelstest.House, path string) Options{
		mixed(90): func(_ *modelstest.House, path string) Options { return mixedOptions(path) },
		mixed(60): func(_ *modelstest.House, path string) Options { return options(path) },
		peopleFile + "\n,13900000002,,,,,,,\n孙七,021-62345678,,,,,,,\n": func(h *modelstest.House, path string) Options {
			o := at(h, ToCustomers, "phone", path)
			o.Create, o.Mode = true, Update
			return o
		},
		"姓名,手机,家庭电话\n王伟,13810020030,021-62345678\n李娜,021-62345678,\n李雷,13810020031,021-62345678\n赵六,021-62345678,\n": func(h *modelstest.House, path string) Options {
			o := at(h, ToCustomers, "phone", path)
			o.Create = true
			return o
		},
		stayHead + ",陈晨,A1,2026-12-01,2026-12-03,预订,,,,,,,\n,,A1,,,在住,801,,,,,,\nM1,,A1,,,离店,,,,,,,\nM2,,A1,,,离店,,,,,,,\n,,A9,,,取消,,,,,,,\n": func(h *modelstest.House, path string) Options {
			return at(h, ToStays, "member_no", path)
		},
		"会员号,偏好,同意\nM1,靠窗,\nM1,对虾过敏,\nM3,靠窗,\n": func(h *modelstest.House, path string) Options { return at(h, ToPreferences, "member_no", path) },
	}
	for text, with := range files {
		for _, batch := range []int{1, 7, 500} {
			h, s := newHouse(t)
			h.AddGuest("王小明", "phone", "13812345678", "member_no", "M1")
			h.AddGuest("李娜", "member_no", "M2")
			s.imports.batchRows = batch
			o := with(h, file(t, text))
			before := s.everything(t)
			p := s.preview(t, o, 1)
			if after := s.everything(t); after != before {
				t.Fatalf("a preview wrote something\n%s\n%s", before, after)
			}
			r := s.run(t, o)
			p.ImportID = r.ImportID
			if a, b := fmt.Sprintf("%+v", p.Report), fmt.Sprintf("%+v", r); a != b {
				t.Errorf("in batches of %d %q\npreview %s\nrun     %s", batch, strings.SplitN(text, "\n", 2)[0], a, b)
			}
		}
	}
}

func TestAPreviewOfAFileThatWasCutShortGoesOnWhereItStopped(t *testing.T) {
	h, s := newHouse(t)
	s.imports.batchRows = 5
	o := at(h, ToCustomers, "email", file(t, mixed(40)))
	o.Create, o.KeepGood = true, true
	ctx, stop := context.WithCancel(context.Background())
	o.Progress = func(r Report) {
		if r.Rows == 10 {
			stop()
		}
	}
	if _, err := s.imports.Run(ctx, o); err == nil {
		t.Fatal("it was not cut short")
	}
	o.Progress = nil
	p := s.preview(t, o, 3)
	if !p.Resumed || len(p.Rows) != 3 || p.Rows[0].Line < 11 {
		t.Errorf("%+v", p.Rows)
	}
	if r := s.run(t, o); p.Created != r.Created || p.Joined != r.Joined || p.Refused != r.Refused {
		t.Errorf("%+v\n%+v", p.Report, r)
	}
	if p := s.preview(t, o, 3); !p.Already || len(p.Rows) != 0 {
		t.Errorf("of what was imported: %+v", p)
	}
}

func TestAPreviewShowsWhatWouldChangeAndMasksWhatIsSensitive(t *testing.T) {
	h, s := newHouse(t)
	wang := h.AddGuest("王小明", "member_no", "M1", "phone", "13812345678", "city", "上海")
	o := at(h, ToCustomers, "member_no", file(t, "会员号,姓名,手机,城市,证件号,喜好\nM1,王小明,13999998888,苏州,E12345678,x\nM2,李娜,,,,\n,赵六,138,,,\n"))
	o.Mode, o.Create = Update, true
	p := s.preview(t, o, 10)
	if len(p.Rows) != 3 {
		t.Fatalf("%+v", p.Rows)
	}
	got := fmt.Sprintf("%+v", p.Rows[0])
	want := fmt.Sprintf("{Line:2 Outcome:joined PublicID:%s Name:王小明 Changes:[{Field:phone Was: Is:139****8888} {Field:city Was:上海 Is:苏州} {Field:document_kind Was: Is:passport} {Field:document_no Was: Is:••••}] Problems:[]}", wang)
	if sorted(got) != sorted(want) {
		t.Errorf("\n%s\nwant\n%s", got, want)
	}
	if r := p.Rows[1]; r.Outcome != Created || r.Name != "李娜" || r.PublicID != "" || len(r.Changes) != 2 {
		t.Errorf("%+v", r)
	}
	if r := p.Rows[2]; r.Outcome != Refused || len(r.Problems) != 1 || r.Problems[0].Reason != PhoneInvalid || len(r.Changes) != 0 || r.PublicID != "" {
		t.Errorf("%+v", r)
	}
	all := fmt.Sprintf("%+v", p)
	for _, secret := range []string{"13999998888", "E12345678", "13812345678"} {
		if strings.Contains(all, secret) {
			t.Errorf("it shows %s", secret)
		}
	}
	if few := s.preview(t, o, 1); len(few.Rows) != 1 {
		t.Errorf("%d rows", len(few.Rows))
	}
}

// sorted makes the order of words no difference.
func sorted(text string) string {
	parts := strings.Fields(strings.NewReplacer("{", " ", "}", " ", "[", " ", "]", " ").Replace(text))
	slices.Sort(parts)
	return strings.Join(parts, " ")
}

func TestWhoPreviewsIsRecordedAsSeeingTheCustomersItMeets(t *testing.T) {
	h, s := newHouse(t)
	h.AddGuest("王小明", "member_no", "M1")
	o := at(h, ToCustomers, "member_no", file(t, "会员号,姓名,城市\nM1,王小明,苏州\nM1,王小明,\n"))
	o.Actor = h.Actor(policies.Custodian)
	s.preview(t, o, 10)
	if n := s.count(t, "SELECT COUNT(*) FROM disclosures WHERE staff_id = ? AND surface = 8", o.Actor.StaffID); n != 1 {
		t.Errorf("%d customers in the ledger", n)
	}
	if e := h.LastEvent(); e.Action != "import.previewed" || e.ActorID != o.Actor.StaffID {
		t.Errorf("%+v", e)
	}
	s.preview(t, o, 0)
	if n := s.count(t, "SELECT COALESCE(SUM(times), 0) FROM disclosures WHERE surface = 8"); n != 1 {
		t.Errorf("a preview that shows no row counts: %d", n)
	}
}

func TestOnlyTheCommandLineAndTheCustodianImport(t *testing.T) {
	h, s := newHouse(t)
	try := func(a policies.Actor) error {
		o := at(h, ToCustomers, "", file(t, "姓名\n王伟\n"))
		o.Actor = a
		_, err := s.imports.Preview(context.Background(), o, 1)
		_, run := s.imports.Run(context.Background(), o)
		if (err == nil) != (run == nil) {
			t.Errorf("%s: preview %v, run %v", a.Role, err, run)
		}
		bad := s.imports.BadRows(context.Background(), a, 1, func(BadRow) error { return nil })
		if run != nil && bad == nil {
			t.Errorf("%s reads bad rows", a.Role)
		}
		return run
	}
	if err := try(h.Actor(policies.Custodian)); err != nil {
		t.Errorf("the custodian: %v", err)
	}
	for _, role := range policies.Roles {
		a := h.Actor(role)
		if err := try(a); (err == nil) != (role == policies.Custodian) {
			t.Errorf("%s: %v", role, err)
		}
		for _, via := range []policies.Via{policies.Token, policies.System, ""} {
			if a.Via, a.Scopes = via, policies.EveryScope; try(a) == nil {
				t.Errorf("%s by %q", role, via)
			}
		}
	}
	unconfirmed := h.Actor(policies.Custodian)
	unconfirmed.EmploymentConfirmed = false
	if try(unconfirmed) == nil {
		t.Error("a custodian whom nobody confirmed")
	}
}

func TestColumnsWithoutHeadingsAreToldByTheirValues(t *testing.T) {
	h, s := newHouse(t)
	for i, no := range []string{"VIP-001", "VIP-002", "VIP-003"} {
		h.AddGuest("客"+chinese(i), "member_no", no)
	}
	rows := "王小明,13812345678,w@example.com,510107197604193547,1985-03-12,沪A12345,VIP-001,2026-01-02,上海\n" +
		"李娜,139 0000 0001,li@example.com,510107197604193547,1990/1/2,浙B23456,VIP-002,2026-01-03,北京\n" +
		"欧阳锋,+86 13900000002,o@example.com,510107197604193547,1970年5月6日,京C34567,VIP-003,2026-01-04,广州\n"
	o := at(h, ToCustomers, "", file(t, rows))
	o.NoHeader = true
	p := s.preview(t, o, 0)
	var got []string
	for _, c := range p.Columns {
		got = append(got, c.Field+" "+c.Why)
		if c.Field != "" && !c.Guessed || c.Field == "" && c.Guessed {
			t.Errorf("%+v", c)
		}
	}
	if want := "name values|phone values|email values|document_no values|birth values|plate values|member_no values| | "; strings.Join(got, "|") != want {
		t.Errorf("%s\nwant %s", strings.Join(got, "|"), want)
	}
	if c := p.Columns[1]; fmt.Sprint(c.Samples) != "[138****5678 139****0001 139****0002]" {
		t.Errorf("%v", c.Samples)
	}
	if c := p.Columns[3]; fmt.Sprint(c.Samples) != "[•••• •••• ••••]" {
		t.Errorf("%v", c.Samples)
	}
	o = at(h, ToCustomers, "", file(t, "姓名,列2,紧急联系人电话,Unnamed: 3\n王小明,13812345678,13900000001,w@example.com\n李娜,13812345679,13900000001,l@example.com\n"))
	p = s.preview(t, o, 0)
	got = nil
	for _, c := range p.Columns {
		got = append(got, c.Field+" "+c.Why)
	}
	if want := "name heading|phone values| |email values"; strings.Join(got, "|") != want {
		t.Errorf("a heading that says what it is not is believed: %s", strings.Join(got, "|"))
	}
	if fmt.Sprint(p.Columns[2].Samples) != "[139****0001 139****0001]" {
		t.Errorf("what is left out is masked too: %v", p.Columns[2].Samples)
	}
	if r := s.run(t, o); r.Created != 2 || len(s.known(t, s.byLine(t, r.ImportID, 2))["phone"]) != 1 {
		t.Errorf("%+v", r)
	}
}

func TestWhatWasSaidOfColumnsIsRemembered(t *testing.T) {
	h, s := newHouse(t)
	o := at(h, ToCustomers, "", file(t, "姓名,常用,旧号\n王伟,13810020030,a\n"))
	o.Maps = []string{"常用=phone", "旧号=member_no"}
	s.run(t, o)
	o = at(h, ToCustomers, "", file(t, "姓名,常用,旧号\n李娜,13810020031,b\n"))
	why := func(p Preview) (out []string) {
		for _, c := range p.Columns {
			out = append(out, c.Field+" "+c.Why)
		}
		return out
	}
	if got := strings.Join(why(s.preview(t, o, 0)), "|"); got != "name heading|phone remembered|member_no remembered" {
		t.Error(got)
	}
	o.Maps = []string{"旧号=-"}
	if got := strings.Join(why(s.preview(t, o, 0)), "|"); got != "name heading|phone remembered| " {
		t.Errorf("what is said now goes before: %s", got)
	}
	if r := s.run(t, o); len(r.Unmapped) != 1 || fmt.Sprint(s.known(t, s.byLine(t, r.ImportID, 2))["phone"]) != "[+8613810020031]" {
		t.Errorf("%+v", r)
	}
	other := at(h, ToCustomers, "", file(t, "姓名,旧号,常用\n李娜,13810020031,b\n"))
	if got := strings.Join(why(s.preview(t, other, 0)), "|"); got != "name heading| | " {
		t.Errorf("other headings: %s", got)
	}
	s.nowhere(t, "旧号")
}

func TestBadRowsComeBackAsTheyWere(t *testing.T) {
	h, s := newHouse(t)
	var b strings.Builder
	b.WriteString("姓名;手机;备注\n")
	for i := range 120 {
		fmt.Fprintf(&b, "王%d;123;\"一;%d\n二\"\n李%d;13810%06d;\n", i, i, i, i)
	}
	r := s.run(t, at(h, ToCustomers, "", file(t, b.String())))
	var rows []BadRow
	a := h.Actor(policies.Custodian)
	must(t, s.imports.BadRows(context.Background(), a, r.ImportID, func(b BadRow) error { rows = append(rows, b); return nil }))
	if len(rows) != 120 || r.Refused != 120 {
		t.Fatalf("%d rows, %+v", len(rows), r)
	}
	for i, row := range rows {
		if want := fmt.Sprintf("[王%d 123 一;%d\n二]", i, i); fmt.Sprint(row.Cells) != want || len(row.Problems) != 1 || row.Problems[0].Column != "手机" || row.Problems[0].Reason != PhoneInvalid || row.Line != row.Problems[0].Line || i > 0 && row.Line <= rows[i-1].Line {
			t.Fatalf("%+v, want %s", row, want)
		}
	}
	headings, err := s.imports.Headings(context.Background(), r.ImportID)
	if err != nil || fmt.Sprint(headings) != "[姓名 手机 备注]" {
		t.Errorf("%v, %v", headings, err)
	}
	if e := h.LastEvent(); e.Action != "import.rows_read" || e.ActorID != a.StaffID {
		t.Errorf("%+v", e)
	}
	stop := fmt.Errorf("enough")
	if err := s.imports.BadRows(context.Background(), a, r.ImportID, func(BadRow) error { return stop }); err != stop {
		t.Errorf("it goes on after an error: %v", err)
	}
}

// A row of which a cell was left out is its customer's: who reads it has seen
// them.
func TestBadRowsOfCustomersAreCounted(t *testing.T) {
	h, s := newHouse(t)
	o := at(h, ToCustomers, "", file(t, "姓名,手机\n王伟,123\n"))
	o.KeepGood = true
	r := s.run(t, o)
	var cells []string
	a := h.Actor(policies.Custodian)
	must(t, s.imports.BadRows(context.Background(), a, r.ImportID, func(b BadRow) error { cells = b.Cells; return nil }))
	if fmt.Sprint(cells) != "[王伟 123]" || s.count(t, "SELECT COUNT(*) FROM disclosures WHERE surface = 8") != 1 {
		t.Errorf("%v", cells)
	}
	s.undo(t, r.ImportID)
	must(t, s.imports.BadRows(context.Background(), a, r.ImportID, func(b BadRow) error { cells = b.Cells; return nil }))
	if cells != nil {
		t.Errorf("a customer who is gone can still be read: %v", cells)
	}
}

func TestUpdateReplacesWhatDiffersAndKeepsItsPast(t *testing.T) {
	h, s := newHouse(t)
	wang := h.AddGuest("王小明", "member_no", "M1", "city", "上海", "employer", "老公司", "phone", "13812345678")
	text := "会员号,城市,公司,手机,姓名\nM1,苏州,,13999998888,王晓明\n"
	add := at(h, ToCustomers, "member_no", file(t, text))
	s.run(t, add) // of a bought list, which is trusted less
	if f, _ := h.Fact(wang, "city.0"); f.Value != "上海" {
		t.Errorf("adding replaced a better value: %s", f.Value)
	}
	update := at(h, ToCustomers, "member_no", add.Path)
	update.Mode = Update
	r := s.run(t, update)
	if r.Already || r.Joined != 1 {
		t.Fatalf("%+v", r)
	}
	city, _ := h.Fact(wang, "city.0")
	employer, _ := h.Fact(wang, "employer.0")
	if c := h.Customer(wang); city.Value != "苏州" || employer.Value != "老公司" || c.Name != "王晓明" || len(c.Phones) != 2 {
		t.Errorf("%s %s %+v", city.Value, employer.Value, c)
	}
	if n := s.count(t, "SELECT COUNT(*) FROM facts WHERE field = 'city' AND state = 1 AND value = '上海' AND ended_by = ?", city.N); n != 1 {
		t.Errorf("what was is not kept")
	}
	for _, o := range []func(*Options){func(o *Options) { o.Key = "" }, func(o *Options) { o.Mode = "replace" }, func(o *Options) { o.Target = "rooms" }} {
		wrong := at(h, ToCustomers, "member_no", file(t, text))
		wrong.Mode = Update
		o(&wrong)
		if _, err := s.imports.Run(context.Background(), wrong); err == nil {
			t.Errorf("%+v", wrong)
		}
	}
}
