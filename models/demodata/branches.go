package demodata

func branchTable() []Branch {
	return []Branch{
		{"XH", "西湖店", "West Lake", "Asia/Shanghai", "CN", "杭州"},
		{"WT", "外滩店", "The Bund", "Asia/Shanghai", "CN", "上海"},
		{"KZ", "宽窄巷子店", "Kuanzhai Alley", "Asia/Shanghai", "CN", "成都"},
		{"SL", "三里屯店", "Sanlitun", "Asia/Shanghai", "CN", "北京"},
		{"GL", "鼓浪屿店", "Gulangyu", "Asia/Shanghai", "CN", "厦门"},
		{"SEA", "西雅图店", "Seattle", "America/Los_Angeles", "US", "Seattle"},
	}
}

// Indexes into the table of branches.
const (
	westLake = iota
	theBund
	kuanzhai
	sanlitun
	gulangyu
	seattle
)
