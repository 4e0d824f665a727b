package demodata

import "strings"

// job is an occupation: what stands on the card, as a code, and how people with
// it are addressed.
type job struct{ post, kind, trade, title, employer string }

// jobLines: post, kind of work, trade, title (- for none), employers' endings.
const jobLines = `
总经理 manager manufacturing 总 机械有限公司
董事长 manager property 董 置业集团
销售总监 manager commerce 总 贸易有限公司
采购经理 manager manufacturing 经理 精密制造有限公司
项目经理 professional construction 经理 建筑工程公司
软件工程师 professional it - 软件有限公司
算法工程师 professional it - 科技有限公司
产品经理 professional it - 网络科技公司
教授 professional education 教授 大学
中学教师 teacher education 老师 中学
小学教师 teacher education 老师 实验小学
主任医师 professional health 主任 人民医院
护士长 professional health 护士长 中医院
律师 professional business 律师 律师事务所
会计 clerk business 会计 会计师事务所
审计经理 professional finance 经理 证券公司
客户经理 clerk finance 经理 银行
科长 official government 科长 市政管理局
处长 official government 处长 发展改革委
行政主管 clerk business 主管 咨询公司
设计师 professional culture 老师 建筑设计院
记者 professional culture 记者 日报社
摄影师 freelance culture 老师 影像工作室
演员 freelance culture 老师 话剧院
导游 service services - 旅行社
厨师长 service hospitality 师傅 酒楼
店长 service commerce 店长 连锁超市
物流主管 clerk transport 主管 物流公司
机长 professional transport 机长 航空公司
司机 worker transport 师傅 运输公司
技术员 worker energy 工 电力公司
高级工程师 professional energy 工 设计研究院
研究员 professional research 研究员 材料研究所
合作社理事长 farmer agriculture 理事长 农业合作社
茶园主 owner agriculture 老板 茶业有限公司
个体店主 owner commerce 老板 商行
大学生 student education 同学 大学
退休教师 retired education 老师 第二中学
退休工程师 retired manufacturing 工 机床厂
退休干部 retired government - 老干部活动中心`

const employerBrands = `华晟 明德 瑞安 博远 新程 天健 金桥 恒信 嘉禾 启明 中泰 东方 越海 鼎新 安和 同辉 云帆 万象 德隆 清源
	昌盛 海纳 祥云 立信 蓝湾 星河 汇通 百川 正和 远景 宏图 智联 康宁 长青 华泽 永安 文澜 朗润 松鹤 锦绣`

func readJobs() (jobs []job) {
	for line := range strings.Lines(strings.TrimSpace(jobLines)) {
		w := strings.Fields(line)
		j := job{w[0], w[1], w[2], strings.TrimPrefix(w[3], "-"), w[4]}
		jobs = append(jobs, j)
	}
	return jobs
}

// jobFor returns an occupation that fits the age.
func (w *words) jobFor(r *random, age int) *job {
	retired := len(w.jobs) - 3
	switch {
	case age >= 63:
		return &w.jobs[retired+r.n(3)]
	case age < 23:
		return &w.jobs[retired-1]
	}
	return &w.jobs[r.n(retired-1)]
}

// employer names a place of work in a city: public ones bear its name alone.
func (w *words) employer(r *random, c *city, j *job) string {
	switch j.trade {
	case "education", "health", "government", "culture":
		return c.name + j.employer
	}
	return c.name + r.pick(w.firm.brands) + j.employer
}
