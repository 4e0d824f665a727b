package demodata

import (
	"slices"
	"strconv"
	"strings"
)

// staffLines is one member a line: login, name, role, branch, employment, days
// since hired, days since notice, days until the last day, pay band. The first of
// each role bears the role's easy login.
const staffLines = `
qiantai 林晓雯 front_desk 0 regular 2270 -1 -1 A3
louceng 陆川 floor 0 regular 1840 -1 -1 A3
xiaoshou 周岚 sales 0 regular 3720 -1 -1 B2
kefu 顾衡 service 0 regular 1570 -1 -1 B1
yingxiao 叶知秋 marketing 1 regular 1260 -1 -1 B2
jingli 秦望舒 manager 0 regular 3650 -1 -1 C1
baoguan 沈国平 custodian 0 regular 5170 -1 -1 B3
zongjing 贺兰亭 owner 1 regular 6400 -1 -1 C2
guanli 丁一鸣 admin 1 regular 1930 -1 -1 B2
shenji 曾静怡 auditor 1 regular 2510 -1 -1 B3
zhaomin11 赵敏 front_desk 0 temporary 210 -1 -1 A2
xiaoyu12 萧雨 front_desk 0 intern 64 -1 26 A1
chenjialin13 陈嘉琳 front_desk 1 regular 4420 -1 -1 A3
wangzihan14 王子涵 front_desk 1 regular 880 12 18 A3
luoqian15 罗茜 front_desk 2 regular 4150 -1 -1 A3
tangxin16 唐欣 front_desk 2 regular 1390 -1 -1 A3
liuyang17 刘洋 front_desk 3 regular 3980 -1 -1 A3
suhe18 苏禾 front_desk 3 temporary 320 -1 -1 A2
hongmeiling19 洪美玲 front_desk 4 regular 4030 -1 -1 A3
linzhihao20 林志豪 front_desk 4 regular 730 -1 -1 A2
emilycarter21 Emily~Carter front_desk 5 regular 3720 -1 -1 A3
hejun22 何俊 floor 0 regular 2050 -1 -1 B1
wuxiulan23 吴秀兰 floor 1 regular 5230 -1 -1 A2
zhouqiang24 周强 floor 2 regular 2620 -1 -1 A2
madongmei25 马冬梅 floor 3 regular 3110 -1 -1 A2
xuhaibo26 许海波 floor 4 temporary 150 -1 -1 A1
josegarcia27 José~García floor 5 regular 2440 -1 -1 A2
fangzhiyuan28 方知远 sales 1 regular 770 -1 -1 B1
denglei29 邓磊 sales 2 regular 3340 -1 -1 B2
baixue30 白雪 sales 3 regular 1720 40 5 B1
daniellee31 Daniel~Lee sales 5 regular 1480 -1 -1 B2
yuanting32 袁婷 service 1 regular 2890 -1 -1 B1
panyue33 潘悦 service 2 intern 45 -1 75 A1
gaoyuan34 高远 service 4 regular 960 -1 -1 A3
shanxiaodan35 单晓丹 marketing 3 regular 1090 -1 -1 B1
qiuwenbo36 仇文博 manager 2 regular 4310 -1 -1 C1
xieyun37 解芸 manager 4 regular 3580 -1 -1 B3
ouyangmin38 欧阳敏 custodian 1 regular 4890 -1 -1 B3
zhaijianhua39 翟建华 custodian 2 regular 3770 9 51 B3
hanlu40 韩露 custodian 3 regular 240 -1 -1 B2`

func staffTable() []Staff {
	var all []Staff
	for line := range strings.Lines(strings.TrimSpace(staffLines)) {
		w := strings.Fields(line)
		n := func(i int) int { v, _ := strconv.Atoi(w[i]); return v }
		s := Staff{
			Login: w[0], Name: strings.ReplaceAll(w[1], "~", " "), Role: w[2], BranchIndex: n(3), Employment: w[4],
			HiredDaysAgo: n(5), NoticeDaysAgo: n(6), LeavesInDays: n(7), PayBand: w[8], Language: "zh-CN",
		}
		if s.BranchIndex == seattle {
			s.Language = "en"
		}
		all = append(all, s)
	}
	return all
}

// desksOf lists those who meet customers, per branch, longest service first. The
// floor hears things too, but does not register anybody.
func desksOf(branches []Branch, staff []Staff) [][]int {
	desks := make([][]int, len(branches))
	for i, s := range staff {
		switch s.Role {
		case "front_desk", "sales", "service":
			desks[s.BranchIndex] = append(desks[s.BranchIndex], i)
		}
	}
	for _, d := range desks {
		slices.SortFunc(d, func(a, b int) int { return staff[b].HiredDaysAgo - staff[a].HiredDaysAgo })
	}
	return desks
}

// heardBy returns somebody of the branch who was in service then.
func (g *Generator) heardBy(r *random, branch, daysAgo int) int {
	desk := g.desks[branch]
	s := desk[r.n(len(desk))]
	if g.staff[s].HiredDaysAgo < daysAgo {
		return desk[0]
	}
	return s
}
