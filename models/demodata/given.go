package demodata

import "strings"

// Generations of given names: fashion changed with the decades.
const (
	bornBefore1960 = iota
	bornBefore1980
	bornBefore1995
	bornLater
	generations
)

func generationOf(year int) int {
	switch {
	case year < 1960:
		return bornBefore1960
	case year < 1980:
		return bornBefore1980
	case year < 1995:
		return bornBefore1995
	}
	return bornLater
}

// givenSet is what one sex of one generation is called: whole names in fashion,
// first and second characters that are combined freely, and single characters
// with their share in a hundred.
type givenSet struct {
	whole, first, second, single []string
	singleShare                  int
}

// givenLines: male, then female, oldest generation first; four parts a line.
const givenLines = `
建国 国华 德明 志强 文忠 永福 国栋 金生 宝山 长林 振华 玉林 福生 树森 家声 | 德 国 永 志 文 玉 福 振 宝 树 家 世 金 长 廷 耀 兆 庆 克 子 | 明 华 祥 林 山 清 贵 生 才 荣 昌 德 义 忠 田 海 龙 顺 成 义 | 勇 刚 毅 坤 义
建军 志强 建华 国强 卫东 永强 志刚 海涛 晓东 建平 文军 红军 向东 立新 卫国 | 建 志 国 卫 文 永 海 晓 立 红 向 学 春 明 光 新 世 少 宏 庆 | 军 强 华 平 东 明 生 民 涛 刚 辉 峰 林 斌 伟 忠 利 文 雄 良 | 军 伟 勇 刚 强 斌 辉 峰 涛 平 波 毅
志鹏 俊杰 海波 文博 家豪 子健 晓峰 浩然 明辉 俊峰 伟杰 立群 思远 一鸣 嘉伟 | 俊 志 文 晓 明 海 嘉 子 伟 家 少 立 思 宇 浩 振 佳 泽 正 博 | 杰 鹏 峰 博 豪 辉 超 宇 龙 伟 健 凯 涛 飞 洋 阳 翔 亮 远 铭 | 伟 磊 鹏 超 涛 杰 浩 勇 凯 洋 鑫 亮 帅 龙 飞 宇 斌
子轩 浩宇 宇轩 梓豪 俊熙 子涵 奕辰 浩然 博文 梓睿 天佑 皓轩 沐辰 铭泽 宇航 | 子 梓 浩 宇 俊 奕 沐 皓 博 天 铭 泽 一 睿 煜 嘉 晨 思 昊 书 | 轩 宇 豪 涵 辰 泽 睿 航 熙 文 佑 阳 铭 霖 然 哲 恒 诚 远 川 | 睿 昊 轩 博 宸 航 哲
秀英 桂英 玉兰 秀兰 玉珍 凤英 桂兰 淑珍 玉英 素珍 桂芳 秀珍 淑华 月英 秀芳 | 秀 桂 玉 凤 淑 素 月 金 春 兰 翠 巧 惠 爱 菊 美 雪 云 银 彩 | 英 兰 珍 芳 华 梅 芝 莲 琴 香 娥 云 花 荣 贞 凤 清 仙 娣 琼 | 英 敏 芬 珍 琴
丽华 红梅 晓红 春燕 秀丽 海燕 丽萍 建英 玉梅 晓燕 志红 卫红 雪梅 爱华 美玲 | 丽 红 晓 春 海 雪 玉 秀 爱 小 建 艳 美 桂 燕 文 慧 淑 冬 亚 | 华 梅 红 燕 萍 丽 英 玲 霞 芳 琴 娟 敏 云 洁 琳 平 清 珍 芬 | 丽 敏 静 艳 娟 霞 燕 红 玲 萍 芳 梅 琴 英
婷婷 雅静 晓雯 佳慧 丹丹 思琪 文静 梦婷 欣怡 雪莹 嘉琳 晓薇 倩倩 慧敏 诗雨 | 晓 佳 雅 思 梦 欣 雪 嘉 文 诗 慧 婷 丹 静 小 若 海 美 雨 艺 | 雯 静 婷 慧 琪 怡 莹 琳 薇 敏 倩 颖 洁 瑶 佳 萌 媛 蕾 娜 雪 | 静 婷 敏 颖 倩 娜 雪 洁 琳 丹 莹 玲 蕾 璐 媛
梓涵 欣妍 诗涵 雨桐 可馨 子萱 梦琪 语嫣 若曦 一诺 思彤 依诺 沐晴 佳怡 芷若 | 梓 欣 诗 雨 可 子 梦 语 若 一 思 依 沐 佳 芷 紫 艺 锦 书 清 | 涵 妍 桐 馨 萱 琪 嫣 曦 诺 彤 晴 怡 瑶 宁 悦 玥 彦 菲 溪 瑾 | 悦 玥 妍 彤 瑶 诺 菲`

var singleShares = [generations]int{8, 24, 32, 9}

func readGiven() (sets [2][generations]givenSet) {
	for k, line := range strings.Split(strings.TrimSpace(givenLines), "\n") {
		parts := strings.Split(line, "|")
		set := &sets[k/generations][k%generations]
		set.whole, set.first = strings.Fields(parts[0]), strings.Fields(parts[1])
		set.second, set.single = strings.Fields(parts[2]), strings.Fields(parts[3])
		set.singleShare = singleShares[k%generations]
	}
	return sets
}

func (s *givenSet) pick(r *random) string {
	switch {
	case r.chance(s.singleShare):
		return r.pick(s.single)
	case r.chance(22):
		return r.pick(s.whole)
	}
	return r.pick(s.first) + r.pick(s.second)
}
