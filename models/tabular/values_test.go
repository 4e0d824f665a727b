package tabular

import (
	"strings"
	"testing"
)

func TestSex(t *testing.T) {
	for want, texts := range map[string][]string{
		"male":   {"男", " 男 ", "男性", "先生", "M", "m", "Male", "Ｍ", "Mr.", "（男）"},
		"female": {"女", "女士", "小姐", "F", "female", "FEMALE", "Ms", "Mrs."},
		"":       {"", "  ", "未知", "不详", "-", "保密", "N/A"},
	} {
		for _, text := range texts {
			if got, err := Sex(text); err != nil || got != want {
				t.Errorf("%q: %q %v, want %q", text, got, err, want)
			}
		}
	}
	for _, text := range []string{"0", "1", "2", "X", "男女", "王伟", "9"} {
		if got, err := Sex(text); got != "" || ReasonOf(err) != GenderUnknown {
			t.Errorf("%q: %q %v", text, got, err)
		}
	}
}

func TestEmpty(t *testing.T) {
	for _, text := range []string{"", " \u3000\t", "无", "没有", "不详", "未知", "N/A", "n/a", "Ｎ／Ａ", "null", "NULL", "-", "--", "—", "——", "/", "//", "暂无", "\\N", "...", "。", "－", "（空）"} {
		if !Empty(text) {
			t.Errorf("%q says nothing", text)
		}
	}
	for _, text := range []string{"0", "Na", "NA", "Nan", "nan", "Null", "Nil", "无锡", "没有过敏", "王伟", "*", "****", "x", "+", "(", strings.Repeat("-", 100), "#N/A"} {
		if Empty(text) {
			t.Errorf("%q says something", text)
		}
	}
}

func TestFormula(t *testing.T) {
	for _, text := range []string{
		"=1+1", " =1+1", "\t=1+1", "\r=1+5", "\x00=1+1", "\u200b=1", "\u202e=1", "＝1+1", "@SUM(1+1)*cmd|' /C calc'!A0", "＠SUM(1)", "=HYPERLINK(\"http://evil.example\",\"x\")", "=cmd|' /C calc'!A0",
		"-2+3", "+A1", "-A1", "+$B$12", "-2*3", "+1+1", "-(1)+2", "-cmd|' /C calc'!A0", "+SUM(1,2)", "--1+2", "+=1", "-@SUM(A1)", "＋A1", "-1-2", "=A", "@x", "+\"a\"&A1", "-1;=2",
	} {
		if !Formula(text) {
			t.Errorf("%q would run", text)
		}
	}
	for _, text := range []string{
		"", " ", "=", "@", "+", "-", "--", "---", "+8613910210099", "+86 21 6234-5678", "+86 (21) 62345678", "+1-206-555-0160", "＋８６　１３５１００８０００５", "+86 21 6234 5670 ext. 7", "+86-21-62345670转801",
		"-5", "-1,234.50", "- 5", "-3 %", "-1e5", "+3.5", "- 喜欢高楼层", "-喜欢高楼层", "— 不吃辣", "a=b", "1+1", "王伟", "'=1+1", "guest@example.com", "·=1", "-5°C", "+ 早餐", "-1.5E-3",
	} {
		if Formula(text) {
			t.Errorf("%q would not run", text)
		}
	}
}

func TestFooter(t *testing.T) {
	for _, line := range []string{
		"合计,,,12人", "合 计,9", "总计：9人,,", "小计", ",合计,100", "共 12 条", "共12条记录", "共计：12 人", "总数,12", "合计9人", "Total,,100", "GRAND TOTAL,12", "Subtotal:,1.50", "Total: 12", "Page 1 of 3", "page 2/3", "第 1 页", "第1页 共3页", "1/3页",
		"制表人：张三,,", "制表人,张三", "制表日期: 2026-11-22", "导出时间：2026-11-22 10:00", "—— 合计 ——,1", "End of report", "12 rows", "(12 rows)", "本页小计,3", "Printed on 2026-11-22", "总人数：9",
	} {
		if !Footer(strings.Split(line, ",")) {
			t.Errorf("%q is no record", line)
		}
	}
	for _, line := range []string{
		"", ",,", "王伟,13800138000", "Page,Larry,1", "Total,Ann,Paris", "Tota,1", "共青城张三,1", "合计生,13800138000", "总政,1", "Sum,Kim,x", "第一页,1", "注册会员,1", "制表人王五,1", "Rows,Ann", "小计划,1", "公共计算,1", "王伟,合计,1", strings.Repeat("合计", 200),
	} {
		if Footer(strings.Split(line, ",")) {
			t.Errorf("%q is a record", line)
		}
	}
}

func TestReasonIsReadFromErrors(t *testing.T) {
	err := &Error{Reason: FileDamaged, Item: "x", cause: strings.NewReader("").UnreadByte()}
	if ReasonOf(err) != FileDamaged || err.Unwrap() == nil || !strings.Contains(err.Error(), "file_damaged x: ") {
		t.Error(err)
	}
}

func FuzzValues(f *testing.F) {
	for _, seed := range []string{"=1", "＋８６", "\x00-\u202e", "合计：", strings.Repeat("+", 1000), "﹣A1", "((【"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		Formula(text)
		Empty(text)
		Footer([]string{text, text})
		_, _ = Sex(text)
		maps := Guess([]string{text, text})
		if maps[0].Field != "" && (maps[0].Part != 1 || maps[1].Part != 2) {
			t.Errorf("%+v", maps)
		}
	})
}
