package catalogue

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// tells are words in a field's name that betray what kind of thing it holds:
// what article 28 of the PIPL calls sensitive, and articles 9 and 10 of the GDPR
// besides. Characters are met anywhere in a name; of Latin words the whole, or
// the beginning where a star follows. It errs on the side of sealing: whoever
// knows better says why.
var tells = []struct{ class, han, latin string }{
	{"health", `健康 病 症 药 藥 医 醫 疗 療 过敏 過敏 残疾 殘疾 孕 生理 月经 血型 血压 血糖 体检 體檢 体重 精神 心理 手术 手術 疫苗`,
		`health* medic* illness* disease* diagnos* symptom* allerg* disab* pregnan* blood surg* therap* vaccin* mental psych* drug drugs pharma* patient* cancer* diabet* asthma* weight bmi disorder*`},
	{"creed", `宗教 信仰 教派 教徒 佛教 信佛 拜佛 念佛 基督 天主 伊斯兰 伊斯蘭 穆斯林 清真 祷 礼拜 皈依`,
		`religi* faith* creed* belief* church* mosque* pray* worship* christ* catholic* muslim* islam* buddh* hindu* jewish jew jews halal kosher`},
	{"politics", `政治 政见 政見 党 黨 选举 選舉 投票 派别 工会 工會`, `politic* elector* vote* voting partisan* union`},
	{"biometric", `指纹 指紋 人脸 人臉 面部 虹膜 声纹 聲紋 掌纹 基因 生物识别 生物特征`, `biometric* fingerprint* facial face faceprint* iris retina* voiceprint* palmprint* genetic* genome* dna`},
	{"finance", `收入 工资 工資 薪 存款 财务 財務 财产 財產 资产 資產 负债 負債 债务 債務 贷款 貸款 按揭 征信 信用 银行 銀行 账户 帐户 帳戶 纳税`,
		`income* salar* wage* wealth* asset* bank* debt* loan* mortgage* credit* financ* tax* payroll`},
	{"child", `孩 儿童 兒童 小朋友 宝宝 寶寶 婴 嬰 幼儿 未成年 儿子 兒子 女儿 女兒 子女 孙子 孙女`,
		`child* kid kids baby babies infant* toddler* son sons daughter* grandchild* grandson* granddaughter* minor minors`},
	{"document", `身份证 身份證 护照 護照 证件 證件 驾照 驾驶证 社保号 签证号`, `passport* ssn licence license`},
	{"origin", `种族 種族 民族 族裔 血统`, `racial ethnic* ancestry`},
	{"intimacy", `性取向 性生活 性伴 同性恋`, `sexual* orientation lgbt*`},
	{"crime", `犯罪 前科 案底 刑事 刑罚 服刑`, `crimin* convict* offence* offense*`},
	{"whereabouts", `行踪 行蹤 轨迹 軌跡 定位`, `whereabouts geolocation gps tracking`},
}

// SensitiveClasses names the classes of sensitive data that the texts speak of,
// in a fixed order.
func SensitiveClasses(texts ...string) []string {
	var out []string
	for _, t := range tells {
		if slices.ContainsFunc(texts, func(s string) bool { return speaks(s, t.han, t.latin) }) {
			out = append(out, t.class)
		}
	}
	return out
}

func speaks(text, han, latin string) bool {
	text = strings.ToLower(norm.NFKC.String(text))
	for word := range strings.FieldsSeq(han) {
		if strings.Contains(text, word) {
			return true
		}
	}
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.In(r, unicode.Latin) })
	for stem := range strings.FieldsSeq(latin) {
		begin, open := strings.CutSuffix(stem, "*")
		if slices.ContainsFunc(words, func(w string) bool { return w == begin || open && strings.HasPrefix(w, begin) }) {
			return true
		}
	}
	return false
}

// phrases are what people write where a benefit should stand, without blanks and
// punctuation: true of everything, and so of nothing.
var phrases = `提升服务 提升服务质量 提高服务质量 提供更好的服务 更好的服务 提升客户体验 提升体验 改善体验 改善服务 为客人服务 为客户服务 更好地服务客人 更好地服务客户 方便客人 方便工作 工作需要 业务需要 统计需要 了解客人 了解客户
	betterservice bettercustomerservice betterserviceforguests bettercustomerexperience improveservice improvetheservice improvesservice improvedservice improveexperience improvecustomerexperience
	enhanceexperience enhancecustomerexperience goodservice convenience forthecustomer forthecustomersbenefit customersatisfaction forbusinessneeds businessneeds forstatistics knowingourcustomers toknowourcustomers`

// SaysSomething reports whether a text in the language ("zh-CN", "en") is more
// than an empty phrase: a few words in its own script, and none of those that
// fit anything.
func SaysSomething(lang, text string) bool {
	letters, own, kinds := "", 0, map[rune]bool{}
	script, enough, different := unicode.Han, 6, 5
	if lang != languages[0] {
		script, enough, different = unicode.Latin, 12, 6
	}
	for _, r := range strings.ToLower(norm.NFKC.String(text)) {
		if unicode.IsLetter(r) {
			letters += string(r)
		}
		if unicode.Is(script, r) {
			own++
			kinds[r] = true
		}
	}
	if lang != languages[0] && (len(strings.Fields(text)) < 3 || strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })) {
		return false
	}
	return own >= enough && len(kinds) >= different && !slices.Contains(strings.Fields(phrases), letters)
}
