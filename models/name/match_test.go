package name

import (
	"strings"
	"testing"
)

// marked writes a text with its spans in brackets.
func marked(s string, spans []Span) string {
	var b strings.Builder
	at := 0
	for _, m := range spans {
		b.WriteString(s[at:m.From] + "[" + s[m.From:m.To] + "]")
		at = m.To
	}
	return b.String() + s[at:]
}

func TestMatchMarksWhatWasTyped(t *testing.T) {
	for _, c := range []struct {
		full, reading, typed string
		how                  How
		name, shown          string
	}{
		{"张慕言", "", "zmy", HowInitials, "张慕言", "[Z]hāng [M]ù[y]án"},
		{"周明远", "", "zmy", HowInitials, "周明远", "[Z]hōu [M]íng[y]uǎn"},
		{"王小明", "", "小明", HowChars, "王[小明]", "Wáng Xiǎomíng"},
		{"王小明", "", "xiaom", HowPinyin, "王小明", "Wáng [Xiǎom]íng"},
		{"王小明", "", "wangx", HowPinyin, "王小明", "[Wáng] [X]iǎomíng"},
		{"王小明", "", "wangxm", HowPinyin, "王小明", "[Wáng] [X]iǎo[m]íng"},
		{"王小明", "", "xiaomingwang", HowPinyin, "王小明", "[Wáng] [Xiǎomíng]"},
		{"王小明", "", "xm", HowInitials, "王小明", "Wáng [X]iǎo[m]íng"},
		{"罗世安", "", "shi'an", HowPinyin, "罗世安", "Luó [Shì]'[ān]"},
		{"吕布", "", "lvb", HowPinyin, "吕布", "[Lǚ] [B]ù"},
		{"吕布", "", "lyu", HowPinyin, "吕布", "[Lǚ] Bù"},
		{"單田芳", "", "dantian", HowPinyin, "單田芳", "[Shàn] [Tián]fāng"},
		{"張偉", "", "张", HowChars, "[張]偉", "Zhāng Wěi"},
		{"阿卜杜拉·买买提", "", "杜拉买", HowChars, "阿卜[杜拉]·[买]买提", "Ābǔdùlā·Mǎimǎití"},
		{"阿卜杜拉·买买提", "", "mmt", HowInitials, "阿卜杜拉·买买提", "Ābǔdùlā·[M]ǎi[m]ǎi[t]í"},
		{"张慕言", "Zhang Muyan", "muy", HowPinyin, "张慕言", "Zhang [Muy]an"},
		{"张慕言", "Muyan Zhang", "zmy", HowInitials, "张慕言", "[M]u[y]an [Z]hang"},
		{"张慕言", "Chang Mu-yen", "chang", HowReading, "张慕言", "[Chang] Mu-yen"},
		{"张慕言", "Chang Mu-yen", "zhang", HowPinyin, "[张]慕言", "Chang Mu-yen"},
		{"佐藤美咲", "サトウ ミサキ", "sato", HowReading, "佐藤美咲", "[サト]ウ ミサキ"},
		{"佐藤美咲", "サトウ ミサキ", "みさき", HowChars, "佐藤美咲", "サトウ [ミサキ]"},
		{"佐藤美咲", "サトウ ミサキ", "zuoteng", HowPinyin, "[佐藤]美咲", "サトウ ミサキ"},
		{"佐藤美咲", "サトウ ミサキ", "藤美", HowChars, "佐[藤美]咲", "サトウ ミサキ"},
		{"佐藤美咲", "Satō Misaki", "satom", HowReading, "佐藤美咲", "[Satō] [M]isaki"},
		{"김민수", "", "kimmin", HowReading, "[김민]수", ""},
		{"Jürgen Müller", "", "muel", HowWord, "Jürgen [Mül]ler", ""},
		{"Jürgen Müller", "", "mj", HowInitials, "[J]ürgen [M]üller", ""},
		{"Patrick O'Brien", "", "obr", HowWord, "Patrick [O]'[Br]ien", ""},
		{"Jan van der Berg", "", "vanderb", HowWord, "Jan [van] [der] [B]erg", ""},
		{"Nguye\u0302\u0303n Lan", "", "nguy", HowWord, "[Nguy]e\u0302\u0303n Lan", ""},
		{"Weiß", "", "weis", HowWord, "[Weiß]", ""},
		{"Иван Щербаков", "", "shche", HowWord, "Иван [Ще]рбаков", ""},
		{"𠮷野家", "", "𠮷", HowChars, "[𠮷]野家", "Jí Yějiā"},
	} {
		shown := Shown(c.full, c.reading)
		kind, prefix, _ := Term(c.typed)
		how, inName, inReading, ok := Match(kind, prefix, c.full, c.reading, shown)
		if name, read := marked(c.full, inName), marked(shown, inReading); !ok || how != c.how || name != c.name || read != c.shown {
			t.Errorf("%s by %q: how %d %s %q, ok %v; want how %d %s %q", c.full, c.typed, how, name, read, ok, c.how, c.name, c.shown)
		}
	}
}

func TestMatchMarksAnotherShownReading(t *testing.T) {
	_, inName, inReading, ok := Match(KindAlpha, "misa", "佐藤美咲", "サトウ ミサキ", "Satō Misaki")
	if got := marked("Satō Misaki", inReading); !ok || len(inName) > 0 || got != "Satō [Misa]ki" {
		t.Errorf("got %q, %v", got, ok)
	}
}

func TestMatchNeedsATerm(t *testing.T) {
	if _, _, _, ok := Match(KindAlpha, "", "王小明", "", ""); ok {
		t.Error("an empty prefix explains nothing")
	}
	if _, _, _, ok := Match(KindChars, "wang", "王小明", "", ""); ok {
		t.Error("a prefix of another kind explains nothing")
	}
}
