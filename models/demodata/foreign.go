package demodata

import "strings"

// Names of guests from elsewhere. A slash divides the name from its reading.
const (
	japaneseFamily = `佐藤/サトウ 鈴木/スズキ 高橋/タカハシ 田中/タナカ 伊藤/イトウ 渡辺/ワタナベ 山本/ヤマモト 中村/ナカムラ 小林/コバヤシ
		加藤/カトウ 吉田/ヨシダ 山田/ヤマダ 佐々木/ササキ 山口/ヤマグチ 松本/マツモト 井上/イノウエ 木村/キムラ 林/ハヤシ 斎藤/サイトウ 清水/シミズ
		山崎/ヤマザキ 森/モリ 池田/イケダ 橋本/ハシモト 阿部/アベ 石川/イシカワ 小川/オガワ 前田/マエダ 藤田/フジタ 長谷川/ハセガワ 渡邉/ワタナベ 髙木/タカギ`
	japaneseMale = `健太/ケンタ 翔太/ショウタ 大輔/ダイスケ 誠/マコト 和也/カズヤ 直樹/ナオキ 拓也/タクヤ 浩二/コウジ 隆/タカシ 修/オサム
		英樹/ヒデキ 一郎/イチロウ 雄一/ユウイチ 亮/リョウ 達也/タツヤ 蓮/レン 悠真/ユウマ`
	japaneseFemale = `美咲/ミサキ 陽子/ヨウコ 恵子/ケイコ 由美子/ユミコ 真由美/マユミ 愛/アイ 彩/アヤ 直美/ナオミ 裕子/ユウコ 智子/トモコ
		さくら/サクラ 結衣/ユイ 葵/アオイ 麻衣/マイ 久美子/クミコ 優花/ユウカ`

	koreanFamily = `김/Kim/金 이/Lee/李 박/Park/朴 최/Choi/崔 정/Jung/郑 강/Kang/姜 조/Cho/赵 윤/Yoon/尹 장/Jang/张 임/Lim/林
		한/Han/韩 오/Oh/吴 서/Seo/徐 신/Shin/申 권/Kwon/权 황/Hwang/黄 안/Ahn/安 송/Song/宋 류/Ryu/柳 홍/Hong/洪`
	koreanMale   = `민준/Minjun/敏俊 서준/Seojun/瑞俊 지훈/Jihoon/智勋 성민/Sungmin/成敏 영수/Youngsoo/英秀 동현/Donghyun/东贤 현우/Hyunwoo/贤宇 재호/Jaeho/在浩`
	koreanFemale = `서연/Seoyeon/瑞妍 지우/Jiwoo/智友 민지/Minji/敏智 수진/Sujin/秀珍 은영/Eunyoung/恩英 혜진/Hyejin/惠珍 유나/Yuna/宥娜 미경/Mikyung/美庆`

	vietFamily = `Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ`
	vietMale   = `Văn~Minh Quốc~Anh Đức~Huy Minh~Tuấn Hữu~Phước Văn~Đông Thanh~Tùng Quang~Vinh`
	vietFemale = `Thị~Minh~Anh Thị~Hương Ngọc~Ánh Thị~Thu~Hà Mỹ~Linh Thị~Phương Bích~Ngọc Thùy~Dương`

	arabMale   = `محمد/Mohammed أحمد/Ahmed علي/Ali خالد/Khalid عمر/Omar يوسف/Yousef عبدالله/Abdullah سعود/Saud`
	arabFemale = `فاطمة/Fatima عائشة/Aisha مريم/Maryam نورة/Noura ليلى/Layla سارة/Sara هند/Hind ريم/Reem`
	arabFamily = `العتيبي/Al-Otaibi القحطاني/Al-Qahtani المنصوري/Al-Mansoori الهاشمي/Al-Hashimi حداد/Haddad النعيمي/Al-Nuaimi خليل/Khalil الشامسي/Al-Shamsi`

	// family~name/country: the country gives telephone, passport and language.
	westernFamily = `Smith/US Johnson/US Williams/US Brown/US Miller/US Davis/US Martinez/US O'Neil/US McCarthy/US Nguyen/US Kowalski/US
		Anderson/US Taylor/GB Clarke/GB Evans/GB Wright/GB O'Brien/IE Fitzgerald/IE Müller/DE Schmidt/DE Schröder/DE Weiß/DE von~Bülow/DE
		Dubois/FR Lefèvre/FR Moreau/FR d'Aubigné/FR de~la~Tour/FR van~der~Berg/NL de~Vries/NL van~Dijk/NL Rossi/IT Esposito/IT García/ES
		Núñez/ES Fernández-Ortiz/ES Silva/PT Gonçalves/PT Søndergaard/DK Ångström/SE Lindqvist/SE Hansen/NO Wilson/AU Campbell/AU Tremblay/CA`
	westernMale = `James John Robert Michael William David Richard Thomas Daniel Matthew Andrew Paul Mark Peter Jean-Luc Hans François José Luca
		Anders Søren Björn Pierre Oliver Jürgen Niels André`
	westernFemale = `Mary Patricia Jennifer Linda Elizabeth Susan Sarah Karen Emily Anna Laura Claire Zoë Hélène María Giulia Ingrid Renée Chloë
		Sophie Charlotte Inês Anne-Marie Katharina`

	// Names of Hong Kong, Macao and Taiwan in traditional characters with the
	// spelling of the passport.
	cantoneseFamily = `陳/Chan 黃/Wong 李/Lee 張/Cheung 梁/Leung 林/Lam 鄭/Cheng 吳/Ng 劉/Lau 何/Ho 葉/Yip 鄧/Tang 馮/Fung 區/Au 歐陽/Au-Yeung 蕭/Siu 鍾/Chung 盧/Lo`
	cantoneseMale   = `志明/Chi~Ming 家輝/Ka~Fai 偉強/Wai~Keung 俊傑/Chun~Kit 國榮/Kwok~Wing 德華/Tak~Wah 子聰/Tsz~Chung 浩賢/Ho~Yin`
	cantoneseFemale = `美玲/Mei~Ling 嘉欣/Ka~Yan 慧儀/Wai~Yee 麗珍/Lai~Chun 詠詩/Wing~Sze 曉彤/Hiu~Tung 淑芬/Suk~Fan 穎琳/Wing~Lam`
	taiwanFamily    = `陳/Chen 林/Lin 黃/Huang 張/Chang 李/Li 王/Wang 吳/Wu 劉/Liu 蔡/Tsai 楊/Yang 許/Hsu 鄭/Cheng 謝/Hsieh 郭/Kuo 曾/Tseng 簡/Chien 賴/Lai 蕭/Hsiao`
	taiwanMale      = `志豪/Chih-Hao 家豪/Chia-Hao 俊宏/Chun-Hung 建宏/Chien-Hung 冠廷/Kuan-Ting 宗翰/Tsung-Han 柏翰/Po-Han 文雄/Wen-Hsiung`
	taiwanFemale    = `淑芬/Shu-Fen 雅婷/Ya-Ting 怡君/Yi-Chun 美惠/Mei-Hui 佳穎/Chia-Ying 詩涵/Shih-Han 麗華/Li-Hua 欣儀/Hsin-Yi`

	minorityMale = `买买提·艾力/ug 阿不都热合曼·吐尔逊/ug 艾尔肯·卡德尔/ug 扎西次仁/bo 洛桑丹增/bo 多吉/bo 巴特尔/mn 苏和/mn 宝音德力格尔/mn
		阿木·尔古/zh 吉克·木果/zh 叶尔江·哈斯木/zh 沙马·拉且/zh 旦增·平措/bo 乌云毕力格/mn`
	minorityFemale = `阿依努尔·买买提/ug 古丽娜尔·依明/ug 热依汗古丽·玉素甫/ug 卓玛/bo 央金拉姆/bo 次仁德吉/bo 其其格/mn 萨仁高娃/mn 娜仁托娅/mn
		阿芝·莫色/zh 吉克·阿依/zh 迪丽努尔·阿不力孜/ug 白玛·央宗/bo 阿勒腾·古丽/zh 乌兰图雅/mn`
)

// pairs splits a list of name/reading/… into its parts; ~ stands for a blank.
func pairs(list string) [][]string {
	var out [][]string
	for _, w := range strings.Fields(list) {
		out = append(out, strings.Split(strings.ReplaceAll(w, "~", " "), "/"))
	}
	return out
}

func pickPair(r *random, list [][]string) []string { return list[r.n(len(list))] }
