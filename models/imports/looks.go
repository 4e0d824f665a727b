package imports

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"shuke/models/calendar"
	"shuke/models/document"
	"shuke/models/email"
	"shuke/models/phone"
	"shuke/models/plate"
)

// idCardLength is that of a number with a check sign: those of fifteen digits
// have none, and anything else of fifteen digits can look like them.
const idCardLength = 18

func isIDCard(text string) bool {
	number, err := document.Parse(document.IDCard, text)
	return err == nil && len(number) == idCardLength
}

func isEmail(text string) bool { _, err := email.Parse(text); return err == nil }

// isPlate reports a plate with the sign of a province: without one, letters and
// digits are anything.
func isPlate(text string) bool { _, err := plate.Parse(text); return err == nil && han(text) > 0 }

var (
	mobile   = regexp.MustCompile(`^1[3-9]\d{9}$`)
	landline = regexp.MustCompile(`^[(]?0\d{2,3}[)\- ]`)
)

// isPhone reports one telephone: a mobile of the mainland however it is written,
// a landline there whose area code is set apart, or a number with its country
// and a plus. Digits alone that could be a landline could be anything.
func isPhone(text string) bool {
	numbers, err := phone.Parse(text, "CN")
	if err != nil || len(numbers) != 1 {
		return false
	}
	plain := strings.TrimSpace(width.Fold.String(text))
	return strings.HasPrefix(plain, "+") || strings.HasPrefix(numbers[0].E164, "+86") && (mobile.MatchString(phone.National(numbers[0].E164)) || landline.MatchString(plain))
}

// counting is the mean step below which numbers in their order were counted. A
// list sorted by telephone has such steps only when it holds millions.
const counting = 1000

// countedFew is how many numbers in their order are no chance.
const countedFew = 8

// notCounted refuses numbers that a program gave one after the other: those of
// orders have eleven digits and begin with 1 too.
func notCounted(cells []string, _ calendar.Date) bool {
	if len(cells) < countedFew {
		return true
	}
	n, ok := wholeNumbers(cells)
	if !ok {
		return true
	}
	up, down := true, true
	for i := 1; i < len(n); i++ {
		up, down = up && n[i] >= n[i-1], down && n[i] <= n[i-1]
	}
	span := max(n[0], n[len(n)-1]) - min(n[0], n[len(n)-1])
	return !up && !down || span >= int64(len(n)-1)*counting
}

// numbersRows reports 1, 2, 3 … or 0, 1, 2 …
func numbersRows(cells []string) bool {
	n, ok := wholeNumbers(cells)
	if !ok || n[0] > 1 {
		return false
	}
	for i := range n {
		if n[i] != n[0]+int64(i) {
			return false
		}
	}
	return true
}

func wholeNumbers(cells []string) (out []int64, ok bool) {
	for _, text := range cells {
		n, err := strconv.ParseInt(strings.TrimSpace(width.Fold.String(text)), 10, 64)
		if err != nil || n < 0 {
			return nil, false
		}
		out = append(out, n)
	}
	return out, len(out) > 0
}

// isSex reports a word for a sex. M and F are also sizes.
func isSex(text string) bool {
	switch plainWord(text) {
	case "男", "女", "男性", "女性", "男士", "女士", "先生", "小姐", "male", "female", "mr", "ms", "mrs", "miss":
		return true
	}
	return false
}

// isDay reports a whole day of the solar calendar.
func isDay(text string) bool {
	if !strings.ContainsFunc(text, unicode.IsDigit) || len(text) < 8 {
		return false
	}
	d, err := calendar.ParseDate(text)
	return err == nil && d.Whole() && !d.Lunar
}

// What birth dates of customers are together. Days of orders and of joining are
// past days too, but of few years, and often in their order.
const (
	youngest   = 14
	bornWithin = 20 // years at least that the oldest and the youngest are apart
)

// areBirths reports days on which customers can have been born: of decades, in no
// order, and none of them a small child's.
func areBirths(cells []string, today calendar.Date) bool {
	first, last := 0, 0
	sorted := len(cells) >= countedFew
	var before calendar.Date
	for _, text := range cells {
		d, err := calendar.ParseDate(text)
		if err != nil {
			continue // one of the few that look otherwise
		}
		if age, ok := d.Age(today); d.Check(today) != nil || !ok || age < youngest {
			return false
		}
		if first == 0 || d.Year < first {
			first = d.Year
		}
		last, sorted, before = max(last, d.Year), sorted && !d.Before(before), d
	}
	return last-first >= bornWithin && !sorted
}

func han(text string) (n int) {
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			n++
		}
	}
	return n
}

// isName reports two to four characters that begin with a surname.
func isName(text string) bool {
	r := []rune(strings.ReplaceAll(text, " ", ""))
	if len(r) < 2 || len(r) > 4 || han(string(r)) != len(r) {
		return false
	}
	if len(r) > 2 && strings.Contains(compounds, " "+string(r[:2])+" ") {
		return true
	}
	return len(r) < 4 && strings.ContainsRune(surnames, r[0])
}

// surnames are those of nineteen in twenty of all people, compounds the ones of
// two characters that are met.
const (
	surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文" +
		"庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边"
	compounds = " 欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 令狐 慕容 司徒 司空 夏侯 长孙 宇文 端木 "
)
