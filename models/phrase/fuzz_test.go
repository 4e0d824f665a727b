package phrase

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func FuzzRead(f *testing.F) {
	for _, text := range []string{
		"", " ", "花生过敏", "早餐鸡蛋要嫩一点", "不要叫我小姐", "no stairs, he uses a walker", "ｎｏ　ｉｃｅ", "\xff\xfe", "别别别", "不", "的的的",
		"w/o milk", "a/c", "Mr.", "…", "{title}", "、、", "6:30", "1.8米", "'''", "℃", "㊗️🎂", "e\u0301", "過敏", "糖尿病，打胰岛素", "size\x00袖长",
	} {
		f.Add(text, "袖长")
	}
	f.Fuzz(func(t *testing.T, text, word string) {
		own := []Words{{Area: "shop", Words: []string{word}}}
		r := Read(text, own)
		if !slices.Contains(Areas(), r.Area) && r.Area != "shop" {
			t.Fatalf("area %q", r.Area)
		}
		if r.Kind != Do && r.Kind != Never {
			t.Fatalf("kind %q", r.Kind)
		}
		if r.Strength < 1 || r.Strength > 3 {
			t.Fatalf("strength %d", r.Strength)
		}
		if len(r.Others) > 3 || slices.Contains(r.Others, r.Area) {
			t.Fatalf("others %v beside %s", r.Others, r.Area)
		}
		if r.Sensitive != (r.About != "") || r.Allergy && r.About != Health {
			t.Fatalf("sensitive %v about %q allergy %v", r.Sensitive, r.About, r.Allergy)
		}
		if r.Allergy && r.Area != AllergySafety {
			t.Fatalf("an allergy in %s", r.Area)
		}
		for _, tag := range r.Avoid {
			if !slices.Contains(r.Tags, tag) {
				t.Fatalf("avoid %v of %v", r.Avoid, r.Tags)
			}
		}
		if utf8.ValidString(text) && !utf8.ValidString(r.Instruction) {
			t.Fatalf("instruction %q", r.Instruction)
		}
		if strings.ContainsFunc(text, unicode.IsLetter) && r.Instruction == "" {
			t.Fatal("nothing to act on")
		}
		if !reflect.DeepEqual(r, Read(text, own)) {
			t.Fatal("read otherwise the second time")
		}
	})
}
