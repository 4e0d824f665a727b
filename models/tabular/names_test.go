package tabular

import (
	"strings"
	"testing"
)

func TestOwnNamesAreHeadings(t *testing.T) {
	names := Names{}
	names.Add("own_golf", "高尔夫会籍", "Golf club", "own_golf")
	names.Add("own_tee", "Golf club", "开球时间") // the first keeps the heading
	names.Add("own_none", "", "()")
	for heading, want := range map[string]string{
		"高尔夫会籍": "own_golf", "客户高尔夫会籍": "own_golf", "高尔夫会籍（必填）": "own_golf", " golf  CLUB ": "own_golf", "Golf-Club (name)": "own_golf", "own_golf": "own_golf", "OWN GOLF": "own_golf",
		"开球时间": "own_tee", "姓名": FieldName, "高尔夫": "", "": "", "( )": "", strings.Repeat("高尔夫会籍", 50): "",
	} {
		if got := GuessWith(names, []string{heading})[0].Field; got != want {
			t.Errorf("%q is %q, not %q", heading, got, want)
		}
		if Guess([]string{heading})[0].Field == "own_golf" {
			t.Errorf("%q is known without the names", heading)
		}
	}
	maps, err := ParseMapsWith(names, []string{"3=own_tee"}, []string{"姓名", "golf club", "时间"}, false)
	if err != nil || maps[1].Field != "own_golf" || maps[2].Field != "own_tee" || maps[1].Part != 1 {
		t.Errorf("%+v, %v", maps, err)
	}
	if !Same("Golf club", "golf_CLUB") || Same("Golf club", "Golf clubs") {
		t.Error("the same heading in another spelling")
	}
}

func TestAnOwnNameGoesBeforeTheList(t *testing.T) {
	names := Names{}
	names.Add("own_level", "等级")
	if got := GuessWith(names, []string{"等级", "会员等级"}); got[0].Field != "own_level" || got[1].Field != FieldTier {
		t.Errorf("%+v", got)
	}
}
