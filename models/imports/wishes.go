package imports

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/width"

	"shuke/models/calendar"
	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/db"
	"shuke/models/fault"
	"shuke/models/tabular"
)

// wishWords are what columns of a list of preferences can be.
var wishWords = &vocabulary{[]word{
	{"words", `偏好 喜好 偏好内容 客人偏好 喜好内容 内容 要求 特殊要求 客人要求 特别要求 需求 原话 客人原话 习惯 忌讳 禁忌 过敏 注意事项 备注 说明
		preference preferences words wish wishes request requests specialrequest specialrequests habit remark remarks note notes comment comments`},
	{"area", `领域 方面 类别 分类 服务范围 范围 偏好类别 偏好分类 偏好类型 类型 area category servicearea preferencetype preferencecategory type`},
	{"act", `做或不做 做不做 要不要 宜忌 要或不要 act doornever donever dodont`},
	{"strength", `程度 强度 强烈程度 重要程度 优先级 strength importance priority`},
	{"said_on", `日期 说于 说的日期 记录日期 登记日期 提出日期 记录时间 登记时间 时间 date saidon said recordedon noted notedon dated`},
	{"until", `有效期 有效期至 截止 截止日期 到期 到期日 until validuntil expires expiry`},
	{"branch", `门店 分店 酒店 店 门店代码 分店代码 酒店代码 仅限门店 branch branchcode hotel hotelcode property propertycode house store`},
	{"consent", `同意 同意方式 客人同意 征得同意 授权 授权方式 consent consentway agreed agreement`},
}}

// wish is what a row says that somebody wants.
type wish struct {
	note     customer.Note
	branches []int64
	heard    time.Time
	said     customer.Checked // as it is kept of a person
	at       int              // the column of the words
}

// wishes brings in what customers said, as notes typed at their cards.
type wishes struct {
	cat    *customer.Catalogue
	houses []house
	kept   customer.Keeping // what the customers of a chunk said of it
}

func (*wishes) vocabulary() *vocabulary { return wishWords }

func (*wishes) enough(c *columns, o Options) error {
	if c.holding(o.Key) < 0 {
		return fault.Fields{"key": {Key: "import.option.key_column", Args: map[string]any{"Field": o.Key}}}.Err()
	}
	if c.holding("words") < 0 {
		return fault.Fields{"map": {Key: "import.option.no_words"}}.Err()
	}
	return nil
}

func (w *wishes) read(c *checker, b *customer.Batch, row tabular.Row, out *checked) {
	s := c.facts(b, row, out)
	out.wish = w.wish(c, s, row.Cells)
	c.settle(b, s, out)
	if slices.ContainsFunc(out.problems, func(p Problem) bool { return p.Field == "branch" || p.Field == "words" }) {
		out.refuseAll() // what was to hold at one branch must not hold everywhere
	}
	if out.outcome != 0 {
		return
	}
	said, problems := b.CheckNote(customer.Individual, out.wish.note, out.wish.branches)
	if out.wish.said = said; len(problems) > 0 {
		w.refuse(c.columns, out, problems)
	}
}

// wish reads the cells of a preference; what cannot be read is reported.
func (w *wishes) wish(c *checker, s *said, cells []string) *wish {
	out := &wish{note: customer.Note{Channel: c.options.Channel}}
	text, x, _ := c.columns.itself(cells, "words")
	out.at, out.note.Words = x.at, lines(text)
	if text, x, said := c.columns.itself(cells, "area"); said {
		if out.note.Area = areaNamed(w.cat, text); out.note.Area == "" {
			s.wrong(x.at, "area", ChoiceUnknown)
		}
	}
	choose := func(key string, of map[string]string) string {
		text, x, said := c.columns.itself(cells, key)
		value := of[plainWord(text)]
		if said && value == "" {
			s.wrong(x.at, key, ChoiceUnknown)
		}
		return value
	}
	out.note.Act, out.note.Consent = choose("act", actNames), choose("consent", consentNames)
	if strength := choose("strength", strengthNames); strength != "" {
		out.note.Strength = int(strength[0] - '0')
	}
	if day, x, said := c.day(s, cells, "said_on"); said {
		_, zone := c.options.place()
		out.heard = time.Date(day.Year, time.Month(day.Month), day.Day, 12, 0, 0, 0, zone)
		if c.today.Before(day) {
			s.wrong(x.at, "said_on", DateFuture)
		} else if day == c.today {
			out.heard = time.Time{} // now, which is after whatever was heard before
		}
	}
	if day, x, said := c.day(s, cells, "until"); said {
		if out.note.UntilOn = day.String(); day.Before(c.today) {
			s.wrong(x.at, "until", DatePast)
		}
	}
	if text, x, said := c.columns.itself(cells, "branch"); said {
		id, known := houseNamed(w.houses, text)
		if out.branches = []int64{id}; !known {
			s.wrong(x.at, "branch", BranchUnknown)
		}
	}
	if c.options.KeepGood {
		out.good(s)
	}
	return out
}

// good leaves out what could not be read.
func (w *wish) good(s *said) {
	for _, p := range s.problems {
		switch p.Field {
		case "until":
			w.note.UntilOn = ""
		case "said_on":
			w.heard = time.Time{}
		}
	}
}

// day reads a whole day of the calendar; anything else is reported.
func (c *checker) day(s *said, cells []string, key string) (day calendar.Date, x column, said bool) {
	text, x, said := c.columns.itself(cells, key)
	if !said {
		return day, x, false
	}
	day, err := c.columns.readBirth(oneLine(text), "", c.today)
	if err != nil || !day.Whole() || day.Lunar {
		s.wrong(x.at, key, DateInvalid)
		return calendar.Date{}, x, false
	}
	return day, x, true
}

// areaNamed is the key of the service area that a text names, in either language.
func areaNamed(cat *customer.Catalogue, text string) string {
	for _, a := range cat.Areas(false) {
		if tabular.Same(a.Key, text) || tabular.Same(a.NameZH, text) || tabular.Same(a.NameEN, text) {
			return a.Key
		}
	}
	return ""
}

// refuse reports what is wrong with a note at the columns that say it.
func (w *wishes) refuse(c *columns, out *checked, problems fault.Fields) {
	for _, box := range []string{"words", "wording", "area", "act", "strength", "until", "consent"} {
		m, wrong := problems[box]
		if !wrong {
			continue
		}
		if box == "wording" {
			if _, said := problems["words"]; said {
				continue
			}
			box = "words"
		}
		why, known := wishReasons[m.Key]
		if !known {
			why = reasonOf(box, m)
		}
		at := c.holding(box)
		out.refuse(Problem{Column: c.label(at), Field: box, Reason: why, column: at + 1})
	}
}

// wishReasons are the classes of what a note is refused for.
var wishReasons = map[string]Reason{
	"note.words_needed": WordsMissing, "note.no_numbers": WordsNumber, "note.consent_needed": ConsentNeeded, "note.until_past": DatePast, "error.field_denied": ValueInvalid,
}

func (w *wishes) begin(ctx context.Context, d *decider, _ []checked) (err error) {
	w.kept, err = d.customers.Keeping(ctx, slices.Sorted(maps.Keys(d.who)))
	return err
}

// place says it of the one customer who has the row's key; it makes nobody.
func (w *wishes) place(_ context.Context, d *decider, b *customer.Batch, r *checked, from customer.Provenance) error {
	met, err := d.meet(r)
	switch {
	case err != nil:
		return err
	case len(met) > 1:
		r.refuse(d.keyProblem(KeyAmbiguous))
		return nil
	case len(met) == 0:
		r.refuse(d.keyProblem(KeyUnknown))
		return nil
	}
	said := r.wish.said
	if kind := d.who[met[0].id].Kind; kind != customer.Individual {
		var problems fault.Fields
		if said, problems = b.CheckNote(kind, r.wish.note, r.wish.branches); len(problems) > 0 {
			w.refuse(d.columns, r, problems)
			return nil
		}
	}
	if !w.kept.May(met[0].id, said) {
		at := r.wish.at
		r.refuse(Problem{Column: d.columns.label(at), Field: "words", Reason: ConsentWithdrawn, column: at + 1})
		return nil
	}
	r.outcome = Joined
	from.Heard = r.wish.heard
	d.say(b, met[0], r, said, from)
	return nil
}

func (*wishes) aside(*side) {}

func (*wishes) number(context.Context) error { return nil }

func (*wishes) write(*db.Tx, *writer, []checked) error { return nil }

// plainWord is a word as lists of words have it: small, without blanks or points.
func plainWord(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, width.Fold.String(text))
}

// named turns "value: names; …" into the value of each name.
func named(lists map[string]string) map[string]string {
	out := map[string]string{}
	for value, names := range lists {
		for name := range strings.FieldsSeq(names) {
			out[name] = value
		}
	}
	return out
}

// What people write for an answer, as plainWord leaves it. Built once and only
// read.
var (
	actNames = named(map[string]string{
		catalogue.ActDo:    "do 做 要 宜 是 喜欢 喜好 需要 想要 照做 likes like wants want always yes y",
		catalogue.ActNever: "never 不做 不要 忌 忌讳 禁忌 别 不 否 不喜欢 避免 不可 dont donot dislikes dislike avoid no n",
	})
	strengthNames = named(map[string]string{
		"1": "1 喜欢 一般 低 偏爱 likes like low nicetohave", "2": "2 想要 需要 要 中 较强 wants want medium normal", "3": "3 必须 一定 务必 高 强 绝对 must required high critical"})
	consentNames = named(map[string]string{
		"spoken": "spoken 口头 口头同意 口述 当面 电话 verbal oral verbally", "written": "written 书面 书面同意 签字 签名 纸质 signed", "message": "message 短信 微信 消息 信息 邮件 邮箱 sms email wechat text"})
)
