package handlers

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shuke/models/catalogue"
	"shuke/models/customer"
	"shuke/models/modelstest"
	"shuke/policies"
)

func (h *webHouse) post(session, path string, form url.Values, header ...string) got {
	h.T.Helper()
	return h.do(ask{method: "POST", path: path, session: session, form: form, header: header})
}

// typed is a value of each type as a clerk types it, how the card has it in
// Chinese, and what the API gives to programs.
var typed = map[catalogue.Type]struct{ typed, shown, value string }{
	catalogue.Text: {"观澜湖", "观澜湖", "观澜湖"}, catalogue.LongText: {"一\n二", "一\n二", "一\n二"}, catalogue.Choice: {"soft", "软", "soft"}, catalogue.Number: {"72", "72 杆", "72"},
	catalogue.Money: {"1280.50", "¥1,280.50", "1280.50"}, catalogue.Date: {"1985-03-12", "1985-03-12", "1985-03-12"}, catalogue.Phone: {"13812345678", "138****5678", ""}, catalogue.Email: {"caddie@example.com", "@example.com", ""},
	catalogue.Address: {"杭州市北山街 1 号", "杭州市北山街 1 号", "杭州市北山街 1 号"}, catalogue.URL: {"https://example.com/a", "https://example.com/a", "https://example.com/a"},
	catalogue.Name: {"王小明", "王小明", "王小明"}, catalogue.PersonName: {"李雷", "李雷", "李雷"}, catalogue.Reading: {"wang", "wang", "wang"}, catalogue.Plate: {"浙A12345", "浙A12345", "浙A12345"},
	catalogue.Document: {"E12345678", "", ""}, catalogue.Language: {"ja", "日语", "ja"},
}

// Each type is made on the page, filled in on the page and by a program, and
// read on the card, in both languages and by a program.
func TestEveryTypeOfAnOwnFieldGoesThroughFormCardAndAPI(t *testing.T) {
	t.Parallel()
	h := newWebHouse(t)
	custodian, manager, token := h.session("custodian"), h.session("manager"), h.token("manager")
	id := h.AddGuest("周美月")
	for i, kind := range catalogue.Types() {
		of := typed[kind]
		zh := "自建" + string([]rune("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳")[i])
		d := modelstest.OwnDraft(zh, "Own "+string(kind), func(d *customer.OwnDraft) {
			d.Type, d.Options, d.UnitZH, d.UnitEN, d.HelpZH, d.HelpEN = string(kind), "软 | Soft\n硬 | Hard", "杆", "strokes", "照实写。", "As it is."
			if kind == catalogue.Document {
				d.Sensitivity = "sensitive"
			}
		})
		g := h.post(custodian, "/fields", ownValues(d))
		key := strings.TrimPrefix(g.Header().Get("Location"), "/fields/")
		if g.Code != http.StatusSeeOther || key != "own_own_"+string(kind) {
			t.Fatalf("%s: %d %s\n%s", kind, g.Code, key, g.body)
		}
		edit := "/customers/" + id + "/edit/life"
		for language, words := range map[string][2]string{"zh-CN": {zh, "照实写。"}, "en": {"Own " + string(kind), "As it is."}} {
			form := h.do(ask{path: edit, session: manager, header: []string{"Accept-Language", language}}).doc(t)
			field := form.Find(`[name="` + key + `.0"]`)
			label := form.Find(`label[for="f-` + key + `.0"]`).Text()
			if field.Length() != 1 || !strings.Contains(label, words[0]) || !strings.Contains(field.Closest(".field").Text(), words[1]) {
				t.Errorf("%s, %s: %d boxes, %q", kind, language, field.Length(), label)
			}
			if kind == catalogue.Number && !strings.Contains(label, map[string]string{"zh-CN": "（杆）", "en": "(strokes)"}[language]) {
				t.Errorf("%s: %q says no unit", language, label)
			}
			if kind == catalogue.Choice && field.Find("option").Length() != 3 {
				t.Errorf("%s: %d options", language, field.Find("option").Length())
			}
		}
		sent := url.Values{key + ".0": {of.typed}, "channel": {"service"}, "version": {decimal(h.Customer(id).Version)}}
		if g := h.post(manager, edit, sent); g.Code != http.StatusSeeOther {
			t.Errorf("%s: the form is answered %d\n%s", kind, g.Code, g.body)
		}
		card := h.do(ask{path: "/customers/" + id, session: manager, header: []string{"Accept-Language", "zh-CN"}})
		if !strings.Contains(card.body, of.shown) || !strings.Contains(card.body, zh) {
			t.Errorf("%s: the card does not show %q", kind, of.shown)
		}
		body, _ := json.Marshal(map[string]any{"kind": "individual", "name": "赵六" + string([]rune("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳")[i]), "channel": "website", "facts": map[string]any{key: of.typed}})
		created := h.do(ask{method: "POST", path: "/api/v1/customers", token: token, json: string(body)})
		if created.Code != http.StatusCreated {
			t.Errorf("%s: the API answers %d %s", kind, created.Code, created.body)
			continue
		}
		var read struct {
			Groups []struct {
				Facts []struct {
					Field, Value string
					Masked       bool
				}
			}
		}
		answer := h.do(ask{path: created.Header().Get("Location"), token: token})
		if err := json.Unmarshal([]byte(answer.body), &read); err != nil {
			t.Fatal(err)
		}
		found := false
		for _, group := range read.Groups {
			for _, f := range group.Facts {
				found = found || f.Field == key && f.Value == of.value && f.Masked == (of.value == "")
			}
		}
		if !found {
			t.Errorf("%s: the API does not give %q: %s", kind, of.value, answer.body)
		}
	}
}

// Birthdays show their month alone; an own date is one only by its name.
func TestAnOwnDateShowsWholeWhateverItsKey(t *testing.T) {
	t.Parallel()
	h := newWebHouse(t)
	key := h.AddOwn(modelstest.OwnDraft("小狗的生日", "Dog birth", func(d *customer.OwnDraft) { d.Type = "date" }))
	id := h.AddGuest("周美月", key, "2019-05-06")
	if g := h.page(h.session("manager"), "/customers/"+id); !strings.Contains(g.body, "2019-05-06") {
		t.Error("the card does not show the day")
	}
	if d := h.page(h.session("manager"), "/customers/"+id+"/edit/life").doc(t); d.Find(`[name="`+key+`.0"]`).AttrOr("value", "") != "2019-05-06" {
		t.Error("the form does not show the day")
	}
}

func TestARefusedFieldComesBackAsTypedWithAMessageAtItsBox(t *testing.T) {
	t.Parallel()
	h := newWebHouse(t)
	custodian := h.session("custodian")
	before := h.dump(read...)
	for rule, c := range map[string]struct {
		change func(*customer.OwnDraft)
		boxes  []string
	}{
		"no purpose":      {func(d *customer.OwnDraft) { d.Purposes = nil }, []string{"purposes"}},
		"no benefit":      {func(d *customer.OwnDraft) { d.BenefitZH, d.BenefitEN = "", "better service" }, []string{"benefit_zh", "benefit_en"}},
		"sounds of money": {func(d *customer.OwnDraft) { d.NameZH = "年薪" }, []string{"sensitivity", "open_reason"}},
		"bad answers":     {func(d *customer.OwnDraft) { d.Type, d.Options = "choice", "软" }, []string{"options"}},
	} {
		form := ownValues(modelstest.OwnDraft("高尔夫<会籍>", "Golf club", c.change))
		form.Set("once", "the-form")
		g := h.post(custodian, "/fields", form)
		d := g.doc(t)
		if g.Code != http.StatusUnprocessableEntity || d.Find(".problems li").Length() != len(c.boxes) {
			t.Errorf("%s: %d, %d problems", rule, g.Code, d.Find(".problems li").Length())
		}
		for _, box := range c.boxes {
			if d.Find("#f-"+box+"-error").Text() == "" || d.Find(`.problems a[href="#f-`+box+`"]`).Length() != 1 {
				t.Errorf("%s: no message at %s", rule, box)
			}
		}
		for name, sent := range form {
			is := d.Find(`form.own [name="` + name + `"]`)
			back := map[string]bool{}
			for i := range is.Nodes {
				box := is.Eq(i)
				switch box.AttrOr("type", box.Nodes[0].Data) {
				case "radio", "checkbox":
					if _, on := box.Attr("checked"); on {
						back[box.AttrOr("value", "")] = true
					}
				case "select":
					back[box.Find("option[selected]").AttrOr("value", "")] = true
				case "textarea":
					back[box.Text()] = true
				default:
					back[box.AttrOr("value", "")] = true
				}
			}
			want := map[string]bool{}
			for _, v := range sent {
				want[v] = true
			}
			if diff := cmp.Diff(want, back); diff != "" {
				t.Errorf("%s: %s comes back otherwise:\n%s", rule, name, diff)
			}
		}
	}
	if d := cmp.Diff(before, h.dump(read...)); d != "" {
		t.Errorf("a refused form writes:\n%s", d)
	}
}

func TestAPreviewShowsTheFieldAndWritesNothing(t *testing.T) {
	t.Parallel()
	h := newWebHouse(t)
	custodian := h.session("custodian")
	key := h.AddOwn(modelstest.OwnDraft("雪茄", "Cigar"))
	before := h.dump(read...)
	for _, path := range []string{"/fields", "/fields/" + key + "/edit"} {
		form := ownValues(modelstest.OwnDraft("枕头硬度", "Pillow", func(d *customer.OwnDraft) {
			d.Type, d.Options, d.Glance, d.HelpZH, d.HelpEN, d.Purposes = "choice", "软 | Soft\n硬 | Hard", "do", "睡前看。", "Before bed.", nil
		}))
		form.Set("act", "preview")
		part := h.post(custodian, path, form, "HX-Request", "true", "Accept-Language", "zh-CN")
		if part.Code != 200 || strings.Contains(part.body, "<html") {
			t.Errorf("%s: %d", path, part.Code)
		}
		for _, words := range []string{"枕头硬度", "软", "硬", "睡前看。", "枕头硬度：软", "生活"} {
			if !strings.Contains(part.body, words) {
				t.Errorf("%s: the preview lacks %s", path, words)
			}
		}
		whole := h.post(custodian, path, form)
		if d := whole.doc(t); whole.Code != 200 || d.Find("#own-preview").Length() != 1 || d.Find(`form.own [name="name_zh"]`).AttrOr("value", "") != "枕头硬度" || d.Find("form.own #own-preview").Length() != 0 {
			t.Errorf("%s without script: %d", path, whole.Code)
		}
		form.Set("sensitivity", "sensitive")
		if g := h.post(custodian, path, form, "HX-Request", "true"); !strings.Contains(g.body, "mask") {
			t.Errorf("%s: what is sensitive is previewed in the clear", path)
		}
		if g := h.post(custodian, path, url.Values{"act": {"preview"}}, "HX-Request", "true"); g.Code != 200 {
			t.Errorf("%s: nothing typed yet: %d", path, g.Code)
		}
	}
	if d := cmp.Diff(before, h.dump(read...)); d != "" {
		t.Errorf("a preview writes:\n%s", d)
	}
}

func TestAnOvertakenFormShowsWhatDiffers(t *testing.T) {
	t.Parallel()
	h := newWebHouse(t)
	custodian := h.session("custodian")
	key := h.AddOwn(modelstest.OwnDraft("高尔夫会籍", "Golf club"))
	form := ownValues(modelstest.OwnDraft("高尔夫会籍", "Golf club", func(d *customer.OwnDraft) {
		d.HalfLife, d.See, d.Change = "60", []string{"manager"}, []string{"manager"}
	}))
	form.Set("edition", "1")
	if err := h.EditOwn(key, func(d *customer.OwnDraft) { d.HalfLife = "30" }); err != nil {
		t.Fatal(err)
	}
	g := h.post(custodian, "/fields/"+key+"/edit", form, "Accept-Language", "zh-CN")
	d := g.doc(t)
	rows := d.Find("tr.differs")
	if g.Code != http.StatusConflict || rows.Length() != 3 || !strings.Contains(rows.Text(), "30") || !strings.Contains(rows.Text(), "60") {
		t.Errorf("%d, %d differences: %s", g.Code, rows.Length(), rows.Text())
	}
	if d.Find(`[name="half_life"]`).AttrOr("value", "") != "60" {
		t.Error("what was typed is gone")
	}
	form.Set("edition", d.Find(`[name="edition"]`).AttrOr("value", ""))
	if g := h.post(custodian, "/fields/"+key+"/edit", form); g.Code != http.StatusSeeOther {
		t.Errorf("sent again: %d", g.Code)
	}
	if f, _ := h.Catalogue().Field(key); f.HalfLifeDays != 60 {
		t.Errorf("%d days", f.HalfLifeDays)
	}
	for what, form := range map[string]url.Values{"a stale delete": {"edition": {"1"}}} {
		if g := h.post(custodian, "/fields/"+key+"/delete", form); g.Code != http.StatusConflict || g.doc(t).Find(".problems").Length() != 1 {
			t.Errorf("%s: %d", what, g.Code)
		}
	}
}

func TestTheCatalogueMarksFindsAndOffersOwnFields(t *testing.T) {
	t.Parallel()
	h := newWebHouse(t)
	key := h.AddOwn(modelstest.OwnDraft("高尔夫会籍", "Golf club"))
	custodian, manager := h.session("custodian"), h.session("manager")
	labels := func(path string) string {
		d := h.page(custodian, path).doc(t)
		return strings.Join(strings.Fields(d.Find("tbody td:first-child").Text()), " ")
	}
	for path, want := range map[string]string{
		"/fields?origin=own": "高尔夫会籍 自建", "/fields?q=" + url.QueryEscape("尔夫"): "高尔夫会籍 自建", "/fields?q=GOLF": "高尔夫会籍 自建", "/fields?q=" + key: "高尔夫会籍 自建",
		"/fields?origin=own&state=off": "", "/fields?origin=shipped&q=golf": "", "/fields?q=%25": "", "/fields?kind=enterprise&q=golf": "", "/fields?q=own_": "高尔夫会籍 自建",
	} {
		if got := labels(path); got != want {
			t.Errorf("%s: %q, not %q", path, got, want)
		}
	}
	if all := labels("/fields"); !strings.Contains(all, "高尔夫会籍 自建") || strings.Count(all, "自建") != 1 {
		t.Errorf("%s", all)
	}
	for login, secret := range map[string]string{"custodian": custodian, "manager": manager} {
		may := login == "custodian"
		if d := h.page(secret, "/fields").doc(t); (d.Find(`a[href="/fields/new"]`).Length() == 1) != may {
			t.Errorf("%s: the way to a new field", login)
		}
		d := h.page(secret, "/fields/"+key).doc(t)
		if (d.Find(`a[href="/fields/`+key+`/edit"]`).Length() == 1) != may || (d.Find(`form[action="/fields/`+key+`/delete"]`).Length() == 1) != may {
			t.Errorf("%s: the ways to change the field", login)
		}
	}
	h.AddGuest("王小明", key, "观澜湖")
	if d := h.page(custodian, "/fields/"+key).doc(t); d.Find(`form[action="/fields/`+key+`/delete"]`).Length() != 0 {
		t.Error("a field with values is offered for deletion")
	}
	f, _ := h.Catalogue().Field(key)
	g := h.post(custodian, "/fields/"+key+"/delete", url.Values{"edition": {decimal(f.Edition)}}, "Accept-Language", "zh-CN")
	if g.Code != http.StatusConflict || !strings.Contains(g.doc(t).Find(".problems").Text(), "不能删除") {
		t.Errorf("%d", g.Code)
	}
	for _, path := range []string{"/fields/hobby/edit", "/fields/own_nothing/edit", "/fields/own_nothing"} {
		if g := h.do(ask{path: path, session: custodian}); g.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, g.Code)
		}
	}
	if d := h.page(custodian, "/fields/hobby").doc(t); d.Find(`a[href$="/edit"]`).Length() != 0 {
		t.Error("a shipped field is offered for change")
	}
}

func TestChangesOfFieldsAreToldInWords(t *testing.T) {
	t.Parallel()
	h := newWebHouse(t)
	key := h.AddOwn(modelstest.OwnDraft("高尔夫会籍", "Golf club"))
	if err := h.EditOwn(key, func(d *customer.OwnDraft) {
		d.Sensitivity, d.See, d.Change, d.Group = "sensitive", []string{"manager"}, []string{"manager"}, "social"
	}); err != nil {
		t.Fatal(err)
	}
	g := h.do(ask{path: "/audit", session: h.session("auditor"), header: []string{"Accept-Language", "zh-CN"}})
	for _, words := range []string{"新建资料项目", "修改资料项目", "个人信息 → 敏感，加密遮蔽", "→ 经理", "生活 → 人际", "好处（中文）"} {
		if !strings.Contains(g.body, words) {
			t.Errorf("the record does not say %s", words)
		}
	}
	for _, code := range []string{"front_desk", "half_life", "label_zh", ">sensitive", "none_allowed"} {
		if strings.Contains(g.doc(t).Find("table").Text(), code) {
			t.Errorf("the record shows the code %s", code)
		}
	}
}

// A clerk's form that was open while the field changed comes back whole.
func TestACustomersFormThatAnOwnFieldOvertookComesBack(t *testing.T) {
	t.Parallel()
	h := newWebHouse(t)
	key := h.AddOwn(modelstest.OwnDraft("高尔夫会籍", "Golf club"))
	id, manager := h.AddGuest("周美月"), h.session("manager")
	cat := h.Catalogue()
	if err := h.EditOwn(key, func(d *customer.OwnDraft) { d.Sensitivity = "sensitive" }); err != nil {
		t.Fatal(err)
	}
	err := h.Customers.Edit(t.Context(), h.Actor(policies.Manager), cat, customer.Edit{PublicID: id, Values: modelstest.Facts(key, "观澜湖"), Channel: "service", Version: 1})
	wrong, err := refused(h.app.Texts.Printer("zh-CN", nil), err)
	if err != nil || len(wrong.list) != 1 || wrong.list[0].Field != "" || !strings.Contains(wrong.list[0].Text, "再保存一次") {
		t.Errorf("%+v, %v", wrong, err)
	}
	if g := h.post(manager, "/customers/"+id+"/edit/life", url.Values{key + ".0": {"观澜湖"}, "channel": {"service"}, "version": {"1"}}); g.Code != http.StatusSeeOther {
		t.Errorf("sent again: %d", g.Code)
	}
	if f, _ := h.Fact(id, key+".0"); f.Sealed == nil {
		t.Errorf("%+v", f)
	}
}
