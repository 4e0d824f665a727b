package name

import (
	"slices"
	"strings"
	"testing"
)

func TestTermRefusesWhatFindsEverybody(t *testing.T) {
	for _, typed := range []string{"", " ", "*", "%", "_", "?", "**", "a", "Z", "é", "'", "·", "-", "ˊ", "1", "1234", "１２", "a@b.com", "😀", "\u200b", "\u0301", "a*", "，", "\xff", "й"} {
		if kind, prefix, ok := Term(typed); ok {
			t.Errorf("Term(%q) = %d %q, want it refused", typed, kind, prefix)
		}
	}
}

func TestTermPreparesPrefix(t *testing.T) {
	for _, c := range []struct {
		typed, prefix string
		kind          TermKind
	}{
		{"王", "王", KindChars}, {"張", "张", KindChars}, {"𠮷", "𠮷", KindChars}, {"サトウ", "さとう", KindChars}, {"김", "김", KindChars},
		{"阿卜杜拉·买买提", "阿卜杜拉买买提", KindChars}, {"王tom", "王tom", KindChars}, {"สม", "สม", KindChars},
		{"wang", "wang", KindAlpha}, {"ZMY", "zmy", KindAlpha}, {"wang*", "wang", KindAlpha}, {"O'Neil", "oneil", KindAlpha}, {"al-Rashid", "alrashid", KindAlpha},
		{"zhāng", "zhang", KindAlpha}, {"Lǚ", "lu", KindAlpha}, {"xi'an", "xian", KindAlpha}, {"Müller,", "muller", KindAlpha}, {"Иванов", "ivanov", KindAlpha}, {"3M", "3m", KindAlpha},
		{strings.Repeat("长", 80), strings.Repeat("长", 60), KindChars}, {strings.Repeat("ab", 40), strings.Repeat("ab", 30), KindAlpha},
	} {
		kind, prefix, ok := Term(c.typed)
		if !ok || kind != c.kind || prefix != c.prefix {
			t.Errorf("Term(%q) = %d %q %v, want %d %q", c.typed, kind, prefix, ok, c.kind, c.prefix)
		}
	}
}

func TestSplitKeepsPhonesTogether(t *testing.T) {
	for _, c := range []struct {
		query string
		words []string
	}{
		{"", nil}, {"  ", nil}, {"* % -", nil}, {"wang xiaoming", []string{"wang", "xiaoming"}}, {"王　小明", []string{"王", "小明"}},
		{"wang,xiaoming；8800、明", []string{"wang", "xiaoming", "8800", "明"}}, {"zmy\t1234", []string{"zmy", "1234"}}, {"wang 88", []string{"wang", "88"}},
		{"138 1234 5678", []string{"138 1234 5678"}}, {"+86 138 1234 5678 wang", []string{"+86 138 1234 5678", "wang"}}, {"wang 138 1234 5678", []string{"wang", "138 1234 5678"}},
		{"(0571) 8800-1234", []string{"(0571) 8800-1234"}}, {"（０５７１）　８８００－１２３４", []string{"（０５７１） ８８００－１２３４"}}, {"0086 138 1234 5678", []string{"0086 138 1234 5678"}},
		{"86 13812345678", []string{"86 13812345678"}}, {"+1 (415) 555-2671", []string{"+1 (415) 555-2671"}}, {"+ 49 30 1234567", []string{"+ 49 30 1234567"}},
		{"138 1234", []string{"138", "1234"}}, {"13812345678 13987654321", []string{"13812345678", "13987654321"}}, {"13812345678 1234", []string{"13812345678", "1234"}},
		{"0571 8800 1234", []string{"0571 8800 1234"}}, {"王8800", []string{"王", "8800"}}, {"8800王小明", []string{"8800", "王小明"}}, {"浙A12345", []string{"浙A12345"}},
		{"奇虎360", []string{"奇虎360"}}, {"o'neil van der berg", []string{"o'neil", "van", "der", "berg"}}, {"阿卜杜拉·买买提", []string{"阿卜杜拉·买买提"}},
		{"a b c d e f g h", []string{"a", "b", "c", "d", "e", "f"}}, {strings.Repeat("长", 70), []string{strings.Repeat("长", 64)}}, {"a@b.cn 张", []string{"a@b.cn", "张"}},
		{"𠮷野 1234", []string{"𠮷野", "1234"}}, {"wang\u200b li", []string{"wang", "li"}},
	} {
		if got := Split(c.query); !slices.Equal(got, c.words) {
			t.Errorf("Split(%q) = %q, want %q", c.query, got, c.words)
		}
	}
}
