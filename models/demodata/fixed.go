package demodata

import "strings"

// fixedLines are the guests everybody looks for first. A line with > begins a
// customer: kind, branch, days since first met. The others are facts: field,
// item, value, channel, days ago; a value of - is none.
const fixedLines = `
> individual 0 1041
name|0|张慕言|service|1041
phone|0|+8613800001234|service|1041
sex|0|male|service|1041
address_as|0|张教授|service|980
language|0|zh|service|1041
tier|0|金桂会员|service|420
member_no|0|Q88020461|service|420
birth|0|1974-03-12|service|1041
document_kind|0|id_card|service|1041
document_no|0|510104197403121230|service|1041
city|0|成都|pos|36
province|0|四川|pos|36
plate|0|-|service|523
email|0|zhangmuyan@example.cn|website|700
wechat|0|zmy_chengdu|service|700
employer|0|越临精密|call_in|425
post|0|顾问|call_in|425
work_kind|0|professional|call_in|425
payment_way|0|account|pos|34
invoice_title|0|某大学材料学院|pos|34
degree|0|doctor|fair|985
major|0|材料学|fair|985
school_level|0|graduate|service|944
school_name|0|亚琛工业大学|service|944
taboo|0|花生过敏，点餐必须告知厨房|service|985
taboo|1|勿劝酒，勿送酒|service|985
taboo|2|勿主动问起家人|service|740
allergy_instruction|0|花生及花生油全部避开，点餐必须告知厨房|service|985
care_instruction|0|海绵枕，换下羽绒枕|complaint|100
care_instruction|1|远离电梯的安静房|service|36
care_instruction|2|热水壶旁放两支签字笔、一叠白纸|service|250
diet|0|清淡、无糖|service|35
food_likes|0|早餐白粥配咸菜|service|35
drink_likes|0|无糖胡萝卜汁|service|614
drink_likes|1|黑咖啡不加奶|service|614
daily_rhythm|0|05:50 湖边晨跑，22:30 睡|service|187
sleep|0|怕空调低频声，喜海绵枕|complaint|100
hobby|0|碑帖|service|425
hobby|1|旧书店|service|425
drinking|0|never|service|985
manner|0|寒暄从简，重守时|service|250
valued|0|手写字条胜过短信|service|376
dislike|0|被拍照，被当众介绍|service|887
companion|0|周明远|pos|2
marital_status|0|married|service|740
children|0|1|service|740
child_name|0|张知微|service|740
child_birth|0|2016|service|740
opinion_of_us|0|房间安静，迷你吧账目要仔细|complaint|2
> individual 0 1500
name|0|梁晓薇|website|1500
phone|0|+8617700001234|website|1500
sex|0|female|website|1500
address_as|0|梁姐|service|1320
tier|0|银杏会员|service|800
member_no|0|Q88014402|service|800
city|0|苏州|website|1500
province|0|江苏|website|1500
wedding_anniversary|0|2014-11-22|service|730
marital_status|0|married|service|730
diet|0|素食|service|1320
taboo|0|素食，汤底也不用荤|service|1320
care_instruction|0|加湿器，高楼层湖景|service|400
food_likes|0|临窗的晚餐，甜品写名字|service|365
> individual 0 1700
name|0|周明远|partner|1700
phone|0|+8613600007708|partner|1700
sex|0|male|partner|1700
address_as|0|周总监|partner|1700
tier|0|银杏会员|service|900
member_no|0|Q88009117|service|900
employer|0|越临精密|partner|1700
post|0|采购总监|partner|1700
work_kind|0|manager|partner|1700
drink_likes|0|岩茶|call_out|495
city|0|杭州|partner|1700
> individual 0 900
name|0|朱梦瑶|website|900
phone|0|+8615900000921|website|900
sex|0|female|website|900
address_as|0|朱女士|service|880
tier|0|青竹会员|service|880
member_no|0|Q88031250|service|880
city|0|宁波|website|900
province|0|浙江|website|900
children|0|2|service|204
child_setup|0|两张儿童床，床边加护栏|service|204
> individual 0 2300
name|0|罗世安|partner|2300
phone|0|+8613900006620|partner|2300
sex|0|male|partner|2300
address_as|0|罗总|partner|2300
employer|0|越临精密|partner|2300
post|0|行政总监|partner|2300
taboo|0|协议量下滑的事由销售来谈|call_out|20
manner|0|先说结论，不喜饭局|call_out|260
> individual 0 12
name|0|韩博文|website|12
phone|0|+8618600003382|website|12
sex|0|male|website|12
address_as|0|韩先生|website|12
child_setup|0|婴儿床靠内墙放，备温奶器与奶瓶消毒锅|call_in|3
> individual 0 1200
name|0|佐藤美咲|website|1200
reading|0|サトウ ミサキ|website|1200
phone|0|+819032115567|website|1200
sex|0|female|website|1200
language|0|ja|website|1200
nationality|0|JP|website|1200
address_as|0|佐藤様|service|1100
tier|0|银杏会员|service|600
member_no|0|Q88022708|service|600
allergy_instruction|0|花粉过敏，房内不放百合|service|1100
care_instruction|0|荞麦枕|service|1100
document_kind|0|passport|service|1200
document_no|0|TR4471902|service|1200
> individual 0 3000
name|0|钱玉兰|service|3000
phone|0|+8613500004419|service|3000
sex|0|female|service|3000
address_as|0|钱阿姨|service|3000
birth|0|1946-11-22|service|3000
taboo|0|勿送钟|service|2600
city|0|绍兴|service|3000
> enterprise 0 2313
company_name|0|杭州越临精密机械有限公司|partner|2313
company_short_name|0|越临精密|partner|2313
phone|0|+8657188003170|partner|2313
tier|0|协议 A 级|partner|2000
city|0|杭州|call_out|25
company_address|0|浙江省杭州市滨江区江南大道 88 号|call_out|25
trade|0|manufacturing|partner|2313
company_size|0|300-999|call_out|25
legal_form|0|limited|partner|2313
invoice_title|0|杭州越临精密机械有限公司|partner|2313
taboo|0|前台勿谈协议价，只由客户经理谈|call_out|300
taboo|1|发票抬头勿写简称|complaint|500
features|0|重规矩，决策慢，守信|call_out|260
direction|0|扩产，外地工程师增多|call_out|25
use_of_us|0|客户验厂、项目评审、培训|call_out|260
share_with_us|0|约 45%，一年前 80%|call_out|25
alternatives|0|滨江一家商务酒店|call_out|25
alternatives_why|0|离新办公室步行 5 分钟|call_out|25
terms|0|高级房 ¥468，含双早，账期 30 天|partner|2000
credit_standing|0|watch|call_out|40
credit_limit|0|20000000|partner|2000
cooperation_attitude|0|cool|call_out|25
contact_name|0|罗世安|partner|2313
contact_role|0|decides|partner|2313
contact_phone|0|+8613900006620|partner|2313
contact_manner|0|先说结论，不喜饭局|call_out|260
contact_name|1|周明远|partner|1700
contact_role|1|influences|partner|1700
contact_phone|1|+8613600007708|partner|1700
contact_manner|1|要书面比价，爱喝岩茶|call_out|130
contact_name|2|许静|partner|1200
contact_role|2|handles|partner|1200
contact_manner|2|微信最快，下午两点后回|call_out|25
principal_role|0|legal_representative|partner|2313
principal_name|0|贺临川|partner|2313
principal_address_as|0|贺董|partner|2313`

func fixedCustomers(g *Generator) []Customer {
	var all []Customer
	branch := 0
	r := random{}
	for line := range strings.Lines(strings.TrimSpace(fixedLines)) {
		line = strings.TrimSpace(line)
		if head, ok := strings.CutPrefix(line, "> "); ok {
			w := strings.Fields(head)
			branch = atoi(w[1])
			all = append(all, Customer{Kind: w[0]})
			continue
		}
		w := strings.Split(line, "|")
		f := Fact{Field: w[0], Item: atoi(w[1]), Value: w[2], Channel: w[3], BranchIndex: branch, DaysAgo: atoi(w[4])}
		if f.Value == "-" {
			f.Value, f.None = "", true
		}
		f.StaffIndex = g.heardBy(&r, branch, f.DaysAgo)
		last := &all[len(all)-1]
		last.Facts = append(last.Facts, f)
	}
	return all
}
