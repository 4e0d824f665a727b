package demodata

import (
	"strconv"
	"strings"
)

// firmWords is the vocabulary of companies.
type firmWords struct{ brands, trades []string }

// firmTrades: what the name says, code of the trade, scope, main use of a hotel.
const firmTrades = `
精密机械|manufacturing|精密零部件的设计、制造与销售|客户验厂、项目评审
电子科技|manufacturing|电子元器件研发与生产|供应商大会
软件|it|行业软件开发与运维|异地项目驻场
生物医药|research|医药中间体研发|学术会议、专家接待
国际贸易|commerce|纺织品与日用品进出口|外商接待
建筑设计|research|民用建筑设计与咨询|评审会
文化传媒|culture|广告策划与影视制作|剧组住宿
旅行社|services|入境与国内旅游|团队用房
供应链|transport|仓储与冷链配送|司机和年会住宿
教育咨询|education|培训与留学咨询|封闭培训
食品|manufacturing|食品加工与销售|经销商年会
物业服务|property|物业管理|内部培训
会展服务|business|会议与展览服务|展商住宿`

func readFirmWords() firmWords {
	return firmWords{brands: strings.Fields(employerBrands), trades: strings.Split(strings.TrimSpace(firmTrades), "\n")}
}

// firm invents a company. It shares the machinery of a person for provenance and
// for the people around it.
func (g *Generator) firm(i int) Customer {
	p := person{g: g, r: g.random(streamSelf, i), country: "CN", origin: originFirm}
	r, w := &p.r, g.words
	p.wanted = wantedFacts(r)
	p.facts = make([]Fact, 0, p.wanted+16)
	p.birth, p.male = thisYear-r.between(38, 62), true
	p.since, p.channel = r.n(60)*r.n(60), channels.pick(r)
	p.city = w.city(r)
	p.branch = nearest(p.city.province)
	trade := strings.Split(r.pick(w.firm.trades), "|")
	brand := r.pick(w.firm.brands) + r.pick(w.firm.brands)[:3]
	form, ending := "limited", "有限公司"
	if r.chance(15) {
		form, ending = "joint_stock", "股份有限公司"
	}
	p.add("company_name", p.city.name+brand+trade[0]+ending)
	p.add("phone", r.landline(p.city))
	p.add("company_short_name", brand+trade[0])
	for _, step := range [...]func(){
		func() { p.registered(form, trade) }, func() { p.people(0) }, func() { p.leads(0) }, p.dealing,
		p.standing, func() { p.people(1) }, func() { p.leads(1) }, p.described, func() { p.people(2) }, func() { p.leads(2) },
	} {
		if p.enough() {
			break
		}
		step()
	}
	return Customer{Kind: Enterprise, Facts: p.facts}
}

func (p *person) registered(form string, trade []string) {
	p.add("licence_no", p.r.licence(p.r.pick(p.city.codes)))
	p.add("city", p.city.name)
	p.add("trade", trade[1])
	p.add("legal_form", form)
	p.add("company_address", p.g.words.address(&p.r, p.city, false))
	p.add("invoice_title", p.facts[0].Value)
	p.add("founded", p.day(1992, 2021))
	p.add("business_scope", trade[2])
	p.add("use_of_us", trade[3])
	p.add("company_size", p.r.pick([]string{"1-19", "20-99", "20-99", "100-299", "100-299", "300-999", "1000+"}))
	p.add("registered_capital", strconv.Itoa(p.r.between(1, 80))+"00000000")
}

// people adds a contact of the firm.
func (p *person) people(item int) {
	p.addItem("contact_name", item, p.someone(p.r.chance(45)))
	p.addItem("contact_role", item, [...]string{"handles", "decides", "uses"}[item])
	p.addItem("contact_phone", item, p.r.mobile())
	p.addItem("contact_manner", item, p.r.pick([]string{"先说结论，不喜饭局", "微信最快，下午回", "要书面比价", "爱聊家常，事情办得快"}))
}

// leads adds a principal of the firm.
func (p *person) leads(item int) {
	p.addItem("principal_role", item, [...]string{"legal_representative", "manager", "owner"}[item])
	name := p.someone(p.r.chance(75))
	p.addItem("principal_name", item, name)
	p.addItem("principal_address_as", item, string([]rune(name)[0])+[...]string{"董", "总", "总"}[item])
	p.addItem("principal_birth", item, strconv.Itoa(p.r.between(1955, 1992)))
	p.addItem("principal_education", item, p.r.pick([]string{"college", "bachelor", "bachelor", "master", "doctor"}))
	p.addItem("principal_character", item, p.r.pick([]string{"果断", "谨慎", "爽快", "重情义", "讲规矩"}))
	p.addItem("principal_hobbies", item, p.r.pick([]string{"高尔夫", "书法", "品茶", "登山", "收藏", "围棋"}))
}

func (p *person) dealing() {
	p.add("terms", p.r.pick([]string{"月结 30 天，含双早", "预付，满十间免一", "月结 45 天，会议室半价"}))
	p.add("credit_standing", p.r.pick([]string{"good", "good", "good", "fair", "watch", "poor"}))
	p.add("cooperation_attitude", p.r.pick([]string{"keen", "open", "open", "neutral", "cool"}))
	p.add("credit_limit", strconv.Itoa(p.r.between(2, 40))+"000000")
	p.add("opinion_of_us", p.r.pick([]string{"对账清楚", "希望开票再快些", "会议室设备要更新", "前台认得我们的人"}))
	p.add("taboo", p.r.pick([]string{"前台勿谈协议价", "发票抬头勿写简称", "勿向员工透露他人房价", "账单勿交给司机"}))
}

func (p *person) standing() {
	p.add("tier", p.r.pick([]string{"协议 A 级", "协议 B 级", "协议 C 级"}))
	p.add("relation_with_us", p.r.pick([]string{"往来多年，换过一次对接人", "去年开始合作", "由会展公司介绍"}))
	p.add("share_with_us", "约 "+strconv.Itoa(p.r.between(1, 9))+"0%")
	p.add("alternatives", p.r.pick([]string{"园区旁的商务酒店", "连锁精选酒店", "自有招待所"}))
	p.add("alternatives_why", p.r.pick([]string{"离厂区近", "价格低", "集团统一采购"}))
	p.none("company_credit_trouble")
}

func (p *person) described() {
	p.add("management_idea", p.r.pick([]string{"质量第一，先款后货", "以人为本，少加班", "快速试错", "稳健经营"}))
	p.add("direction", p.r.pick([]string{"扩产，外地工程师增多", "开拓东南亚市场", "转向线上", "筹备上市"}))
	p.add("features", p.r.pick([]string{"重规矩，决策慢，守信", "年轻团队，临时订房多", "家族企业，老板拍板"}))
	p.add("image", p.r.pick([]string{"低调务实", "行业标杆", "新锐"}))
	p.add("reputation", p.r.pick([]string{"付款守时", "同行口碑好", "偶有拖欠"}))
	p.add("area_served", p.r.pick([]string{"长三角", "全国", "西南", "珠三角", "北美"}))
	p.add("selling_power", p.r.pick([]string{"直销三十人", "以经销商为主", "线上为主"}))
	p.add("results", p.r.pick([]string{"连年增长两成", "持平", "今年回落一成"}))
	p.add("potential", p.r.pick([]string{"新厂明年投产", "并购在谈", "有望进入前三"}))
	p.add("strengths", p.r.pick([]string{"技术领先", "渠道广", "成本低", "交货快"}))
	p.add("problems", p.r.pick([]string{"外地客户住宿分散", "差旅超支", "会场难订"}))
	p.add("remedies", p.r.pick([]string{"统一由行政订房", "按季谈价", "提前一月锁定会场"}))
}
