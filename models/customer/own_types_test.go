package customer_test

import (
	"testing"

	"shuke/models/card"
	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/modelstest"
	"shuke/policies"
)

// ofType is what each type needs beside a name, a value as it is typed, how it
// is stored, and one that is refused.
var ofType = map[catalogue.Type]struct {
	draft              func(*customer.OwnDraft)
	typed, kept, wrong string
}{
	catalogue.Text:     {nil, " 观澜湖 ", "观澜湖", "观\x00澜"},
	catalogue.LongText: {nil, "一\r\n二", "一\n二", "一\x07"},
	catalogue.Choice: {func(d *customer.OwnDraft) { d.Options = "soft | 软 | Soft\nhard | 硬 | Hard" },
		"软", "soft", "中"},
	catalogue.Number:     {func(d *customer.OwnDraft) { d.UnitZH, d.UnitEN = "杆", "strokes" }, "1,072 杆", "1072", "七十二"},
	catalogue.Money:      {nil, "¥1,280.5", "128050", "1.234"},
	catalogue.Date:       {nil, "1985年3月12日", "1985-03-12", "1985-02-30"},
	catalogue.Phone:      {nil, "138 1234 5678", "+8613812345678", "123"},
	catalogue.Email:      {nil, " caddie@example.com ", "caddie@example.com", "caddie@"},
	catalogue.Address:    {nil, "杭州市西湖区北山街 1 号", "杭州市西湖区北山街 1 号", "杭\u202e州"},
	catalogue.URL:        {nil, "https://example.com/a", "https://example.com/a", "javascript:alert(1)"},
	catalogue.Name:       {nil, "王小明", "王小明", "=1+1"},
	catalogue.PersonName: {nil, "李雷", "李雷", "123"},
	catalogue.Reading:    {nil, "wáng", "wáng", "w\x01"},
	catalogue.Plate:      {nil, "浙a·12345", "浙A12345", "车牌"},
	catalogue.Document:   {func(d *customer.OwnDraft) { d.Sensitivity = "sensitive" }, " e-1234 5678 ", "E12345678", "110101199003070039"},
	catalogue.Language:   {nil, "zh", "zh", "no tongue"},
}

// addEveryType makes a field of each type and returns their keys.
func addEveryType(h *modelstest.House) map[catalogue.Type]string {
	keys := map[catalogue.Type]string{}
	for i, kind := range catalogue.Types() {
		of := ofType[kind]
		keys[kind] = h.AddOwn(modelstest.OwnDraft("自建"+string([]rune("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳")[i]), "Own "+string(kind), func(d *customer.OwnDraft) {
			d.Type, d.NoneAllowed = string(kind), true
			if of.draft != nil {
				of.draft(d)
			}
		}))
	}
	return keys
}

func TestEveryTypeOfAnOwnFieldKeepsItsValues(t *testing.T) {
	h := modelstest.NewHouse(t)
	keys := addEveryType(h)
	a := h.Actor(policies.Manager)
	var all, none []string
	for kind, key := range keys {
		all, none = append(all, key, ofType[kind].typed), append(none, key, "-")
	}
	id, silent := h.AddGuest("王小明", all...), h.AddGuest("李四", none...)
	for kind, key := range keys {
		of := ofType[kind]
		fact, known := h.Fact(id, key+".0")
		f, _ := h.Catalogue().Field(key)
		switch value := fact.Value; {
		case !known:
			t.Errorf("%s: nothing is kept", kind)
		case f.Sealed():
			if value != "" || fact.Sealed == nil {
				t.Errorf("%s: kept in the clear", kind)
			}
		case value != of.kept:
			t.Errorf("%s: %q is kept as %q", kind, of.typed, value)
		}
		if f.Masked() {
			if _, value, err := h.Customers.Reveal(ctx, a, h.Catalogue(), id, fact.N, "correction"); err != nil || value != of.kept {
				t.Errorf("%s: revealed as %q, %v", kind, value, err)
			}
		}
		if fact, _ := h.Fact(silent, key+".0"); !fact.None {
			t.Errorf("%s: none is kept as %+v", kind, fact)
		}
		untouched(t, h, string(kind), func() {
			if err := h.Change(a, id, modelstest.Facts(key, of.wrong)...); slots(err)[key+".0"] == "" {
				t.Errorf("%s: %q is taken: %v", kind, of.wrong, err)
			}
		})
	}
	c, err := h.Cards.Open(ctx, a, h.Catalogue(), id)
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]card.Entry{}
	for _, g := range c.Groups {
		for _, e := range g.Entries {
			shown[e.Field.Key] = e
		}
	}
	for kind, key := range keys {
		e, there := shown[key]
		if !there || e.Denied || e.Masked != e.Field.Masked() || e.Masked && e.Value != "" || !e.Masked && e.Value != ofType[kind].kept {
			t.Errorf("%s on the card: %v %+v", kind, there, e)
		}
	}
}

// What ends a key says nothing of an own field: only what its maker chose does.
func TestOwnFieldsHaveNoMeaningByTheirKeys(t *testing.T) {
	h := modelstest.NewHouse(t)
	ahead := h.AddOwn(modelstest.OwnDraft("小狗的生日", "Dog birth", func(d *customer.OwnDraft) { d.Type = "date" }))
	if ahead != "own_dog_birth" {
		t.Fatal(ahead)
	}
	id := h.AddGuest("王小明", ahead, "2027-05-01")
	if fact, _ := h.Fact(id, ahead+".0"); fact.Value != "2027-05-01" {
		t.Errorf("a day ahead: %+v", fact)
	}
}

// The number of an own document is not held to the kind that stands beside the
// shipped one.
func TestOwnDocumentsHaveTheirOwnKind(t *testing.T) {
	h := modelstest.NewHouse(t)
	key := h.AddOwn(modelstest.OwnDraft("驾照号", "Driving licence", func(d *customer.OwnDraft) { d.Type, d.Sensitivity = "document", "sensitive" }))
	id := h.AddGuest("王小明", "document_kind", "id_card", "document_no", "110101199003070038", key, "DL-99887766")
	fact, _ := h.Fact(id, key+".0")
	if _, value, err := h.Customers.Reveal(ctx, h.Actor(policies.Manager), h.Catalogue(), id, fact.N, "check_in"); err != nil || value != "DL99887766" {
		t.Errorf("%q, %v", value, err)
	}
	if _, names := lookUp(t, h, h.Clerk(), "DL99887766"); len(names) != 0 {
		t.Errorf("the look-up finds %v by an own field", names)
	}
}

func TestOwnFieldsStandInTheHeadOfTheCard(t *testing.T) {
	h := modelstest.NewHouse(t)
	do := h.AddOwn(modelstest.OwnDraft("枕头硬度", "Pillow", func(d *customer.OwnDraft) { d.Type, d.Options, d.Glance = "choice", "软 | Soft\n硬 | Hard", "do" }))
	never := h.AddOwn(modelstest.OwnDraft("不坐的位置", "Avoided seat", func(d *customer.OwnDraft) { d.Glance = "never" }))
	day := h.AddOwn(modelstest.OwnDraft("入会日", "Club day", func(d *customer.OwnDraft) { d.Type, d.Glance = "date", "occasion" }))
	id := h.AddGuest("王小明", do, "soft", never, "靠窗", day, "2019-11-25")
	c, err := h.Cards.Open(ctx, h.Clerk(), h.Catalogue(), id)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Do) != 1 || c.Do[0].Of.Key != do || len(c.Never) != 1 || c.Never[0].Of.Key != never || len(c.Occasions) != 1 || c.Occasions[0].Field.Key != day || c.Occasions[0].Days != 3 {
		t.Errorf("do %+v\nnever %+v\noccasions %+v", c.Do, c.Never, c.Occasions)
	}
	if c, err = h.Cards.Open(ctx, h.Actor(policies.Floor), h.Catalogue(), id); err == nil && len(c.Do) > 0 {
		t.Error("a role that may not see it reads it in the head")
	}
}
