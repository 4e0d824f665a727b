package imports

import (
	"strings"

	"golang.org/x/text/width"

	"shuke/models/customer"
)

// otherNames are what people write for an option besides its labels.
var otherNames = map[string]map[string]string{
	"nationality": {
		"中华人民共和国": "CN", "中国大陆": "CN", "大陆": "CN", "chn": "CN", "prc": "CN", "chinese": "CN", "香港": "HK", "hong kong": "HK", "hkg": "HK",
		"澳门": "MO", "macau": "MO", "macao": "MO", "台湾": "TW", "taiwan": "TW", "韩": "KR", "korea": "KR", "kor": "KR", "jpn": "JP", "usa": "US",
		"united states of america": "US", "uk": "GB", "gbr": "GB", "england": "GB", "俄国": "RU", "russian federation": "RU",
	},
	"language": {"中文": "zh", "汉语": "zh", "国语": "zh", "华语": "zh", "chinese": "zh", "广东话": "yue", "白话": "yue", "韩国语": "ko", "朝鲜语": "ko"},
}

// option finds the option that a text names by its value, by its label in any
// language or by another word in use. Without one the text comes back.
func option(f customer.Field, text string) string {
	plain := strings.ToLower(strings.TrimSpace(width.Fold.String(text)))
	tries := []string{plain}
	switch f.Key {
	case "nationality":
		tries = append(tries, strings.TrimSuffix(plain, "籍"), strings.TrimSuffix(plain, "人"))
	case "language":
		tries = append(tries, strings.TrimSuffix(plain, "文")+"语")
	}
	for _, try := range tries {
		for _, o := range f.Options {
			if strings.EqualFold(try, o.Value) {
				return o.Value
			}
			for _, label := range o.Labels {
				if strings.EqualFold(try, label) {
					return o.Value
				}
			}
		}
		if value, ok := otherNames[f.Key][try]; ok {
			return value
		}
	}
	return text
}
