package tabular

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Sex understands the words and letters for a sex: "male", "female", or "" for
// a cell that says nothing. Any other text, also a code like 1 or 2 whose
// legend only the sender knows, is an *Error with GenderUnknown.
func Sex(text string) (string, error) {
	if Empty(text) {
		return "", nil
	}
	switch strings.TrimRight(fold(text), "的") {
	case "男", "男性", "男士", "男子", "男生", "男孩", "先生", "m", "male", "man", "boy", "mr", "mister", "gentleman", "masculine":
		return "male", nil
	case "女", "女性", "女士", "女子", "女生", "女孩", "小姐", "太太", "夫人", "f", "female", "woman", "girl", "ms", "mrs", "miss", "lady", "feminine":
		return "female", nil
	case "保密", "不愿透露", "未说明", "secret", "undisclosed", "prefernottosay", "notstated":
		return "", nil
	}
	return "", refuse(GenderUnknown)
}

// Empty reports the many ways of writing nothing into a cell. Words that are
// also names are not among them: Na, Nan, Nil, Null are people.
func Empty(text string) bool {
	text = strings.TrimFunc(text, blank)
	if len(text) > 64 {
		return false
	}
	switch text {
	case "", "NULL", "null", "NaN", "nil", "None", "none", "NONE", "(null)", "<null>", "[null]", "(空)", "（空）", `\N`, "undefined":
		return true
	}
	switch strings.ToLower(norm.NFKC.String(text)) {
	case "无", "沒有", "没有", "無", "不详", "不詳", "未知", "暂无", "暫無", "空", "未填", "未填写", "未提供", "未登记", "不知道", "不清楚", "待补", "待补充", "待填",
		"n/a", "n.a.", "n.a", "(none)", "unknown", "not given", "not provided", "not available":
		return true
	}
	return strings.IndexFunc(text, func(r rune) bool { return !filler(r) }) < 0
}

// filler reports the strokes that stand for nothing.
func filler(r rune) bool {
	return unicode.Is(unicode.Pd, r) || unicode.IsSpace(r) || strings.ContainsRune("−/／\\＼_＿.．。·…~～、", r)
}
