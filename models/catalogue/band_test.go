package catalogue

import (
	"testing"
	"time"
)

func TestBandsTellNoMoreThanTheyMust(t *testing.T) {
	today := time.Date(2026, 11, 22, 1, 0, 0, 0, time.UTC)
	fields := shipped(t)
	for _, c := range []struct{ key, value, want string }{
		{"birth", "1974-03-12", "50-54"},
		{"birth", "lunar:1974-02-19", "50-54"},
		{"birth", "1974", "50-54"},
		{"birth", "2026-11-22", "0-4"},
		{"birth", "2027-01-01", ""},
		{"birth", "1941-05-01", "85+"},
		{"birth", "1880-05-01", ""},
		{"birth", "--03-12", ""},
		{"birth", "03-12", ""},
		{"birth", "19740312", ""},
		{"birth", "", ""},
		{"child_birth", "2015-06-01", "2015"},
		{"child_birth", "2015", "2015"},
		{"wedding_anniversary", "05-01", ""},
		{"income", "0", "<100k"},
		{"income", "9999999", "<100k"},
		{"income", "10000000", "100-200k"},
		{"income", "19999999", "100-200k"},
		{"income", "20000000", "200-500k"},
		{"income", "49999999", "200-500k"},
		{"income", "50000000", "500k+"},
		{"income", "-1", ""},
		{"income", "很多", ""},
		{"province", "四川省", "四川"},
		{"province", "内蒙古自治区", "内蒙古"},
		{"province", "香港特别行政区", "香港"},
		{"province", "Washington", "Washington"},
		{"city", "成都市", "成都"},
		{"city", "成都", "成都"},
		{"city", "恩施土家族苗族自治州", "恩施土家族苗族"},
		{"city", "沙市", "沙市"},
		{"city", "the town beyond the second river", ""},
		{"home_address", "四川省成都市武侯区某路 1 号", "四川"},
		{"home_address", "中国浙江省杭州市", "浙江"},
		{"home_address", "1 Main St, Seattle", ""},
		{"home_address", "人民南路 3 号", ""},
		{"symptom", "asthma", "asthma"},
		{"symptom", "老毛病", ""},
		{"language", "ja", "ja"},
		{"motto", "随遇而安", ""},
	} {
		if got := BandOf(fields[c.key], c.value, today); got != c.want {
			t.Errorf("%s %q: got %q, want %q", c.key, c.value, got, c.want)
		}
	}
}

func TestOptionLabels(t *testing.T) {
	f := shipped(t)["language"]
	if zh, en := f.OptionLabel("ja", "zh-CN"), f.OptionLabel("ja", "en"); zh != "日语" || en != "Japanese" {
		t.Errorf("ja is %q and %q", zh, en)
	}
	if got := f.OptionLabel("eo", "en"); got != "eo" {
		t.Errorf("an unknown value reads %q", got)
	}
}
