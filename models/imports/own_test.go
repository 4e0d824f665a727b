package imports

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/policies"
)

// custodian may make fields.
var custodian = policies.Actor{StaffID: 1, Role: policies.Custodian, Status: policies.Active, EmploymentConfirmed: true, Via: policies.Browser}

// own makes a field of the house's own.
func (s *shop) own(t testing.TB, zh, en string, change func(*customer.OwnDraft)) string {
	t.Helper()
	d := customer.OwnDraft{NameZH: zh, NameEN: en, Kind: "individual", Group: "life", Type: "text", Sensitivity: "personal", Purposes: []string{"tailor"},
		BenefitZH: "到店前就按喜好备好，不用再说一遍。", BenefitEN: "It is ready before you come, without asking again.", See: []string{"manager"}, Change: []string{"manager"}}
	if change != nil {
		change(&d)
	}
	key, err := s.customers.AddOwnField(context.Background(), custodian, d, "")
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// editOwn changes a field of the house's own from what it is.
func (s *shop) editOwn(t testing.TB, key string, change func(*customer.OwnDraft)) {
	t.Helper()
	cat, err := s.customers.CurrentCatalogue(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	f, _ := cat.Field(key)
	d := customer.DraftOf(f.Field)
	change(&d)
	if err := s.customers.EditOwnField(context.Background(), custodian, key, d, f.Edition); err != nil {
		t.Fatal(err)
	}
}

// What a card calls a field is what people write above the column.
func TestNamesOnTheCardAreHeadings(t *testing.T) {
	s := openShop(t)
	r := s.run(t, options(file(t, "姓名,手机,爱好,Where they eat,年龄\n王伟,13810020030,围棋,松鹤楼,44\n")))
	if r.Created != 1 || strings.Join(r.Unmapped, ",") != "年龄" {
		t.Errorf("%d made, %v left", r.Created, r.Unmapped)
	}
	if got := s.known(t, s.byLine(t, r.ImportID, 2)); fmt.Sprint(got["hobby"]) != "[围棋]" || len(got) != 4 {
		t.Errorf("%v", got)
	}
}

func TestBothNamesAndTheKeyOfAnOwnFieldAreHeadings(t *testing.T) {
	s := openShop(t)
	key := s.own(t, "高尔夫会籍", "Golf club", nil)
	off := s.own(t, "雪茄", "Cigar", nil)
	s.own(t, "对公账期", "Terms of ours", func(d *customer.OwnDraft) { d.Kind, d.CompanyGroup = "enterprise", "company_dealing" })
	cat, err := s.customers.CurrentCatalogue(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	f, _ := cat.Field(off)
	if err := s.customers.SwitchField(context.Background(), custodian, customer.Switch{Key: off, Reason: "no longer asked", Edition: f.Edition}); err != nil {
		t.Fatal(err)
	}
	for i, heading := range []string{"高尔夫会籍", "客户高尔夫会籍（选填）", "Golf club", "golf_club", key, strings.ToUpper(key)} {
		r := s.run(t, options(file(t, fmt.Sprintf("姓名,%s,雪茄,对公账期\n王%s,观澜湖,是,30 天\n", heading, chinese(i)))))
		if r.Created != 1 || strings.Join(r.Unmapped, ",") != "雪茄,对公账期" {
			t.Errorf("%s: %+v", heading, r)
			continue
		}
		if got := s.known(t, s.byLine(t, r.ImportID, 2))[key]; !slices.Equal(got, []string{"观澜湖"}) {
			t.Errorf("%s: %v", heading, got)
		}
	}
	o := options(file(t, "姓名,球会\n王伟,观澜湖\n"))
	o.Maps = []string{"球会=" + key}
	if r := s.run(t, o); r.Created != 1 || len(r.Unmapped) != 0 {
		t.Errorf("mapped by hand: %+v", r)
	}
	o.Maps = []string{"球会=" + off}
	if _, err := s.imports.Run(context.Background(), o); !fault.Is(err, fault.Invalid) {
		t.Errorf("mapped to a field that is off: %v", err)
	}
	o.Maps = []string{"球会=own_nothing"}
	if _, err := s.imports.Run(context.Background(), o); !fault.Is(err, fault.Invalid) {
		t.Errorf("mapped to a field that is not there: %v", err)
	}
}

func chinese(n int) string { return string([]rune("零一二三四五六七八九")[n]) }

func TestEveryTypeOfAnOwnFieldIsImported(t *testing.T) {
	s := openShop(t)
	for _, c := range []struct{ kind, cell, want, wrong, reason string }{
		{"text", "观澜湖", "观澜湖", "观\x01", "control_character"}, {"long_text", "\"一\n二\"", "一\n二", "一\x01", "control_character"},
		{"choice", "软", "soft", "中", "choice_unknown"}, {"choice", "Hard", "hard", "spare", "choice_unknown"}, {"number", "72杆", "72", "七十", "value_invalid"}, {"money", "¥1280.50", "128050", "1.234", "value_invalid"},
		{"date", "1985/3/12", "1985-03-12", "1985-02-30", "date_invalid"}, {"phone", "138 1234 5678", "+8613812345678", "123", "phone_invalid"}, {"email", "a@example.com", "a@example.com", "a@", "email_invalid"},
		{"address", "杭州北山街 1 号", "杭州北山街 1 号", "杭\x01州", "control_character"}, {"url", "https://example.com/", "https://example.com/", "ftp://x", "value_invalid"},
		{"name", "王小明", "王小明", "123", "name_invalid"}, {"person_name", "李雷", "李雷", "123", "name_invalid"}, {"reading", "wang", "wang", "w\x01", "control_character"},
		{"plate", "浙A·12345", "浙A12345", "车牌", "plate_invalid"}, {"document", "E-1234 5678", "E12345678", "110101199003070039", "id_checksum"}, {"language", "日语", "ja", "no tongue", "choice_unknown"},
	} {
		t.Run(c.kind+" "+c.want, func(t *testing.T) {
			if s.count(t, "SELECT COUNT(*) FROM fields WHERE k = ?", "own_own_"+c.kind) == 0 {
				s.own(t, "自建"+string([]rune(c.kind)[:2])+chinese(len(c.kind)%10), "Own "+c.kind, func(d *customer.OwnDraft) {
					d.Type, d.Sensitivity = c.kind, map[bool]string{true: "sensitive", false: "personal"}[c.kind == "document"]
					d.Options, d.UnitZH, d.UnitEN = "soft | 软 | Soft\nhard | 硬 | Hard\n- spare | 备用 | Spare", "杆", "strokes"
				})
			}
			key := "own_own_" + c.kind
			r := s.run(t, options(file(t, "姓名,"+key+"\n王伟,"+c.cell+"\n李娜,"+c.wrong+"\n")))
			if r.Created != 1 || r.Refused != 1 {
				t.Fatalf("%+v\n%s", r, reasons(r))
			}
			if got := s.known(t, s.byLine(t, r.ImportID, 2))[key]; !slices.Equal(got, []string{c.want}) {
				t.Errorf("%q is kept as %q", c.cell, got)
			}
			if p := r.Problems[0]; p.Field != key || string(p.Reason) != c.reason || p.Column != key {
				t.Errorf("%+v, want %s", p, c.reason)
			}
		})
	}
}

func TestRowsJoinByAnOwnKeyOfImports(t *testing.T) {
	s := openShop(t)
	key := s.own(t, "酒店系统编号", "PMS number", func(d *customer.OwnDraft) { d.ImportKey, d.Sensitivity = true, "sensitive" })
	plain := s.own(t, "高尔夫会籍", "Golf club", nil)
	with := func(key, text string, create bool) (Report, error) {
		o := options(file(t, text))
		o.Key, o.Create = key, create
		return s.imports.Run(context.Background(), o)
	}
	first, err := with(key, "姓名,酒店系统编号,手机\n王伟,P-0001,13810020030\n李娜,P-0002,\n王伟,p0001,13810020031\n", true)
	if err != nil || first.Created != 2 || first.Joined != 1 {
		t.Fatalf("%+v, %v\n%s", first, err, reasons(first))
	}
	second, err := with(key, "PMS number,爱好,邮箱\nP 0001,围棋,wang@example.com\nP-0003,钓鱼,\nP-0002,,li@example.com\n", false)
	if err != nil || second.Joined != 2 || second.Refused != 1 || second.Problems[0].Reason != KeyUnknown {
		t.Fatalf("%+v, %v\n%s", second, err, reasons(second))
	}
	known := s.known(t, s.byLine(t, second.ImportID, 2))
	if fmt.Sprint(known["phone"], known["email"]) != "[+8613810020030 +8613810020031] [wang@example.com]" {
		t.Errorf("%v", known)
	}
	s.nowhere(t, "P-0001")
	for what, wrong := range map[string]string{"no key of imports": plain, "no field": "own_nothing", "a shipped field that is no key": "hobby"} {
		if _, err := with(wrong, "姓名,高尔夫会籍\n王伟,x\n", true); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "key") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := with(key, "姓名,手机\n王伟,13810020030\n", true); !fault.Is(err, fault.Invalid) {
		t.Errorf("no column holds the key: %v", err)
	}
}

// A key whose values are still being indexed would take known customers for new.
func TestAnImportWaitsForTheKeysOfItsField(t *testing.T) {
	s := openShop(t)
	key := s.own(t, "酒店系统编号", "PMS number", nil)
	s.run(t, options(file(t, "姓名,酒店系统编号\n王伟,P-0001\n")))
	s.editOwn(t, key, func(d *customer.OwnDraft) { d.ImportKey = true })
	text := "PMS number,爱好\nP-0001,围棋\n"
	o := options(file(t, text))
	o.Key = key
	if err := s.Main.Read(context.Background()).Exec("UPDATE fields SET work_from = 0 WHERE k = ?", key).Error; err != nil {
		t.Fatal(err)
	}
	if err := s.Main.Read(context.Background()).Exec("UPDATE fields_head SET version = version + 1").Error; err != nil {
		t.Fatal(err)
	}
	if _, err := s.imports.Run(context.Background(), o); !fault.Is(err, fault.Invalid) {
		t.Errorf("the work is not done, and yet: %v", err)
	}
	if left, err := s.customers.Settle(context.Background(), 0); left || err != nil {
		t.Fatal(left, err)
	}
	if r := s.run(t, o); r.Joined != 1 {
		t.Errorf("%+v\n%s", r, reasons(r))
	}
}

// A file half of which was taken when the field changed stops, and goes on when
// it is called again: by the new definition.
func TestAnImportStopsWhenAnOwnFieldChangesUnderIt(t *testing.T) {
	s := openShop(t)
	s.imports.batchRows = 1
	key := s.own(t, "高尔夫会籍", "Golf club", nil)
	o := options(file(t, "姓名,高尔夫会籍\n王伟,"+sentinel+"1\n李娜,"+sentinel+"2\n赵六,"+sentinel+"3\n"))
	changed := false
	o.Progress = func(Report) {
		if !changed {
			changed = true
			s.editOwn(t, key, func(d *customer.OwnDraft) { d.Sensitivity = "sensitive" })
		}
	}
	r, err := s.imports.Run(context.Background(), o)
	if !fault.Is(err, fault.Conflict) || r.Rows != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	o.Progress = nil
	if r = s.run(t, o); !r.Resumed || r.Created != 3 {
		t.Fatalf("%+v\n%s", r, reasons(r))
	}
	if n := s.count(t, "SELECT COUNT(*) FROM facts WHERE field = ? AND sealed IS NOT NULL", key); n != 3 {
		t.Errorf("%d values are sealed", n)
	}
	s.nowhere(t, sentinel)
}
