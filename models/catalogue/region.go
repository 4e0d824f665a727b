package catalogue

import "strings"

// provinces are the province-level divisions by short name. 内蒙古 and the like
// need no order: none begins another.
var provinces = [...]string{
	"北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽",
	"福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州",
	"云南", "西藏", "陕西", "甘肃", "青海", "宁夏", "新疆", "香港", "澳门", "台湾",
}

var placeSuffixes = [...]string{"特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "自治州", "地区", "省", "市"}

// region shortens a place to its common name (四川省 is 四川). Of an address only
// the province is kept, and nothing where it does not begin with one: the rest of
// an address would tell who it is.
func region(t Type, value string) string {
	value = strings.TrimPrefix(value, "中国")
	for _, p := range provinces {
		if rest, ok := strings.CutPrefix(value, p); ok && (t == Address || isSuffix(rest)) {
			return p
		}
	}
	if t == Address {
		return ""
	}
	for _, s := range placeSuffixes {
		if short, ok := strings.CutSuffix(value, s); ok && len([]rune(short)) > 1 {
			return short
		}
	}
	return value
}

func isSuffix(rest string) bool {
	if rest == "" {
		return true
	}
	for _, s := range placeSuffixes {
		if rest == s {
			return true
		}
	}
	return false
}
