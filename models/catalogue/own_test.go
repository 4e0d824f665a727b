package catalogue

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestNoShippedFieldHasTheKeyOfAnOwnOne(t *testing.T) {
	for key := range shipped(t) {
		if IsOwn(key) {
			t.Errorf("%s is shipped and has the prefix of a house's own", key)
		}
	}
}

func TestEveryTypeIsOfferedOnce(t *testing.T) {
	offered := Types()
	slices.Sort(offered)
	if all := slices.Sorted(maps.Keys(maxLengths)); !slices.Equal(offered, all) {
		t.Errorf("offered %v\nthere are %v", offered, all)
	}
	for _, f := range shipped(t) {
		if !slices.Contains(offered, f.Type) {
			t.Errorf("%s is of type %s", f.Key, f.Type)
		}
	}
}

func TestBandsOfSealedValuesTellNoValue(t *testing.T) {
	for _, c := range []struct {
		of   Type
		s    Sensitivity
		want string
	}{
		{Choice, Personal, "code"}, {Choice, Sensitive, ""}, {Address, Personal, "region"}, {Address, Sensitive, ""}, {Text, Open, "region"},
		{Date, Sensitive, "age year"}, {Money, Sensitive, "income"}, {Number, Open, ""},
	} {
		if got := strings.Join(BandsOf(c.of, c.s), " "); got != c.want {
			t.Errorf("%s, %s: %q, not %q", c.of, c.s, got, c.want)
		}
	}
}

func TestTypesWidenOnlyWhereValuesStayWhatTheyWere(t *testing.T) {
	for _, from := range Types() {
		for _, to := range Types() {
			masked := func(t Type) bool { return t == Phone || t == Email || t == Document }
			if Widens(from, to) && from != to && (masked(from) || masked(to) || from == Choice || from == Money || from == Date || from == Language) {
				t.Errorf("%s becomes %s", from, to)
			}
			_, most := to.Length()
			if standard, _ := from.Length(); Widens(from, to) && from != to && most < standard {
				t.Errorf("%s becomes the shorter %s", from, to)
			}
		}
	}
	if !Widens(Text, LongText) || Widens(LongText, Text) || Widens(Text, Number) {
		t.Error("text, long text and numbers")
	}
}

func TestNamesTellWhatIsSensitive(t *testing.T) {
	for text, want := range map[string]string{
		"血压": "health", "Blood pressure": "health", "慢性病": "health", "Allergies": "health", "过敏原": "health",
		"宗教信仰": "creed", "Religious holidays": "creed", "党派": "politics", "Political leanings": "politics",
		"指纹编号": "biometric", "Fingerprint ID": "biometric", "年薪": "finance", "Bank account": "finance", "Annual income": "finance",
		"宝宝生日": "child", "Child's school": "child", "KIDS": "child", "护照有效期": "document", "Passport expiry": "document",
		"民族": "origin", "性取向": "intimacy", "前科": "crime", "行踪": "whereabouts",
		"高尔夫差点": "", "Golf handicap": "", "佛山分店编号": "", "Pillow": "", "Room facing": "", "Kidderminster": "", "Illustrator": "", "Song list": "", "Personal shopper": "",
		"Ｂａｎｋ": "finance",
	} {
		if got := strings.Join(SensitiveClasses(text), " "); got != want {
			t.Errorf("%q tells %q, not %q", text, got, want)
		}
	}
	if got := SensitiveClasses("口味", "Income of the parents", "孩子"); !slices.Equal(got, []string{"finance", "child"}) {
		t.Errorf("several: %v", got)
	}
}

func TestBenefitsThatSayNothing(t *testing.T) {
	for _, f := range shipped(t) {
		for _, lang := range languages {
			if !SaysSomething(lang, f.Benefit[lang]) {
				t.Errorf("%s: the shipped benefit %q is said to be empty", f.Key, f.Benefit[lang])
			}
		}
	}
	for lang, texts := range map[string][]string{
		"zh-CN": {"", "无", "。。。", "好好好好好好好好", "提升服务质量", "更好的服务。", "提升 客户 体验", "Better tee times", "123456789", "有好处"},
		"en":    {"", "none", "...", "aaaa aaaa aaaa", "Better service.", "Improve customer experience", "to know our customers", "开球时间 is booked ahead", "benefit benefit", "x y z"},
	} {
		for _, text := range texts {
			if SaysSomething(lang, text) {
				t.Errorf("%s: %q says something", lang, text)
			}
		}
	}
	if !SaysSomething("zh-CN", "到店前开球时间就订好了。") || !SaysSomething("en", "Tee times are booked before you come.") {
		t.Error("a benefit is said to be empty")
	}
}

func TestOwnFieldsAreHeldToWhatShippedOnesAre(t *testing.T) {
	groups, err := ShippedGroups()
	if err != nil {
		t.Fatal(err)
	}
	good := shipped(t)["hobby"]
	good.Key = "own_golf"
	if err := good.CheckOwn(groups); err != nil {
		t.Fatal(err)
	}
	for fault, spoil := range map[string]func(*Field){
		"prefix":       func(f *Field) { f.Key = "golf" },
		"no group":     func(f *Field) { f.Group = "golf" },
		"groups":       func(f *Field) { f.Kind, f.CompanyGroup = Both, "life" },
		"record":       func(f *Field) { f.Repeat = "child" },
		"band":         func(f *Field) { f.Band = BandAge },
		"glance":       func(f *Field) { f.Glance = GlanceOccasion },
		"key of imp":   func(f *Field) { f.Repeat, f.ImportKey = RepeatValue, true },
		"only shipped": func(f *Field) { f.Identity = true },
		"purpose":      func(f *Field) { f.Purposes = nil },
		"benefit":      func(f *Field) { f.Benefit = nil },
		"floor":        func(f *Field) { f.Sensitivity, f.See = Sensitive, []string{"floor"} },
	} {
		f := good
		spoil(&f)
		if err := f.CheckOwn(groups); err == nil || !strings.Contains(err.Error(), fault) {
			t.Errorf("%s: %v", fault, err)
		}
	}
}
