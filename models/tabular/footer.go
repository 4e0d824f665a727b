package tabular

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Rows that are no record: totals, counts and what is printed below a table.
var (
	totals = regexp.MustCompile(`^(本页|本月|全部)?(合计|总计|小计|总数|共计|累计|总人数|合计人数|汇总)([:(].*|\d.*)?$`)
	counts = regexp.MustCompile(`^((总|合|统)?共计?有?|总数|合计|总计)[:]?\d+(条|人|位|行|笔|户|个|名|页|项|次|单)(记录|客户|会员|数据|客人)?([,;。].*)?$`)
	pages  = regexp.MustCompile(`^(第\d+页([,/]?共\d+页)?|\d+/\d+页|page\d+(of|/)\d+)$`)
	signed = regexp.MustCompile(`^(制表人?|制表日期|制表时间|填表人?|填表日期|审核人?|复核人?|经办人?|打印人|打印日期|打印时间|导出人|导出日期|导出时间|统计时间|统计日期|报表日期|数据截止|说明|注)[:].*$`)
	maker  = regexp.MustCompile(`^(制表人|填表人|审核人|复核人|制表日期|打印时间|导出时间|打印日期|导出日期)$`)
	latin  = regexp.MustCompile(`^(grand|sub|page|report|overall)?totals?:?$|^(grand|sub)?total(of)?[:=]?\d+\w*$`)
	ending = regexp.MustCompile(`^(\*+)?(endof(report|file|list|data)|printed(on|by|at)[:\d].*|generated(on|by|at)[:\d].*|exported(on|by|at)[:\d].*|\d+(rows?|records?|customers?)(total|returned|selected|found|exported)?|(count|records?|rows?)[:=]\d+)(\*+)?$`)
)

// Footer reports whether a row is a total, a count or a footer instead of a
// record: its first filled cell says so. An English word of totals counts only
// when all other cells are numbers, for it could be a name.
func Footer(cells []string) bool {
	for i, c := range cells {
		c = strings.TrimFunc(c, blank)
		if c == "" {
			continue
		}
		if len(c) > 300 {
			return false
		}
		c = squeeze(c)
		switch {
		case totals.MatchString(c), counts.MatchString(c), pages.MatchString(c), signed.MatchString(c), maker.MatchString(c), ending.MatchString(c):
			return true
		}
		return latin.MatchString(c) && onlyNumbers(cells[i+1:])
	}
	return false
}

// squeeze makes one form of the ways to set such a line: no blanks, small,
// full-width signs folded, rules and brackets around it dropped.
func squeeze(c string) string {
	c = strings.ToLower(norm.NFKC.String(c))
	c = strings.Join(strings.Fields(c), "")
	return strings.Trim(c, "-—–=_()")
}

func onlyNumbers(cells []string) bool {
	for _, c := range cells {
		if strings.Trim(norm.NFKC.String(c), "0123456789.,%-+ ¥$€£") != "" {
			return false
		}
	}
	return true
}
