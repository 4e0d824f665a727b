package tabular

import (
	"reflect"
	"strings"
	"testing"
)

func TestHeadingsMeanFields(t *testing.T) {
	tests := []struct{ heading, field, kind string }{
		{"姓名", FieldName, ""}, {"客户姓名", FieldName, ""}, {" 姓 名 ", FieldName, ""}, {"名字", FieldName, ""}, {"Full_Name", FieldName, ""}, {"CUSTOMER NAME", FieldName, ""},
		{"姓", FieldFamilyName, ""}, {"Surname", FieldFamilyName, ""}, {"last name", FieldFamilyName, ""}, {"FamilyName", FieldFamilyName, ""},
		{"名", FieldGivenName, ""}, {"given_name", FieldGivenName, ""}, {"First-Name", FieldGivenName, ""},
		{"手机", FieldPhone, ""}, {"手机号码（必填）", FieldPhone, ""}, {"联系电话", FieldPhone, ""}, {"Mobile No.", FieldPhone, ""}, {"电话2", FieldPhone, ""}, {"手機", FieldPhone, ""}, {"手机/电话", FieldPhone, ""}, {"会员手机号", FieldPhone, ""}, {"phone*", FieldPhone, ""},
		{"家庭电话", FieldHomePhone, ""}, {"固定电话", FieldHomePhone, ""}, {"电话（家）", FieldHomePhone, ""}, {"單位電話", FieldWorkPhone, ""}, {"传真", FieldFax, ""},
		{"邮箱", FieldEmail, ""}, {"E-Mail", FieldEmail, ""}, {"电子邮件地址", FieldEmail, ""}, {"Ｅｍａｉｌ", FieldEmail, ""}, {"微信号", FieldWeChat, ""},
		{"生日", FieldBirthDate, ""}, {"出生日期（yyyy-mm-dd）", FieldBirthDate, ""}, {"Date of Birth", FieldBirthDate, ""}, {"DOB", FieldBirthDate, ""},
		{"农历生日", FieldBirthDate, "lunar"}, {"生日(农历)", FieldBirthDate, "lunar"}, {"农历", FieldBirthLunar, ""},
		{"性别", FieldSex, ""}, {"性別", FieldSex, ""}, {"Gender", FieldSex, ""}, {"性别(男/女)", FieldSex, ""},
		{"证件号", FieldDocumentNo, ""}, {"证件号（身份证）", FieldDocumentNo, "id_card"}, {"身份证号码", FieldDocumentNo, "id_card"}, {"护照号", FieldDocumentNo, "passport"}, {"身份证号/护照号", FieldDocumentNo, ""}, {"ID Number", FieldDocumentNo, ""},
		{"soc_sec_id", FieldDocumentNo, "other"}, {"SSN", FieldDocumentNo, "other"}, {"Tax File Number", FieldDocumentNo, "other"}, {"证件类型", FieldDocumentKind, ""},
		{"地址", FieldHomeAddress, ""}, {"address_1", FieldHomeAddress, ""}, {"suburb", FieldCity, ""}, {"城市", FieldCity, ""}, {"省份", FieldProvince, ""}, {"state", FieldProvince, ""}, {"邮编", FieldPostcode, ""}, {"ZIP code", FieldPostcode, ""},
		{"公司", FieldEmployer, ""}, {"单位", FieldEmployer, ""}, {"Employer", FieldEmployer, ""}, {"职务", FieldPost, ""}, {"Title", FieldPost, ""},
		{"车牌号", FieldPlate, ""}, {"会员号", FieldMemberNo, ""}, {"Member No", FieldMemberNo, ""}, {"会员等级", FieldTier, ""}, {"备注", FieldNote, ""}, {"Remarks", FieldNote, ""},
		{"国籍", FieldNationality, ""}, {"语言", FieldLanguage, ""}, {"称呼", FieldAddressAs, ""}, {"曾用名", FieldFormerName, ""}, {"拼音", FieldReading, ""}, {"企业性质", FieldLegalForm, ""}, {"所属行业", FieldTrade, ""},
		{"紧急联系人电话", "", ""}, {"配偶姓名", "", ""}, {"单位地址", "", ""}, {"rec_id", "", ""}, {"customer_id", "", ""}, {"order_date", "", ""}, {"revenue", "", ""}, {"", "", ""}, {"()", "", ""}, {"2026", "", ""}, {"/", "", ""},
		{strings.Repeat("姓名", 500), "", ""},
	}
	for _, tt := range tests {
		m := Guess([]string{tt.heading})[0]
		part := 1
		if tt.field == "" {
			part = 0
		}
		if want := (Mapping{tt.heading, tt.field, part, tt.kind}); m != want {
			t.Errorf("%.40q is %+v, want %q %q", tt.heading, m, tt.field, tt.kind)
		}
	}
}

func TestEverySynonymIsFolded(t *testing.T) {
	for word, m := range synonyms {
		if fold(word) != word {
			t.Errorf("%q can never be met: it folds to %q", word, fold(word))
		}
		if got, ok := understand(word); !ok || got != m {
			t.Errorf("%q is understood as %+v, want %+v", word, got, m)
		}
	}
}

func TestHeadingsTogether(t *testing.T) {
	tests := []struct {
		rule, headings, fields string
		parts                  []int
	}{
		{"name beside surname is the given name", "Name,Surname", "given_name,family_name", []int{1, 1}},
		{"name beside both stays the name", "姓名,姓,名", "name,family_name,given_name", []int{1, 1, 1}},
		{"the contact gives way to the name", "姓名,联系人,联系人电话,手机", "name,,,phone", []int{1, 0, 0, 1}},
		{"a contact alone is the name", "公司名称,联系人,联系人电话", "company_name,name,phone", []int{1, 1, 1}},
		{"a company beside a person employs", "姓名,公司名称", "name,employer", []int{1, 1}},
		{"parts of an address in their order", "address_2,Street_Number,address_1", "home_address,home_address,home_address", []int{3, 1, 2}},
		{"district before street", "地址,区县,城市", "home_address,home_address,city", []int{2, 1, 1}},
		{"a suburb beside its city", "address,suburb,city", "home_address,home_address,city", []int{1, 2, 1}},
		{"several phones in order", "手机1,手机2,电话", "phone,phone,phone", []int{1, 2, 3}},
	}
	for _, tt := range tests {
		var fields []string
		var parts []int
		for _, m := range Guess(strings.Split(tt.headings, ",")) {
			fields, parts = append(fields, m.Field), append(parts, m.Part)
		}
		if got := strings.Join(fields, ","); got != tt.fields || !reflect.DeepEqual(parts, tt.parts) {
			t.Errorf("%s: %s %v", tt.rule, got, parts)
		}
	}
}

func TestMapsOfACommandLine(t *testing.T) {
	headings := []string{"姓名", "Tel No", "X=Y", "", "foo", "Foo"}
	tests := []struct {
		rule     string
		args     string
		noHeader bool
		want     map[int]Mapping
		reason   Reason
	}{
		{"nothing said: guessed", "", false, map[int]Mapping{0: {"姓名", "name", 1, ""}, 1: {"Tel No", "phone", 1, ""}}, ""},
		{"a heading, folded", "tel_no=home_phone", false, map[int]Mapping{1: {"Tel No", "home_phone", 1, ""}}, ""},
		{"a heading with a sign", "x=y=note", false, map[int]Mapping{2: {"X=Y", "note", 1, ""}}, ""},
		{"a number", "4=note", false, map[int]Mapping{3: {"", "note", 1, ""}}, ""},
		{"a kind", "3=document_no:passport", false, map[int]Mapping{2: {"X=Y", "document_no", 1, "passport"}}, ""},
		{"nothing", "姓名=", false, map[int]Mapping{0: {"姓名", "", 0, ""}}, ""},
		{"a dash for nothing", "姓名=-", false, map[int]Mapping{0: {"姓名", "", 0, ""}}, ""},
		{"parts are counted anew", "3=phone", false, map[int]Mapping{1: {"Tel No", "phone", 1, ""}, 2: {"X=Y", "phone", 2, ""}}, ""},
		{"numbers without headings", "2=name 4=phone", true, map[int]Mapping{0: {}, 1: {"", "name", 1, ""}, 3: {"", "phone", 1, ""}}, ""},
		{"the exact heading does not help among two", "foo=note", false, nil, MapAmbiguous},
		{"no such heading", "bar=note", false, nil, MapColumn},
		{"no such number", "7=note", false, nil, MapColumn},
		{"zero", "0=note", true, nil, MapColumn},
		{"a heading without headings", "姓名=name", true, nil, MapColumn},
		{"no sign", "姓名", false, nil, MapSyntax},
		{"no column", "=name", false, nil, MapSyntax},
		{"no key of a field", "姓名=Name!", false, nil, MapField},
		{"twice", "1=name 姓名=note", false, nil, MapTwice},
	}
	for _, tt := range tests {
		got, err := ParseMaps(strings.Fields(tt.args), headings, tt.noHeader)
		if ReasonOf(err) != tt.reason {
			t.Errorf("%s: %v", tt.rule, err)
		}
		for i, m := range tt.want {
			if i >= len(got) || got[i] != m {
				t.Errorf("%s: column %d in %+v", tt.rule, i+1, got)
			}
		}
	}
}
