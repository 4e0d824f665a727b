package imports

import (
	"context"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"shuke/models/calendar"
	"shuke/models/customer"
	"shuke/models/document"
	"shuke/models/email"
	"shuke/models/phone"
	"shuke/models/plate"
)

// guess is what the values of a column look like.
type guess struct {
	field, kind string
	once        bool // a file has one such column
}

// looks are what values can be told by, the surest first. Few is how many cells
// are enough: two numbers with a right check sign are, two short words are not.
var looks = []struct {
	guess
	few int
	is  func(text string, today calendar.Date) bool
}{
	{guess{"document_no", "id_card", true}, 1, func(text string, _ calendar.Date) bool {
		_, err := document.Parse(document.IDCard, text)
		return err == nil
	}},
	{guess{"phone", "", false}, 1, func(text string, _ calendar.Date) bool { return isMobile(text) }},
	{guess{"email", "", false}, 1, func(text string, _ calendar.Date) bool { _, err := email.Parse(text); return err == nil }},
	{guess{"plate", "", false}, 1, func(text string, _ calendar.Date) bool {
		_, err := plate.Parse(text)
		return err == nil && han(text) > 0
	}},
	{guess{"birth", "", true}, 3, isBirth},
	{guess{"name", "", true}, 3, func(text string, _ calendar.Date) bool { return isName(text) }},
}

// memberFew is how many numbers of members must be among those of the base.
const memberFew = 3

// nearly is what part of the cells must look alike, in tenths.
const nearly = 9

// guessed tells of columns without a heading what they hold, by their values.
func (s *Service) guessed(ctx context.Context, o Options, seen survey) (map[int]guess, error) {
	_, zone := o.place()
	today := calendar.Today(s.clock.Now(), zone)
	out := map[int]guess{}
	used := map[string]bool{}
	for at, cells := range seen.samples {
		if !o.NoHeader && at < len(seen.format.Headings) && !meaningless(seen.format.Headings[at]) {
			continue
		}
		for _, look := range looks {
			if len(cells) < look.few || look.once && used[look.field] {
				continue
			}
			alike := 0
			for _, text := range cells {
				if look.is(text, today) {
					alike++
				}
			}
			if alike*10 >= len(cells)*nearly {
				out[at], used[look.field] = look.guess, true
				break
			}
		}
		if _, is := out[at]; is || used["member_no"] || len(cells) < memberFew {
			continue
		}
		members, err := s.areMembers(ctx, cells)
		if err != nil {
			return nil, err
		}
		if members {
			out[at], used["member_no"] = guess{"member_no", "", true}, true
		}
	}
	return out, nil
}

// areMembers reports whether nearly all cells are numbers of members we have.
func (s *Service) areMembers(ctx context.Context, cells []string) (bool, error) {
	var keys []string
	for _, text := range cells {
		k, err := s.customers.SameKey("member_no", text)
		if err != nil {
			return false, err
		}
		keys = append(keys, k)
	}
	held, err := s.customers.Held(ctx, "member_no", keys)
	if err != nil {
		return false, err
	}
	met := 0
	for _, k := range keys {
		if held[k] {
			met++
		}
	}
	return met*10 >= len(cells)*nearly, nil
}

var numbered = regexp.MustCompile(`^(|列|字段|栏|column|col|field|f|unnamed|untitled|未命名)\d*$`)

// meaningless reports a heading that a program made up: 列1, Column2, Unnamed: 3.
func meaningless(heading string) bool {
	return numbered.MatchString(strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, width.Fold.String(heading))))
}

var mobile = regexp.MustCompile(`^1[3-9]\d{9}$`)

// isMobile reports a mobile of the mainland, however it is written.
func isMobile(text string) bool {
	numbers, err := phone.Parse(text, "CN")
	return err == nil && len(numbers) == 1 && strings.HasPrefix(numbers[0].E164, "+86") && mobile.MatchString(phone.National(numbers[0].E164))
}

// isBirth reports a whole day on which somebody can have been born who is not a
// small child: days of orders and of joining are of these years.
func isBirth(text string, today calendar.Date) bool {
	if !strings.ContainsFunc(text, unicode.IsDigit) || len(text) < 8 {
		return false
	}
	d, err := calendar.ParseDate(text)
	if err != nil || !d.Whole() || d.Check(today) != nil {
		return false
	}
	age, ok := d.Age(today)
	return ok && age >= 14
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

// masked is a cell as everybody may see it who may import: what is sensitive is
// not shown, of numbers and addresses a part.
func masked(cell string, region string) string {
	if kind, ok := document.Guess(cell); ok && kind != document.Other {
		return customer.Sealed
	}
	if numbers, err := phone.Parse(cell, region); err == nil && len(numbers) > 0 {
		return phone.Mask(numbers[0].E164)
	}
	if address, err := email.Parse(cell); err == nil {
		return email.Mask(address)
	}
	return cell
}
