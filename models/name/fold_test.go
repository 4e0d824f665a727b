package name

import (
	"sync"
	"testing"
)

func TestFoldIsOneFormForManySpellings(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""}, {"  ", ""}, {"Ａｂ　Ｃ", "ab c"}, {"ﾀｶﾊｼ", "たかはし"}, {"ガ", "が"}, {"カ\u3099", "が"},
		{"Nguyễn Đặng", "nguyen dang"}, {"Nguye\u0302\u0303n", "nguyen"}, {"Ångström Øst Łódź Weiß ẞ", "angstrom ost lodz weiss ss"},
		{"İstanbul ıl", "istanbul il"}, {"Æsir Œuvre Þór", "aesir oeuvre thor"}, {"ＡＢＣ１２３", "abc123"}, {"ﬁ", "fi"},
		{"張偉 歐陽 龍", "张伟 欧阳 龙"}, {"佐々木 沢 桜 渡邉", "佐々木 泽 樱 渡边"}, {"乾隆", "干隆"}, {"乾", "干"},
		{"O’Neil O‘Neil O`Neil O´Neil Oʼneil O＇Neil", "o'neil o'neil o'neil o'neil o'neil o'neil"},
		{"a‐b–c—d－e−f", "a-b-c-d-e-f"}, {"买·买•买・买‧买･买⋅买", "买·买·买·买·买·买·买"},
		{"a \t\r\n\u00a0\u2003 b", "a b"}, {"王\u200b小\u200d明\ufeff\u202e\u0000", "王小明"}, {"刘\xff洋", "刘洋"}, {"\u00ad-", "-"},
		{"𠮷野𬱖㛃", "𠮷野𬱖㛃"}, {"葛󠄀城", "葛城"}, {"⼩⽟ ⻢", "小玉 马"}, {"\uE863", "䶮"}, {"\uF914", "乐"},
		{"Ёлка Й", "ёлка й"}, {"Άννα", "αννα"}, {"أحمد مُحَمَّد", "احمد محمد"}, {"Lǚ lǜ ǖ", "lu lu u"}, {"ｻﾄｰ", "さとー"}, {"김민수", "김민수"},
		{"\u1100\u1161\u11ab", "간"}, {"Ⅻ ①", "xii 1"}, {"กำ", "กํา"},
	} {
		if got := Fold(c.in); got != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestFoldFoldedIsTheSame(t *testing.T) {
	for _, p := range everybody() {
		if once := Fold(p.full); Fold(once) != once {
			t.Errorf("Fold(%q) = %q, folded again %q", p.full, once, Fold(once))
		}
	}
	for r := rune(0x3400); r < 0x323B0; r++ {
		if once := Fold(string(r)); Fold(once) != once {
			t.Errorf("Fold(%q) = %q, folded again %q", r, once, Fold(once))
		}
	}
}

func TestTablesAreReadByManyAtOnce(t *testing.T) {
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if got := Reading("曾小賢"); got != "Zēng Xiǎoxián" {
				t.Errorf("Reading = %q", got)
			}
		})
	}
	wg.Wait()
}

func TestReadingHasTonesWordsAndApostrophes(t *testing.T) {
	for _, c := range []struct{ full, want string }{
		{"张慕言", "Zhāng Mùyán"}, {"張慕言", "Zhāng Mùyán"}, {"欧阳娜娜", "Ōuyáng Nànà"}, {"罗世安", "Luó Shì'ān"}, {"梁晓薇", "Liáng Xiǎowēi"},
		{"周明远", "Zhōu Míngyuǎn"}, {"朱梦瑶", "Zhū Mèngyáo"}, {"曾国藩", "Zēng Guófān"}, {"單田芳", "Shàn Tiánfāng"}, {"吕布", "Lǚ Bù"},
		{"尉迟恭", "Yùchí Gōng"}, {"万俟卨", "Mòqí Xiè"}, {"查良镛", "Zhā Liángyōng"}, {"任贤齐", "Rén Xiánqí"}, {"乐嘉", "Yuè Jiā"}, {"仇英", "Qiú Yīng"},
		{"解缙", "Xiè Jìn"}, {"盖叫天", "Gě Jiàotiān"}, {"王 芳", "Wáng Fāng"}, {"李乾", "Lǐ Qián"}, {"鄭乾隆", "Zhèng Qiánlóng"}, {"王", "Wáng"},
		{"阿卜杜拉·买买提", "Ābǔdùlā·Mǎimǎití"}, {"艾尔肯", "Ài Ěrkěn"}, {"诸葛亮", "Zhūgě Liàng"}, {"欧阳", "Ōuyáng"}, {"区寄", "Ōu Jì"}, {"朴树", "Piáo Shù"},
		{"金子轩", "Jīn Zǐxuān"}, {"高木", "Gāo Mù"}, {"赵〇", "Zhào Líng"}, {"任盈盈", "Rén Yíngyíng"}, {"燕青", "Yān Qīng"}, {"宁浩", "Níng Hào"},
		{"佐藤美咲", ""}, {"佐々木希", ""}, {"高桥", "Gāo Qiáo"}, {"山本太郎", ""}, {"渡邉聡", ""}, {"John Smith", ""}, {"김민수", ""}, {"さくら", ""},
		{"王Tom", ""}, {"越临精密仪器有限公司", ""}, {"", ""}, {"3M中国", ""},
	} {
		if got := Reading(c.full); got != c.want {
			t.Errorf("Reading(%q) = %q, want %q", c.full, got, c.want)
		}
	}
	if got := Shown("张慕言", " Chang Mu-yen "); got != "Chang Mu-yen" {
		t.Errorf("an entered reading is shown as entered, got %q", got)
	}
}

func TestEverySpellingIsPlainLetters(t *testing.T) {
	for r, s := range loadTables().sounds {
		for _, spell := range s.spells {
			for _, b := range []byte(spell) {
				if b < 'a' || b > 'z' {
					t.Errorf("%c is spelled %q", r, spell)
				}
			}
			if spell == "" {
				t.Errorf("%c has an empty spelling", r)
			}
		}
	}
}
