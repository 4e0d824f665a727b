package catalogue

import "testing"

func TestEventsAreChangesOfPlaceJobAndMarriage(t *testing.T) {
	for _, c := range []struct {
		field, before, after string
		want                 Event
	}{
		{"city", "杭州", "上海", Moved},
		{"city", "Hangzhou", "New York", Moved},
		{"home_address", "西湖大道 1 号", "中山路 20 号", Moved},
		{"company_address", "西湖大道 1 号", "中山路 20 号", Moved},
		{"employer", "浙江大学", "望江软件股份有限公司", NewJob},
		{"post", "经理", "总经理", NewJob},
		{"marital_status", "single", "married", Married},
		{"marital_status", "widowed", "married", Married},

		// learnt for the first time, taken away, or said again
		{"city", "", "上海", ""},
		{"city", "上海", "", ""},
		{"employer", "", "浙江大学", ""},
		{"marital_status", "", "married", ""},
		{"marital_status", "married", "married", ""},
		{"post", "经理", "经理", ""},

		// the same, better written
		{"city", "上海", "上海市", ""},
		{"city", "Ｓhanghai ", "shanghai", ""},
		{"city", "吉林", "吉林省", ""},
		{"home_address", "西湖大道 1 号", "杭州市西湖大道1号2幢", ""},
		{"home_address", "12 Main St.", "12, main st", ""},
		{"employer", "浙江大学医学院", "浙江大学", ""},
		{"post", "总 经 理", "总经理", ""},

		// other ways of marriage and other fields are none of ours
		{"marital_status", "married", "divorced", ""},
		{"marital_status", "single", "partnered", ""},
		{"diet", "少盐", "少辣", ""},
		{"phone", "+8613912345678", "+8613912345679", ""},
	} {
		if got := EventOf(c.field, c.before, c.after); got != c.want {
			t.Errorf("%s from %q to %q: %q, not %q", c.field, c.before, c.after, got, c.want)
		}
	}
}

// The fields that tell of events must be those of the catalogue.
func TestFieldsThatTellOfEventsAreShipped(t *testing.T) {
	fields, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	of := map[Event]int{}
	for _, f := range fields {
		before, after := "single", "married"
		if e := EventOf(f.Key, before, after); e != "" {
			of[e]++
		}
	}
	if of[Moved] != 3 || of[NewJob] != 2 || of[Married] != 1 {
		t.Errorf("fields by event: %v", of)
	}
}
