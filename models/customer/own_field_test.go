package customer_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/fault"
	"shuke/models/modelstest"
	"shuke/policies"
)

// golf is a field that may be made.
func golf(changes ...func(*customer.OwnDraft)) customer.OwnDraft {
	return modelstest.OwnDraft("高尔夫会籍", "Golf club", changes...)
}

func addOwn(h *modelstest.House, a policies.Actor, d customer.OwnDraft) (string, error) {
	return h.Customers.AddOwnField(ctx, a, d, "")
}

func TestAnOwnFieldIsInForceAtOnceAndForEveryInstance(t *testing.T) {
	h := modelstest.NewHouse(t)
	other := h.Again()
	other.Catalogue() // the other instance has read the catalogue before
	key := h.AddOwn(golf())
	if key != "own_golf_club" {
		t.Errorf("the key is %s", key)
	}
	f, known := other.Catalogue().Field(key)
	if !known || !f.On || !f.Own() || f.Label("zh-CN") != "高尔夫会籍" || f.Label("en") != "Golf club" || f.MaxLength != 60 || !slices.Equal(f.Purposes, []string{"tailor"}) {
		t.Errorf("%+v", f)
	}
	id := other.AddGuest("王小明", key, "观澜湖")
	if fact, _ := h.Fact(id, key+".0"); fact.Value != "观澜湖" {
		t.Errorf("%+v", fact)
	}
	all := h.Catalogue().For(customer.Individual, false)
	if last := all[len(all)-1]; last.Key != key {
		t.Errorf("behind the own field stands %s", last.Key)
	}
	e := slices.IndexFunc(h.Events(), func(e eventOf) bool { return e.Action == "field.added" && e.Object == key })
	if e < 0 || detail(h.Events()[e], "benefit_en") == "" || detail(h.Events()[e], "see") != "front_desk,sales,service,manager,custodian,owner" {
		t.Errorf("recorded as %+v", h.Events()[max(e, 0)].Details)
	}
}

// Every way in which a draft can be wrong is said at its box.
func TestAFieldThatMayNotBeIsRefusedAtItsBox(t *testing.T) {
	h := modelstest.NewHouse(t)
	h.AddOwn(modelstest.OwnDraft("雪茄", "Cigar"))
	choice := func(lines string) func(*customer.OwnDraft) {
		return func(d *customer.OwnDraft) { d.Type, d.Options = "choice", lines }
	}
	for _, c := range []struct {
		rule   string
		change func(*customer.OwnDraft)
		want   string // box=key of each message, sorted
	}{
		{"no purpose", func(d *customer.OwnDraft) { d.Purposes = nil }, "purposes=field.purpose_needed"},
		{"no purpose of the list", func(d *customer.OwnDraft) { d.Purposes = []string{"curiosity"} }, "purposes=field.purpose_needed"},
		{"no benefit", func(d *customer.OwnDraft) { d.BenefitZH, d.BenefitEN = "", " " }, "benefit_en=own.benefit_needed benefit_zh=own.benefit_needed"},
		{"an empty phrase", func(d *customer.OwnDraft) { d.BenefitZH, d.BenefitEN = "提升服务质量。", "Better service." }, "benefit_en=own.benefit_empty benefit_zh=own.benefit_empty"},
		{"a benefit in one language", func(d *customer.OwnDraft) { d.BenefitEN = "" }, "benefit_en=own.benefit_needed"},
		{"the other language in its place", func(d *customer.OwnDraft) { d.BenefitEN = d.BenefitZH }, "benefit_en=own.benefit_empty"},
		{"no names", func(d *customer.OwnDraft) { d.NameZH, d.NameEN = "", "" }, "name_en=error.required name_zh=error.required"},
		{"names too long", func(d *customer.OwnDraft) { d.NameZH, d.NameEN = strings.Repeat("长", 13), strings.Repeat("x", 33) }, "name_en=error.too_long name_zh=error.too_long"},
		{"signs for names", func(d *customer.OwnDraft) { d.NameZH, d.NameEN = "123", "高尔夫" }, "name_en=own.name_letters name_zh=own.name_letters"},
		{"a hidden sign", func(d *customer.OwnDraft) { d.NameZH = "高\u202e尔夫" }, "name_zh=own.name_letters"},
		{"the name of a shipped field", func(d *customer.OwnDraft) { d.NameZH, d.NameEN = "爱 好", "HOBBY" }, "name_en=own.name_taken name_zh=own.name_taken"},
		{"the name of an own field", func(d *customer.OwnDraft) { d.NameZH, d.NameEN = "雪茄", "own cigar" }, "name_en=own.name_taken name_zh=own.name_taken"},
		{"a heading that imports take for the telephone", func(d *customer.OwnDraft) { d.NameZH = "会员手机号" }, "name_zh=own.name_taken"},
		{"help in one language", func(d *customer.OwnDraft) { d.HelpZH = "写全名" }, "help_en=own.both_languages"},
		{"no such kind", func(d *customer.OwnDraft) { d.Kind = "pet" }, "kind=error.choose"},
		{"no such group", func(d *customer.OwnDraft) { d.Group = "company_basic" }, "group=error.choose"},
		{"a firm's field in no group of firms", func(d *customer.OwnDraft) { d.Kind, d.CompanyGroup = "enterprise", "life" }, "company_group=error.choose"},
		{"both kinds and no group of firms", func(d *customer.OwnDraft) { d.Kind, d.CompanyGroup = "both", "" }, "company_group=error.choose"},
		{"no such type", func(d *customer.OwnDraft) { d.Type = "colour" }, "type=error.choose"},
		{"too long a value", func(d *customer.OwnDraft) { d.Length = "201" }, "length=own.length_between"},
		{"no length", func(d *customer.OwnDraft) { d.Length = "many" }, "length=own.length_between"},
		{"a unit in one language", func(d *customer.OwnDraft) { d.Type, d.UnitZH = "number", "次" }, "unit_en=own.both_languages"},
		{"a unit of digits", func(d *customer.OwnDraft) { d.Type, d.UnitZH, d.UnitEN = "number", "百", "100s" }, "unit_en=own.unit_letters"},
		{"no answers", choice(""), "options=own.options_needed"},
		{"one answer", choice("软 | Soft"), "options=own.options_needed"},
		{"all answers retired", choice("- 软 | Soft\n- 硬 | Hard"), "options=own.options_all_retired"},
		{"half an answer", choice("软 | Soft\n硬"), "options=own.option_missing"},
		{"the same answer", choice("a | 软 | Soft\nb | 软 | Hard"), "options=own.option_twice"},
		{"a code of capitals", choice("SOFT | 软 | Soft\n硬 | Hard"), "options=own.option_code"},
		{"an endless answer", choice("a | " + strings.Repeat("软", 41) + " | Soft\n硬 | Hard"), "options=own.option_long"},
		{"too many answers", choice(manyAnswers(101)), "options=own.option_many"},
		{"no sensitivity", func(d *customer.OwnDraft) { d.Sensitivity = "secret" }, "sensitivity=error.choose"},
		{"health in the clear", func(d *customer.OwnDraft) { d.NameZH = "血压" }, "open_reason=own.open_reason_needed sensitivity=own.sounds.health"},
		{"children in the clear, with a word for a reason", func(d *customer.OwnDraft) { d.NameEN, d.OpenReason = "Kids menu", "no" }, "open_reason=own.open_reason_needed sensitivity=own.sounds.child"},
		{"creed among the answers", choice("素食 | Vegetarian\n清真 | Halal"), "open_reason=own.open_reason_needed sensitivity=own.sounds.creed"},
		{"documents in the clear", func(d *customer.OwnDraft) { d.Type = "document" }, "open_reason=own.open_reason_needed sensitivity=own.sounds.document"},
		{"nobody sees", func(d *customer.OwnDraft) { d.See, d.Change = nil, nil }, "change=own.change_needed see=own.see_needed"},
		{"marketing sees", func(d *customer.OwnDraft) { d.See, d.Change = []string{"marketing"}, []string{"marketing"} }, "change=own.change_needed see=own.see_needed"},
		{"who enters does not see", func(d *customer.OwnDraft) { d.Change = []string{"floor"} }, "change=own.change_within_see"},
		{"the floor sees what is sensitive", func(d *customer.OwnDraft) { d.Sensitivity, d.See = "sensitive", append(d.See, "floor") }, "see=own.see_floor"},
		{"a half-life of words", func(d *customer.OwnDraft) { d.HalfLife = "a year" }, "half_life=own.half_life_between"},
		{"a negative half-life", func(d *customer.OwnDraft) { d.HalfLife = "-1" }, "half_life=own.half_life_between"},
		{"a band of another type", func(d *customer.OwnDraft) { d.Band = "age" }, "band=own.band_fits_not"},
		{"a band that tells a sealed value", func(d *customer.OwnDraft) { d.Sensitivity, d.Band = "sensitive", "region" }, "band=own.band_fits_not"},
		{"an occasion that is no day", func(d *customer.OwnDraft) { d.Glance = "occasion" }, "glance=own.glance_fits_not"},
		{"a sealed value in the head", func(d *customer.OwnDraft) { d.Sensitivity, d.Glance = "sensitive", "do" }, "glance=own.glance_fits_not"},
		{"several keys of imports", func(d *customer.OwnDraft) { d.ImportKey, d.Several = true, true }, "import_key=own.key_fits_not"},
		{"a date as a key of imports", func(d *customer.OwnDraft) { d.ImportKey, d.Type = true, "date" }, "import_key=own.key_fits_not"},
	} {
		untouched(t, h, c.rule, func() {
			_, err := addOwn(h, h.Actor(policies.Custodian), golf(c.change))
			got := slots(err)
			var words []string
			for _, box := range slices.Sorted(maps.Keys(got)) {
				words = append(words, box+"="+got[box])
			}
			if !fault.Is(err, fault.Invalid) || strings.Join(words, " ") != c.want {
				t.Errorf("%s: %q, want %q", c.rule, strings.Join(words, " "), c.want)
			}
		})
	}
	if n := len(h.Catalogue().Own()); n != 1 {
		t.Errorf("%d own fields", n)
	}
}

func manyAnswers(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "a%d | 答%d | Answer %d\n", i, i, i)
	}
	return b.String()
}

func TestAReasonOpensWhatSoundsSensitiveAndIsOnRecord(t *testing.T) {
	h := modelstest.NewHouse(t)
	key := h.AddOwn(golf(func(d *customer.OwnDraft) {
		d.NameZH, d.NameEN, d.OpenReason = "信用住等级", "Credit stay level", "合作平台公开的等级，不是征信。"
	}))
	f, _ := h.Catalogue().Field(key)
	if f.Sealed() || f.OpenReason == "" || detail(h.LastEvent(), "open_reason") != f.OpenReason {
		t.Errorf("%+v", f)
	}
	// What needs no reason keeps none, whatever the form sends.
	plain := h.AddOwn(golf(func(d *customer.OwnDraft) { d.OpenReason = "没有理由也可以的理由" }))
	if f, _ := h.Catalogue().Field(plain); f.OpenReason != "" {
		t.Errorf("%q", f.OpenReason)
	}
}

func TestWhoMayMakeFields(t *testing.T) {
	h := modelstest.NewHouse(t)
	key := h.AddOwn(golf())
	f, _ := h.Catalogue().Field(key)
	d := customer.DraftOf(f.Field)
	d.HelpZH, d.HelpEN = "写全名。", "The full name."
	byToken, unconfirmed := h.Actor(policies.Custodian), h.Actor(policies.Owner)
	byToken.Via, unconfirmed.EmploymentConfirmed = policies.Token, false
	refused := []policies.Actor{byToken, unconfirmed, modelstest.Shell()}
	for _, role := range policies.Roles {
		if role != policies.Custodian && role != policies.Owner {
			refused = append(refused, h.Actor(role))
		}
	}
	for _, a := range refused {
		what := fmt.Sprintf("%s %s %v", a.Role, a.Via, a.EmploymentConfirmed)
		untouched(t, h, what, func() {
			_, err := addOwn(h, a, modelstest.OwnDraft("雪茄", "Cigar"))
			wantKind(t, what, err, fault.Denied)
			wantKind(t, what, h.Customers.EditOwnField(ctx, a, key, d, f.Edition), fault.Denied)
			wantKind(t, what, h.Customers.DeleteOwnField(ctx, a, key, f.Edition), fault.Denied)
		})
	}
	if _, err := addOwn(h, h.Actor(policies.Owner), modelstest.OwnDraft("雪茄", "Cigar")); err != nil {
		t.Error(err)
	}
	if now, _ := h.Catalogue().Field(key); now.Edition != f.Edition {
		t.Error("somebody changed the field")
	}
}

func TestTheSameFormMakesOneField(t *testing.T) {
	h := modelstest.NewHouse(t)
	a := h.Actor(policies.Custodian)
	first, err := h.Customers.AddOwnField(ctx, a, golf(), "form-1")
	if err != nil {
		t.Fatal(err)
	}
	again, err := h.Customers.AddOwnField(ctx, a, golf(), "form-1")
	if err != nil || again != first || len(h.Catalogue().Own()) != 1 {
		t.Errorf("%s, %v, %d fields", again, err, len(h.Catalogue().Own()))
	}
	if _, err := h.Customers.AddOwnField(ctx, a, modelstest.OwnDraft("雪茄", "Cigar"), "form-1"); !fault.Is(err, fault.Conflict) {
		t.Errorf("another field under the same key of a form: %v", err)
	}
}

func TestKeysAreMadeOfEnglishNamesAndNeverTwice(t *testing.T) {
	h := modelstest.NewHouse(t)
	for _, c := range []struct{ zh, en, key string }{
		{"咖啡馆", "Café", "own_cafe"}, {"咖啡店", "Cafe", "own_cafe_2"}, {"球杆", "Golf: driver's length", "own_golf_drivers_length"},
		{"长长的", "A name that is as long as it may", "own_a_name_that_is_as_long_as_it_may"}, {"生日会", "birth", ""}, {"宴会厅", "2nd hall", "own_2nd_hall"},
	} {
		key, err := addOwn(h, h.Actor(policies.Custodian), modelstest.OwnDraft(c.zh, c.en))
		if key != c.key || (err == nil) != (c.key != "") {
			t.Errorf("%s: %q, %v", c.en, key, err)
		}
	}
}

func TestAHouseHasAtMostTwoHundredOwnFields(t *testing.T) {
	h := modelstest.NewHouse(t)
	key := h.AddOwn(golf())
	for i := 1; i < customer.MostOwnFields; i++ {
		h.Run("INSERT INTO fields (k, definition, is_on, purposes, updated_at, updated_by) SELECT ?, REPLACE(definition, '"+key+"', ?), is_on, purposes, 0, 0 FROM fields WHERE k = ?",
			fmt.Sprintf("own_x%d", i), fmt.Sprintf("own_x%d", i), key)
	}
	h.Run("UPDATE fields_head SET version = version + 1")
	if n := len(h.Catalogue().Own()); n != customer.MostOwnFields {
		t.Fatalf("%d fields", n)
	}
	_, err := addOwn(h, h.Actor(policies.Custodian), modelstest.OwnDraft("雪茄", "Cigar"))
	if got := slots(err)[""]; got != "own.too_many" {
		t.Errorf("%v", err)
	}
	if err := h.Customers.DeleteOwnField(ctx, h.Actor(policies.Custodian), "own_x7", 1); err != nil {
		t.Fatal(err)
	}
	h.AddOwn(modelstest.OwnDraft("雪茄", "Cigar"))
}

func TestOwnFieldsSurviveARelease(t *testing.T) {
	h := modelstest.NewHouse(t)
	key := h.AddOwn(golf())
	id := h.AddGuest("王小明", key, "观澜湖")
	before, _ := h.Catalogue().Field(key)
	// An older release: a shipped field it lacks, another it defines otherwise.
	h.Run("DELETE FROM fields WHERE k = 'motto'")
	h.Run("UPDATE fields SET definition = REPLACE(definition, '爱好', '嗜好') WHERE k = 'hobby'")
	if err := h.Customers.InstallCatalogue(ctx); err != nil {
		t.Fatal(err)
	}
	after, known := h.Catalogue().Field(key)
	if !known || fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("%+v\nbecame %+v", before, after)
	}
	if _, back := h.Catalogue().Field("motto"); !back {
		t.Error("the shipped field did not come")
	}
	if fact, _ := h.Fact(id, key+".0"); fact.Value != "观澜湖" {
		t.Errorf("%+v", fact)
	}
	shipped, err := catalogue.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	if slices.ContainsFunc(shipped, func(f catalogue.Field) bool { return f.Own() }) {
		t.Error("a shipped field has the key of an own one")
	}
}
