package demodata_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"shuke/models/demodata"
)

func TestStaffAreFortyOfEveryRoleAndEmployment(t *testing.T) {
	logins := map[string]string{
		"qiantai": "front_desk", "louceng": "floor", "xiaoshou": "sales", "kefu": "service", "yingxiao": "marketing",
		"jingli": "manager", "baoguan": "custodian", "zongjing": "owner", "guanli": "admin", "shenji": "auditor",
	}
	first, seen, employments := map[string]string{}, map[string]bool{}, map[string]int{}
	branches := map[int]int{}
	staff := demodata.New(1).Staff()
	for _, s := range staff {
		if first[s.Role] == "" {
			first[s.Role] = s.Login
		}
		if seen[s.Login] || strings.ContainsFunc(s.Login, func(r rune) bool { return r > unicode.MaxASCII }) {
			t.Errorf("login %q", s.Login)
		}
		seen[s.Login] = true
		employments[s.Employment]++
		branches[s.BranchIndex]++
		if s.Name == "" || s.HiredDaysAgo <= 0 || (s.NoticeDaysAgo < 0) && s.Employment == "regular" && s.LeavesInDays >= 0 {
			t.Errorf("%+v", s)
		}
		if !slices.Contains([]string{"A1", "A2", "A3", "B1", "B2", "B3", "C1", "C2"}, s.PayBand) {
			t.Errorf("%s: pay band %q", s.Login, s.PayBand)
		}
	}
	if len(staff) != 40 || len(branches) != 6 {
		t.Errorf("%d staff in %d branches", len(staff), len(branches))
	}
	for login, role := range logins {
		if first[role] != login {
			t.Errorf("the first %s is %q", role, first[role])
		}
	}
	for _, e := range []string{"regular", "temporary", "intern"} {
		if employments[e] == 0 {
			t.Errorf("nobody is %s", e)
		}
	}
}

// Somebody must be able to approve what another asks for, and somebody must be
// refused for each reason.
func TestCustodiansShowBothSidesOfTheRule(t *testing.T) {
	able, young, leaving := 0, 0, 0
	for _, s := range demodata.New(1).Staff() {
		switch {
		case s.Role != "custodian":
		case s.NoticeDaysAgo >= 0:
			leaving++
		case s.HiredDaysAgo < 3*366:
			young++
		default:
			able++
		}
	}
	if able < 2 || young == 0 || leaving == 0 {
		t.Errorf("%d able, %d young, %d leaving", able, young, leaving)
	}
}

func TestTheGuestsOfTheExampleAreThere(t *testing.T) {
	for _, seed := range []uint64{1, 42} {
		g := demodata.New(seed)
		for i, want := range []struct{ name, tail, as string }{
			{"张慕言", "1234", "张教授"}, {"梁晓薇", "1234", "梁姐"}, {"周明远", "7708", "周总监"}, {"朱梦瑶", "0921", "朱女士"},
		} {
			c := g.Customer(i)
			if value(c, "name") != want.name || !strings.HasSuffix(value(c, "phone"), want.tail) || value(c, "address_as") != want.as {
				t.Errorf("customer %d: %s %s %s", i, value(c, "name"), value(c, "phone"), value(c, "address_as"))
			}
		}
	}
}

func TestNobodyElseHasTheirDigits(t *testing.T) {
	g := demodata.New(1)
	for i := g.Fixed(); i < sample; i++ {
		c := g.Customer(i)
		for _, f := range c.Facts {
			if f.Field == "phone" && strings.HasPrefix(f.Value, "+861") && strings.Contains(f.Value, "1234") {
				t.Errorf("customer %d: %s", i, f.Value)
			}
		}
	}
}

func TestNamesComeFromEverywhere(t *testing.T) {
	scripts := map[string]int{}
	surnames := map[string]int{}
	for _, c := range everybody(t, demodata.New(1), sample) {
		n := value(c, "name")
		for what, is := range map[string]func(rune) bool{
			"hangul": func(r rune) bool { return unicode.Is(unicode.Hangul, r) },
			"arabic": func(r rune) bool { return unicode.Is(unicode.Arabic, r) },
			"dot":    func(r rune) bool { return r == '·' },
			"accent": func(r rune) bool { return r > 0x7f && unicode.Is(unicode.Latin, r) },
			"trad":   func(r rune) bool { return strings.ContainsRune("陳黃張劉鄭", r) },
			"mark":   func(r rune) bool { return r == '\'' },
		} {
			if strings.ContainsFunc(n, is) {
				scripts[what]++
			}
		}
		if strings.ContainsFunc(value(c, "reading"), func(r rune) bool { return unicode.Is(unicode.Katakana, r) }) {
			scripts["kana"]++
		}
		for _, s := range []string{"王", "李", "欧阳", "单", "仇", "解", "翟", "曾"} {
			if strings.HasPrefix(n, s) {
				surnames[s]++
			}
		}
	}
	for _, what := range []string{"hangul", "arabic", "dot", "accent", "trad", "mark", "kana"} {
		if scripts[what] == 0 {
			t.Errorf("no name with %s", what)
		}
	}
	if w := surnames["王"] * 1000 / sample; w < 50 || w > 80 {
		t.Errorf("%d in a thousand are called 王", w)
	}
	for s, n := range surnames {
		if n == 0 {
			t.Errorf("nobody is called %s", s)
		}
	}
}
