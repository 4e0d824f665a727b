package imports

import (
	"fmt"
	"strings"
	"testing"

	"shuke/models/tabular"
)

// columnFile writes a file of which one column, the last, under
// a heading, holds what a function makes of the number of its row.
func columnFile(t *testing.T, heading string, n int, cell func(i int) string) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "姓名,城市,%s\n", heading)
	for i := range n {
		fmt.Fprintf(&b, "王%s,苏州,%s\n", chinese(i%10), cell(i))
	}
	return file(t, b.String())
}

// idNumber is a number of an identity card with its check sign.
func idNumber(i int) string {
	seventeen := fmt.Sprintf("110101%d0307%03d", 1950+i, i+1)
	sum := 0
	for at, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(seventeen[at]-'0') * weight
	}
	return seventeen + string("10X98765432"[sum%11])
}

func someMobile(i int) string { return fmt.Sprintf("139%08d", (i*7654321+1234567)%100000000) }

func anyOf(words ...string) func(int) string {
	return func(i int) string { return words[i%len(words)] }
}

// lastColumn is what the last column of a file is taken for.
func (s *shop) lastColumn(t *testing.T, o Options) string {
	t.Helper()
	p := s.preview(t, o, 0)
	c := p.Columns[len(p.Columns)-1]
	if c.Field != "" && (c.Why != ByValues || len(p.ByValues) != 1) {
		t.Errorf("%q is not marked as a guess: %+v %q", c.Heading, c, p.ByValues)
	}
	return c.Field
}

func TestAColumnIsToldByItsValuesWhereItsHeadingSaysNothing(t *testing.T) {
	h, s := newHouse(t)
	for _, c := range []struct {
		what, want string
		rows       int
		cell       func(int) string
	}{
		{"addresses of email", "email", 6, func(i int) string { return fmt.Sprintf("g%d@example.com", i) }},
		{"mobiles", "phone", 6, someMobile},
		{"mobiles as people write them", "phone", 6, func(i int) string { m := someMobile(i); return m[:3] + " " + m[3:7] + "-" + m[7:] }},
		{"landlines", "phone", 6, func(i int) string { return fmt.Sprintf("021-623456%02d", (i*37)%100) }},
		{"landlines in brackets", "phone", 6, func(i int) string { return fmt.Sprintf("（0571）8765432%d", (i*7)%10) }},
		{"telephones of abroad", "phone", 6, func(i int) string { return fmt.Sprintf("+1 206 555 01%02d", (i*37)%100) }},
		{"one in ten is something else", "phone", 20, func(i int) string {
			if i%10 == 3 {
				return "见名片"
			}
			return someMobile(i)
		}},
		{"numbers of identity cards", "document_no", 6, idNumber},
		{"plates", "plate", 6, func(i int) string { return fmt.Sprintf("沪A%d2B4%d", i, i) }},
		{"men and women", "sex", 6, anyOf("男", "女")},
		{"forms of address", "sex", 6, anyOf("先生", "女士", "女士")},
		{"birth dates", "birth", 6, func(i int) string { return fmt.Sprintf("%d-0%d-15", 1995-(i*17)%45, i+1) }},

		{"too few mobiles among them", "", 20, func(i int) string {
			if i%5 == 3 {
				return "A-778"
			}
			return someMobile(i)
		}},
		{"numbers of orders, counted", "", 12, func(i int) string { return fmt.Sprint(13900010000 + i*3) }},
		{"numbers of orders, the newest first", "", 12, func(i int) string { return fmt.Sprint(13900010000 - i) }},
		{"numbers of orders that begin with 1", "", 12, func(i int) string { return fmt.Sprintf("1%d%09d", i%10, (i*7654321)%1000000000) }},
		{"digits that could be landlines", "", 6, func(i int) string { return fmt.Sprintf("021623456%02d", (i*37)%100) }},
		{"the same telephone again and again", "", 9, anyOf("13912345678", "13912345679")},
		{"numbers of identity cards with a wrong check sign", "", 6, func(i int) string {
			n := idNumber(i)
			if strings.HasSuffix(n, "1") {
				return n[:17] + "2"
			}
			return n[:17] + "1"
		}},
		{"fifteen digits", "", 6, func(i int) string { return fmt.Sprintf("110101%02d0307%03d", 50+i, i+1) }},
		{"letters and digits", "", 6, func(i int) string { return fmt.Sprintf("AB12%d4", i) }},
		{"sizes", "", 6, anyOf("M", "F")},
		{"who is meant", "", 6, anyOf("男", "女", "不限")},
		{"days of joining", "", 6, func(i int) string { return fmt.Sprintf("%d-03-1%d", 2000+(i*5)%11, i) }},
		{"days in their order", "", 9, func(i int) string { return fmt.Sprintf("%d-05-02", 1960+i*4) }},
		{"days of children", "", 6, func(i int) string { return fmt.Sprintf("%d-05-02", 1980+i*8) }},
		{"two hobbies", "", 6, anyOf("高尔夫", "金石")},
	} {
		for _, heading := range []string{"联系", "乙", "字段2", "Column3", "X", ""} {
			if got := s.lastColumn(t, at(h, ToCustomers, "", columnFile(t, heading, c.rows, c.cell))); got != c.want {
				t.Errorf("%s under %q became %q, want %q", c.what, heading, got, c.want)
			}
		}
	}
}

func TestUnderWordsThatNobodyKnowsOnlyProofIsBelieved(t *testing.T) {
	h, s := newHouse(t)
	for _, c := range []struct {
		what, heading, want string
		rows                int
		cell                func(int) string
	}{
		{"mobiles", "常用", "phone", 6, someMobile},
		{"addresses of email", "线上", "email", 6, func(i int) string { return fmt.Sprintf("g%d@example.com", i) }},
		{"too few of them", "常用", "", 4, someMobile},
		{"men and women", "常用", "", 6, anyOf("男", "女")},
		{"days", "常用", "", 6, func(i int) string { return fmt.Sprintf("%d-0%d-15", 1995-(i*17)%45, i+1) }},
		{"somebody else's", "紧急联系人电话", "", 6, someMobile},
		{"the spouse's", "配偶", "", 6, idNumber},
		{"of who served them", "跟进人", "", 6, someMobile},
		{"numbers of something", "交易单号", "", 6, someMobile},
		{"numbers of something, in English", "Order Ref", "", 6, someMobile},
		{"what held once", "旧", "", 6, someMobile},
		{"what is known to be nobody's", "客户编号", "", 6, someMobile},
		{"what is known to be another field", "备注", "note", 6, someMobile},
	} {
		o := at(h, ToCustomers, "", columnFile(t, c.heading, c.rows, c.cell))
		p := s.preview(t, o, 0)
		if got := p.Columns[2]; got.Field != c.want || c.want != "" && c.want != "note" && got.Why != ByValues {
			t.Errorf("%s under %q became %+v, want %q", c.what, c.heading, got, c.want)
		}
	}
}

func TestAFieldThatAColumnHoldsIsNotGuessedAgain(t *testing.T) {
	h, s := newHouse(t)
	rows := func(head string, cells ...func(int) string) string {
		var b strings.Builder
		b.WriteString(head + "\n")
		for i := range 6 {
			b.WriteString("王" + chinese(i))
			for _, cell := range cells {
				b.WriteString("," + cell(i))
			}
			b.WriteString("\n")
		}
		return file(t, b.String())
	}
	other := func(i int) string { return someMobile(i + 50) }
	for _, c := range []struct {
		what, path, want string
		maps             []string
	}{
		{"by its heading", rows("姓名,联系,手机", someMobile, other), "name heading| |phone heading", nil},
		{"by what a person says", rows("姓名,联系,号", someMobile, other), "name heading| |phone map", []string{"号=phone"}},
		{"the first of two", rows("姓名,列2,列3", someMobile, other), "name heading|phone values| ", nil},
		{"the first is said to be left out", rows("姓名,列2,列3", someMobile, other), "name heading| |phone values", []string{"列2=-"}},
		{"words that nobody knows yield", rows("姓名,常用,列3", someMobile, other), "name heading| |phone values", nil},
		{"and are not told from one another", rows("姓名,常用,平时", someMobile, other), "name heading| | ", nil},
		{"birth by its heading", rows("姓名,列2,农历生日", func(i int) string { return fmt.Sprintf("%d-0%d-15", 1995-(i*17)%45, i+1) }, anyOf("1990-01-02")), "name heading| |birth_date heading", nil},
	} {
		o := at(h, ToCustomers, "", c.path)
		o.Maps = c.maps
		var got []string
		for _, x := range s.preview(t, o, 0).Columns {
			got = append(got, x.Field+" "+x.Why)
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%s: %s, want %s", c.what, strings.Join(got, "|"), c.want)
		}
	}
}

func TestAColumnOfBranchesIsToldInAListOfStays(t *testing.T) {
	h, s := newHouse(t)
	list := func(heading string, cell func(int) string) Options {
		var b strings.Builder
		fmt.Fprintf(&b, "客人姓名,到店日期,离店日期,%s\n", heading)
		for i := range 6 {
			fmt.Fprintf(&b, "王%s,2026-01-0%d,2026-01-0%d,%s\n", chinese(i), i+1, i+2, cell(i))
		}
		return at(h, ToStays, "", file(t, b.String()))
	}
	for _, c := range []struct {
		what, heading, want string
		cell                func(int) string
	}{
		{"codes", "列4", "branch", anyOf("shanghai", "hangzhou", "Shanghai")},
		{"names", "X", "branch", anyOf("上海外滩店", "杭州西湖店")},
		{"towns", "列4", "", anyOf("shanghai", "hangzhou", "suzhou", "shanghai", "hangzhou", "hangzhou")},
		{"words that say otherwise", "籍贯", "", anyOf("shanghai", "hangzhou")},
	} {
		if got := s.lastColumn(t, list(c.heading, c.cell)); got != c.want {
			t.Errorf("%s under %s became %q", c.what, c.heading, got)
		}
	}
}

func TestNumberedRowsAreNotMembers(t *testing.T) {
	h, s := newHouse(t)
	for i := range 6 {
		h.AddGuest("客"+chinese(i), "member_no", fmt.Sprint(i+1))
	}
	if got := s.lastColumn(t, at(h, ToCustomers, "", columnFile(t, "", 6, func(i int) string { return fmt.Sprint(i + 1) }))); got != "" {
		t.Errorf("1, 2, 3 became %q", got)
	}
	if got := s.lastColumn(t, at(h, ToCustomers, "", columnFile(t, "", 5, anyOf("4", "2", "1", "6", "3")))); got != "member_no" {
		t.Errorf("members became %q", got)
	}
}

func TestWhatIsGuessedIsShownThoughAColumnIsMissing(t *testing.T) {
	h, s := newHouse(t)
	var b strings.Builder
	b.WriteString("X,城市\n")
	for i := range 6 {
		fmt.Fprintf(&b, "%s,苏州\n", someMobile(i))
	}
	p, err := s.imports.Preview(t.Context(), at(h, ToCustomers, "", file(t, b.String())), 1)
	if err == nil || len(p.Columns) != 2 || p.Columns[0].Field != "phone" || p.Columns[0].Why != ByValues || len(p.Rows) != 0 {
		t.Errorf("%+v, %v", p.Columns, err)
	}
}

func TestEveryKnownHeadingIsLeftToItsWord(t *testing.T) {
	for _, heading := range []string{"手机", "序号", "备注", "联系人", "customer id", "状态"} {
		if saying(tabular.Names{}, heading) != saysIt {
			t.Errorf("the values of %q are asked", heading)
		}
	}
}
