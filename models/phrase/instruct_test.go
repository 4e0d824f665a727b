package phrase

import (
	"slices"
	"testing"
)

func instructions(t *testing.T, list [][2]string) {
	t.Helper()
	for _, c := range list {
		if got := Read(c[0], nil).Instruction; got != c[1] {
			t.Errorf("%s: %q, want %q", c[0], got, c[1])
		}
	}
}

func TestStaffSeeWhatMustNotBeThere(t *testing.T) {
	instructions(t, [][2]string{
		{"花生过敏", "不可有花生，告知厨房"},
		{"花生國民", "不可有花生，告知厨房"},
		{"severe peanut allergy, carries an EpiPen", "No peanuts; tell the kitchen"},
		{"他有乳糖不耐受，别给牛奶", "不给牛奶或乳制品"},
		{"小孩对牛奶蛋白过敏", "不可有牛奶或乳制品，告知厨房"},
		{"酒精过敏，菜里也别用料酒", "不可有酒精，告知厨房"},
		{"羽绒过敏，寝具都要换掉", "客房不可有羽绒羽毛制品；寝具都要换掉"},
		{"对乳胶过敏", "客房不可有乳胶"},
		{"青霉素过敏", "不可用青霉素"},
		{"latex allergy, tell housekeeping no latex gloves", "No latex in the room; tell housekeeping no latex gloves"},
		{"allergic to peanuts, shellfish and eggs", "No peanuts, shellfish or eggs; tell the kitchen"},
		{"feather allergy, foam pillows only", "No feathers or down in the room; foam pillows only"},
		{"alergic to shelfish", "No shellfish; tell the kitchen"},
		{"糖尿病，不要给甜的", "不要给甜的"},
		{"他有糖尿病", "饮食少糖，上菜前先问客人"},
		{"celiac disease - separate toaster", "No gluten; tell the kitchen; separate toaster"},
	})
}

func TestAnAllergenNobodyKnowsIsNotLost(t *testing.T) {
	instructions(t, [][2]string{
		{"对苋菜过敏", "不可有苋菜，告知厨房和客房"},
		{"对花生、苋菜过敏", "不可有花生，告知厨房；不可有苋菜，告知厨房和客房"},
		{"tamarind allergy", "No tamarind; tell the kitchen and housekeeping"},
		{"has a nut allergy and is vegetarian", "No nuts; tell the kitchen; vegetarian"},
	})
}

func TestTheReasonIsLeftOut(t *testing.T) {
	instructions(t, [][2]string{
		{"信佛，不吃牛肉", "不吃牛肉"},
		{"信佛不吃牛肉", "不吃牛肉"},
		{"Muslim, no pork", "no pork"},
		{"膝盖刚做手术，要马桶扶手", "要马桶扶手"},
		{"ground floor because of her hip replacement", "ground floor"},
		{"please empty the minibar of alcohol, he is in recovery", "empty the minibar of alcohol"},
		{"他刚离婚，别提太太", "别提太太"},
		{"don't ask about his divorce", "Do not bring up family"},
		{"失眠，要安静的房间", "要安静的房间"},
		{"keep his insulin in the fridge", "keep his medicine in the fridge"},
		{"糖尿病，冰箱要放胰岛素", "冰箱要放药品"},
		{"穆斯林", "饮食起居有忌讳，先问客人"},
	})
}

func TestAnyOtherPhraseStaysWhole(t *testing.T) {
	instructions(t, [][2]string{
		{"麻烦多给一个枕头，谢谢！", "多给一个枕头"},
		{"给我安排朝南的房间吧", "给我安排朝南的房间"},
		{"please, no connecting room, thanks.", "no connecting room"},
		{"  叫他\"老爷子\"他高兴  ", "叫他\"老爷子\"他高兴"},
		{"清真餐", "清真餐"},
		{"晚上去酒吧", "晚上去酒吧"},
		{"他说中文", "他说中文"},
		{"谢谢", "谢谢"},
		{"call him Mr.", "call him Mr."},
		{"別叫我老闆，叫Kevin。", "別叫我老闆，叫Kevin"},
	})
}

func TestWhatMustBeSealed(t *testing.T) {
	for text, about := range map[string]string{
		"花生过敏": Health, "颈椎病，枕头要低": Health, "in recovery, no alcohol": Health, "太太怀孕了": Health,
		"清真餐": Creed, "信佛，吃素": Creed, "prayer mat please": Creed, "kosher meals": Creed,
		"他刚离婚": Family, "don't tell his wife": Family, "late husband": Family,
		"要硬枕头": "", "坐轮椅": "", "结婚纪念日": "", "一家四口": "", "吃素": "", "church view": "", "a coffee lover": "",
	} {
		if r := Read(text, nil); r.About != about || r.Sensitive != (about != "") {
			t.Errorf("%s: about %q sensitive %v, want %q", text, r.About, r.Sensitive, about)
		}
	}
}

func TestStrength(t *testing.T) {
	for text, strength := range map[string]int{
		"喜欢高楼层": 1, "prefers a high floor": 1, "不爱吃香菜": 1,
		"要高楼层": 2, "a high floor": 2, "不吃香菜": 2,
		"千万别放香菜": 3, "必须高楼层": 3, "never any ice": 3, "花生过敏": 3, "mild nut allergy": 3, "absolutely no smoking": 3,
	} {
		if r := Read(text, nil); r.Strength != strength {
			t.Errorf("%s: %d, want %d", text, r.Strength, strength)
		}
	}
}

func TestTagsKeepGiftsOffTaboos(t *testing.T) {
	for _, c := range []struct {
		text        string
		tags, avoid []string
	}{
		{"勿送酒", []string{"alcohol"}, []string{"alcohol"}},
		{"别送钟", []string{"clock"}, []string{"clock"}},
		{"花粉过敏", []string{"flowers"}, []string{"flowers"}},
		{"喜欢红酒", []string{"alcohol"}, nil},
		{"酒店别太吵", []string{"noise"}, []string{"noise"}},
		{"花生酱一罐", []string{"nuts"}, nil},
		{"吃素", []string{"meat", "seafood"}, []string{"meat", "seafood"}},
		{"不要羽绒枕，换乳胶枕", []string{"feather", "latex"}, []string{"feather"}},
		{"美式咖啡，不加糖", []string{"caffeine", "sweet"}, []string{"sweet"}},
		{"decaf after six", []string{"caffeine"}, []string{"caffeine"}},
		{"别提他前妻", []string{"family_talk"}, []string{"family_talk"}},
		{"no photos", []string{"photo"}, []string{"photo"}},
		{"dairy and egg allergy", []string{"dairy", "egg"}, []string{"dairy", "egg"}},
		{"高楼层", nil, nil},
	} {
		r := Read(c.text, nil)
		slices.Sort(r.Tags)
		slices.Sort(r.Avoid)
		if !slices.Equal(r.Tags, c.tags) || !slices.Equal(r.Avoid, c.avoid) {
			t.Errorf("%s: tags %v avoid %v, want %v and %v", c.text, r.Tags, r.Avoid, c.tags, c.avoid)
		}
	}
}
