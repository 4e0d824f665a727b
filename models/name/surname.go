package name

import "strings"

// surnames are read otherwise as a surname than elsewhere, or in several ways.
const surnames = `曾 zēng;单 shàn;仇 qiú;解 xiè;区 ōu;查 zhā;朴 piáo;盖 gě gài;乐 yuè lè;覃 qín tán;佴 nài;繁 pó;缪 miào;黑 hè;秘 bì;员 yùn yún;` +
	`贠 yùn yún;宿 sù;葛 gě;洗 xiǎn;纪 jǐ;任 rén;华 huà;燕 yān;於 yū;重 chóng;召 shào;折 shé;种 chóng;祭 zhài;哈 hǎ;行 xíng héng;` +
	`冯 féng;干 gān;郄 qiè xì;薄 bó;褚 chǔ;都 dū;费 fèi bì;炅 guì;过 guō;稽 jī;句 gōu;阚 kàn;令 líng;么 yāo;乜 niè;撒 sǎ;莎 shā;` +
	`少 shào;射 yì;莘 shēn xīn;盛 shèng;相 xiàng;笮 zé zuó;占 zhān;长 cháng;粘 nián;谷 gǔ;贾 jiǎ;强 qiáng;车 chē;难 nìng;` +
	`能 nài;那 nā nà;角 jué;贲 bēn;参 shēn;朝 cháo;丌 qí jī;奇 qí;降 jiàng;肖 xiāo;揣 chuǎi;洼 guī wā;六 lù;亢 kàng gāng;` +
	`甯 nìng;寗 nìng;蔚 yù wèi;万 wàn;藏 zāng;番 pān fān;适 kuò shì;澹 tán;鬲 gé lì;传 chuán;弹 tán;殷 yīn;隽 juàn;校 jiào xiào;` +
	`称 chēng;度 duó dù;俱 jū`

// compounds are surnames of two characters. Readings stand where they differ
// from those of the characters.
const compounds = `欧阳;太史;端木;上官;司马;东方;独孤;南宫;万俟 mò qí;闻人;夏侯;诸葛 zhū gě;尉迟 yù chí;公羊;赫连;澹台 tán tái;皇甫 huáng fǔ;宗政;濮阳;公冶;太叔;申屠;公孙;` +
	`慕容;仲孙;钟离;长孙 zhǎng sūn;宇文;司徒;鲜于 xiān yú;司空;闾丘;子车 zǐ jū;亓官 qí guān;司寇;巫马;公西;颛孙;壤驷;公良;漆雕;乐正 yuè zhèng;宰父 zǎi fǔ;` +
	`谷梁 gǔ liáng;拓跋 tuò bá;夹谷 jiá gǔ;轩辕;令狐 líng hú;段干 duàn gān;百里;呼延;东郭;南门;羊舌;微生;梁丘;左丘;东门;西门;第五;淳于 chún yú;单于 chán yú;` +
	`叔孙;屈突;完颜;耶律;纳兰;贺兰;斛律;尔朱;贺若;豆卢;哥舒;库狄;仆固 pú gù;达奚;秃发;沮渠 jū qú;北宫;毌丘 guàn qiū;屠岸;即墨;公户;司城;主父;褚师 zhǔ shī;东里;范姜;` +
	`陆费 lù bì;刘付;张简;富察;叶赫;那拉 nà lā;瓜尔;佟佳;费莫;索绰;西林;爱新;乌雅;他塔;阿史;宿勤;侯莫;步六;南荣;左人;安期;太公`

// japaneseSurnames tell a Japanese name from a Chinese one when no reading was
// entered. Before the bar: so even when one character follows.
const japaneseSurnames = `佐藤 铃木 渡边 渡部 伊藤 中村 加藤 近藤 远藤 斋藤 坂本 桥本 横山 丸山 增田 村上 村田 前田 后藤 池田 佐佐木 长谷川 五十岚 大久保 小野寺 久保田
 大冢 野口 野村 樱井 樋口 浅野 浅井 菊地 菊池 柴田 岩崎 冈崎 冈田 冈本 三浦 宫崎 宫本 竹内 杉山 杉本 榊原 佐野 佐伯 二宫 三上 三宅 上原 河野 大岛 大桥 中岛 渥美 荒木 川口 川上 片山 本田 早川 堀内 矢野 绫濑 羽田 羽生 栗原 须藤 泽田 滨田 稻垣 |
 高桥 田中 山本 小林 吉田 山田 山口 松本 井上 木村 清水 山崎 石川 山下 阿部 石井 小川 藤田 青木 福田 太田 西村 藤井 金子 藤原 中野 原田 中川 松田 小野 田村 中山 和田 石田 森田 上田 酒井 高木 安藤 大野 小岛 谷口 工藤 今井 高田 藤本 新井 平野 千叶 松尾 岛田 大西 木下 松井 熊谷 水野 古川 久保 山内 松冈 上野 秋山 小山 市川 北村
 内田 田口 松下 安田 小泽 星野 黑田 西田 平田 吉川 松浦 大谷 服部 福岛 石原 关口 岩田 马场 高野 平井 吉村 山村 内藤 永井 松永 森本 西川 川村 土屋 福井 广濑 荒井 宫泽 大泽 安倍 小池 黑泽 北野 村山 泷川 本间 桐谷 新垣 石原 深田 长泽 户田 福山`

// loadSurnames parses the tables above. A surname may also be read as the
// character usually is: a clerk who does not know better types that.
func (t *tables) loadSurnames() {
	t.surnames = map[rune]*sound{}
	for line := range strings.SplitSeq(surnames, ";") {
		f := strings.Fields(line)
		r := []rune(f[0])[0]
		t.surnames[r] = newSound(f[1:]...).with(t.sounds[r])
	}
	t.compound = map[[2]rune][2]*sound{}
	for line := range strings.SplitSeq(compounds, ";") {
		f := strings.Fields(line)
		rs := []rune(f[0])
		var pair [2]*sound
		for i, r := range rs {
			pair[i] = t.sounds[r]
			if len(f) == 3 {
				pair[i] = newSound(f[i+1]).with(t.sounds[r])
			}
		}
		t.compound[[2]rune(rs)] = pair
	}
	t.japanese = map[string]bool{}
	sure, likely, _ := strings.Cut(japaneseSurnames, "|")
	for s := range strings.FieldsSeq(likely) {
		t.japanese[s] = false
	}
	for s := range strings.FieldsSeq(sure) {
		t.japanese[s] = true
	}
}

// surnameSounds replaces the sounds of the leading surname and returns how many
// characters it has.
func (t *tables) surnameSounds(word []letter, out []syllable) int {
	if len(word) >= 2 {
		if pair, ok := t.compound[[2]rune{word[0].r, word[1].r}]; ok {
			out[0].sound, out[1].sound = pair[0], pair[1]
			return 2
		}
	}
	s := t.surnames[word[0].orig]
	if s == nil {
		s = t.surnames[word[0].r]
	}
	if s != nil {
		out[0].sound = s
	}
	return 1
}
