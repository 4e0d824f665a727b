package imports

import (
	"context"
	"fmt"
	"os"
	"testing"

	"shuke/models/fault"
	"shuke/policies"
)

func TestRowsAreReadAsPeopleWriteThem(t *testing.T) {
	s := openShop(t)
	for _, c := range []struct{ rule, text, want string }{
		{"halves of an eastern name have no blank between", "姓,名,手机\n欧阳,娜娜,13810020030\n", "map[name:[欧阳娜娜] phone:[+8613810020030]]"},
		{"halves of another name have one", "first name,surname\nMary Ann,O'Neil\n", "map[name:[Mary Ann O'Neil]]"},
		{"one half is a name", "first name,surname\n,waller\n", "map[name:[waller]]"},
		{"parts of an address stand in order", "姓名,门牌号,地址,区\n王伟,12号,南京路,黄浦区\n", "map[home_address:[黄浦区南京路12号] name:[王伟]]"},
		{"a number in two columns is one", "姓名,手机,电话\n王伟,13810020030,+86 138 1002 0030\n", "map[name:[王伟] phone:[+8613810020030]]"},
		{"a second number of a home telephone is one more telephone", "姓名,家庭电话\n王伟,021-62345678/021-62345679\n", "map[name:[王伟] phone:[+862162345678 +862162345679]]"},
		{"two addresses of email in a cell", "姓名,邮箱\n王伟,a@example.com；b@example.com\n", "map[email:[a@example.com b@example.com] name:[王伟]]"},
		{"the solar day beside the lunar one", "姓名,公历生日,农历生日\n王伟,1990-03-05,1990年二月初九\n", "map[birth:[lunar:1990-02-09] name:[王伟]]"},
		{"the day a spreadsheet numbered", "姓名,生日\n王伟,32937\n", "map[birth:[1990-03-05] name:[王伟]]"},
		{"kinds of documents by column", "姓名,证件类型,证件号\nJohn,护照,E12345678\n", "map[document_kind:[passport] document_no:[E12345678] name:[John]]"},
		{"two documents by heading", "姓名,身份证号,护照号\n黄佳慧,510107197604193547,E12345678\n",
			"map[document_kind:[id_card passport] document_no:[510107197604193547 E12345678] name:[黄佳慧]]"},
		{"options by their labels and other words", "姓名,国籍,语言,性别\nJohn,英国籍,英文,先生\n", "map[language:[en] name:[John] nationality:[GB] sex:[male]]"},
		{"words for nothing say nothing", "姓名,手机,邮箱,生日,备注\n王伟,无,N/A,不详,-\n", "map[name:[王伟]]"},
		{"a note keeps its lines", "姓名,备注\n王伟,\"一\r\n二\t三\"\n", "map[name:[王伟] note:[一\n二 三]]"},
		{"a list of companies", "公司名称,联系人,电话,地址\n锦江物流有限公司,王伟,021-62345678,上海南京路\n",
			"map[company_address:[上海南京路] company_name:[锦江物流有限公司] contact_name:[王伟] phone:[+862162345678]]"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			r := s.run(t, options(file(t, c.text)))
			if r.Created != 1 || r.Refused > 0 {
				t.Fatalf("%+v", r)
			}
			if got := fmt.Sprint(s.known(t, s.byLine(t, r.ImportID, 2))); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestBadRowsAreRefusedWithLineColumnAndReason(t *testing.T) {
	s := openShop(t)
	r := s.run(t, options(file(t, `姓名,手机,生日,性别,邮箱,农历,证件类型,证件号
,13810020030,,,,,,
@SUM(1),13810020031,,,,,,
＝1+1,13810020032,,,,,,
王一,138,,,,,,
王二,,2030-01-01,,,,,
王三,,1850-01-01,,,,,
王四,,03/04/1990,,,,,
王五,,,1,,,,
王六,,,,a@b,,,
王七,,1990-03-05,,,也许,,
王八,,,,,,通行本,E12345678
王九,13810020039,,,,,,,x,
""王十,13810020040",,,,,
王十一,1381002,1990-02-30,,,,,
`)))
	want := `2 name name_missing true
3 name formula true
4 name formula true
5 phone phone_invalid true
6 birth birth_future true
7 birth birth_implausible true
8 birth birth_ambiguous true
9 sex gender_unknown true
10 email email_invalid true
11 birth lunar_unknown true
12 document_kind choice_unknown true
13  columns_mismatch true
14  columns_mismatch true
15 phone phone_invalid true
15 birth birth_invalid true`
	if got := reasons(r); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if r.Created != 0 || r.Refused != 14 || r.Problems[3].Column != "手机" {
		t.Errorf("%+v", r)
	}
}

func TestColumnsAreMappedByHand(t *testing.T) {
	s := openShop(t)
	o := options(file(t, "王伟;13810020030;打高尔夫\n李娜;138;\n"))
	o.NoHeader, o.Maps = true, []string{"1=name", "2=phone", "3=hobby"}
	r := s.run(t, o)
	if r.Created != 1 || r.Delimiter != ";" || reasons(r) != "2 phone phone_invalid true" || r.Problems[0].Column != "2" {
		t.Fatalf("%+v", r)
	}
	if got := fmt.Sprint(s.known(t, s.byLine(t, r.ImportID, 1))); got != "map[hobby:[打高尔夫] name:[王伟] phone:[+8613810020030]]" {
		t.Error(got)
	}
}

func TestRowsJoinByKey(t *testing.T) {
	s := openShop(t)
	s.imports.batchRows = 2
	first := s.run(t, options(file(t, "姓名,手机,邮箱\n王伟,13810020030,wang@example.com\n李娜,13810020031,li@example.com\n李强,13810020032,li@example.com\n")))
	o := options(file(t, `姓名,邮箱,城市,手机
王伟,WANG@example.com,上海,13910020030
陌生人,nobody@example.com,,
没有,,,
李家,li@example.com,,
王伟,wang@example.com,北京,13810020030
`))
	o.Key = "email"
	r := s.run(t, o)
	if r.Joined != 2 || r.Created != 0 || reasons(r) != "3 email key_unknown true\n4 email key_unknown true\n5 email key_ambiguous true" {
		t.Fatalf("%+v\n%s", r, reasons(r))
	}
	id := s.byLine(t, first.ImportID, 2)
	want := "map[city:[北京] email:[wang@example.com] name:[王伟] phone:[+8613810020030 +8613910020030]]"
	if got := fmt.Sprint(s.known(t, id)); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if s.byLine(t, r.ImportID, 2) != id || s.byLine(t, r.ImportID, 6) != id {
		t.Error("the rows joined somebody else")
	}
}

func TestBetterTrustedFactsAreNotDisplaced(t *testing.T) {
	s := openShop(t)
	o := options(file(t, "姓名,邮箱,城市\n王伟,wang@example.com,上海\n"))
	o.Channel = "service"
	first := s.run(t, o)
	o = options(file(t, "姓名,邮箱,城市\n王偉,wang@example.com,北京\n"))
	o.Key = "email"
	s.run(t, o)
	if got := fmt.Sprint(s.known(t, s.byLine(t, first.ImportID, 2))); got != "map[city:[上海] email:[wang@example.com] name:[王伟]]" {
		t.Error(got)
	}
}

func TestATelephoneIsNotTheEndOfAnother(t *testing.T) {
	s := openShop(t)
	s.run(t, options(file(t, "姓名,手机\n王伟,13812345678\n")))
	o := options(file(t, "name,phone\nJohn,+1 381 234 5678\nMary,+86 138-1234-5678\n"))
	o.Key, o.Create = "phone", true
	if r := s.run(t, o); r.Joined != 1 || r.Created+r.Refused != 1 {
		t.Errorf("%+v\n%s", r, reasons(r))
	}
}

func TestRepeatedNumbersAreReportedAndTaken(t *testing.T) {
	s := openShop(t)
	s.imports.batchRows = 2
	s.run(t, options(file(t, "name,soc_sec_id\nAda,A555\n")))
	r := s.run(t, options(file(t, "name,soc_sec_id\nBob,A555\nCid,B666\nDan,b-666\nEve,B666\nEve,B666\n")))
	want := "2 document_no number_repeats false\n4 document_no number_repeats false\n5 document_no number_repeats false\n6 document_no number_repeats false"
	if reasons(r) != want || r.Created != 5 || r.Warned != 4 {
		t.Errorf("%+v\n%s", r, reasons(r))
	}
}

func TestWhatCannotBeImportedIsRefusedBeforeAnythingIsWritten(t *testing.T) {
	s := openShop(t)
	good := "姓名,手机\n王伟,13810020030\n"
	for _, c := range []struct {
		rule  string
		spoil func(*Options)
		kind  fault.Kind
		field string
	}{
		{"no channel", func(o *Options) { o.Channel = "" }, fault.Invalid, "channel"},
		{"no source", func(o *Options) { o.Source = " " }, fault.Invalid, "source"},
		{"no key field", func(o *Options) { o.Key = "hobby" }, fault.Invalid, "key"},
		{"a key that no column holds", func(o *Options) { o.Key = "email" }, fault.Invalid, "key"},
		{"a field that does not exist", func(o *Options) { o.Maps = []string{"手机=nothing"} }, fault.Invalid, "map"},
		{"a field that is off", func(o *Options) { o.Maps = []string{"手机=religion"} }, fault.Invalid, "map"},
		{"a column that does not exist", func(o *Options) { o.Maps = []string{"电邮=email"} }, fault.Invalid, "map"},
		{"nobody is named", func(o *Options) { o.Maps = []string{"姓名=-"} }, fault.Invalid, "map"},
		{"no such file", func(o *Options) { o.Path = "/nowhere/list.csv" }, fault.Invalid, ""},
		{"headings only", func(o *Options) { o.Path = file(t, "姓名,手机\n") }, fault.Invalid, ""},
		{"from a browser", func(o *Options) { o.Actor.Via, o.Actor.Role = policies.Browser, policies.Owner }, fault.Denied, ""},
	} {
		o := options(file(t, good))
		c.spoil(&o)
		_, err := s.imports.Run(context.Background(), o)
		e, is := err.(*fault.Error)
		if !is || e.Kind != c.kind || c.field != "" && e.Fields[c.field].Key == "" {
			t.Errorf("%s: %v", c.rule, err)
		}
	}
	if n := s.count(t, "SELECT COUNT(*) FROM imports"); n != 0 {
		t.Errorf("%d imports were begun", n)
	}
}

func TestAFileThatChangesMeanwhileIsNotFinished(t *testing.T) {
	s := openShop(t)
	s.imports.batchRows = 2
	path := file(t, mixed(60))
	o := mixedOptions(path)
	changed := false
	o.Progress = func(Report) {
		if !changed {
			changed = true
			f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				t.Error(err)
				return
			}
			defer f.Close()
			_, _ = f.WriteString("迟到,13900000000,late@example.com,,,\n")
		}
	}
	if _, err := s.imports.Run(context.Background(), o); err != nil && !fault.Is(err, fault.Conflict) {
		t.Error(err)
	}
}
