package phrase

import (
	"slices"
	"testing"
)

// wanted is a phrase with the answers a rule gives it.
type wanted struct {
	text string
	area Area
	kind Kind
}

func readAll(t *testing.T, list []wanted) {
	t.Helper()
	for _, w := range list {
		if r := Read(w.text, nil); r.Area != w.area || r.Kind != w.kind {
			t.Errorf("%s: %s %s, want %s %s", w.text, r.Area, r.Kind, w.area, w.kind)
		}
	}
}

func TestWhatTakesSomethingOffAThingLeavesTheWish(t *testing.T) {
	readAll(t, []wanted{
		{"不加糖不加奶的咖啡", Drinks, Do},
		{"美式咖啡，不加糖不加奶", Drinks, Do},
		{"要一杯不加冰的柠檬茶", Drinks, Do},
		{"来点不辣的菜", Food, Do},
		{"要无香的沐浴露", Bathroom, Do},
		{"sparkling water, not still", Drinks, Do},
		{"gin and tonic, no lemon", Drinks, Do},
		{"espresso without sugar", Drinks, Do},
		{"tea instead of coffee", Drinks, Do},
		{"he drinks black coffee, no sugar", Drinks, Do},
		{"mattress not too firm", BedPillow, Do},
		{"给他挑个最不吵的房", Noise, Do},
	})
}

func TestWhatOnlyLooksLikeANoIsNone(t *testing.T) {
	readAll(t, []wanted{
		{"不用查房直接退房", Arrival, Do},
		{"辣一点，越辣越好", Food, Do},
		{"这里的红酒不错，再来一瓶", Drinks, Do},
		{"没有咖啡不行", Drinks, Do},
		{"非靠窗的桌子不可", Food, Do},
		{"无障碍房", Accessibility, Do},
		{"特别喜欢海景", Room, Do},
		{"别墅要带院子的", Room, Do},
		{"no problem with spicy food", Food, Do},
		{"don't forget the birthday cake", Gifts, Do},
		{"can't do without his morning coffee", Drinks, Do},
		{"non-alcoholic beer in the minibar", Drinks, Do},
	})
}

func TestANoIsANoHoweverPolite(t *testing.T) {
	readAll(t, []wanted{
		{"麻烦不要给我安排一楼", Room, Never},
		{"希望早上不要来敲门", Housekeeping, Never},
		{"请把烟灰缸撤走", Smoking, Never},
		{"冰箱里的酒都拿走", Drinks, Never},
		{"please empty the minibar of alcohol", Drinks, Never},
		{"kindly remove the throw cushions", BedPillow, Never},
		{"please skip the turndown", Housekeeping, Never},
		{"she would rather not have a room facing the street", Room, Never},
		{"免打扫", Housekeeping, Never},
		{"勿送酒", Gifts, Never},
		{"谢绝拍照", Privacy, Never},
		{"生冷的一概不吃", Food, Never},
		{"房间不能有烟味", Smoking, Never},
		{"唔要芫荽", Food, Never},
	})
}

func TestALessIsNoNever(t *testing.T) {
	readAll(t, []wanted{
		{"菜少油少盐", Food, Do},
		{"奶茶少糖少冰", Drinks, Do},
		{"少打扰", Housekeeping, Never},
	})
}

func TestTheHeadOfTheWishIsFiled(t *testing.T) {
	readAll(t, []wanted{
		{"大堂吧他不爱听爵士，他在的时候别放", Entertainment, Never},
		{"别叫我老板", Address, Never},
		{"结婚纪念日，布置一下玫瑰花瓣", Gifts, Do},
		{"坐轮椅，要无障碍房", Accessibility, Do},
		{"酒店房间要高楼层", Room, Do},
		{"花生酱一罐", Food, Do},
		{"司机要会讲英文", Transport, Do},
		{"菜单要英文的", Address, Do},
		{"早餐送到房间，七点半", Food, Do},
		{"水单要英文的", Payment, Do},
		{"towels for the pool, two per person", Bathroom, Do},
		{"porridge made with water", Food, Do},
		{"a driver who speaks German", Transport, Do},
	})
}

func TestTheTimeOfDayDecidesNothing(t *testing.T) {
	readAll(t, []wanted{
		{"早上六点半叫醒", Arrival, Do},
		{"早上六点半打扫", Housekeeping, Do},
		{"早上六点半送去机场", Transport, Do},
		{"早上六点半吃早餐", Food, Do},
		{"call him at 6 to wake up", Arrival, Do},
		{"clean the room at 6", Housekeeping, Do},
	})
}

func TestOfTwoClausesTheWishCounts(t *testing.T) {
	readAll(t, []wanted{
		{"客人睡午觉，一点到三点别去收拾房间", Housekeeping, Never},
		{"怕吵，安排安静的房间", Noise, Do},
		{"讨厌羽绒枕，换荞麦枕", BedPillow, Do},
		{"床太软睡了腰疼，换硬床垫", BedPillow, Do},
		{"看不清，菜单要大字的", Accessibility, Do},
		{"他怕冷，空调别开太低", Temperature, Never},
		{"晚上要盖厚被，所以空调开低点", Temperature, Do},
		{"blackout curtains, he can't sleep with light", Room, Do},
		{"no stairs, he uses a walker", Accessibility, Never},
		{"a humidifier in the room, her skin gets dry", Temperature, Do},
	})
}

func TestADietIsDoAsWhatTheyEatAndNeverAsWhatTheyDoNot(t *testing.T) {
	readAll(t, []wanted{
		{"吃素，初一十五", Food, Do},
		{"清真餐", Food, Do},
		{"他不吃猪肉，清真的", Food, Never},
		{"vegan options at breakfast", Food, Do},
		{"he doesn't eat pork", Food, Never},
	})
}

func TestTyping(t *testing.T) {
	readAll(t, []wanted{
		{"加個枕頭，要軟的", BedPillow, Do},
		{"別把房間安排在電梯旁邊", Noise, Never},
		{"冷氣不要開太強", Temperature, Never},
		{"Ｗａｋｅ－ｕｐ　ｃａｌｌ　ａｔ　６", Arrival, Do},
		{"不吃辣 少盐", Food, Never},
		{"荞麦忱头", BedPillow, Do},
		{"开增值税发漂", Payment, Do},
		{"憋打扫", Housekeeping, Never},
		{"no noisey romos, quite floor pls", Noise, Never},
		{"brekfast at seven", Food, Do},
		{"crème brûlée for dessert", Food, Do},
		{"要king size的大床", BedPillow, Do},
		{"breakfast要粥", Food, Do},
	})
	for _, text := range []string{"花生过闽", "花生國民", "alergic to penuts", "coelaic", "anaphalaxis from nuts", "孝喘", "ｎｕｔ　ａｌｌｅｒｇｙ"} {
		if r := Read(text, nil); !r.Allergy {
			t.Errorf("%s: the allergy is missed", text)
		}
	}
}

func TestNamesAreNotTakenForErrors(t *testing.T) {
	if r := Read("please greet Mrs. Harper by name", nil); r.Area != Address {
		t.Errorf("%+v", r)
	}
}

func TestAHouseHasItsOwnAreas(t *testing.T) {
	own := []Words{{Area: "size", Words: []string{"尺码", "size", "腰围", "袖长"}}, {Area: Drinks, Words: []string{"特调九号"}}}
	for text, area := range map[string]Area{
		"袖长要短一寸": "size", "shoe size 43": "size", "給他來杯特調九號": Drinks, "要硬枕头": BedPillow,
	} {
		if r := Read(text, own); r.Area != area {
			t.Errorf("%s: %s, want %s", text, r.Area, area)
		}
	}
	if r := Read("袖长要短一寸", nil); r.Area == "size" {
		t.Error("an area the house does not have")
	}
	if r := Read("尺码：花生过敏", own); r.Area != AllergySafety {
		t.Errorf("an allergy is filed as %s", r.Area)
	}
}

func TestAskingOnlyWhereItIsUnclear(t *testing.T) {
	for _, text := range []string{"花生过敏", "早上六点叫醒", "two extra towels", "别敲门", "wheelchair accessible room"} {
		if r := Read(text, nil); !r.Sure {
			t.Errorf("%s is clear: %+v", text, r)
		}
	}
	for _, text := range []string{"", "嗯", "看着办", "as usual", "xyzzy"} {
		if r := Read(text, nil); r.Sure {
			t.Errorf("%q is not clear: %+v", text, r)
		}
	}
	r := Read("餐厅给孩子准备果汁", nil)
	if r.Area != Children || !slices.Contains(r.Others, Drinks) {
		t.Errorf("the next best are missing: %+v", r)
	}
}

func TestSayingThereIsNoAllergyIsNone(t *testing.T) {
	for _, text := range []string{"没有过敏", "无过敏史", "no known allergies", "not allergic to anything"} {
		if r := Read(text, nil); r.Allergy || r.Sensitive || r.Kind != Do {
			t.Errorf("%s: %+v", text, r)
		}
	}
	for _, text := range []string{"除了花生没有过敏", "no allergies except nuts"} {
		if r := Read(text, nil); !r.Allergy || r.Kind != Never {
			t.Errorf("%s: %+v", text, r)
		}
	}
}

func TestADangerWithAWishIsWhatTheWishIs(t *testing.T) {
	readAll(t, []wanted{
		{"糖尿病，冰箱要放胰岛素", AllergySafety, Do},
		{"有心脏病，房间要离AED近", AllergySafety, Do},
		{"糖尿病，不要给甜的", AllergySafety, Never},
		{"羽绒过敏，换荞麦枕", AllergySafety, Never},
		{"孕妇，不能吃生的", AllergySafety, Never},
		{"孕妇，要护腰枕", BedPillow, Do},
	})
}
