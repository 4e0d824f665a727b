package name

// strokes are letters that Unicode does not take apart.
var strokes = map[rune]string{
	'đ': "d", 'ð': "d", 'ɖ': "d", 'ø': "o", 'ł': "l", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'þ': "th", 'ı': "i", 'ŋ': "n", 'ħ': "h",
	'ŧ': "t", 'ə': "a", 'ǝ': "a", 'ɔ': "o", 'ɛ': "e", 'ƒ': "f", 'ĸ': "k", 'ŀ': "l", 'ſ': "s", 'ɓ': "b", 'ɗ': "d", 'ƙ': "k", 'ƴ': "y",
	'ɨ': "i", 'ƶ': "z", 'ȼ': "c", 'ɇ': "e", 'ǥ': "g", 'ɉ': "j", 'ɍ': "r", 'ɏ': "y", 'ʉ': "u", 'ɣ': "g", 'ʻ': "",
	'ى': "ي", 'ی': "ي", 'ک': "ك", 'ة': "ه", 'ھ': "ه", 'ہ': "ه", 'ٱ': "ا", 'ς': "σ",
}

// japaneseForms holds pairs: a form written only in Japan or in its family
// registers, and the simplified character a Chinese clerk types for it.
const japaneseForms = `
沢泽 桜樱 辺边 邉边 斎斋 斉齐 浜滨 濵滨 竜龙 関关 渋涩 澁涩 恵惠 栄荣 黒黑 徳德 髙高 﨑崎 嵜崎 実实 変变 嶋岛 滝泷 瀬濑 鉄铁 薬药 戸户 亜亚 応应 仏佛 円圆 豊丰 歩步 楽乐 気气 広广 圧压 囲围 図图 団团
売卖 対对 専专 巣巢 帯带 帰归 従从 戦战 挙举 揺摇 摂摄 暁晓 様样 権权 歓欢 毎每 満满 焼烧 煕熙 熈熙 発发 県县 稲稻 穂穗 穏稳 縁缘 舎舍 艶艳 荘庄 蔵藏 蛍萤 覚觉 覧览 観观 読读 譲让 賛赞 転转 軽轻 郷乡
釈释 銭钱 錬炼 闘斗 険险 隠隐 隣邻 雑杂 霊灵 顕显 駅驿 鶏鸡 鴎鸥 黙默 齢龄 亀龟 塩盐 営营 拝拜 択择 浄净 済济 渓溪 巌岩 曽曾 増增 聡聪 総总 経经 絵绘 継继 続续 縄绳 両两 乗乘 仮假 価价 伝传 処处 剣剑
勲勋 労劳 単单 厳严 収收 寛宽 弾弹 鉱矿 頼赖 糸丝 槇槙 槗桥 舩船 嶌岛 嶐隆 歳岁 児儿 巻卷 奨奖 悪恶 払拂 掲揭 検检 渇渴 潅灌 犠牺 畳叠 窓窗 粋粹 縦纵 聴听 脳脑 脇胁 臓脏 弐贰 壱壹 麺面
`

// otherForms holds pairs that the traditional to simplified table lacks: forms
// in registers of Taiwan and Hong Kong, radicals that come out of PDF files.
const otherForms = `
郞郎 逹达 曻升 桒桑 畄留 籐藤 冨富 飜翻 寗宁 珎珍 賔宾 臯皋 兎兔 莵菟 廸迪 逈迥 ⺟母 ⻓长 ⻩黄 ⻢马 ⻰龙 ⻜飞 ⻛风 ⻉贝 ⻅见 ⻆角 ⻘青 ⻔门 ⻙韦 ⻋车 ⻬齐 ⻥鱼 ⻦鸟 ⻨麦 ⻤鬼 ⻝食 ⻒镸 ⻄西 ⻁虎 ⺠民
⻚页 ⻮齿 ⻳龟 槪概 淸清 靑青 尙尚 硏研
`

// oldFontYan is 䶮 as an old GBK font and many bank files encode it.
const oldFontYan = '\uE863'
