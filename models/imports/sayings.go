package imports

import (
	"regexp"

	"shuke/models/tabular"
)

// What a heading tells of its column.
type says int

const (
	saysNothing says = iota // a program made it up, or it says no more than that there is something
	saysWords               // words that nobody here knows
	saysIt                  // a field, or that it is none of the customer's
)

// saying tells whether the values may be asked what a column holds.
func saying(names tabular.Names, heading string) says {
	plain := plainWord(heading)
	switch {
	case names.Knows(heading):
		return saysIt
	case plain == "" || numbered.MatchString(plain) || vague.MatchString(plain):
		return saysNothing
	case ofOther.MatchString(plain):
		return saysIt
	}
	return saysWords
}

// numbered are headings that a program made up: 列1, Column2, Unnamed: 3.
var numbered = regexp.MustCompile(`^(|列|字段|栏|栏目|项|项目|属性|自定义|自定义字段|扩展|扩展字段|备用|备用字段|column|col|field|f|var|attribute|attr|custom|customfield|unnamed|untitled|未命名)[0-9一二三四五六七八九十]*$`)

// vague are headings of one sign, and those that say that something is there.
var vague = regexp.MustCompile(`^([a-z甲乙丙丁戊己庚辛壬癸]|联系|联络|信息|资料|数据|内容|号码|其他|其它|客户|客户信息|客人信息|联系信息|data|info|information|value|text|other|misc|extra|contactinfo|contactdetails)[0-9一二三四五六七八九十]*$`)

// ofOther are words of people around the customer and of those who serve them, of
// things that have numbers of their own, and of what held once. It need not be
// whole: a heading that is in no list is believed only where it is the one
// column of its kind and its values carry proof.
var ofOther = regexp.MustCompile(`紧急|配偶|丈夫|妻|爱人|对象|父|母|爸|妈|子女|孩|儿|女|家属|家长|家人|亲|监护|朋友|同事|同行|同住|随行|秘书|助理|司机|导游|领队|介绍|推荐|担保|代理|代办|中介|` +
	`经办|经手|销售|业务|跟进|跟单|归属|店员|店长|员工|客服|管家|经理|主管|顾问|教练|老师|医生|技师|操作|录入|创建|登记|审核|审批|负责|领导|预订人|订票|付款|收款|` +
	`供应|厂|公司|单位|企业|机构|酒店|门店|分店|前台|总机|部门|快递|物流|收货|收件|寄件|发票|开票|账单|订单|单号|单据|流水|编号|编码|代码|序号|工号|卡|券|票|支付|交易|商品|货|设备|` +
	`旧|原|前|曾|历史|停用|失效|作废|错误|` +
	`emerg|spouse|wife|husband|father|mother|parent|child|kid|famil|relative|guardian|friend|refer|agent|broker|sales|rep|staff|employ|clerk|manager|owner|assistant|driver|secretary|coach|doctor|` +
	`supplier|vendor|company|office|firm|hotel|branch|store|shop|shipping|deliver|billing|invoice|order|ref|code|serial|number|no$|id$|sku|item|product|card|payment|trans|old|prev|former|past|invalid|sender|recipient|operator|user|by$`)
